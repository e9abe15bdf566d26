"""Traditional and variant characters.

`simplify` normalises (劉 → 刘) and is what cleaners store. `comparison_form` goes further (喆 with 哲, 堃 with 坤) and
is for comparing only: two such names may be one person, but neither spelling is wrong.
Source: 通用规范汉字表 (2013), which readmits 45 former variants as characters of names; OpenCC for the conversion.
"""

from functools import cache
from typing import Final

import opencc
import polars as pl

from casebook.text.twins import twins

# OpenCC would turn these into 干, 升, 苏 …; in names they are characters of their own (通用规范汉字表).
KEPT_IN_NAMES: Final = tuple("乾昇陞甦邨龢迺甯锺氾脩夥剋絜")
KEPT_IN_TEXT: Final = ("乾安", "乾县", "乾縣", "乾州", "乾坤", "乾隆", "乾元", "乾清", "乾潭", "乾务", "乾務")
_SENTINEL: Final = 0xF0000
_IDEOGRAPHS: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0))


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def traditional() -> frozenset[str]:
    """Every single character that the conversion may alter.

    >>> "劉" in traditional(), "刘" in traditional()
    (True, False)
    """
    every = "".join(chr(code) for start, stop in _IDEOGRAPHS for code in range(start, stop))
    converted = _converter().convert("\n".join(every)).split("\n")
    return frozenset(old for old, new in zip(every, converted, strict=True) if old != new)


@cache
def _traditional_class() -> str:
    return "[" + "".join(sorted(traditional())) + "]"


def _convert(distinct: list[str]) -> list[str]:
    """All strings converted by one call; a string that holds the separator sends each through on its own."""
    converted: list[str] = _converter().convert("\n".join(distinct)).split("\n")
    if len(converted) == len(distinct):
        return converted
    return [_converter().convert(text) for text in distinct]


def simplify(series: pl.Series, keep: tuple[str, ...] = KEPT_IN_TEXT) -> pl.Series:
    """Traditional characters turned into simplified ones, save the words in `keep`; null stays null.

    >>> simplify(pl.Series(["劉明", "乾安縣", "餅乾", None])).to_list()
    ['刘明', '乾安县', '饼干', None]
    >>> simplify(pl.Series(["劉乾昇"]), KEPT_IN_NAMES).to_list()
    ['刘乾昇']
    """
    text = series.cast(pl.String)
    is_concerned = text.str.contains(_traditional_class())
    if not is_concerned.any():
        return text
    distinct = text.filter(is_concerned).unique()
    marks = [chr(_SENTINEL + place) for place in range(len(keep))]
    shielded = distinct.str.replace_many(list(keep), marks).to_list()
    converted = pl.Series(_convert(shielded), dtype=pl.String).str.replace_many(marks, _simple(keep))
    return text.replace(distinct, converted)


@cache
def _simple(keep: tuple[str, ...]) -> list[str]:
    """The kept words with all but their kept first character simplified (乾縣 → 乾县)."""
    return [word[0] + _converter().convert(word[1:]) if len(word) > 1 else word for word in keep]


def comparison_form(series: pl.Series) -> pl.Series:
    """Text with the twins of a character made one, for comparing two spellings of a name; never for storing.

    >>> comparison_form(pl.Series(["王喆", "闫峯", None])).to_list()
    ['王哲', '阎峰', None]
    """
    old, new = _twins()
    return series.cast(pl.String).str.replace_many(old, new)


@cache
def _twins() -> tuple[list[str], list[str]]:
    pairs = twins()
    return list(pairs), list(pairs.values())
