"""Records of an .xls (BIFF5 to BIFF8), walked to the end of every sheet: what each cell holds, told without any other reader.

The reader of the values passes over damaged records in silence. Here every record lies inside its stream, every sheet begins and
ends where the book says, and every text is there; a book that fails this is damaged.
"""

import codecs
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from casebook.intake.workbook.biff_strings import Pieces, shared_texts, unicode_text
from casebook.intake.workbook.facts import DamagedError, Facts

Value = float | str | bool | None

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
BIFF5, BIFF8 = 0x0500, 0x0600
_OLDER: Final = frozenset({0x0009, 0x0209, 0x0409})
_WORKSHEET: Final = 0x0010
_BOUNDSHEET, _SST, _CODEPAGE, _DATEMODE, _FILEPASS, _SUPBOOK = 0x85, 0xFC, 0x42, 0x22, 0x2F, 0x1AE
_INTERNAL: Final = (b"\x01\x04", b"\x01\x3a")
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_EMPTY: Final = 3
_CODE_PAGES: Final = {
    936: "gb18030",
    950: "cp950",
    1200: "utf-16-le",
    1252: "cp1252",
    32768: "mac_roman",
    32769: "cp1252",
}


class EncryptedError(Exception):
    """The book is protected by a password."""


class VersionError(Exception):
    """The book is older than what is read."""


@dataclass
class BiffSheet:
    """One sheet.

    Attributes:
        cells: row, column → value of every cell that holds one (None: an error value).
        empty: formulas whose result is empty; a book all of whose results are empty has saved none.
    """

    name: str
    is_worksheet: bool
    facts: Facts = field(default_factory=Facts)
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    empty: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Book:
    """The globals of the workbook: version, texts, code page, and where its sheets begin."""

    version: int
    encoding: str = "cp1252"
    texts: list[str] = field(default_factory=list)
    starts: list[tuple[str, int, int]] = field(default_factory=list)
    has_external_links: bool = False
    is_1904: bool = False


def walk(stream: bytes) -> tuple[Book, list[BiffSheet]]:
    """The book and its sheets in their order.

    Raises:
        DamagedError, EncryptedError, VersionError: it cannot be read to the end.
    """
    try:
        book = _globals(stream)
        return book, [_sheet(stream, book, *start) for start in book.starts]
    except (struct.error, IndexError, UnicodeDecodeError) as bad:
        raise DamagedError(f"a record is malformed ({type(bad).__name__})") from None


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, its first to its last, without parts inside it (charts)."""
    at, depth, size = start, 0, len(stream)
    unpack = struct.Struct("<HH").unpack_from
    while True:
        if at + 4 > size:
            raise DamagedError("a sheet has no end")
        code, length = unpack(stream, at)
        if at + 4 + length > size:
            raise DamagedError("a record reaches beyond the end")
        if code == BOF:
            depth += 1
        if depth <= 1:
            yield code, stream[at + 4 : at + 4 + length]
        if code == EOF:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + length


def _globals(stream: bytes) -> Book:
    found = records(stream, 0)
    code, body = next(found)
    if code in _OLDER:
        raise VersionError
    version = struct.unpack_from("<H", body)[0] if code == BOF else 0
    if version not in (BIFF5, BIFF8):
        raise DamagedError("the book does not begin with its version")
    book, shared, last = Book(version), list[bytes](), BOF
    for code, body in found:
        if code == _FILEPASS:
            raise EncryptedError
        if code == _SST or (code == CONTINUE and last == _SST):
            shared.append(body)
        _global(book, code, body)
        last = _SST if code == CONTINUE and last == _SST else code
    book.texts = shared_texts(shared) if shared else []
    book.starts = [(_decoded(book, name), at, kind) for name, at, kind in _raw_starts(book, stream)]
    return book


def _global(book: Book, code: int, body: bytes) -> None:
    if code == _CODEPAGE:
        (page,) = struct.unpack_from("<H", body)
        book.encoding = _CODE_PAGES.get(page, f"cp{page}")
    elif code == _DATEMODE:
        book.is_1904 = struct.unpack_from("<H", body)[0] == 1
    elif code == _SUPBOOK:
        book.has_external_links |= body[2:4] not in _INTERNAL


def _raw_starts(book: Book, stream: bytes) -> Iterator[tuple[bytes | str, int, int]]:
    for code, body in records(stream, 0):
        if code == _BOUNDSHEET:
            start, _, kind, length = struct.unpack_from("<IBBB", body)
            if book.version == BIFF8:
                yield unicode_text(Pieces([body[7:]]), length), start, kind
            else:
                yield body[7 : 7 + length], start, kind


def _decoded(book: Book, raw: bytes | str) -> str:
    """A text of BIFF5, in the code page of the book."""
    if isinstance(raw, str):
        return raw
    try:
        return codecs.decode(raw, book.encoding)
    except LookupError:
        raise DamagedError("an unknown code page") from None


def _sheet(stream: bytes, book: Book, name: str, start: int, kind: int) -> BiffSheet:
    sheet = BiffSheet(name, is_worksheet=kind == 0)
    if not sheet.is_worksheet:
        return sheet
    found = records(stream, start)
    code, body = next(found)
    if code != BOF or struct.unpack_from("<HH", body) != (book.version, _WORKSHEET):
        raise DamagedError("a sheet does not begin where the book says")
    pending: tuple[int, int] | None = None
    known = _READ.get
    for code, body in found:
        read = known(code)
        if code == _STRING and pending is not None:
            _put(sheet, *pending, _label(book, body))
            pending = None
        elif read is not None and pending is not None:
            raise DamagedError("the text of a formula is missing")
        elif read is not None:
            pending = read(sheet, book, body)
    if pending is not None:
        raise DamagedError("the text of a formula is missing")
    if len(sheet.empty) == sheet.facts.formulas:
        sheet.facts.marks.update(dict.fromkeys(sheet.empty, "formula.no_value"))
    return sheet


_Read = Callable[[BiffSheet, Book, bytes], tuple[int, int] | None]
_STRING: Final = 0x207


def _put(sheet: BiffSheet, row: int, column: int, value: Value) -> None:
    cells, key = sheet.cells, (row, column)
    if key in cells and cells[key] != value:
        raise DamagedError("two values in one cell")
    cells[key] = value


def _number(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, value = struct.unpack_from("<HHHd", body)
    _put(sheet, row, column, value)


def _rk_value(raw: int) -> float:
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return float(value / 100 if raw & 1 else value)


def _rk(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, raw = struct.unpack_from("<HHHi", body)
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
    row, column, _, at = struct.unpack_from("<HHHI", body)
    _put(sheet, row, column, book.texts[at])


def _label(book: Book, body: bytes) -> str:
    (length,) = struct.unpack_from("<H", body)
    if book.version == BIFF8:
        return unicode_text(Pieces([body[2:]]), length)
    if len(body) < 2 + length:
        raise DamagedError("a text is cut")
    return _decoded(book, body[2 : 2 + length])


def _text(sheet: BiffSheet, book: Book, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    _put(sheet, row, column, _label(book, body[6:]))


def _flag_or_error(sheet: BiffSheet, _book: Book, body: bytes) -> None:
    row, column, _, value, is_error = struct.unpack_from("<HHHBB", body)
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
