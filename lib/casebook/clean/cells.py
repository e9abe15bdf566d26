"""One column of a delimited text of any size, in batches: every record below the header is one row, blank lines included.

A record that cannot be cut into the header's columns keeps its cell as found and carries the fault intake would reject it for
(`row.short`, `row.long`, `quote.open`, `char.nul`, `char.encoding`): such a cell may belong to another column. Of a record of more
than 131,072 characters (`field.long`) no cell is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from casebook.clean import textlines
from casebook.clean.headerless import shown
from casebook.clean.textlines import LINE, Piece
from casebook.errors import ColumnError, SourceError, short
from casebook.intake import headers, lines, records
from casebook.intake.encoding import Decoded
from casebook.intake.grid import FAULT, ROW, field

RAW: Final = "raw"


@dataclass(frozen=True)
class Batch:
    """Cells of the asked column in file order: `raw` (String, null when blank) and `fault` (String, null when the row is sound).

    Attributes:
        header: of the column, as it stands in the text.
        encoding: of the text, as far as it is known.
        size: bytes read for the batch.
    """

    frame: pl.DataFrame
    header: str
    encoding: str
    size: int


@dataclass(frozen=True)
class _Header:
    delimiter: str
    texts: tuple[str, ...]
    position: int
    next_row: int


def batches(file: BinaryIO, name: str, column: str | None = None) -> Iterator[Batch]:
    """The cells below the header of the column.

    Args:
        file: the text, read once.
        name: what messages call it.
        column: its header; titles above it are passed over. None: the text has one column only.

    Raises:
        SourceError: the text cannot be read as a table.
        ColumnError: it has no such column, or several and none is named.
    """
    found = textlines.pieces(file, name)
    first = next(found)
    header = _header(first.lines, name, column)
    held = first.lines.clear()
    piece: Piece | None = replace(first, lines=first.lines.filter(pl.col(ROW) >= header.next_row))
    while piece is not None:
        following = next(found, None)
        current = replace(piece, lines=pl.concat([held, piece.lines]))
        frame, next_row = _read(current, header, is_last=following is None)
        held = current.lines.filter(pl.col(ROW) >= next_row)
        yield Batch(frame, header.texts[header.position], piece.encoding, piece.size)
        piece = following


def header_of(file: BinaryIO, name: str) -> tuple[str, ...]:
    """The headers of a text: its first line with more than one, else its first line with any.

    Raises:
        SourceError: the text cannot be read as a table.
    """
    return _best(next(textlines.pieces(file, name)).lines, name, "").texts


def below_titles(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The header among the first rows of a table: a title is a lone cell.

    >>> below_titles([["残疾人名单", ""], ["姓名", "电话"], ["", ""]])
    ('姓名', '电话')
    """
    filled = [tuple(row) for row in rows if any(text.strip() for text in row)]
    wide = (row for row in filled if sum(bool(text.strip()) for text in row) > 1)
    return next(wide, filled[0] if filled else ())


def _header(below: pl.DataFrame, name: str, column: str | None) -> _Header:
    """The header line of the column, or of the only one."""
    header = _best(below, name, column)
    if column is None and len(header.texts) > 1:
        raise ColumnError(f"{name} has {len(header.texts)} columns; name one: {shown(name, header.texts)}.")
    if header.position < 0:
        raise ColumnError(f"{name} has no column {short(column or '')}; it has {shown(name, header.texts)}.")
    if column is None:
        shown(name, header.texts)
    if column is not None and _places(header.texts, column)[1:]:
        raise ColumnError(
            f"{name} has the column {short(column)} more than once; rename one, so that it is clear which is meant."
        )
    return header


