"""Citizen numbers one digit short or long: which numbers they may have been.

A number of 17 or 19 characters lost a digit or got one doubled. The cleaner refuses it (problem `length`): several numbers fit, up to
eighteen, and only the other side of a link can say which one is meant, at best as a guess (T3 without a second
attribute). A candidate is a number the cleaner finds no fault with: right check character (ISO 7064 MOD 11-2), possible
birth date, a province that ever was.

>>> candidates(pl.Series(["1101051949123102X"])).filter(candidate="11010519491231002X").rows()
[('1101051949123102X', '11010519491231002X', 'lost')]
>>> candidates(pl.Series(["110105194912331002X"]))["candidate"].to_list()
['11010519491231002X']
"""

from typing import Final

import numpy as np
import polars as pl

from casebook.ids import base, citizen, eighteen

_SIZE: Final = 18
_SYMBOLS: Final = np.frombuffer(b"0123456789X", np.uint8)
_SCHEMA: Final = {"text": pl.String, "candidate": pl.String, "slip": pl.String}
# A text has up to 18 candidates of 18 bytes and their sums: a slice bounds what is kept of them at a time.
_SLICE: Final = 100_000


def candidates(series: pl.Series) -> pl.DataFrame:
    """The valid numbers that lost one digit (`lost`) or got one more (`added`) to become a text: `text`, `candidate`, `slip`.

    Sorted, each pair once. Texts of other forms have none; blanks, apostrophes and a small x must be gone (`base.stage`).
    Any one added digit is taken out, the doubled ones among them.
    """
    distinct = pl.DataFrame({"text": series.cast(pl.String)}).unique()
    parts = [_of(part["text"]) for part in distinct.iter_slices(_SLICE)]
    found = (pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)).unique()
    return found.filter(citizen.clean(found["candidate"])["problem"].is_null()).sort("text", "candidate")


def _of(text: pl.Series) -> pl.DataFrame:
    short = text.filter(text.str.contains("^[0-9]{16}[0-9X]$"))
    long = text.filter(text.str.contains(r"^[0-9]{17}(?:[0-9]?[0-9X]|X[0-9])$") & (text.str.len_bytes() == _SIZE + 1))
    return pl.concat([_lengthened(short), _shortened(long)])


def _lengthened(text: pl.Series) -> pl.DataFrame:
    """The one character at each place that makes the check hold."""
    digits = eighteen.places_of(base.characters(text, _SIZE - 1))
    found = [_checked(text, _with_gap(digits, place), place) for place in range(_SIZE)]
    return pl.concat(found).with_columns(slip=pl.lit("lost"))


def _with_gap(digits: base.Bytes, place: int) -> base.Bytes:
    gap = np.zeros((len(digits), 1), np.uint8)
    return np.concatenate([digits[:, :place], gap, digits[:, place:]], axis=1)


def _checked(text: pl.Series, digits: base.Bytes, place: int) -> pl.DataFrame:
    """Those of the numbers that hold with the right character at `place`, which is 0 so far."""
    digits[:, place] = eighteen.missing(digits, place)
    return _holding(text, digits)


def _shortened(text: pl.Series) -> pl.DataFrame:
    """Each character taken out in turn."""
    digits = eighteen.places_of(base.characters(text, _SIZE + 1))
    found = [_holding(text, np.delete(digits, place, axis=1)) for place in range(_SIZE + 1)]
    return pl.concat(found).with_columns(slip=pl.lit("added"))


def _holding(text: pl.Series, digits: base.Bytes) -> pl.DataFrame:
    """The numbers that are valid, spelled out, beside the text they stem from."""
    read = eighteen.read(digits)
    formed = (digits[:, :-1].max(axis=1, initial=0) < 10) & (digits[:, -1] <= 10)
    at = np.flatnonzero(formed & read["passes"] & read["dated"])
    spelled = _SYMBOLS[digits[at]].tobytes().decode("ascii")
    numbers = [spelled[start : start + _SIZE] for start in range(0, len(spelled), _SIZE)]
    return pl.DataFrame({"text": text.gather(at), "candidate": pl.Series(numbers, dtype=pl.String)})
