"""Dates in words and other calendars' clothes, rewritten in digits: 二〇二三年八月十六号, 贰零贰叁年零捌月, 民國112年, 31-Jul-2018."""

from typing import Final

import polars as pl

from casebook.measure import daycheck, lunar
from casebook.text import numerals

_DIGITS: Final = "〇零○◯一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾"
# One look finds the few texts that need any rewriting.
_ODD: Final = rf"[{_DIGITS}号號份周期礼公民國历曆時分A-Za-z(]|月 ?-|[.。,;、]$"
_DRESSED: Final = "[周期礼份公号號拾.。,;、]"
_WEEKDAY: Final = r" ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"
_WEEKDAYS: Final = {
    name: place
    for names in ("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    for place, name in enumerate(names, start=1)
} | {"天": 7}
_ANY_WEEKDAY: Final = "[期周拜]|^[A-Z][a-z]{2}"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"([A-Za-z]{3})[a-z]{0,6}\.?"
_YEAR_LAST: Final = (
    rf"^([0-9]{{1,2}})[- /]{_MONTH}[-, /]+([0-9]{{4}})$",
    r"^([0-9]{1,2})-([0-9]{1,2})月 ?-([0-9]{4})$",
    rf"^(?P<b>){_MONTH} ([0-9]{{1,2}}),? ([0-9]{{4}})$",
    rf"^[A-Z][a-z]{{2}} {_MONTH} ([0-9]{{2}}) [0-9:]{{8}} CST ([0-9]{{4}})$",
)
_BEFORE: Final = (
    r"^(?:自|从|由|于|至|截至|截止|公历|阳历|新历|(?:出生|签发|发证|颁发|成立|登记|签订|生效|到期|死亡|注销|发放|受理)(?:日期|时间|于)|"
    r"日期|时间)[:为是 ]*"
)
_AFTER: Final = (
    r"([日月年0-9]) ?(?:起|止|生|出生|签订|签发|发证|颁发|成立|登记|生效|到期|届满|死亡|去世|注销|竣工|完工|开工)$"
)

_WORDY: Final = "[起止生签订发证立记效期满亡世销工]$|^[自从由于至截公阳新出签发颁成登生到死注受日时]"


def plain(text: pl.Series) -> pl.Series:
    """Trimmed text with Chinese numerals as digits, 号 as 日, 月份 as 月, years of the Republic as common ones, and no weekday.

    Dates of the Chinese calendar stay as they are.

    >>> plain(pl.Series(["二〇二三年八月十六号", "2014-12-04 星期四", "31-Jul-2018", "八月廿六"])).to_list()
    ['2023年8月16日', '2014-12-04', '2018-7-31', '八月廿六']
    """
    is_odd = text.str.contains(_ODD).fill_null(value=False)
    if not is_odd.any():
        return text
    if is_odd.all():
        return _rewritten(text)
    place = (is_odd.cast(pl.Int64).cum_sum() - 1).set(~is_odd, None)
    return _rewritten(text.filter(is_odd)).gather(place).zip_with(is_odd, text).alias(text.name)


def _rewritten(text: pl.Series) -> pl.Series:
    found = text
    if text.str.contains(_DRESSED).any():
        found = found.str.replace(_WEEKDAY, "").str.replace("月份", "月", literal=True).str.replace("^公元", "")
        found = found.str.replace(r"[.。,;、]+$", "").str.replace(r"([0-9一二三四五六七八九十])[号號]", "${1}日")
        found = found.str.replace("([年月])零(.?拾)", "${1}${2}")
    found = numerals.below_hundred(found)
    if found.str.contains("民[国國]").any():
        found = _common_era(found)
    if found.str.contains("[A-Za-z]{3}|月 ?-").any():
        found = _year_first(found)
    is_lunar = text.str.contains(lunar.MARKS)
    return found.zip_with(~is_lunar, text) if is_lunar.any() else found


def _common_era(text: pl.Series) -> pl.Series:
    """民国112年 as 2023年."""
    years = text.str.extract_groups(r"^(?:中[华華])?民[国國] ?([0-9]{1,3}|元)(年.*)$").struct.unnest()
    counted = years["1"].replace("元", "1").cast(pl.Int32) + 1911
    return (counted.cast(pl.String) + years["2"]).fill_null(text)


def _year_first(text: pl.Series) -> pl.Series:
    """Dates with a month in letters, or as 05-5月-2020, in the order year, month, day."""
    for pattern, order in zip(_YEAR_LAST, ((3, 2, 1), (3, 2, 1), (4, 2, 3), (3, 1, 2)), strict=True):
        groups = text.str.extract_groups(pattern).struct.unnest()
        year, month, day = (groups.to_series(place - 1) for place in order)
        number = month.str.to_lowercase().replace(list(_MONTHS), [str(place) for place in range(1, 13)])
        known = number.set(~number.str.contains("^[0-9]+$"), None)
        text = (year + "-" + known + "-" + day).fill_null(text)
    return text


def weekday(text: pl.Series) -> pl.Series:
    """The day of the week that stands beside a date, 1 (Monday) to 7; null where none does.

    >>> weekday(pl.Series(["2014-12-04 星期四", "2014-12-04(周日)", "Thu Dec 04 08:00:00 CST 2014", "周转"])).to_list()
    [4, 7, 4, None]
    """
    if not text.str.contains(_ANY_WEEKDAY).any():
        return pl.Series([None], dtype=pl.Int8).new_from_index(0, len(text))
    named = text.str.extract("(?:星期|周|礼拜)([一二三四五六日天])", 1)
    letters = text.str.extract("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[ ,]", 1)
    return named.fill_null(letters).replace_strict(_WEEKDAYS, default=None, return_dtype=pl.Int8)


def without_weekdays(text: pl.Series) -> pl.Series:
    """Text without any weekday in Chinese.

    >>> without_weekdays(pl.Series(["2023-05-06(周六)至2023-05-07 星期日"])).to_list()
    ['2023-05-06至2023-05-07']
    """
    return text.str.replace_all(_WEEKDAY, "") if text.str.contains("[期周拜]").any() else text


def without_words(text: pl.Series) -> pl.Series:
    """The date alone where only a word of beginning, end or occasion stands beside it: 2018年7月31日起, 出生日期:2018-07-31.

    Words that make another day of it (前, 后, 约, 左右) stay, and the text unreadable.

    >>> without_words(pl.Series(["2018年7月31日起", "成立于2018-07-31", "2018年7月31日前"])).to_list()
    ['2018年7月31日', '2018-07-31', '2018年7月31日前']
    """
    if not text.str.contains(_WORDY).any():
        return text
    bare = text.str.replace(_AFTER, "${1}").str.replace(_BEFORE, "")
    return bare.zip_with(~text.str.contains(daycheck.OPEN_WORDS).fill_null(value=False), text)  # 至今 is no 今
