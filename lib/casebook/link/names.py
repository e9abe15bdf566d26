"""How far two names agree, for pairs that a key has already brought together.

Grades: `exact`, `variant` (喆/哲), `homophone` (typed by sound), `one_character`, `different`; `missing` when one side has no
name. A name never makes a link here: it confirms one, or contradicts it.
"""

from typing import Final

import polars as pl
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from casebook.text.people import same_name

AGREE: Final = ("exact", "variant", "homophone", "one_character")
# A guessed digit is weak evidence: one differing character of a short name must not confirm it.
AGREE_CLOSELY: Final = ("exact", "variant", "homophone")
_ONE_CHARACTER_FROM: Final = 4
_LONGEST_PERSON: Final = 4


def person_grades(left: pl.Series, right: pl.Series) -> pl.Series:
    """The grade of each pair of names of people."""
    names = pl.DataFrame({"left": left.cast(pl.String), "right": right.cast(pl.String)})
    grades = names.select(_plain_grade()).to_series()
    rest = grades.is_null().arg_true()
    if not len(rest):
        return grades
    unequal = names[rest]
    return grades.scatter(rest, same_name(unequal["left"], unequal["right"]))


def confirmed_by_former(pairs: pl.DataFrame, grades: pl.Series) -> pl.Series:
    """The grades, `variant` where the names differ and either is a former name that the other row states of its person.

    Args:
        pairs: `name` and `former_name` of both rows; no former name where the columns are missing.
        grades: of the names themselves.
    """
    if "former_name" not in pairs.columns:
        return grades
    crossed = (pl.col("former_name") == pl.col("name_right")) | (pl.col("former_name_right") == pl.col("name"))
    is_former = pairs.select(crossed.fill_null(value=False)).to_series()
    return grades.zip_with(
        ~(is_former & (grades == "different")), pl.Series(["variant"]).new_from_index(0, len(grades))
    )


def _plain_grade() -> pl.Expr:
    left, right = pl.col("left"), pl.col("right")
    missing = left.is_null() | right.is_null()
    return pl.when(missing).then(pl.lit("missing")).when(left == right).then(pl.lit("exact")).alias("grade")


def firm_grades(pairs: pl.DataFrame) -> pl.Series:
    """The grade of each pair of firms, from `core`, `name` and `former_name` of both sides.

    A `variant` is a former name (in either side's list) that equals the other's name or core, or a core of four characters
    and more that ends the other's (德州恒丰机械, 恒丰机械: a place nobody took off). Such cores that differ by one character
    are `one_character`; names of firms have no `homophone`.
    """
    cores = pl.DataFrame({"left": pairs["core"], "right": pairs["core_right"]})
    graded = cores.with_columns(_plain_grade(), former=_is_former(pairs))
    graded = graded.with_columns(
        pl.when(pl.col("grade").is_null() & pl.col("former")).then(pl.lit("variant")).otherwise("grade").alias("grade")
    ).with_row_index()
    rest = graded.filter(pl.col("grade").is_null())
    if rest.is_empty():
        return graded["grade"]
    told = rest.select("index", told=_near(rest["left"], rest["right"]))
    joined = graded.join(told, on="index", how="left", maintain_order="left")
    return joined.select(pl.coalesce("grade", "told").alias("grade")).to_series()


def _is_former(pairs: pl.DataFrame) -> pl.Series:
    listed = [
        pl.col(names).list.contains(pl.col(other)).fill_null(value=False)
        for names, others in (("former_name", ("name_right", "core_right")), ("former_name_right", ("name", "core")))
        for other in others
    ]
    return pairs.select(pl.any_horizontal(listed).alias("former")).to_series()


def _near(left: pl.Series, right: pl.Series) -> pl.Series:
    slips = pl.Series(cpdist(left.to_list(), right.to_list(), scorer=Levenshtein.distance))
    length = pl.DataFrame({"left": left.str.len_chars(), "right": right.str.len_chars()}).min_horizontal()
    pairs = pl.DataFrame(
        {"left": left, "right": right, "is_long": length >= _ONE_CHARACTER_FROM, "is_near": slips <= 1}
    )
    one_ends_other = pl.col("left").str.ends_with(pl.col("right")) | pl.col("right").str.ends_with(pl.col("left"))
    return pairs.select(
        pl.when(pl.col("is_long") & one_ends_other)
        .then(pl.lit("variant"))
        .when(pl.col("is_long") & pl.col("is_near"))
        .then(pl.lit("one_character"))
        .otherwise(pl.lit("different"))
    ).to_series()


def owner_grades(pairs: pl.DataFrame) -> pl.Series:
    """The grade of each pair of businesses brought together by their owner's citizen id.

    A shop may stand on one side and its owner on the other, so the best of the four comparisons of `name` and
    `representative` counts. A shop's name that differs from a person's says nothing.
    """
    of_a_kind = _is_person(pairs["name"]) == _is_person(pairs["name_right"])
    same = firm_grades(pairs)
    told = {
        "names": same.set((same == "different") & ~of_a_kind.fill_null(value=False), "missing"),
        "owners": person_grades(pairs["representative"], pairs["representative_right"]),
        "left": _only_if_agreeing(person_grades(pairs["name"], pairs["representative_right"])),
        "right": _only_if_agreeing(person_grades(pairs["representative"], pairs["name_right"])),
    }
    order = [*AGREE, "different", "missing"]
    ranks = pl.DataFrame(told).select(
        pl.min_horizontal(pl.all().replace_strict(order, range(len(order)), return_dtype=pl.Int8)).alias("grade")
    )
    return ranks.to_series().replace_strict(list(range(len(order))), order, return_dtype=pl.String)


def _is_person(names: pl.Series) -> pl.Series:
    return names.str.len_chars() <= _LONGEST_PERSON


def _only_if_agreeing(grades: pl.Series) -> pl.Series:
    return grades.set(grades == "different", "missing")
