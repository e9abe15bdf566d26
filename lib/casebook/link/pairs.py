"""Exact joins that cannot explode.

Frames come with a column `key` that is null where there is nothing to join on. The columns of the right side come back
with the suffix `_right`. No join is made before its pairs are counted.
"""

from dataclasses import dataclass

import polars as pl

from casebook.errors import LinkError
from casebook.link.links import MAX_PAIRS


@dataclass(frozen=True)
class Sides:
    """The two tables to link, role columns complete, and the number of pairs one step may bring."""

    left: pl.DataFrame
    right: pl.DataFrame
    max_pairs: int = MAX_PAIRS

    def keyed(self, left_key: str, right_key: str) -> "Sides":
        """The rows that have a key, in a column `key`."""
        return Sides(_keyed(self.left, left_key), _keyed(self.right, right_key), self.max_pairs)

    def swapped(self) -> "Sides":
        """Right for left."""
        return Sides(self.right, self.left, self.max_pairs)


def _keyed(side: pl.DataFrame, key: str) -> pl.DataFrame:
    return side.with_columns(pl.col(key).alias("key")).filter(pl.col("key").is_not_null())


def joined(sides: Sides, step: str) -> pl.DataFrame:
    """All pairs of rows that share a key.

    Args:
        sides: the two tables with their column `key`.
        step: what is being compared, for the message.

    Raises:
        LinkError: there would be more pairs than `max_pairs`.
    """
    count = _pair_count(sides)
    if count > sides.max_pairs:
        message = (
            f"Linking by {step} would make {count} pairs, at most {sides.max_pairs} are allowed: look for one value that "
            "stands in many rows of both tables (a placeholder), or link distinct subjects instead of rows."
        )
        raise LinkError(message)
    return sides.left.join(sides.right, on="key", how="inner")


def joined_if_unique(sides: Sides, step: str) -> pl.DataFrame:
    """Pairs whose key stands for one subject on the left and for one on the right.

    Rows that share an `entity` are one subject; a row without entity is a subject of its own.
    """
    alone = Sides(_of_one_subject(sides.left), _of_one_subject(sides.right), sides.max_pairs)
    return joined(alone, step)


def _pair_count(sides: Sides) -> int:
    """The number of pairs; no more than a bound of it where one side holds every key once."""
    for one, other in ((sides.left, sides.right), (sides.right, sides.left)):
        if other.height <= sides.max_pairs and one["key"].n_unique() == one.height:
            return other.height
    return _exact_pair_count(sides)


def _exact_pair_count(sides: Sides) -> int:
    left, right = (side.group_by("key").len() for side in (sides.left, sides.right))
    both = left.join(right, on="key", how="inner")
    return int(both.select((pl.col("len").cast(pl.Int64) * pl.col("len_right").cast(pl.Int64)).sum()).item())


def _of_one_subject(side: pl.DataFrame) -> pl.DataFrame:
    subjects = side.select("key", subject=pl.coalesce(pl.col("entity"), pl.lit("ref ") + pl.col("ref").cast(pl.String)))
    one = subjects.unique().group_by("key").len().filter(pl.col("len") == 1).select("key")
    return side.join(one, on="key", how="semi")
