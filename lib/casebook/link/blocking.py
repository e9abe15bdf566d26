"""Which pairs residual linkage looks at: those that share a key of at least one rule.

The rules are wide, so that a pair is missed only when everything is wrong at once. Pairs are counted before they are made. A
key that stands for very many pairs (a hostel's address, a placeholder nobody knew) is passed over by its rule and reported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.errors import LinkError
from casebook.link.subjects import sound

MOST_OF_A_KEY: Final = 2_500
MOST_COMPARED: Final = 6_000_000
"""Different pairs that are weighed at once: about half a gigabyte a million. 400,000 families need 2.3 million."""
_PLACE: Final = 32
_MIX: Final = 0x9E3779B1
Rule = tuple[str, ...]

PERSON: Final[tuple[Rule, ...]] = (
    ("form", "year"),
    ("sounds", "place"),
    ("sounds", "year"),
    ("born", "sex", "place"),
    ("form", "born"),
    ("phone",),
    ("account",),
    ("number",),
    ("number_head",),
    ("number_tail",),
    ("address", "surname"),
    ("address", "year"),
    ("form", "address"),
    ("both_names",),
    ("family_sound", "year"),
    ("family_sound", "given_start"),
    ("born", "initials"),
    ("given", "born"),
    ("given", "address"),
    ("family_sound", "address"),
    ("given", "place", "year"),
)
FIRM: Final[tuple[Rule, ...]] = (
    ("core",),
    ("core_start", "owner"),
    ("owner", "address"),
    ("core_start", "address"),
    ("owner_sounds", "core_end"),
    ("phone",),
    ("number",),
    ("number_head",),
    ("number_tail",),
    ("address", "core_end"),
)
_HEAD, _TAIL, _LONG = -4, 8, 14
_GIVEN: Final = pl.col("given", "family")
_PERSON_KEYS: Final[dict[str, tuple[str, pl.Expr]]] = {
    "year": ("born", pl.col("born") // 10_000),
    "surname": ("name", pl.col("name").str.slice(0, 1)),
    "given_start": ("given", pl.coalesce("given", "family").str.slice(0, 1)),
    "both_names": ("family", pl.concat_list(_GIVEN).list.sort().list.join(" ")),
    "initials": ("family", pl.concat_list(_GIVEN.str.slice(0, 1)).list.sort().list.join("")),
}
_FIRM_KEYS: Final[dict[str, tuple[str, pl.Expr]]] = {
    "core_start": ("core", pl.col("core").str.slice(0, 3)),
    "core_end": ("core", pl.col("core").str.slice(-4)),
}


@dataclass(frozen=True)
class Blocks:
    """Candidate pairs as places in the two tables, each once, and what was passed over.

    `skipped`: `rule`, `keys`, `pairs`: values that stand for too many pairs, how many they are and would have made.
    """

    i: pl.Series
    j: pl.Series
    skipped: pl.DataFrame


def blocked(left: pl.DataFrame, right: pl.DataFrame, rules: Sequence[Rule], max_pairs: int) -> Blocks:
    """The pairs of rows that share a key of some rule.

    A column that one table has not at all is left out of a rule; a rule without its first column falls away.

    Args:
        left: from `subjects`.
        right: the same.
        rules: columns that must agree together.
        max_pairs: pairs there may be in all, before duplicates are dropped.

    Raises:
        LinkError: there would be more pairs than `max_pairs`, or more different ones than `MOST_COMPARED`.
    """
    sides = [_hashed(_with_keys(side), rules) for side in (left, right)]
    counted = [(rule, *_keys_of(rule, *sides)) for rule in _possible(sides, rules)]
    _check(sum(int(keys["pairs"].sum()) for _, keys, _ in counted), max_pairs)
    found = [_pairs(rule, keys, *sides) for rule, keys, _ in counted]
    both = pl.concat([*found, pl.Series([], dtype=pl.UInt64)]).unique().sort()
    _check(len(both), min(max_pairs, MOST_COMPARED))
    skipped = pl.DataFrame(
        [(" · ".join(rule), many.height, many["pairs"].sum()) for rule, _, many in counted if many.height],
        schema={"rule": pl.String, "keys": pl.Int64, "pairs": pl.Int64},
        orient="row",
    )
    return Blocks((both // 2**_PLACE).cast(pl.UInt32), (both % 2**_PLACE).cast(pl.UInt32), skipped)


def _check(count: int, max_pairs: int) -> None:
    if count > max_pairs:
        message = (
            f"Linking by weighed attributes would compare {count} pairs, at most {max_pairs} are allowed: map more roles "
            "(birth date, place, phone), or link a part of the tables at a time."
        )
        raise LinkError(message)


def _with_keys(side: pl.DataFrame) -> pl.DataFrame:
    """The columns that a rule names and `subjects` does not make; null throughout where what they come from is empty."""
    size, last = pl.col("number").str.len_chars(), pl.when(pl.col("number").str.len_chars() > _LONG).then(_TAIL)
    made = {
        "number_head": ("number", pl.col("number").str.slice(0, (size + _HEAD).clip(4))),
        "number_tail": ("number", pl.col("number").str.tail(last.otherwise(size // 2 + 1))),
    }
    made |= _PERSON_KEYS if "born" in side.columns else _FIRM_KEYS
    filled = {key: rule for key, (column, rule) in made.items() if side[column].null_count() < side.height}
    none = [pl.lit(None, pl.String).alias(key) for key in made if key not in filled]
    side = side.with_columns(*(rule.alias(key) for key, rule in filled.items()), *none)
    return side.with_columns(sound(side["family"]).alias("family_sound")) if "family" in side.columns else side


def _hashed(side: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Each column of a rule as a number; two values with one number only make a needless pair."""
    columns = sorted({column for rule in rules for column in rule})
    return side.select(pl.when(pl.col(c).is_not_null()).then(pl.col(c).hash(seed=1)).alias(c) for c in columns)


def _possible(sides: Sequence[pl.DataFrame], rules: Sequence[Rule]) -> Iterable[Rule]:
    has = {c for c in sides[0].columns if all(side[c].null_count() < side.height for side in sides)}
    return dict.fromkeys(tuple(c for c in rule if c in has) for rule in rules if rule[0] in has)


def _key(rule: Rule) -> pl.Expr:
    mixed = pl.col(rule[0])
    for column in rule[1:]:
        mixed = (mixed * _MIX) ^ pl.col(column)
    return mixed.alias("key")


def _keys_of(rule: Rule, left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    one, two = (side.select(_key(rule)).drop_nulls().group_by("key").len() for side in (left, right))
    pairs = pl.col("len").cast(pl.Int64) * pl.col("len_right").cast(pl.Int64)
    both = one.join(two, on="key").select("key", pairs.alias("pairs"))
    is_common = pl.col("pairs") > MOST_OF_A_KEY
    return both.filter(~is_common), both.filter(is_common)


def _pairs(rule: Rule, keys: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    one = left.select(_key(rule), pl.int_range(pl.len(), dtype=pl.UInt64).alias("i")).join(keys, on="key")
    two = right.select(_key(rule), pl.int_range(pl.len(), dtype=pl.UInt64).alias("j"))
    return one.join(two, on="key").select(pl.col("i") * 2**_PLACE + pl.col("j")).to_series().alias("pair")
