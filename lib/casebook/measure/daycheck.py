"""Whether a year, month and day make a date, an open end, or a stand-in for none."""

from typing import Final

import polars as pl

from casebook.measure import calendar, dateparts, lunar

PLAUSIBLE_YEARS: Final = (1800, 2100)
_OPEN_YEAR: Final = 9999
_OPEN_DAYS: Final = ((2099, 12, 31), (2999, 12, 31))
OPEN_WORDS: Final = r"^(?:长期|永久|永续|终身|至今|不限|无限期|无固定期限|无固定期)(?:有效|不变|使用)?$"
_LAST_SERIAL: Final = (PLAUSIBLE_YEARS[1] - 1970 + 1) * 365
_SERIAL: Final = r"^[0-9]{5}(?:\.[0-9]+)?$"
_TWO_DIGITS: Final = r"^[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?$"
_YEAR_LAST: Final = r"^[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4}$"
_NO_YEAR: Final = r"^[0-9]{1,2}月[0-9]{1,2}日?$"
_TWO_DATES: Final = r"[0-9日月年].*[至到~～].*[0-9]|[0-9]{4}.*[^0-9].*[0-9]{4}"


def judged(read: pl.DataFrame, plain: pl.Series, nothing: pl.Series, *, is_month: bool) -> pl.DataFrame:
    """The frame of `dateparts.read` with `value` (Date), `problem` and `open_ended`; a month's value is its first day.

    `nothing` holds the problem of cells that say nothing (`blank`, `placeholder`).
    """
    frame = read.with_columns(plain.alias("plain"), nothing.alias("nothing")).with_columns(
        _is_open().fill_null(value=False).alias("open_ended"),
        _is_stand_in().fill_null(value=False).alias("is_stand_in"),
    )
    day = pl.lit(1, pl.Int32) if is_month else pl.col("day")
    frame = frame.with_columns(_problem(is_month=is_month).alias("problem"))
    number = calendar.day_number(pl.col("year"), pl.col("month"), day)
    return frame.with_columns(
        pl.when(pl.col("problem").is_not_null())
        .then(None)
        .when("open_ended")
        .then(pl.lit(calendar.OPEN_END))
        .otherwise(number.cast(pl.Int32).cast(pl.Date))
        .alias("value"),
        pl.col("open_ended") & pl.col("problem").is_null(),
    )


def _is_open() -> pl.Expr:
    """Words for no end, any day of 9999, and the two last days that systems write for it; other far years are slips (3023)."""
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    last = [(year == one) & (month == two) & (day == three) for one, two, three in _OPEN_DAYS]
    return pl.any_horizontal(pl.col("plain").str.contains(OPEN_WORDS), year == _OPEN_YEAR, *last)


def _is_stand_in() -> pl.Expr:
    """The first days of the calendars of common programs, written where a date was missing."""
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day").fill_null(1)
    is_first_of_1900 = (year == 1900) & (month <= 1) & (day <= 1)
    is_last_of_1899 = (year == 1899) & (month == 12) & (day >= 30)
    is_first_of_1753 = (year == 1753) & (month == 1) & (day == 1)
    return is_first_of_1900 | is_last_of_1899 | is_first_of_1753 | (year <= 1) | pl.col("plain").str.contains("^0+$")


def _problem(*, is_month: bool) -> pl.Expr:
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    first, last = PLAUSIBLE_YEARS
    has_no_such_day = (day < 1) | (day > calendar.month_length(year, month))
    return (
        pl.when(pl.col("nothing").is_not_null())
        .then("nothing")
        .when("open_ended")
        .then(None)
        .when("is_stand_in")
        .then(pl.lit("placeholder"))
        .when(year.is_null())
        .then(_shape())
        .when(month.is_null())
        .then(pl.lit("year_only"))
        .when((month < 1) | (month > 12) | has_no_such_day)
        .then(pl.lit("impossible"))
        .when((year < first) | (year > last))
        .then(pl.lit("implausible_year"))
        .when(day.is_null() & pl.lit(not is_month))
        .then(pl.lit("month_only"))
    )


def _shape() -> pl.Expr:
    """What a text without year, month and day looks like instead."""
    plain = pl.col("plain")
    return (
        pl.when(plain.str.contains(_SERIAL))
        .then(pl.lit("excel_serial"))
        .when(plain.str.contains(_TWO_DIGITS))
        .then(pl.lit("two_digit_year"))
        .when(plain.str.contains(f"{_YEAR_LAST}|{dateparts.MIXED}|^[0-9]{{6}}$"))
        .then(pl.lit("ambiguous"))
        .when(plain.str.contains(_NO_YEAR))
        .then(pl.lit("no_year"))
        .when(plain.str.contains(lunar.MARKS))
        .then(pl.lit("lunar"))
        .when(plain.str.contains(_TWO_DATES))
        .then(pl.lit("range"))
        .otherwise(pl.lit("unreadable"))
    )


def from_serial(plain: pl.Series, epoch: int) -> pl.Series:
    """The day of a five-digit Excel serial counted from 1900 or 1904; a fraction is the time of day; else null.

    Excel's 1900 calendar holds a 29 February 1900 that never was, so its serials run from 1899-12-30.

    >>> from_serial(pl.Series(["44197", "44197.5", "2021"]), 1900).to_list()
    [datetime.date(2021, 1, 1), datetime.date(2021, 1, 1), None]
    """
    days_before_1970 = {1900: 25_569, 1904: 24_107}[epoch]
    number = plain.str.extract(r"^([0-9]{5})(?:\.[0-9]+)?$", 1).cast(pl.Int32)
    days = number - days_before_1970
    return days.set(days >= _LAST_SERIAL, None).cast(pl.Date)
