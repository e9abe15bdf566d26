"""The stage every identifier passes first: blanks, placeholders, full width, Excel's traces.

`stage` gives the text with white space, control and zero-width characters gone, outer quotes and apostrophes gone,
letters in upper case. None of that is a repair. Full-width characters (`full_width`), characters that make a cell
look like another (`hidden_characters`: marks of direction, soft hyphens, tags) and a trailing `.0` (`decimal_tail`)
are repairs; a number in E-notation has lost its digits for good (`digits_lost`) and has no text any more.

Cells of at least six ASCII digits and capitals, the great majority, are recognised by one pass and not touched again.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.text import width

Bytes = NDArray[np.uint8]

MASKED = r"^[0-9A-Z]*[*][0-9A-Z*]*$"
NOTHING = r"^(?:0+|[?]+)$"
_PLAIN = r"^(?:[1-9][0-9A-Z]{5,}|[A-Z][0-9A-Z]{7,})$"
_EDGE = " \t\r\n\xa0\u3000\u200b\ufeff'"
_OUTER = "'\"‘’“”`´="
_E_NOTATION = r"^[0-9](\.[0-9]+)?E\+?[0-9]{1,3}$"
_DECIMAL_TAIL = r"^([0-9]+)\.0+$"


def stage(series: pl.Series) -> pl.DataFrame:
    """One row per cell: `text`, `problem` (blank, placeholder, digits_lost or null), `repair` (null or codes).

    `text` is null exactly where there is a problem.
    """
    text = series.cast(pl.String).rename("text")
    odd = _odd(text)
    edged = text.gather(odd).str.strip_chars(_EDGE).str.to_uppercase()
    text = text.scatter(odd, edged) if len(odd) else text
    frame = pl.DataFrame({"text": text}).with_columns(problem=pl.lit(None, pl.String), repair=pl.lit(None, pl.String))
    hard = odd.gather(_odd(edged))
    if hard.is_empty():
        return frame
    trimmed = _refuse_e_notation(_refuse_placeholders(_trim(text.gather(hard))))
    return frame.with_columns(frame[name].scatter(hard, trimmed[name]) for name in frame.columns)


def _odd(text: pl.Series) -> pl.Series:
    """Row numbers of the cells that are not plain capitals and digits."""
    return (~text.str.contains(_PLAIN).fill_null(value=False)).arg_true()


def _trim(text: pl.Series) -> pl.DataFrame:
    """The odd cells without full width, invisible characters, outer quotes and decimal tail."""
    frame = pl.DataFrame({"folded": width.fold(text), "is_wide": width.is_widened(text)})
    frame = frame.with_columns(width.is_hiding(text).alias("is_hiding"))
    frame = frame.with_columns(pl.col("folded").str.replace_all(" ", "", literal=True).str.strip_chars(_OUTER))
    frame = frame.with_columns(upper=pl.col("folded").str.to_uppercase())
    frame = frame.with_columns(text=pl.col("upper").str.replace(_DECIMAL_TAIL, "$1"))
    blank = pl.col("text").fill_null("") == ""
    changed = pl.when("is_wide").then(pl.lit("full_width"))
    tail = pl.when(pl.col("upper") != pl.col("text")).then(pl.lit("decimal_tail"))
    frame = frame.with_columns(wide=changed, tail=tail, problem=pl.when(blank).then(pl.lit("blank")))
    hidden = pl.when("is_hiding").then(pl.lit("hidden_characters"))
    repair = pl.concat_str("wide", hidden, "tail", separator=",", ignore_nulls=True).replace("", None)
    return frame.select(text=pl.when(~blank).then("text"), problem="problem", repair=pl.when(~blank).then(repair))


def _refuse_placeholders(frame: pl.DataFrame) -> pl.DataFrame:
    """Words and signs that stand for "nothing" carry no identifier; nor does a row of zeros or question marks."""
    worded = width.problem_of_trimmed(frame["text"]) == "placeholder"
    nothing = worded.fill_null(value=False) | frame["text"].str.contains(NOTHING).fill_null(value=False)
    return refuse(frame, nothing, "placeholder")


def _refuse_e_notation(frame: pl.DataFrame) -> pl.DataFrame:
    """A number such as 3.71421E+17 is not to be guessed back."""
    lost = frame["text"].str.contains(_E_NOTATION).fill_null(value=False)
    return refuse(frame, lost, "digits_lost")


def refuse(frame: pl.DataFrame, mask: pl.Series, problem: str) -> pl.DataFrame:
    """The rows of `mask` lose text and repair and get `problem`; a null in the mask is no."""
    if not mask.any():
        return frame
    keep = pl.when(~mask.fill_null(value=False))
    return frame.with_columns(
        keep.then("text").alias("text"),
        keep.then("problem").otherwise(pl.lit(problem)).alias("problem"),
        keep.then("repair").alias("repair"),
    )


def amend(frame: pl.DataFrame, at: pl.Series, text: pl.Series, repair: str) -> pl.DataFrame:
    """The rows numbered in `at` get the new `text`, and `repair` added to their repair codes."""
    if at.is_empty():
        return frame
    earlier = pl.DataFrame({"earlier": frame["repair"].gather(at)})
    codes = earlier.select(pl.concat_str("earlier", pl.lit(repair), separator=",", ignore_nulls=True)).to_series()
    return frame.with_columns(frame["text"].scatter(at, text), frame["repair"].scatter(at, codes))


def flag(frame: pl.DataFrame, mask: pl.Series, problem: str) -> pl.DataFrame:
    """The rows of `mask` that have no problem yet get `problem` and keep their text."""
    if not mask.any():
        return frame
    new = pl.when(mask & pl.col("problem").is_null()).then(pl.lit(problem)).otherwise("problem")
    return frame.with_columns(new.alias("problem"))


def characters(text: pl.Series, size: int) -> Bytes:
    """The bytes of texts that are all exactly `size` bytes long and not null, one text a row."""
    array = text.to_arrow()
    if not len(array):
        return np.zeros((0, size), np.uint8)
    start = array.offset
    offsets = np.frombuffer(array.buffers()[1], np.int64)[start : start + 2]
    data = np.frombuffer(array.buffers()[2], np.uint8)
    return data[offsets[0] : offsets[0] + len(array) * size].reshape(len(array), size)


def alphabet(symbols: str) -> bytes:
    """A table for `places`: from a byte to its place in `symbols`; 255 for a byte that is none of them."""
    table = bytearray(b"\xff" * 256)
    for place, symbol in enumerate(symbols):
        table[ord(symbol)] = place
    return bytes(table)


def places(text: Bytes, table: bytes) -> Bytes:
    """The place of every character in its alphabet (`bytes.translate` does it five times as fast as an index array)."""
    return np.frombuffer(text.tobytes().translate(table), np.uint8).reshape(text.shape)


def within(digits: Bytes, limit: int) -> NDArray[np.bool_]:
    """Which rows have only places below `limit`; one look at the whole first, as most columns are sound."""
    if not digits.size or digits.max() < limit:
        return np.ones(len(digits), np.bool_)
    sound: NDArray[np.bool_] = digits.max(axis=1) < limit
    return sound


def mod_11_10(digits: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each row of digits passes ISO/IEC 7064 MOD 11,10 (the last digit is the check digit)."""
    carry = np.full(len(digits), 10, np.int64)
    for place in range(digits.shape[1] - 1):
        total = (carry + digits[:, place]) % 10
        carry = np.where(total == 0, 10, total) * 2 % 11
    passed: NDArray[np.bool_] = (carry + digits[:, -1]) % 10 == 1
    return passed


def only(frame: pl.DataFrame) -> Mapping[str, Any]:
    """The values of a frame of one row."""
    return frame.row(0, named=True)
