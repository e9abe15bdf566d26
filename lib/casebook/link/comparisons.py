"""The attributes that residual linkage compares, of persons and of firms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.link import levels
from casebook.link.levels import Pairs


@dataclass(frozen=True)
class Comparison:
    """One attribute: `grade` says for each pair which of the `levels` holds (UInt8, null where a value is missing).

    The first `agreeing` levels count as agreement; in a pair that shares a household the first `in_household` do: twins have
    names of one character's difference. `keys` names, for levels that are equality of a column, that column: how often chance
    makes them agree is counted, not sampled, and a rare value weighs more. `column` holds the value shown.
    `is_shared`: people of one household, or firms of one owner, have it in common.
    """

    name: str
    column: str
    levels: tuple[str, ...]
    agreeing: int
    keys: tuple[str, ...]
    grade: Callable[[Pairs], pl.Series]
    in_household: int | None = None
    is_name: bool = False
    is_shared: bool = False


_DIGITS: Final = ("exact", "one_digit", "transposed", "different")
_PART: Final = ("exact", "near", "swapped", "similar", "different")
_NAME: Final = ("exact", "variant", "homophone", "one_character", "near", "similar", "different")
_BORN: Final = ("exact", "swapped", "one_digit", "year_month", "year", "different")
_ADDRESS: Final = ("exact", "house", "near", "road", "similar", "different")

PERSON: Final = (
    Comparison("name", "name", _NAME, 5, ("name", "form", "sounds"), levels.name, 3, is_name=True),
    Comparison("given_name", "given", _PART, 4, ("given",), levels.given_name, is_name=True),
    Comparison("family_name", "family", _PART, 4, ("family",), levels.family_name, is_name=True),
    Comparison("id", "number", _DIGITS, 3, ("number",), levels.number),
    Comparison("birth_date", "born", _BORN, 3, ("born",), levels.birth_date),
    Comparison("sex", "sex", ("exact", "different"), 0, ("sex",), levels.sex),
    Comparison("place", "place", ("exact", "near", "different"), 2, ("place",), levels.place, is_shared=True),
    Comparison("address", "address", _ADDRESS, 3, ("address",), levels.address, is_shared=True),
    Comparison("phone", "phone", _DIGITS, 3, ("phone",), levels.phone, is_shared=True),
    Comparison("account", "account", _DIGITS, 3, ("account",), levels.account, is_shared=True),
)
FIRM: Final = (
    Comparison(
        "firm_name",
        "core",
        ("exact", "ending", "one_character", "different"),
        3,
        ("core",),
        levels.core,
        2,
        is_name=True,
    ),
    Comparison("code", "number", _DIGITS, 3, ("number",), levels.number),
    Comparison("address", "address", _ADDRESS, 3, ("address",), levels.address, is_shared=True),
    Comparison(
        "representative",
        "owner",
        ("exact", "homophone", "different"),
        2,
        ("owner", "owner_sounds"),
        levels.representative,
        is_shared=True,
    ),
    Comparison("phone", "phone", _DIGITS, 3, ("phone",), levels.phone, is_shared=True),
)
