"""Tables of any headers in any format that is read: text, workbook, HTML, XML Spreadsheet, Parquet, a zip of one of them."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Final

import polars as pl

from casebook.clean import cells, headerless
from casebook.clean.cells import RAW, Batch
from casebook.errors import ColumnError, SourceError, short
from casebook.intake import archive, columns, files, headers, readers, sentences, shapes
from casebook.intake import rows as records
from casebook.intake.contract import Column, Contract
from casebook.intake.files import Admitted
from casebook.intake.grid import FAULT, ROW, Grid, Opened, field
from casebook.intake.headers import Header

PARQUET: Final = b"PAR1"
_NO_RECORDS: Final = ("row.total",)
_NOT_TEXT: Final = (PARQUET, b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_HEAD: Final = 4096
_IN_DOUBT: Final = "delimiter.ambiguous"


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
    """True unless the file's first bytes say that it is a workbook, a page, Parquet or an archive."""
    with path.open("rb") as file:
        return begins_as_text(file.read(_HEAD))


def begins_as_text(start: bytes) -> bool:
    """False where these first bytes say that a workbook, HTML, XML, Parquet or an archive follows."""
    return not start.startswith(_NOT_TEXT) and not shapes.is_markup(start)


def header_of(path: Path) -> tuple[str, ...]:
    """The headers of a table: the first row of more than a lone cell.

    Raises:
        SourceError: the file is of a kind that is not read, or empty.
    """
    if is_text(path):
        with path.open("rb") as file:
            return cells.header_of(file, path.name)
    with _admitted(path) as file:
        return _header_of(file)


def read(path: Path, wanted: Sequence[str]) -> Table:
    """The columns of a delivered file.

    Args:
        path: csv, tsv, xls, xlsx, ods, HTML, XML Spreadsheet, Parquet, or a zip with one of them. Titles above the header are passed
            over; of several sheets the one that has the columns is read. A row of Parquet is counted as if its header were row 1.
        wanted: headers, as the file has them or differing in width, blanks and letter case only.

    Raises:
        ColumnError: the file lacks one of the columns (the message lists those it has), or has one twice.
        SourceError: the file is damaged or of a kind that is not read.
    """
    with _admitted(path) as file:
        return _of_parquet(file, wanted) if file.shape == "parquet" else _of_sheet(file, wanted)


def batches(path: Path, column: str | None) -> Iterator[Batch]:
    """The cells of one column of a file that is no text; blank rows are no rows, those of Parquet are.

    Raises:
        ColumnError: there is no such column, or several and none is named.
        SourceError: as `read`.
    """
    with _admitted(path) as file:
        asked = _only(file) if column is None else column
        if file.shape == "parquet":
            for frame in _slices(file, [asked]):
                yield _batch(frame[asked], None, asked, "parquet")
            return
        grid, header, said = _sheet(file, [asked])
        position = next(iter(header.positions.values()))
        for batch in grid.batches:
            yield _batch(batch.frame[field(position)], batch.frame[FAULT], header.texts[position], said)


def _batch(raw: pl.Series, fault: pl.Series | None, header: str, said: str) -> Batch:
    faults = pl.Series([None], dtype=pl.String).new_from_index(0, len(raw)) if fault is None else fault
    return Batch(pl.DataFrame([raw.replace("", None).alias(RAW), faults.alias(FAULT)]), header, said, 0)


@contextmanager
def _admitted(path: Path) -> Iterator[Admitted]:
    """The file, or the one table in the archive that it is; Parquet is read where it lies."""
    with path.open("rb") as opened:
        is_parquet = opened.read(4) == PARQUET
    if is_parquet:
        shapes.shape(path, path.name)
        yield Admitted(path.name, "", path.stat().st_size, "parquet", path)
        return
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        admitted = files.admit(path, Path(folder))
        if admitted.shape != "archive":
            yield admitted
            return
        members, _ = archive.members(admitted, Path(folder))
        if len(members) > 1:
            raise sentences.refusal("archive.several", path.name, count=len(members))
        yield members[0]


def _only(file: Admitted) -> str:
    given = [text for text in _header_of(file) if text.strip()]
    if len(given) != 1:
        raise ColumnError(f"{file.name} has {len(given)} columns; name one: {headerless.shown(file.name, given)}.")
    return given[0]


