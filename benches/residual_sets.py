"""Persons without a number in common: the planted world of `casebook.synth.persons_world`, cleaned, ids taken away.

Four sets of columns, from all a register has to the name and one or two attributes.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import polars as pl

from benches import worlds
from casebook.synth import persons_world

COLUMNS: Final = MappingProxyType(
    {
        "all roles": ("name", "homophone_key", "sex", "birth_date", "address", "place", "phone", "account"),
        "name, birth, place": ("name", "homophone_key", "sex", "birth_date", "place"),
        "name, address, phone": ("name", "homophone_key", "sex", "address", "place", "phone"),
        "name, birth": ("name", "homophone_key", "sex", "birth_date"),
    }
)

NUMBERS: Final = ("citizen_id", "certificate_id")


@dataclass(frozen=True)
class Planted:
    """Two cleaned tables without ids and the pairs `left_ref`, `right_ref` that are one person."""

    left: pl.DataFrame
    right: pl.DataFrame
    truth: pl.DataFrame


def planted(seed: int, people_count: int) -> Planted:
    """All role columns but the id. A person has one row in a table: rows are subjects, as linking asks for."""
    world = persons_world.world(seed, people_count)
    is_right = pl.col("ref") >= persons_world.FIRST_RIGHT_REF
    once = world.who.group_by("person", is_right.alias("is_right")).agg(pl.col("ref").min()).select("ref")
    left, right = (side.join(once, on="ref", how="semi", maintain_order="left") for side in (world.left, world.right))
    truth = world.truth.select("left_ref", "right_ref")
    for name, side in (("left_ref", left), ("right_ref", right)):
        truth = truth.join(side, left_on=name, right_on="ref", how="semi")
    return Planted(*(worlds.cleaned(side.drop(*NUMBERS), "person") for side in (left, right)), truth)


def narrowed(whole: Planted, columns: tuple[str, ...]) -> Planted:
    """The same with these columns only."""
    return Planted(whole.left.select("ref", *columns), whole.right.select("ref", *columns), whole.truth)
