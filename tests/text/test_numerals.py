import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.text import numerals


def read(text):
    return numerals.read(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("十", 10),
        ("十五", 15),
        ("廿六", 26),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百十", 110),
        ("一千零五十", 1050),
        ("两千三百", 2300),
        ("三万零五", 30005),
        ("壹拾贰万叁仟肆佰伍拾陆", 123456),
        ("貳萬參仟", 23000),
        ("二十万亿", 20 * 10**12),
        ("一亿零三百万零五", 103_000_005),
        ("九千九百九十九万九千九百九十九亿", 9999_9999_0000_0000),
        ("二〇二三", 2023),
        ("3万5千", 35000),
        ("12万3456", 123456),
        ("3.5万", 35000),
        ("1.2345亿", 123_450_000),
        ("三点五万", 35000),
        ("百万", 1_000_000),
        ("１２３", 123),
        ("1,234,567", 1234567),
        ("1 234 567", 1234567),
        ("007", 7),
    ],
)
def test_numbers_are_read_exactly(text, whole):
    assert (read(text)["whole"], read(text)["fraction"]) == (whole, "")


@pytest.mark.parametrize(
    ("text", "whole", "fraction"),
    [("三点一四", 3, "14"), ("1.50", 1, "50"), (".5", 0, "5"), ("5.", 5, ""), ("1.23456万", 12345, "6")],
)
def test_digits_after_the_point_stay_text(text, whole, fraction):
    assert (read(text)["whole"], read(text)["fraction"]) == (whole, fraction)


@pytest.mark.parametrize(
    ("text", "whole"), [("一百二", 120), ("三万五", 35000), ("两千三", 2300), ("一亿二", 120_000_000)]
)
def test_understood_last_unit_is_marked(text, whole):
    assert (read(text)["whole"], read(text)["is_clipped"]) == (whole, True)


@pytest.mark.parametrize("text", ["-12", "−12", "负十二", "(12)", "－１２"])
def test_negatives_in_all_spellings(text):
    assert (read(text)["whole"], read(text)["is_negative"]) == (12, True)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("", "blank"),
        ("无", "placeholder"),
        ("1.23E+17", "scientific"),
        ("1e5", "scientific"),
        ("12345678901234567890", "too_large"),
        ("abc", "unreadable"),
        ("1,23", "unreadable"),
        ("1.234,56", "unreadable"),
        ("1.2.3", "unreadable"),
        ("12 34", "unreadable"),
        ("万", "unreadable"),
        ("3万5万", "unreadable"),
        ("十百千", "unreadable"),
        ("点五", "unreadable"),
        ("--5", "unreadable"),
    ],
)
def test_what_is_no_number_has_a_reason(text, problem):
    assert (read(text)["whole"], read(text)["problem"]) == (None, problem)


def test_rows_keep_their_order_among_kinds():
    found = numerals.read(pl.Series(["三", "4", None, "五", "x", "6"]))["whole"]
    assert found.to_list() == [3, 4, None, 5, None, 6]


@pytest.mark.parametrize(
    ("text", "digits"),
    [("十月三十一日", "10月31日"), ("廿五", "25"), ("二十", "20"), ("十六", "16"), ("二〇二三年", "2023年")],
)
def test_numerals_below_hundred_become_digits(text, digits):
    assert numerals.below_hundred(pl.Series([text])).item() == digits


def in_chinese(number):
    """An independent writer of numerals, digit by digit."""
    if number == 0:
        return "零"
    said, pending = "", False
    for place, unit in ((8, "亿"), (4, "万"), (0, "")):
        section = number // 10**place % 10**4
        if section == 0:
            pending = bool(said)
            continue
        for power, name in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
            digit = section // 10**power % 10
            if digit == 0:
                pending = bool(said)
                continue
            said += ("零" if pending else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        said += unit
    return said


@given(st.integers(0, 10**12 - 1))
def test_every_written_number_is_read_back(number):
    assert read(in_chinese(number))["whole"] == number or read(in_chinese(number))["is_clipped"]


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert numerals.read(pl.Series(texts, dtype=pl.String)).height == len(texts)
