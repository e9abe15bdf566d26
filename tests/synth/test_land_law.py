from dataclasses import replace
from datetime import date

import pytest

from casebook.synth.land_facts import Plot
from casebook.synth.land_law import (
    GRADE_OF_DISTRICT,
    TAX_AREA_CODES,
    due_by_year,
    half_up,
    months_in,
    rate_fen,
    shortfall,
)

PLOT = Plot("900001005001GB00001", "somewhere", 2_000_000, date(2020, 5, 1), date(2020, 5, 1))


@pytest.mark.parametrize(
    ("grade", "year", "fen"), [(1, 2024, 800), (2, 2025, 640), (3, 2024, 480), (3, 2025, 560), (4, 2025, 400)]
)
def test_rates_of_grades_three_and_four_rise_in_2025(grade, year, fen):
    assert rate_fen(grade, year) == fen


def test_thirty_mu_of_grade_three_owe_more_from_2025():
    assert due_by_year([PLOT]) == {2023: 9_600_000, 2024: 9_600_000, 2025: 11_200_000}


def test_tax_begins_in_the_month_after_hand_over():
    plot = replace(PLOT, taken=date(2023, 2, 15))
    assert due_by_year([plot])[2023] == 8_000_000


@pytest.mark.parametrize(("day", "months"), [(date(2024, 6, 30), 6), (date(2024, 7, 1), 5), (date(2024, 12, 31), 0)])
def test_one_day_moves_the_first_month(day, months):
    assert months_in(replace(PLOT, taken=day), 2024) == months


def test_month_in_which_the_right_ends_is_liable():
    assert months_in(replace(PLOT, until=date(2024, 6, 30)), 2024) == 6


def test_rounding_happens_once_for_all_land_of_the_year():
    # 0.4 fen each: rounded one by one nothing would be due.
    sliver = replace(PLOT, parcel="900001001001GB00001", area_dm2=1, taken=date(2023, 5, 31), until=date(2023, 11, 30))
    assert due_by_year([sliver])[2023] == 4
    assert due_by_year([sliver, sliver])[2023] == 8


@pytest.mark.parametrize(("numerator", "rounded"), [(0, 0), (599, 0), (600, 1), (1799, 1), (1800, 2)])
def test_halves_round_up(numerator, rounded):
    assert half_up(numerator, 1200) == rounded


def test_shortfall_counts_unpaid_years_in_full():
    assert shortfall({2023: 5, 2024: 5, 2025: 7}, {2023: 5}) == 12


def test_the_three_rural_townships_lie_outside_the_tax_area():
    outside = {code for code in GRADE_OF_DISTRICT if f"900001{code}" not in TAX_AREA_CODES}
    assert outside == {"009", "010", "011"}
