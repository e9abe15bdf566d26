"""Ids that stand in a row of somebody else: one id, two names that are near, and a sign that they are two persons.

Twins and sisters bear names that differ by one character, like a name and its slip. What tells them apart is a stated birth
date or sex that the id contradicts, or a second person of the same table who has the name of the one row, a common address,
account, telephone or birthday with it, and an id of their own.
"""

from typing import Final

import polars as pl

from casebook.link.attributes import birth_dates_conflict, digest
from casebook.link.pairs import Sides
from casebook.link.person_rows import born_by, sex_by

NEAR: Final = ("homophone", "one_character")
_SHARED: Final = ("birth_date", "account", "phone", "address")


def settled(sides: Sides, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of one id with grade `different` where a near name is another person's.

    Args:
        sides: the rows of `person_rows.both`, in the order that `row` and `row_right` count.
        pairs: `row`, `row_right`, `key` (the id they share), `grade`.
    """
    is_near = pairs["grade"].is_in(NEAR)
    if not is_near.any():
        return pairs
    near = pairs.filter(is_near)
    doubtful = _contradicted(sides, near)
    doubtful |= _taken(sides.left, sides.right[near["row_right"]], near["key"])
    doubtful |= _taken(sides.right, sides.left[near["row"]], near["key"])
    at = is_near.arg_true().filter(doubtful)
    return pairs.with_columns(pairs["grade"].scatter(at, "different"))


def _contradicted(sides: Sides, near: pl.DataFrame) -> pl.Series:
    """A birth date that no slip explains, or another sex, stands beside the id."""
    told = near.select(born=born_by(pl.col("key")), said_sex=sex_by(pl.col("key")))
    for end, side, row in (("", sides.left, near["row"]), ("_right", sides.right, near["row_right"])):
        told = told.with_columns(side.select(pl.col("stated_birth", "sex").name.suffix(end))[row].get_columns())
    ends = ("", "_right")
    births = [birth_dates_conflict(pl.col("born"), pl.col(f"stated_birth{end}")) for end in ends]
    sexes = [
        (pl.col(f"sex{end}").is_in(["男", "女"]) & (pl.col(f"sex{end}") != pl.col("said_sex"))).fill_null(value=False)
        for end in ends
    ]
    return told.select(pl.any_horizontal(*births, *sexes)).to_series()


def _taken(listed: pl.DataFrame, asked: pl.DataFrame, ids: pl.Series) -> pl.Series:
    """Somebody of `listed` has the name of the asked row, something in common with it, and another id."""
    asked = asked.with_columns(ids, pair=pl.int_range(asked.height))
    found = [pl.Series([], dtype=pl.Int64)]
    for second in _SHARED:
        wanted = asked.select("pair", "key", digest=digest("name", second)).drop_nulls()
        if wanted.is_empty() or listed[second].null_count() == listed.height:
            continue
        rivals = listed.select("own", digest=digest("name", second)).join(wanted, on="digest")
        found.append(rivals.filter(pl.col("own") != pl.col("key"))["pair"])
    return asked["pair"].is_in(pl.concat(found).implode())
