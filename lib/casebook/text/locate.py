"""The division an address begins with, read with the gazetteer: renamed, cut short, skipped and ambiguous names.

The names at the head of an address are found in one pass over the column; the few thousand different heads are then
thought through one by one. A name counts only where it can only mean one thing: written in full, or cut short below a
division that holds it. Two places of one name stay `ambiguous` until a province or prefecture beside it tells them apart.

>>> frame = find(pl.Series(["山东德州陵城陵州路5号", "陵县糜镇", "鼓楼区中山路1号", "山东路5号"]))
>>> frame.select("county", "code", "code_as_written", "status", "tail").rows()  # doctest: +NORMALIZE_WHITESPACE
[('陵城区', '371403', '371403', 'in_force', '陵州路5号'), ('陵县', '371403', '371421', 'replaced', '糜镇'),
 ('鼓楼区', None, None, 'ambiguous', '中山路1号'), (None, None, None, None, '山东路5号')]
"""

from functools import cache, lru_cache
from typing import Final

import polars as pl

from casebook.text import chains, heads, placenames
from casebook.text.chains import Found

_HEAD: Final = 40  # characters; the longest chain of names in force has 27
_HEADS: Final = 50_000
_FIRST: Final = 0xF0000
_FIRST_SHORT: Final = 0x100000
_LEAD: Final = "中国"
_BETWEEN: Final = "-/|、>·"
# What may follow a name that is cut short, and shows that it is part of another word (山东路, 朝阳门, 城关镇, 云州市).
_ROADS: Final = "[东西南北中前后上下内外]{0,2}(?:大道|大街|路|街|巷|弄|胡同|线|道)"
_WORDS: Final = (
    "[省市区县旗盟州镇乡村里门宫寺庙湖山河江桥站港口岛塔园城楼店台]|街道|新村|大厦|大学|学院|中学|小学|商场|商城|商厦|广场|花园"
    "|小区|公寓|家园|酒店|大酒店|饭店|宾馆|医院|公司|银行|超市|市场|火锅|海鲜|拉面|烤"
)
_ZONES: Final = ("新区", "开发区", "高新", "经济", "工业", "保税", "综合保税", "科技", "技术")
_STREET: Final = "(?:路|大道|大街|街|巷|胡同)"
_MISTYPED: Final = r"\p{Han}$|[曲去取屈趋凶]"
"""What follows a short name that is no short name but a full one with its last character mistyped (朝阳曲)."""
_FULL_NAME: Final = rf"[\x{{{_FIRST:x}}}-\x{{ffffd}}]"
_SHORT_NAME: Final = rf"[\x{{{_FIRST_SHORT:x}}}-\x{{10fffd}}]"
PRIVATE: Final = rf"[\x{{{_FIRST:x}}}-\x{{10fffd}}]"
_KEY: Final = (
    rf"(?:{_LEAD})?(?:{PRIVATE}[{_BETWEEN}]*)*"
    rf"(?:{_SHORT_NAME}(?:{_ROADS}|{_WORDS}|{'|'.join(_ZONES)}|{_MISTYPED})|{_FULL_NAME}{_STREET}|{PRIVATE})"
)
_WORD_OF_ITS_OWN: Final = rf"(?:{_SHORT_NAME}(?:{_ROADS}|{_WORDS}|{_MISTYPED})|{_FULL_NAME}{_STREET})$"
_SCHEMA: Final = {name: pl.Int64 if name in ("level", "length") else pl.String for name in Found._fields}


def find(series: pl.Series) -> pl.DataFrame:
    """Columns of `Found` and `tail`, what follows the division, for every address; null stays null.

    The texts must hold none of the `PRIVATE` characters, for they stand for names here.
    """
    names, marks = _alphabet()
    head = series.str.head(_HEAD).str.replace_many(names, marks, leftmost=True)
    key = heads.cut(head, _KEY)[0].str.replace(_WORD_OF_ITS_OWN, "").replace("", None)
    keys = key.unique().drop_nulls()
    answers = pl.DataFrame([_read(each) for each in keys], schema=_SCHEMA, orient="row")
    frame = pl.DataFrame({"key": key, "text": series}).join(
        answers.with_columns(keys.alias("key")), on="key", how="left", maintain_order="left"
    )
    tail = pl.col("text").str.slice(pl.col("length").fill_null(0)).str.strip_chars_start(_BETWEEN)
    return frame.with_columns(tail.alias("tail")).drop("key", "text")


@cache
def _alphabet() -> tuple[list[str], list[str]]:
    """All names, the longest first, and the private character that stands for each; those only cut short in a block of their own."""
    names = placenames.meanings().keys() | placenames.joined().keys() | set(placenames.FILLERS)
    ordered = sorted(names, key=lambda name: (-len(name), name))
    is_short = [name in placenames.meanings() and not placenames.meanings()[name].full for name in ordered]
    marks = [chr((_FIRST_SHORT if short else _FIRST) + place) for place, short in enumerate(is_short)]
    return ordered, marks


@cache
def _spelling() -> dict[str, tuple[str, ...]]:
    """The names that each private character stands for."""
    return {mark: placenames.joined().get(name, (name,)) for name, mark in zip(*_alphabet(), strict=True)}


@lru_cache(maxsize=_HEADS)
def _read(key: str) -> Found:
    """What a head means: private characters for names, separators, perhaps the word of a zone behind a short name."""
    spelling = _spelling()
    names: list[str] = []
    ends: list[int] = []
    at = start = len(_LEAD) if key.startswith(_LEAD) else 0
    for character in key[start:]:
        for name in spelling.get(character, ()):
            at += len(name)
            names.append(name)
            ends.append(at)
        if character in _BETWEEN:
            at += 1
        elif character not in spelling:
            return _before_a_zone(names, ends)
    return chains.read(names, ends)


def _before_a_zone(names: list[str], ends: list[int]) -> Found:
    """A zone called like a county is not that county (陵城经济开发区); one called like a city is the city's."""
    used = len(names) - chains.is_county_only(names[-1])
    return chains.read(names[:used], ends[:used])
