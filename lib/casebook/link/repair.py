"""Citizen ids that a single slip of the hand turned into others.

A slip is one wrong digit, a wrong check character, two neighbouring characters exchanged, or a check character left off (an X,
in a column of numbers). A correction counts when its
check digit holds **and** it stands on the other side: a guess, so at best T3 without a second attribute (ruling 7).
Source: GB 11643-1999, check character by ISO 7064 MOD 11-2: the weighted sum of all eighteen is 1 modulo 11.
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import eighteen

_WEIGHTS: Final = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1), np.int64)
SHAPE: Final = r"^[0-9]{17}[0-9X]$"
WITHOUT_CHECK: Final = r"^[0-9]{17}$"
_LAST: Final = 17
# What one more at a place adds to the packed number (17 digits × 11 + check).
_STEPS: Final = np.array([11 * 10 ** (16 - place) for place in range(_LAST)] + [1], np.int64)
_INVERSES: Final = [pow(int(weight), -1, 11) for weight in _WEIGHTS]
# An id has up to 35 corrections that hold: a slice bounds what is kept of them before they are looked up.
_SLICE: Final = 100_000
_NOTHING: Final = {"broken": pl.String(), "corrected": pl.String(), "slip": pl.String()}

Whole = NDArray[np.int64]


def holds(ids: pl.Series) -> pl.Series:
    """True where the text is a citizen id with a possible birth date and a right check character; null stays null.

    >>> holds(pl.Series(["11010519491231002X", "110105194912310021", "91110000101623741K", None])).to_list()
    [True, False, False, None]
    """
    text = ids.cast(pl.String)
    is_right = eighteen.pack(text).is_not_null() & ~text.str.starts_with("0").fill_null(value=False)
    return is_right.set(text.is_null(), None).alias("holds")


def slips(broken: pl.Series, listed: pl.Series) -> pl.DataFrame:
    """The listed ids that a slip could have turned into a broken one: `broken`, `corrected`, `slip`, each pair once.

    Args:
        broken: ids whose check digit fails, or of seventeen digits; other text is passed over.
        listed: valid ids of the other side, as text or packed (`ids.eighteen.pack`).

    >>> slips(pl.Series(["110105194912310032"]), pl.Series(["11010519491231002X"])).height
    0
    >>> slips(pl.Series(["11010519491230102X"]), pl.Series(["11010519491231002X"])).rows()
    [('11010519491230102X', '11010519491231002X', 'transposed')]
    """
    text = broken.cast(pl.String).drop_nulls().unique()
    faulty, short = text.filter(text.str.contains(SHAPE)), text.filter(text.str.contains(WITHOUT_CHECK))
    if faulty.is_empty() and short.is_empty():
        return pl.DataFrame(schema=_NOTHING)
    known = listed if listed.dtype == pl.Int64 else eighteen.pack(listed)
    numbers = pl.DataFrame({"number": known})
    parts = [_found(faulty.slice(start, _SLICE), numbers) for start in range(0, len(faulty), _SLICE)]
    found = pl.concat([*parts, _completed(short, numbers)]).sort("broken", "corrected", "slip")
    return found.unique(["broken", "corrected"], keep="first", maintain_order=True)


def _found(faulty: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    _, bytes_ = eighteen.find(faulty)
    digits = bytes_.astype(np.int64)
    lacks = (1 - digits @ _WEIGHTS) % 11
    fails = np.flatnonzero(lacks != 0)
    edits = [("one_digit", *_one_digit(digits, lacks, fails, place)) for place in range(_LAST + 1)]
    edits += [("transposed", *_transposed(digits, lacks, fails, place)) for place in range(_LAST)]
    packed = digits @ _STEPS
    tried = pl.concat(
        pl.DataFrame({"row": rows, "number": packed[rows] + change}).with_columns(slip=pl.lit(slip))
        for slip, rows, change in edits
    )
    # A semi join keeps the table on its right in memory: first the few corrections, then what stands of them.
    met = tried.join(known.join(tried, on="number", how="semi"), on="number", how="semi")
    return met.select(broken=faulty.gather(met["row"]), corrected=eighteen.unpack(met["number"]), slip="slip")


def _completed(short: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """The listed ids that begin with these seventeen digits: each has one check character that holds."""
    tried = pl.DataFrame({"broken": short, "number": eighteen.pack(eighteen.with_check(short))})
    met = tried.join(known, on="number", how="semi")
    return met.select("broken", corrected=eighteen.unpack(met["number"]), slip=pl.lit("check_lost"))


def _one_digit(digits: Whole, lacks: Whole, fails: Whole, place: int) -> tuple[Whole, Whole]:
    """Rows in which one other character at this place makes the check hold, and what it adds to the packed number."""
    old = digits[fails, place]
    new = (old + lacks[fails] * _INVERSES[place]) % 11
    possible = (new < 10) | (place == _LAST)
    return fails[possible], ((new - old) * _STEPS[place])[possible]


def _transposed(digits: Whole, lacks: Whole, fails: Whole, place: int) -> tuple[Whole, Whole]:
    """Rows in which this character and the next exchanged make the check hold, and what that adds to the packed number."""
    first, second = digits[fails, place], digits[fails, place + 1]
    gain = (second - first) * (_WEIGHTS[place] - _WEIGHTS[place + 1])
    held = ((gain - lacks[fails]) % 11 == 0) & (second < 10)
    return fails[held], ((second - first) * (_STEPS[place] - _STEPS[place + 1]))[held]
