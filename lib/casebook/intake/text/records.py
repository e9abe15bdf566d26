"""One record of a delimited text at a time: quotes, line feeds inside quotes, and quotes that are never closed.

A record may reach over several lines only when its quotes then close exactly as RFC 4180 asks; otherwise the quote is a fault of the
line it stands on, and the next line is read afresh. No later line is ever swallowed by an earlier fault.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
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


def joined(row: int, lines: Iterable[str], delimiter: str, width: int | None = None) -> Record:
    """The record that begins on the first of the lines.

    Args:
        row: number of the first line.
        lines: that line and the following ones; no more of them are taken than the record needs.
        delimiter: between fields.
        width: fields a record of several lines must have; None while the header is still being looked for.
    """
    further = iter(lines)
    text = next(further)
    if _is_longer(text, MAX_LINE):
        return Record(row, 1, [text[:1]], text, "line.long")
    if '"' not in text:
        return _measured(Record(row, 1, text.split(delimiter), text))
    fields = _closed(text, delimiter)
    if fields is not None:
        return _measured(Record(row, 1, fields, text))
    reached = _reached(text, further, delimiter)
    if reached:
        whole = "\n".join(reached)
        fields = _sound(whole, delimiter)
        if fields is not None and (width is None or len(fields) == width):
            return _measured(Record(row, len(reached), fields, whole))
    return Record(row, 1, text.split(delimiter), text, "quote.open")


def _reached(first: str, further: Iterator[str], delimiter: str) -> list[str]:
    """The lines that a quote left open by the first takes until it is closed; none when it is not, or in too much text."""
    taken, size = [first], len(first)
    for line in islice(further, MAX_LINES - 1):
        taken.append(line)
        size += len(line) + 1
        if size > MAX_FIELD:
            break
        if '"' in line and _closed(f'"{line}', delimiter) is not None:
            return taken
    return []


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
    if len(fields) == width:
        return record
    if len(fields) < width:
        fault = fault or "row.short"
    elif any(text.strip() for text in fields[width:]):
        fault = fault or "row.long"
    return replace(record, fields=(fields + [""] * width)[:width], fault=fault)


def _closed(text: str, delimiter: str) -> list[str] | None:
    """The fields of one line; None when a quoted field has not ended with it: a further line would be swallowed."""
    parsed = _parsed(f"{text}\n\n{_CLOSED}", delimiter)
    return parsed[0] if parsed[-1] == [_CLOSED] else None


def _sound(text: str, delimiter: str) -> list[str] | None:
    """The fields of a text of several lines, read strictly; None when a closing quote is followed by anything but a delimiter."""
    try:
        return _parsed(text, delimiter, strict=True)[0]
    except csv.Error:
        return None


def _parsed(text: str, delimiter: str, *, strict: bool = False) -> list[list[str]]:
    """Records of the text; only line feeds end lines, a carriage return inside a field is a character like others."""
    csv.field_size_limit(MAX_LINE)
    has_return = "\r" in text
    lines = [f"{line}\n" for line in (text.replace("\r", _RETURN) if has_return else text).split("\n")]
    parsed = csv.reader(lines, delimiter=delimiter, strict=strict)
    if not has_return:
        return list(parsed)
    return [[field.replace(_RETURN, "\r") for field in fields] for fields in parsed]
