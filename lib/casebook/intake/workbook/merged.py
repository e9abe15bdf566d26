"""Merged cells: the header repeats to the right inside its range, the data repeats downwards inside a range of one column only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from casebook.intake.grid import MERGED, ROW, no_marks
from casebook.intake.grid import field as field_name

Range = Sequence[int]


def filled_right(rows: Sequence[Sequence[str]], merges: Sequence[Range]) -> list[list[str]]:
    """The first rows with every merged range filled to the right along its first row.

    >>> filled_right([["人员", ""], ["姓名", "证号"]], [(0, 0, 0, 1)])
    [['人员', '人员'], ['姓名', '证号']]
    """
    filled = [list(row) for row in rows]
    for top, left, _, right in merges:
        if top < len(filled):
            for column in range(left, min(right + 1, len(filled[top]))):
                filled[top][column] = filled[top][left]
    return filled


@dataclass
class Downwards:
    """Fills frames of consecutive rows downwards inside merges of one column that begin at a row or below it.

    Attributes:
        merges: top, left, bottom, right of the merged ranges, from 0.
        start: first row below the header, from 0.
    """

    merges: Sequence[Range]
    start: int
    _ranges: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _carried: dict[int, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for top, left, bottom, right in sorted(map(tuple, self.merges)):
            if left == right and top >= self.start and bottom > top:
                self._ranges.setdefault(left, []).append((top, bottom))

    def fill(self, frame: pl.DataFrame, first: int) -> pl.DataFrame:
        """The frame, whose first row is that physical row (from 0), filled."""
        changed = [
            self._column(frame[f"f{position}"], position, first)
            for position in self._ranges
            if f"f{position}" in frame.columns
        ]
        return frame.with_columns(changed) if changed else frame

    def repeated(self, frame: pl.DataFrame, filled: pl.DataFrame) -> pl.DataFrame:
        """Marks of the cells that a merge has filled."""
        found = [no_marks()]
        for position in self._ranges:
            name = field_name(position)
            if name in frame.columns:
                rows = frame.filter(frame[name].is_null() & filled[name].is_not_null())[ROW]
                mark = pl.lit(position, pl.UInt32).alias("position"), pl.lit(MERGED).alias("code")
                found.append(pl.DataFrame([rows]).select(pl.col(ROW).cast(pl.UInt32), *mark))
        return pl.concat(found)

    def _column(self, series: pl.Series, position: int, first: int) -> pl.Series:
        height, begun = series.len(), None
        sources = np.arange(height)
        for top, bottom in self._meeting(position, first, height):
            covered = slice(max(top + 1 - first, 0), bottom + 1 - first)
            if top >= first:
                sources[covered] = top - first
            else:
                begun = (covered, self._carried[position])
            if bottom >= first + height:
                self._carried[position] = series[top - first] if top >= first else self._carried[position]
        filled = series.gather(sources)
        if begun is not None:
            rows = list(range(*begun[0].indices(height)))
            filled = filled.scatter(rows, [begun[1]] * len(rows)) if rows else filled
        return filled

    def _meeting(self, position: int, first: int, height: int) -> Iterator[tuple[int, int]]:
        for top, bottom in self._ranges[position]:
            if top < first + height and bottom >= first:
                yield top, bottom
