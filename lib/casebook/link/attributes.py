"""The weakest links made at all: a name and a second attribute, with one candidate on either side (T3).

Only for rows that no stronger evidence has linked. Two different entities are two subjects, whatever else agrees, and so are
two birth dates that no slip explains.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.link.links import STRONG
from casebook.link.pairs import Sides, joined_if_unique
from casebook.link.reasons import linked

_KEPT: Final = ("ref", "name", "core", "former_name", "entity", "birth_date", "is_left_over")
_BIRTH: Final = "birth_date"
_APART: Final = ("different", "other_place")


@dataclass(frozen=True)
class Keyed:
    """The links by keys, each pair once (`links.COLUMNS`), and both tables as `left_over` marks them."""

    frame: pl.DataFrame
    rest: Sides

    @property
    def in_doubt(self) -> tuple[pl.Series, pl.Series]:
        """The `ref` of the left and of the right rows whose key is taken for somebody else's."""
        left, right = (side.filter("is_in_doubt")["ref"] for side in (self.rest.left, self.rest.right))
        return left, right


def left_over(sides: Sides, strong: pl.DataFrame, borrowed: tuple[pl.Series, pl.Series] | None = None) -> Sides:
    """Both tables with `is_left_over`: the row has no strong link, or only such whose names conflict; and `is_in_doubt`.

    A row left over whose key is borrowed (`is_in_doubt`) has no `entity` any more, and the key tells no birth date of it.

    Args:
        sides: the two tables.
        strong: the links by keys.
        borrowed: the `ref` of the left and of the right rows whose key is taken for somebody else's (`disputes.borrowed`).
    """
    is_firm = strong["tier"].is_in(STRONG) & ~strong["name_conflict"]
    firm = strong.filter(is_firm).select("left_ref", "right_ref")
    refs = borrowed or (sides.left["ref"].clear(), sides.right["ref"].clear())
    left = _marked(sides.left, firm["left_ref"], refs[0])
    return Sides(left, _marked(sides.right, firm["right_ref"], refs[1]), sides.max_pairs)


def _marked(side: pl.DataFrame, firm: pl.Series, borrowed: pl.Series) -> pl.DataFrame:
    side = side.with_columns(is_left_over=~side["ref"].is_in(firm.implode()))
    side = side.with_columns(is_in_doubt=pl.col("is_left_over") & pl.col("ref").is_in(borrowed.implode()))
    side = side.with_columns(entity=pl.when(~pl.col("is_in_doubt")).then("entity"))
    if "stated_birth" in side.columns:
        birth = pl.when("is_in_doubt").then("stated_birth").otherwise("birth_date")
        side = side.with_columns(birth.alias("birth_date"))
    return side


def named(sides: Sides, name: str, second: str, grades: Callable[[pl.DataFrame], pl.Series]) -> pl.DataFrame:
    """Candidates whose `name` and `second` agree, at least one of the two being left over.

    Args:
        sides: from `left_over`, with `entity` (null where unknown).
        name: the column of the name, or of what stands for it.
        second: the column of the second attribute.
        grades: grades the names of joined pairs; `different` and `other_place` make no link.
    """
    met = _met(sides, name, second)
    pairs = joined_if_unique(met.keyed("both", "both"), f"name and {second}")
    is_one_subject = (pl.col("entity") == pl.col("entity_right")).fill_null(value=True)
    pairs = pairs.filter(is_one_subject & (pl.col("is_left_over") | pl.col("is_left_over_right")))
    if _BIRTH in pairs.columns:
        pairs = pairs.filter(~birth_dates_conflict(pl.col(_BIRTH), pl.col(f"{_BIRTH}_right")))
    pairs = pairs.with_columns(grades(pairs).alias("grade")).filter(~pl.col("grade").is_in(_APART))
    return linked(_shown(pairs, name, second).with_columns(reason=pl.lit(f"name_{second}")))


def best_supported(sides: Sides, weak: pl.DataFrame) -> pl.DataFrame:
    """The weak links without those whose left-over row agrees with another one in more attributes.

    Args:
        sides: from `left_over`.
        weak: what `named` found, over all names and second attributes.
    """
    pair = ["left_ref", "right_ref"]
    support = weak.group_by(pair).agg(attributes=pl.col("reason").n_unique())
    if support.height < 2 or support["left_ref"].n_unique() == support["right_ref"].n_unique() == support.height:
        return weak
    for ref, side in zip(pair, (sides.left, sides.right), strict=True):
        is_open = pl.col(ref).is_in(side.filter("is_left_over")["ref"].implode())
        support = support.filter(~is_open | (pl.col("attributes") == pl.col("attributes").max().over(ref)))
    return weak.join(support, on=pair, how="semi")


def birth_dates_conflict(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two days (yyyymmdd) differ in more than one of year, month and day, day and month exchanged aside; False where unknown."""
    same = [
        (one // unit % size == other // unit % size).cast(pl.Int8)
        for unit, size in ((10_000, 10_000), (100, 100), (1, 100))
    ]
    turned = (one // 100 % 100 == other % 100) & (one % 100 == other // 100 % 100) & (one // 10_000 == other // 10_000)
    return ((sum(same, start=pl.lit(0, pl.Int8)) < 2) & ~turned).fill_null(value=False)


def digest(name: str, second: str) -> pl.Expr:
    """A number that rows with the same two texts share; null where one is missing. Others share it once in 2⁶⁴."""
    both = pl.col(name).is_not_null() & pl.col(second).is_not_null()
    return pl.when(both).then(pl.col(name).hash(1) ^ pl.col(second).hash(2))


def _met(sides: Sides, name: str, second: str) -> Sides:
    """The rows whose two texts stand on both sides, once at least in a row left over: uniqueness is judged on all of them."""
    told = [side.select("is_left_over", key=digest(name, second)) for side in (sides.left, sides.right)]
    left, right = (side.drop_nulls("key") for side in told)
    # A semi join keeps the table on its right in memory: the rows left over are the fewer ones.
    there = right.select("key").join(left.filter("is_left_over").select("key"), on="key", how="semi")
    back = left.select("key").join(right.filter("is_left_over").select("key"), on="key", how="semi")
    keys = pl.concat([there, back])["key"].unique().implode()
    both = pl.concat_str(pl.col(name), pl.lit(" · "), pl.col(second)).alias("both")
    one, two = (
        side.select(*(c for c in dict.fromkeys([*_KEPT, name, second]) if c in side.columns))
        .filter(numbers["key"].is_in(keys).fill_null(value=False))
        .with_columns(both)
        for side, numbers in zip((sides.left, sides.right), told, strict=True)
    )
    return Sides(one, two, sides.max_pairs)


def _shown(pairs: pl.DataFrame, name: str, second: str) -> pl.DataFrame:
    said = pl.col(second)
    if second == _BIRTH:
        day = said.cast(pl.String)
        said = pl.concat_str(day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2), separator="-")
    return pairs.with_columns(
        pl.concat_str(pl.coalesce(f"name{end}", f"{name}{end}"), pl.lit(" · "), said).alias(f"value{end}")
        for end in ("", "_right")
    )
