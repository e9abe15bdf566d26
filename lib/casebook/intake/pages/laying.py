"""Rows that come one after another, with merged cells among them, become a Grid.

Merged cells fill as in workbooks: to the right in the rows searched for the header, downwards below the header and only when the
merge is one column wide; a row without a text of its own is blank, whatever a merge repeats into it.
A row is held as text for as long as its piece is not full, then as columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Final

import polars as pl

from casebook.intake import headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.dataset import Note
from casebook.intake.grid import FAULT, MARK_SCHEMA, MERGED, RAW, ROW, Batch, Grid, field
from casebook.intake.headers import Header
from casebook.intake.text import records

PIECE_CELLS: Final = 2_000_000
MAX_CELLS: Final = 50_000_000
LOST: Final = "\ufffd"


@dataclass
class Row:
    """One row as it lies in its table.

    Attributes:
        number: physical, from 1.
        cells: the text of each; empty under a merge that began further left or above.
        merges: first and last column of each merged cell and how many further rows it covers.
        marks: column and code of cells in question.
        is_fresh: no merge from above reaches it.
    """

    number: int
    cells: list[str] = attribute(default_factory=list)
    merges: list[tuple[int, int, int]] = attribute(default_factory=list)
    marks: list[tuple[int, str]] = attribute(default_factory=list)
    is_fresh: bool = False


class Laying:
    """One table under way.

    Args:
        contract: what its header is looked for by.
        name: of the file.
        short: reject code of a row of fewer cells than the header; None where missing cells are blank ones.
        has_lost: whether characters that could not be decoded (U+FFFD) may be in it.
    """

    def __init__(self, contract: Contract, name: str, short: str | None, *, has_lost: bool = False) -> None:
        self._contract, self._name, self._short, self._has_lost = contract, name, short, has_lost
        self._cells = 0
        self._first: list[Row] | None = []
        self._searched: list[list[str]] = []
        self._header: Header | None = None
        self._titles: list[tuple[int, str]] = []
        self._reach: dict[int, tuple[str, int]] = {}
        self._rows: list[tuple[int, list[str], str | None, str | None]] = []
        self._blank: list[int] = []
        self._marks: list[tuple[int, int, str]] = []
        self._pieces: list[Batch] = []
        self.last = 0

    @property
    def header_end(self) -> int:
        """Physical row of the header's last row; 0 while there is none."""
        return self._header.index + self._header.depth if self._header else 0

    def add(self, row: Row) -> None:
        """The next row."""
        self.last = row.number
        if self._first is None:
            self._below(row)
            return
        self._first.append(row)
        if len(self._first) > headers.SEARCHED_ROWS:
            self._search(self._first)

    def skip(self, until: int) -> None:
        """Rows without cells before the row of this number."""
        while self.last + 1 < until and (self._first is not None or self._reach):
            self.add(Row(self.last + 1))
        self._blank.extend(range(self.last + 1, until) if self._header else ())
        self.last = max(self.last, until - 1)

    def grid(self, sheet: str, titles: Sequence[str] = (), notes: tuple[Note, ...] = ()) -> Grid:
        """The table, which is now over.

        Args:
            sheet: its name.
            titles: text that stands above it but in no row.
            notes: on it.
        """
        if self._first is not None:
            self._search(self._first)
        if self._header is None:
            return Grid(sheet, None, 0, self._searched, notes=notes)
        self._flush()
        return Grid(
            sheet=sheet,
            header=self._header,
            header_row=self._header.index + 1,
            first_rows=self._searched,
            batches=self._given(),
            titles=(*titles, *(text for _, text in self._titles)),
            title_rows=tuple(number for number, _ in self._titles),
            notes=notes,
        )

    def _given(self) -> Iterator[Batch]:
        """The pieces; each is let go when it is handed on."""
        self._pieces.reverse()
        while self._pieces:
            yield self._pieces.pop()

    def _search(self, first: list[Row]) -> None:
        """The header among the first rows; what is below it are records."""
        self._first = None
        self._searched = [_filled_right(row) for row in first]
        header = headers.find(self._contract, self._searched)
        if header is None:
            return
        texts = list(header.texts)
        while texts and not texts[-1].strip():
            texts.pop()
        if self._short is None:
            texts += [""] * (max(len(row.cells) for row in first) - len(texts))
        self._header = replace(header, texts=tuple(texts))
        above = ((row.number, " ".join(filter(None, row.cells))) for row in first[: header.index])
        self._titles = [(number, text) for number, text in above if text.strip()]
        for row in first[header.index + header.depth :]:
            self._below(row)

    def _below(self, row: Row) -> None:
        if self._header is None:
            return
        cells, width = row.cells, len(self._header.texts)
        is_blank = not any(text.strip() for text in cells)
        self._fill_down(row)
        if is_blank:
            self._blank.append(row.number)
            return
        fault = self._fault(cells, width)
        self._marks.extend((row.number, position, code) for position, code in row.marks)
        fields = (cells + [""] * (width - len(cells)))[:width]
        self._rows.append((row.number, fields, fault, "\t".join(cells) if fault else None))
        self._cells += width
        if self._cells > MAX_CELLS:
            raise sentences.refusal("sheet.size", self._name, rows=f"{row.number:,}", columns=f"{width:,}")
        if len(self._rows) * width >= PIECE_CELLS:
            self._flush()

    def _fill_down(self, row: Row) -> None:
        """Merges of one column that began above and below the header repeat their text; those that begin here are remembered."""
        cells = row.cells
        if row.is_fresh:
            self._reach = {}
        if self._reach:
            cells += [""] * (max(self._reach) + 1 - len(cells))
            for column in list(self._reach):
                text, rows = self._reach[column]
                if text and not cells[column]:
                    cells[column] = text
                    row.marks.append((column, MERGED))
                self._reach[column] = (text, rows - 1)
                if rows == 1:
                    del self._reach[column]
        for left, right, down in row.merges:
            if left == right and down:
                self._reach[left] = (cells[left], down)

    def _fault(self, cells: Sequence[str], width: int) -> str | None:
        if self._has_lost and any(LOST in text for text in cells):
            return "char.encoding"
        if len(cells) < width and self._short is not None:
            return self._short
        return "row.long" if any(text.strip() for text in cells[width:]) else None

    def _flush(self) -> None:
        """What was gathered becomes a piece of columns."""
        numbers, rows, faults, raws = zip(*self._rows, strict=True) if self._rows else ((), (), (), ())
        columns = zip(*rows, strict=True) if rows else ((),) * len(self._header.texts if self._header else ())
        frame = pl.DataFrame(
            [
                pl.Series(ROW, numbers, pl.UInt32),
                *(_series(field(position), cells) for position, cells in enumerate(columns)),
                pl.Series(FAULT, faults, pl.String),
                pl.Series(RAW, raws, pl.String),
            ]
        )
        marks = pl.DataFrame(self._marks, schema=dict(MARK_SCHEMA), orient="row")
        self._pieces.append(Batch(long_marked(frame), tuple(self._blank), marks))
        self._rows, self._blank, self._marks = [], [], []


def _series(name: str, cells: Sequence[str]) -> pl.Series:
    series = pl.Series(name, cells, pl.String)
    is_blank = series.str.strip_chars() == ""
    return series.set(is_blank, None) if is_blank.any() else series


def long_marked(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame, rows at fault where a cell is longer than any text is read."""
    fields = pl.col("^f[0-9]+$")
    is_long = pl.any_horizontal(fields.str.len_bytes() > records.MAX_FIELD).fill_null(value=False)
    return frame.with_columns(pl.when(is_long).then(pl.lit("field.long")).otherwise(pl.col(FAULT)).alias(FAULT))


def _filled_right(row: Row) -> list[str]:
    cells = list(row.cells)
    for left, right, _ in row.merges:
        for column in range(left, min(right + 1, len(cells))):
            cells[column] = cells[left]
    return cells
