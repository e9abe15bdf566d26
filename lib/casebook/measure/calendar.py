"""Days, months and years: month indices, ends of months, whole years of age, due dates.

A month is one integer, `year * 12 + month - 1`, so that the next month is `+ 1` and a span is a difference. The functions on
expressions take Polars or narwhals alike; the scalar ones carry `_scalar` or take `datetime.date`.
Source: 民法典 art. 200-204 (terms), art. 1259; 周岁 is completed on the day after the birthday in criminal law
(法释〔2006〕1号 art. 2) and on the birthday itself in civil and administrative practice, which is the rule here.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import TypeVar

import narwhals as nw
import polars as pl

from casebook.errors import ParameterError

ExprT = TypeVar("ExprT", pl.Expr, nw.Expr)

OPEN_END = date(9999, 12, 31)


def month_index(day: ExprT) -> ExprT:
    """The month of a date expression as `year * 12 + month - 1`; null stays null.

    >>> from datetime import date
    >>> pl.select(month_index(pl.lit(date(2025, 3, 15)))).item()
    24302
    """
    return day.dt.year() * 12 + day.dt.month() - 1


def month_of(day: date) -> int:
    """The month index of one date.

    >>> month_of(date(2025, 3, 15))
    24302
    """
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """A month index as people write it.

    >>> month_text(24302)
    '2025-03'
    """
    return f"{month // 12:04}-{month % 12 + 1:02}"


def month_start(month: int) -> date:
    """The first day of a month.

    >>> month_start(24302)
    datetime.date(2025, 3, 1)
    """
    return date(month // 12, month % 12 + 1, 1)


def month_end(month: int) -> date:
    """The last day of a month.

    >>> month_end(24301)
    datetime.date(2025, 2, 28)
    """
    year, number = month // 12, month % 12 + 1
    return date(year, number, monthrange(year, number)[1])


def day_number(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Days from 1970-01-01 by the Gregorian rule, in integers; the caller answers for a possible date.

    >>> pl.select(day_number(pl.lit(2000), pl.lit(3), pl.lit(1)).cast(pl.Int32).cast(pl.Date)).item()
    datetime.date(2000, 3, 1)
    """
    shifted = year - (month <= 2).cast(pl.Int32)
    era_day = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + era_day - 719468


def month_length(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """Days in a month: 28 to 31.

    >>> pl.select(month_length(pl.lit(1900), pl.lit(2))).item()
    28
    """
    is_leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    usual = 30 + (month + month // 8) % 2
    return pl.when(month == 2).then(28 + is_leap.cast(pl.Int32)).otherwise(usual.cast(pl.Int32))


def start_of(month: pl.Expr) -> pl.Expr:
    """The first day of a month-index expression, as a Date.

    >>> pl.select(start_of(pl.lit(24302))).item()
    datetime.date(2025, 3, 1)
    """
    month = month.cast(pl.Int32)
    return day_number(month // 12, month % 12 + 1, pl.lit(1)).cast(pl.Int32).cast(pl.Date)


def end_of(month: pl.Expr) -> pl.Expr:
    """The last day of a month-index expression, as a Date.

    >>> pl.select(end_of(pl.lit(24301))).item()
    datetime.date(2025, 2, 28)
    """
    following = month.cast(pl.Int32) + 1
    return (day_number(following // 12, following % 12 + 1, pl.lit(1)) - 1).cast(pl.Int32).cast(pl.Date)


def age(born: ExprT, on: ExprT) -> ExprT:
    """Whole years of age (周岁) on a date; a child of 29 February has its birthday on 1 March of common years.

    >>> born, on = pl.lit(date(2008, 2, 29)), pl.lit(date(2022, 2, 28))
    >>> pl.select(age(born, on)).item()
    13
    """
    years = on.dt.year() - born.dt.year()
    month_on, month_born = on.dt.month(), born.dt.month()
    is_before = (month_on < month_born) | ((month_on == month_born) & (on.dt.day() < born.dt.day()))
    return years - is_before.cast(nw.Int32 if isinstance(is_before, nw.Expr) else pl.Int32)


def age_on(born: date, on: date) -> int:
    """Whole years of age of one person on a date.

    >>> age_on(date(2008, 2, 29), date(2024, 2, 29))
    16
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it is shorter.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    month = month_of(day) + months
    return month_end(month).replace(day=min(day.day, month_end(month).day))


def add_years(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th in common years.

    >>> add_years(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return add_months(day, 12 * years)


def months_later(day: pl.Expr, months: pl.Expr | int) -> pl.Expr:
    """`add_months` of an expression.

    >>> pl.select(months_later(pl.lit(date(2024, 1, 31)), 1)).item()
    datetime.date(2024, 2, 29)
    """
    month = month_index(day) + months
    year, number = month // 12, month % 12 + 1
    clamped = pl.min_horizontal(day.dt.day().cast(pl.Int32), month_length(year, number))
    return day_number(year, number, clamped).cast(pl.Int32).cast(pl.Date)


def days_between(earlier: date, later: date) -> int:
    """Days from one date to the other; the first day does not count (民法典 art. 201).

    >>> days_between(date(2022, 1, 15), date(2023, 1, 15))
    365
    """
    return (later - earlier).days


def due_date(period_end: date, months_after: int, day: int) -> date:
    """The day of the month on which a period's tax falls due, clamped to that month's end.

    Source: 税收征收管理法 art. 31; the day itself is set by the province.

    >>> due_date(date(2021, 3, 31), 1, 15)
    datetime.date(2021, 4, 15)
    """
    if not 1 <= day <= 31:
        raise ParameterError(f"A due day must lie between 1 and 31; {day} was given: correct the parameter.")
    end = month_end(month_of(period_end) + months_after)
    return end.replace(day=min(day, end.day))


def days_late(due: date, paid_or_as_of: date) -> int:
    """Days for which a surcharge runs: from the day after the due date to the day of payment, never negative.

    Source: 税收征收管理法 art. 32.

    >>> days_late(date(2022, 1, 15), date(2023, 1, 15))
    365
    """
    return max(days_between(due, paid_or_as_of), 0)


def month_range(first: date, last: date) -> range:
    """The month indices from one date's month to the other's, both included.

    >>> list(month_range(date(2024, 12, 5), date(2025, 1, 31)))
    [24299, 24300]
    """
    return range(month_of(first), month_of(last) + 1)


def next_day(day: date) -> date:
    """The day after; the open end has none and stays.

    >>> next_day(date(2024, 2, 28))
    datetime.date(2024, 2, 29)
    """
    return day if day == OPEN_END else day + timedelta(days=1)
