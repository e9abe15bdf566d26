from datetime import date

import pytest

from casebook.synth import land_cells as cells
from casebook.synth.dice import Dice
from casebook.synth.land_facts import FOREVER
from casebook.synth.table import NUMBER
from casebook.synth.world import Scale, World


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("plain", "20000.00"),
        ("亩", "30.00亩"),
        ("公顷", "2.000000公顷"),
        ("平方米", "20000.00平方米"),
        ("㎡", "20000.00㎡"),
        ("thousands", "20,000.00"),
    ],
)
def test_area_is_written_exactly_in_every_form(form, text):
    assert cells.area_text(2_000_000, form) == text


def test_an_area_that_mu_cannot_hold_stays_in_square_metres():
    assert cells.area_text(2_000_001, "亩") == "20000.01"


@pytest.mark.parametrize(("fen", "text"), [(0, "0.00"), (5, "0.05"), (123_456, "1234.56"), (-123_405, "-1234.05")])
def test_amounts_have_two_decimals(fen, text):
    assert cells.yuan(fen) == text


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%Y/%-m/%-d", "2024/6/3"),
        ("%Y年%-m月%-d日", "2024年6月3日"),
        ("%Y%m%d", "20240603"),
        ("%Y.%-m.%-d", "2024.6.3"),
    ],
)
def test_dates_follow_the_office(form, text):
    assert cells.day_text(date(2024, 6, 3), form) == text


def test_open_end_and_no_date():
    assert cells.day_text(FOREVER) == "长期"
    assert cells.day_text(None) is None


@pytest.mark.parametrize(
    ("form", "text"), [("lower", "91a1x"), ("wide", "９１Ａ１Ｘ"), ("tab", "91A1X\t"), ("plain", "91A1X")]
)
def test_codes_follow_the_office(form, text):
    assert cells.code_text("91A1X", form) == text


def test_a_code_kept_as_a_number_is_left_alone():
    assert cells.code_text(f"{NUMBER}91", "wide") == f"{NUMBER}91"


def test_parcels_and_units_are_grouped_by_blanks():
    assert cells.parcel_text("900001005001GB00065", "spaced") == "900001 005 001 GB 00065"
    assert cells.parcel_text("900001005001GB00065W00000000", "spaced").endswith(" GB 00065 W00000000")


def test_dirt_belongs_to_the_office():
    dice = Dice(World(1, Scale.of("sample")).rng("dirt"))
    lowered = sum(cells.habit_of(dice, "004").code == "lower" for _ in range(1_000))
    assert 500 < lowered < 700
    assert all(cells.habit_of(dice, "001").code == "plain" for _ in range(50))
