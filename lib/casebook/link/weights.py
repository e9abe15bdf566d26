"""What each level of agreement weighs: log2(m / u), in bits.

m: how often it holds for two rows of one subject, learnt from the pairs that a valid key has already linked in the same two
tables. u: how often chance brings it about, counted from the frequencies of values, sampled where no equality stands behind
it. Both start from the shipped expectation (`weights.csv`), so that no weight is infinite and small tables say little.
Source: Fellegi and Sunter, A Theory for Record Linkage (1969).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import polars as pl

from casebook.link.levels import Comparison, Pairs

SAMPLE: Final = 100_000
_SEED: Final = 11
_EXPECTED_PAIRS: Final = 200.0
_EXPECTED_CHANCE: Final = 10_000.0
_EXPECTED_ROWS: Final = 1_000.0
_HALF: Final = 0.5
TABLE_NAME: Final = "weights.csv"


@dataclass(frozen=True)
class Weights:
    """For one comparison: the bits of each level, and for a level that is equality how rare each left row's value is.

    `rarity[k][row]` is added to the bits of level k.
    """

    bits: np.ndarray[tuple[int], np.dtype[np.float64]]
    rarity: tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]
    m: tuple[float, ...]
    u: tuple[float, ...]

    def of(self, levels: pl.Series, rows: pl.Series) -> pl.Series:
        """The bits of each pair, 0 where the level is null.

        Args:
            levels: the level of each pair.
            rows: the place of its left row.
        """
        known = levels.is_not_null().to_numpy()
        codes, places = levels.fill_null(0).to_numpy(), rows.to_numpy()
        bits = self.bits[codes]
        for level, rarity in enumerate(self.rarity):
            here = codes == level
            bits[here] += rarity[places[here]]
        return pl.Series(np.where(known, bits, 0.0))


@cache
def expected(comparison: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The shipped m and u of a comparison's levels, in their order."""
    text = files("casebook.link").joinpath(TABLE_NAME).read_text(encoding="utf-8")
    table = pl.read_csv(text.encode(), comment_prefix="#").filter(pl.col("comparison") == comparison)
    return tuple(table["m"]), tuple(table["u"])


def weights(comparison: Comparison, sides: Pairs, linked: Pairs, sample: Pairs) -> Weights:
    """The weights of a comparison for two tables.

    Args:
        comparison: what is compared.
        sides: the two tables (its pairs are not looked at).
        linked: pairs known to be of one subject.
        sample: pairs drawn at random.
    """
    m, u = expected(comparison.name)
    seen = _counts(comparison, linked)
    m = _mixed(seen, m, _EXPECTED_PAIRS)
    by_chance = list(_mixed(_counts(comparison, sample), u, _EXPECTED_CHANCE))
    before = 0.0
    for level, key in enumerate(comparison.keys):
        chance = _equal_by_chance(sides.left[key], sides.right[key], before + u[level])
        by_chance[level] = max(chance - before, u[level] * 1e-3)
        before = max(chance, before)
    rarity = tuple(_rarity(sides, key, by_chance[level]) for level, key in enumerate(comparison.keys))
    return weighed(m, tuple(by_chance), rarity)


def weighed(m: tuple[float, ...], u: tuple[float, ...], rarity: tuple[np.ndarray, ...]) -> Weights:
    """Weights from m and u."""
    bits = np.array([math.log2(match / chance) for match, chance in zip(m, u, strict=True)])
    return Weights(bits, rarity, m, u)


def _counts(comparison: Comparison, pairs: Pairs) -> list[float]:
    counts = [0.0] * len(comparison.levels)
    if pairs.count:
        for level, count in comparison.grade(pairs).drop_nulls().value_counts().rows():
            counts[level] = float(count)
    return counts


def _mixed(counts: Sequence[float], shares: Sequence[float], weight: float) -> tuple[float, ...]:
    total = sum(counts) + weight
    return tuple((count + weight * share) / total for count, share in zip(counts, shares, strict=True))


def _equal_by_chance(left: pl.Series, right: pl.Series, share: float) -> float:
    """How often rows of two subjects have the same value: a value's one pair that may be one subject is not counted."""
    one, two = (pl.DataFrame({"value": side}).drop_nulls() for side in (left, right))
    both = one.group_by("value").len().join(two.group_by("value").len(), on="value")
    least = pl.min_horizontal("len", "len_right").cast(pl.Int64)
    pairs = both.select((pl.col("len").cast(pl.Int64) * pl.col("len_right").cast(pl.Int64) - least).sum()).item()
    return float((pairs + _EXPECTED_CHANCE * share) / (one.height * two.height + _EXPECTED_CHANCE))


def _rarity(sides: Pairs, key: str, usual: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """log2 of the usual share of a value to the share of each left row's own, the pair itself not counted."""
    rows = pl.concat([sides.left.select(value=key), sides.right.select(value=key)])
    known = rows.drop_nulls()
    counts = known.group_by("value").len()
    own = sides.left.select(value=key).join(counts, on="value", how="left", maintain_order="left")["len"]
    others = own.fill_null(2).cast(pl.Float64).to_numpy() - 2
    unseen = min(_HALF, usual * known.height)
    share = (np.maximum(others, 0) + unseen + _EXPECTED_ROWS * usual) / (known.height + _EXPECTED_ROWS)
    bits: np.ndarray[tuple[int], np.dtype[np.float64]] = np.log2(usual / share)
    return bits


def drawn(left: pl.DataFrame, right: pl.DataFrame, count: int = SAMPLE) -> Pairs:
    """Pairs of rows at random, all of them where there are no more than `count`; the same on every run."""
    every = left.height * right.height
    if every <= count:
        places = np.arange(every, dtype=np.int64)
        i, j = (places // right.height, places % right.height) if every else (places, places)
    else:
        random = np.random.default_rng(_SEED)
        i, j = (random.integers(0, side.height, size=count) for side in (left, right))
    return Pairs(left, right, pl.Series(i, dtype=pl.UInt32), pl.Series(j, dtype=pl.UInt32))
