"""Which of the weighed pairs are links, and of what tier.

A link needs an agreeing name, a further attribute whose agreement tells something, no birth date that contradicts, and a measured
probability. It is T3 at best. Where two candidates are about equally likely, none is chosen.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from casebook.link.assignment import assigned
from casebook.link.comparisons import Comparison
from casebook.link.residual import Asked, Scored

_NUMBERS: Final = ("id", "code")
_BESIDE: Final = ("birth_date", "place", "address", "representative")
_OUTWEIGH: Final = ("id", "address", "place", "phone", "account")
_TWO: Final = 2
# Fifteen or eighteen characters of a citizen id hold the birth date: beside another date their equality is no second witness.
_CITIZEN_SHAPE: Final = r"^[0-9]{15}$|^[0-9]{17}[0-9X]$"


def judged(scored: Scored, asked: Asked) -> pl.DataFrame:
    """The pairs with `probability` (measured), `tier` (T3, T4) and `reason`, those of no weight at all left out.

    Reasons: `weighed` (T3), `weighed_weak` (T4), `weighed_ambiguous` (T4: as good as another pair of the same row). A pair that
    may be no link, its name alone or its birth dates apart, has no probability: a rare name in a small table would look sure.
    """
    pairs = scored.pairs.with_columns((_agrees(scored) & ~_contradicts(scored)).alias("may_link"))
    pairs = assigned(pairs, asked.least, scored.sides.right, one_to_one=asked.one_to_one)
    enough = pl.col("is_chosen") & (pl.col("probability") >= asked.least) & pl.col("may_link")
    is_torn = ~pl.col("is_chosen") & (pl.col("alone") >= asked.least) & pl.col("may_link")
    reason = (
        pl.when(enough)
        .then(pl.lit("weighed"))
        .when(is_torn)
        .then(pl.lit("weighed_ambiguous"))
        .otherwise(pl.lit("weighed_weak"))
    )
    pairs = pairs.with_columns(reason.alias("reason"))
    told = pairs.filter((pl.col("probability") >= 0.05) | (pl.col("reason") != "weighed_weak"))
    return told.with_columns(pl.when("may_link").then(pl.col("probability", "alone")))


def _contradicts(scored: Scored) -> pl.Expr:
    """Two full birth dates that no slip explains, unless a number that is no citizen id is the same.

    Where names stand in letters, given and family name apart, two further attributes outweigh the dates as well.
    """
    levels = {c.name: c.levels for c in scored.comparisons}
    if "birth_date" not in levels:
        return pl.lit(value=False)
    apart = (pl.col("birth_date") >= levels["birth_date"].index("year")).fill_null(value=False)
    if "given_name" in levels:
        agrees = _agreements(scored)
        apart &= pl.sum_horizontal(agrees[name].cast(pl.Int32) for name in _OUTWEIGH if name in agrees) < _TWO
    if "id" not in levels:
        return apart
    is_other = ~scored.sides.left["number"].str.contains(_CITIZEN_SHAPE).fill_null(value=False)
    same = (pl.col("id") == 0).fill_null(value=False)
    return apart & ~(same & pl.lit(is_other[scored.pairs["i"]]))


def _agrees(scored: Scored) -> pl.Expr:
    """A name agrees and something else does; or the subject's number and two more, while the birth dates do not wholly differ.

    The number alone may be a relative's: a father's on the payment of his child.
    """
    comparisons, agrees = scored.comparisons, _agreements(scored)
    named = pl.any_horizontal(pl.lit(value=False), *(agrees[c.name] for c in comparisons if c.is_name))
    other = pl.any_horizontal(pl.lit(value=False), *(agrees[c.name] for c in comparisons if not c.is_name))
    number = pl.any_horizontal(pl.lit(value=False), *(agrees[name] for name in _NUMBERS if name in agrees))
    beside = pl.sum_horizontal(pl.lit(0), *(agrees[name].cast(pl.Int32) for name in _BESIDE if name in agrees))
    born = next((pl.col(c.name) < len(c.levels) - 1 for c in comparisons if c.name == "birth_date"), pl.lit(value=True))
    if scored.has_families:
        named &= ~_is_brother(comparisons)
    return (named & other) | (number & (beside >= _TWO) & born.fill_null(value=True))


def _agreements(scored: Scored) -> dict[str, pl.Expr]:
    """Of each comparison whether it agrees; a value that very many rows have tells nothing by being the same."""
    agrees = {c.name: (pl.col(c.name) < _agreeing(c)).fill_null(value=False) for c in scored.comparisons}
    return agrees | {c.name: agrees[c.name] & pl.col(f"{c.name}_tells") for c in scored.comparisons if not c.is_name}


def _agreeing(comparison: Comparison) -> pl.Expr:
    """How many levels count as agreement in each pair."""
    usual = pl.lit(comparison.agreeing)
    if comparison.in_household is None:
        return usual
    return pl.when(pl.col("others").is_null()).then(usual).otherwise(comparison.in_household)


def _is_brother(comparisons: Sequence[Comparison]) -> pl.Expr:
    """One family name and household, but another given name."""
    given = [pl.col(c.name) >= c.levels.index("similar") for c in comparisons if c.name == "given_name"]
    others = pl.any_horizontal(pl.lit(value=False), *given).fill_null(value=False)
    return others & pl.col("others").is_not_null()
