"""What each level of agreement weighs: log2(m / u), in bits.

m: how often it holds for two rows of one subject, learnt from the pairs that a valid key has already linked in the same two
tables. u: how often chance brings it about, counted from the frequencies of values, sampled where no equality stands behind
it. Both start from the shipped expectation (`weights.csv`), so that no weight is infinite and small tables say little.
Source: Fellegi and Sunter, A Theory for Record Linkage (1969).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import polars as pl

from casebook.link.comparisons import Comparison
from casebook.link.levels import Pairs

SAMPLE: Final = 15_000
_SEED: Final = 11
_EXPECTED_PAIRS: Final = 200.0
_EXPECTED_CHANCE: Final = 10_000.0
_EXPECTED_ROWS: Final = 1_000.0
_HALF: Final = 0.5
_UNSEEN: Final = 0.1
_WHOLE_NAMES: Final = ("name", "firm_name")
_LEAST_OF_EXPECTED: Final = 1e-3
# A value that a quarter of the rows has tells next to nothing.
_TELLING: Final = 2.0
_SURE: Final = 3.0
_ENDLESS: Final = 60.0
TABLE_NAME: Final = "weights.csv"


Bits = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True)
class Rarity:
    """Of each row of both tables the bits its value adds to those of an equal value, and the most that its equality may weigh."""

    left: Bits
    right: Bits
    most_left: Bits
    most_right: Bits

    def rarer(self, sides: Pairs) -> tuple[Bits, Bits]:
        """Both numbers for the rarer value of each pair."""
        i, j = sides.i.to_numpy(), sides.j.to_numpy()
        return np.maximum(self.left[i], self.right[j]), np.maximum(self.most_left[i], self.most_right[j])


@dataclass(frozen=True)
class Weights:
    """For one comparison: m and u of each level, and for a level k that is equality how rare each row's value is, `rarity[k]`.

    `u_shared` is u of pairs that share a household: there a rare value says no more than a common one.
    """

    m: tuple[float, ...]
    u: tuple[float, ...]
    u_shared: tuple[float, ...]
    rarity: tuple[Rarity, ...]

    def seen(self, counts: Sequence[float]) -> "Weights":
        """The same with m as pairs of one subject show it, `counts` of them at each level, beside the shipped m."""
        return replace(self, m=_mixed(counts, self.m, _EXPECTED_PAIRS))

    def of(self, levels: pl.Series, sides: Pairs, is_near: pl.Series) -> pl.Series:
        """The bits of each pair, 0 where the level is null; never more than those of `exact` in its place.

        Args:
            levels: the level of each pair.
            sides: the pairs.
            is_near: whether the pair shares a household.
        """
        codes, near = levels.fill_null(0).to_numpy(), is_near.to_numpy()
        at_home, apart = (_log_ratio(self.m, u) for u in (self.u_shared, self.u))
        bits = np.where(near, at_home[codes], apart[codes])
        exact = np.where(near, at_home[0], apart[0])
        if self.rarity:
            more, most = self.rarity[0].rarer(sides)
            exact = np.where(near, exact, np.minimum(exact + more, most))
        for level, rarity in enumerate(self.rarity[1:], start=1):
            here = ((codes == level) & ~near).nonzero()[0]
            more, most = (values[sides.i.gather(here).to_numpy()] for values in (rarity.left, rarity.most_left))
            bits[here] = np.minimum(bits[here] + more, most)
        bits = np.where(codes == 0, exact, np.minimum(bits, exact))
        return pl.Series(np.where(levels.is_not_null().to_numpy(), bits, 0.0))

    def tells(self, sides: Pairs) -> pl.Series:
        """True where the value of a pair, the rarer of the two, is not so common that its agreement tells next to nothing."""
        if not self.rarity:
            return pl.repeat(value=True, n=sides.count, eager=True)
        return pl.Series(self.rarity[0].rarer(sides)[1] >= _TELLING)

    @property
    def exact_at_home(self) -> float:
        """The bits of `exact` in a pair that shares a household, without what the household itself says."""
        return float(_log_ratio(self.m, self.u_shared)[0])


@dataclass(frozen=True)
class Known:
    """Pairs from which a comparison's u is learnt: drawn at random, and of one household; and the `rows` that are to be compared."""

    sample: Pairs
    households: tuple[Pairs, ...]
    rows: tuple[pl.Series, pl.Series]


@cache
def expected(comparison: str) -> dict[str, tuple[float, ...]]:
    """The shipped `m`, `u` and `u_shared` of a comparison's levels, in their order."""
    text = files("casebook.link").joinpath(TABLE_NAME).read_text(encoding="utf-8")
    table = pl.read_csv(text.encode(), comment_prefix="#").filter(pl.col("comparison") == comparison)
    return {name: tuple(table[name]) for name in ("m", "u", "u_shared")}


def weights(comparison: Comparison, known: Known) -> Weights:
    """The weights of a comparison for two tables, with the shipped m.

    Args:
        comparison: what is compared.
        known: what the tables show.
    """
    shares = expected(comparison.name)
    sides = known.sample
    u = list(_mixed(counts(comparison, known.sample), shares["u"], _EXPECTED_CHANCE))
    before, rarity = 0.0, []
    for level, key in enumerate(comparison.keys):
        left, right = sides.left[key], sides.right[key]
        filled = [len(side) - side.null_count() for side in (left, right)]
        found = _frequencies(left, right, known.rows)
        chance = _equal_by_chance(found, filled, before + shares["u"][level])
        u[level] = max(chance - before, shares["u"][level] * _LEAST_OF_EXPECTED)
        before = max(chance, before)
        told = _rare(found, float(sum(filled)), u[level], shares["u"][level])
        rarity.append(_rarity((left, right), known.rows, told))
    return Weights(shares["m"], tuple(u), _within(comparison, known, u), tuple(rarity))