def _header_of(file: Admitted) -> tuple[str, ...]:
    if file.shape == "parquet":
        return tuple(columns.schema(file.copy, file.name).names)
    if file.shape == "text":
        with file.copy.open("rb") as text:
            return cells.header_of(text, file.name)
    found = (cells.below_titles(grid.first_rows) for grid in _opened(file, ()).grids)
    return next((texts for texts in found if texts), ())


def _of_parquet(file: Admitted, wanted: Sequence[str]) -> Table:
    whole = pl.concat(list(_slices(file, wanted)))
    numbers = pl.int_range(2, whole.height + 2, dtype=pl.UInt32, eager=True).alias(ROW)
    return Table(file.name, whole, numbers, "parquet", {})


def _slices(file: Admitted, wanted: Sequence[str]) -> Iterator[pl.DataFrame]:
    given = columns.schema(file.copy, file.name)
    if missing := [name for name in wanted if name not in given.names]:
        raise ColumnError(_lacks(file.name, missing, given.names))
    if odd := [name for name in wanted if not columns.is_flat(given.field(name).type)]:
        raise sentences.refusal("parquet.nested", file.name, columns="、".join(odd))
    for found in columns.slices(file.copy, file.name, wanted):
        yield found.frame


def _of_sheet(file: Admitted, wanted: Sequence[str]) -> Table:
    grid, header, said = _sheet(file, wanted)
    contract = _contract(wanted)
    kept, rejects, notes = [], Counter[str](), Counter[str]()
    for found in records.sort(records.Table(grid, header, contract, 0)):
        kept.append(found.kept)
        rejects.update(dict(found.rejects.group_by("code").len().iter_rows()))
        notes.update({code: len(rows) for code, rows in found.noted.items() if rows})
    notes.update({code: rejects.pop(code) for code in _NO_RECORDS if code in rejects})
    frame = (
        pl.concat(kept) if kept else pl.DataFrame(schema={**dict.fromkeys(contract.names, pl.String), ROW: pl.UInt32})
    )
    named = (pl.col(name).alias(text) for name, text in zip(contract.names, wanted, strict=True))
    return Table(file.name, frame.select(*named), frame[ROW], said, dict(sorted(rejects.items())), dict(notes))


def _contract(wanted: Sequence[str]) -> Contract:
    """A table that needs these headers, as intake is told of tables."""
    needed = tuple(Column(f"#{at}", (text,), header_required=True) for at, text in enumerate(wanted))
    return Contract("table", "", "", "", "1", "", needed)


def _opened(file: Admitted, wanted: Sequence[str]) -> Opened:
    """The sheets of the file (a text is one) as intake reads them; where columns are missing, how to cut a text may be in doubt."""
    try:
        return readers.read(file, _contract(wanted))
    except SourceError as refused:
        given = _header_of(file) if refused.code == _IN_DOUBT else wanted
        if missing := _missing(wanted, given):
            raise ColumnError(_lacks(file.name, missing, given)) from None
        raise


def _missing(wanted: Sequence[str], given: Sequence[str]) -> list[str]:
    known = {headers.normalise(text) for text in given}
    return [text for text in wanted if headers.normalise(text) not in known]


def _sheet(file: Admitted, wanted: Sequence[str]) -> tuple[Grid, Header, str]:
    """The one sheet with all the columns, its header, and the encoding."""
    opened = _opened(file, wanted)
    found = [(grid, grid.header) for grid in opened.grids if grid.header and len(grid.header.positions) == len(wanted)]
    if len(found) > 1:
        raise SourceError(f"{file.name} has {len(found)} sheets with these columns; keep the one that is meant.")
    if not found:
        given = next((grid.header.texts for grid in opened.grids if grid.header), None) or _header_of(file)
        raise ColumnError(_lacks(file.name, _missing(wanted, given), given))
    grid, header = found[0]
    known_texts = [headers.normalise(text) for text in header.texts]
    if twice := [text for text in wanted if known_texts.count(headers.normalise(text)) > 1]:
        raise ColumnError(
            f"{file.name} has the column {'、'.join(short(text) for text in twice)} more than once; rename one."
        )
    return grid, header, opened.encoding


def _lacks(name: str, missing: Sequence[str], given: Sequence[str]) -> str:
    lacking = "、".join(short(text) for text in missing[: headerless.SHOWN])
    return f"{name} has no column {lacking}; it has {headerless.shown(name, given) or 'none'}."
