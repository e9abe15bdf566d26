"""Numbers in Chinese signs, or in Chinese and Arabic mixed, read for a whole column at once.

All rows move through the table of `numeral_table` together, one sign a step, from the last sign to the first: two look-ups and
an addition for each sign, whatever is written.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.text import numeral_table
from casebook.text.numeral_grammar import END, End
from casebook.text.numeral_table import WIDTH, Table

_LONGEST: Final = 48  # signs; the longest sound amount has 44
_NAMES: Final = {end.value: end.name.lower() for end in End}


def read(series: pl.Series, *, are_amounts: bool = False) -> pl.DataFrame:
    """Columns `whole` (Int64: ones, or fen where amounts are asked) and `end` (`number`, `clipped`, `bad`, `large`; of amounts
    also `amount` for those with 元, 角 or 分 and `doubtful` for 三万五元); what is bad or large has no value. Nulls are bad.

    >>> read(pl.Series(["一千零五", "三万五", "三四万"])).rows()
    [(1005, 'number'), (35000, 'clipped'), (None, 'bad')]
    >>> read(pl.Series(["壹元零伍分", "三万五元"]), are_amounts=True).rows()
    [(105, 'amount'), (None, 'doubtful')]
    """
    table = numeral_table.table()
    texts = series.set((series.str.len_chars() > _LONGEST) | series.str.contains(END, literal=True), "").fill_null("")
    states, values = _run(texts, table, table.amount if are_amounts else table.number)
    is_good = (states >= End.NUMBER.value) & (states <= End.AMOUNT.value)
    whole = pl.Series("whole", values).set(pl.Series(~is_good), None)
    return pl.DataFrame([whole, pl.Series("end", states).replace_strict(_NAMES, return_dtype=pl.String)])


def _run(texts: pl.Series, table: Table, first: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """The end reached by each text, and the sum of what its signs are worth."""
    lengths = texts.str.len_chars().to_numpy().astype(np.int64)
    signs = _signs(texts, table)
    at = np.cumsum(lengths + 1)  # each text stands behind an END; this is its last sign
    state = np.full(len(texts), first, np.int32)
    value = np.zeros(len(texts), np.int64)
    for _ in range(int(lengths.max(initial=0)) + 1):
        at -= 1
        step = state | signs[at]
        value += table.worth[step]
        state = table.following[step]
        np.maximum(at, 1, out=at)
    return state // WIDTH, value


def _signs(texts: pl.Series, table: Table) -> npt.NDArray[np.int32]:
    """The signs of all texts in a row, each text behind an END."""
    joined = END + (texts.str.join(END).item() if len(texts) else "")
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
    return table.signs[np.minimum(codes, len(table.signs) - 1)].astype(np.int32)
