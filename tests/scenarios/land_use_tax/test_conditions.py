"""Every condition on rows of one holder-year: true, false and unknown, both sides of each threshold."""

import narwhals as nw
import polars as pl
import pytest

from casebook.scenarios.land_use_tax import SCENARIO

CONDITIONS = {c.column: c.function for c in SCENARIO.conditions}
EXCUSES = (
    "state_organ_own_use", "budget_unit_own_use", "religious_park_scenic", "municipal_public_land", "farming_land", "home_plot",
    "reclaimed_land", "hardship_relief", "farmland_first_year",
)  # fmt: skip
FLAGS = {
    "is_let": "exempt_unit_land_let", "is_works": "infrastructure_art6_7", "unproven_infrastructure_art6_7": "infrastructure_art6_7",
    "is_individual": "small_entity_relief", "unproven_bulk_commodity_storage": "bulk_commodity_storage",
    "unproven_high_tech_enterprise": "high_tech_enterprise", "unproven_other": "other_relief_filing",
    "user_pays": "actual_user_pays", "pays_for_other": "actual_user_pays", "co_owner_pays": "co_owner_paid",
    "pays_for_co_owner": "co_owner_paid", "is_collective": "leased_collective_land", "is_free_use": "free_use_of_exempt_land",
    "is_free_use_declared": "free_use_of_exempt_land", "has_event": "register_event", "is_court_sale": "register_event",
    "is_branch": "branch_or_head_pays", "has_declaring_branch": "branch_or_head_pays", "is_taken_back": "idle_by_government",
    "is_ended": "claim_to_administrator", "is_cancelled": "claim_to_administrator", "is_class_unknown": "holder_kind_unknown",
    "is_unplaced": "tax_area_unknown", "has_namesake": "paid_under_another_number", "is_area_doubtful": "parcel_counted_twice",
    "name_conflict": "name_conflict", "is_approved_late": "approval_after_handover", "is_run_on": "right_may_run_on",
}  # fmt: skip
WHOLE = {
    "open_fen": 0, "total_fen": 0, "tolerated_fen": 0, "paid_fen": 6_400_000, "taxed_dm2": 1_000_000, "declared_dm2": 1_000_000,
    "small_pct": 50, "entity_tier": 1, **{f"n_{name}": 0 for name in EXCUSES},
}  # fmt: skip
TRUTHS = {
    **dict.fromkeys(FLAGS, False), "has_registration": True, "has_source": True, "low": False, "late": False, "is_excused": False,
    "is_small_scale": False, "unproven_reclaimed_land": False, "unproven_hardship_relief": False,
}  # fmt: skip
OWES = {"open_fen": 100_000, "total_fen": 100_000}
UNKNOWN = {"open_fen": None, "total_fen": None}
SHORT_KINDS = ("not_registered", "not_declared", "under_area", "wrong_grade", "late_start", "short_paid")


@pytest.fixture(scope="module")
def answer(parameters_of):
    """What a condition says of the default year (declared, paid in full) with these facts changed."""
    schema = {**dict.fromkeys(WHOLE, pl.Int64), **dict.fromkeys(TRUTHS, pl.Boolean)}

    def ask(column, facts, **parameters):
        p = parameters_of("land_use_tax", **parameters)
        frame = nw.from_native(pl.LazyFrame([{**WHOLE, **TRUTHS, **facts}], schema=schema))
        return frame.select(said=CONDITIONS[column](p)).collect().to_native()["said"].item()

    return ask


@pytest.mark.parametrize("column", CONDITIONS)
def test_nothing_is_said_of_a_year_declared_and_paid(answer, column):
    assert answer(column, {}) is False


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"has_registration": False, "has_source": False}, True), ({"has_source": False}, True), ({"has_registration": False}, True),
        ({}, False), ({"has_source": False, "open_fen": 0}, False), ({"has_source": False, "total_fen": 99_999}, False),
        ({"has_source": False, "total_fen": -100_000}, False), ({"has_source": False, **UNKNOWN}, None), (UNKNOWN, False),
    ],
)  # fmt: skip
def test_not_registered(answer, facts, expected):
    assert answer("kind_not_registered", {**OWES, **facts}) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"paid_fen": 0}, True), ({"paid_fen": -1}, True), ({"paid_fen": 1}, False), ({"paid_fen": 0, "has_source": False}, False),
        ({"paid_fen": None, **UNKNOWN}, None), ({"paid_fen": 0, "total_fen": 99_999}, False),
    ],
)  # fmt: skip
def test_not_declared(answer, facts, expected):
    assert answer("kind_not_declared", {**OWES, **facts}) is expected


