"""Year, month and day as written in a text, before anybody asks whether such a day exists."""

from typing import Final

import polars as pl

from casebook.measure import calendar

# Hours, minutes and seconds that exist; 24:00 ends the day.
_CLOCK: Final = (
    r"(?:24[:时](?:00?(?:[:分](?:00?秒?)?)?)?|(?:[01]?[0-9]|2[0-3])[:时]"
    r"(?:[0-5]?[0-9](?:[:分](?:(?:[0-5]?[0-9]|60)(?:\.[0-9]+)?秒?)?)?)?)"
)
_ZONE: Final = r"(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_TIME: Final = rf" ?T?(?:上午|下午)?({_CLOCK})(?: ?[AaPp][Mm])?{_ZONE}?"
_WRITTEN: Final = r"([0-9]{4}) ?[-/.年—–、,_\\] ?([0-9]{1,2})(?: ?[-/.月—–、,_\\] ?([0-9]{1,2}) ?日?| ?月)?"
_RUN_ON: Final = r"([0-9]{4})([0-9]{2})([0-9]{2})?((?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]|240000)?"
_PATTERN: Final = rf"^(?:{_WRITTEN}|{_RUN_ON})(?:{_TIME}|\.0+)?$"
_COMMON_MONTH: Final = "^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])$"
_SIGNS: Final = (r"[-—–]", "/", r"\.", "、", ",", "_", r"\\", "年")
_OTHER: Final = r"[-/.—–、,_\\]"
# 2023.5-6, 2023年5、6: a day, or two months? One sign between year and month, another behind the month, and no 月 or 日.
MIXED: Final = (
    r"^[0-9]{4} ?(?:"
    + "|".join(rf"{sign} ?[0-9]{{1,2}} ?[{_OTHER}--{sign}]" for sign in _SIGNS)
    + r") ?(?:0?[1-9]|1[0-2])(?:[^0-9日]|$)"
)
_ZONED: Final = r"[T ]([0-9]{1,2}):([0-9]{2})[0-9:.]*(?:Z|([+-])([0-9]{2}):?([0-9]{2}))$"
_OPEN_YEAR: Final = 9999
_DAY: Final = 24 * 60
_CHINA: Final = 8 * 60  # minutes ahead of UTC


def read(text: pl.Series) -> pl.DataFrame:
    """Columns `year`, `month`, `day` (Int32, null where not written), `has_time` (a time other than midnight) and `is_zoned`.

    A time of another zone is told as the day it was in China (UTC+8), with `is_zoned`. What may be a day or two months (2023.5-6)
    is not read.

    >>> read(pl.Series(["2018年7月31日", "202011", "2020-03-16 08:30:00", "?"])).drop("is_zoned").rows()
    [(2018, 7, 31, False), (2020, 11, None, False), (2020, 3, 16, True), (None, None, None, False)]
    >>> read(pl.Series(["2023-05-06T16:00:00Z"])).row(0)
    (2023, 5, 7, True, True)
    """
    groups = text.str.extract_groups(_PATTERN).struct.unnest()
    number = pl.Int32
    frame = groups.select(
        pl.coalesce("1", "4").cast(number).alias("year"),
        pl.coalesce("2", "5").cast(number).alias("month"),
        pl.coalesce("3", "6").cast(number).alias("day"),
        pl.coalesce("7", "8").str.contains("[1-9]").fill_null(value=False).alias("has_time"),
    )
    is_mixed = text.str.contains(MIXED).fill_null(value=False)
    if is_mixed.any():
        frame = frame.with_columns(pl.when(~is_mixed).then(pl.col("year", "month", "day")))
    frame = _in_china(frame, text)
    if not frame["year"].has_nulls():
        return frame
    year_only = text.str.extract(r"^([12][0-9]{3}) ?年?(?:度)?$", 1).cast(number)
    return frame.with_columns(pl.col("year").fill_null(year_only))


def _in_china(frame: pl.DataFrame, text: pl.Series) -> pl.DataFrame:
    """The frame with `is_zoned`, and the days moved where it was another day in China at that moment."""
    frame = frame.with_columns(is_zoned=pl.lit(value=False))
    at = (text.str.contains(_ZONED) & _is_a_day(frame)).fill_null(value=False).arg_true()
    if at.is_empty():
        return frame
    parts = text.gather(at).str.extract_groups(_ZONED).struct.unnest()
    number = [parts[name].cast(pl.Int64).fill_null(0) for name in ("1", "2", "4", "5")]
    offset = (number[2] * 60 + number[3]) * pl.Series([1]).zip_with(parts["3"].eq_missing("+"), pl.Series([-1]))
    shift = (number[0] * 60 + number[1] - offset + _CHINA) // _DAY
    days = frame[at].select(calendar.day_number(pl.col("year"), pl.col("month"), pl.col("day"))).to_series() + shift
    moved = days.cast(pl.Int32).cast(pl.Date)
    return frame.with_columns(
        frame["year"].scatter(at, moved.dt.year()),
        frame["month"].scatter(at, moved.dt.month().cast(pl.Int32)),
        frame["day"].scatter(at, moved.dt.day().cast(pl.Int32)),
        frame["is_zoned"].scatter(at, offset != _CHINA),
    )


def _is_a_day(frame: pl.DataFrame) -> pl.Series:
    """Whether year, month and day are written and exist, and are no open end."""
    length = calendar.month_length(pl.col("year"), pl.col("month"))
    exists = (
        (pl.col("year") < _OPEN_YEAR)
        & pl.col("month").is_between(1, 12)
        & (pl.col("day") >= 1)
        & (pl.col("day") <= length)
    )
    return frame.select(exists).to_series()


def read_minguo(text: pl.Series) -> pl.DataFrame:
    """As `read`, for dates counted in years of the Republic (112/08/16, 112.5.3, 1120816, 990506).

    Six digits that are as well a year and month of the common era (201105) are not read.

    >>> read_minguo(pl.Series(["112/08/16", "1120816", "99年1月"])).select("year", "month", "day").rows()
    [(2023, 8, 16), (2023, 8, 16), (2010, 1, None)]
    """
    groups = text.str.extract_groups(r"^([0-9]{1,3})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?$").struct.unnest()
    run_on = text.str.extract_groups(r"^([0-9]{2,3})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$").struct.unnest()
    is_either = run_on["1"].is_not_null() & text.str.contains(_COMMON_MONTH)
    run_on = run_on.with_columns(pl.when(~is_either.fill_null(value=False)).then(pl.all()))
    common = read(text.set(is_either.fill_null(value=False), None))
    columns = {}
    for name, part in (("1", "year"), ("2", "month"), ("3", "day")):
        own = groups[name].fill_null(run_on[name]).cast(pl.Int32)
        columns[part] = own + 1911 if part == "year" else own
    is_own = columns["year"].is_not_null()
    return common.with_columns(
        [pl.when(is_own).then(pl.lit(own)).otherwise(part).alias(part) for part, own in columns.items()]
    )
