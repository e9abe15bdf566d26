"""The way from conditions to a bin, one path a test."""

import narwhals as nw
import pytest

from casebook.case.assess import assess

DEAD = {"has_death": True, "death_month": 24299}
DATE_UNKNOWN = {"has_death": True, "death_month": None}


@pytest.fixture
def judge(small, parameters, rows):
    def run(*changes):
        frame = assess(nw.from_native(rows(*changes).lazy()), small, parameters)
        return frame.collect().to_native()

    return run


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "clear"),
        (DEAD, "lead"),
        ({"has_death": True, "death_month": 24300}, "clear"),
        (DATE_UNKNOWN, "flagged"),
        ({**DEAD, "death_tier": 2}, "lead"),
        ({**DEAD, "death_tier": 3}, "flagged"),
        ({**DEAD, "entity_tier": 3}, "flagged"),
        ({**DEAD, "refunded": True}, "excluded"),
        ({**DEAD, "refunded": None}, "flagged"),
        ({**DATE_UNKNOWN, "refunded": True}, "excluded"),
        ({"refunded": True}, "clear"),
        ({**DEAD, "renewal": True}, "lead"),
        ({"paid_fen": 20001, "renewal": True}, "flagged"),
        ({"paid_fen": 20001, "renewal": None}, "flagged"),
        ({"paid_fen": 20000}, "clear"),
        ({**DEAD, "paid_fen": 0}, "clear"),
        ({**DEAD, "paid_fen": None}, "flagged"),
        ({**DEAD, "entity": None}, "unmatched"),
        ({"entity": None}, "unmatched"),
    ],
)
def test_bin(judge, change, expected):
    assert judge(change)["bin"].item() == expected


def test_a_firm_kind_leads_beside_a_doubtful_one(judge):
    row = judge({**DEAD, "paid_fen": 20001, "renewal": True}).row(0, named=True)
    assert (row["bin"], row["state_after_death"], row["state_too_much"]) == ("lead", 3, 2)


def test_direction_follows_the_kind_that_carries_the_bin(judge):
    assert judge({"is_owed": True}, DEAD)["direction"].to_list() == ["under", "over"]


def test_clear_rows_carry_no_amount(judge):
    assert judge({}, DEAD)["amount_fen"].to_list() == [0, 15000]


def test_tier_is_the_weaker_of_subject_and_link(judge):
    assert judge({**DEAD, "entity_tier": 2}, {**DEAD, "death_tier": 3})["tier"].to_list() == [2, 3]


def test_every_row_gets_exactly_one_bin(judge):
    assert judge(*[{}] * 5, DEAD, DATE_UNKNOWN, {"entity": None})["bin"].null_count() == 0
