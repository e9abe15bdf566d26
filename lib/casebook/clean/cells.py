"""One column of a delimited text of any size, in batches: every record below the header is one row, blank lines included.

A record that cannot be cut into the header's columns keeps its cell as found and carries the fault intake would reject it for
(`row.short`, `row.long`, `quote.open`, `char.nul`, `char.encoding`): such a cell may belong to another column. Of a record with a
cell of more than 1 MiB (`field.long`) or of more than 16 MiB (`line.long`) no cell is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

import polars as pl

from casebook.clean.headerless import shown
from casebook.errors import ColumnError, SourceError, short
from casebook.intake import headers
from casebook.intake.grid import FAULT, ROW, field
from casebook.intake.text import delimiters, lines, records
from casebook.intake.text import pieces as textpieces
from casebook.intake.text.lines import Rows
from casebook.intake.text.pieces import Lines

RAW: Final = "raw"
_TOO_LONG: Final = ("field.long", "line.long")


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
    found = textpieces.of_stream(file, name)
    first = next(found)
    header = _header(first.lines, name, column)
    below = lines.below(chain([first], found), header.next_row)
    for rows in lines.rows_of(below, header.delimiter, len(header.texts)):
        yield Batch(_cells(rows, header), header.texts[header.position], rows.piece.encoding, rows.piece.size)


def header_of(file: BinaryIO, name: str) -> tuple[str, ...]:
    """The headers of a text: its first line with more than one, else its first line with any.

    Raises:
        SourceError: the text cannot be read as a table.
    """
    return _best(next(textpieces.of_stream(file, name)).lines, name, "").texts


def below_titles(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The header among the first rows of a table: a title is a lone cell.

    >>> below_titles([["残疾人名单", ""], ["姓名", "电话"], ["", ""]])
    ('姓名', '电话')
    """
    filled = [tuple(row) for row in rows if any(text.strip() for text in row)]
    wide = (row for row in filled if sum(bool(text.strip()) for text in row) > 1)
    return next(wide, filled[0] if filled else ())


def _header(below: Lines, name: str, column: str | None) -> _Header:
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


def _best(below: Lines, name: str, column: str | None) -> _Header:
    """The header line: the first with the column, else the first with any text, cut by the delimiter that gives most columns."""
    numbered = textpieces.numbered(below, delimiters.SNIFFED_LINES)
    tried = [_tried(numbered, delimiter, column) for delimiter in delimiters.DELIMITERS]
    header = max(tried, key=lambda header: (header.position >= 0, len(header.texts)))
    if header.position < 0 or (header.position == 0 and len(header.texts) == 1):
        _check_length(numbered, name)
    if not any(text.strip() for text in header.texts):
        raise SourceError(f"{name} holds no text; it needs a header line and the rows below it.")
    return header


def _check_length(numbered: list[tuple[int, str]], name: str) -> None:
    first = records.each(numbered[: headers.SEARCHED_ROWS], delimiters.DELIMITERS[0])
    row = next((record.row for record in first if record.fault in _TOO_LONG), 0)
    if row:
        raise SourceError(
            f"{name}, row {row} has a cell of more than {records.MAX_FIELD >> 20} MiB and cannot be read as a header; keep the "
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


def _cells(rows: Rows, header: _Header) -> pl.DataFrame:
    """The cells of the rows, blank ones included, in file order."""
    frame = rows.cut.frame
    if b"\x00" in rows.lines.data:
        frame = _without_nul(frame)
    cells = frame.select(ROW, pl.col(field(header.position)).alias(RAW), FAULT)
    if rows.cut.blank:
        cells = pl.concat([cells, _blank(rows, header)]).sort(ROW)
    is_known = (pl.col(RAW) != "") & ~pl.col(FAULT).is_in(_TOO_LONG).fill_null(value=False)
    return cells.select(pl.when(is_known).then(RAW).alias(RAW), FAULT)


def _blank(rows: Rows, header: _Header) -> pl.DataFrame:
    """The cells of records without any text: white space as it came, else nothing."""
    texts = rows.lines.data.split(b"\n")
    found = [texts[row - rows.lines.row].removesuffix(b"\r").decode() for row in rows.cut.blank]
    cell = pl.Series(RAW, found, pl.String).str.split(header.delimiter).list.get(header.position, null_on_oob=True)
    row = pl.Series(ROW, rows.cut.blank, pl.UInt32)
    fault = pl.lit(None, pl.String).alias(FAULT)
    return pl.DataFrame([row, cell.str.replace_all('"', "", literal=True)]).with_columns(fault)


def _without_nul(grid: pl.DataFrame) -> pl.DataFrame:
    has_nul = pl.any_horizontal(pl.col("^f[0-9]+$").str.contains("\x00", literal=True).fill_null(value=False))
    return grid.with_columns(pl.coalesce(FAULT, pl.when(has_nul).then(pl.lit("char.nul"))).alias(FAULT))
