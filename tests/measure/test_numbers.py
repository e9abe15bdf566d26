from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.measure import area, money, numbers


def clean(text):
    return numbers.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("１２．５", "12.5"),
        ("-3", "-3"),
        ("+3", "3"),
        ("0.0000000001", "0.0000000001"),
        ("三万五", "35000"),
        ("1.2亿", "120000000"),
        ("0.30000000000000004", "0.3"),
        ("1.9999999999999998", "2"),
        ("1.0999999999999999", "1.1"),
        ("999999999999999999", "999999999999999999"),
    ],
)
def test_numbers_are_exact_decimals(text, value):
    assert clean(text)["value"] == Decimal(value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("无", "placeholder"),
        ("3.71421E+17", "scientific"),
        ("0.12345678901", "too_fine"),
        ("1234567890123456789", "too_large"),
        ("3或5", "unreadable"),
        ("12%%", "unreadable"),
        ("三四万", "unreadable"),
    ],
)
def test_what_is_no_number_has_a_reason(text, problem):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, problem)


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("1234", None),
        ("１", "full_width"),
        ("三", "chinese_numerals"),
        ("3万", "unit"),
        ("0.30000000000000004", "float_tail"),
    ],
)
def test_what_was_read_rather_than_copied_is_said(text, repair):
    assert clean(text)["repair"] == repair


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=4))
def test_every_decimal_is_read_back(number):
    assert clean(format(number, "f"))["value"] == number


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert numbers.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


@given(st.text(alphabet="0123456789.,-+万三十 ", max_size=10))
def test_compact_numbers_stay_as_they_are(text):
    once = numbers.compact(text)
    assert numbers.compact(once) == once


@pytest.mark.parametrize("module", [numbers, money, area])
@pytest.mark.parametrize("text", ["合计1200", "小计：1200", "总计 1,200.50", "1200(合计)", "共计3万", "合计"])
def test_rows_of_totals_have_no_value(module, text):
    assert module.clean(pl.Series([text])).select("value", "problem").row(0) == (None, "total_row")


@pytest.mark.parametrize("module", [numbers, money, area])
@pytest.mark.parametrize("text", ["500-", "3-", "3 -", "500－"])
def test_a_minus_behind_the_number_is_no_sign(module, text):
    assert module.clean(pl.Series([text])).select("value", "problem").row(0) == (None, "unreadable")