@pytest.mark.parametrize(
    ("taxed", "declared", "expected"),
    [
        (1_000_000, 969_999, True), (1_000_000, 970_000, False), (100_000, 95_000, False), (100_000, 94_999, True),
        (100_000, 96_999, False), (1_000_000, 1_100_000, False), (1_000_000, None, None), (0, 0, False),
    ],
)  # fmt: skip
def test_under_area_beyond_both_tolerances(answer, taxed, declared, expected):
    assert answer("kind_under_area", {**OWES, "taxed_dm2": taxed, "declared_dm2": declared}) is expected


@pytest.mark.parametrize(("column", "fact"), [("kind_wrong_grade", "low"), ("kind_late_start", "late")])
def test_what_the_source_declares_wrongly(answer, column, fact):
    assert answer(column, {**OWES, fact: True}) is True
    assert answer(column, {**OWES, fact: True, "has_source": False}) is False
    assert answer(column, {**OWES, fact: None}) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True), ({"paid_fen": 0}, False), ({"low": True}, False), ({"late": True}, False), ({"declared_dm2": 900_000}, False),
        ({"has_source": False}, False), ({"declared_dm2": None}, None), (UNKNOWN, None), ({"total_fen": 99_999}, False),
        ({"open_fen": -5}, True),
    ],
)  # fmt: skip
def test_short_paid_is_what_no_other_kind_tells(answer, facts, expected):
    assert answer("kind_short_paid", {**OWES, **facts}) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"open_fen": -1, "total_fen": -100_000}, True), ({"open_fen": -1, "total_fen": -99_999}, False), (OWES, False),
        ({"open_fen": 0, "total_fen": -100_000}, False), (UNKNOWN, None),
        ({"open_fen": -1, "total_fen": -100_000, "tolerated_fen": -1}, False),
        ({"open_fen": -1, "total_fen": -100_000, "tolerated_fen": 5_000}, True),
    ],
)  # fmt: skip
def test_overpaid(answer, facts, expected):
    assert answer("kind_overpaid", facts) is expected


@pytest.mark.parametrize(("tolerated", "expected"), [(0, True), (1, False), (-50_000, True)])
def test_tolerated_area_difference_does_not_reach_the_minimum(answer, tolerated, expected):
    assert answer("kind_not_registered", {**OWES, "has_source": False, "tolerated_fen": tolerated}) is expected


@pytest.mark.parametrize("name", EXCUSES)
def test_excuse_needs_its_own_tax_and_an_excused_year(answer, name):
    column = f"exempt_{name}"
    assert answer(column, {"is_excused": True, f"n_{name}": 1}) is True
    assert answer(column, {"is_excused": True}) is False
    assert answer(column, {"is_excused": False, f"n_{name}": 1}) is False
    assert answer(column, {"is_excused": None, f"n_{name}": 1}) is False


@pytest.mark.parametrize("name", ["reclaimed_land", "hardship_relief"])
def test_unproven_filing_is_unknown_unless_a_proven_one_excuses(answer, name):
    assert answer(f"exempt_{name}", {f"unproven_{name}": True}) is None
    assert answer(f"exempt_{name}", {f"unproven_{name}": True, "is_excused": True, f"n_{name}": 1}) is True


@pytest.mark.parametrize(("fact", "name"), FLAGS.items())
def test_doubt_follows_its_fact(answer, fact, name):
    assert answer(f"exempt_{name}", {fact: True}) is True


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"is_small_scale": True, "total_fen": 199_999}, True), ({"is_small_scale": True, "total_fen": 200_000}, False),
        ({"is_small_scale": True, "total_fen": 150_000, "small_pct": 0}, False), ({"is_small_scale": True, "total_fen": None}, False),
        ({"is_small_scale": None, "total_fen": 150_000}, None), ({"is_small_scale": None, "total_fen": 500_000}, False),
        ({"is_small_scale": None, "total_fen": 150_000, "is_individual": True}, True),
        ({"is_small_scale": True, "total_fen": 150_000, "is_excused": True}, False),
    ],
)  # fmt: skip
def test_small_entity(answer, facts, expected):
    assert answer("exempt_small_entity_relief", facts) is expected


@pytest.mark.parametrize(("tier", "expected"), [(1, False), (2, False), (3, True), (None, None)])
def test_weak_match(answer, tier, expected):
    assert answer("exempt_weak_match", {"entity_tier": tier}) is expected


def test_every_condition_tells_titles_in_both_languages():
    assert all(all(c.titles) for c in SCENARIO.conditions)
    assert all(k.law and k.refuted_zh and k.refuted_en for k in SCENARIO.kinds)
