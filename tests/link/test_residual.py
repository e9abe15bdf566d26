import math

import polars as pl
import pytest

from casebook.link.residual import Asked, scored
from casebook.link.verdicts import judged

SON = {"name": "李建军", "sex": "男", "birth_date": "1988-11-20", "place": "柳湾镇", "phone": "14212345678"}
ROLES = ("name", "sex", "birth_date", "place", "phone", "id")


def side(*rows: dict) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(ROLES, pl.String)
    return pl.DataFrame([{"ref": at} | row for at, row in enumerate(rows)], schema=schema)


def weighed(left: dict, right: dict, known: tuple[pl.DataFrame, pl.DataFrame] | None = None) -> dict:
    pairs = scored(side(left), side(right), known or (side(), side()), "person", Asked()).pairs
    return pairs.row(0, named=True)


def reason(left: dict, right: dict, asked: Asked) -> list[str]:
    found = scored(side(left), side(right), (side(), side()), "person", asked)
    return judged(found, asked)["reason"].to_list()


def test_bits_are_the_sum_of_prior_household_and_comparisons():
    found = scored(side(SON), side(SON), (side(), side()), "person", Asked())
    row = found.pairs.row(0, named=True)
    parts = [bits for name, bits in row.items() if name.endswith("_bits")]
    assert math.isclose(row["bits"], found.prior_bits + sum(parts))
    assert all(math.isfinite(bits) for bits in parts)


def test_a_missing_value_weighs_nothing():
    nameless = SON | {"phone": None}
    pairs = scored(side(SON), side(nameless, {"phone": "14100000001"}), (side(), side()), "person", Asked()).pairs
    assert pairs["phone"].to_list() == [None]
    assert pairs["phone_bits"].to_list() == [0]


def test_what_known_pairs_show_moves_the_weights():
    pairs = [SON | {"phone": f"1421234{at:04d}"} for at in range(400)]
    moved = [SON | {"phone": f"1429876{at:04d}"} for at in range(400)]
    other = SON | {"phone": "14100000001"}
    before, after = (weighed(SON, other, known)["phone_bits"] for known in (None, (side(*pairs), side(*moved))))
    assert after > before


def test_hopeless_pairs_are_not_weighed_to_the_end():
    other = {"name": "王海", "sex": "女", "birth_date": "1950-01-02", "phone": SON["phone"]}
    assert scored(side(SON), side(other), (side(), side()), "person", Asked()).pairs.is_empty()


@pytest.mark.parametrize(("least", "told"), [(0.9, ["weighed"]), (0.99999, ["weighed_weak"])])
def test_the_probability_asked_for_decides(least, told):
    assert reason(SON, SON, Asked(least=least)) == told


def test_a_number_links_only_beside_two_more_and_no_other_birthday():
    number = SON | {"id": "1234567", "address": None}
    renamed = number | {"name": "王海"}
    assert reason(number, renamed, Asked()) == ["weighed"]
    assert "weighed" not in reason(number, renamed | {"birth_date": "1950-01-02"}, Asked())


@pytest.mark.parametrize("role", ["phone", "place"])
def test_in_the_smallest_tables_a_slip_weighs_no_more_than_the_same_value(role):
    slip = SON | {role: SON[role][:-1] + "9"}
    same, near = weighed(SON, SON), weighed(SON, slip)
    assert near[f"{role}_bits"] <= same[f"{role}_bits"] + same["household_bits"]
