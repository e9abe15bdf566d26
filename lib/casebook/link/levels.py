"""How far two subjects agree in each attribute: the levels of residual linkage, from the strongest to `different`.

Names in Chinese: exact, variant (喆/哲), homophone (typed by sound), one_character. Names in letters: exact, near (Jaro-Winkler
0.92 and more), similar (0.80), swapped (given for family). Numbers: exact, one_digit, transposed; digits are compared only in
numbers of one length that differ in two places at most. A level is null where either side has no value.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from casebook.link.dates import born_level
from casebook.link.distances import differing, is_one_edit, jaro_winkler
from casebook.text import addresses

_NEAR: Final = 0.92
_SIMILAR: Final = 0.80
_HAN: Final = r"\p{Han}"
_LONG_CORE: Final = 4


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of two tables, by their places in them."""

    left: pl.DataFrame
    right: pl.DataFrame
    i: pl.Series
    j: pl.Series

    def values(self, *columns: str) -> pl.DataFrame:
        """The values of both rows of each pair: the column, and with the suffix `_right` the other side's."""
        one, two = (side.select(columns) for side in (self.left, self.right))
        return pl.concat([one[self.i], two[self.j].rename({c: f"{c}_right" for c in columns})], how="horizontal")

    @cached_property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.i)


def _first_true(conditions: Iterable[pl.Expr], *, missing: pl.Expr) -> pl.Expr:
    """The place of the first condition that holds, or their number; null where `missing`."""
    listed = list(conditions)
    level = pl.lit(len(listed), pl.UInt8)
    for place in range(len(listed) - 1, -1, -1):
        level = pl.when(listed[place]).then(pl.lit(place, pl.UInt8)).otherwise(level)
    return pl.when(~missing).then(level).alias("level")


def _missing(column: str) -> pl.Expr:
    return pl.col(column).is_null() | pl.col(f"{column}_right").is_null()


def _same(column: str) -> pl.Expr:
    return (pl.col(column) == pl.col(f"{column}_right")).fill_null(value=False)


def _near_words(values: pl.DataFrame, column: str, is_settled: pl.Expr) -> pl.DataFrame:
    """Adds `likeness`, the Jaro-Winkler similarity of words in letters; 0 for Chinese text and where it is settled."""
    han = pl.col(column).str.contains(_HAN) | pl.col(f"{column}_right").str.contains(_HAN)
    asked = values.select((~is_settled & ~_missing(column) & ~han).fill_null(value=False)).to_series()
    return values.with_columns(jaro_winkler(values[column], values[f"{column}_right"], asked).alias("likeness"))


def name(pairs: Pairs) -> pl.Series:
    """Levels of whole names."""
    values = pairs.values("name", "form", "sounds")
    settled = _same("form") | _same("sounds")
    values = _near_words(values, "name", settled)
    han = pl.col("name").str.contains(_HAN) & pl.col("name_right").str.contains(_HAN)
    asked = values.select((~settled & ~_missing("name") & han).fill_null(value=False)).to_series()
    one = is_one_edit(values["name"], values["name_right"], asked, longest_at_least=3)
    values = values.with_columns(one.alias("one"))
    near, similar = pl.col("likeness") >= _NEAR, pl.col("likeness") >= _SIMILAR
    return values.select(
        _first_true(
            [_same("name"), _same("form"), _same("sounds"), pl.col("one"), near, similar], missing=_missing("name")
        )
    ).to_series()


def _part(pairs: Pairs, part: str) -> pl.Series:
    values = _near_words(pairs.values("given", "family"), part, _same(part))
    values = values.with_columns(_is_swapped(values).alias("swapped"))
    near, similar = pl.col("likeness") >= _NEAR, pl.col("likeness") >= _SIMILAR
    conditions = [_same(part), near, pl.col("swapped"), similar]
    return values.select(_first_true(conditions, missing=_missing(part))).to_series()


def _is_swapped(values: pl.DataFrame) -> pl.Series:
    """True where neither part agrees and one side's given name is near the other's family name."""
    crossed = []
    for one, other in (("given", "family_right"), ("family", "given_right")):
        known = pl.col(one).is_not_null() & pl.col(other).is_not_null()
        asked = values.select((known & ~_same("given") & ~_same("family")).alias("asked")).to_series()
        crossed.append(jaro_winkler(values[one], values[other], asked) >= _NEAR)
    return crossed[0] | crossed[1]


def given_name(pairs: Pairs) -> pl.Series:
    """Levels of given names in letters."""
    return _part(pairs, "given")


