from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.measure import dates, lunar

KNOWN = """1900-01-31 1901-02-19 1910-02-10 1911-01-30 1912-02-18 1924-02-05 1930-01-30 1937-02-11 1945-02-13 1949-01-29
1950-02-17 1953-02-14 1958-02-18 1960-01-28 1964-02-13 1966-01-21 1970-02-06 1976-01-31 1978-02-07 1980-02-16 1984-02-02 1985-02-20
1988-02-17 1990-01-27 1995-01-31 1997-02-07 1999-02-16 2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29
2007-02-18 2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16
2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03
2033-01-31 2050-01-23 2100-02-09"""
LEAP_MONTHS = {
    1900: 8, 1903: 5, 1922: 5, 1938: 7, 1949: 7, 1952: 5, 1957: 8, 1963: 4, 1968: 7, 1976: 8, 1982: 4, 1984: 10, 1987: 6, 1990: 5, 1993: 3,
    1995: 8, 1998: 5, 2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11,
}  # fmt: skip


def read(text):
    return lunar.read(pl.Series([text])).row(0)


@pytest.mark.parametrize("day", KNOWN.split())
def test_new_year_falls_on_its_known_day(day):
    assert read(f"{day[:4]}年正月初一") == (date.fromisoformat(day), None)


@pytest.mark.parametrize(("year", "month"), LEAP_MONTHS.items())
def test_leap_months_are_where_they_are_known_to_be(year, month):
    leap = [number for number in range(1, 13) if read(f"{year}年闰{number}月1日")[1] is None]
    assert leap == [month]


@pytest.mark.parametrize("year", [1999, 2000, 2003, 2022, 2024, 2026])
def test_common_years_have_no_leap_month(year):
    assert {read(f"{year}年闰{number}月1日")[1] for number in range(1, 13)} == {"impossible"}


def test_months_follow_each_other_without_gap():
    table = lunar.calendar()
    used = table.length > 0
    first, length = table.first[used], table.length[used]
    assert (first[1:] == first[:-1] + length[:-1]).all()
    assert set(length.tolist()) == {29, 30}


def test_months_begin_with_the_moon():
    """A mean lunation is 29.530589 days; the true one strays from the mean by 14 hours at most, the day's begin by another day."""
    table = lunar.calendar()
    first = table.first[table.length > 0]
    mean = first[0] + 29.530588861 * pl.int_range(len(first), eager=True).to_numpy()
    assert abs(first - mean).max() < 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2021年腊月三十", "impossible"),
        ("2023年闰三月初一", "impossible"),
        ("2023甲辰年正月初一", "impossible"),
        ("2023年十三月初一", "impossible"),
        ("癸卯年八月十六", "ambiguous"),
        ("2023年八月", "month_only"),
        ("2023年", "year_only"),
        ("1899年正月初一", "implausible_year"),
        ("2101年正月初一", "implausible_year"),
        ("八月十六", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_what_is_no_day_has_a_reason(text, problem):
    assert read(text) == (None, problem)


def test_null_is_unreadable():
    assert lunar.read(pl.Series([None], dtype=pl.String)).row(0) == (None, "unreadable")


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 29))
def test_every_month_has_29_days_and_the_next_day_follows(year, month, day):
    found = lunar.read(pl.Series([f"{year}-{month}-{day}", f"{year}-{month}-{day - 1 or 1}"]))["value"]
    assert found[0] - found[1] == timedelta(days=0 if day == 1 else 1)


def test_the_calendar_is_used_only_when_asked():
    text = pl.Series(["农历二〇二三年八月初六"])
    assert dates.clean(text).row(0)[:2] == (None, "lunar")
    assert dates.clean(text, "lunar")["value"].item() == date(2023, 9, 20)
