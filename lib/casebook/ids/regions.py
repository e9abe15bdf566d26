"""The division table as two look-ups: the record of a code as of a year, and whether a number can have been given under it.

A number is given at first registration: at birth, or, to those born before numbers existed, from 1984 on, when the first were
given out, to 1991, when nearly everyone had one. A code that was in force at no time of that span is no error: people are
registered late, and numbers are never changed when codes are.
Sources: GB 11643-1999; Regulations on Resident Identity Cards of 1985-09-06; the table of `casebook.text.gazetteer`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from casebook.text import gazetteer

SYNTHETIC: Final = 900_001
"""The one area never assigned that made-up numbers of this project stand under, so that they are nobody's."""
PROVINCES: Final = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    *(71, 81, 82, 83),  # Taiwan, Hong Kong, Macau, and the permits of Taiwan residents
)
"""The first two digits that a division ever had."""
_CODES: Final = 1_000_000
_NUMBERS_FROM, _NUMBERS_FOR_ALL = 1984, 1991
_NEVER: Final = 9999


@dataclass(frozen=True)
class Grid:
    """`line` of every code (−1: there never was one); `row` of the table and `is_given` by line and year since `first`."""

    line: NDArray[np.int16]
    row: NDArray[np.int16]
    is_given: NDArray[np.bool_]
    first: int


def rows_as_of(area: NDArray[Any], year: NDArray[Any]) -> NDArray[np.int64]:
    """Row of the division table for each code as of each year, as `History.rows_as_of` says it; −1 where there never was one."""
    grid = _grid()
    line, column = _place(grid, area, year)
    return np.where(line < 0, -1, grid.row[line, column]).astype(np.int64)


def is_given(area: NDArray[Any], year: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether a number can have been given under the code to those born in the year; false where there never was such a code.

    >>> is_given(np.array([372421, 372421, 371403]), np.array([1990, 2000, 2000])).tolist()
    [True, False, False]
    """
    grid = _grid()
    line, column = _place(grid, area, year)
    given: NDArray[np.bool_] = (line >= 0) & grid.is_given[line, column]
    return given


def is_known(area: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether GB/T 2260 ever had the code (a number below 1,000,000; negative ones are none)."""
    known: NDArray[np.bool_] = (area >= 0) & (_grid().line[area] >= 0)
    return known


def is_province(area: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether the first two of six digits were ever a province, or the area is the synthetic one.

    >>> is_province(np.array([371403, 379999, 990105, 105, 900001])).tolist()
    [True, True, False, False, True]
    """
    province: NDArray[np.bool_] = np.isin(area // 10_000, PROVINCES) | (area == SYNTHETIC)
    return province


def _place(grid: Grid, area: NDArray[Any], year: NDArray[Any]) -> tuple[NDArray[np.int16], NDArray[Any]]:
    return grid.line[area], np.clip(year - grid.first, 0, grid.row.shape[1] - 1)


@cache
def _grid() -> Grid:
    """The table spread out, 1 ms once; the last column stands for all years after the newest change."""
    table = gazetteer.history()
    codes, starts = np.unique(table.key // gazetteer.SPAN, return_index=True)
    since = table.key % gazetteer.SPAN
    until = table.frame["until"].fill_null(_NEVER).to_numpy()
    first, last = int(since.min()), int(max(since.max(), until[until < _NEVER].max())) + 1
    line = np.full(_CODES, -1, np.int16)
    line[codes] = np.arange(len(codes))
    row = np.full((len(codes), last - first + 1), -1, np.int16)
    row[line[table.key // gazetteer.SPAN], since - first] = np.arange(len(since))
    row = np.maximum.accumulate(row, axis=1)
    row = np.where(row < 0, starts[:, None], row).astype(np.int16)
    years = np.arange(first, last + 1)
    begins, ends = since[row], until[row]
    given = (begins <= np.maximum(years, _NUMBERS_FOR_ALL)) & (ends >= np.maximum(years, _NUMBERS_FROM))
    return Grid(line, row, given, first)
