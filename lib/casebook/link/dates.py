"""How far two dates of birth agree, as numbers yyyymmdd."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

_FIRST_DAY: Final = 101
_POWERS = 10 ** np.arange(8, dtype=np.int64)


def born_level(left: pl.Series, right: pl.Series) -> pl.Series:
    """0 the same date · 1 day and month exchanged · 2 one digit differs, or two neighbours are exchanged · 3 the same month of
    the same year · 4 the same year · 5 else; null where either is missing.

    >>> one, two = pl.Series([20040305] * 6), pl.Series([20040305, 20040503, 20040315, 20040328, 20041128, 19990713])
    >>> born_level(one, two).to_list()
    [0, 1, 2, 3, 4, 5]
    """
    known = left.is_not_null() & right.is_not_null()
    level = np.full(len(left), 5, dtype=np.uint8)
    one = left.fill_null(0).to_numpy().astype(np.int64)
    two = right.fill_null(0).to_numpy().astype(np.int64)
    level[one // 10_000 == two // 10_000] = 4
    level[one // 100 == two // 100] = 3
    # The first of January stands for a day nobody knew: two such dates agree in nothing but the year.
    is_unknown = (one % 10_000 == _FIRST_DAY) & (two % 10_000 == _FIRST_DAY)
    level[_is_slip(one, two) & ~is_unknown] = 2
    level[(one // 10_000 == two // 10_000) & (one // 100 % 100 == two % 100) & (one % 100 == two // 100 % 100)] = 1
    level[one == two] = 0
    return pl.Series("level", level).set(~known, None)


def _is_slip(one: npt.NDArray[np.int64], two: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    first, second = (numbers[:, None] // _POWERS % 10 for numbers in (one, two))
    unlike = first != second
    count = unlike.sum(axis=1)
    crossed = (first[:, :-1] == second[:, 1:]) & (first[:, 1:] == second[:, :-1]) & unlike[:, :-1] & unlike[:, 1:]
    is_slip: npt.NDArray[np.bool_] = (count == 1) | (crossed.any(axis=1) & (count == 2))
    return is_slip
