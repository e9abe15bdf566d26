"""One record of a delimited text at a time: quotes, line feeds inside quotes, and quotes that are never closed.

A record may reach over several lines only when its quotes then close exactly as RFC 4180 asks; otherwise the quote is a fault of the
line it stands on, and the next line is read afresh. No later line is ever swallowed by an earlier fault.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

MAX_LINES: Final = 100
MAX_FIELD: Final = 1024 * 1024
MAX_LINE: Final = 16 * 1024 * 1024
_CLOSED: Final = "\x02"
_RETURN: Final = "\x01"

Numbered = Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Record:
    """A record as it lay in the file.

    Attributes:
        row: number of the line it begins on; span: how many lines it takes.
        raw: its text; fault: reject code when it is no sound record.
    """

    row: int
    span: int
    fields: list[str]
    raw: str
    fault: str | None = None

    @property
    def is_blank(self) -> bool:
        """True when no field has any text."""
        return not any(text.strip() for text in self.fields)


def joined(row: int, lines: Sequence[str], delimiter: str, width: int | None = None) -> Record:
    """The record that begins on the first of the lines.

    Args:
        row: number of the first line.
        lines: that line and the following ones.
        delimiter: between fields.
        width: fields a record of several lines must have; None while the header is still being looked for.
    """
    text = lines[0]
    if _is_longer(text, MAX_LINE):
        return Record(row, 1, [text[:1]], text, "line.long")
    if '"' not in text:
        return _measured(Record(row, 1, text.split(delimiter), text))
    if not _is_open(text, delimiter):
        return _measured(Record(row, 1, _fields(text, delimiter), text))
    span = _reach(lines, delimiter)
    if span:
        text = "\n".join(lines[:span])
        fields = _sound(text, delimiter)
        if fields is not None and (width is None or len(fields) == width):
            return _measured(Record(row, span, fields, text))
    return Record(row, 1, lines[0].split(delimiter), lines[0], "quote.open")


def _reach(lines: Sequence[str], delimiter: str) -> int:
    """How many lines a quote that the first leaves open takes until it is closed; 0 when it is not, or in too much text."""
    size = len(lines[0])
    for span, line in enumerate(lines[1:MAX_LINES], 2):
        size += len(line) + 1
        if size > MAX_FIELD:
            break
        if '"' in line and not _is_open(f'"{line}', delimiter):
            return span
    return 0


def _is_longer(text: str, most: int) -> bool:
    """True when the text has more bytes in UTF-8."""
    return len(text) * 4 > most and len(text.encode()) > most


def _measured(record: Record) -> Record:
    """The record, faulty when a field is too long to be one."""
    if len(record.raw) * 4 <= MAX_FIELD or not any(_is_longer(text, MAX_FIELD) for text in record.fields):
        return record
    return replace(record, fields=[record.raw[:1]], fault="field.long")


def each(lines: Numbered, delimiter: str) -> Iterator[Record]:
    """All records of the lines, in order."""
    texts, position = [line for _, line in lines], 0
    while position < len(texts):
        record = joined(lines[position][0], texts[position : position + MAX_LINES], delimiter)
        yield record
        position += record.span


def fitted(record: Record, width: int) -> Record:
    """The record with exactly `width` fields; a fault says what was missing or surplus. Empty surplus is none."""
    fields, fault = record.fields, record.fault
    if len(fields) < width:
        fault = fault or "row.short"
    elif any(text.strip() for text in fields[width:]):
        fault = fault or "row.long"
    return replace(record, fields=(fields + [""] * width)[:width], fault=fault)


def _is_open(text: str, delimiter: str) -> bool:
    """True when a quoted field has not ended with the text: a further line would be swallowed."""
    return [_CLOSED] not in _parsed(f"{text}\n\n{_CLOSED}", delimiter)


def _fields(text: str, delimiter: str) -> list[str]:
    return _parsed(text, delimiter)[0]


def _sound(text: str, delimiter: str) -> list[str] | None:
    """The fields of a text of several lines, read strictly; None when a closing quote is followed by anything but a delimiter."""
    try:
        return _parsed(text, delimiter, strict=True)[0]
    except csv.Error:
        return None


def _parsed(text: str, delimiter: str, *, strict: bool = False) -> list[list[str]]:
    """Records of the text; only line feeds end lines, a carriage return inside a field is a character like others."""
    csv.field_size_limit(MAX_LINE)
    lines = (f"{line}\n" for line in text.replace("\r", _RETURN).split("\n"))
    parsed = csv.reader(lines, delimiter=delimiter, strict=strict)
    return [[field.replace(_RETURN, "\r") for field in fields] for fields in parsed]
