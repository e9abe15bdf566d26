"""Ranges of dates: 2019年5月14日至2019年5月30日, 2019.5.14-5.30, 2021年1月至3月, 2021年, 2020-01-01起."""

from typing import Final

import polars as pl

from casebook.measure import calendar, dateparts, datewords, daycheck
from casebook.text import width

# The first pattern that fits cuts the text; a hyphen cuts only where it cannot belong to a date.
_CUTS: Final = (
    r"^(.*?) ?起?(?:至|到|~|～|——|--) ?(.+)$",
    r"^(.*[年月日/.][^-—–]*?) ?[-—–] ?(.+)$",
    r"^([0-9]{4}|[0-9]{6}|[0-9]{8})[-—–]([0-9]{4}|[0-9]{6}|[0-9]{8})$",
    r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}) ?[-—–] ?([0-9]{4}-.*)$",
    r"^(.*[0-9]) +[-—–] +(.+)$",
    r"^([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}) +([0-9]{4}[-/.].+)$",
    r"^(.*[0-9年月日]) ?(?:起|以后|开始|以来)()$",
)
_SIDES: Final = "^([^至到~～—]*)(.*)$"
_OPEN: Final = "长期"


def clean(series: pl.Series) -> pl.DataFrame:
    """Columns `value` and `until` (Date, both ends included), `problem`, `repair`, `open_ended` (no last day).

    A lone day, month or year spans itself. `reversed`: the end lies before the start, and neither is handed out.

    >>> clean(pl.Series(["2019年5月14日至30日", "2021年1月至3月"])).select("value", "until").rows()
    [(datetime.date(2019, 5, 14), datetime.date(2019, 5, 30)), (datetime.date(2021, 1, 1), datetime.date(2021, 3, 31))]
    """
    text = width.trim(series)
    plain = datewords.plain(datewords.without_weekdays(text)).str.replace(r"^[自从由]", "").str.replace("止$", "")
    is_word = plain.str.contains(daycheck.OPEN_WORDS)
    ends = _cut(plain.set(is_word, None))
    first, last = dateparts.read(ends["first"]), dateparts.read(_completed(ends))
    nothing = width.problem_of_trimmed(text)
    start = daycheck.judged(_from(first), ends["first"], nothing, is_month=False)
    stop = daycheck.judged(_until(last), ends["last"], nothing, is_month=False)
    frame = pl.DataFrame(
        {
            "value": start["value"],
            "until": stop["value"],
            "open_ended": stop["open_ended"],
            "problem": start["problem"].fill_null(stop["problem"]),
            "full_width": width.is_widened(series),
            "chinese_numerals": text.str.contains("[〇零○一二三四五六七八九十廿]"),
        }
    )
    return _finish(_told_by_weekdays(frame, text))


def _told_by_weekdays(frame: pl.DataFrame, text: pl.Series) -> pl.DataFrame:
    """Ranges an end of which falls on another day of the week than the one written beside it are the problem `weekday`."""
    sides = text.str.extract_groups(_SIDES).struct.unnest()
    for day, side in zip((frame["value"], frame["until"]), sides, strict=True):
        is_other = (day.dt.weekday() != datewords.weekday(side)) & frame["problem"].is_null()
        frame = frame.with_columns(frame["problem"].set(is_other.fill_null(value=False), "weekday"))
    return frame


def _finish(frame: pl.DataFrame) -> pl.DataFrame:
    """Neither end is handed out unless both are good and in order."""
    is_reversed = pl.col("problem").is_null() & (pl.col("until") < pl.col("value"))
    repair = width.repair_codes({"full_width": frame["full_width"], "chinese_numerals": frame["chinese_numerals"]})
    frame = frame.with_columns(
        pl.when(is_reversed).then(pl.lit("reversed")).otherwise("problem").alias("problem"), repair.alias("repair")
    )
    is_good = pl.col("problem").is_null()
    return frame.select(
        pl.when(is_good).then("value").alias("value"),
        "problem",
        pl.when(is_good).then("repair").alias("repair"),
        (pl.col("open_ended") & is_good).alias("open_ended"),
        pl.when(is_good).then("until").alias("until"),
    )


def _cut(plain: pl.Series) -> pl.DataFrame:
    """Columns `first` and `last` (text); a text that no pattern cuts is both, a start without end is open."""
    first = last = pl.Series([None] * len(plain), dtype=pl.String)
    for pattern in _CUTS:
        groups = plain.set(first.is_not_null(), None).str.extract_groups(pattern).struct.unnest()
        first, last = first.fill_null(groups["1"]), last.fill_null(groups["2"])
    return pl.DataFrame(
        {"first": first.fill_null(plain).str.strip_chars(" "), "last": last.fill_null(plain).str.strip_chars(" ")}
    ).with_columns(pl.col("last").replace({"": _OPEN, "今": _OPEN}))


def _completed(ends: pl.DataFrame) -> pl.Series:
    """The second end with the year, or year and month, that it leaves to the first (5月30日, 30日, 3月, 5.30)."""
    left = dateparts.read(ends["first"])
    year = left["year"].cast(pl.String)
    month = left["month"].cast(pl.String)
    last = ends["last"]
    has_day = left["day"].is_not_null()
    monthly = last.str.extract_groups(r"^([0-9]{1,2})[月/.-]([0-9]{1,2})日?$").struct.unnest()
    lone = last.str.extract(r"^([0-9]{1,2})[月日]?$", 1)
    is_month = last.str.contains("月$") | (~has_day & ~last.str.contains("日$"))
    by_month = year + "-" + lone
    by_day = year + "-" + month + "-" + lone
    whole = year + "-" + monthly["1"] + "-" + monthly["2"]
    return whole.fill_null(by_month.zip_with(is_month.fill_null(value=True), by_day)).fill_null(last)


def _from(read: pl.DataFrame) -> pl.DataFrame:
    """The first day of a year or month written without one."""
    return read.with_columns(
        pl.when(pl.col("year").is_not_null()).then(pl.col("month").fill_null(1)).alias("month"),
        pl.when(pl.col("year").is_not_null()).then(pl.col("day").fill_null(1)).alias("day"),
    )


def _until(read: pl.DataFrame) -> pl.DataFrame:
    """The last day of a year or month written without one."""
    month = pl.col("month").fill_null(12)
    return read.with_columns(pl.when(pl.col("year").is_not_null()).then(month).alias("month")).with_columns(
        pl.when(pl.col("year").is_not_null())
        .then(pl.col("day").fill_null(calendar.month_length(pl.col("year"), pl.col("month"))))
        .alias("day")
    )
