"""Cells that hold two addresses: A路1号；B路2号, 户籍所在地 beside 现住, one division written and another in brackets."""

from collections.abc import Callable
from typing import Final

import polars as pl

from casebook.text import chains, variants, width

_SIGNS: Final = [";", "；", "/", "|", "、", ",", "，", "（", "现居", "暂住"]
_PLAIN_SIGNS: Final = ("(", "现住", "户籍")
_BETWEEN: Final = "[;/|、,()，（）]|(?:现居住地?|现住址?|现居|户籍所在地|户籍地址?|户籍|暂住地?|居住地)[:：]?(?:在|为)?"
_FORMER: Final = r"[(（](?:原|曾|旧)[^()（）]*[)）]"
_ELSEWHERE: Final = "(?:交界处?|交汇处?|附近|旁边?|隔壁|对[面过]|以[东西南北]|[东西南北]侧|公司|驻.*办|办事处|店|市场)$"
_SUFFIX: Final = "^[省市区县旗盟州]$"
_HOUSE: Final = "[0-9]"
_LEVELS: Final = ("province", "prefecture", "county")

Reader = Callable[[pl.Series], pl.DataFrame]


def several(text: pl.Series, odd: pl.Series, read: Reader) -> tuple[pl.Series, pl.Series]:
    """The rows (their places) whose cell holds two addresses, divisions that exclude each other or two houses, and their text.

    `odd`: rows with signs besides capitals, digits, brackets and everyday characters.
    `read` finds the divisions of a column: province, prefecture, county, code, status, length, rest.
    """
    rows = _may_be(text, odd).arg_true()
    if not len(rows):
        return rows, text.clear()
    told = variants.simplify(width.trim(text.gather(rows)), variants.KEPT_IN_TEXT).str.to_uppercase()
    split = told.str.replace_all(_FORMER, "").str.replace_all(_BETWEEN, "\u001e").str.split("\u001e").alias("piece")
    pieces = pl.DataFrame([rows.alias("cell"), split]).explode("piece", empty_as_null=True)
    pieces = pieces.with_columns(pl.col("piece").str.strip_chars(" :：.。")).filter(pl.col("piece").str.len_chars() > 1)
    named = pieces.hstack(read(pieces["piece"])).filter(_names_a_division())
    first = named.unique("cell", keep="first", maintain_order=True)
    pairs = named.join(first, on="cell", how="left", maintain_order="left")
    is_several = rows.is_in(pairs.filter(_excludes())["cell"].unique().implode())
    return rows.filter(is_several), told.filter(is_several)


def _may_be(text: pl.Series, odd: pl.Series) -> pl.Series:
    """True where a sign or a word for two addresses stands in a text; most signs are looked for in the odd rows only."""
    may_be = pl.repeat(value=False, n=len(text), eager=True)
    may_be = may_be.scatter(odd, text.gather(odd).str.contains_any(_SIGNS))
    for word in _PLAIN_SIGNS:
        may_be |= text.str.contains(word, literal=True)
    return may_be.fill_null(value=False)


def _names_a_division() -> pl.Expr:
    """A division written in full, that does not only tell what lies near."""
    is_full = pl.col("piece").str.slice(pl.col("length").cast(pl.Int64) - 1, 1).str.contains(_SUFFIX) | pl.col(
        "length"
    ).eq(0)
    is_any = pl.any_horizontal(pl.col(_LEVELS).is_not_null())
    is_own = ~pl.col("county").is_in(list(chains.OF_A_CITY)).fill_null(value=False)
    is_zone = (pl.col("status") == "zone").fill_null(value=False)
    return is_any & is_full & is_own & ~is_zone & ~pl.col("piece").str.contains(_ELSEWHERE)


def _excludes() -> pl.Expr:
    differs = [(pl.col(name) != pl.col(f"{name}_right")).fill_null(value=False) for name in _LEVELS]
    is_renamed = (pl.col("code") == pl.col("code_right")).fill_null(value=False)
    houses = [pl.col(rest).str.contains(_HOUSE).fill_null(value=False) for rest in ("rest", "rest_right")]
    is_second = pl.col("piece") != pl.col("piece_right")
    return (pl.any_horizontal(differs) & ~is_renamed) | (pl.all_horizontal(houses) & is_second)
