"""What intake hands on: a Dataset whose every row keeps its address, the Rejects, and the notes on the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from casebook.intake.contract import Contract

PART: Final = "part"
CODE: Final = "code"
COLUMN: Final = "column"
FINDING_SCHEMA: Final = {"row": pl.UInt32, COLUMN: pl.String, CODE: pl.String}
MAX_LISTED: Final = 1_000

REJECT_SCHEMA: Final[dict[str, Any]] = {
    PART: pl.UInt32,
    "row": pl.UInt32,
    "code": pl.String,
    "column": pl.String,
    "reasons": pl.List(pl.String),
    "message_zh": pl.String,
    "message_en": pl.String,
    "raw": pl.String,
}

FLAG_SCHEMA: Final = {
    PART: pl.UInt32,
    "row": pl.UInt32,
    COLUMN: pl.String,
    "cell": pl.String,
    CODE: pl.String,
    "message_zh": pl.String,
    "message_en": pl.String,
}


@dataclass(frozen=True)
class FilePart:
    """One sheet of one file (a text file is one sheet without a name).

    Attributes:
        header_row: physical row of the header, from 1; of its upper row when it has two.
        headers: column → header as delivered; absent columns are not in it.
        units: column → unit of its numbers, where the kind has units.
    """

    file: str
    sha256: str
    sheet: str
    header_row: int
    encoding: str
    headers: Mapping[str, str]
    units: Mapping[str, str]
    rows_read: int
    rows_kept: int
    rows_rejected: int


@dataclass(frozen=True)
class Note:
    """Something about a file that is neither a row read nor a row rejected, or that a reader should know. No values.

    Attributes:
        rows: physical rows concerned, the first thousand; `count` counts all.
        items: headers, columns or sheet names concerned.
    """

    code: str
    file: str
    sheet: str = ""
    count: int = 0
    rows: tuple[int, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """The rows kept of one contract.

    Attributes:
        frame: the contract's columns (String, as delivered, null when blank), `part` (UInt32, index into `parts`) and
            `row` (UInt32, physical row, from 1).
    """

    contract: Contract
    frame: pl.DataFrame
    parts: tuple[FilePart, ...]
    notes: tuple[Note, ...] = field(default=())

    @property
    def rows_read(self) -> int:
        """Rows read from all parts: those kept and those rejected."""
        return sum(part.rows_read for part in self.parts)


@dataclass(frozen=True)
class Rejects:
    """The rows refused: `part, row, code, column, reasons, message_zh, message_en, raw`.

    `code` and `column` are the first reason, `reasons` all of them as `code` or `code:column`. `raw` is the row as delivered; it
    goes into rejects.parquet only and is never shown or logged.
    """

    frame: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """Rows by reason, the most frequent first."""
        counted = self.frame.group_by("code").len().sort(["len", "code"], descending=[True, False])
        return dict(counted.iter_rows())