def _best(below: pl.DataFrame, name: str, column: str | None) -> _Header:
    """The header line: the first with the column, else the first with any text, cut by the delimiter that gives most columns."""
    head = below.head(lines.SNIFFED_LINES)
    numbered = list(zip(head[ROW].to_list(), head[LINE].to_list(), strict=True))
    tried = [_tried(numbered, delimiter, column) for delimiter in lines.DELIMITERS]
    header = max(tried, key=lambda header: (header.position >= 0, len(header.texts)))
    if header.position < 0 or (header.position == 0 and len(header.texts) == 1):
        _check_length(numbered, name)
    if not any(text.strip() for text in header.texts):
        raise SourceError(f"{name} holds no text; it needs a header line and the rows below it.")
    return header


def _check_length(numbered: list[tuple[int, str]], name: str) -> None:
    row = next((row for row, text in numbered[: headers.SEARCHED_ROWS] if len(text) > records.MAX_CHARACTERS), 0)
    if row:
        raise SourceError(
            f"{name}, row {row} has more than {records.MAX_CHARACTERS:,} characters and cannot be read as a header; keep the "
            "columns that are needed."
        )


def _tried(numbered: list[tuple[int, str]], delimiter: str, column: str | None) -> _Header:
    found = [record for record in records.each(numbered, delimiter) if not record.is_blank][: headers.SEARCHED_ROWS]
    for record in found:
        places = [0] if column is None else _places(record.fields, column)
        if places:
            return _Header(delimiter, tuple(record.fields), places[0], record.row + record.span)
    return _Header(delimiter, below_titles([record.fields for record in found]), -1, 0)


def _places(texts: Sequence[str], column: str) -> list[int]:
    """Where the header stands, letter by letter; else where one stands that differs in width, blanks or case only."""
    wanted = headers.normalise(column)
    alike = [at for at, text in enumerate(texts) if wanted and headers.normalise(text) == wanted]
    return [at for at in alike if texts[at] == column] or alike


def _read(piece: Piece, header: _Header, *, is_last: bool) -> tuple[pl.DataFrame, int]:
    """Cells of the records that surely end inside the piece, and the row of the first that may reach beyond it."""
    decoded = Decoded(
        Path(), piece.encoding, "lf", piece.has_quote or _has_quote(piece), piece.has_nul, piece.bad_lines
    )
    grid, blank = lines.body(piece.lines, header.delimiter, len(header.texts), decoded)
    if decoded.has_nul:
        grid = _without_nul(grid)
    cells = grid.select(ROW, pl.col(field(header.position)).alias(RAW), FAULT)
    if blank:
        cells = pl.concat([cells, _blank(piece.lines, blank, header)]).sort(ROW)
    end = int(piece.lines[ROW][-1]) + 1 if piece.lines.height else 0
    if not is_last and decoded.has_quote:
        late = cells.filter(pl.col(ROW) + records.MAX_LINES > end)[ROW]
        end = int(late[0]) if late.len() else end
    cells = cells.filter(pl.col(ROW) < end)
    is_known = (pl.col(RAW) != "") & pl.col(FAULT).ne_missing("field.long")
    return cells.select(pl.when(is_known).then(RAW).alias(RAW), FAULT), end


def _blank(below: pl.DataFrame, rows: Sequence[int], header: _Header) -> pl.DataFrame:
    """The cells of records without any text: white space as it came, else nothing."""
    cell = pl.col(LINE).str.split(header.delimiter).list.get(header.position, null_on_oob=True)
    found = below.filter(pl.col(ROW).is_in(rows)).select(ROW, cell.alias(RAW), pl.lit(None, pl.String).alias(FAULT))
    return found.with_columns(pl.col(RAW).replace('""', None))


def _has_quote(piece: Piece) -> bool:
    """Lines held from the piece before may have quotes where this one has none."""
    return bool(piece.lines[LINE].head(records.MAX_LINES).str.contains('"', literal=True).any())


def _without_nul(grid: pl.DataFrame) -> pl.DataFrame:
    has_nul = pl.any_horizontal(pl.col("^f[0-9]+$").str.contains("\x00", literal=True).fill_null(value=False))
    return grid.with_columns(pl.coalesce(FAULT, pl.when(has_nul).then(pl.lit("char.nul"))).alias(FAULT))
