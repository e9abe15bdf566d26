"""The office's hand-made xlsx: title rows, merged two-level header, totals, signature."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from casebook.synth.cells import cell, placed
from casebook.synth.table import NUMBER, Xlsx

_CREATED: Final = datetime(2026, 4, 1, 9, 0, 0)
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(frame: pl.DataFrame, path: Path, shape: Xlsx) -> pl.DataFrame:
    """One workbook with one sheet; returns the physical row of every record."""
    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet(shape.sheet)
    for row, title in enumerate(shape.titles):
        sheet.write_string(row, 0, title)
    first = _write_header(sheet, frame.columns, shape)
    numeric = [name in shape.numeric for name in frame.columns]
    for number, record in enumerate(frame.iter_rows(), first):
        for column, value in enumerate(record):
            if value is not None:
                sheet.write(number, column, cell(value, numeric=numeric[column]))
    _write_closing(sheet, frame, first + frame.height, shape)
    book.close()
    return placed(frame.height, path.name, shape.sheet, first + 1)


def _write_header(sheet: Worksheet, columns: list[str], shape: Xlsx) -> int:
    """Writes one or two header rows below the titles; returns the first data row (from 0)."""
    top = len(shape.titles)
    if not shape.groups:
        for column, name in enumerate(columns):
            sheet.write_string(top, column, name)
        return top + 1
    grouped = {name: group for group, names in shape.groups.items() for name in names}
    for column, name in enumerate(columns):
        sheet.write_string(top, column, grouped.get(name, name))
    for group, names in shape.groups.items():
        left = columns.index(names[0])
        sheet.merge_range(top, left, top, left + len(names) - 1, group)
    for column, name in enumerate(columns):
        if name in grouped:
            sheet.write_string(top + 1, column, name)
        else:
            sheet.merge_range(top, column, top + 1, column, name)
    return top + 2


def _write_closing(sheet: Worksheet, frame: pl.DataFrame, row: int, shape: Xlsx) -> None:
    if shape.totals:
        sheet.write_string(row, 0, "合计")
        for name in shape.totals:
            sheet.write_number(row, frame.columns.index(name), float(_total(frame[name])))
        row += 1
    for offset, note in enumerate(shape.notes):
        sheet.write_string(row + offset, 0, note)


def _total(cells: pl.Series) -> Decimal:
    """The exact sum of the cells that are plain numbers, as the clerk's SUM gives it."""
    texts = (text.lstrip(NUMBER) for text in cells.drop_nulls().to_list())
    return sum((Decimal(text) for text in texts if text.lstrip("-").replace(".", "", 1).isdecimal()), Decimal(0))
