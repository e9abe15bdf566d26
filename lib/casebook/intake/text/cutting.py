"""Lines → rows of fields. Lines that are sound records of their own are cut at once; only the others are parsed one by one.

Sound at once: as many fields as the header, quotes (if any) only as RFC 4180 has them, all closed on the line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from polars.exceptions import ComputeError, SchemaError

from casebook.intake import grid
from casebook.intake.grid import FAULT, RAW, ROW, field
from casebook.intake.text import records
from casebook.intake.text.pieces import Lines
from casebook.intake.text.records import Record

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
    is_sound, ends, stops = _sound_lines(lines, delimiter, width)
    is_empty = _are_empty(lines.data, ends)
    is_sound &= ~is_empty
    parsed, swallowed = _one_by_one(lines, ends, np.flatnonzero(~is_sound & ~is_empty), delimiter, width)
    if swallowed:
        joined = np.fromiter(swallowed, np.int64) - lines.row
        is_sound[joined] = is_empty[joined] = False
    sound = _gathered(lines.data, _starts(ends)[is_sound], stops[is_sound])
    rows = pl.Series(ROW, np.flatnonzero(is_sound) + lines.row).cast(pl.UInt32)
    frame = _parsed(sound, delimiter, width, quote='"' if b'"' in sound else None).insert_column(0, rows)
    kept = [records.fitted(record, width) for record in parsed if not record.is_blank]
    blank = (np.flatnonzero(is_empty) + lines.row).tolist() + [record.row for record in parsed if record.is_blank]
    return _without_blank(pl.concat([frame, _frame(kept, width)]).sort(ROW) if kept else frame, blank)


def _are_empty(data: bytes, ends: Positions) -> Mask:
    """Which lines have no character but a carriage return that ends them."""
    signs, sizes = np.frombuffer(data, np.uint8), np.diff(ends, prepend=-1) - 1
    is_empty: Mask = sizes == 0
    single = np.flatnonzero(sizes == 1)
    is_empty[single] = signs[ends[single] - 1] == _RETURN
    return is_empty


def _all_at_once(lines: Lines, delimiter: str, width: int) -> pl.DataFrame | None:
    """All lines cut by one call, when each surely has the fields of the header; else None.

    The delimiters, or the seams between quoted fields, are counted over all lines: when none has too many, none has too few.
    """
    data = lines.data
    if lines.bad or not delimiter.isascii() or _LONE_RETURN.search(data) or _has_long_line(data):
        return None
    if b'"' not in data:
        is_even = data.count(delimiter.encode()) == lines.count * (width - 1)
    else:
        is_even = _are_wrapped(data, delimiter, lines.count, width)
    try:
        frame = _parsed(data, delimiter, width, quote='"' if b'"' in data else None) if is_even else None
    except (ComputeError, SchemaError):
        return None
    if frame is None or frame.height != lines.count:
        return None
    return frame.insert_column(0, pl.int_range(lines.row, lines.end, dtype=pl.UInt32, eager=True).alias(ROW))


def _are_wrapped(data: bytes, delimiter: str, count: int, width: int) -> bool:
    """True when the lines have quotes around every field, none within, and together as many fields as so many headers."""
    end, seam = (b"\r\n" if data.endswith(b"\r\n") else b"\n"), f'"{delimiter}"'.encode()
    if not data.startswith(b'"') or not data.endswith(b'"' + end) or data.count(b'"' + end + b'"') != count - 1:
        return False
    # A seam at either end of a line would take the quotes of the line's frame for its own.
    if data.startswith(seam) or end + seam in data or seam + end in data:
        return False
    return data.count(seam) == count * (width - 1) and data.count(b'"') == count * width * 2


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


def _sound_lines(lines: Lines, delimiter: str, width: int) -> tuple[Mask, Positions, Positions]:
    """Which lines are sound records, where each line ends, and where its fields do: empty surplus ones stand behind."""
    signs = np.frombuffer(lines.data, np.uint8)
    ends = np.flatnonzero(signs == _FEED)
    if lines.count > len(ends):
        ends = np.append(ends, len(signs))
    if not delimiter.isascii():
        return np.zeros(lines.count, np.bool_), ends, ends
    is_sound = _are_plain(signs, ends)
    is_sound[np.asarray(lines.bad, np.int64) - lines.row] = False
    cuts = np.flatnonzero(signs == ord(delimiter))
    quotes = np.flatnonzero(signs == _QUOTE)
    if len(quotes):
        is_sound &= _are_quoted_soundly(signs, quotes, ends, ord(delimiter))
        before = np.searchsorted(quotes, cuts) - np.searchsorted(quotes, _starts(ends))[np.searchsorted(ends, cuts)]
        cuts = cuts[before % 2 == 0]
    fields = _per_line(cuts, ends) + 1
    long = np.flatnonzero(is_sound & (fields > width))
    surplus = cuts[np.searchsorted(cuts, _starts(ends)[long]) + width - 1]
    stops = _without_surplus(lines.data, delimiter, ends, long, surplus)
    return is_sound & ((fields == width) | (stops < ends)), ends, stops


def _are_plain(signs: npt.NDArray[np.uint8], ends: Positions) -> Mask:
    """Which lines are neither empty nor too long and have no carriage return within."""
    sizes = np.diff(ends, prepend=-1) - 1
    is_plain = (sizes > 0) & (sizes <= records.MAX_FIELD)
    returns = np.flatnonzero(signs == _RETURN)
    is_plain[np.searchsorted(ends, returns[~np.isin(returns + 1, ends)])] = False
    return is_plain


def _without_surplus(data: bytes, delimiter: str, ends: Positions, long: Positions, surplus: Positions) -> Positions:
    """Where the fields of each line end: too long ones end before the surplus where it is nothing but delimiters and blanks."""
    stops, filler = ends.copy(), f" \t\r{delimiter}".encode()
    for at, start in zip(long.tolist(), surplus.tolist(), strict=True):
        if not data[start : ends[at]].strip(filler):
            stops[at] = start
    return stops


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


def _gathered(data: bytes, starts: Positions, stops: Positions) -> bytes:
    """The texts that begin and end there, each as a line; neighbours are copied together."""
    if not len(starts):
        return b""
    is_apart = starts[1:] != stops[:-1] + 1
    begins = np.concatenate((starts[:1], starts[1:][is_apart])).tolist()
    ends = np.concatenate((stops[:-1][is_apart], stops[-1:])).tolist()
    return b"\n".join(data[begin:end] for begin, end in zip(begins, ends, strict=True)) + b"\n"


def _without_blank(frame: pl.DataFrame, blank: Sequence[int]) -> Cut:
    """Takes rows without any text out."""
    first = pl.col(field(0))
    suspects = frame.filter(first.is_null() | (first.str.strip_chars() == ""))
    if suspects.height:
        fields = pl.col("^f[0-9]+$")
        is_empty = pl.all_horizontal(fields.is_null() | (fields.str.strip_chars() == ""))
        empty = suspects.filter(is_empty & pl.col(FAULT).is_null())[ROW]
        frame = frame.filter(~pl.col(ROW).is_in(empty.implode())) if empty.len() else frame
        blank = (*blank, *empty.to_list())
    return Cut(frame, tuple(sorted(blank)))


def _frame(kept: Sequence[Record], width: int) -> pl.DataFrame:
    schema = grid.empty(width).schema
    cells = zip(*(record.fields for record in kept), strict=True)
    columns = [[record.row for record in kept], *cells]
    columns += [[record.fault for record in kept], [record.raw if record.fault else None for record in kept]]
    return pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema)


def _one_by_one(
    lines: Lines, ends: Positions, odd: Positions, delimiter: str, width: int
) -> tuple[list[Record], set[int]]:
    """Records that begin on an odd line, and the further lines that quoted line feeds join to them."""
    found, swallowed, bad = [], set[int](), frozenset(lines.bad)
    starts, stops = _starts(ends).tolist(), ends.tolist()

    def texts(first: int) -> Iterator[str]:
        return (lines.data[starts[at] : stops[at]].removesuffix(b"\r").decode() for at in range(first, lines.count))

    for at in odd.tolist():
        row = lines.row + at
        if row in swallowed:
            continue
        record = records.joined(row, texts(at), delimiter, width)
        swallowed.update(range(row + 1, row + record.span))
        found.append(_marked_bad(record, bad) if bad else record)
    return found, swallowed


def _marked_bad(record: Record, bad: frozenset[int]) -> Record:
    """The record, faulty when a line of it could not be decoded."""
    is_bad = any(line in bad for line in range(record.row, record.row + record.span))
    return Record(record.row, record.span, record.fields, record.raw, "char.encoding") if is_bad else record
