"""How a name sounds: one toneless syllable a character, surnames in their own reading.

The table is made from pypinyin when the library is built (`build_homophones.py`) and read once; a column is answered by one
look-up a character, not by a call per row. Regional sounds (zh/z, n/l, -n/-ng) are kept apart: a clerk's input method does so too.
"""

import numpy as np
import polars as pl

from casebook.text import sounds
from casebook.text.codepoints import LIMIT, Characters
from casebook.text.sounds import TABLE_NAME
from casebook.text.surnames import COMPOUND_SURNAMES

__all__ = ["COMPOUND_SURNAMES", "TABLE_NAME", "alike", "key", "other_key", "pinyin", "spelled"]


def pinyin(names: pl.Series) -> pl.Series:
    """Toneless syllables separated by blanks; letters, digits and unknown characters stay; null stays null.

    >>> pinyin(pl.Series(["单雄信", "尉迟恭", "曾参", "李明", None])).to_list()
    ['shan xiong xin', 'yu chi gong', 'zeng can', 'li ming', None]
    """
    return _written(names, " ")[0]


def key(names: pl.Series) -> pl.Series:
    """The key that names typed by sound share: the syllables of `pinyin` joined by `-`, in lower case.

    >>> key(pl.Series(["李明", "黎鸣", "李民"])).to_list()
    ['li-ming', 'li-ming', 'li-min']
    """
    return _written(names, "-")[0]


def other_key(names: pl.Series) -> pl.Series:
    """The key with the surname in its second reading; null where the surname has one reading only.

    >>> other_key(pl.Series(["盖聂", "乐毅", "李明"])).to_list()
    ['gai-nie', 'le-yi', None]
    """
    text = names.cast(pl.String)
    heard = sounds.of(text)
    starts = heard.characters.starts
    second = heard.other[starts]
    heard.first[starts] = np.where(second > 0, second, heard.first[starts])
    answer = _texts(sounds.spelled(heard.characters, heard.first).replace(b" ", b"-"))
    return answer.set(pl.Series(second == 0), None).alias(names.name)


def spelled(names: pl.Series) -> tuple[pl.Series, pl.Series]:
    """`pinyin` and `key` of a column, made at once."""
    spoken, keyed = _written(names, " ", "-")
    return spoken, keyed


def _written(names: pl.Series, *separators: str) -> list[pl.Series]:
    """The syllables of each name, once for each separator; letters become small beside a `-`."""
    text = names.cast(pl.String)
    characters = Characters.of(text)
    numbers = sounds.first_readings(characters)
    lines = sounds.spelled(characters, numbers)
    odd = sounds.unspelled(characters, numbers)
    words = _with_other_signs(text.gather(odd)) if len(odd) else None
    answers = []
    for separator in separators:
        answer = _texts(lines if separator == " " else lines.replace(b" ", separator.encode()))
        if words is not None:
            joined = words if separator == " " else words.str.to_lowercase().str.replace_all(" ", separator)
            answer = _put(answer, odd, joined)
        answers.append((answer.set(text.is_null(), None) if text.null_count() else answer).alias(names.name))
    return answers


def _texts(lines: bytes) -> pl.Series:
    if not lines:
        return pl.Series([], dtype=pl.String)
    return pl.Series([lines[:-1].decode("ascii")]).str.split("\n").explode()


def _put(texts: pl.Series, rows: np.ndarray, words: pl.Series) -> pl.Series:
    places = np.arange(len(texts))
    places[rows] = len(texts) + np.arange(len(rows))
    return pl.concat([texts, words]).gather(places)


def _with_other_signs(text: pl.Series) -> pl.Series:
    """Names with signs that have no syllable: the syllables as words between them, the signs as they are."""
    frame = text.alias("name").to_frame().with_row_index()
    single = frame.select("index", pl.col("name").str.split("").alias("sign")).explode("sign", empty_as_null=True)
    known = sounds.tables()
    signs = Characters.of(single["sign"])
    at_head = pl.Series(single["index"].is_first_distinct())
    code = signs.codes[signs.starts]
    numbers = np.where(at_head.to_numpy(), known.surname[code], known.word[code])
    names = np.array(["", "", " ", *known.syllables], dtype=object)
    syllable = pl.Series(names[numbers], dtype=pl.String)
    word = pl.when(pl.Series(numbers >= sounds.SILENT)).then(" " + syllable + " ").otherwise("sign")
    written = (
        single.with_columns(word.alias("sign")).group_by("index", maintain_order=True).agg(pl.col("sign").str.join(""))
    )
    return written["sign"].str.replace_all(r"\s+", " ").str.strip_chars(" ")


def alike(left: pl.Series, right: pl.Series) -> pl.Series:
    """True where two names have as many characters and each pair sounds alike in one of its readings; null stays null.

    >>> alike(pl.Series(["盖明", "李晟", "李明"]), pl.Series(["葛鸣", "黎成", "李民"])).to_list()
    [True, True, False]
    >>> alike(pl.Series(["盖明", "阿里·买买提"]), pl.Series(["该鸣", "阿里买买提"])).to_list()
    [True, True]
    """
    bare = [_bare(side) for side in (left, right)]
    one, two = (sounds.of(side) for side in bare)
    answer = one.characters.lengths == two.characters.lengths
    rows = np.flatnonzero(answer & (one.characters.lengths > 0))
    if len(rows):
        answer[rows] = _sound_alike(one, two, rows)
    return (pl.Series(answer) | (bare[0] == bare[1])).set(left.is_null() | right.is_null(), None)


def _bare(names: pl.Series) -> pl.Series:
    return names.cast(pl.String).str.to_lowercase().str.replace_all("[· ]", "")


def _sound_alike(one: sounds.Sounds, two: sounds.Sounds, rows: np.ndarray) -> np.ndarray:
    lengths = one.characters.lengths[rows]
    heads = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(heads, lengths)
    here = np.repeat(one.characters.starts[rows], lengths) + within
    there = np.repeat(two.characters.starts[rows], lengths) + within
    code = one.characters.codes[here]
    same = (code == two.characters.codes[there]) & (code < LIMIT)
    for a in (one.first[here], one.other[here]):
        for b in (two.first[there], two.other[there]):
            same |= (a == b) & (a != sounds.UNKNOWN)
    return np.logical_and.reduceat(same, heads)
