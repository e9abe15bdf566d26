"""Bins from conditions, the same way for every scenario.

Each kind of a judged row ends in one state; the strongest state of the row decides its bin:

    3 firm      true, strong link (T1, T2), no exemption          → lead
    2 doubtful  unknown, or true with a weak link or a doubt      → flagged
    1 excused   not false, and an excluding exemption proven      → excluded
    0 false                                                       → clear

A row whose subject has no usable key is `unmatched`; a row out of scope is `clear`. Written in narwhals expressions
that Polars and Spark answer alike: null is *unknown* and never becomes False on its way.
"""

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from casebook.case.scenario import Condition, Frame, Scenario

FALSE, EXCUSED, DOUBTFUL, FIRM = 0, 1, 2, 3
BINS = ("lead", "flagged", "excluded", "unmatched", "clear")
WEAKEST_STRONG_TIER = 2


def assess(judged: Frame, scenario: Scenario, p: Any) -> Frame:  # noqa: ANN401
    """One Boolean column per condition, `state_<kind>`, `tier` (1-4), `direction`, `bin`, `amount_fen`, `surcharge_fen`."""
    answered = judged.with_columns(*(c.function(p).alias(c.column) for c in scenario.conditions))
    stated = answered.with_columns(*(_state(k, scenario).alias(f"state_{k.name}") for k in scenario.kinds))
    topped = stated.with_columns(nw.max_horizontal(*(f"state_{k.name}" for k in scenario.kinds)).alias("state"))
    binned = topped.with_columns(_bin(scenario).alias("bin"), _direction(scenario).alias("direction"), *_tier(scenario))
    surcharge = scenario.surcharge(p) if scenario.surcharge else nw.lit(0)
    listed = nw.col("bin").is_in(["lead", "flagged", "excluded"])
    return binned.with_columns(
        nw.when(listed).then(scenario.amount(p)).otherwise(nw.lit(0)).cast(nw.Int64).alias("amount_fen"),
        nw.when(listed).then(surcharge).otherwise(nw.lit(0)).cast(nw.Int64).alias("surcharge_fen"),
    )


def is_true(condition: Condition) -> nw.Expr:
    """Known to hold."""
    return nw.col(condition.column).fill_null(False)


def is_false(condition: Condition) -> nw.Expr:
    """Known not to hold; unknown is neither."""
    return ~nw.col(condition.column).fill_null(True)


def kind_tier(kind: Condition) -> nw.Expr:
    """Weaker of the subject's own tier and the tier of the link the kind rests on (1 strongest, 4 weakest)."""
    own = nw.col("entity_tier").fill_null(1)
    return own if kind.tier is None else nw.max_horizontal(own, nw.col(kind.tier).fill_null(1))


def _any(expressions: list[nw.Expr]) -> nw.Expr:
    return reduce(or_, expressions, nw.lit(False))


def _state(kind: Condition, scenario: Scenario) -> nw.Expr:
    ours = [x for x in scenario.exemptions if x.applies_to(kind)]
    excused = _any([is_true(x) for x in ours if x.effect == "excluded"])
    doubt = _any([~is_false(x) for x in ours])
    weak = kind_tier(kind) > WEAKEST_STRONG_TIER
    unknown = nw.col(kind.column).is_null()
    return (
        nw.when(is_false(kind)).then(nw.lit(FALSE))
        .when(excused).then(nw.lit(EXCUSED))
        .when(unknown | doubt | weak).then(nw.lit(DOUBTFUL))
        .otherwise(nw.lit(FIRM))
        .cast(nw.Int32)
    )  # fmt: skip


def _bin(scenario: Scenario) -> nw.Expr:
    out = _any([is_false(s) for s in scenario.scope])
    unknown_scope = _any([nw.col(s.column).is_null() for s in scenario.scope])
    return (
        nw.when(nw.col("entity").is_null()).then(nw.lit("unmatched"))
        .when(out | (nw.col("state") == FALSE)).then(nw.lit("clear"))
        .when(nw.col("state") == EXCUSED).then(nw.lit("excluded"))
        .when(unknown_scope | (nw.col("state") == DOUBTFUL)).then(nw.lit("flagged"))
        .otherwise(nw.lit("lead"))
    )  # fmt: skip


def _is_top(kind: Condition) -> nw.Expr:
    own = nw.col(f"state_{kind.name}")
    return (own == nw.col("state")) & (own > FALSE)


def _direction(scenario: Scenario) -> nw.Expr:
    over = _any([_is_top(k) for k in scenario.kinds if k.direction == "over"])
    return nw.when(over).then(nw.lit("over")).otherwise(nw.lit("under"))


def _tier(scenario: Scenario) -> list[nw.Expr]:
    tiers = [nw.when(_is_top(k)).then(kind_tier(k)).otherwise(nw.lit(9)) for k in scenario.kinds]
    best = nw.min_horizontal(*tiers)
    own = nw.col("entity_tier").fill_null(4)
    return [nw.when(best < 9).then(best).otherwise(own).cast(nw.Int32).alias("tier")]