def _within(comparison: Comparison, known: Known, u: Sequence[float]) -> tuple[float, ...]:
    """The u of two subjects of one household: never below that of any two.

    Two of one name are taken for one subject there (`households.within`), so that this level keeps a part of what is expected.
    """
    shares = expected(comparison.name)["u_shared"]
    by_table = [counts(comparison, pairs) for pairs in known.households]
    seen = [sum(level) for level in zip(*by_table, strict=True)]
    found = [max(pair) for pair in zip(_mixed(seen, shares, _EXPECTED_PAIRS), u, strict=True)]
    unseen = shares[0] * _UNSEEN if comparison.name in _WHOLE_NAMES else 0.0
    return (max(found[0], unseen), *found[1:])


def _log_ratio(m: Sequence[float], u: Sequence[float]) -> Bits:
    """The bits of each level; those that would weigh more than `exact` are counted together with it."""
    bits = np.array([math.log2(match / chance) for match, chance in zip(m, u, strict=True)])
    matches, chances = m[0], u[0]
    for level in np.argsort(-bits[1:], kind="stable") + 1:
        if bits[level] > math.log2(matches / chances):
            matches, chances = matches + m[level], chances + u[level]
            bits[level] = math.inf
    return np.where(np.isinf(bits) | (np.arange(len(bits)) == 0), math.log2(matches / chances), bits)


def counts(comparison: Comparison, pairs: Pairs) -> list[float]:
    """How many of the pairs stand at each level."""
    found = dict(comparison.grade(pairs).drop_nulls().value_counts().rows())
    return [float(found.get(level, 0)) for level in range(len(comparison.levels))]


def _mixed(counts: Sequence[float], shares: Sequence[float], weight: float) -> tuple[float, ...]:
    total = sum(counts) + weight
    return tuple((count + weight * share) / total for count, share in zip(counts, shares, strict=True))


def _frequencies(left: pl.Series, right: pl.Series, rows: tuple[pl.Series, pl.Series]) -> pl.DataFrame:
    """How often each `value` stands on the left and on the right: `one`, `two`; of those on both sides or in one of the `rows`."""
    few = min(left, right, key=len)
    asked = pl.concat([few, left[rows[0]], right[rows[1]]]).drop_nulls().unique().implode()
    one, two = (
        side.filter(side.is_in(asked))
        .to_frame("value")
        .drop_nulls()
        .group_by("value")
        .agg(pl.len().cast(pl.Int64).alias(name))
        for side, name in ((left, "one"), (right, "two"))
    )
    return one.join(two, on="value", how="full", coalesce=True).with_columns(pl.col("one", "two").fill_null(0))


def _equal_by_chance(found: pl.DataFrame, filled: Sequence[int], share: float) -> float:
    """How often rows of two subjects have the same value: a value's one pair that may be one subject is not counted."""
    pairs = pl.col("one") * pl.col("two") - pl.min_horizontal("one", "two")
    equal = float(found.select(pairs.sum()).item())
    return (equal + _EXPECTED_CHANCE * share) / (float(filled[0]) * filled[1] + _EXPECTED_CHANCE)


def _rare(found: pl.DataFrame, filled: float, usual: float, share: float) -> pl.DataFrame:
    """Of each `value` log2 of the usual share of a value to its own, the pair itself not counted: `bits`; and `most`, see `_most`."""
    unseen = min(_HALF, usual * filled)
    others = (pl.col("one") + pl.col("two") - 2).clip(0)
    own_share = (others + unseen + _EXPECTED_ROWS * min(usual, share)) / (filled + _EXPECTED_ROWS)
    return found.select("value", (usual / own_share).log(2).alias("bits"), _most(others, filled - 2).alias("most"))


def _rarity(sides: tuple[pl.Series, pl.Series], rows: tuple[pl.Series, pl.Series], told: pl.DataFrame) -> Rarity:
    """Of the rows asked for what is told of their values; 0 for all others."""
    (left, most_left), (right, most_right) = (
        _placed(side, asked, told) for side, asked in zip(sides, rows, strict=True)
    )
    return Rarity(left, right, most_left, most_right)


def _placed(side: pl.Series, rows: pl.Series, told: pl.DataFrame) -> tuple[Bits, Bits]:
    found = side[rows].to_frame("value").join(told, on="value", how="left", maintain_order="left")
    bits, most = np.zeros(len(side)), np.zeros(len(side))
    for values, name in ((bits, "bits"), (most, "most")):
        values[rows.to_numpy()] = found[name].fill_null(0.0).to_numpy()
    return bits, most


def _most(others: pl.Expr, rows: float) -> pl.Expr:
    """log2(1 / share) of a value that `others` of `rows` have: the least share these numbers allow (Wilson's lower bound)."""
    if rows <= 0:
        return pl.lit(_ENDLESS)
    z, share = _SURE * _SURE / rows, others / rows
    least = (share + z / 2 - (share * (1 - share) * z + z * z / 4).sqrt()) / (1 + z)
    return -least.clip(2**-_ENDLESS, 1.0).log(2)


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
