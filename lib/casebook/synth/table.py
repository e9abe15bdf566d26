"""A synthetic agency file before it is written: its rows and the shape they are exported in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

NUMBER: Final = "\x1f"
"""Put before a cell's text: the clerk's Excel held it as a number (an id then loses its last digits)."""


@dataclass(frozen=True)
class Csv:
    """A text file with CRLF lines; cells marked NUMBER come out as Excel saves them (9.00001E+17)."""

    encoding: str = "gb18030"
    delimiter: str = ","
    titles: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()
    """Records (from 1 on, ascending) before which the header line stands once more."""


@dataclass(frozen=True)
class Xls:
    """Excel 97 files of at most `rows_per_file` data rows each, header repeated in every one."""

    rows_per_file: int = 65_535
    numeric: tuple[str, ...] = ()
    """Columns whose cells are numbers where they parse (amounts)."""
    sheet: str = "Sheet1"


@dataclass(frozen=True)
class Xlsx:
    """One sheet with title rows, an optional two-level header, a totals row and signature lines."""

    titles: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Two-level header: group title → the adjacent columns merged under it; other columns merge downward."""
    totals: tuple[str, ...] = ()
    """Columns summed in a closing row 合计."""
    notes: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    sheet: str = "Sheet1"


@dataclass(frozen=True)
class Table:
    """Rows of one contract that go into one file (or one run of split .xls files).

    `frame` has the Chinese headers in export order, all String, null for an empty cell. Several tables may
    share a contract; `name` is the file's stem and unique among all agencies.
    """

    contract_id: str
    name: str
    frame: pl.DataFrame
    shape: Csv | Xls | Xlsx
    obtained: date = date(2026, 4, 2)
