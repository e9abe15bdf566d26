"""How far two names of people agree. Equal names prove nothing: a few surnames are shared by a hundred million people."""

from typing import Final

import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from casebook.text import homophones, variants

AGREEMENTS: Final = ("exact", "variant", "homophone", "one_character", "different")
_LONG: Final = 3


def same_name(left: pl.Series, right: pl.Series) -> pl.Series:
    """How far two cleaned names agree: one of `AGREEMENTS`, the strongest that holds; null where either is missing.

    The sign between the parts of a minority name does not count. `variant`: spelled with a twin character (喆, 哲).
    `homophone`: sounds alike, in either reading where a character has two. `one_character`: one character of three or more
    differs, is missing or is added; in names of two characters one is half the name, so that is `different`.

    >>> same_name(pl.Series(["李明", "王喆", "李明", "张建国", "李明"]), pl.Series(["李明", "王哲", "黎鸣", "张建军", "李强"])).to_list()
    ['exact', 'variant', 'homophone', 'one_character', 'different']
    """
    pairs = pl.DataFrame({"left": left.cast(pl.String), "right": right.cast(pl.String)})
    distinct_pairs = pairs.unique()
    bare = distinct_pairs.select(pl.all().str.replace_all("[· ]", ""))
    answers = distinct_pairs.with_columns(_level(bare["left"], bare["right"]))
    return pairs.join(answers, on=["left", "right"], how="left", nulls_equal=True, maintain_order="left")["level"]


def _level(one: pl.Series, two: pl.Series) -> pl.Series:
    columns = pl.DataFrame(
        {
            "missing": one.is_null() | two.is_null(),
            "exact": one == two,
            "variant": variants.comparison_form(one) == variants.comparison_form(two),
            "homophone": homophones.alike(one, two),
            "one_character": _differs_by_one(one, two),
        }
    )
    level = pl.lit(AGREEMENTS[-1])
    for name in reversed(AGREEMENTS[:-1]):
        level = pl.when(name).then(pl.lit(name)).otherwise(level)
    return columns.select(pl.when(~pl.col("missing")).then(level).alias("level")).to_series()


def _differs_by_one(left: pl.Series, right: pl.Series) -> pl.Series:
    """True where at most one character is changed, added or missing and the longer name has three or more."""
    is_long = pl.DataFrame([left.str.len_chars(), right.str.len_chars()]).max_horizontal() >= _LONG
    distance = process.cpdist(
        left.fill_null("").to_list(), right.fill_null("").to_list(), scorer=Levenshtein.distance, score_cutoff=1
    )
    return pl.Series(distance <= 1) & is_long.fill_null(value=False)
