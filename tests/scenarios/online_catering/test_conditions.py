"""Every condition on one shop: true, false and unknown, both sides of each threshold."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casebook.scenarios.online_catering import SCENARIO, is_minor

CONDITIONS = {c.column: c.function for c in SCENARIO.conditions}
DAY = date(2026, 3, 18)
FACTS = {
    "captured_on": DAY, "is_nothing_shown": False, "is_other_number": False, "has_licence": True, "licence_tier": 1,
    "listed_until": date(2028, 3, 18), "issued_on": date(2023, 3, 19), "is_cancelled": False, "is_renewal_noted": False,
    "renewal_applied_on": None, "has_newer_licence": False, "business_form": "餐饮服务经营者", "licence_form": "2",
    "name_differs": False, "same_house": True, "n_uncovered": 0, "n_restricted": 0, "n_other_words": 0, "n_toppings": 0,
    "has_grade_row": True, "is_graded": True, "is_grade_shown": True, "shown_rank": 1, "given_rank": 1,
    "has_certificate": False, "certificate_until": None, "is_certificate_ended": False, "is_closed": False, "is_test_shop": False,
    "is_in_window": True, "has_namesake": True, "cancelled_on": None, "graded_on": None,
}  # fmt: skip
DAYS = (
    "captured_on",
    "listed_until",
    "issued_on",
    "renewal_applied_on",
    "certificate_until",
    "cancelled_on",
    "graded_on",
)
TEXTS = ("business_form", "licence_form")
WHOLE = ("licence_tier", "shown_rank", "given_rank", "n_uncovered", "n_restricted", "n_other_words", "n_toppings")
NOTHING = {
    "is_nothing_shown": True,
    "has_licence": False,
    "licence_tier": None,
    "listed_until": None,
    "same_house": None,
}
UNLISTED = {"has_licence": False, "licence_tier": None, "name_differs": None, "same_house": None, "is_cancelled": None}
CERTIFIED = {**NOTHING, "has_certificate": True, "certificate_until": DAY}


def _typed(row):
    kinds = {**dict.fromkeys(DAYS, pl.Date), **dict.fromkeys(TEXTS, pl.String), **dict.fromkeys(WHOLE, pl.Int32)}
    return pl.DataFrame([row], schema={name: kinds.get(name, pl.Boolean) for name in row})


@pytest.fixture(scope="module")
def answer(parameters_of):
    """What a condition says of a shop in order with these facts changed."""

    def ask(condition, facts, **parameters):
        p = parameters_of("online_catering", **parameters)
        function = CONDITIONS.get(condition, condition)
        frame = nw.from_native(_typed({**FACTS, **facts}).lazy())
        return frame.select(said=function(p)).collect().to_native()["said"].item()

    return ask


@pytest.mark.parametrize("column", [c for c in CONDITIONS if not c.startswith("scope")])
def test_a_shop_in_order_meets_no_condition(answer, column):
    assert answer(column, {}) is False


CASES = [
    ("scope_is_captured", {}, True),
    ("scope_is_captured", {"captured_on": None}, None),
    ("kind_no_licence_shown", NOTHING, True),
    ("kind_no_licence_shown", {**NOTHING, "has_licence": True}, False),
    ("kind_no_licence_shown", CERTIFIED, True),
    ("kind_no_licence_shown", {**UNLISTED, "is_other_number": True}, None),
    ("kind_no_licence_shown", {**UNLISTED, "is_other_number": True, "has_certificate": True}, True),
    ("kind_no_licence_shown", UNLISTED, False),
    ("kind_licence_expired", {"listed_until": date(2026, 3, 17)}, True),
    ("kind_licence_expired", {"listed_until": DAY}, False),
    ("kind_licence_expired", {"listed_until": None}, None),
    ("kind_licence_expired", {"captured_on": None}, None),
    ("kind_licence_expired", UNLISTED, False),
    ("kind_licence_expired", {"listed_until": date(9999, 12, 31)}, False),
    ("kind_licence_of_another", {"name_differs": True, "same_house": False}, True),
    ("kind_licence_of_another", {"name_differs": True}, None),
    ("kind_licence_of_another", {"name_differs": True, "same_house": None}, None),
    ("kind_licence_of_another", {"same_house": False}, False),
    ("kind_licence_of_another", {"name_differs": None, "same_house": False}, None),
    ("kind_licence_of_another", {"name_differs": None}, False),
    ("kind_licence_of_another", {"name_differs": None, "same_house": None}, None),
    ("kind_licence_of_another", UNLISTED, None),
    ("kind_licence_of_another", NOTHING, False),
    ("kind_licence_cancelled", {"is_cancelled": True}, True),
    ("kind_licence_cancelled", {"is_cancelled": True, "cancelled_on": DAY}, True),
    ("kind_licence_cancelled", {"is_cancelled": True, "cancelled_on": date(2026, 3, 19)}, False),
    ("kind_licence_cancelled", UNLISTED, False),
    ("kind_beyond_scope", {"n_uncovered": 2}, True),
    ("kind_beyond_scope", {"n_uncovered": 1}, False),
    ("kind_beyond_scope", {"n_uncovered": 1, "n_restricted": 1}, None),
    ("kind_beyond_scope", {"n_other_words": 2}, None),
    ("kind_beyond_scope", {"n_restricted": 1}, False),
    ("kind_grade_not_shown", {"is_grade_shown": False, "shown_rank": None}, True),
    ("kind_grade_not_shown", {"is_grade_shown": False, "has_grade_row": False}, False),
    ("kind_grade_mismatch", {"given_rank": 2}, True),
    ("kind_grade_mismatch", {"given_rank": 2, "graded_on": DAY}, True),
    ("kind_grade_mismatch", {"given_rank": 2, "graded_on": date(2026, 3, 19)}, None),
    ("kind_grade_not_shown", {"is_grade_shown": False, "graded_on": date(2026, 3, 19)}, None),
    ("kind_grade_mismatch", {"given_rank": None}, None),
    ("kind_grade_mismatch", {"shown_rank": 0}, None),
    ("kind_grade_mismatch", {"is_grade_shown": False, "shown_rank": None, "given_rank": 2}, False),
    ("kind_grade_mismatch", {"given_rank": None, "is_graded": False}, False),
    ("kind_grade_mismatch", {"has_grade_row": False, "given_rank": None, "is_graded": False}, False),
    ("exempt_small_catering_certificate", CERTIFIED, True),
    ("exempt_small_catering_certificate", {**CERTIFIED, "certificate_until": date(2026, 3, 17)}, False),
    ("exempt_small_catering_certificate", {**CERTIFIED, "is_certificate_ended": True}, False),
    ("exempt_small_catering_certificate", {**CERTIFIED, "certificate_until": None}, None),
    ("exempt_grade_not_yet_given", {"is_graded": False}, True),
    ("exempt_grade_not_yet_given", {"issued_on": date(2025, 11, 19)}, True),
    ("exempt_grade_not_yet_given", {"issued_on": date(2025, 11, 18)}, False),
    ("exempt_grade_not_yet_given", {"issued_on": None}, False),
    ("exempt_shop_not_operating", {"is_closed": True}, True),
    ("exempt_shop_not_operating", {"is_test_shop": True}, True),
    ("exempt_licence_renewed", {"has_newer_licence": True}, True),
    ("exempt_renewal_pending", {"renewal_applied_on": date(2028, 3, 18)}, True),
    ("exempt_renewal_pending", {"renewal_applied_on": date(2028, 3, 19)}, False),
    ("exempt_renewal_pending", {"is_renewal_noted": True}, True),
    ("exempt_pastry_vocabulary", {"n_other_words": 1}, True),
    ("exempt_item_with_restriction", {"n_restricted": 1}, True),
    ("exempt_central_kitchen", {"business_form": "餐饮服务经营者(中央厨房)"}, True),
    ("exempt_central_kitchen", {"business_form": None}, False),
    ("exempt_canteen", {"business_form": "单位食堂"}, True),
    ("exempt_canteen", {"licence_form": "3"}, True),
    ("exempt_canteen", {"licence_form": None}, False),
    ("exempt_capture_outside_window", {"is_in_window": False}, True),
    ("exempt_capture_outside_window", {"is_in_window": None}, None),
    ("exempt_licence_not_in_list", UNLISTED, True),
    ("exempt_licence_not_in_list", NOTHING, False),
    ("exempt_toppings_bought", {"n_uncovered": 3, "n_toppings": 2}, True),
    ("exempt_toppings_bought", {"n_uncovered": 3, "n_toppings": 1}, False),
    ("exempt_name_conflict", {"name_differs": True}, True),
    ("exempt_name_conflict", {"name_differs": True, "same_house": None}, True),
    ("exempt_name_conflict", {"name_differs": True, "same_house": False}, False),
    ("exempt_name_conflict", {"name_differs": None}, False),
    ("exempt_weak_match", {"licence_tier": 3}, True),
    ("exempt_weak_match", {"licence_tier": 2}, False),
    ("exempt_weak_match", NOTHING, True),
    ("exempt_weak_match", {**NOTHING, "has_namesake": False}, False),
    ("exempt_weak_match", CERTIFIED, False),
]


@pytest.mark.parametrize(("column", "facts", "said"), CASES)
def test_condition(answer, column, facts, said):
    assert answer(column, facts) is said


def test_every_condition_is_tried():
    assert {column for column, _, _ in CASES} == set(CONDITIONS)


@pytest.mark.parametrize(("grace", "said"), [(0, True), (2, True), (3, False)])
def test_days_of_grace_after_expiry(answer, grace, said):
    assert answer("kind_licence_expired", {"listed_until": date(2026, 3, 15)}, expiry_grace_days=grace) is said


@pytest.mark.parametrize(("limit", "said"), [(3, True), (4, False)])
def test_min_strong_dishes_decides(answer, limit, said):
    assert answer("kind_beyond_scope", {"n_uncovered": 3}, min_strong_dishes=limit) is said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"shown_rank": 2}, True),
        ({"given_rank": 2}, False),
        ({"shown_rank": 2, "n_uncovered": 2}, False),
        ({"shown_rank": None}, False),
    ],
)
def test_shown_worse_than_given_and_nothing_else_is_minor(answer, facts, said):
    assert answer(is_minor, facts) is said


@pytest.mark.parametrize("condition", SCENARIO.conditions, ids=lambda c: c.column)
def test_conditions_speak_both_languages(condition):
    chinese, english = condition.titles
    assert chinese.isascii() is False
    assert english.isascii()


@pytest.mark.parametrize("kind", SCENARIO.kinds, ids=lambda k: k.name)
def test_kinds_say_law_and_what_would_refute_them(kind):
    assert kind.law
    assert kind.refuted_zh
    assert kind.refuted_en
