from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import ParameterError
from casebook.measure import area


def clean(text, unit="平方米"):
    return area.clean(pl.Series([text], dtype=pl.String), unit).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "dm2"),
    [
        ("30亩", 2_000_000),
        ("1亩", 66_667),
        ("1公顷", 1_000_000),
        ("15亩", 1_000_000),
        ("1分", 6_667),
        ("42538.29平方米", 4_253_829),
        ("59352.36㎡", 5_935_236),
        ("59352.36 m2", 5_935_236),
        ("12.5ｍ²", 1_250),
        ("3万平方米", 3_000_000),
        ("2平方公里", 200_000_000),
        ("三十亩", 2_000_000),
        ("12,345.6", 1_234_560),
        ("0.005", 1),
        ("0.0049", 0),
        ("1.005平米", 101),
        ("666.67", 66_667),
    ],
)
def test_areas_are_whole_hundredths_of_a_square_metre(text, dm2):
    assert (clean(text)["value"], clean(text)["problem"]) == (dm2, None)


@pytest.mark.parametrize(
    ("text", "unit", "dm2"),
    [("30", "亩", 2_000_000), ("2", "公顷", 2_000_000), ("30㎡", "亩", 3_000), ("30", "㎡", 3_000)],
)
def test_unit_in_the_cell_wins_over_the_header(text, unit, dm2):
    assert clean(text, unit)["value"] == dm2


def test_another_unit_than_the_header_is_reported():
    assert (clean("30亩")["repair"], clean("30亩", "亩")["repair"]) == ("unit_in_cell", None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("/", "placeholder"),
        ("-3", "negative"),
        ("亩", "unreadable"),
        ("30亩左右", "unreadable"),
        ("3.5E+04", "scientific"),
        ("99999999999999", "too_large"),
        ("9999999999999万公顷", "too_large"),
    ],
)
def test_what_is_no_area_has_a_reason(text, problem):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, problem)


def test_unknown_unit_is_refused():
    with pytest.raises(ParameterError, match="英亩"):
        clean("1", "英亩")


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_mu_are_rounded_half_up_once(mu):
    exact = Fraction(mu) * 200_000 / 3
    assert clean(f"{mu:f}亩")["value"] == int(exact + Fraction(1, 2))


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert area.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


@given(st.text(alphabet="0123456789.,亩公顷平方米㎡ ", max_size=10))
def test_compact_areas_stay_as_they_are(text):
    once = area.compact(text)
    assert area.compact(once) == once
