"""A table as it lay in the file: fields by position, each row under its physical number, in batches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Final

import polars as pl

from casebook.intake.dataset import Note
from casebook.intake.headers import Header

ROW: Final = "row"
FAULT: Final = "fault"
RAW: Final = "raw"
MERGED: Final = "cell.merged"
BATCH_ROWS: Final = 500_000
MARK_SCHEMA: Final = {ROW: pl.UInt32, "position": pl.UInt32, "code": pl.String}


def field(position: int) -> str:
    """Name of the grid column at a position."""
    return f"f{position}"


def empty(width: int) -> pl.DataFrame:
    """A grid frame without rows."""
    fields = {field(position): pl.String for position in range(width)}
    return pl.DataFrame(schema={ROW: pl.UInt32, **fields, FAULT: pl.String, RAW: pl.String})


def no_marks() -> pl.DataFrame:
    """No cell in question."""
    return pl.DataFrame(schema=MARK_SCHEMA)


@dataclass(frozen=True)
class Batch:
    """Consecutive rows below the header, in physical order.

    Attributes:
        frame: `row` (UInt32, physical, from 1), `f0`, `f1` … (String, as delivered, null when there is no cell), `fault` (reject
            code known from the shape of the row, else null), `raw` (the row's text where it cannot be had from the fields).
        blank_rows: physical rows without any text; they are not in the frame.
        marks: `row`, `position` of the cell (from 0), `code`: cells in question, an id stored as a number for example.
    """

    frame: pl.DataFrame
    blank_rows: tuple[int, ...] = ()
    marks: pl.DataFrame = attribute(default_factory=no_marks)


@dataclass(frozen=True)
class Grid:
    """One sheet, or one text file.

    Attributes:
        header: None when no row looks like one; then there are no batches.
        header_row: physical row of the header's first row.
        first_rows: the rows searched, for messages and titles.
        batches: the rows below the header, at most `BATCH_ROWS` at a time; to be gone through once.
        titles: text of the rows above the header; title_rows: their physical numbers.
        has_nul: whether a NUL character may be in it.
        notes: what a reader should know of the sheet.
    """

    sheet: str
    header: Header | None
    header_row: int
    first_rows: Sequence[Sequence[str]]
    batches: Iterable[Batch] = ()
    titles: tuple[str, ...] = ()
    title_rows: tuple[int, ...] = ()
    has_nul: bool = True
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A file as its reader hands it on: its tables, the encoding (`binary` where there is none), notes on the file."""

    grids: Sequence[Grid]
    encoding: str
    notes: tuple[Note, ...] = ()
