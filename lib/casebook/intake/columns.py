"""Parquet → Grid. Row k of the file is physical row k + 1, as if its header stood in row 1.

Whole numbers, decimals and days are exact; floats are written as in workbooks. Columns of lists, structures or bytes are no cells:
they are refused where the contract uses them and left out elsewhere. Check sums of pages are verified where the writer made any.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from casebook.errors import SourceError
from casebook.intake import headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.dataset import Note
from casebook.intake.files import Admitted
from casebook.intake.grid import FAULT, MARK_SCHEMA, RAW, ROW, Batch, Grid, Opened, field
from casebook.intake.pages import laying
from casebook.intake.workbook.cell_text import EXACT, cell_text

BATCH_ROWS: Final = 100_000
MAX_COLUMNS: Final = 2_000
EXACT_SINGLE: Final = 2.0**24
_BUFFER: Final = 1024 * 1024
_DEPTH: Final = 20
_PRECISION: Final = 38
_INDEX: Final = re.compile(r"__index_level_[0-9]+__")
_PER_SECOND: Final = {"ms": 10**3, "us": 10**6, "ns": 10**9}
_MOST: Final = 2**63 - 1
# Days since 1970 of 0001-01-01 and 9999-12-31; seconds of the same days; nanoseconds of a day; seconds of ten thousand years.
_SOUND: Final = {
    pl.Date: (-719_162, 2_932_896),
    pl.Datetime: (-719_162 * 86_400, 2_932_897 * 86_400 - 1),
    pl.Time: (0, 86_400 * 10**9 - 1),
    pl.Duration: (-3_652_500 * 86_400, 3_652_500 * 86_400),
}
_FLAT: Final = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_timestamp,
    pa.types.is_time,
    pa.types.is_duration,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_null,
)


@dataclass(frozen=True)
class Slice:
    """Consecutive rows: the columns asked for as text (null where there is no value), and cells in question.

    Attributes:
        marks: `row` counted from 0 within the slice, `position` among the columns, `code`.
    """

    frame: pl.DataFrame
    marks: pl.DataFrame


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The one table of the file."""
    given = schema(admitted.copy, admitted.name)
    index = tuple(name for name in given.names if _INDEX.fullmatch(name))
    names = [name for name in given.names if name not in index]
    header = headers.single(contract, names)
    used = {names[position] for position in header.positions.values()}
    odd = [name for name in names if not is_flat(given.field(name).type)]
    if refused := [name for name in odd if name in used]:
        raise sentences.refusal("parquet.nested", admitted.name, columns="、".join(refused))
    notes = [
        Note(code, admitted.name, count=len(said), items=tuple(said))
        for code, said in (("parquet.index", index), ("parquet.not_cells", odd))
        if said
    ]
    batches = _batches(admitted, names, frozenset(odd))
    return Opened([Grid("", header, 1, [names], batches, notes=tuple(notes))], "parquet")


def schema(path: Path, name: str) -> pa.Schema:
    """Columns and types.

    Raises:
        SourceError: the file is damaged, has two columns of one name, or more columns than are read.
    """
    with _sound(name), _opened(path) as file:
        given = file.schema_arrow
    if len(given.names) > MAX_COLUMNS:
        raise sentences.refusal("table.wide", name, row=1, most=f"{MAX_COLUMNS:,}")
    if twice := sorted(one for one, times in Counter(given.names).items() if times > 1):
        raise sentences.refusal("header.twice", name, row=1, twice="、".join(twice))
    return given


def is_flat(kind: pa.DataType) -> bool:
    """Whether cells can be of the type."""
    if pa.types.is_dictionary(kind):
        return is_flat(kind.value_type)
    return any(is_kind(kind) for is_kind in _FLAT)


def slices(path: Path, name: str, wanted: Sequence[str]) -> Iterator[Slice]:
    """The rows in order, at least one slice.

    Args:
        path: a Parquet file.
        name: what messages call it.
        wanted: columns whose types are flat.

    Raises:
        SourceError: a page cannot be read, does not fit its check sum, or rows are missing.
    """
    rows = 0
    with _sound(name), _opened(path) as file:
        expected = file.metadata.num_rows
        for batch in file.iter_batches(BATCH_ROWS, columns=list(wanted), use_threads=False):
            batch.validate(full=True)
            rows += batch.num_rows
            yield _slice(batch.select(list(wanted)))
        if rows != expected:
            raise sentences.refusal("parquet.damaged", name)
    if not rows:
        yield Slice(pl.DataFrame(schema=dict.fromkeys(wanted, pl.String)), pl.DataFrame(schema=MARK_SCHEMA))


def _opened(path: Path) -> pq.ParquetFile:
    return pq.ParquetFile(
        path,
        page_checksum_verification=True,
        pre_buffer=False,
        buffer_size=_BUFFER,
        arrow_extensions_enabled=False,
        schema_depth_limit=_DEPTH,
    )


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """What the reader says of a damaged file may quote it, and is not repeated."""
    try:
        yield
    except SourceError:
        raise
    except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError):
        raise sentences.refusal("parquet.damaged", name) from None


