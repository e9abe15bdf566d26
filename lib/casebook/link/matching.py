"""The whole way in one call: equal keys, repaired keys, name and attribute, then the residual by weighed attributes."""

from collections.abc import Callable
from typing import Final

import polars as pl

from casebook.errors import LinkError
from casebook.link import doors, residual, verdicts
from casebook.link.attributes import Keyed
from casebook.link.firms import keyed as firms_keyed
from casebook.link.links import Links, merge
from casebook.link.persons import keyed as persons_keyed
from casebook.link.persons import weakly
from casebook.link.residual import Asked, Entity, Scored
from casebook.link.waterfall import evidence

_KEYED: Final[dict[Entity, Callable[..., Keyed]]] = {"person": persons_keyed, "firm": firms_keyed}
_SAME_KEY: Final[dict[Entity, str]] = {"person": "id_equal", "firm": "code_equal"}
# No weight is known of a person's employer; all other attributes are weighed together and not linked by one at a time.
_NOT_WEIGHED: Final = ("representative",)
_KEY_ROLES: Final = ("citizen_id", "certificate_id", "representative", "code", "organisation", "representative_id")
_LINKED: Final = ("T1", "T2", "T3")
_SAMPLE: Final = 10_000
_SEED: Final = 7


def match(
    left: pl.DataFrame, right: pl.DataFrame, entity: Entity, *, one_to_one: bool = True, asked: Asked | None = None
) -> Links:
    """The links of two tables, from the strongest evidence to the weakest.

    Args:
        left: one row per subject: `ref` and the role columns of `link.persons` or `link.firms`; persons also `id` (a number
            that is no citizen id), `given_name`, `family_name`, `sex`, `phone`, firms `phone`.
        right: the same.
        entity: person or firm.
        one_to_one: a row has one partner at most, save rows that hold the same valid key; else a left row may have many.
        asked: thresholds of weighed links; see `residual.Asked`, whose `one_to_one` is overruled.

    Raises:
        LinkError: `ref` is missing, the entity is unknown, or a step would bring too many pairs.
    """
    if entity not in _KEYED:
        message = f"Expected the entity person or firm, got {entity}."
        raise LinkError(message)
    left, right = doors.admitted(left, "left"), doors.admitted(right, "right")
    wish = asked or Asked()
    doors.check_least(wish.least)
    wish = Asked(one_to_one, wish.least, wish.with_weak, wish.max_pairs)
    by_key = _by_key(left, right, entity, wish.max_pairs)
    strong = (weakly(by_key, _NOT_WEIGHED) if entity == "person" else Links(by_key.frame)).frame
    known = strong.filter(pl.col("reason") == _SAME_KEY[entity])
    rows = _open_rows((left, right), strong, by_key.in_doubt, one_to_one=one_to_one)
    scored = residual.scored(*rows, _sampled(left, right, known), entity, wish)
    judged = verdicts.judged(scored, wish)
    weighed = _told(scored, judged)
    proof = evidence(scored, judged)
    is_sure = pl.col("tier") == "T3"
    chosen = weighed if wish.with_weak else weighed.filter(is_sure)
    pairs = merge([strong, chosen.filter(pl.col("reason") != "weighed_ambiguous")])
    torn = weighed.filter(pl.col("reason") == "weighed_ambiguous")
    return Links(pairs, ambiguous=torn, weighed=proof, skipped=scored.blocks.skipped)


def _by_key(left: pl.DataFrame, right: pl.DataFrame, entity: Entity, max_pairs: int) -> Keyed:
    """The links by keys; none where neither side has a column of the kind."""
    if not any(_has(side, role) for side in (left, right) for role in _KEY_ROLES):
        left, right = left.clear(), right.clear()
    return _KEYED[entity](left, right, max_pairs=max_pairs)


def _has(side: pl.DataFrame, role: str) -> bool:
    return role in side.columns and side[role].null_count() < side.height


def _open_rows(
    sides: tuple[pl.DataFrame, pl.DataFrame],
    strong: pl.DataFrame,
    in_doubt: tuple[pl.Series, pl.Series],
    *,
    one_to_one: bool,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that no key links; one-to-one, neither row of a link by key looks for another partner.

    A key that is taken for somebody else's (see `attributes.left_over`) tells nothing here.
    """
    settled = Links(strong.filter(~pl.col("name_conflict")))
    left = settled.unlinked_left(sides[0], _LINKED) if one_to_one else sides[0]
    return _without_key(left, in_doubt[0]), _without_key(settled.unlinked_right(sides[1], _LINKED), in_doubt[1])


def _without_key(side: pl.DataFrame, in_doubt: pl.Series) -> pl.DataFrame:
    keys = [key for key in ("citizen_id", "code", "organisation") if key in side.columns]
    is_own = ~pl.col("ref").is_in(in_doubt.implode())
    return side.with_columns(pl.when(is_own).then(key).alias(key) for key in keys)


def _sampled(left: pl.DataFrame, right: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of known pairs, side by side; a sample where there are very many."""
    pairs = known.select("left_ref", "right_ref").sort("left_ref", "right_ref")
    pairs = pairs.sample(min(pairs.height, _SAMPLE), seed=_SEED)
    one = pairs.join(left.with_columns(left_ref="ref"), on="left_ref", maintain_order="left").select(left.columns)
    two = pairs.join(right.with_columns(right_ref="ref"), on="right_ref", maintain_order="left").select(right.columns)
    return one, two


def _told(scored: Scored, judged: pl.DataFrame) -> pl.DataFrame:
    """Judged pairs in the columns of `links.COLUMNS`; the values are the two names."""
    one, two = scored.sides.left, scored.sides.right
    levels = pl.concat_str((_level(c.name, c.levels) for c in scored.comparisons), separator=";", ignore_nulls=True)
    names = [pl.coalesce(*shown) for shown in (_shown(one),)]
    return judged.select(
        one[judged["i"]]["ref"].alias("left_ref"),
        two[judged["j"]]["ref"].alias("right_ref"),
        pl.when(pl.col("reason") == "weighed").then(pl.lit("T3")).otherwise(pl.lit("T4")).alias("tier"),
        pl.col("probability").round(4).alias("score"),
        "reason",
        (levels if scored.comparisons else pl.lit(None, pl.String)).alias("levels"),
        one[judged["i"]].select(names[0]).to_series().alias("left_value"),
        two[judged["j"]].select(names[0]).to_series().alias("right_value"),
        pl.lit(value=False).alias("name_conflict"),
    )


def _shown(side: pl.DataFrame) -> list[pl.Expr]:
    if "core" in side.columns:
        return [pl.col("name"), pl.col("core")]
    both = pl.concat_str("given", "family", separator=" ", ignore_nulls=True)
    return [pl.col("name"), pl.when(both != "").then(both)]


def _level(comparison: str, levels: tuple[str, ...]) -> pl.Expr:
    said = [f"{comparison}={level}" for level in levels]
    return pl.col(comparison).replace_strict(list(range(len(levels))), said, return_dtype=pl.String)