def family_name(pairs: Pairs) -> pl.Series:
    """Levels of family names in letters."""
    return _part(pairs, "family")


def birth_date(pairs: Pairs) -> pl.Series:
    """Levels of dates; null also where both dates may come from numbers that are compared themselves."""
    values = pairs.values("born", "born_by_id", "number")
    told = (pl.col("born_by_id") | pl.col("born_by_id_right")) & ~_missing("number")
    return born_level(values["born"], values["born_right"]).set(values.select(told).to_series(), None)


def sex(pairs: Pairs) -> pl.Series:
    """The same, or not."""
    values = pairs.values("sex", "sex_by_id", "number")
    told = (pl.col("sex_by_id") | pl.col("sex_by_id_right")) & ~_missing("number")
    return values.select(_first_true([_same("sex")], missing=_missing("sex") | told)).to_series()


def place(pairs: Pairs) -> pl.Series:
    """Levels of places; words in letters may be near."""
    values = _near_words(pairs.values("place"), "place", _same("place"))
    return values.select(
        _first_true([_same("place"), pl.col("likeness") >= _NEAR], missing=_missing("place"))
    ).to_series()


def address(pairs: Pairs) -> pl.Series:
    """Levels of addresses: Chinese ones by house and road, those in letters by their words."""
    values = _near_words(pairs.values("address"), "address", _same("address"))
    told = _same_place(values).alias("told")
    values = values.with_columns(told)
    near, similar = pl.col("likeness") >= _NEAR, pl.col("likeness") >= _SIMILAR
    conditions = [_same("address"), pl.col("told") == "house", near, pl.col("told") == "road", similar]
    return values.select(
        _first_true((c.fill_null(value=False) for c in conditions), missing=_missing("address"))
    ).to_series()


def _same_place(values: pl.DataFrame) -> pl.Series:
    """`addresses.same_place` for the Chinese addresses that differ; each distinct one is taken apart once."""
    han = pl.col("address").str.contains(_HAN) & pl.col("address_right").str.contains(_HAN)
    asked = values.select((han & ~_same("address")).fill_null(value=False)).to_series()
    some = values.filter(asked)
    told = pl.Series("told", [None] * values.height, dtype=pl.String)
    if some.is_empty():
        return told
    parts = addresses.clean(pl.concat([some["address"], some["address_right"]]))
    return told.scatter(asked.arg_true(), addresses.same_place(parts.head(some.height), parts.tail(some.height)))


def _number(pairs: Pairs, column: str) -> pl.Series:
    values = pairs.values(column)
    one, two = values[column], values[f"{column}_right"]
    count, is_exchange = differing(one, two)
    values = values.with_columns(count.alias("count"), is_exchange.alias("exchanged"))
    conditions = [pl.col("count") == 0, pl.col("count") == 1, pl.col("exchanged")]
    return values.select(
        _first_true((c.fill_null(value=False) for c in conditions), missing=_missing(column))
    ).to_series()


def number(pairs: Pairs) -> pl.Series:
    """Levels of citizen ids of which one fails its check at most, of other numbers of persons, of codes of firms."""
    return _number(pairs, "number")


def phone(pairs: Pairs) -> pl.Series:
    """Levels of telephone numbers."""
    return _number(pairs, "phone")


def account(pairs: Pairs) -> pl.Series:
    """Levels of bank accounts."""
    return _number(pairs, "account")


def core(pairs: Pairs) -> pl.Series:
    """Levels of firms' names: the core is the same, one ends the other, or one character differs."""
    values = pairs.values("core")
    one, two = pl.col("core"), pl.col("core_right")
    is_long = pl.min_horizontal(one.str.len_chars(), two.str.len_chars()) >= _LONG_CORE
    ends = is_long & (one.str.ends_with(two) | two.str.ends_with(one)) & ~_same("core")
    values = values.with_columns(ends.fill_null(value=False).alias("ends"), (is_long & ~ends).alias("asked"))
    asked = values.select((pl.col("asked") & ~_same("core")).fill_null(value=False)).to_series()
    near = is_one_edit(values["core"], values["core_right"], asked, longest_at_least=_LONG_CORE)
    values = values.with_columns(near.alias("near"))
    return values.select(
        _first_true([_same("core"), pl.col("ends"), pl.col("near")], missing=_missing("core"))
    ).to_series()


def representative(pairs: Pairs) -> pl.Series:
    """Levels of the names of legal representatives."""
    values = pairs.values("owner", "owner_sounds")
    return values.select(_first_true([_same("owner"), _same("owner_sounds")], missing=_missing("owner"))).to_series()
