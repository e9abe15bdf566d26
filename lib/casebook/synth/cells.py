"""How a cell's text stands in a file, and where its record lies."""

from typing import Any, Final

import polars as pl

from casebook.synth.table import NUMBER

_KEPT: Final = 15


def as_saved(cell: pl.Expr) -> pl.Expr:
    """The cell's text, a number of more than eleven digits as Excel shows it: six digits and an exponent."""
    digits = cell.str.strip_prefix(NUMBER)
    shown = digits.cast(pl.Float64, strict=False).map_batches(_scientific, return_dtype=pl.String)
    is_number = cell.str.starts_with(NUMBER)
    return pl.when(is_number & (digits.str.len_chars() > 11)).then(shown).when(is_number).then(digits).otherwise(cell)


def _scientific(numbers: pl.Series) -> pl.Series:
    return pl.Series([None if n is None else f"{n:.5E}" for n in numbers.to_list()], dtype=pl.String)


def cell(value: str, *, numeric: bool) -> str | float:
    """The value as Excel holds it: a float where the clerk's column or cell is a number, else the text."""
    if value.startswith(NUMBER):
        digits = value[1:]
        # Excel keeps fifteen digits of a number and fills up with zeros.
        return float(digits[:_KEPT].ljust(len(digits), "0"))
    if numeric and value.lstrip("-").replace(".", "", 1).isdecimal():
        return float(value)
    return value


def placed(height: int, file: str, sheet: str, first: int, start: int = 0) -> pl.DataFrame:
    """Addresses of `height` records that stand one under the other from physical row `first`."""
    row_index = pl.int_range(start, start + height, eager=True, dtype=pl.Int64).alias("row_index")
    names: list[Any] = [pl.lit(file).alias("file"), pl.lit(sheet).alias("sheet")]
    return row_index.to_frame().with_columns(*names, (pl.col("row_index") - start + first).alias("row"))
