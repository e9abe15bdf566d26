"""Tables of any headers in any format that is read: text, workbook, Parquet."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import ComputeError, PanicException

from casebook.clean import cells, door, headerless
from casebook.clean.cells import RAW, Batch
from casebook.errors import ColumnError, SourceError, short
from casebook.intake import files, headers, readers
from casebook.intake import rows as records
from casebook.intake.contract import Column, Contract
from casebook.intake.grid import FAULT, ROW, Grid, field
from casebook.intake.headers import Header

PARQUET: Final = b"PAR1"
BATCH_ROWS: Final = 200_000
_NO_RECORDS: Final = ("row.total",)
_NOT_TEXT: Final = (PARQUET, b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))


@dataclass(frozen=True)
class Table:
    """A table by the columns asked for.

    Attributes:
        frame: the columns asked for under the names asked for (String, as delivered, null when blank).
        rows: the physical row of each, counted from 1 with the header and the titles above it.
        rejects: rows that could not be cut into the header's columns, by code; they are not in `frame`.
        notes: rows that are no records and not in `frame` either: totals, signatures and remarks, the header again, by code.
    """

    name: str
    frame: pl.DataFrame
    rows: pl.Series
    encoding: str
    rejects: dict[str, int]
    notes: dict[str, int] = default(default_factory=dict)


def is_text(path: Path) -> bool:
    """True unless the file's first bytes say that it is a workbook or Parquet."""
    with path.open("rb") as file:
        return begins_as_text(file.read(8))


def begins_as_text(start: bytes) -> bool:
    """False where these first bytes say that a workbook or Parquet follows."""
    return not start.startswith(_NOT_TEXT)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == PARQUET


def header_of(path: Path) -> tuple[str, ...]:
    """The headers of a table: the first row of more than a lone cell.

    Raises:
        SourceError: the file is of a kind that is not read, or empty.
    """
    if _is_parquet(path):
        with _sound(path):
            return tuple(pl.read_parquet_schema(path))
    if is_text(path):
        with path.open("rb") as file:
            return cells.header_of(file, path.name)
    found = (cells.below_titles(grid.first_rows) for grid in _grids(path, ())[0])
    return next((texts for texts in found if texts), ())


def read(path: Path, wanted: Sequence[str]) -> Table:
    """The columns of a delivered file.

    Args:
        path: csv, tsv, xls, xlsx, ods or Parquet. Titles above the header are passed over; of a workbook the one sheet that has the
            columns is read. A row of Parquet is counted as if its header were row 1.
        wanted: headers, as the file has them or differing in width, blanks and letter case only.

    Raises:
        ColumnError: the file lacks one of the columns (the message lists those it has), or has one twice.
        SourceError: the file is damaged or of a kind that is not read.
    """
    if _is_parquet(path):
        whole = pl.concat(
            [batch.with_columns(door.texts(batch[name]) for name in wanted) for batch in _slices(path, wanted)]
        )
        numbers = pl.int_range(2, whole.height + 2, dtype=pl.UInt32, eager=True).alias(ROW)
        return Table(path.name, whole, numbers, "parquet", {})
    grid, header, said = _grid(path, wanted)
    contract = _contract(wanted)
    pieces = list(records.sort(records.Table(grid, header, contract, 0)))
    named = (pl.col(name).alias(text) for name, text in zip(contract.names, wanted, strict=True))
    noted = Counter(code for piece in pieces for code, found in piece.noted.items() for _ in found)
    rejects, kept = (pl.concat(getattr(piece, name) for piece in pieces) for name in ("rejects", "kept"))
    counts = dict(rejects.group_by("code").len().sort("code").iter_rows())
    notes = dict(noted) | {code: counts.pop(code) for code in _NO_RECORDS if code in counts}
    return Table(path.name, kept.select(*named), kept[ROW], said, counts, notes)


def batches(path: Path, column: str | None) -> Iterator[Batch]:
    """The cells of one column of a workbook or a Parquet file; blank rows of a workbook are no rows.

    Raises:
        ColumnError: there is no such column, or several and none is named.
        SourceError: as `read`.
    """
    asked = _only(path) if column is None else column
    if _is_parquet(path):
        for batch in _slices(path, [asked]):
            yield _batch(door.texts(batch[asked]), asked, "parquet")
        return
    grid, header, said = _grid(path, [asked])
    position = next(iter(header.positions.values()))
    for piece in grid.batches:
        yield _batch(piece.frame[field(position)], header.texts[position], said)


def _batch(raw: pl.Series, header: str, said: str) -> Batch:
    fault = pl.Series(FAULT, [None] * len(raw), pl.String)
    return Batch(pl.DataFrame([raw.replace("", None).alias(RAW), fault]), header, said, 0)


def _only(path: Path) -> str:
    given = [text for text in header_of(path) if text.strip()]
    if len(given) != 1:
        raise ColumnError(f"{path.name} has {len(given)} columns; name one: {headerless.shown(path.name, given)}.")
    return given[0]


def _slices(path: Path, wanted: Sequence[str]) -> Iterator[pl.DataFrame]:
    given = header_of(path)
    if missing := [name for name in wanted if name not in given]:
        raise ColumnError(_lacks(path.name, missing, given))
    scanned, start = pl.scan_parquet(path).select(wanted), 0
    while True:
        with _sound(path):
            batch = scanned.slice(start, BATCH_ROWS).collect()
        if batch.height or not start:
            yield batch
        if batch.height < BATCH_ROWS:
            return
        start += BATCH_ROWS


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """What the reader says of a file that is damaged may quote it, and is not repeated."""
    try:
        yield
    except (ComputeError, OSError, PanicException):
        raise SourceError(f"{path.name} is a damaged or cut Parquet file; ask for it again.") from None


def _contract(wanted: Sequence[str]) -> Contract:
    """A table that needs these headers, as intake is told of tables."""
    columns = tuple(Column(f"c{at}", (text,), header_required=True) for at, text in enumerate(wanted))
    return Contract("table", "", "", "", "1", "", columns)


def _grids(path: Path, wanted: Sequence[str]) -> tuple[list[Grid], str]:
    """The sheets of the file (a text is one) as intake reads them, and the encoding."""
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        opened = readers.read(files.admit(path, Path(folder)), _contract(wanted))
        return list(opened.grids), opened.encoding


def _grid(path: Path, wanted: Sequence[str]) -> tuple[Grid, Header, str]:
    """The one sheet with all the columns, its header, and the encoding."""
    grids, said = _grids(path, wanted)
    found = [(grid, grid.header) for grid in grids if grid.header and len(grid.header.positions) == len(wanted)]
    if len(found) > 1:
        raise SourceError(f"{path.name} has {len(found)} sheets with these columns; keep the one that is meant.")
    if not found:
        given = next((grid.header.texts for grid in grids if grid.header), None) or header_of(path)
        known = {headers.normalise(text) for text in given}
        raise ColumnError(_lacks(path.name, [text for text in wanted if headers.normalise(text) not in known], given))
    grid, header = found[0]
    known_texts = [headers.normalise(text) for text in header.texts]
    if twice := [text for text in wanted if known_texts.count(headers.normalise(text)) > 1]:
        raise ColumnError(
            f"{path.name} has the column {'、'.join(short(text) for text in twice)} more than once; rename one."
        )
    return grid, header, said


def _lacks(name: str, missing: Sequence[str], given: Sequence[str]) -> str:
    lacking = "、".join(short(text) for text in missing[: headerless.SHOWN])
    return f"{name} has no column {lacking}; it has {headerless.shown(name, given) or 'none'}."
