"""Pairs of subjects that may be the same, each with its tier, its reason and the two values compared.

Every step of a cascade hands on candidates in the columns of `COLUMNS`; `merge` keeps the best of each pair. A further
step (probabilistic linkage of the residual) joins in by handing its candidates to `merge` as well: see `Links.with_step`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from casebook.errors import LinkError

COLUMNS: Final = (
    "left_ref",
    "right_ref",
    "tier",
    "score",
    "reason",
    "levels",
    "left_value",
    "right_value",
    "name_conflict",
)
MAX_PAIRS: Final = 20_000_000
STRONG: Final = ("T1", "T2")


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))


@dataclass(frozen=True)
class Links:
    """Each pair of `left_ref` and `right_ref` once, with its best tier, sorted by the two refs.

    `tier` T1…T4, `score` (0 to 1: an order within a tier; of weighed attributes the measured probability), `reason` (code,
    see `explain`), `levels` (how far each attribute agrees, for links by weighed attributes, else null), `left_value` and
    `right_value` (the two values compared, raw: callers mask), `name_conflict` (same key, but the
    names do not agree, or a stated birth date or sex contradicts it).

    `ambiguous` has, in the same columns, pairs that were not made links because another candidate is about as likely.
    `weighed` has one row per weighed pair for `waterfall.waterfall`; `skipped` the keys too common to bring pairs together
    (`rule`, `keys`, `pairs`).
    """

    frame: pl.DataFrame
    ambiguous: pl.DataFrame = field(default_factory=_no_rows)
    weighed: pl.DataFrame = field(default_factory=pl.DataFrame)
    skipped: pl.DataFrame = field(default_factory=pl.DataFrame)

    def unlinked_left(self, left: pl.DataFrame, tiers: Iterable[str] = STRONG) -> pl.DataFrame:
        """Rows of `left` without a pair of these tiers."""
        return _without(left, self.frame, "left_ref", tiers)

    def unlinked_right(self, right: pl.DataFrame, tiers: Iterable[str] = STRONG) -> pl.DataFrame:
        """Rows of `right` without a pair of these tiers."""
        return _without(right, self.frame, "right_ref", tiers)

    def with_step(self, candidates: pl.DataFrame) -> "Links":
        """The same links and those of a further step; a pair found by both keeps its better tier."""
        return Links(merge([self.frame, candidates]), self.ambiguous, self.weighed, self.skipped)


def _without(side: pl.DataFrame, links: pl.DataFrame, ref: str, tiers: Iterable[str]) -> pl.DataFrame:
    linked = links.filter(pl.col("tier").is_in(list(tiers))).select(pl.col(ref).alias("ref"))
    return side.join(linked, on="ref", how="anti", maintain_order="left")


def merge(candidates: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Each pair once with its best tier, then a conflict of names, then score, whatever the order of steps and rows."""
    found = pl.concat([frame.select(COLUMNS) for frame in candidates])
    pair = ["left_ref", "right_ref"]
    again = found.select(pl.struct(pair).is_duplicated()).to_series()
    # What a key says of the names is not to be covered by weighed attributes of the same pair.
    rank = [*pair, "tier", "name_conflict", "score", *COLUMNS[4:-1]]
    best = (
        found.filter(again)
        .sort(rank, descending=[name in ("name_conflict", "score") for name in rank], nulls_last=True)
        .unique(pair, keep="first", maintain_order=True)
    )
    return pl.concat([found.filter(~again), best]).sort(pair)


def check_roles(frame: pl.DataFrame, side: str) -> None:
    """The frame has the one column no link can do without.

    Raises:
        LinkError: column `ref` is missing, holds nulls or floats, or one of its values twice.
    """
    if "ref" not in frame.columns:
        message = (
            f"The {side} table needs a column ref, it has {', '.join(frame.columns)}: add one reference per subject."
        )
        raise LinkError(message)
    if frame["ref"].null_count():
        message = f"The {side} table has {frame['ref'].null_count()} rows without ref: give every subject a reference."
        raise LinkError(message)
    if frame["ref"].dtype.is_float():
        raise LinkError(
            f"The {side} table's refs are numbers with a point: give every subject a whole number or a text."
        )
    if again := frame.height - frame["ref"].n_unique():
        raise LinkError(f"The {side} table has {again:,} rows whose ref another row has: give every subject its own.")
