"""Links between the tables of a scenario, at the level of distinct subjects; the same subjects are gathered once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import polars as pl

from casebook.case.scenario import LinkSpec
from casebook.link import Links, licences
from casebook.link.links import COLUMNS
from casebook.link.matching import match

# A register may hold a subject several times (two benefits, two cremation papers), so no row gives way to another.
LINKERS: dict[str, Callable[[pl.DataFrame, pl.DataFrame], Links]] = {
    "person": partial(match, entity="person", one_to_one=False),
    "firm": partial(match, entity="firm", one_to_one=False),
    "licence": licences,
}
LINK_COLUMNS = ("entity", *(column for column in COLUMNS if column != "left_ref"))
OWN_ID = ("citizen_id_problem", "citizen_id_repair", "citizen_id_raw")


def link_all(specs: Sequence[LinkSpec], frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Links by name: `LINK_COLUMNS` (tier Int32, 1-4), sorted by entity and right_ref."""
    gathered: dict[tuple[object, ...], pl.DataFrame] = {}
    found = {}
    for spec in specs:
        key = (spec.left, spec.entity, *sorted(spec.left_roles.items()))
        if key not in gathered:
            gathered[key] = with_roles(_subjects([frames[name] for name in spec.left], spec.entity), spec.left_roles)
        found[spec.name] = _link(spec, gathered[key], frames[spec.right])
    return found


def _link(spec: LinkSpec, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Links to the rows of `right` by their ref. A row of several co-owners stands once for each: it is linked by its place."""
    one, two = _by_place(left), _by_place(with_roles(right, spec.right_roles))
    links = LINKERS[spec.entity](one, two).frame.rename({"right_ref": "place"})
    return (
        links.join(left.select("entity").with_row_index("left_ref"), on="left_ref")
        .join(right.select(right_ref="ref").with_row_index("place"), on="place")
        .with_columns(pl.col("tier").str.tail(1).cast(pl.Int32))
        .select(LINK_COLUMNS)
        .sort("entity", "right_ref")
    )


def _by_place(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("ref"))


def _subjects(frames: Sequence[pl.DataFrame], entity: str) -> pl.DataFrame:
    """One row per subject of the tables: the first row it stands on (by ref); rows without a key are left out.

    A person stands under the id that is its key: how well each row's own id shows it is the row's `entity_tier`.
    """
    shared = [c for c in frames[0].columns if all(c in f.columns for f in frames)]
    keys = pl.concat([f.select("entity", "ref") for f in frames]).filter(pl.col("entity").is_not_null())
    first = keys.group_by("entity").agg(pl.col("ref").min()).select("ref")
    rows = pl.concat([f.select(shared).join(first, on="ref", how="semi") for f in frames]).sort("ref")
    if entity != "person":
        return rows
    return rows.drop(c for c in OWN_ID if c in rows.columns).with_columns(citizen_id="entity")


def with_roles(frame: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """The frame with role columns beside its own: role → column, and for a code also its problem, repair and organisation."""
    for role, column in roles.items():
        tails = [t for t in ("", "_raw", "_problem", "_repair") if f"{column}{t}" in frame.columns]
        frame = frame.with_columns(pl.col(f"{column}{t}").alias(f"{role}{t}") for t in tails)
        if role == "code" and f"{column}_organisation" in frame.columns:
            frame = frame.with_columns(pl.col(f"{column}_organisation").alias("organisation"))
    return frame
