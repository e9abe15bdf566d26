"""What a cell says besides the name of the person: brackets, former names, guardians, kin, titles.

The forms are those of registers of civil affairs and of payment lists: 李小明（监护人李强）, 李小明之父, 王刚（曾用名王钢）, 户主：李明,
李明先生. What is taken off is told: the other name of the same person, or the other person named.
"""

from typing import Final

import polars as pl

from casebook.text.surnames import COMPOUND_SURNAMES

_HAN: Final = r"[〇\p{Han}]"
_ONE: Final = rf"{_HAN}{{2,4}}"
_OPEN: Final = r"[(\[【〔<《]"
_CLOSE: Final = r"[)\]】〕>》]"
_INNER: Final = r"[^()\[\]【】〔〕<>《》]*"
_FORMER: Final = "(?:曾用名|曾用姓名|曾名|原名|原姓名|更名前|又名|别名|乳名|小名|化名|艺名)(?:为|是|叫)?"
_GUARDIAN: Final = "(?:法定)?(?:监护人|代理人)|代领人?|领取人|代办人"
_RELATIONS: Final = "父亲?|母亲?|儿子|女儿|子|女|妻子?|丈夫|夫|配偶|儿媳|女婿|孙子|孙女|孙|兄|弟|姐|妹|家属|亲属"
_LABEL: Final = "(?:姓名|名字|户主|户主姓名|申请人|领款人|权利人|当事人|法定代表人|法人代表|负责人|经营者|持证人|死者|被告人?|原告人?)"
_TITLES: Final = "(?:先生|女士|同志|小姐|老师|师傅|太太|夫人)"
KIN: Final = (
    rf"^{_HAN}{{2,4}}(?:之|的)(?:{_RELATIONS})$|^{_HAN}{{2,4}}(?:父亲|母亲|儿子|女儿|妻子|丈夫|配偶|家属|亲属|监护人)$"
)
"""The person is named through another one only."""
SURNAME_ONLY: Final = rf"^{_HAN}{{1,3}}氏$|^(?:{_HAN}|{'|'.join(COMPOUND_SURNAMES)}){_TITLES}$"
"""王氏, 张王氏, 李先生: no given name."""


def taken_apart(text: pl.Series) -> pl.DataFrame:
    """Columns `bare`, `former_name`, `related`, and what was taken off: `label`, `title`, `remark`.

    >>> taken_apart(pl.Series(["李小明(监护人李强)", "王刚(曾用名王钢)"])).select("bare", "former_name", "related").rows()
    [('李小明', None, '李强'), ('王刚', '王钢', None)]
    """
    labelled = text.str.replace(rf"^{_LABEL} *[:：] *", "")
    inside = labelled.str.extract(rf"{_OPEN}({_INNER}){_CLOSE}?", 1)
    outside = _outside(labelled)
    parts = _said_in(inside).hstack(_said_after(outside))
    frame = parts.with_columns(text=text, labelled=labelled, outside=outside)
    frame = frame.with_columns(plain=pl.coalesce("child", "renamed", "outside"))
    untitled = pl.col("plain").str.replace(rf"^({_HAN}{{2,4}}){_TITLES}$", "${1}")
    is_title = ~pl.col("plain").str.contains(SURNAME_ONLY)
    return frame.with_columns(bare=pl.when(is_title).then(untitled).otherwise("plain")).select(
        "bare",
        pl.coalesce("former_inside", "former_after").alias("former_name"),
        pl.coalesce("related_inside", "related_after").alias("related"),
        (pl.col("labelled") != pl.col("text")).alias("label"),
        (pl.col("bare") != pl.col("plain")).alias("title"),
        ((pl.col("plain") != pl.col("labelled")) & (pl.coalesce("former_inside", "former_after").is_null())).alias(
            "remark"
        ),
    )


def _outside(text: pl.Series) -> pl.Series:
    """The name without what stands in brackets after it; a name that is all brackets stays."""
    bare = text.str.replace_all(rf"{_OPEN}{_INNER}{_CLOSE}", "").str.replace(rf"{_OPEN}.*$", "").str.strip_chars(" ")
    inner = text.str.replace_all(r"[()\[\]【】〔〕<>《》]", "").str.strip_chars(" ")
    return bare.zip_with(bare != "", inner)


def _said_in(inside: pl.Series) -> pl.DataFrame:
    """`former_inside` and `related_inside`: names that stand in the brackets with a word that says whose."""
    former = inside.str.extract(rf"^{_FORMER} *[:：]? *({_HAN}[·{_HAN[1:-1]} ]*)$", 1)
    before = inside.str.extract(rf"^(?:其|系|由)?(?:{_GUARDIAN}|{_RELATIONS}) *[:：]? *({_ONE})$", 1)
    after = inside.str.extract(rf"^(?:由)?({_ONE}?)(?:代领|代办|代收|代|之(?:{_RELATIONS})|的?(?:{_RELATIONS}))$", 1)
    return pl.DataFrame({"former_inside": former, "related_inside": before.fill_null(after)})


def _said_after(outside: pl.Series) -> pl.DataFrame:
    """Without brackets: 王刚曾用名王钢, 李小明监护人李强, 李强之子李小明, and the kin of a person who is not named."""
    renamed = outside.str.extract_groups(rf"^({_ONE}?)[, ]*{_FORMER}[:： ]*({_ONE})$").struct.unnest()
    ward = outside.str.extract_groups(rf"^({_ONE}?)[, ]*(?:{_GUARDIAN})[:： ]*({_ONE})$").struct.unnest()
    child = outside.str.extract_groups(rf"^({_ONE}?)(?:之|的)(?:{_RELATIONS})({_ONE})$").struct.unnest()
    kin = outside.set(~outside.str.contains(KIN), None)
    kin = kin.str.extract(
        rf"^({_ONE}?)(?:(?:之|的)(?:{_RELATIONS})|父亲|母亲|儿子|女儿|妻子|丈夫|配偶|家属|亲属|监护人)$", 1
    )
    return pl.DataFrame(
        {
            "renamed": renamed["1"],
            "former_after": renamed["2"],
            "child": ward["1"].fill_null(child["2"]),
            "related_after": ward["2"].fill_null(child["1"]).fill_null(kin),
        }
    )
