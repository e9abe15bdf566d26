"""Records of an .xlsb: which sheets there are, and what a sheet says beside its values."""

import struct
from collections.abc import Callable, Iterator
from typing import Final

from casebook.intake.workbook.facts import DamagedError, Facts

_BUNDLE, _BOOK, _ROW, _COLUMNS, _MERGE = 156, 153, 0, 60, 176
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_VALUES: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62})
_FORMULAS: Final = frozenset({8, 9, 10, 11})
_ERROR_CELLS: Final = frozenset({3, 11})
_TEXTS: Final = {6: 8, 8: 8, 62: 9}
_SHARED: Final = 19
_EMPTY: Final = bytes(4)
_FILTER_COLUMN: Final = 163
_END_OF_SHEET: Final = 130
_NUMBERS: Final = {5: struct.Struct("<d"), 9: struct.Struct("<d")}


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part, to its last byte.

    Raises:
        DamagedError: one reaches beyond the end.
    """
    at, end = 0, len(data)
    try:
        while at < end:
            code, at = _code(data, at)
            length, at = _length(data, at)
            if at + length > end:
                raise DamagedError("a record reaches beyond the end")
            yield code, data[at : at + length]
            at += length
    except IndexError:
        raise DamagedError("a record is cut") from None


def _code(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first < 0x80:
        return first, at + 1
    return (first & 0x7F) | (data[at + 1] & 0x7F) << 7, at + 2


def _length(data: bytes, at: int) -> tuple[int, int]:
    length = 0
    for place in range(4):
        byte = data[at + place]
        length |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return length, at + place + 1
    return length, at + 4


def bundles(data: bytes) -> list[tuple[str, str]]:
    """Name and relation of each sheet of the book."""
    found = []
    for code, body in records(data):
        if code == _BUNDLE:
            relation, at = _text(body, 8)
            found.append((_text(body, at)[0], relation))
    return found


def is_1904(data: bytes) -> bool:
    """Whether the book counts its days from 1904."""
    return any(code == _BOOK and body[0] & 1 for code, body in records(data))


def _text(body: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * count
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


class XlsbSheet:
    """The facts of one sheet."""

    def __init__(self) -> None:
        self._data = bytearray()

    def see(self, block: bytes) -> None:
        """The next bytes of the sheet."""
        self._data += block

    def close(self) -> Facts:
        """The facts when the last block has been seen.

        Raises:
            DamagedError: a record is cut, or the sheet has no end.
        """
        facts, row, last = Facts(values=0, has_empty_texts=False), 0, -1
        try:
            for code, body in records(bytes(self._data)):
                if code == _ROW:
                    (row,) = struct.unpack_from("<I", body)
                    if body[11] & 0x10:
                        facts.hidden_rows.append(row)
                elif code in _VALUES:
                    _cell(facts, code, body, row)
                elif code in _READ:
                    _READ[code](facts, body)
                last = code
        except (struct.error, IndexError):
            raise DamagedError("a record is cut") from None
        if last != _END_OF_SHEET:
            raise DamagedError("a sheet has no end")
        return facts


class XlsbTexts:
    """The shared texts of a book."""

    def __init__(self) -> None:
        self._data = bytearray()

    def see(self, block: bytes) -> None:
        """The next bytes of the shared texts."""
        self._data += block

    @property
    def has_empty(self) -> bool:
        """Whether one of them is empty."""
        return any(code == _SHARED and body[1:5] == _EMPTY for code, body in records(bytes(self._data)))


def _cell(facts: Facts, code: int, body: bytes, row: int) -> None:
    facts.values = (facts.values or 0) + 1
    facts.formulas += code in _FORMULAS
    (column,) = struct.unpack_from("<I", body)
    if code in _TEXTS and body[_TEXTS[code] : _TEXTS[code] + 4] == _EMPTY:
        facts.has_empty_texts = True
    if code in _ERROR_CELLS:
        facts.error(row, column, _ERRORS.get(body[8], "#N/A"))
    elif code in _NUMBERS:
        (value,) = _NUMBERS[code].unpack_from(body, 8)
        if value < 0 or 60 <= value < 61:
            facts.serials[row, column] = repr(value).removesuffix(".0")


def _columns(facts: Facts, body: bytes) -> None:
    first, last, _, _, flags = struct.unpack_from("<4IH", body)
    if flags & 1:
        facts.hidden_columns += range(first, min(last, 16_383) + 1)


def _merge(facts: Facts, body: bytes) -> None:
    top, bottom, left, right = struct.unpack_from("<4I", body)
    facts.merges.append((top, left, bottom, right))


def _filter(facts: Facts, _body: bytes) -> None:
    facts.is_filtered = True


_READ: Final[dict[int, Callable[[Facts, bytes], None]]] = {
    _COLUMNS: _columns,
    _MERGE: _merge,
    _FILTER_COLUMN: _filter,
}
