"""The residual: rows that no key has linked, weighed attribute by attribute after Fellegi and Sunter.

Here the pairs are found and weighed; `link.verdicts` says which of them are links. Two different valid numbers are two subjects,
whatever else agrees: such pairs are not weighed at all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from casebook.link import blocking, comparisons, households, subjects
from casebook.link.blocking import Blocks
from casebook.link.comparisons import Comparison
from casebook.link.levels import Pairs
from casebook.link.links import MAX_PAIRS
from casebook.link.weights import Known, Weights, counts, drawn, weights

Entity = Literal["person", "firm"]
COMPARISONS: Final[dict[Entity, tuple[Comparison, ...]]] = {"person": comparisons.PERSON, "firm": comparisons.FIRM}
_RULES: Final[dict[Entity, tuple[blocking.Rule, ...]]] = {"person": blocking.PERSON, "firm": blocking.FIRM}
_PRIOR_ROUNDS: Final = 6
_FAMILIES: Final = 0.1
_HOPELESS: Final = -6.0


@dataclass(frozen=True)
class Asked:
    """What is asked of weighed links.

    `one_to_one`: a row has one partner at most; else a left row may have many. `least`: the measured probability a T3 link
    needs. `with_weak`: less likely pairs are told too, as T4. `max_pairs`: pairs that may be compared.
    """

    one_to_one: bool = True
    least: float = 0.9
    with_weak: bool = False
    max_pairs: int = MAX_PAIRS


@dataclass(frozen=True)
class Scored:
    """Candidate pairs `i`, `j` with `bits` (prior included), of each comparison its level, its bits (`<name>_bits`) and whether
    agreement of its value tells anything (`<name>_tells`).

    `has_families`: rows of one address have the family name in common, so that it is a home and no mere street.
    """

    sides: Pairs
    pairs: pl.DataFrame
    comparisons: tuple[Comparison, ...]
    prior_bits: float
    blocks: Blocks
    has_families: bool


def scored(
    left: pl.DataFrame, right: pl.DataFrame, known: tuple[pl.DataFrame, pl.DataFrame], entity: Entity, asked: Asked
) -> Scored:
    """All candidate pairs of the rows that no key has linked, weighed.

    Args:
        left: role columns as `link.persons` or `link.firms` take them.
        right: the same.
        known: the rows of pairs linked by an equal valid key, side by side: how such pairs agree is learnt from them.
        entity: person or firm.
        asked: see `Asked`.

    Raises:
        LinkError: there would be more pairs than `asked.max_pairs`.
    """
    one, two = _compared(left, right, entity)
    comparisons = tuple(c for c in COMPARISONS[entity] if _has_values(one, c) and _has_values(two, c))
    blocks = blocking.blocked(one, two, _RULES[entity], asked.max_pairs)
    sides = _not_two_subjects(Pairs(one, two, blocks.i, blocks.j))
    homes = [c.column for c in comparisons if c.name in households.LEVELS]
    rows = (sides.i.unique(), sides.j.unique())
    seen = Known(drawn(one, two), tuple(households.within(side, homes) for side in (one, two)), rows)
    linked = _side_by_side(*_compared(*known, entity))
    learnt = {c.name: weights(c, seen).seen(counts(c, linked)) for c in comparisons}
    sides, pairs, prior = _weighed(sides, comparisons, learnt)
    return Scored(sides, pairs, comparisons, prior, blocks, _has_families(learnt, (one, two), homes))


def _has_families(learnt: dict[str, Weights], sides: Sequence[pl.DataFrame], homes: Sequence[str]) -> bool:
    """People of one address bear one family name, and many rows live together."""
    is_family = "family_name" in learnt and learnt["family_name"].u_shared[0] >= _FAMILIES
    return is_family and max(households.crowding(side, homes) for side in sides) >= _FAMILIES


def _compared(left: pl.DataFrame, right: pl.DataFrame, entity: Entity) -> tuple[pl.DataFrame, pl.DataFrame]:
    return subjects.of_persons(left, right) if entity == "person" else subjects.of_firms(left, right)


def _has_values(side: pl.DataFrame, comparison: Comparison) -> bool:
    return side[comparison.column].null_count() < side.height


def _side_by_side(left: pl.DataFrame, right: pl.DataFrame) -> Pairs:
    """Each row with the row of the same place, without their number and what it tells: they were chosen for being equal."""
    places = pl.int_range(left.height, dtype=pl.UInt32, eager=True)
    return Pairs(_without_number(left), _without_number(right), places, places)


def _without_number(side: pl.DataFrame) -> pl.DataFrame:
    told = {column: f"{column}_by_id" for column in ("born", "sex") if f"{column}_by_id" in side.columns}
    own = (pl.when(~pl.col(by_id)).then(column).alias(column) for column, by_id in told.items())
    return side.with_columns(pl.lit(None, pl.String).alias("number"), *own)


def _not_two_subjects(pairs: Pairs) -> Pairs:
    own = pairs.values("own")
    is_kept = own.select((pl.col("own") == pl.col("own_right")).fill_null(value=True)).to_series()
    return Pairs(pairs.left, pairs.right, pairs.i.filter(is_kept), pairs.j.filter(is_kept))


def _weighed(
    sides: Pairs, comparisons: Sequence[Comparison], learnt: dict[str, Weights]
) -> tuple[Pairs, pl.DataFrame, float]:
    """The pairs that are not hopeless, each with levels, `others` of a household and `bits` (prior included); the prior."""
    sides, pairs = _hopeful(sides, [c for c in comparisons if not c.is_shared], learnt)
    pairs = pairs.with_columns(c.grade(sides).alias(c.name) for c in comparisons if c.is_shared)
    pairs = pairs.with_columns(households.others(sides, pairs, comparisons))
    near = pairs["others"].is_not_null()
    pairs = pairs.with_columns(
        learnt[c.name].of(pairs[c.name], sides, near).alias(f"{c.name}_bits") for c in comparisons
    )
    pairs = pairs.with_columns(_sum(comparisons, "_bits").alias("bits"), *_subjects(sides))
    prior = _prior_bits(pairs, sides.left.height, sides.right.height)
    pairs = pairs.with_columns(_no_more_than_exact(c.name, learnt[c.name], prior) for c in comparisons if c.is_shared)
    pairs = pairs.with_columns(_sum(comparisons, "_bits").alias("bits"))
    raised = pl.when(pl.col("others").is_not_null()).then(-pl.col("others").log(2) - prior).otherwise(0.0)
    pairs = pairs.with_columns(raised.alias("household_bits"))
    tells = [learnt[c.name].tells(sides).alias(f"{c.name}_tells") for c in comparisons]
    return sides, pairs.with_columns(pl.col("bits") + prior + pl.col("household_bits"), *tells), prior


def _no_more_than_exact(name: str, learnt: Weights, prior: float) -> pl.Expr:
    """The bits of a comparison, no more than `exact` would bring: its own, and the household's by which the pair then gained.

    Only tables of a few rows come to this, where strangers are hardly more than the members of a household.
    """
    is_weaker = (pl.col(name) > 0).fill_null(value=False)
    most = pl.min_horizontal(f"{name}_bits", pl.lit(learnt.exact_at_home - prior))
    return pl.when(is_weaker).then(most).otherwise(f"{name}_bits").alias(f"{name}_bits")


def _hopeful(sides: Pairs, personal: Sequence[Comparison], learnt: dict[str, Weights]) -> tuple[Pairs, pl.DataFrame]:
    """The pairs that what is their own (name, number, birth, sex) does not rule out, with the levels of these."""
    pairs = pl.DataFrame({"i": sides.i, "j": sides.j})
    pairs = pairs.with_columns(c.grade(sides).alias(c.name) for c in personal)
    far = pl.repeat(value=False, n=sides.count, eager=True)
    bits = pl.DataFrame([learnt[c.name].of(pairs[c.name], sides, far).alias(c.name) for c in personal])
    kept = pairs.filter(bits.select(_sum(personal, "")).to_series() >= _HOPELESS)
    return Pairs(sides.left, sides.right, kept["i"], kept["j"]), kept


def _sum(comparisons: Sequence[Comparison], suffix: str) -> pl.Expr:
    return pl.sum_horizontal(pl.lit(0.0), *(f"{c.name}{suffix}" for c in comparisons))


def _subjects(sides: Pairs) -> list[pl.Series]:
    """Who the two rows are: by their valid number, else by themselves."""
    own = sides.values("own", "ref")
    subject = {
        f"subject{end}": pl.coalesce(f"own{end}", pl.lit("ref ") + pl.col(f"ref{end}").cast(pl.String))
        for end in ("", "_right")
    }
    return own.select(**subject).get_columns()


def _prior_bits(pairs: pl.DataFrame, left: int, right: int) -> float:
    """log2 of the odds that two open rows are one subject: as many as the weights themselves bear out, one at least."""
    every = max(left * right, 1)
    best = pairs.group_by("i").agg(pl.col("bits").max())["bits"]
    expected = max(min(left, right) / 2, 1.0)
    for _ in range(_PRIOR_ROUNDS):
        prior = math.log2(expected / max(every - expected, 1.0))
        odds = pl.DataFrame({"odds": 2.0 ** (best + prior).clip(-60, 60)})
        expected = max(float(odds.select((pl.col("odds") / (1 + pl.col("odds"))).sum()).item()), 1.0)
    return math.log2(expected / max(every - expected, 1.0))
