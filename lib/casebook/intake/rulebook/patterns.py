"""Patterns of a contract: regular expressions in linear time, whole-text, and the same on every engine, or refused."""

import re
from typing import Final

import polars as pl

from casebook.errors import ContractError

MAX_LENGTH: Final = 200
_CLASSES: Final = {"d": "[0-9]", "D": "[^0-9]", "w": "[0-9A-Za-z_]", "W": "[^0-9A-Za-z_]"}
_GROUPS_ALLOWED: Final = ("(?:", "(?i:")


def refuse(pattern: str) -> None:
    r"""Nothing, where the pattern may stand in a contract.

    Raises:
        ContractError: it is too long, not anchored, no pattern of linear time, too large, or means other texts on other engines;
            the place is for the caller to add.

    >>> refuse("^[0-9]{4}$")
    >>> refuse(r"^\d{4}$")
    Traceback (most recent call last):
    casebook.errors.ContractError: the pattern has \d, which matches other digits on other engines; write [0-9]
    """
    if len(pattern) > MAX_LENGTH:
        raise ContractError(f"the pattern has {len(pattern)} characters, at most {MAX_LENGTH} are allowed")
    bare = _without_sets(pattern)
    if not pattern.startswith("^") or not bare.endswith("$") or _alternates(bare[1:-1]):
        raise ContractError("the pattern must fit the whole text: begin with ^ and end with $, alternatives in (?:a|b)")
    _refuse_groups(bare)
    for letter in re.findall(r"\\(.)", pattern):
        if letter in _CLASSES:
            advice = f"which matches other digits on other engines; write {_CLASSES[letter]}"
            raise ContractError(f"the pattern has \\{letter}, {advice}")
        if letter.isdigit():
            raise ContractError("the pattern refers back to a group, which takes unbounded time; write it out")
    _refuse_unreadable(pattern)


def _without_sets(pattern: str) -> str:
    """Escaped characters and sets in brackets taken out, so that every sign left means what it shows."""
    return re.sub(r"\[\^?\]?[^\]]*\]", "", re.sub(r"\\.", "", pattern))


def _alternates(bare: str) -> bool:
    depth = 0
    for sign in bare:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth <= 0:
            return True
    return False


def _refuse_groups(bare: str) -> None:
    for found in re.finditer(r"\(\?", bare):
        if not bare.startswith(_GROUPS_ALLOWED, found.start()):
            raise ContractError(
                "the pattern looks around, names a group or sets a flag; only (?:…) and (?i:…) are allowed, in linear time"
            )


def _refuse_unreadable(pattern: str) -> None:
    try:
        pl.Series([""]).str.contains(pattern, strict=True)
    except pl.exceptions.PolarsError as bad:
        is_large = "size limit" in str(bad)
        said = "grows too large when its repetitions are written out" if is_large else "is no regular expression (Rust)"
        raise ContractError(f"the pattern {said}; correct it") from None
