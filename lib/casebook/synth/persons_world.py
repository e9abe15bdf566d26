"""Two tables of the same district's people that are hard to link, and the truth about them.

The left table is a register (few slips), the right one a payment list (many). Slips are correlated as in life: families
share surname, address, telephone and account, children are paid under a parent's id, twins under each other's.
`persons_families` makes the people, `persons_slips` what clerks do to them. All ids are of the unassigned area 900001.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from casebook.synth import persons_families, persons_slips
from casebook.synth.world import Scale
from casebook.synth.world import World as District

ROLES: Final = (
    *("ref", "citizen_id", "name", "sex", "birth_date", "address", "place", "phone", "account", "certificate_id"),
)
IN_LEFT_ONLY: Final = 0.2
IN_RIGHT_ONLY: Final = 0.2
"""Shares of all people who stand in one table only; three in four rows of either table have their person in the other."""
TWICE_IN_LEFT: Final = 0.002
TWICE_IN_RIGHT: Final = 0.01
LEFT_SLIPS: Final = 0.1
"""A register has a tenth of the slips of a payment list."""
FIRST_RIGHT_REF: Final = 10_000_000


@dataclass(frozen=True)
class World:
    """Two tables as delivered (text, columns `ROLES`), the pairs of rows that are one person, and who each row is.

    `truth`: `left_ref`, `right_ref`, `kind` (what happened to the id; if nothing, to the name; `plain` if nothing either),
    `id_kind`, `name_kind`. `who`: per `ref` (they differ between the tables) `person`, `household`, `member` (of the
    household, see `persons_families`), `is_twin`, `namesake` (a number that persons of one planted name share, else null).
    """

    left: pl.DataFrame
    right: pl.DataFrame
    truth: pl.DataFrame
    who: pl.DataFrame


def world(seed: int, people: int = 400_000) -> World:
    """Two tables of about `people` rows each; the same seed and number give the same tables.

    Raises:
        ValueError: too many people for the ids of one area (beyond about two million).
    """
    district = District(seed, Scale.of("sample"))
    total = round(people / (1 - IN_RIGHT_ONLY))
    everyone = persons_families.everyone(district.rng("persons/families"), total)
    drawn = district.rng("persons/tables").random(total)
    left = everyone.filter(pl.Series(drawn < 1 - IN_RIGHT_ONLY))
    right = everyone.filter(pl.Series(drawn >= IN_LEFT_ONLY))
    one = _table(district.rng("persons/left"), left, TWICE_IN_LEFT, LEFT_SLIPS)
    two = _table(district.rng("persons/right"), right, TWICE_IN_RIGHT, 1)
    two = two.with_columns(pl.col("ref") + FIRST_RIGHT_REF)
    columns = ("ref", "person", "household", "member", "is_twin", "namesake")
    return World(one.select(ROLES), two.select(ROLES), _truth(one, two), pl.concat([one, two]).select(columns))


def _table(rng: np.random.Generator, people: pl.DataFrame, twice: float, slips: float) -> pl.DataFrame:
    """The rows of one table in no order, some persons twice, with slips and `ref` from 0."""
    again = people.filter(pl.Series(rng.random(people.height) < twice))
    rows = pl.concat([people, again])
    rows = rows[rng.permutation(rows.height)].with_columns(ref=pl.int_range(rows.height, dtype=pl.Int64))
    return persons_slips.slipped(rng, rows, slips)


def _truth(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    kinds = ("ref", "person", "id_kind", "name_kind")
    pairs = left.select(kinds).join(right.select(kinds), on="person", how="inner")
    # The list's slip names the pair; a register's slip only where the list has none.
    id_kind, name_kind = (
        pl.when(pl.col(f"{kind}_right") != "plain").then(f"{kind}_right").otherwise(kind).alias(kind)
        for kind in ("id_kind", "name_kind")
    )
    pairs = pairs.select(id_kind, name_kind, left_ref="ref", right_ref="ref_right")
    kind = pl.when(pl.col("id_kind") != "plain").then("id_kind").otherwise("name_kind")
    return pairs.select("left_ref", "right_ref", kind.alias("kind"), "id_kind", "name_kind").sort(
        "left_ref", "right_ref"
    )
