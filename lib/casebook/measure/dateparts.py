"""Year, month and day as written in a text, before anybody asks whether such a day exists."""

from typing import Final

import polars as pl

_TIME: Final = (
    r" ?T?(?:上午|下午)?([0-9]{1,2}[:时](?:[0-9]{1,2}(?:[:分](?:[0-9]{1,2}(?:\.[0-9]+)?秒?)?)?)?)"
    r"(?: ?[AaPp][Mm])?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_WRITTEN: Final = r"([0-9]{4}) ?[-/.年—–、,_\\] ?([0-9]{1,2})(?: ?[-/.月—–、,_\\] ?([0-9]{1,2}) ?日?| ?月)?"
_RUN_ON: Final = r"([0-9]{4})([0-9]{2})([0-9]{2})?([0-9]{6})?"
_PATTERN: Final = rf"^(?:{_WRITTEN}|{_RUN_ON})(?:{_TIME}|\.0+)?$"


def read(text: pl.Series) -> pl.DataFrame:
    """Columns `year`, `month`, `day` (Int32, null where not written) and `has_time` (a time other than midnight).

    >>> read(pl.Series(["2018年7月31日", "202011", "2020-03-16 08:30:00", "?"])).rows()
    [(2018, 7, 31, False), (2020, 11, None, False), (2020, 3, 16, True), (None, None, None, False)]
    """
    groups = text.str.extract_groups(_PATTERN).struct.unnest()
    number = pl.Int32
    frame = groups.select(
        pl.coalesce("1", "4").cast(number).alias("year"),
        pl.coalesce("2", "5").cast(number).alias("month"),
        pl.coalesce("3", "6").cast(number).alias("day"),
        pl.coalesce("7", "8").str.contains("[1-9]").fill_null(value=False).alias("has_time"),
    )
    if not frame["year"].has_nulls():
        return frame
    year_only = text.str.extract(r"^([12][0-9]{3}) ?年?(?:度)?$", 1).cast(number)
    return frame.with_columns(pl.col("year").fill_null(year_only))


def read_minguo(text: pl.Series) -> pl.DataFrame:
    """As `read`, for dates counted in years of the Republic (112/08/16, 112.5.3, 1120816).

    >>> read_minguo(pl.Series(["112/08/16", "1120816", "99年1月"])).select("year", "month", "day").rows()
    [(2023, 8, 16), (2023, 8, 16), (2010, 1, None)]
    """
    groups = text.str.extract_groups(r"^([0-9]{1,3})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?$").struct.unnest()
    run_on = text.str.extract_groups(r"^([0-9]{3})([0-9]{2})([0-9]{2})$").struct.unnest()
    common = read(text)
    columns = {}
    for name, part in (("1", "year"), ("2", "month"), ("3", "day")):
        own = groups[name].fill_null(run_on[name]).cast(pl.Int32)
        columns[part] = own + 1911 if part == "year" else own
    is_own = columns["year"].is_not_null()
    return common.with_columns(
        [pl.when(is_own).then(pl.lit(own)).otherwise(part).alias(part) for part, own in columns.items()]
    )
