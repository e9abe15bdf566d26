"""Why a cell that was to hold the name of one person does not."""

from functools import cache
from typing import Final

import numpy as np
import polars as pl

from casebook.text import variants
from casebook.text.codepoints import LIMIT, Flags
from casebook.text.person_cells import KIN, SURNAME_ONLY

_HAN: Final = r"[〇\p{Han}]"
PRIVATE: Final = r"[\x{e000}-\x{f8ff}\x{f0000}-\x{10ffff}]"
_ORGANISATION: Final = (
    "(?:公司|合作社|委员会|村委会|居委会|经营部|门市部|商行|商店|超市|工厂|政府|管理局|事务所|学校|医院|中心|集团"
    "|银行|幼儿园|农场|饭店|个体工商户)$"
)
_MASK: Final = r"[*＊×xX#某○□■?�]"
_SIGN_FOR_A_CHARACTER: Final = rf"^{_HAN}·{_HAN}{{1,2}}$"
_PLACE: Final = rf"{_HAN}{{3,}}(?:省|市|区|县|镇|乡|街道|社区|村|村民组|小组)$"
_LONGEST: Final = 40
_SHORTEST: Final = 2
_EVERYDAY: Final = (0x4E00, 0x9FA6)
# The surnames of about nine in ten people, by 公安部's report on names (2020).
_COMMON: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文肖付闫"
)
_TWO_PEOPLE: Final = rf"^[{_COMMON}]{_HAN}{{1,2}} +[{_COMMON}]{_HAN}{{1,2}}$"
_JOINED_PEOPLE: Final = rf"^[{_COMMON}]{_HAN}{{1,2}}(?:和|与|及|跟)[{_COMMON}]{_HAN}{{1,2}}$"


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


def problem() -> pl.Expr:
    """`problem` of a frame with `value` and `nothing` (what `width` says of the cell); the first that holds."""
    value = pl.col("value")
    reasons = (
        ("not_a_name", value.is_null()),
        ("several_names", value.str.contains(rf"[、,;/，；|&+]|{_TWO_PEOPLE}|{_JOINED_PEOPLE}")),
        ("private_glyph", value.str.contains(PRIVATE)),
        ("organisation", value.str.contains(_ORGANISATION)),
        ("masked", value.str.contains(_SIGN_FOR_A_CHARACTER) | (value.str.contains(_MASK) & value.str.contains(_HAN))),
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
