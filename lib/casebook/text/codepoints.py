"""A column of text as one array of code points, for questions that NumPy answers faster than a regular expression.

Tables indexed by character stop at `LIMIT`: beyond the last ideograph of Unicode 16 (U+323AF) all characters are treated alike.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import polars as pl

LIMIT: Final = 0x32400
_END: Final = "\n"

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Characters:
    """The characters of all rows, each row closed by a line feed; `ends` tells where, `codes` are capped at `LIMIT`."""

    codes: Codes
    ends: Places

    @classmethod
    def of(cls, series: pl.Series) -> Self:
        """The characters of a String column; null counts as empty, a line feed inside a cell as a blank."""
        text = series.fill_null("") if series.null_count() else series
        codes = _codes(text)
        ends = np.flatnonzero(codes == ord(_END))
        if len(ends) != len(text):
            codes = _codes(text.str.replace_all(_END, " ", literal=True))
            ends = np.flatnonzero(codes == ord(_END))
        return cls(np.minimum(codes, LIMIT), ends)

    @cached_property
    def starts(self) -> Places:
        """Where each row begins; equal to its end where the row is empty."""
        return np.concatenate([np.zeros(min(1, len(self.ends)), np.int64), self.ends[:-1] + 1])

    @cached_property
    def lengths(self) -> Places:
        """Characters of each row."""
        return self.ends - self.starts

    def rows_of(self, places: Places) -> Places:
        """The row in which each place stands, each row once and in order."""
        return np.unique(np.searchsorted(self.ends, places))

    def all_in(self, allowed: Flags) -> Flags:
        """True for rows all of whose characters are allowed; `allowed` has `LIMIT` + 1 entries. True for empty rows."""
        answer = np.ones(len(self.ends), np.bool_)
        is_outside = ~allowed[self.codes]
        is_outside[self.ends] = False
        answer[self.rows_of(np.flatnonzero(is_outside))] = False
        return answer


def _codes(text: pl.Series) -> Codes:
    if text.is_empty():
        return np.zeros(0, np.uint32)
    joined: str = text.str.join(_END).item()
    return np.frombuffer((joined + _END).encode("utf-32-le"), dtype="<u4")
