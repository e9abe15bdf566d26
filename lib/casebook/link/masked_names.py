"""What the visible characters of two names say where one of them is masked, a surname alone, or one of several.

Such a name never confirms anything; it contradicts where its visible characters cannot belong to the other name.
"""

import re
from functools import cache
from typing import Final

import polars as pl

from casebook.text import variants
from casebook.text.people import same_name

_SIGN: Final = "*＊×xX#某○□■?？\ufffd"
_MASK: Final = re.compile(f"[{re.escape(_SIGN)}]+")
_TITLE: Final = re.compile("(?:先生|女士|小姐|同志|师傅|太太|老师)$")
_BETWEEN: Final = re.compile("[、,;/，；]+")
_IGNORED: Final = re.compile("[· ]")
_HAN: Final = re.compile("[\u3007\u3400-\u9fff\U00020000-\U000323af]")


def partial(names: pl.Series) -> pl.Series:
    """The Chinese names that hide characters (李*明, 李某, 李先生) and the cells of several names; null for the others.

    >>> partial(pl.Series(["李*明", "李明", "李明、王芳", "Anna Max", "李小明之父", None])).to_list()
    ['李*明', None, '李明、王芳', None, None, None]
    """
    is_partial = [bool(name and _HAN.search(name)) and _is_partial(_shapes(name)) for name in names]
    return names.set(~pl.Series(is_partial, dtype=pl.Boolean), None)


def _is_partial(shapes: tuple[str, ...]) -> bool:
    return len(shapes) > 1 or any("*" in shape for shape in shapes)


def visibly_differ(left: pl.Series, right: pl.Series) -> pl.Series:
    """True where no reading of the two names can be of one person; False where a name is missing.

    >>> one, two = ["刘云秀"] * 4, ["潘*辉", "刘*秀", "刘某", "王芳、刘云秀"]
    >>> visibly_differ(pl.Series(one), pl.Series(two)).to_list()
    [True, False, False, False]
    """
    plain = [variants.comparison_form(side.cast(pl.String)) for side in (left, right)]
    pairs = zip(left, right, *plain, strict=True)
    return pl.Series(
        [bool(one and two) and not _may_be_one(one, two, shown, other) for one, two, shown, other in pairs],
        dtype=pl.Boolean,
    )


def _may_be_one(one: str, two: str, shown: str, other: str) -> bool:
    return any(_alike(a, b) for a in {*_shapes(one), *_shapes(shown)} for b in {*_shapes(two), *_shapes(other)})


@cache
def _shapes(name: str) -> tuple[str, ...]:
    """The names of a cell, each with `*` for what it hides."""
    names = (_IGNORED.sub("", part) for part in _BETWEEN.split(name))
    return tuple(_MASK.sub("*", _TITLE.sub("*", part)) for part in names if part)


def _alike(one: str, two: str) -> bool:
    if "*" not in one and "*" not in two:
        return bool(same_name(pl.Series([one]), pl.Series([two])).item() != "different")
    if "*" in one and "*" in two:
        heads, tails = zip(*(_ends(name) for name in (one, two)), strict=True)
        return _begin_alike(*heads) and _begin_alike(*tails)
    masked, whole = (one, two) if "*" in one else (two, one)
    # A sign may stand for the blank in a name of two characters (李*明): it may hide nothing.
    return re.fullmatch(".*".join(re.escape(part) for part in masked.split("*")), whole) is not None


def _ends(masked: str) -> tuple[str, str]:
    """What is visible before the first hidden character, and after the last one, read backwards."""
    return masked.partition("*")[0], masked.rpartition("*")[2][::-1]


def _begin_alike(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)
