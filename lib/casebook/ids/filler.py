"""Texts typed to fill a field that must not be empty: 111111111111111, 123456780101001, 123123123123123.

Nothing here can be a number that was given out by order: a pattern of one to five characters all through, or eight neighbours each one
higher or one lower than the last (no birth date and no sequence number does that).

>>> import polars as pl
>>> found(pl.Series(["111111111", "123456788", "121212121", "742183213", None])).to_list()
[True, True, True, False, False]
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base

PERIODS: Final = 5
_RUN: Final = 8


def is_filler(signs: base.Bytes) -> NDArray[np.bool_]:
    """Whether each row of characters, or of their places in an alphabet, is a repeated pattern or holds a run."""
    filler = np.zeros(len(signs), np.bool_)
    size = signs.shape[1]
    if not len(signs) or size < _RUN:
        return filler
    for period in range(1, min(PERIODS, size // 3) + 1):
        filler |= (signs[:, period:] == signs[:, :-period]).all(axis=1)
    steps = np.diff(signs.astype(np.int16), axis=1)
    for step in (1, -1):
        windows = np.lib.stride_tricks.sliding_window_view(steps == step, _RUN - 1, axis=1)
        filler |= np.asarray(windows.all(axis=2)).any(axis=1)
    return filler


def found(text: pl.Series) -> pl.Series:
    """Whether each text of ASCII characters, whatever its length, is filler; a null is none."""
    answer = np.zeros(len(text), np.bool_)
    lengths = text.str.len_bytes()
    for size in lengths.drop_nulls().unique():
        at = (lengths == size).fill_null(value=False).arg_true()
        answer[at.to_numpy()] = is_filler(base.characters(text.gather(at), size))
    return pl.Series(answer)
