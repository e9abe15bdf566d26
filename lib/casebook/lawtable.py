"""The row in force on a date: articles, rates and standards that change, each with the days from which and to which it holds.

Law tables are `parameters/law/<table>.csv` with `code,value,valid_from,valid_to,source,verified` and, where there is a text,
`article,title_zh,title_en,text_zh,text_en`. Both days are inclusive; an empty `valid_to` is open (9999-12-31). For one code the
intervals follow each other without overlap and without gap: an act is judged by the law of its time, so a date must have exactly
one row. A repealed rule is a row with an empty value, not a gap. Tables of rates and standards obey the same rules under other keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl

from casebook.errors import LawTableError

OPEN_END: Final = date(9999, 12, 31)
DEMANDED: Final = ("code", "value", "valid_from", "valid_to", "source", "verified")
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True)
class LawTable:
    """Rows by key and interval, checked: no overlap, no gap.

    Attributes:
        name: what messages call the table.
        frame: the key columns, `valid_from`, `valid_to` (Date, inclusive) and the facts, sorted by key and `valid_from`.
        keys: columns that name a rule.
    """

    name: str
    frame: pl.DataFrame = field(repr=False)
    keys: tuple[str, ...] = ("code",)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Distinct values of the first key, sorted."""
        return tuple(sorted(self.frame[self.keys[0]].unique().to_list()))

    @cached_property
    def _rows(self) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        rows: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for row in self.frame.iter_rows(named=True):
            rows.setdefault(tuple(row[key] for key in self.keys), []).append(row)
        return rows

    def on(self, code: str | tuple[Any, ...], day: date) -> dict[str, Any]:
        """The one row of the code in force on the day.

        Raises:
            LawTableError: when the code is unknown or no row covers the day.
        """
        key = code if isinstance(code, tuple) else (code,)
        rows = self._rows.get(key)
        said = " / ".join(str(part) for part in key)
        if rows is None:
            raise LawTableError(f"{self.name}: no row for {said}; there are {', '.join(self.codes[:30])}.")
        for row in rows:
            if row["valid_from"] <= day <= row["valid_to"]:
                return row
        first, last = rows[0]["valid_from"], rows[-1]["valid_to"]
        raise LawTableError(
            f"{self.name}: {said} holds from {first} to {last}, not on {day}; add the row in force then."
        )

    def value(self, code: str | tuple[Any, ...], day: date) -> str:
        """The `value` of the row in force."""
        return str(self.on(code, day)["value"])

    def join(
        self, frame: pl.DataFrame, day: str, columns: Sequence[str], by: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """The frame, in order, with `columns` of the row in force on each row's `day`; null where there is none.

        Args:
            frame: rows with a Date column `day`.
            day: name of that column.
            columns: facts to add.
            by: columns of the frame that hold the keys, when they are called otherwise there.
        """
        keys = list(by or self.keys)
        known = self.frame.select(
            *(pl.col(key).alias(name) for key, name in zip(self.keys, keys, strict=True)),
            pl.col("valid_from").alias("_from"),
            pl.col("valid_to").alias("_to"),
            *(pl.col(name) for name in columns),
        )
        numbered = frame.with_row_index("_order").sort(day, nulls_last=False)
        joined = numbered.join_asof(
            known.sort("_from"), left_on=day, right_on="_from", by=keys, strategy="backward", check_sortedness=False
        )
        covered = pl.col(day) <= pl.col("_to")
        facts = (pl.when(covered).then(pl.col(name)).alias(name) for name in columns)
        return joined.sort("_order").with_columns(*facts).drop("_order", "_from", "_to")


def of(frame: pl.DataFrame, name: str, keys: Sequence[str] = ("code",)) -> LawTable:
    """A checked table from typed rows.

    Raises:
        LawTableError: when a column or a day is missing, an interval ends before it begins, or two overlap or leave a gap.
    """
    if missing := [column for column in (*keys, "valid_from", "valid_to") if column not in frame.columns]:
        raise LawTableError(f"{name}: the columns {', '.join(missing)} are missing; it has {', '.join(frame.columns)}.")
    whole = frame.with_columns(pl.col("valid_to").fill_null(OPEN_END))
    blank = whole.filter(pl.any_horizontal(pl.col(*keys, "valid_from").is_null()))
    if blank.height:
        raise LawTableError(f"{name}: {blank.height} rows lack {', '.join(keys)} or valid_from; fill them in.")
    ordered = whole.sort(*keys, "valid_from")
    _refuse_breaks(ordered, name, list(keys))
    return LawTable(name, ordered, tuple(keys))


def load(path: Path, keys: Sequence[str] = ("code",), demanded: Sequence[str] = DEMANDED) -> LawTable:
    """The table of one CSV file in UTF-8, its facts as text.

    Raises:
        LawTableError: naming the file, and the row or code that is wrong.
    """
    return of(_read(path, demanded), path.name, keys)


def load_law(folder: Path) -> LawTable:
    """All law tables of the folder as one; a code stands in one file only."""
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise LawTableError(f"There is no law table (*.csv) in {folder.name}; a report without law cannot be made.")
    frames = [_read(path, DEMANDED).with_columns(pl.lit(path.stem).alias("table")) for path in paths]
    whole = pl.concat(frames, how="diagonal")
    homes = whole.group_by("code").agg(pl.col("table").unique().sort()).filter(pl.col("table").list.len() > 1)
    for code, tables in homes.sort("code").iter_rows():
        raise LawTableError(f"The law code {code} stands in {' and '.join(tables)}; keep it in one table.")
    return of(whole, folder.name)


def _read(path: Path, demanded: Sequence[str]) -> pl.DataFrame:
    try:
        text = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError):
        raise LawTableError(f"{path.name} is not readable as a CSV table in UTF-8; check quotes and commas.") from None
    if missing := [column for column in demanded if column not in text.columns]:
        raise LawTableError(
            f"{path.name}: the columns {', '.join(missing)} are missing; it has {', '.join(text.columns)}."
        )
    stripped = text.with_columns(pl.all().str.strip_chars()).with_columns(pl.all().replace("", None))
    return stripped.with_columns(_days(stripped, name, path.name) for name in ("valid_from", "valid_to"))


def _days(text: pl.DataFrame, name: str, file: str) -> pl.Series:
    days = text[name].str.to_date("%Y-%m-%d", strict=False)
    well_formed = text[name].str.contains(_DAY).fill_null(value=True)
    for row, (given, day, is_form) in enumerate(zip(text[name], days, well_formed, strict=True), 2):
        if given is not None and (day is None or not is_form):
            raise LawTableError(f"{file}, row {row}: {name} must be a day like 2026-03-31, not {given!r}.")
    return days


def _refuse_breaks(ordered: pl.DataFrame, name: str, keys: list[str]) -> None:
    before: tuple[tuple[Any, ...], date] | None = None
    for row in ordered.select(*keys, "valid_from", "valid_to").iter_rows():
        key, start, end = row[:-2], row[-2], row[-1]
        said = " / ".join(str(part) for part in key)
        if end < start:
            raise LawTableError(f"{name}: {said} ends on {end}, before it begins on {start}.")
        if before is not None and before[0] == key:
            if start <= before[1]:
                raise LawTableError(f"{name}: two rows of {said} overlap from {start} to {min(end, before[1])}.")
            if start - before[1] > timedelta(days=1):
                raise LawTableError(f"{name}: {said} has no row between {before[1]} and {start}; say what held then.")
        before = (key, end)
