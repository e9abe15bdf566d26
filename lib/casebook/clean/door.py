"""Frames of polars and pandas come in as polars text, as a reader sees the cells; they are converted here and nowhere else.

Numbers of up to 15 digits are exact and written plainly; longer floats have lost digits already and come in as E-notation, so that
no cleaner can take them for an id.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import polars as pl

from casebook.clean import headerless
from casebook.errors import ContractError
from casebook.intake.workbook.cell_text import cell_text

if TYPE_CHECKING:
    import pandas as pd

    Frame = pl.DataFrame | pd.DataFrame
    Series = pl.Series | pd.Series

_HALF: Final = re.compile("[\ud800-\udfff]")


def frame_of(frame: "Frame") -> pl.DataFrame:
    """The frame in polars, every column as text; blank stays blank, missing is null.

    Raises:
        ContractError: two columns have the same name.
    """
    names = [_written(str(name)) for name in frame.columns]
    if twice := sorted(name for name, times in Counter(names).items() if times > 1):
        raise ContractError(
            f"The frame has the column {headerless.shown('The frame', twice)} twice; rename or drop one."
        )
    if isinstance(frame, pl.DataFrame):
        return pl.DataFrame([texts(frame[name]) for name in names])
    series = (texts(frame.iloc[:, position]) for position in range(len(names)))
    return pl.DataFrame(dict(zip(names, series, strict=True)))


def texts(series: "Series") -> pl.Series:
    """The series in polars as text.

    >>> texts(pl.Series("id", [371421199001011.0, 3.71421199003074496e17, None])).to_list()
    ['371421199001011', '3.71421199003074E+17', None]
    """
    if not isinstance(series, pl.Series):
        cells = zip(series.tolist(), series.isna().tolist(), strict=True)
        name = "" if series.name is None else str(series.name)
        return _told(name, (None if is_missing else cell for cell, is_missing in cells))
    if series.dtype.is_integer() or series.dtype in (pl.String, pl.Categorical, pl.Enum, pl.Decimal, pl.Null):
        return series.cast(pl.String)
    return _told(series.name, series.to_list())


def _told(name: str, cells: Iterable[object]) -> pl.Series:
    told = [cell if cell is None or type(cell) is str else _text(cell) for cell in cells]
    try:
        return pl.Series(_written(name), told, pl.String)
    except UnicodeEncodeError:
        return pl.Series(_written(name), [cell if cell is None else _written(cell) for cell in told], pl.String)


def _written(text: str) -> str:
    """The text with U+FFFD for each half of a character (lone surrogate), which stands for no text."""
    return text if text.isascii() else _HALF.sub("�", text)


def _text(cell: object) -> str | None:
    """A cell that is no text; a float that is no number says nothing."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return None
    return cell_text(cell)
