"""Cells of a workbook as the text a reader sees, column by column.

Numbers of up to 15 digits are exact and written plainly; longer ones have lost digits in the workbook already and stay in
E-notation, so that no cleaner can take them for an id. Dates become ISO text, durations hours, minutes and seconds.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import polars as pl

EXACT: Final = 1e15
_EXACT_LENGTH: Final = 16
_PLAIN: Final = r"^(-?[1-9][0-9]*|0|-?[0-9]+\.[0-9]+)$"


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
    if isinstance(cell, timedelta):
        return _duration(cell)
    return "" if cell is None else str(cell)


def is_temporal(cell: object) -> bool:
    """Whether the cell is shown as a date, a time or a duration."""
    return isinstance(cell, date | time | timedelta)


def _number(value: float) -> str:
    written = repr(value)
    if len(written) <= _EXACT_LENGTH and "e" not in written:
        return written.removesuffix(".0") if value else "0"
    if abs(value) >= EXACT:
        digits, _, power = f"{value:.14E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"


def _duration(value: timedelta) -> str:
    """Hours beyond a day are hours, as spreadsheets show them.

    >>> _duration(timedelta(days=1, hours=12, minutes=5))
    '36:05:00'
    """
    seconds, fraction = divmod(abs(value), timedelta(seconds=1))
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    sign = "-" if value < timedelta(0) else ""
    tail = f".{fraction.microseconds:06}" if fraction else ""
    return f"{sign}{hours}:{minute:02}:{second:02}{tail}"


def columns(rows: Sequence[Sequence[Any]], width: int, names: Sequence[str]) -> list[pl.Series]:
    """The rows, all of one width, as columns of text; white space alone is no text."""
    cells = list(zip(*rows, strict=True)) if rows else [()] * width
    return [_series(name, column) for name, column in zip(names, cells, strict=True)]


def put(series: pl.Series, texts: Mapping[int, str]) -> pl.Series:
    """The column with other texts in some of its rows."""
    return series.scatter(list(texts), list(texts.values())) if texts else series


def _series(name: str, cells: Sequence[Any]) -> pl.Series:
    texts = _texts(cells)
    series = texts.alias(name) if isinstance(texts, pl.Series) else pl.Series(name, texts, pl.String)
    is_blank = series.str.strip_chars() == ""
    return series.set(is_blank, None) if is_blank.any() else series


def _texts(cells: Sequence[Any]) -> pl.Series | Sequence[str]:
    """The cells of a column as text; numbers are written all at once, each distinct date once."""
    types = set(map(type, cells))
    if types <= {str}:
        return cells
    if types == {float}:
        return _numbers(cells)
    if types == {str, float}:
        numbers = iter(_numbers([cell for cell in cells if type(cell) is float]).to_list())
        return [cell if type(cell) is str else next(numbers) for cell in cells]
    if bool in types:
        return [cell if type(cell) is str else cell_text(cell) for cell in cells]
    written = {cell: cell_text(cell) for cell in set(cells)}
    return [written[cell] for cell in cells]


def _numbers(cells: Sequence[float]) -> pl.Series:
    """The numbers as text; the shortest text that gives the number back is its text, when it has no more than 15 digits."""
    series = pl.Series(cells, dtype=pl.Float64)
    texts = series.cast(pl.String).str.strip_suffix(".0")
    is_plain = texts.str.contains(_PLAIN) & (texts.str.len_bytes() <= _EXACT_LENGTH) & (series.abs() < EXACT)
    others = (~is_plain).arg_true()
    return texts.scatter(others, [_number(cells[at]) for at in others]) if others.len() else texts
