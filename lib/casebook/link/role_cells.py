"""Cells of a role that say nothing of this one subject: placeholders that look like values, digits lost, a mere division.

They are null for linking. The words for nothing (无, 待补, 暂无 …) are known to the cleaners; what is known here looks like a value.
"""

from typing import Final

import polars as pl

from casebook.measure import dates
from casebook.text import addresses, width
from casebook.text.distinct import once

_HAN: Final = r"[〇\p{Han}]"
_LEAST_PHONE: Final = 7
_LEAST_ACCOUNT: Final = 8
_RUN: Final = "01234567890123456789"
_IN_A_ROW: Final = sorted(
    {run[at : at + length] for run in (_RUN, _RUN[::-1]) for length in range(_LEAST_PHONE, 20) for at in range(10)}
)
_REPEATED: Final = "^(?:" + "|".join(f"{sign}+" for sign in "0123456789X") + ")$"
_FILLED_PHONES: Final = r"^1[0-9]{2}(?:0{8}|00138000|12345678|88888888|99999999)$"
# A spreadsheet keeps 15 digits of a number; the rest of a longer one is zeros.
_DIGITS_LOST: Final = r"^[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}$"
_ZEROS: Final = r"^[0-9]{12,}0000$|0{6}$"
_FIRST_YEAR, _LAST_YEAR = 1880, 2100
_NO_BIRTH: Final = 19_000_101
# The row above, the place of whoever keeps the list.
_OF_THE_LIST: Final = (
    r"^(?:[同见]上.*|上同|[本我该](?:村|社区|居|组|屯|镇|乡|街道|县|市|区|地|户|单位|辖区).{0,3}|农村|城镇|当地)$"
)
_NEARER: Final = ("village", "road", "number", "group", "building", "unit", "room", "crossing", "position")


def text(series: pl.Series) -> pl.Series:
    """Simplified, in capitals, single blanks; null where the cell says nothing."""
    return once(series, width.clean)["value"].str.to_uppercase()


def birth_date(series: pl.Series) -> pl.Series:
    """ISO text; eight digits that are no date stay digits, so that a slip in them can be told. 1900-01-01 and 9999-12-31 are null.

    >>> birth_date(pl.Series(["1980/1/2", "19151311", "19000101", "99991231"])).to_list()
    ['1980-01-02', '19151311', None, None]
    """
    day = once(series, lambda texts: dates.clean(texts, serials=True))["value"].dt.to_string("iso")
    digits = series.cast(pl.String).str.replace_all("[^0-9]", "")
    told = day.fill_null(digits.set(digits.str.len_chars() != 8, None))
    number = told.str.replace_all("-", "").cast(pl.Int64, strict=False)
    is_birth = (number // 10_000).is_between(_FIRST_YEAR, _LAST_YEAR) & (number != _NO_BIRTH)
    return told.set(~is_birth.fill_null(value=False), None).alias("birth_date")


def phone(series: pl.Series) -> pl.Series:
    """Digits only, without the country code of China; null: too few, of one digit, in a row (12345678), 13800138000 and its like.

    >>> phone(pl.Series(["+86 138-0000-1111", "13800138000", "1234567", "12345"])).to_list()
    ['13800001111', None, None, None]
    """
    digits = text(series).str.replace_all("[^0-9]", "").str.replace(r"^(?:00)?86(1[0-9]{10})$", "$1")
    is_nothing = (digits.str.len_chars() < _LEAST_PHONE) | _is_pattern(digits) | digits.str.contains(_FILLED_PHONES)
    return digits.set(is_nothing, None).alias("phone")


def account(series: pl.Series) -> pl.Series:
    """Digits and letters; null: too few, of one digit, in a row, or digits that a spreadsheet has lost.

    >>> account(pl.Series(["6217 0000 1234 5678-1", "6.22848E+18", "6228000000000000000", "6217"])).to_list()
    ['62170000123456781', None, None, None]
    """
    written = text(series)
    plain = written.str.replace_all("[^0-9A-Z]", "")
    is_lost = written.str.contains(_DIGITS_LOST) | plain.str.contains(_ZEROS)
    is_nothing = (plain.str.len_chars() < _LEAST_ACCOUNT) | _is_pattern(plain) | is_lost
    return plain.set(is_nothing, None).alias("account")


def _is_pattern(plain: pl.Series) -> pl.Series:
    """One sign repeated, or the digits in a row, up or down."""
    return plain.str.contains(_REPEATED) | plain.is_in(_IN_A_ROW)


def address(series: pl.Series) -> pl.Series:
    """Chinese addresses as their cleaner leaves them, null where nothing nearer than a township is named; letters keep their blanks.

    >>> address(pl.Series(["柳湾镇三里村3号", "同上", "本村", "云州市青禾区", "8  rosemead court"])).to_list()
    ['柳湾镇三里村3号', None, None, None, '8 ROSEMEAD COURT']
    """
    said = once(series, addresses.clean)
    rest = said["rest"].fill_null("")
    is_far = said.select(pl.all_horizontal(pl.col(part).is_null() for part in _NEARER)).to_series()
    is_far &= ~_says_more(rest, said["township"])
    cleaned = said["value"].set((is_far | _of_the_list(rest)).fill_null(value=False), None)
    return chinese_or_text(series, cleaned).alias("address")


def _says_more(rest: pl.Series, township: pl.Series) -> pl.Series:
    """Something stands behind the division that no part names, a housing estate for instance."""
    left = pl.DataFrame({"rest": rest, "township": township.fill_null("")})
    beyond = pl.col("rest").str.strip_prefix(pl.col("township"))
    return left.select(beyond != "").to_series()


def place(series: pl.Series) -> pl.Series:
    """The text; null where it only points to the row above or to the place of the list itself.

    >>> place(pl.Series(["柳湾鎮", "同上", "本村"])).to_list()
    ['柳湾镇', None, None]
    """
    said = text(series)
    return said.set(_of_the_list(said).fill_null(value=False), None).alias("place")


def _of_the_list(plain: pl.Series) -> pl.Series:
    return plain.str.contains(_OF_THE_LIST)


def chinese_or_text(series: pl.Series, cleaned: pl.Series) -> pl.Series:
    """The cleaner's value where the cell has Chinese characters; words in letters keep the blanks between them."""
    is_han = series.str.contains(_HAN).fill_null(value=False)
    return cleaned if is_han.all() else cleaned.zip_with(is_han, text(series))
