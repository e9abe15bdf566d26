"""How far two names of people agree. Equal names prove nothing: a few surnames are shared by a hundred million people."""

from itertools import product
from typing import Final

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from casebook.text import homophones, sounds, variants
from casebook.text.person_problems import MASK

AGREEMENTS: Final = ("exact", "variant", "homophone", "one_character", "different")
_LONG: Final = 3
_HIDDEN: Final = rf"{MASK}|·"
_HAN: Final = r"[〇\p{Han}]"
_LETTERS: Final = r"^[\p{Latin}' .,·-]+$"
_LONGEST_SPELLED: Final = 8


def same_name(left: pl.Series, right: pl.Series) -> pl.Series:
    """How far two cleaned names agree: one of `AGREEMENTS`, the strongest that holds; null where either is missing.

    The sign between the parts of a minority name does not count. `variant`: spelled with a twin character (喆, 哲).
    `homophone`: sounds alike, in either reading where a character has two, or is spelled out in letters (LI MINGHUI, Minghui Li).
    `one_character`: one character of three or more differs, is missing or is added; in names of two characters one is half the
    name, so that is `different`. A masked name never agrees: it is `different` where what is visible differs (潘*辉, 刘云秀),
    else null (刘*秀, 刘云秀), as is a pair of equal masked names.

    >>> same_name(pl.Series(["李明", "王喆", "李明", "张建国", "李明"]), pl.Series(["李明", "王哲", "黎鸣", "张建军", "李强"])).to_list()
    ['exact', 'variant', 'homophone', 'one_character', 'different']
    >>> same_name(pl.Series(["LI MINGHUI", "潘*辉", "刘*秀"]), pl.Series(["李明辉", "刘云秀", "刘云秀"])).to_list()
    ['homophone', 'different', None]
    """
    pairs = pl.DataFrame({"left": left.cast(pl.String), "right": right.cast(pl.String)})
    distinct_pairs = pairs.unique()
    bare = distinct_pairs.select(pl.all().str.replace_all("[· ]", ""))
    level = _level(bare["left"], bare["right"]).alias("level")
    masked = _is_masked(distinct_pairs["left"]) | _is_masked(distinct_pairs["right"])
    if masked.any():
        rows = masked.arg_true()
        level = level.scatter(rows, _visible(*(bare[side].gather(rows) for side in ("left", "right"))))
    answers = distinct_pairs.with_columns(level)
    return pairs.join(answers, on=["left", "right"], how="left", nulls_equal=True, maintain_order="left")["level"]


def _is_masked(names: pl.Series) -> pl.Series:
    """True where a sign or 某 stands for a character of a Chinese name."""
    return (names.str.contains(MASK) & names.str.contains(_HAN)).fill_null(value=False)


def _visible(one: pl.Series, two: pl.Series) -> pl.Series:
    """`different` where what is visible before or behind the hidden characters of two names differs, in sound too; else null."""
    is_han = one.str.contains(_HAN) & two.str.contains(_HAN)
    heads = _shortest(*(names.str.replace(rf"(?:{_HIDDEN}).*$", "") for names in (one, two)), from_end=False)
    tails = _shortest(*(names.str.replace(rf"^.*(?:{_HIDDEN})", "") for names in (one, two)), from_end=True)
    differs = [~_sounds_like(*sides) for sides in (heads, [("李" + side) for side in tails])]
    frame = pl.DataFrame({"differs": is_han & (differs[0] | differs[1])})
    return frame.select(pl.when("differs").then(pl.lit(AGREEMENTS[-1])).alias("level")).to_series()


def _shortest(one: pl.Series, two: pl.Series, *, from_end: bool) -> list[pl.Series]:
    """Both cut to the length of the shorter."""
    frame = pl.DataFrame({"one": one, "two": two})
    size = pl.min_horizontal(pl.all().str.len_chars())
    cut = (pl.col(name).str.tail(size) if from_end else pl.col(name).str.head(size) for name in ("one", "two"))
    return frame.select(cut).get_columns()


def _sounds_like(one: pl.Series, two: pl.Series) -> pl.Series:
    alike = (variants.comparison_form(one) == variants.comparison_form(two)) | homophones.alike(one, two)
    return (alike | (one == "")).fill_null(value=True)


def _level(one: pl.Series, two: pl.Series) -> pl.Series:
    columns = pl.DataFrame(
        {
            "missing": one.is_null() | two.is_null(),
            "exact": one == two,
            "variant": variants.comparison_form(one) == variants.comparison_form(two),
            "homophone": homophones.alike(one, two) | _spelled_out(one, two) | _spelled_out(two, one),
            "one_character": _differs_by_one(one, two),
        }
    )
    level = pl.lit(AGREEMENTS[-1])
    for name in reversed(AGREEMENTS[:-1]):
        level = pl.when(name).then(pl.lit(name)).otherwise(level)
    return columns.select(pl.when(~pl.col("missing")).then(level).alias("level")).to_series()


def _spelled_out(letters: pl.Series, characters: pl.Series) -> pl.Series:
    """True where the one name spells the other's characters in letters, family first or last."""
    may_be = letters.str.contains(_LETTERS) & characters.str.contains(rf"^{_HAN}+$")
    may_be &= characters.str.len_chars() <= _LONGEST_SPELLED
    rows = may_be.fill_null(value=False).arg_true()
    answer = pl.repeat(value=False, n=len(letters), eager=True)
    if not len(rows):
        return answer
    spelled = _plain_letters(letters.gather(rows)).to_list()
    known = _spellings(characters.gather(rows))
    return answer.scatter(rows, pl.Series([one in ways for one, ways in zip(spelled, known, strict=True)]))


def _plain_letters(letters: pl.Series) -> pl.Series:
    """Capitals without signs and marks; ü, v and yu after l and n become u."""
    plain = letters.str.to_uppercase().str.normalize("NFD").str.replace_all("[^A-Z]", "")
    return plain.str.replace_all("V", "U").str.replace_all("([LN])YU", "${1}U")


def _spellings(characters: pl.Series) -> list[set[str]]:
    """All ways to spell each name: every reading, family name of one or two characters first or last."""
    heard, syllables = sounds.of(characters), sounds.tables().syllables
    written = ["", "", "", *(_plain_letters(pl.Series(syllables)).to_list())]
    readings = [
        {written[number] for number in pair if number > sounds.SILENT}
        for pair in zip(heard.first.tolist(), heard.other.tolist(), strict=True)
    ]
    places = zip(heard.characters.starts.tolist(), heard.characters.lengths.tolist(), strict=True)
    return [_orders(readings[start : start + length]) for start, length in places]


def _orders(readings: list[set[str]]) -> set[str]:
    ways = list(product(*readings))
    turned = {"".join(way[family:] + way[:family]) for way in ways for family in (1, 2)}
    return turned | {"".join(way) for way in ways}


def _differs_by_one(left: pl.Series, right: pl.Series) -> pl.Series:
    """True where at most one character is changed, added or missing and the longer name has three or more."""
    is_long = pl.DataFrame([left.str.len_chars(), right.str.len_chars()]).max_horizontal() >= _LONG
    distance = process.cpdist(
        left.fill_null("").to_list(), right.fill_null("").to_list(), scorer=Levenshtein.distance, score_cutoff=1
    )
    return pl.Series(distance <= 1) & is_long.fill_null(value=False)
