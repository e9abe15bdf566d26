"""Delimited text → Grid. Every physical line is accounted for, and the rows come in batches.

The row number of a record is the number of the line it begins on, counted from 1 with titles and blank lines. A record may reach
over several lines: those that may go on behind the end of a piece are read with the next one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.intake.contract import Contract
from casebook.intake.dataset import MAX_LISTED, Note
from casebook.intake.files import Admitted
from casebook.intake.grid import Batch, Grid, Opened
from casebook.intake.headers import SEARCHED_ROWS
from casebook.intake.text import cutting, delimiters, encoding, records
from casebook.intake.text import pieces as textpieces
from casebook.intake.text.delimiters import Cutting
from casebook.intake.text.encoding import Decoded
from casebook.intake.text.pieces import Lines, Piece

_ODD_ENDS: Final = frozenset({"cr", "mixed"})


@dataclass(frozen=True)
class Rows:
    """The rows of a piece that surely end inside it, those of earlier pieces' last lines first."""

    cut: cutting.Cut
    lines: Lines
    piece: Piece


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The table of a text file.

    Raises:
        SourceError: it is text in no known encoding, or it is not clear how its fields are parted.
    """
    decoded = encoding.transcode(admitted.copy, admitted.copy.with_suffix(".utf8"), admitted.name)
    first = next(textpieces.of_file(decoded.path, admitted.name, decoded.bad_lines), None)
    sniffed = textpieces.numbered(first.lines, delimiters.SNIFFED_LINES) if first else []
    declared = delimiters.declared(sniffed[0][1]) if sniffed else None
    if declared:
        chosen = delimiters.cut_by(contract, sniffed[1:], declared, admitted.name)
    else:
        chosen = delimiters.choose(contract, sniffed, admitted.name)
    notes = _notes(decoded, admitted.name)
    if declared:
        notes.append(Note("delimiter.declared", admitted.name, count=1, rows=(1,)))
    return Opened([_grid(decoded, chosen, admitted)], decoded.encoding, tuple(notes))


def _notes(decoded: Decoded, name: str) -> list[Note]:
    rows = {
        "char.private_use": decoded.private,
        "bom.inside": decoded.marks,
    }
    counts = {
        "char.encoding_bytes": decoded.lost,
        "char.private_use_mapped": decoded.settled,
        "char.dos_end": int(decoded.has_dos_end),
    }
    said = [Note(f"line_end.{decoded.line_end}", name)] if decoded.line_end in _ODD_ENDS else []
    said += [
        Note(code, name, count=len(found), rows=tuple(found[:MAX_LISTED])) for code, found in rows.items() if found
    ]
    return said + [Note(code, name, count=count) for code, count in counts.items() if count]


def _grid(decoded: Decoded, chosen: Cutting, admitted: Admitted) -> Grid:
    first, header = [record.fields for record in chosen.records[: SEARCHED_ROWS + 1]], chosen.header
    if header is None:
        return Grid("", None, 0, first)
    titles, last = chosen.records[: header.index], chosen.records[header.index + header.depth - 1]
    unnamed = _unnamed(chosen)
    return Grid(
        sheet="",
        header=header,
        header_row=chosen.records[header.index].row,
        first_rows=first,
        batches=_batches(decoded, admitted, last.row + last.span, chosen),
        titles=tuple(" ".join(filter(None, record.fields)) for record in titles),
        title_rows=tuple(record.row for record in titles),
        has_nul=decoded.has_nul,
        notes=(Note("columns_unnamed", admitted.name, count=len(unnamed), items=unnamed),) if unnamed else (),
    )


def _unnamed(chosen: Cutting) -> tuple[str, ...]:
    """Numbers (from 1) of the columns without a header that the first rows fill."""
    texts = chosen.header.texts if chosen.header else ()
    empty = [at for at, text in enumerate(texts) if not text.strip()]
    return tuple(
        str(at + 1)
        for at in empty
        if any(record.fields[at : at + 1] and record.fields[at].strip() for record in chosen.below)
    )


def _batches(decoded: Decoded, admitted: Admitted, first_row: int, chosen: Cutting) -> Iterator[Batch]:
    width = len(chosen.header.texts) if chosen.header else 0
    pieces = textpieces.of_file(decoded.path, admitted.name, decoded.bad_lines)
    for rows in rows_of(below(pieces, first_row), chosen.delimiter, width):
        yield Batch(rows.cut.frame, rows.cut.blank)
    if decoded.path != admitted.copy:
        Path(decoded.path).unlink(missing_ok=True)


def below(pieces: Iterable[Piece], row: int) -> Iterator[Piece]:
    """The pieces without what lies above the row; a piece may have no lines left."""
    for piece in pieces:
        yield Piece(textpieces.since(piece.lines, row), piece.encoding, piece.size)


def rows_of(pieces: Iterable[Piece], delimiter: str, width: int) -> Iterator[Rows]:
    """The rows of the pieces; no line is read for two of them."""
    held, previous = Lines(b"", 0, 0), None
    for piece in pieces:
        if previous is not None:
            rows, held = _rows(held, previous, delimiter, width)
            yield rows
        previous = piece
    if previous is not None:
        lines = textpieces.joined(held, previous.lines)
        yield Rows(cutting.cut(lines, delimiter, width), lines, previous)


def _rows(held: Lines, piece: Piece, delimiter: str, width: int) -> tuple[Rows, Lines]:
    """The rows that end inside the piece, and the lines from the first record on that may reach beyond it."""
    lines = textpieces.joined(held, piece.lines)
    cut = cutting.cut(lines, delimiter, width)
    if b'"' not in lines.data:
        return Rows(cut, lines, piece), Lines(b"", 0, 0)
    late = cut.first_since(lines.end - records.MAX_LINES + 1)
    end = lines.end if late is None else late
    return Rows(cut.before(end), lines, piece), textpieces.since(lines, end)
