"""Cells that two readers of the same bytes have found must be the same cells: what one of them lost is never passed over."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casebook.intake.workbook.biff_book import BiffSheet, Value
from casebook.intake.workbook.cell_text import is_temporal
from casebook.intake.workbook.facts import DamagedError

_NOTHING = object()


def agreeing(
    rows: Iterable[Sequence[Any]], *, sheet: BiffSheet, left: int, is_1904: bool, are_bytes: bool
) -> Iterator[Sequence[Any]]:
    """The rows, once each cell is the one that the records of the sheet hold.

    Args:
        rows: as read by the reader of the values, without the blank columns on the left.
        sheet: the same sheet by its records.
        left: how many columns are left out.
        is_1904: whether days are counted from 1904.
        are_bytes: whether texts are bytes of a code page (BIFF5), which the reader of the values does not know: then the
            texts of the records are handed on.

    Raises:
        DamagedError: a cell differs, or is missing on one side.
    """
    left_over = dict[tuple[int, int], Any](sheet.cells)
    for number, row in enumerate(rows):
        texts: dict[int, str] = {}
        for column, cell in enumerate(row, left):
            if cell == "":
                continue
            told = left_over.pop((number, column), _NOTHING)
            if are_bytes and type(cell) is str and type(told) is str:
                texts[column - left] = told
            elif not _is_same(cell, told):
                raise DamagedError("two ways of reading a cell differ")
            elif is_temporal(cell) and _is_no_day(told, is_1904=is_1904):
                sheet.facts.serials[number, column] = f"{told:.15g}"
        yield [texts.get(at, cell) for at, cell in enumerate(row)] if texts else row
    if any(told not in (None, "") for told in left_over.values()):
        raise DamagedError("cells of a sheet are lost")


def _is_same(cell: object, told: Value | object) -> bool:
    if is_temporal(cell):
        return type(told) is float and math.isfinite(told)
    if isinstance(cell, bool) or isinstance(told, bool):
        return cell is told
    return bool(cell == told)


def _is_no_day(serial: float, *, is_1904: bool) -> bool:
    return serial < 0 or (60 <= serial < 61 and not is_1904)
