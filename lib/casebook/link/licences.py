"""Food licences: the number a shop shows against the list of licences.

T1 the same valid number · T2 the same number with a failing check digit, or a number misread in the picture: it fails its
check, and exactly one listed number of the same operator lies within the allowed distance. A number that passes its check
is never repaired: it may be right and the list incomplete (domain ruling 15).
"""

from typing import Final

import polars as pl
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from casebook.errors import LinkError
from casebook.link.keys import usable, with_roles
from casebook.link.links import MAX_PAIRS, Links, check_roles, merge
from casebook.link.names import firm_grades
from casebook.link.pairs import Sides, joined
from casebook.link.reasons import linked

_ROLES: Final = ("licence", "licence_problem", "name", "core", "former_name")


def licences(left: pl.DataFrame, right: pl.DataFrame, *, distance: int = 1, max_pairs: int = MAX_PAIRS) -> Links:
    """The pairs of shown and listed licences.

    Args:
        left: the numbers shown: `ref`, and of the roles `licence`, `licence_problem`, `name` (of the operator), `core` those
            there are.
        right: the list of licences, the same.
        distance: characters that may be misread, lost or added in a number that fails its check.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: `ref` is missing, `distance` is negative, or one step would bring more pairs than `max_pairs`.
    """
    check_roles(left, "left")
    check_roles(right, "right")
    if distance < 0:
        message = f"The distance of a misread licence number must be 0 or more, got {distance}."
        raise LinkError(message)
    sides = Sides(_prepared(left), _prepared(right), max_pairs)
    exact = _same_number(sides)
    rest = Links(exact).unlinked_left(sides.left)
    return Links(merge([exact, _misread(Sides(rest, sides.right, max_pairs), distance)]))


def _prepared(side: pl.DataFrame) -> pl.DataFrame:
    full = with_roles(side, _ROLES)
    names = full.select("ref", "licence_problem", *(usable(full[role]) for role in ("licence", "name", "core")))
    no_list = pl.lit(None, pl.List(pl.String))
    return names.with_columns(core=pl.coalesce("core", "name"), shown="licence", former_name=no_list)


def _same_number(sides: Sides) -> pl.DataFrame:
    pairs = joined(sides.keyed("licence", "licence"), "licence number")
    pairs = pairs.with_columns(firm_grades(pairs))
    fails = pl.col("licence_problem").is_not_null() | pl.col("licence_problem_right").is_not_null()
    reason = pl.when(fails).then(pl.lit("licence_equal_check_failed")).otherwise(pl.lit("licence_equal"))
    return linked(pairs.with_columns(reason=reason, value="shown", value_right="shown_right"))


def _misread(sides: Sides, distance: int) -> pl.DataFrame:
    """A failing number and the one listed number of the same operator within the distance."""
    faulty = sides.left.filter(pl.col("licence_problem").is_not_null()).drop_nulls("licence")
    listed = sides.right.drop_nulls("licence")
    pairs = joined(Sides(faulty, listed, sides.max_pairs).keyed("core", "core"), "operator name")
    away = cpdist(pairs["shown"].to_list(), pairs["shown_right"].to_list(), scorer=Levenshtein.distance)
    near = pairs.filter(pl.Series(away, dtype=pl.Int64) <= distance)
    one = near.group_by("ref").agg(pl.col("shown_right").n_unique()).filter(pl.col("shown_right") == 1).select("ref")
    alone = near.join(one, on="ref", how="semi")
    return linked(
        alone.with_columns(grade=pl.lit("exact"), reason=pl.lit("ocr_repair"), value="shown", value_right="shown_right")
    )
