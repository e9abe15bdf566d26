"""Rows that share an address, a telephone, an account or a representative: a household, or the firms of one owner.

For such pairs the rival of "the same subject" is not anybody, but somebody of the same household: brothers have the surname in
common, twins the birthday. Who lives together is seen within each table, where two rows are two subjects.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from casebook.link.comparisons import Comparison
from casebook.link.levels import Pairs

LEVELS: Final = {"address": 3, "phone": 1, "account": 1, "representative": 1}
"""So many of the first levels of these comparisons mean that a pair shares a household."""
_MOST_TOGETHER: Final = 30
_ROWS_TO_TELL: Final = 100
_SAMPLE: Final = 8_000


def within(side: pl.DataFrame, columns: Sequence[str]) -> Pairs:
    """Pairs of rows of one table that share a value of a column, a sample where there are very many.

    A value of more than thirty rows is a hostel or a placeholder, and no household. Rows of one name are one subject twice.

    Args:
        side: from `subjects`.
        columns: what the comparisons of `LEVELS` look at, those there are.
    """
    found = [_together(side, column) for column in columns]
    none = pl.DataFrame(schema={"i": pl.UInt32, "j": pl.UInt32})
    pairs = pl.concat([none, *found]).unique(maintain_order=True)
    both = Pairs(side, side, pairs["i"], pairs["j"])
    names = ("core",) if "core" in side.columns else ("form", "given", "family")
    values = both.values(*names)
    is_twice = values.select(
        pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in names)
    ).to_series()
    return Pairs(side, side, both.i.filter(~is_twice), both.j.filter(~is_twice))


def crowding(side: pl.DataFrame, columns: Sequence[str]) -> float:
    """The share of rows that have an address, telephone … in common with another row of their table; 1 for tiny tables.

    Where nobody lives together, as in a sample of a country, a relative of a row is hardly ever in the other table.
    """
    shares = [0.0]
    for column in columns:
        sizes = side.select(key=column).drop_nulls().select(pl.len().over("key")).to_series()
        shares.append((len(sizes.filter(sizes > 1)) + _ROWS_TO_TELL) / (len(sizes) + _ROWS_TO_TELL))
    return max(shares)


def others(sides: Pairs, pairs: pl.DataFrame, comparisons: Sequence[Comparison]) -> pl.Series:
    """How many others of its household a pair could be taken for: `crowding` at least, null where it shares no household.

    Args:
        sides: the pairs' tables and places.
        pairs: the levels of each comparison, by its name.
        comparisons: what was compared.
    """
    sizes = []
    for comparison in (c for c in comparisons if c.name in LEVELS):
        one, two = (_sizes(side[comparison.column]) for side in (sides.left, sides.right))
        size = pl.DataFrame({"one": one[sides.i], "two": two[sides.j]}).max_horizontal()
        is_near = (pairs[comparison.name] < LEVELS[comparison.name]) & (size <= _MOST_TOGETHER)
        sizes.append(size.set(~is_near.fill_null(value=False), None).alias(comparison.name))
    nothing = pl.Series("none", [None] * sides.count, dtype=pl.Int64)
    homes = [c.column for c in comparisons if c.name in LEVELS]
    least = max(crowding(side, homes) for side in (sides.left, sides.right))
    beside = (pl.DataFrame([nothing, *sizes]).min_horizontal() - 1).cast(pl.Float64)
    return beside.clip(least).alias("others")


def _sizes(values: pl.Series) -> pl.Series:
    """How many rows of the table have the row's value."""
    return values.to_frame("key").select(pl.len().over("key").cast(pl.Int64)).to_series()


def _together(side: pl.DataFrame, column: str) -> pl.DataFrame:
    """Pairs i < j of rows with the same value."""
    rows = side.select(key=column).with_row_index("i").drop_nulls()
    sizes = rows.group_by("key").len().filter(pl.col("len").is_between(2, _MOST_TOGETHER))
    pairs = sizes.select((pl.col("len").cast(pl.Int64) * (pl.col("len").cast(pl.Int64) - 1) // 2).sum()).item()
    every = max(1, int(pairs) // _SAMPLE)
    kept = rows.join(sizes.filter(pl.col("key").hash(seed=3) % every == 0), on="key", how="semi")
    both = kept.join(kept.rename({"i": "j"}), on="key").filter(pl.col("i") < pl.col("j"))
    return both.select("i", "j").sort("i", "j")
