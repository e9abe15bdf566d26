"""How far two names agree, for pairs that a key has already brought together.

Grades: `exact`, `variant` (喆/哲), `homophone` (typed by sound, or written in pinyin), `one_character`, `different`; `missing`
when one side has no name; of firms also `other_place`: the same name in two places, which neither confirms nor contradicts.
A name never makes a link here: it confirms one, or contradicts it.
"""

from typing import Final

import polars as pl
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from casebook.link.firm_names import with_wholes
from casebook.text.homophones import COMPOUND_SURNAMES
from casebook.text.people import same_name

AGREE: Final = ("exact", "variant", "homophone", "one_character")
# A guessed digit is weak evidence: one differing character of a short name must not confirm it.
AGREE_CLOSELY: Final = ("exact", "variant", "homophone")
_ONE_CHARACTER_FROM: Final = 4
_LONGEST_PERSON: Final = 4
_SHOP_END: Final = "[店馆铺厂部社行坊院站]$"


def person_grades(left: pl.Series, right: pl.Series) -> pl.Series:
    """The grade of each pair of names of people."""
    names = pl.DataFrame({"left": left.cast(pl.String), "right": right.cast(pl.String)})
    grades = names.select(_plain_grade()).to_series()
    rest = grades.is_null().arg_true()
    if not len(rest):
        return grades
    unequal = names[rest]
    # A masked name that may be the other one tells nothing.
    return grades.scatter(rest, same_name(unequal["left"], unequal["right"]).fill_null("missing"))


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
    are `one_character`; names of firms have no `homophone`. Where the whole names differ, two branches are `different` and
    two places `other_place` (`firm_names.with_wholes`).
    """
    cores = pl.DataFrame({"left": pairs["core"], "right": pairs["core_right"]})
    former = _is_former(pairs)
    grades = cores.select(_plain_grade()).to_series()
    rest = (grades.is_null() & ~former).arg_true()
    if len(rest):
        grades = grades.scatter(rest, _near(cores["left"].gather(rest), cores["right"].gather(rest)))
    renamed = former & ~grades.is_in(["exact", "missing"]).fill_null(value=False)
    told = with_wholes(pairs, grades.set(renamed, "variant"))
    return told.set(renamed, "variant")


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


def business_grades(pairs: pl.DataFrame) -> pl.Series:
    """The grade of the names of businesses, `missing` where one row has its owner's name in the place of the shop's.

    Two rows that both have an owner's name are compared as people.
    """
    one, two = _is_person(pairs["name"]), _is_person(pairs["name_right"])
    shops = firm_grades(pairs)
    people = person_grades(pairs["name"], pairs["name_right"])
    return shops.zip_with(~(one & two), people).set(one != two, "missing").alias("business")


def owner_grades(pairs: pl.DataFrame) -> pl.Series:
    """The grade of the names of the owners, each in the place of the representative or of the business's name.

    The best of three comparisons counts. A shop's name that differs from a person's says nothing.
    """
    told = {
        "owners": person_grades(pairs["representative"], pairs["representative_right"]),
        "left": _only_if_agreeing(person_grades(pairs["name"], pairs["representative_right"])),
        "right": _only_if_agreeing(person_grades(pairs["representative"], pairs["name_right"])),
    }
    order = [*AGREE, "different", "missing"]
    ranks = pl.DataFrame(told).select(
        pl.min_horizontal(pl.all().replace_strict(order, range(len(order)), return_dtype=pl.Int8)).alias("owner")
    )
    return ranks.to_series().replace_strict(list(range(len(order))), order, return_dtype=pl.String)


def _is_person(names: pl.Series) -> pl.Series:
    """True for what looks like the name of a person: two or three characters, or four with a compound surname."""
    length = names.str.len_chars()
    is_compound = (length == _LONGEST_PERSON) & names.str.slice(0, 2).is_in(list(COMPOUND_SURNAMES))
    is_person = (((length > 1) & (length < _LONGEST_PERSON)) | is_compound) & ~names.str.contains(_SHOP_END)
    return is_person.fill_null(value=False)


def _only_if_agreeing(grades: pl.Series) -> pl.Series:
    return grades.set(grades == "different", "missing")
