"""The Chinese calendar (农历) of 1900 to 2100, turned into days of the Gregorian one.

The months follow from the new moons and the major solar terms at 120° east (before 1929 at Beijing's own meridian), by the rules
of GB/T 33661-2017; they were computed with the series of Meeus, *Astronomical Algorithms*, ch. 25 and 49. The month that began on
24 April 1906 stands as the calendar of its time had it, a few minutes from the computed midnight.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.text import numerals

FIRST_YEAR: Final = 1900
_FIRST_DAY: Final = date(1900, 1, 31)
# One number a year: the leap month times 2^13, and from the lowest bit on one bit a month, set where the month has 30 days.
_YEARS: Final = (
    "116d2 00752 00ea5 0b64a 0064b 00a9b 09556 0056a 00b59 05752 00752 0db25 00b25 00a4b 0b4ab 002ad 0056b 04b69 "
    "00da9 0fd92 00e92 00d25 0ba4d 00a56 002b6 095b5 006d4 00ea9 05e92 00e92 0cd26 0052b 00a57 0b2b6 00b5a 006d4 "
    "06ec9 00749 0f693 00a93 0052b 0ca5b 00aad 0056a 09b55 00ba4 00b49 05a93 00a95 0f52d 00536 00aad 0b5aa 005b2 "
    "00da5 07d4a 00d4a 10a95 00a97 00556 0cab5 00ad5 006d2 08ea5 00ea5 0064a 06c97 00a9b 0f55a 0056a 00b69 0b752 "
    "00b52 00b25 0964b 00a4b 114ab 002ad 0056d 0cb69 00da9 00d92 09d25 00d25 15a4d 00a56 002b6 0c5b5 006d5 00ea9 "
    "0be92 00e92 00d26 06a56 00a57 114d6 0035a 006d5 0b6c9 00749 00693 0952b 0052b 00a5b 0555a 0056a 0fb55 00ba4 "
    "00b49 0ba93 00a95 0052d 08aad 00ab5 135aa 005d2 00da5 0dd4a 00d4a 00c95 0952e 00556 00ab5 055b2 006d2 0cea5 "
    "00725 0064b 0ac97 00cab 0055a 06ad6 00b69 17752 00b52 00b25 0da4b 00a4b 004ab 0a55b 005ad 00b6a 05b52 00d92 "
    "0fd25 00d25 00a55 0b4ad 004b6 005b5 06daa 00ec9 11e92 00e92 00d26 0ca56 00a57 00556 086d5 00755 00749 06e93 "
    "00693 0f52b 0052b 00a5b 0b55a 0056a 00b65 0974a 00b4a 11a95 00a95 0052d 0caad 00ab5 005aa 08ba5 00da5 00d4a "
    "07c95 00c96 0f94e 00556 00ab5 0b5b2 006d2 00ea5 08e4a 0068b 10c97 004ab 0055b 0cad6 00b6a 00752 09725 00b45 "
    "00a8b 0549b 004ab"
)
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CYCLE: Final = [_STEMS[place % 10] + _BRANCHES[place % 12] for place in range(60)]
_NAMED: Final = rf"([{_STEMS}][{_BRANCHES}])年?"
_MARK: Final = "^(?:农历|農曆|阴历|陰曆|夏历|旧历|古历)[: ]?"
MARKS: Final = (
    rf"[农阴夏旧古]历|農曆|陰曆|初[一二三四五六七八九十1-9]|[廿卅]|[闰閏]|[正冬腊臘]月|[{_STEMS}][{_BRANCHES}]年"
)
_WRITTEN: Final = r"^([0-9]{4})[-/.年]?(?:[-/.年]([闰閏])?([0-9]{1,2})(?:[-/.月]大?小?([0-9]{1,2})?日?)?)?$"


@dataclass(frozen=True)
class Calendar:
    """By year (from 1900) and month in order, the leap month included: days from 1970-01-01 of its first day, and its length."""

    first: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    leap: npt.NDArray[np.int64]


@cache
def calendar() -> Calendar:
    """The table of months unfolded.

    >>> int(calendar().leap[2033 - FIRST_YEAR])
    11
    """
    codes = np.array([int(code, 16) for code in _YEARS.split()], np.int64)
    leap = codes >> 13
    months = 12 + (leap > 0)
    order = np.arange(13)
    length = np.where(order < months[:, None], 29 + ((codes[:, None] >> order) & 1), 0)
    began = np.cumsum(length.ravel()).reshape(length.shape) - length
    return Calendar(began + (_FIRST_DAY - date(1970, 1, 1)).days, length, leap)


def read(text: pl.Series) -> pl.DataFrame:
    """Columns `value` (Date) and `problem` of trimmed texts taken for dates of the Chinese calendar.

    Problems: `month_only`, `year_only`, `ambiguous` (a year named by its stem and branch alone returns every sixty years),
    `impossible` (no such leap month, no thirtieth day, or the year has another name), `implausible_year`, `unreadable`.

    >>> read(pl.Series(["农历二〇二三年八月初六", "2023年闰二月初一", "癸卯年八月十六"])).rows()
    [(datetime.date(2023, 9, 20), None), (datetime.date(2023, 3, 22), None), (None, 'ambiguous')]
    """
    bare = text.str.replace(_MARK, "")
    named = bare.str.extract(_NAMED, 1)
    digits = _in_digits(bare.str.replace(rf"\(?{_NAMED}\)?年?", "年"))
    groups = digits.str.extract_groups(_WRITTEN).struct.unnest()
    frame = groups.select(
        pl.col("1").cast(pl.Int64).alias("year"),
        pl.col("2").is_not_null().alias("is_leap"),
        pl.col("3").cast(pl.Int64).alias("month"),
        pl.col("4").cast(pl.Int64).alias("day"),
    ).with_columns(named.alias("named"))
    return _judged(frame.with_columns(_placed(frame)))


def _in_digits(text: pl.Series) -> pl.Series:
    """正月初一 as 1月1, 腊月廿三 as 12月23."""
    for old, new in (("正月", "一月"), ("冬月", "十一月"), ("[腊臘]月", "十二月"), ("元年", "一年"), ("月初", "月")):
        text = text.str.replace(old, new)
    return numerals.below_hundred(text).str.replace("[号日]$", "").str.replace("年年", "年", literal=True)


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns `first` (days from 1970-01-01), `length` and `leap` of the month, by clipped year and month."""
    table = calendar()
    last = len(table.leap) - 1
    year = frame["year"].fill_null(FIRST_YEAR).to_numpy() - FIRST_YEAR
    year = np.clip(year, 0, last)
    month = np.clip(frame["month"].fill_null(1).to_numpy(), 1, 12)
    leap = table.leap[year]
    is_later = (leap > 0) & ((month > leap) | ((month == leap) & frame["is_leap"].to_numpy()))
    order = month - 1 + is_later
    return pl.DataFrame({"first": table.first[year, order], "length": table.length[year, order], "leap": leap})


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    last = FIRST_YEAR + len(calendar().leap) - 1
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    name = ((year - 4) % 60).replace_strict(dict(enumerate(_CYCLE)), default=None, return_dtype=pl.String)
    is_wrong = (month < 1) | (month > 12) | (pl.col("is_leap") & (pl.col("leap") != month))
    problem = (
        pl.when(year.is_null() & pl.col("named").is_not_null())
        .then(pl.lit("ambiguous"))
        .when(year.is_null())
        .then(pl.lit("unreadable"))
        .when((year < FIRST_YEAR) | (year > last))
        .then(pl.lit("implausible_year"))
        .when(is_wrong | (pl.col("named") != name) | (day < 1) | (day > pl.col("length")))
        .then(pl.lit("impossible"))
        .when(month.is_null())
        .then(pl.lit("year_only"))
        .when(day.is_null())
        .then(pl.lit("month_only"))
    )
    found = (pl.col("first") + day - 1).cast(pl.Int32).cast(pl.Date)
    return frame.with_columns(problem.alias("problem")).select(
        pl.when(pl.col("problem").is_null()).then(found).alias("value"), "problem"
    )
