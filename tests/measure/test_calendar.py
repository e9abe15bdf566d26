from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import ParameterError
from casebook.measure import calendar

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_month_index_of_polars_and_narwhals_agree():
    frame = pl.DataFrame({"day": [date(2025, 3, 15), None]})
    native = frame.select(calendar.month_index(pl.col("day")))["day"]
    portable = nw.from_native(frame).select(calendar.month_index(nw.col("day")))["day"].to_list()
    assert native.to_list() == portable == [24302, None]
    assert native.dtype == pl.Int32


@given(DAYS)
def test_month_begins_and_ends_around_its_days(day):
    month = calendar.month_of(day)
    assert calendar.month_start(month) <= day <= calendar.month_end(month)
    assert calendar.month_of(calendar.month_end(month) + timedelta(days=1)) == month + 1


@given(DAYS)
def test_day_numbers_follow_the_calendar(day):
    parts = [pl.lit(value, pl.Int32) for value in (day.year, day.month, day.day)]
    assert pl.select(calendar.day_number(*parts)).item() == (day - date(1970, 1, 1)).days


@given(st.integers(1900 * 12, 2200 * 12))
def test_expressions_and_scalars_agree_on_months(month):
    found = pl.select(start=calendar.start_of(pl.lit(month)), end=calendar.end_of(pl.lit(month))).row(0)
    assert found == (calendar.month_start(month), calendar.month_end(month))


@given(DAYS, st.integers(-600, 600))
def test_expressions_and_scalars_agree_on_later_months(day, months):
    assert pl.select(calendar.months_later(pl.lit(day), months)).item() == calendar.add_months(day, months)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 3, 1), date(2022, 2, 28), 13),
        (date(2008, 3, 1), date(2022, 3, 1), 14),
        (date(2008, 2, 29), date(2022, 2, 28), 13),
        (date(2008, 2, 29), date(2022, 3, 1), 14),
        (date(1949, 12, 31), date(1950, 1, 1), 0),
    ],
)
def test_age_is_whole_years(born, on, years):
    frame = pl.DataFrame({"born": [born], "on": [on]})
    portable = nw.from_native(frame).select(age=calendar.age(nw.col("born"), nw.col("on")))
    assert calendar.age_on(born, on) == years
    assert frame.select(age=calendar.age(pl.col("born"), pl.col("on"))).item() == years
    assert portable["age"].to_list() == [years]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_later_months_are_clamped(day, months, later):
    assert calendar.add_months(day, months) == later


def test_later_years_are_clamped():
    assert calendar.add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("end", "months", "day", "due"),
    [
        (date(2021, 3, 31), 1, 15, date(2021, 4, 15)),
        (date(2021, 12, 31), 1, 15, date(2022, 1, 15)),
        (date(2021, 1, 31), 1, 31, date(2021, 2, 28)),
    ],
)
def test_tax_falls_due_in_a_later_month(end, months, day, due):
    assert calendar.due_date(end, months, day) == due


def test_impossible_due_day_is_refused():
    with pytest.raises(ParameterError, match="between 1 and 31"):
        calendar.due_date(date(2021, 3, 31), 1, 32)


@pytest.mark.parametrize(
    ("due", "paid", "days"),
    [
        (date(2022, 1, 15), date(2022, 1, 16), 1),
        (date(2022, 1, 15), date(2022, 1, 15), 0),
        (date(2022, 1, 15), date(2022, 1, 1), 0),
    ],
)
def test_surcharge_runs_from_the_day_after(due, paid, days):
    assert calendar.days_late(due, paid) == days


def test_months_of_a_period_include_both_ends():
    assert [calendar.month_text(month) for month in calendar.month_range(date(2024, 12, 5), date(2025, 1, 31))] == [
        "2024-12",
        "2025-01",
    ]


def test_open_end_has_no_next_day():
    assert calendar.next_day(calendar.OPEN_END) == calendar.OPEN_END
