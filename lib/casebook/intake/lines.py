"""Delimited text → Grid. The delimiter is found by the header, and every physical line is accounted for.

The row number of a record is the number of the line it begins on, counted from 1 with titles and blank lines. Lines without a
quote are split by columns at once; the others are parsed one by one. A quote that is never closed costs its own line only.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.intake import grid, headers
from casebook.intake.contract import Contract
from casebook.intake.encoding import Decoded
from casebook.intake.grid import FAULT, RAW, ROW, Grid, field

DELIMITERS: Final = (",", "\t", ";", "|")
_IN_CLASS: Final = {",": ",", "\t": r"\t", ";": ";", "|": r"\|"}
SNIFFED_LINES: Final = 200
MAX_RECORD_LINES: Final = 100
_LINE: Final = "line"
_CLOSED: Final = "\x02"

csv.field_size_limit(1024 * 1024)


@dataclass(frozen=True)
class _Record:
    row: int
    span: int
    fields: list[str]
    raw: str
    fault: str | None = None


def read(decoded: Decoded, contract: Contract) -> Grid:
    """The table of a text file."""
    lines = pl.read_lines(decoded.path, name=_LINE, row_index_name=ROW, row_index_offset=1).cast({ROW: pl.UInt32})
    head = lines.head(SNIFFED_LINES)
    numbered = list(zip(head[ROW].to_list(), head[_LINE].to_list(), strict=True))
    delimiter, records, header = max(
        (_tried(contract, numbered, delimiter) for delimiter in DELIMITERS),
        key=lambda tried: len(tried[2].positions) if tried[2] else 0,
    )
    first = [record.fields for record in records[: headers.SEARCHED_ROWS + 1]]
    if header is None:
        return Grid("", grid.empty(0), None, 0, first)
    titles, last = records[: header.index], records[header.index + header.depth - 1]
    below = lines.filter(pl.col(ROW) >= last.row + last.span)
    frame, blank = _body(below, delimiter, len(header.texts), decoded)
    return Grid(
        sheet="",
        frame=frame,
        header=header,
        header_row=records[header.index].row,
        first_rows=first,
        titles=tuple(" ".join(filter(None, record.fields)) for record in titles),
        title_rows=tuple(record.row for record in titles),
        blank_rows=blank,
        has_nul=decoded.has_nul,
    )


_Numbered = list[tuple[int, str]]


def _tried(contract: Contract, lines: _Numbered, delimiter: str) -> tuple[str, list[_Record], headers.Header | None]:
    """The first lines read with one delimiter, and the header they then have; blank lines are no records here."""
    records = [record for record in _records(lines, delimiter) if any(text.strip() for text in record.fields)]
    return delimiter, records, headers.find(contract, [record.fields for record in records])


def _body(below: pl.DataFrame, delimiter: str, width: int, decoded: Decoded) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """Rows below the header as a grid frame in physical order, and the blank lines among them."""
    marked = below.with_columns(
        quotes=pl.col(_LINE).str.count_matches('"', literal=True) if decoded.has_quote else pl.lit(0, pl.UInt32),
        cuts=pl.col(_LINE).str.count_matches(delimiter, literal=True),
    )
    bad = pl.col(ROW).is_in(decoded.bad_lines) if decoded.bad_lines else pl.lit(value=False)
    has_text = pl.col(_LINE).str.contains(rf"[^\s{_IN_CLASS[delimiter]}]")
    is_regular = (pl.col("quotes") == 0) & (pl.col("cuts") == width - 1) & has_text & ~bad
    odd = marked.filter(~is_regular)
    records, swallowed = _irregular(below, odd, delimiter, decoded)
    regular = marked.filter(is_regular)
    regular = regular.filter(~pl.col(ROW).is_in(swallowed)) if swallowed else regular
    blank = tuple(record.row for record in records if not any(text.strip() for text in record.fields))
    kept = [_fitted(record, width) for record in records if any(text.strip() for text in record.fields)]
    frame = pl.concat([_split(regular, delimiter, width), _frame(kept, width)])
    return (frame.sort(ROW) if kept else frame), blank


def _split(regular: pl.DataFrame, delimiter: str, width: int) -> pl.DataFrame:
    names = [field(position) for position in range(width)]
    parts = pl.col(_LINE).str.split_exact(delimiter, width - 1).struct.rename_fields(names).alias("parts")
    faults = (pl.lit(None, pl.String).alias(name) for name in (FAULT, RAW))
    return regular.select(pl.col(ROW), parts).unnest("parts").with_columns(*faults)


def _frame(records: Sequence[_Record], width: int) -> pl.DataFrame:
    rows = [(record.row, *record.fields, record.fault, record.raw if record.fault else None) for record in records]
    return pl.DataFrame(rows, schema=grid.empty(width).schema, orient="row")


def _fitted(record: _Record, width: int) -> _Record:
    """The record with exactly `width` fields; a fault says what was missing or surplus. Empty surplus is none."""
    fields, fault = record.fields, record.fault
    if len(fields) < width:
        fault = fault or "row.short"
    elif any(text.strip() for text in fields[width:]):
        fault = fault or "row.long"
    return _Record(record.row, record.span, (fields + [""] * width)[:width], record.raw, fault)


def _irregular(
    below: pl.DataFrame, odd: pl.DataFrame, delimiter: str, decoded: Decoded
) -> tuple[list[_Record], set[int]]:
    """Records that begin on an irregular line, and the further lines that quoted line feeds join to them."""
    first = int(below[ROW][0]) if below.height else 0
    bad, records, swallowed = set(decoded.bad_lines), [], set[int]()
    for row, line, quotes in odd.select(ROW, _LINE, "quotes").iter_rows():
        if row in swallowed:
            continue
        if quotes % 2:
            lines = below[_LINE].slice(row - first, MAX_RECORD_LINES).to_list()
            record = _joined(row, lines, delimiter)
        else:
            record = _Record(row, 1, _fields(line, delimiter) if quotes else line.split(delimiter), line)
        swallowed.update(range(row + 1, row + record.span))
        fault = "char.encoding" if row in bad else record.fault
        records.append(_Record(row, record.span, record.fields, record.raw, fault))
    return records, swallowed


def _records(lines: _Numbered, delimiter: str) -> Iterator[_Record]:
    texts, position = [line for _, line in lines], 0
    while position < len(texts):
        record = _joined(lines[position][0], texts[position : position + MAX_RECORD_LINES], delimiter)
        yield record
        position += record.span


def _joined(row: int, lines: Sequence[str], delimiter: str) -> _Record:
    """The record that begins on the first line; it reaches on while a quote stays open.

    A quote that no later line closes, or whose closing gives fewer fields than a comma count allows, is a fault of its line.
    """
    text = lines[0]
    if '"' not in text:
        return _Record(row, 1, text.split(delimiter), text)
    for span, line in enumerate(lines, 1):
        text = line if span == 1 else f"{text}\n{line}"
        if text.count('"') % 2 == 0 and not _is_open(text, delimiter):
            return _Record(row, span, _fields(text, delimiter), text)
        if span == 1 and not _is_open(text, delimiter):
            return _Record(row, 1, _fields(text, delimiter), text)
    return _Record(row, 1, lines[0].split(delimiter), lines[0], "quote.open")


def _is_open(text: str, delimiter: str) -> bool:
    """True when a quoted field has not ended with the text: a further line would be swallowed."""
    return len(list(csv.reader([text + "\n", _CLOSED + "\n"], delimiter=delimiter))) < 2


def _fields(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [""])
