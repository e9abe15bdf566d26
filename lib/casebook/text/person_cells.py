"""What a cell says besides the name of the person: brackets, former names, guardians, kin, titles.

The forms are those of registers of civil affairs and of payment lists: 李小明（监护人李强）, 李小明之父, 王刚（曾用名王钢）, 户主：李明,
李明先生. What is taken off is told: the other name of the same person, or the other person named.
"""

import polars as pl

from casebook.text import person_words as words
from casebook.text.surnames import COMMON, COMPOUND_SURNAMES


def taken_apart(text: pl.Series) -> pl.DataFrame:
    """Columns `bare`, `former_name`, `related`, and what was taken off: `label`, `title`, `remark`, `doubled`.

    >>> taken_apart(pl.Series(["李小明(监护人李强)", "王刚(曾用名王钢)"])).select("bare", "former_name", "related").rows()
    [('李小明', None, '李强'), ('王刚', '王钢', None)]
    """
    single = _single(text)
    labelled = _unlabelled(single)
    is_whole = labelled.str.contains(words.DESCRIBED) | labelled.str.contains(words.PROXY)
    inside = labelled.set(is_whole, None).str.extract(rf"{words.OPEN}({words.INNER}){words.CLOSE}?", 1)
    outside = _outside(labelled).zip_with(~is_whole, labelled)
    frame = _said_in(inside).hstack(_said_after(outside)).with_columns(labelled=labelled, outside=outside)
    newer = pl.coalesce(pl.when(pl.col("newer_inside").is_not_null()).then("outside"), "outdated")
    frame = frame.with_columns(
        plain=pl.coalesce("child", "newer_inside", "newer_after", "renamed", "standing", "outside"),
        former=pl.coalesce("former_inside", "former_after", newer),
    )
    untitled = pl.col("plain").str.replace(rf"^({words.ONE}){words.TITLES}$", "${1}")
    is_title = ~pl.col("plain").str.contains(words.SURNAME_ONLY)
    frame = frame.with_columns(bare=pl.when(is_title).then(untitled).otherwise("plain"))
    return frame.select(
        "bare",
        pl.col("former").alias("former_name"),
        pl.coalesce("related_inside", "related_after").alias("related"),
        (labelled != single).alias("label"),
        (pl.col("bare") != pl.col("plain")).alias("title"),
        ((pl.col("plain") != pl.col("labelled")) & pl.col("former").is_null()).alias("remark"),
        (single != text).alias("doubled"),
    )


def _single(text: pl.Series) -> pl.Series:
    """A name typed twice in one cell, once: 张三张三, 张三、张三."""
    bare = text.str.replace_all("[ 、/,]", "")
    frame = pl.DataFrame({"text": text, "half": bare.str.head(bare.str.len_chars() // 2), "bare": bare})
    surname = "|".join((f"[{COMMON}]", *COMPOUND_SURNAMES))
    is_twice = (pl.col("half") + pl.col("half") == pl.col("bare")) & pl.col("half").str.contains(
        rf"^(?:{surname}){words.HAN}{{1,2}}$"
    )
    return frame.select(pl.when(is_twice).then("half").otherwise("text").alias("text")).to_series()


def _unlabelled(text: pl.Series) -> pl.Series:
    """Without what a form prints before the name: 户主：李明, 户主李明, 现名李明."""
    bare = text.str.replace(rf"^{words.LABEL} *[:：] *", "")
    without = bare.str.replace(words.LABELLED, "${1}").str.replace(rf"^{words.NAMED_NEWER}$", "${1}")
    return without.zip_with(~bare.str.contains(words.NO_NAME_AFTER), bare)


def _outside(text: pl.Series) -> pl.Series:
    """The name without what stands in brackets after it; a name that is all brackets stays."""
    bare = text.str.replace_all(rf"{words.OPEN}{words.INNER}{words.CLOSE}", "").str.replace(rf"{words.OPEN}.*$", "")
    bare = bare.str.strip_chars(" ")
    inner = text.str.replace_all(r"[()\[\]【】〔〕<>《》]", "").str.strip_chars(" ")
    return bare.zip_with(bare != "", inner)


def _said_in(inside: pl.Series) -> pl.DataFrame:
    """Names that stand in the brackets with a word that says whose: `former_inside`, `newer_inside`, `related_inside`."""
    han, one, kin = words.HAN, words.ONE, words.RELATIONS
    former = inside.str.extract(rf"^{words.FORMER} *[:：]? *({han}[·{han[1:-1]} ]*)$", 1)
    newer = inside.str.extract(rf"^{words.NAMED_NEWER}$", 1)
    before = inside.str.extract(rf"^(?:其|系|由)?(?:{words.GUARDIAN}|{kin}) *[:：]? *({one})$", 1)
    after = inside.str.extract(rf"^(?:由)?({one}?)(?:代领|代办|代收|代|之(?:{kin})|的?(?:{kin}))$", 1)
    return pl.DataFrame(
        {
            "former_inside": former,
            "newer_inside": newer.set(former.is_not_null(), None),
            "related_inside": before.fill_null(after),
        }
    )


def _said_after(outside: pl.Series) -> pl.DataFrame:
    """Without brackets: 王刚曾用名王钢, 王钢改名王刚, 李小明监护人李强, 李强之子李小明, 李强已故, and the kin of who is not named."""
    one, plain = words.ONE, outside.set(outside.str.contains(words.KIN), None)
    renamed = plain.str.extract_groups(rf"^({one}?)[, ]*{words.FORMER}[:： ]*({one})$").struct.unnest()
    changed = plain.str.extract_groups(rf"^({one}?)[, ]*{words.NAMED_NEWER}$").struct.unnest()
    ward = plain.str.extract_groups(rf"^({one}?)[, ]*(?:{words.GUARDIAN})[:： ]*({one})$").struct.unnest()
    child = plain.str.extract_groups(words.CHILD).struct.unnest()
    kin = outside.set(~outside.str.contains(words.KIN), None).str.extract(words.OF_KIN, 1)
    return pl.DataFrame(
        {
            "renamed": renamed["1"],
            "former_after": renamed["2"],
            "outdated": changed["1"],
            "newer_after": changed["2"],
            "standing": plain.str.extract(words.STATE_AFTER, 1),
            "child": ward["1"].fill_null(child["2"]).fill_null(child["4"]),
            "related_after": ward["2"].fill_null(child["1"]).fill_null(child["3"]).fill_null(kin),
        }
    )
