"""Lines → rows of fields. Lines that are sound records of their own are cut at once; only the others are parsed one by one.

Sound at once: as many fields as the header, quotes (if any) only as RFC 4180 has them, all closed on the line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import ComputeError

from casebook.intake import grid, records
from casebook.intake.grid import FAULT, RAW, ROW, field
from casebook.intake.records import Record
from casebook.intake.textpieces import Lines

Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_FEED, _RETURN, _QUOTE = 10, 13, 34
_LONE_RETURN: Final = re.compile(rb"\r(?!\n)")
_WINDOW: Final = records.MAX_FIELD // 2


@dataclass(frozen=True)
class Cut:
    """Rows in physical order (a grid frame), and the blank ones, which are not in it."""

    frame: pl.DataFrame
    blank: tuple[int, ...] = ()

    def first_since(self, row: int) -> int | None:
        """The first record, blank or not, at or behind the row."""
        later = self.frame.filter(pl.col(ROW) >= row)[ROW].head(1).to_list()
        return min([*later, *(blank for blank in self.blank if blank >= row)], default=None)

    def before(self, row: int) -> "Cut":
        """What lies above the row."""
        return Cut(self.frame.filter(pl.col(ROW) < row), tuple(blank for blank in self.blank if blank < row))


def cut(lines: Lines, delimiter: str, width: int) -> Cut:
    """The lines as rows of so many fields; a fault says why a line is none."""
    frame = _all_at_once(lines, delimiter, width)
    if frame is not None:
        return _without_blank(frame, ())
    is_sound, ends = _sound_lines(lines, delimiter, width)
    parsed, swallowed = _one_by_one(lines, ends, np.flatnonzero(~is_sound), delimiter, width)
    if swallowed:
        is_sound[np.fromiter(swallowed, np.int64) - lines.row] = False
    sound = _gathered(lines.data, ends, is_sound)
    rows = pl.Series(ROW, np.flatnonzero(is_sound) + lines.row).cast(pl.UInt32)
    frame = _parsed(sound, delimiter, width, quote='"' if b'"' in sound else None).insert_column(0, rows)
    kept = [records.fitted(record, width) for record in parsed if not record.is_blank]
    blank = [record.row for record in parsed if record.is_blank]
    return _without_blank(pl.concat([frame, _frame(kept, width)]).sort(ROW) if kept else frame, blank)


def _all_at_once(lines: Lines, delimiter: str, width: int) -> pl.DataFrame | None:
    """All lines cut by one call, when none has a quote and each has the fields of the header; else None.

    The delimiters are counted over all lines: when none has too many, none has too few.
    """
    data, count = lines.data, lines.count
    if lines.bad or not delimiter.isascii() or b'"' in data or data.count(delimiter.encode()) != count * (width - 1):
        return None
    if _LONE_RETURN.search(data) or _has_long_line(data):
        return None
    try:
        frame = _parsed(data, delimiter, width, quote=None)
    except ComputeError:
        return None
    rows = pl.int_range(lines.row, lines.end, dtype=pl.UInt32, eager=True).alias(ROW)
    return frame.insert_column(0, rows) if frame.height == count else None


def _has_long_line(data: bytes) -> bool:
    """True when there may be a line longer than a field can be: it would fill a window of half that size."""
    starts = range(0, len(data) - _WINDOW, _WINDOW)
    return any(data.find(b"\n", start, start + _WINDOW) < 0 for start in starts)


def _parsed(data: bytes, delimiter: str, width: int, quote: str | None) -> pl.DataFrame:
    """The fields, and no fault."""
    schema = {field(position): pl.String for position in range(width)}
    if data:
        separator = delimiter if delimiter.isascii() else ","
        frame = pl.read_csv(data, has_header=False, schema=schema, separator=separator, quote_char=quote)
    else:
        frame = pl.DataFrame(schema=schema)
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in (FAULT, RAW))


def _sound_lines(lines: Lines, delimiter: str, width: int) -> tuple[Mask, Positions]:
    """Which lines are sound records, and where each line ends."""
    bytes_ = np.frombuffer(lines.data, np.uint8)
    ends = np.flatnonzero(bytes_ == _FEED)
    if lines.count > len(ends):
        ends = np.append(ends, len(bytes_))
    if not delimiter.isascii():
        return np.zeros(lines.count, np.bool_), ends
    sizes = np.diff(ends, prepend=-1) - 1
    is_sound = (sizes > 0) & (sizes <= records.MAX_FIELD)
    is_sound[np.asarray(lines.bad, np.int64) - lines.row] = False
    cuts = np.flatnonzero(bytes_ == ord(delimiter))
    quotes = np.flatnonzero(bytes_ == _QUOTE)
    if len(quotes):
        is_sound &= _are_quoted_soundly(bytes_, quotes, ends, ord(delimiter))
        before = np.searchsorted(quotes, cuts) - np.searchsorted(quotes, _starts(ends))[np.searchsorted(ends, cuts)]
        cuts = cuts[before % 2 == 0]
    is_sound &= _per_line(cuts, ends) == width - 1
    returns = np.flatnonzero(bytes_ == _RETURN)
    inner = returns[~np.isin(returns + 1, ends)]
    is_sound[np.searchsorted(ends, inner)] = False
    return is_sound, ends


def _starts(ends: Positions) -> Positions:
    return np.concatenate(([0], ends[:-1] + 1))


def _per_line(positions: Positions, ends: Positions) -> Positions:
    """How many of the positions each line has."""
    return np.diff(np.searchsorted(positions, ends), prepend=0)


def _are_quoted_soundly(data: npt.NDArray[np.uint8], quotes: Positions, ends: Positions, delimiter: int) -> Mask:
    """Which lines open each quoted field at its beginning, close it at its end and double the quotes within."""
    line = np.searchsorted(ends, quotes)
    place = np.arange(len(quotes)) - np.searchsorted(quotes, _starts(ends))[line]
    opens = np.isin(data[quotes - 1], (_FEED, delimiter, _QUOTE)) | (quotes == 0)
    last = len(data) - 1
    closes = np.isin(data[np.minimum(quotes + 1, last)], (_FEED, _RETURN, delimiter, _QUOTE)) | (quotes == last)
    is_fit = np.where(place % 2 == 0, opens, closes)
    is_sound: Mask = _per_line(quotes, ends) % 2 == 0
    is_sound[line[~is_fit]] = False
    return is_sound


def _gathered(data: bytes, ends: Positions, chosen: Mask) -> bytes:
    """The chosen lines alone: runs of them are copied together."""
    edges = np.flatnonzero(np.diff(chosen.astype(np.int8), prepend=0, append=0))
    starts = np.append(_starts(ends), ends[-1] + 1)[edges]
    pieces = [data[start:stop] for start, stop in zip(starts[::2], starts[1::2], strict=True)]
    return b"".join(pieces)


def _without_blank(frame: pl.DataFrame, blank: Sequence[int]) -> Cut:
    """Takes rows without any text out."""
    first = pl.col(field(0))
    suspects = frame.filter(first.is_null() | (first.str.strip_chars() == ""))
    if suspects.height:
        fields = pl.col("^f[0-9]+$")
        is_empty = pl.all_horizontal(fields.is_null() | (fields.str.strip_chars() == ""))
        empty = suspects.filter(is_empty & pl.col(FAULT).is_null())[ROW]
        frame = frame.filter(~pl.col(ROW).is_in(empty.implode())) if empty.len() else frame
        blank = sorted((*blank, *empty.to_list()))
    return Cut(frame, tuple(blank))


def _frame(kept: Sequence[Record], width: int) -> pl.DataFrame:
    rows = [(record.row, *record.fields, record.fault, record.raw if record.fault else None) for record in kept]
    return pl.DataFrame(rows, schema=grid.empty(width).schema, orient="row")


def _one_by_one(
    lines: Lines, ends: Positions, odd: Positions, delimiter: str, width: int
) -> tuple[list[Record], set[int]]:
    """Records that begin on an odd line, and the further lines that quoted line feeds join to them."""
    found, swallowed, bad = [], set[int](), frozenset(lines.bad)
    starts = _starts(ends)

    def line(at: int) -> str:
        return lines.data[starts[at] : ends[at]].removesuffix(b"\r").decode()

    for at in odd.tolist():
        row, first = lines.row + at, line(at)
        if row in swallowed:
            continue
        further = range(at + 1, min(at + records.MAX_LINES, lines.count))
        record = records.joined(row, [first], delimiter, width)
        if record.fault == "quote.open":
            record = records.joined(row, [first, *(line(after) for after in further)], delimiter, width)
        swallowed.update(range(row + 1, row + record.span))
        found.append(_marked_bad(record, bad))
    return found, swallowed


def _marked_bad(record: Record, bad: frozenset[int]) -> Record:
    """The record, faulty when a line of it could not be decoded."""
    is_bad = any(line in bad for line in range(record.row, record.row + record.span))
    return Record(record.row, record.span, record.fields, record.raw, "char.encoding") if is_bad else record
