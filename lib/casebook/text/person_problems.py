"""Why a cell that was to hold the name of one person does not."""

from functools import cache
from typing import Final

import numpy as np
import polars as pl

from casebook.text import stand_ins, variants
from casebook.text.codepoints import LIMIT, Flags
from casebook.text.person_words import DESCRIBED, FORMER_ONLY, KIN, PROXY, SURNAME_ONLY
from casebook.text.surnames import COMMON

_HAN: Final = r"[〇\p{Han}]"
PRIVATE: Final = r"[\x{e000}-\x{f8ff}\x{f0000}-\x{10ffff}]"
_ORGANISATION: Final = (
    "(?:公司|合作社|委员会|村委会|居委会|经营部|门市部|商行|商店|超市|工厂|政府|管理局|事务所|学校|医院|中心|集团"
    "|银行|幼儿园|农场|饭店|个体工商户|[局厅]|派出所|司法所|财政所|民政所|卫生所|卫生院|福利院|敬老院|养老院|法院|检察院|学院|大学|[中小]学"
    "|办事处|街道办|办公室|残联|妇联|工会|协会|基金会|支部|党委|救助站|服务站|生产队|大队|[村居]委)$"
)
MASK: Final = r"[*＊×xX#某○□■?�]"
_SIGN_FOR_A_CHARACTER: Final = rf"^{_HAN}·{_HAN}{{1,2}}$"
_PLACE: Final = rf"{_HAN}{{3,}}(?:省|镇|乡|村|村民组|小组)$|{_HAN}{{2,}}(?:[市区县]|街道|社区)$"
_LONGEST: Final = 40
_SHORTEST: Final = 2
_EVERYDAY: Final = (0x4E00, 0x9FA6)
_TWO_PEOPLE: Final = rf"^[{COMMON}]{_HAN}{{1,2}} +[{COMMON}]{_HAN}{{1,2}}$"
_SEVERAL: Final = (
    rf"^{_HAN}{{2,4}} *[→⇒>]+ *{_HAN}{{2,4}}$|^[{COMMON}]{_HAN}{{1,2}} *[-—–~=]+ *[{COMMON}]{_HAN}{{1,2}}$"
    rf"|^{_HAN}{{2,4}}?等[0-9一二三四五六七八九十几]*[人名户位]?$|^{_HAN}{{2,4}}?(?:夫妇|夫妻|父子|父女|母子|母女|兄弟|姐妹|姐弟|兄妹|全家|一家)$"
)
_JOINED_PEOPLE: Final = rf"^[{COMMON}]{_HAN}{{1,2}}(?:和|与|及|跟)[{COMMON}]{_HAN}{{1,2}}$"


@cache
def everyday(marked: str) -> Flags:
    """By character: everyday ideographs that are simplified already and not `marked`."""
    flags = np.zeros(LIMIT + 1, np.bool_)
    flags[slice(*_EVERYDAY)] = True
    flags[[ord(sign) for sign in {*variants.traditional(), *marked} if ord(sign) < LIMIT]] = False
    return flags


def are_two_people(text: pl.Series) -> pl.Series:
    """True where a blank stands between two names that each begin with a common surname (李明 王芳).

    >>> are_two_people(pl.Series(["李明 王芳", "李 明", "阿里 买买提"])).to_list()
    [True, False, False]
    """
    return text.str.contains(_TWO_PEOPLE)


def nothing(value: pl.Series) -> pl.Series:
    """Why a cell names nobody who could be taken for its person; null where it may. The value goes.

    >>> nothing(pl.Series(["合计", "张三代领", "原名张三", "李明"])).to_list()
    ['not_a_name', 'proxy', 'former_only', None]
    """
    answer = (
        pl.when(pl.col("value").str.contains(PROXY))
        .then(pl.lit("proxy"))
        .when(pl.col("value").str.contains(FORMER_ONLY))
        .then(pl.lit("former_only"))
    )
    told = value.alias("value").to_frame().select(answer.alias("told")).to_series()
    return stand_ins.of_people(value).fill_null(told)


def problem() -> pl.Expr:
    """`problem` of a frame with `value` and `nothing` (what `width` says of the cell); the first that holds."""
    value = pl.col("value")
    reasons = (
        ("not_a_name", value.is_null()),
        ("described_glyph", value.str.contains(DESCRIBED)),
        ("several_names", value.str.contains(rf"[、,;/，；|&+]|{_TWO_PEOPLE}|{_JOINED_PEOPLE}|{_SEVERAL}")),
        ("private_glyph", value.str.contains(PRIVATE)),
        ("organisation", value.str.contains(_ORGANISATION)),
        ("masked", value.str.contains(_SIGN_FOR_A_CHARACTER) | (value.str.contains(MASK) & value.str.contains(_HAN))),
        ("kin", value.str.contains(KIN)),
        ("surname_only", value.str.contains(SURNAME_ONLY)),
        ("not_a_name", value.str.contains(rf"[0-9]|{_PLACE}") | ~value.str.contains(r"\p{Alphabetic}")),
        ("too_long", value.str.len_chars() > _LONGEST),
        ("mixed_script", value.str.contains(_HAN) & value.str.contains(r"\p{Latin}")),
        ("too_short", value.str.len_chars() < _SHORTEST),
    )
    answer: pl.Expr = pl.lit(None, pl.String)
    for code, holds in reversed(reasons):
        answer = pl.when(holds).then(pl.lit(code)).otherwise(answer)
    return pl.coalesce("nothing", answer).alias("problem")
