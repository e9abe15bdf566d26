"""Rows of a sheet → numbered files of text columns in a folder, so that neither side ever holds a large sheet as text."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import polars as pl

from casebook.intake.workbook import cell_text
from casebook.intake.workbook.facts import Address, DamagedError, Facts

BATCH_ROWS: Final = 50_000
ROW: Final = "row"
MARKS: Final = {ROW: pl.UInt32, "position": pl.UInt32, "code": pl.String}


def texts_file(folder: Path, sheet: int, batch: int) -> Path:
    """Where the texts of a batch of a sheet lie."""
    return folder / f"{sheet}-{batch}.arrow"


def marks_file(folder: Path, sheet: int) -> Path:
    """Where the cells in question of a sheet lie."""
    return folder / f"{sheet}-marks.arrow"


class Writer:
    """One sheet on its way into files."""

    def __init__(self, folder: Path, sheet: int, facts: Facts, left: int = 0) -> None:
        """Begins a sheet whose rows leave out so many blank columns on the left."""
        self._folder, self._sheet, self._facts, self._left = folder, sheet, facts, left
        self._filled = 0
        self._no_days: dict[Address, str] = {}
        self.height = self.batches = self.width = 0

    def write(self, rows: Iterable[Sequence[Any]], width: int) -> None:
        """All rows, each of this width without the columns left out."""
        self.width = width + self._left
        source = iter(rows)
        names = [f"f{position}" for position in range(self._left, self.width)]
        while batch := list(islice(source, BATCH_ROWS)):
            self._note_serials(batch)
            found = cell_text.columns(batch, width, names)
            self._filled += sum(series.len() - series.null_count() for series in found)
            other = self._other_texts(len(batch))
            found = [cell_text.put(series, other.get(at, {})) for at, series in enumerate(found, self._left)]
            blank = [pl.Series(f"f{at}", [None] * len(batch), pl.String) for at in range(self._left)]
            numbers = pl.int_range(self.height + 1, self.height + 1 + len(batch), dtype=pl.UInt32, eager=True)
            frame = pl.DataFrame([numbers.alias(ROW), *blank, *found])
            frame.write_ipc(texts_file(self._folder, self._sheet, self.batches))
            self.height, self.batches = self.height + len(batch), self.batches + 1

    def close(self) -> None:
        """Writes the cells in question.

        Raises:
            DamagedError: more or fewer cells were read than the sheet holds.
        """
        facts = self._facts
        if facts.values is not None:
            found, expected = self._filled + len(facts.texts), facts.values
            if found > expected or (found < expected and not facts.has_empty_texts):
                raise DamagedError(f"{expected:,} cells hold a value, {found:,} were read")
        marks = {**facts.marks, **dict.fromkeys(self._no_days, "date.serial")}
        cells = sorted((row + 1, column, code) for (row, column), code in marks.items())
        pl.DataFrame(cells, schema=MARKS, orient="row").write_ipc(marks_file(self._folder, self._sheet))

    def _note_serials(self, batch: Sequence[Sequence[Any]]) -> None:
        """Which numbers that are no day are dates."""
        for (row, column), number in self._facts.serials.items():
            at, within = row - self.height, column - self._left
            is_here = 0 <= at < len(batch) and 0 <= within < len(batch[at])
            if is_here and cell_text.is_temporal(batch[at][within]):
                self._no_days[row, column] = number

    def _other_texts(self, height: int) -> dict[int, dict[int, str]]:
        """Column → row within the batch → what stands there instead of the value."""
        found: dict[int, dict[int, str]] = {}
        for texts in (self._facts.texts, self._no_days):
            for (row, column), text in texts.items():
                if self.height <= row < self.height + height:
                    found.setdefault(column, {})[row - self.height] = text
        return found