def _slice(batch: pa.RecordBatch) -> Slice:
    columns, marks = [], [pl.DataFrame(schema=MARK_SCHEMA)]
    for position, (name, array) in enumerate(zip(batch.schema.names, batch.columns, strict=True)):
        kind = array.type
        values = array.dictionary_decode() if pa.types.is_dictionary(kind) else array
        series = _series(values)
        columns.append(_text(series).alias(name))
        marks += [
            found.with_columns(position=pl.lit(position, pl.UInt32)).select(*MARK_SCHEMA) for found in _marks(series)
        ]
    return Slice(pl.DataFrame(columns), pl.concat(marks))


def _series(values: pa.Array) -> pl.Series:
    if pa.types.is_decimal(values.type) and values.type.precision > _PRECISION:
        return pl.Series([None if cell is None else f"{cell:f}" for cell in values.to_pylist()], dtype=pl.String)
    series = pl.from_arrow(values)
    assert isinstance(series, pl.Series)  # noqa: S101 (an array is one column)
    return series


def _marks(series: pl.Series) -> Iterator[pl.DataFrame]:
    """Floats that have lost digits, those that are no number, days that no calendar has."""
    odd: list[tuple[str, pl.Series]] = []
    if series.dtype.is_float():
        most = EXACT if series.dtype == pl.Float64 else EXACT_SINGLE
        odd.append(("id.numeric_cell", series.is_finite() & (series.abs() >= most)))
        odd.append(("cell.error", series.is_infinite()))
    if series.dtype.is_temporal():
        odd.append(("date.serial", ~_is_sound(series)))
    for code, is_odd in odd:
        rows = is_odd.fill_null(value=False).arg_true().alias(ROW)
        yield pl.DataFrame([rows]).with_columns(code=pl.lit(code)).cast({ROW: pl.UInt32})


def _text(series: pl.Series) -> pl.Series:
    """The column as a reader sees it.

    >>> _text(pl.Series([371421199001011.0, 3.71421199003074496e17, None])).to_list()
    ['371421199001011', '3.71421199003074E+17', None]
    """
    if series.dtype.is_float():
        exact = series if series.dtype == pl.Float64 else series.cast(pl.String).cast(pl.Float64)
        return _written(exact.fill_nan(None))
    if series.dtype.is_temporal():
        is_day = _is_sound(series)
        sound = series.zip_with(is_day, pl.Series([None], dtype=series.dtype).new_from_index(0, series.len()))
        return _moments(sound).zip_with(is_day, series.to_physical().cast(pl.String))
    return _written(series) if series.dtype == pl.Boolean else series.cast(pl.String)


def _is_sound(series: pl.Series) -> pl.Series:
    """False for days and times that no calendar has: before the year 1, after 9999, beyond 24 hours."""
    kind = series.dtype
    unit = _PER_SECOND[kind.time_unit or "us"] if isinstance(kind, pl.Datetime | pl.Duration) else 1
    low, high = _SOUND[kind.base_type()]
    return series.to_physical().is_between(max(low * unit, -_MOST), min(high * unit, _MOST)).fill_null(value=True)


def _moments(series: pl.Series) -> pl.Series:
    """Days in ISO form; a moment at midnight is a day."""
    if isinstance(series.dtype, pl.Datetime):
        zone = "%:z" if series.dtype.time_zone else ""
        whole = series.dt.strftime(f"%Y-%m-%d %H:%M:%S%.f{zone}")
        return whole.zip_with(series.dt.time() != time(), series.dt.strftime("%Y-%m-%d"))
    if series.dtype == pl.Time:
        return series.dt.strftime("%H:%M:%S%.f")
    return _written(series) if isinstance(series.dtype, pl.Duration) else series.cast(pl.String)


def _written(series: pl.Series) -> pl.Series:
    """Each distinct value written once."""
    distinct = series.unique()
    texts = [None if cell is None else _cell(cell) for cell in distinct.to_list()]
    told = pl.DataFrame({"value": distinct, "text": pl.Series(texts, dtype=pl.String)})
    asked = pl.DataFrame({"value": series})
    return asked.join(told, on="value", how="left", nulls_equal=True, maintain_order="left")["text"]


def _cell(cell: Any) -> str:  # noqa: ANN401 (whatever a column holds)
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell_text(cell)


def _batches(admitted: Admitted, names: Sequence[str], odd: frozenset[str]) -> Iterator[Batch]:
    """The rows as the grid has them; columns that are no cells are empty."""
    flat = [name for name in names if name not in odd]
    places = {name: position for position, name in enumerate(names)}
    place_of = pl.Series([places[name] for name in flat], dtype=pl.UInt32)
    first = 2
    for found in slices(admitted.copy, admitted.name, flat):
        frame, height = found.frame, found.frame.height
        columns = [
            frame[name].alias(field(at)) if name not in odd else pl.Series(field(at), [None] * height, pl.String)
            for name, at in places.items()
        ]
        numbers = pl.int_range(first, first + height, dtype=pl.UInt32, eager=True).alias(ROW)
        faults = (pl.Series(name, [None] * height, pl.String) for name in (FAULT, RAW))
        whole = laying.long_marked(pl.DataFrame([numbers, *columns, *faults]))
        is_blank = pl.all_horizontal(
            text.is_null() | (text.str.strip_chars() == "") for text in map(pl.col, map(field, places.values()))
        )
        marks = found.marks.with_columns(pl.col(ROW) + first, position=place_of.gather(found.marks["position"]))
        yield Batch(whole.filter(~is_blank), tuple(whole.filter(is_blank)[ROW]), marks)
        first += height
