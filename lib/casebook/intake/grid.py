"""A table as it lay in the file: fields by position, each row under its physical number."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from casebook.intake.headers import Header

ROW = "row"
FAULT = "fault"
RAW = "raw"


def field(position: int) -> str:
    """Name of the grid column at a position."""
    return f"f{position}"


@dataclass(frozen=True)
class Grid:
    """One sheet, or one text file.

    Attributes:
        frame: `row` (UInt32, physical, from 1), `f0`, `f1` … (String, as delivered), `fault` (reject code known from the
            shape of the row, else null), `raw` (the row's text where it cannot be had from the fields).
        header: None when no row looks like one; then `frame` is empty.
        header_row: physical row of the header's first row.
        first_rows: the rows searched, for messages and titles.
        titles: text of the rows above the header; title_rows: their physical numbers.
        blank_rows: physical rows without any text.
    """

    sheet: str
    frame: pl.DataFrame
    header: Header | None
    header_row: int
    first_rows: Sequence[Sequence[str]]
    titles: tuple[str, ...] = ()
    title_rows: tuple[int, ...] = ()
    blank_rows: tuple[int, ...] = ()
    has_nul: bool = True


def empty(width: int) -> pl.DataFrame:
    """A grid frame without rows."""
    fields = {field(position): pl.String for position in range(width)}
    return pl.DataFrame(schema={ROW: pl.UInt32, **fields, FAULT: pl.String, RAW: pl.String})
