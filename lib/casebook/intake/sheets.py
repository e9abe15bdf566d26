"""Workbooks (xlsx, xlsm, xlsb, xls, ods) → Grids: where the header stands, what merges repeat, which sheet continues another.

Hidden sheets are noted and not read. Hidden rows and columns are data, read like the others and noted.
"""

import re
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from casebook.intake import headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.dataset import MAX_LISTED, Note
from casebook.intake.files import Admitted
from casebook.intake.grid import FAULT, RAW, ROW, Batch, Grid, Opened, field
from casebook.intake.headers import Header
from casebook.intake.pages import laying
from casebook.intake.workbook import parser
from casebook.intake.workbook.batches import marks_file, texts_file
from casebook.intake.workbook.merged import Downwards, filled_right

SPLIT_ROWS: Final = frozenset({65_536, 1_048_576})
_DATA_CELL: Final = re.compile(r"[0-9][0-9.,:/ -]*[Xx]?")


class Texts:
    """The folder of a workbook's texts; it is removed when nobody holds it any more."""

    def __init__(self, beside: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="parsed-", dir=beside))
        self._end = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


@dataclass(frozen=True)
class Sheet:
    """One sheet as the parser told of it (`facts.Told`), and where its texts are.

    Attributes:
        number: its place among the sheets that were read.
    """

    file: str
    number: int
    told: Mapping[str, Any]
    texts: Texts

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.told["name"])

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns, those above and left of the table included."""
        return self.told["height"], self.told["width"]

    def frames(self) -> Iterator[pl.DataFrame]:
        """All rows, batch by batch; each batch is there once."""
        for batch in range(self.told["batches"]):
            path = texts_file(self.texts.folder, self.number, batch)
            frame = _opened(path)
            path.unlink()
            yield frame

    def first_rows(self) -> list[list[str]]:
        """The rows searched for the header, and the one after them."""
        if not self.told["batches"]:
            return []
        frame = _opened(texts_file(self.texts.folder, self.number, 0), headers.SEARCHED_ROWS + 1)
        return [list(row) for row in frame.drop(ROW).fill_null("").rows()]

    def marks(self) -> pl.DataFrame:
        """Cells in question."""
        return _opened(marks_file(self.texts.folder, self.number))


def _opened(path: Path, rows: int | None = None) -> pl.DataFrame:
    """A file of the parser's; opened here, so that no sign in its path is taken for a pattern."""
    with path.open("rb") as file:
        return pl.read_ipc(file, n_rows=rows)


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The visible worksheets that hold anything.

    Raises:
        SourceError: the workbook cannot be read whole, or its table stands on a hidden sheet or has no header.
    """
    account, found = _parsed(admitted, are_hidden=False)
    grids: list[Grid] = []
    for at, sheet in enumerate(found):
        grid = _grid(sheet, contract)
        before = grids[-1].header if grids else None
        if grid.header is None and before is not None and _continues(found[: at + 1]):
            grid = _below(sheet, before, 0, grid.first_rows)
        grids.append(grid)
    if all(grid.header is None for grid in grids):
        _refuse_hidden(admitted, contract, account)
        _refuse_headerless(admitted, contract, grids)
    hidden = (Note("sheet.hidden", admitted.name, name) for name in account["left_out"])
    notes = (Note(code, admitted.name, count=count) for code, count in account["notes"])
    return Opened(grids, "binary", (*hidden, *notes))


def _parsed(admitted: Admitted, *, are_hidden: bool) -> tuple[dict[str, Any], list[Sheet]]:
    texts = Texts(admitted.copy.parent)
    account = parser.read(admitted.copy, admitted.name, texts.folder, are_hidden=are_hidden)
    return account, [Sheet(admitted.name, at, told, texts) for at, told in enumerate(account["sheets"])]


def _refuse_hidden(admitted: Admitted, contract: Contract, account: Mapping[str, Any]) -> None:
    """Which sheet is meant is never guessed: a hidden one that alone has the columns is refused by its name."""
    if account["left_out"]:
        for sheet in _parsed(admitted, are_hidden=True)[1]:
            if _grid(sheet, contract).header is not None:
                raise sentences.refusal("sheet.hidden_only", admitted.name, sheet=sheet.name, contract=contract.id)


def _refuse_headerless(admitted: Admitted, contract: Contract, grids: Sequence[Grid]) -> None:
    """A table that begins with data is the rest of another file."""
    for grid in grids:
        filled = [row for row in grid.first_rows if sum(bool(cell.strip()) for cell in row) > 1]
        if len(filled) > 1 and any(_DATA_CELL.fullmatch(cell.strip()) for cell in filled[0]):
            raise sentences.refusal("sheet.headerless", admitted.name, sheet=grid.sheet, contract=contract.id)


def _continues(sheets: Sequence[Sheet]) -> bool:
    """Whether the last sheet goes on where the one before it was full.

    Full: to the last row a sheet can have, or all sheets before are of one height, two at least.
    """
    *before, last = sheets
    heights = {sheet.size[0] for sheet in before}
    is_full = before[-1].size[0] in SPLIT_ROWS or (len(before) > 1 and len(heights) == 1)
    return is_full and last.size[0] > 0 and last.size[1] == before[-1].size[1]


def _grid(sheet: Sheet, contract: Contract) -> Grid:
    top = sheet.first_rows()
    first = filled_right(top, sheet.told["merges"])
    header = headers.find(contract, first)
    if header is None:
        return Grid(sheet.name, None, 0, first)
    return _below(sheet, header, header.index + header.depth, first, top[: header.index])


def _below(
    sheet: Sheet, header: Header, start: int, first: Sequence[Sequence[str]], above: Sequence[Sequence[str]] = ()
) -> Grid:
    """The rows from `start` (from 0) on, under a header that stands above them or on a sheet before."""
    titles = [(number, row) for number, row in enumerate(above, 1) if any(row)]
    notes = _notes(sheet)
    return Grid(
        sheet=sheet.name,
        header=header,
        header_row=header.index + 1 if start else 0,
        first_rows=first,
        batches=_batches(sheet, start, len(header.texts)),
        titles=tuple(" ".join(filter(None, row)) for _, row in titles),
        title_rows=tuple(number for number, _ in titles),
        notes=notes if start else (Note("sheet.continued", sheet.file, sheet.name), *notes),
    )


def _batches(sheet: Sheet, start: int, width: int) -> Iterator[Batch]:
    """The rows in order; a row without a text of its own is blank, whatever a merge repeats into it."""
    marks, merges = sheet.marks(), Downwards(sheet.told["merges"], start)
    for frame in sheet.frames():
        first = frame[ROW][0] - 1
        is_blank = frame.select(pl.all_horizontal(pl.exclude(ROW).is_null())).to_series()
        filled = merges.fill(frame, first)
        missing = [pl.lit(None, pl.String).alias(field(at)) for at in range(frame.width - 1, width)]
        faults = [pl.lit(None, pl.String).alias(name) for name in (FAULT, RAW)]
        is_below = pl.col(ROW) > start
        rows = filled.filter(~is_blank).filter(is_below).with_columns(*missing, *faults)
        blank = frame.select(ROW).filter(is_blank).filter(is_below)
        here = marks.filter(pl.col(ROW).is_between(max(first, start) + 1, first + frame.height))
        repeated = merges.repeated(frame.filter(~is_blank), filled.filter(~is_blank))
        yield Batch(laying.long_marked(rows), tuple(blank[ROW]), pl.concat([here, repeated]))


def _notes(sheet: Sheet) -> tuple[Note, ...]:
    """What a reader should know of the sheet; no values."""
    told, place = sheet.told, (sheet.file, sheet.name)
    rows = sorted({row + 1 for row in told["hidden_rows"] if row < sheet.size[0]})
    columns = sorted({at for at in told["hidden_columns"] if at < sheet.size[1]})
    notes = []
    if rows:
        code = "rows.filtered" if told["is_filtered"] else "rows.hidden"
        notes.append(Note(code, *place, len(rows), tuple(rows)[:MAX_LISTED]))
    if columns:
        notes.append(Note("columns.hidden", *place, len(columns), (), tuple(map(letters, columns))))
    notes += [Note(code, *place, told[code]) for code in ("formulas", "comments") if told[code]]
    return tuple(notes)


def letters(position: int) -> str:
    """The letters of a column, from 0, as spreadsheets write them.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    rest, last = divmod(position, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)
