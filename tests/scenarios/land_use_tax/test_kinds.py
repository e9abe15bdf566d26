"""Rows as delivered → kinds and fen: one situation a test.

The holder has 10,000 m² of grade 2 (6.40 yuan) since 2015: 64,000.00 yuan a year. `told()` maps year → (bin, kinds, exemptions that
apply or may apply, fen) of every year that is not clear.
"""

import pytest

OTHER, OTHER_CODE = "云州铭洋橡胶制品股份有限公司", "919000013845557688"
PARCEL, SECOND = "900001003010GB00774", "900001003011GB00775"
YEAR = 6_400_000
YEARS = (2023, 2024, 2025)


def all_years(*said):
    return dict.fromkeys(YEARS, said)


def test_declared_and_paid_in_full_is_clear(land):
    assert land.right().declared().paid_years(*YEARS).told() == {}


def test_no_registration_and_no_source(land):
    assert land.right().told() == all_years("lead", ["not_registered"], [], YEAR)


def test_registered_without_tax_source(land):
    assert land.right().registered().told() == all_years("lead", ["not_registered"], [], YEAR)


def test_one_year_unpaid_is_that_year_only(land):
    told = land.right().declared().paid_years(2023, 2025).told()
    assert told == {2024: ("lead", ["not_declared"], [], YEAR)}


def test_declared_area_too_small_counts_the_difference(land):
    told = land.right().declared("9000").paid_years(*YEARS, yuan=57600).told()
    assert told == all_years("lead", ["under_area"], [], 640_000)


@pytest.mark.parametrize(("registered", "declared", "expected"), [
    ("10000", "9700", {}), ("10000", "9699", {"under_area"}), ("1000", "950", {}), ("1000", "949", {"under_area"}), ("1000", "970", {}),
])  # fmt: skip
def test_ruling_3_both_tolerances_must_be_passed(land, registered, declared, expected):
    paid = round(float(declared) * 6.4, 2)
    told = land.right(registered).declared(declared).paid_years(*YEARS, yuan=paid).told(min_shortfall_yuan=1)
    assert {kind for said in told.values() for kind in said[1]} == set(expected)


def test_grade_declared_too_low(land):
    told = land.right().declared(土地等级="三级", 单位税额="4.80").paid_years(*YEARS, yuan=48000).told()
    assert told == all_years("lead", ["wrong_grade"], [], 1_600_000)


def test_old_rate_kept_counts_from_the_change(land):
    book = land.right(宗地代码="900001004010GB00774").declared(土地等级="三级", 单位税额="4.80")
    assert book.paid_years(*YEARS, yuan=48000).told() == {2025: ("lead", ["wrong_grade"], [], 800_000)}


def test_declared_start_too_late(land):
    book = land.right(使用期限起="2023-09-18").contract(约定交地时间="2023-09-18").declared(初始取得时间="2024-04-22")
    book.paid("2024-05-01", "2024-12-31", "42666.67").paid_years(2025)
    assert book.told() == {
        2023: ("lead", ["not_declared", "late_start"], [], 1_600_000),
        2024: ("lead", ["late_start"], [], 2_133_333),
    }


def test_short_paid(land):
    book = land.right().declared().paid_years(2023, 2024).paid("2025-01-01", "2025-06-30", 32000)
    assert book.told() == {2025: ("lead", ["short_paid"], [], 3_200_000)}


def test_overpaid_is_told_on_the_other_side(land):
    book = land.right().declared().paid_years(*YEARS).paid("2024-01-01", "2024-12-31", 5000)
    assert book.told() == {2024: ("lead", ["overpaid"], [], 500_000)}


@pytest.mark.parametrize(
    ("lacking", "expected"), [("999.99", {}), ("1000.00", {"lead"}), ("-999.99", {}), ("-1000.00", {"lead"})]
)
def test_minimum_of_the_period(land, lacking, expected):
    book = land.right().declared().paid_years(2023, 2024).paid_years(2025, yuan=f"{64000 - float(lacking):.2f}")
    assert book.bins() == set(expected)


def test_year_overpaid_sets_off_a_year_underpaid(land):
    book = land.right().declared().paid_years(2023, yuan=65000).paid_years(2024, yuan=60000).paid_years(2025)
    lead = book.run().assess().leads.row(0, named=True)
    assert book.fen() == {2023: -100_000, 2024: 400_000}
    assert lead["amount_fen"] == 300_000
