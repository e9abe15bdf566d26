"""Kind `date`: the many ways a day, a month or a range is written.

2014-12-04, 2014/12/4, 2014.12.4, 2018年7月31日, 20200316, 二〇二三年八月十六日, with or without a time; 202011, 2021.3 and 2020年11月
are months and stay months: as a day they are the problem `month_only`. Excel serials, years of the Republic without 民国 and the
Chinese calendar are read only when asked; nothing is guessed where day and month, or the century, may be either.
Open ends (长期, 永久, days of 9999, 2999-12-31, 2099-12-31) become 9999-12-31 with `open_ended`; 1900-1-1 and its like are placeholders.
Source: GB/T 7408.1-2023 (ISO 8601); GB/T 15835-2011 (Chinese numerals in dates); GB/T 33661-2017 (农历).
"""

from typing import Final

import polars as pl

from casebook.errors import ParameterError
from casebook.measure import calendar, dateparts, datewords, daycheck, lunar, spans
from casebook.text import distinct, width

FORMS: Final = ("day", "month", "range", "serial", "roc", "lunar")
_EPOCHS: Final = (1900, 1904)
_COMMON: Final = r"^(?:[12][0-9]{3}[-/.年]|[12][0-9]{7}$)"


def clean(series: pl.Series, form: str = "day", epoch: int = 1900, *, serials: bool = False) -> pl.DataFrame:
    """Columns `value` (Date), `problem`, `repair`, `open_ended` (Bool); with form `range` also `until` (Date).

    `form`: `day`; `month` (the value is the first of the month, days are accepted); `range` (from, until; a lone month or year
    spans itself); `serial` (five-digit Excel serials of `epoch` 1900 or 1904, beside written days); `roc` (years of the Republic:
    112.5.3); `lunar` (the Chinese calendar, handed out as days of the common one; 公历 in the cell is heeded).
    `serials` lets a column of days hold five-digit serials too.
    Problems: `blank`, `placeholder`, `month_only`, `year_only`, `range`, `reversed`, `excel_serial`, `two_digit_year`,
    `impossible`, `implausible_year` (before 1800, after 2100), `ambiguous` (03/04/2020, 2023.5-6), `weekday` (another than written),
    `lunar` (not asked for), `no_year`, `unreadable`.
    Repairs: `full_width`, `chinese_numerals`, `serial`, `time_dropped`, `time_zone` (told as the day in China), `words_dropped`
    (2018年7月31日起), `roc`, `lunar`.

    >>> clean(pl.Series(["2014/12/4", "二〇二三年八月十六日", "2021.3", "长期"]))["value"].to_list()
    [datetime.date(2014, 12, 4), datetime.date(2023, 8, 16), None, datetime.date(9999, 12, 31)]
    """
    if form not in FORMS or epoch not in _EPOCHS:
        raise ParameterError(
            f"A date form must be one of {'/'.join(FORMS)} with epoch 1900 or 1904; "
            f"'{form}' with {epoch} was given: correct the contract."
        )
    if form == "range":
        return distinct.once(series, spans.clean)
    if form == "lunar":
        return distinct.once(series, _clean_lunar)
    counted = epoch if serials or form == "serial" else None
    return distinct.once(series, lambda texts: _clean_points(texts, form, counted))


