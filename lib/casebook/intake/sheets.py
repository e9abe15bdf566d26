"""Workbooks (xls, xlsx, xlsb, ods) → Grids, every cell as the text a reader sees.

Numbers of up to 15 digits are exact and written plainly; longer ones have lost digits in the workbook already and stay in
E-notation, so that no cleaner can take them for an id. Dates become ISO text. Merged cells repeat downwards only.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import polars as pl
import python_calamine as calamine

from casebook.errors import SourceError
from casebook.intake import headers
from casebook.intake.contract import Contract
from casebook.intake.dataset import Note
from casebook.intake.files import Admitted
from casebook.intake.grid import FAULT, RAW, ROW, Batch, Grid, Opened, field

MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 100_000_000
EXACT: Final = 1e15


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The visible worksheets that hold anything; hidden ones are noted and not read."""
    grids, hidden = [], []
    try:
        with _without_panic_text(), calamine.load_workbook(admitted.copy) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != calamine.SheetVisibleEnum.Visible:
                    hidden.append(sheet.name)
                    continue
                grids.append(_grid(book.get_sheet_by_name(sheet.name), contract, admitted.name))
    except calamine.PasswordError:
        raise SourceError(f"{admitted.name} is protected by a password; save it without one.") from None
    except (calamine.CalamineError, OSError) as bad:
        raise SourceError(_damaged(admitted.name, bad)) from None
    except BaseException as bad:
        # The reader's Rust core panics on some cut workbooks, and its panic is no Exception.
        if type(bad).__name__ != "PanicException":
            raise
        raise SourceError(_damaged(admitted.name, bad)) from None
    return Opened(grids, "binary", tuple(Note("sheet.hidden", admitted.name, name) for name in hidden))


def _damaged(name: str, bad: BaseException) -> str:
    return f"{name} is a damaged or cut workbook ({type(bad).__name__}); ask the agency to deliver it again."


@contextmanager
def _without_panic_text() -> Iterator[None]:
    """What the reader's Rust core writes to the process's standard error on a panic is dropped: it may quote cells."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _grid(sheet: calamine.CalamineSheet, contract: Contract, name: str) -> Grid:
    rows, width = _cells(sheet, name)
    merged = sheet.merged_cell_ranges or []
    top = [[cell_text(cell) for cell in row] for row in rows[: headers.SEARCHED_ROWS + 1]]
    first = _filled_right(top, merged)
    header = headers.find(contract, first)
    if header is None:
        return Grid(sheet.name, None, 0, first)
    start = header.index + header.depth
    _fill_down(rows, merged, start)
    frame = _frame(rows[start:], width, start + 1)
    blank = pl.all_horizontal(pl.col("^f[0-9]+$").is_null())
    titles = [(number, row) for number, row in enumerate(top[: header.index], 1) if any(row)]
    return Grid(
        sheet=sheet.name,
        header=header,
        header_row=header.index + 1,
        first_rows=first,
        batches=(Batch(frame.filter(~blank), tuple(frame.filter(blank)[ROW])),),
        titles=tuple(" ".join(filter(None, row)) for _, row in titles),
        title_rows=tuple(number for number, _ in titles),
    )


def _cells(sheet: calamine.CalamineSheet, name: str) -> tuple[list[list[Any]], int]:
    """All rows from the first physical one, and how many cells each has."""
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    if width > MAX_COLUMNS or width * height > MAX_CELLS:
        raise SourceError(
            f"{name}, sheet {sheet.name!r}: {height:,} rows of {width:,} columns are more than is read; "
            f"delete what lies outside the table."
        )
    return sheet.to_python(skip_empty_area=False), width


def cell_text(cell: object) -> str:
    """A cell as text.

    >>> [cell_text(c) for c in (371421199001011.0, 3.71421199003074496e17, 42538.29, 0.1 + 0.2, True)]
    ['371421199001011', '3.71421199003074E+17', '42538.29', '0.3', 'TRUE']
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        digits, _, power = f"{value:.14E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def _frame(rows: Sequence[Sequence[Any]], width: int, first_row: int) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    series = [_series(field(position), cells) for position, cells in enumerate(columns)]
    numbers = pl.int_range(first_row, first_row + len(rows), dtype=pl.UInt32, eager=True).alias(ROW)
    faults = [pl.Series(name, [None] * len(rows), pl.String) for name in (FAULT, RAW)]
    return pl.DataFrame([numbers, *series, *faults])


def _series(name: str, cells: Sequence[Any]) -> pl.Series:
    texts = _texts(cells)
    series = pl.Series(name, texts, pl.String)
    is_blank = series.str.strip_chars() == ""
    return series.set(is_blank, None) if is_blank.any() else series


def _texts(cells: Sequence[Any]) -> Sequence[str]:
    """The cells of a column as text; each distinct number is written once."""
    types = set(map(type, cells))
    if types <= {str}:
        return cells
    if types <= {int, float}:
        written = {cell: _number(cell) for cell in set(cells)}
        return [written[cell] for cell in cells]
    return [cell if type(cell) is str else cell_text(cell) for cell in cells]


_Range = tuple[tuple[int, int], tuple[int, int]]


def _filled_right(rows: list[list[str]], merged: Iterable[_Range]) -> list[list[str]]:
    """The first rows with every merged range filled to the right along its first row."""
    filled = [list(row) for row in rows]
    for (top, left), (_, right) in merged:
        if top < len(filled):
            for column in range(left, min(right + 1, len(filled[top]))):
                filled[top][column] = filled[top][left]
    return filled


def _fill_down(rows: list[list[Any]], merged: Iterable[_Range], start: int) -> None:
    """Merged cells of one column repeat their value downwards, inside the range only and below the header only."""
    for (top, left), (bottom, right) in merged:
        if left == right and top >= start:
            for row in range(top + 1, min(bottom + 1, len(rows))):
                rows[row][left] = rows[top][left]
