"""The weakest links made at all: a name and a second attribute, with one candidate on either side (T3).

Only for rows that no stronger evidence has linked. Two different entities are two subjects, whatever else agrees.
"""

from collections.abc import Callable

import polars as pl

from casebook.link.links import Links
from casebook.link.pairs import Sides, joined_if_unique
from casebook.link.reasons import linked


def left_over(sides: Sides, strong: pl.DataFrame) -> Sides:
    """Both tables with `is_left_over`: no strong link has been found for the row."""
    found = Links(strong)
    left = _marked(sides.left, found.unlinked_left(sides.left)["ref"])
    return Sides(left, _marked(sides.right, found.unlinked_right(sides.right)["ref"]), sides.max_pairs)


def _marked(side: pl.DataFrame, open_refs: pl.Series) -> pl.DataFrame:
    return side.with_columns(is_left_over=pl.col("ref").is_in(open_refs.implode()))


def named(sides: Sides, name: str, second: str, grades: Callable[[pl.DataFrame], pl.Series]) -> pl.DataFrame:
    """Candidates whose `name` and `second` agree, at least one of the two being left over.

    Args:
        sides: from `left_over`, with `entity` (null where unknown).
        name: the column of the name, or of what stands for it.
        second: the column of the second attribute.
        grades: grades the names of joined pairs; `different` makes no link.
    """
    columns = {"ref", "name", "core", "former_name", name, second, "entity", "is_left_over"}
    key = pl.concat_str(pl.col(name), pl.lit(" · "), pl.col(second)).alias("both")
    narrow = (side.select(c for c in side.columns if c in columns) for side in (sides.left, sides.right))
    left, right = (side.drop_nulls([name, second]).with_columns(key) for side in narrow)
    pairs = joined_if_unique(_open(Sides(left, right, sides.max_pairs).keyed("both", "both")), f"name and {second}")
    is_one_subject = (pl.col("entity") == pl.col("entity_right")).fill_null(value=True)
    pairs = pairs.filter(is_one_subject & (pl.col("is_left_over") | pl.col("is_left_over_right")))
    pairs = pairs.with_columns(grades(pairs).alias("grade")).filter(pl.col("grade") != "different")
    shown = (pl.concat_str(pl.coalesce(f"name{end}", f"{name}{end}"), pl.lit(" · "), second) for end in ("", "_right"))
    left_shown, right_shown = shown
    return linked(pairs.with_columns(value=left_shown, value_right=right_shown, reason=pl.lit(f"name_{second}")))


def _open(sides: Sides) -> Sides:
    """Only the keys that a left-over row of either side has, with all rows of theirs: uniqueness is still judged on all."""
    keys = pl.concat([side.filter("is_left_over").select("key") for side in (sides.left, sides.right)]).unique()
    left, right = (side.join(keys, on="key", how="semi") for side in (sides.left, sides.right))
    return Sides(left, right, sides.max_pairs)
