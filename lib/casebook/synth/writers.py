"""Agency files of three shapes, byte for byte the same on every run, with the physical row of each record.

Each writer returns a frame `row_index, file, sheet, row`: one line per record in order, `file` the name inside the
folder, `sheet` empty for text, `row` counted from 1 with title and header rows, as a reader sees it in Excel.
"""

from pathlib import Path
from typing import Final

import polars as pl
import xlwt

from casebook.synth.cells import as_saved, cell, placed
from casebook.synth.sheets import write_xlsx
from casebook.synth.table import Csv, Table, Xls, Xlsx

_FLUSHED_ROWS: Final = 1_000
"""Rows held in memory before xlwt writes them out."""

__all__ = ["write_csv", "write_table", "write_xls", "write_xlsx"]


def write_table(table: Table, folder: Path) -> pl.DataFrame:
    """Writes the table's file or files into the folder, by its shape."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / table.name
    if isinstance(table.shape, Csv):
        return write_csv(table.frame, stem.with_name(stem.name + ".csv"), table.shape)
    if isinstance(table.shape, Xlsx):
        return write_xlsx(table.frame, stem.with_name(stem.name + ".xlsx"), table.shape)
    return write_xls(table.frame, stem, table.shape)


def write_csv(frame: pl.DataFrame, path: Path, shape: Csv) -> pl.DataFrame:
    """A text file in the shape's encoding; characters the encoding lacks are an error, not a question mark."""
    text = frame.with_columns(as_saved(pl.col(name)).alias(name) for name in frame.columns)
    titles = "".join(f"{title}\r\n" for title in shape.titles)
    starts = (0, *shape.sections)
    pieces = (text[start:end] for start, end in zip(starts, (*shape.sections, None), strict=True))
    body = "".join(piece.write_csv(separator=shape.delimiter, line_terminator="\r\n") for piece in pieces)
    path.write_bytes((titles + body).encode(shape.encoding))
    repeated = pl.Series(shape.sections, dtype=pl.Int64).search_sorted(pl.int_range(frame.height, eager=True), "right")
    return placed(frame.height, path.name, "", len(shape.titles) + 2).with_columns(pl.col("row") + repeated)


def write_xls(frame: pl.DataFrame, stem: Path, shape: Xls) -> pl.DataFrame:
    """Excel 97 workbooks `<stem>_1.xls`, `<stem>_2.xls` … of at most `rows_per_file` records each."""
    places = []
    for number, start in enumerate(range(0, max(frame.height, 1), shape.rows_per_file), 1):
        piece = frame.slice(start, shape.rows_per_file)
        path = stem.with_name(f"{stem.name}_{number}.xls")
        _write_workbook(piece, path, shape)
        places.append(placed(piece.height, path.name, shape.sheet, 2, start))
    return pl.concat(places)


def _write_workbook(frame: pl.DataFrame, path: Path, shape: Xls) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(shape.sheet)
    for column, name in enumerate(frame.columns):
        sheet.write(0, column, name)
    kinds = [name in shape.numeric for name in frame.columns]
    for number, record in enumerate(frame.iter_rows(), 1):
        row = sheet.row(number)
        for column, (value, numeric) in enumerate(zip(record, kinds, strict=True)):
            if value is not None:
                row.write(column, cell(value, numeric=numeric))
        if number % _FLUSHED_ROWS == 0:
            sheet.flush_row_data()
    book.save(str(path))
    if sheet.row_tempfile is not None:
        # xlwt leaves the file of flushed rows open for writers who go on after saving.
        sheet.row_tempfile.close()
