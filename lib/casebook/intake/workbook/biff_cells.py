"""Records of one sheet of an .xls: cells, merges, hidden rows and columns.

Between the first and the last record of the table stand only records of a table, every cell once, in a style of the book.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from casebook.intake.workbook.biff_book import BIFF8, BiffSheet, Book, Value, decoded
from casebook.intake.workbook.biff_strings import Pieces, unicode_text
from casebook.intake.workbook.facts import DamagedError

_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_EMPTY: Final = 3
_CONTINUE: Final = 0x3C
_COLUMNS: Final = 256
_TABLE: Final = frozenset({
    0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205, 0x06, 0x206, 0x406, 0x208, 0x201, 0xBE,
})  # fmt: skip
"""ROW and the records of cells, blank ones included; between them stand only those below."""
_BETWEEN: Final = frozenset({0x207, 0x221, 0x4BC, 0x236, 0xD7, 0x1C2, _CONTINUE})
_ROW, _MANY_BLANK, _MANY_RK = 0x208, 0xBE, 0xBD
_STRING: Final = 0x207

_Read = Callable[[BiffSheet, Book, bytes], tuple[int, int] | None]


def read(sheet: BiffSheet, book: Book, found: Iterable[tuple[int, bytes]]) -> None:
    """Fills the sheet from its records.

    Raises:
        DamagedError: a record contradicts another, or does not belong where it stands.
    """
    pending: tuple[int, int] | None = None
    for code, body in _in_order(found, book.styles):
        known = _READ.get(code)
        if code == _STRING and pending is not None:
            _put(sheet, *pending, _label(book, body))
            pending = None
        elif known is not None and pending is not None:
            break
        elif known is not None:
            pending = known(sheet, book, body)
    if pending is not None:
        raise DamagedError("the text of a formula is missing")
    if len(sheet.empty) == sheet.facts.formulas:
        sheet.facts.marks.update(dict.fromkeys(sheet.empty, "formula.no_value"))


def _in_order(found: Iterable[tuple[int, bytes]], styles: int) -> Iterator[tuple[int, bytes]]:
    """The records, while no other record stands among those of the table."""
    is_within = is_odd = False
    for code, body in found:
        if code in _TABLE:
            is_within = True
            if is_odd or not _has_known_style(code, body, styles):
                raise DamagedError("an unknown record or style among the cells")
        elif is_within and code not in _BETWEEN:
            is_odd = True
        yield code, body


def _has_known_style(code: int, body: bytes, styles: int) -> bool:
    """Whether the styles of the cells are among those of the book; a book without styles has no say in it."""
    if code == _ROW or not styles:
        return True
    if code == _MANY_BLANK:
        found = struct.unpack(f"<{(len(body) - 6) // 2}H", body[4:-2])
    elif code == _MANY_RK:
        found = struct.unpack(
            f"<{(len(body) - 6) // 6}H", b"".join(body[at : at + 2] for at in range(4, len(body) - 2, 6))
        )
    else:
        found = struct.unpack_from("<H", body, 4)
    return max(found, default=0) < styles


def _put(sheet: BiffSheet, row: int, column: int, value: Value) -> None:
    if column >= _COLUMNS:
        raise DamagedError("a cell to the right of the last column")
    cells, key = sheet.cells, (row, column)
    if key in cells and cells[key] != value:
        raise DamagedError("two values in one cell")
    cells[key] = value


def _number(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, value = struct.unpack("<HHHd", body)
    _put(sheet, row, column, value)


def _rk_value(raw: int) -> float:
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return float(value / 100 if raw & 1 else value)


def _rk(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, raw = struct.unpack("<HHHi", body)
    _put(sheet, row, column, _rk_value(raw))


def _many_rk(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, first = struct.unpack_from("<HH", body)
    (last,) = struct.unpack_from("<H", body, len(body) - 2)
    if len(body) != 6 + 6 * (last - first + 1):
        raise DamagedError("a row of numbers is cut")
    for column in range(first, last + 1):
        (raw,) = struct.unpack_from("<i", body, 6 + 6 * (column - first))
        _put(sheet, row, column, _rk_value(raw))


def _shared(sheet: BiffSheet, book: Book, body: bytes) -> None:
    row, column, _, at = struct.unpack("<HHHI", body)
    _put(sheet, row, column, book.texts[at])


def _label(book: Book, body: bytes) -> str:
    (length,) = struct.unpack_from("<H", body)
    if book.version == BIFF8:
        return unicode_text(Pieces([body[2:]]), length)
    if len(body) < 2 + length:
        raise DamagedError("a text is cut")
    return decoded(book, body[2 : 2 + length])


def _text(sheet: BiffSheet, book: Book, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    _put(sheet, row, column, _label(book, body[6:]))


def _flag_or_error(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, value, is_error = struct.unpack("<HHHBB", body)
    _put_coded(sheet, (row, column), value, is_error=bool(is_error))


def _put_coded(sheet: BiffSheet, at: tuple[int, int], value: int, *, is_error: bool) -> None:
    _put(sheet, *at, None if is_error else bool(value))
    if is_error:
        if value not in _ERRORS:
            raise DamagedError("an unknown error value")
        sheet.facts.error(*at, _ERRORS[value])


def _formula(sheet: BiffSheet, _book: Book, body: bytes) -> tuple[int, int] | None:
    """The saved result; a text follows in a record of its own."""
    row, column, _, result = struct.unpack_from("<HHH8s", body)
    sheet.facts.formulas += 1
    if result[6:] != b"\xff\xff":
        _put(sheet, row, column, struct.unpack("<d", result)[0])
    elif result[0] == 0:
        return row, column
    elif result[0] in (1, 2):
        _put_coded(sheet, (row, column), result[2], is_error=result[0] == 2)
    elif result[0] == _EMPTY:
        sheet.empty.append((row, column))
    else:
        raise DamagedError("a formula's result is of an unknown kind")
    return None


def _row(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    (row,) = struct.unpack_from("<H", body)
    if struct.unpack_from("<H", body, 12)[0] & 0x20:
        sheet.facts.hidden_rows.append(row)


def _columns(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    first, last, _, _, options = struct.unpack_from("<5H", body)
    if options & 1:
        sheet.facts.hidden_columns += range(first, min(last, 255) + 1)


def _filter(sheet: BiffSheet, _book: Book, _body: bytes) -> None:
    sheet.facts.is_filtered = True


def _comment(sheet: BiffSheet, _book: Book, _body: bytes) -> None:
    sheet.facts.comments += 1


def _merges(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    (count,) = struct.unpack_from("<H", body)
    for at in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * at)
        sheet.facts.merges.append((top, left, bottom, right))


_READ: Final[dict[int, _Read]] = {
    0x203: _number, 0x27E: _rk, 0xBD: _many_rk, 0xFD: _shared, 0x204: _text, 0xD6: _text, 0x205: _flag_or_error,
    0x06: _formula, 0x206: _formula, 0x406: _formula, 0x208: _row, 0x7D: _columns, 0x9B: _filter, 0x1C: _comment, 0xE5: _merges,
}  # fmt: skip
