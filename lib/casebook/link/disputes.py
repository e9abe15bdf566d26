"""Ids that stand in a row of somebody else: one id, two names that do not agree exactly, and a sign that they are two persons.

Twins and sisters, fathers and sons bear names that differ by one character, like a name and its slip. What tells them apart is a
stated birth date or sex that the id contradicts, or a second person of the same table who has the name of the one row, a common
address, account, telephone or birthday with it, and an id of their own. One character that differs is a slip only where both
rows state a birth date that the id bears out: of planted families whose rows tell no more than id, name and village, 2.9 of 100
such pairs are two relatives.
"""

from typing import Final

import polars as pl

from casebook.link.attributes import birth_dates_conflict, digest
from casebook.link.pairs import Sides
from casebook.link.person_rows import born_by, sex_by

NEAR: Final = ("homophone", "one_character")
_SHARED: Final = ("birth_date", "account", "phone", "address")
_ENDS: Final = ("", "_right")


def settled(sides: Sides, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs of one id with grade `different` where the id is another person's in one of the rows.

    So it is where a birth date (that no slip explains) or a sex stated in either row contradicts the id and the names do not
    agree exactly, where a row contradicts the id by both, whatever its name, where a near name is another listed person's,
    and where names differ by one character and no two birth dates stand beside the id.

    Args:
        sides: the rows of `person_rows.both`, in the order that `row` and `row_right` count.
        pairs: `row`, `row_right`, `key` (the id they share), `grade`.
    """
    said = pairs.select("row", "row_right", "grade", *_said(sides, pairs))
    near = pl.col("grade").is_in(NEAR)
    contradicted = pl.any_horizontal(f"{what}{end}" for what in ("wrong_birth", "wrong_sex") for end in _ENDS)
    twice = pl.any_horizontal(pl.col(f"wrong_birth{end}") & pl.col(f"wrong_sex{end}") for end in _ENDS)
    unconfirmed = (pl.col("grade") == "one_character") & ~pl.all_horizontal(f"states_birth{end}" for end in _ENDS)
    doubtful = said.select((contradicted & (pl.col("grade") != "exact")) | twice | unconfirmed).to_series()
    open_ones = (said.select(near).to_series() & ~doubtful).arg_true()
    taken = _taken(sides.left, sides.right[pairs["row_right"].gather(open_ones)], pairs["key"].gather(open_ones))
    taken |= _taken(sides.right, sides.left[pairs["row"].gather(open_ones)], pairs["key"].gather(open_ones))
    conflicts = pl.concat([doubtful.arg_true(), open_ones.filter(taken)])
    return pairs.with_columns(pairs["grade"].scatter(conflicts, "different"))


def _said(sides: Sides, pairs: pl.DataFrame) -> list[pl.Series]:
    """`states_birth`, `wrong_birth`, `wrong_sex` of both rows, beside the id they share."""
    told = pairs.select("key")
    columns: list[pl.Series] = []
    for end, side, row in (("", sides.left, pairs["row"]), ("_right", sides.right, pairs["row_right"])):
        rows = told.with_columns(side.select("stated_birth", "sex")[row].get_columns())
        said = rows.select(_contradictions("key"))
        columns += [column.alias(f"{column.name}{end}") for column in said.get_columns()]
    return columns


def _contradictions(key: str) -> list[pl.Expr]:
    born, sex = born_by(pl.col(key)), sex_by(pl.col(key))
    wrong_sex = pl.col("sex").is_in(["男", "女"]) & (pl.col("sex") != sex)
    return [
        pl.col("stated_birth").is_not_null().alias("states_birth"),
        birth_dates_conflict(born, pl.col("stated_birth")).alias("wrong_birth"),
        wrong_sex.fill_null(value=False).alias("wrong_sex"),
    ]


def borrowed(sides: Sides, strong: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The `ref` of the left and of the right rows whose id is taken for somebody else's.

    The row itself states a birth date that the id contradicts; or a link by its id is in conflict and the row states another
    sex, or states neither while the other row is borne out by the id and this row's name is another person's whom the other
    table lists. A row that the id bears out keeps it: the other one has borrowed.

    Args:
        sides: the rows of `person_rows.both`.
        strong: links by an id, in the columns of `links.COLUMNS`.
    """
    disputed = strong.filter("name_conflict").select("left_ref", "right_ref")
    turned = disputed.select(left_ref="right_ref", right_ref="left_ref")
    return _borrowers(sides, disputed), _borrowers(sides.swapped(), turned)


def _borrowers(sides: Sides, disputed: pl.DataFrame) -> pl.Series:
    rows = sides.left.filter(pl.col("entity").is_not_null()).with_columns(_contradictions("entity"))
    in_dispute = pl.col("ref").is_in(disputed["left_ref"].implode())
    by_itself = rows.filter(pl.col("wrong_birth") | (in_dispute & pl.col("wrong_sex")))["ref"]
    silent = rows.filter(
        in_dispute & ~pl.col("states_birth") & ~pl.col("sex").is_in(["男", "女"]).fill_null(value=False)
    )
    if silent.is_empty():
        return by_itself
    others = sides.right.filter(pl.col("ref").is_in(disputed["right_ref"].implode()))
    others = others.with_columns(_contradictions("entity"))
    owners = others.filter(pl.col("states_birth") & ~pl.col("wrong_birth") & ~pl.col("wrong_sex")).select(
        right_ref="ref"
    )
    met = disputed.join(owners, on="right_ref", how="semi")["left_ref"]
    asked = silent.filter(pl.col("ref").is_in(met.implode()))
    return pl.concat([by_itself, asked.filter(_taken(sides.right, asked, asked["entity"].alias("key")))["ref"]])


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
