"""Parameter tables: rates, grades, standards, dictionaries kept as CSV beside a scenario's parameters.

The suffix of a column says its unit: `yuan…` columns (`yuan_per_month`) are read exactly into Int64 fen under the name with `fen`
(`fen_per_month`); `valid_from` and `valid_to` are dates (an empty `valid_to` is open: 9999-12-31); `weight` is a number; all else is text.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl

from casebook.errors import ParameterError

OPEN_END = date(9999, 12, 31)
FEN = Decimal(100)
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
VALUES = frozenset({"grade", "percent", "granted", "restricted", "stands_in", "excludes", "source"})
"""Text columns that hold a value, not part of what names a row; a grade names a row where the value is an amount."""


def load_all(folder: Path) -> dict[str, pl.DataFrame]:
    """Every CSV of the folder by file name; none when there is no folder."""
    return {path.name: load(path) for path in sorted(folder.glob("*.csv"))}


def load(path: Path) -> pl.DataFrame:
    """One parameter table, typed by its column names.

    Raises:
        ParameterError: a cell is not what its column promises; the sentence names file, row and column.
    """
    text = pl.read_csv(path, infer_schema=False).select(pl.all().fill_null(""))
    table = pl.DataFrame([_typed(path.name, text[name]) for name in text.columns])
    _refuse_breaks(path.name, table)
    return table


def _refuse_breaks(file: str, table: pl.DataFrame) -> None:
    """Intervals of one key must be in order and not overlap; an empty table says nothing and is refused."""
    if table.is_empty():
        raise ParameterError(f"{file}: holds no row; write at least one or leave the file out")
    if not {"valid_from", "valid_to"} <= set(table.columns):
        return
    rows = table.with_row_index("row", offset=2)
    if not (wrong := rows.filter(pl.col("valid_from") > pl.col("valid_to"))).is_empty():
        raise ParameterError(f"{file} row {wrong['row'][0]}: valid_to lies before valid_from")
    has_amounts = any(c.startswith("fen") for c in table.columns)
    keys = [
        c for c in table.columns if table.schema[c] == pl.String and (c not in VALUES or (c == "grade" and has_amounts))
    ]
    ordered = rows.sort(*keys, "valid_from")
    before = pl.col("valid_to").shift(1).over(keys) if keys else pl.col("valid_to").shift(1)
    if not (clash := ordered.filter(before >= pl.col("valid_from"))).is_empty():
        raise ParameterError(
            f"{file} row {clash['row'][0]}: overlaps another row of the same key; close that row first"
        )


def _typed(file: str, column: pl.Series) -> pl.Series:
    name = column.name
    if name in {"valid_from", "valid_to"}:
        return pl.Series(name, [_day(file, name, i, t) for i, t in enumerate(column, 2)], dtype=pl.Date)
    if name.startswith("yuan"):
        fen = [_fen(file, name, i, t) for i, t in enumerate(column, 2)]
        return pl.Series("fen" + name.removeprefix("yuan"), fen, dtype=pl.Int64)
    if name == "weight":
        return column.cast(pl.Float64)
    return column


def _day(file: str, name: str, row: int, text: str) -> date:
    if not text and name == "valid_to":
        return OPEN_END
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterError(f"{file} row {row}: {name} must be a date like 2025-01-31, got {text!r}") from None


def _fen(file: str, name: str, row: int, text: str) -> int:
    try:
        fen = Decimal(text) * FEN
    except InvalidOperation:
        raise ParameterError(f"{file} row {row}: {name} must be an amount in yuan, got {text!r}") from None
    if not fen.is_finite() or fen < 0 or not PLAIN.fullmatch(text):
        raise ParameterError(f"{file} row {row}: {name} must be a plain amount of 0 yuan or more, got {text!r}")
    if fen != fen.to_integral_value():
        raise ParameterError(f"{file} row {row}: {name} is finer than a fen ({text})")
    return int(fen)