def _clean_points(series: pl.Series, form: str, epoch: int | None) -> pl.DataFrame:
    """Columns of `clean` for texts that hold one point in time each; serials are read where an epoch is given."""
    text = width.trim(series)
    bare = datewords.without_words(text)
    plain = datewords.plain(bare)
    read = dateparts.read_minguo(plain) if form == "roc" else dateparts.read(plain)
    frame = daycheck.judged(read, plain, width.problem_of_trimmed(text), is_month=form == "month")
    frame = _told_by_weekday(frame, read, text)
    serial = pl.Series([None] * len(text), dtype=pl.Date) if epoch is None else daycheck.from_serial(plain, epoch)
    is_roc = text.str.contains("民[国國]")
    if form == "roc":
        is_roc |= ~plain.str.contains(_COMMON)
    flags = {
        "roc": is_roc,
        "words_dropped": bare != text,
        "serial": serial.is_not_null(),
        "time_dropped": frame["has_time"],
        "time_zone": frame["is_zoned"],
    }
    repairs = width.repair_codes(_spelling(series, text) | flags)
    frame = frame.with_columns(serial.alias("serial"), repairs.alias("repair")).with_columns(
        pl.coalesce("value", "serial").alias("value"),
        pl.when(pl.col("serial").is_null()).then("problem").alias("problem"),
    )
    is_shown = pl.col("problem").is_null() & ~pl.col("open_ended")
    return frame.select("value", "problem", pl.when(is_shown).then("repair").alias("repair"), "open_ended")


def _told_by_weekday(frame: pl.DataFrame, read: pl.DataFrame, text: pl.Series) -> pl.DataFrame:
    """Days that fall on another day of the week than the one written beside them are the problem `weekday`."""
    weekday = datewords.weekday(text)
    if weekday.null_count() == len(text):
        return frame
    number = calendar.day_number(pl.col("year"), pl.col("month"), pl.col("day"))
    found = read.select(number.cast(pl.Int32).cast(pl.Date).dt.weekday()).to_series()
    is_other = (frame["problem"].is_null() & ~frame["open_ended"] & (found != weekday)).fill_null(value=False)
    return frame.with_columns(
        frame["value"].set(is_other, None).alias("value"), frame["problem"].set(is_other, "weekday").alias("problem")
    )


def _clean_lunar(series: pl.Series) -> pl.DataFrame:
    """Columns of `clean` for dates of the Chinese calendar; what is marked as 公历, and open ends, are read as such."""
    text = width.trim(series)
    found = lunar.read(text)
    repair = width.repair_codes(_spelling(series, text) | {"lunar": found["value"].is_not_null()})
    frame = found.select(
        "value",
        pl.lit(width.problem_of_trimmed(text)).fill_null(pl.col("problem")).alias("problem"),
        pl.when(pl.col("value").is_not_null()).then(pl.lit(repair)).alias("repair"),
        pl.lit(value=False).alias("open_ended"),
    )
    is_common = text.str.contains(rf"^(?:公历|阳历|新历|公元)|{daycheck.OPEN_WORDS}").fill_null(value=False)
    if not is_common.any():
        return frame
    common = _clean_points(series, "day", None)
    return pl.DataFrame([common[name].zip_with(is_common, frame[name]) for name in frame.columns])


def _spelling(series: pl.Series, text: pl.Series) -> dict[str, pl.Series]:
    return {
        "full_width": width.is_widened(series),
        "chinese_numerals": text.str.contains(
            "[〇零○一二三四五六七八九十壹贰叁肆伍陆柒捌玖]{1,4}[年月日号]|^[〇零○一二三四五六七八九]{4}"
        ),
    }


def compact(text: str, form: str = "day") -> str:
    """One date in ISO form; empty when it cannot be read.

    >>> compact("2018年7月31日"), compact("2021-02-30")
    ('2018-07-31', '')
    """
    value = clean(pl.Series([text], dtype=pl.String), form)["value"].item()
    return "" if value is None else value.isoformat()


def is_valid(text: str) -> bool:
    """True when the cell holds one day that exists, or an open end.

    >>> is_valid("20200316"), is_valid("202011")
    (True, False)
    """
    return compact(text) != ""


def parts(text: str) -> dict[str, str | bool | None]:
    """What `clean` says of one string beside its value.

    >>> parts("9999-9-9")
    {'problem': None, 'repair': None, 'open_ended': True}
    """
    return clean(pl.Series([text], dtype=pl.String)).select("problem", "repair", "open_ended").row(0, named=True)
