"""Records of an .xls (BIFF5 to BIFF8), walked to the end of every sheet: what each cell holds, told without any other reader.

The reader of the values passes over damaged records in silence. Here every record lies inside its stream, every sheet begins and
ends where the book says, and every text is there; a book that fails this is damaged.
"""

import struct
from collections.abc import Iterator
from typing import Final

from casebook.intake.workbook import biff_cells
from casebook.intake.workbook.biff_book import BIFF5, BIFF8, BiffSheet, Book, decoded
from casebook.intake.workbook.biff_strings import Pieces, shared_texts, unicode_text
from casebook.intake.workbook.facts import DamagedError

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
_OLDER: Final = frozenset({0x0009, 0x0209, 0x0409})
_WORKSHEET: Final = 0x0010
_BOUNDSHEET, _SST, _CODEPAGE, _DATEMODE, _FILEPASS, _SUPBOOK, _XF, _FORMAT = (
    0x85,
    0xFC,
    0x42,
    0x22,
    0x2F,
    0x1AE,
    0xE0,
    0x41E,
)
_INTERNAL: Final = (b"\x01\x04", b"\x01\x3a")
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
        at += 4 + length
        if code == EOF:
            depth -= 1
            if length or (depth <= 0 and not _may_end(stream, at)):
                raise DamagedError("a sheet ends too early")
            if depth <= 0:
                return


def _may_end(stream: bytes, at: int) -> bool:
    """Whether the next part, or nothing, follows."""
    following = stream[at : at + 2]
    return following == struct.pack("<H", BOF) or not stream[at:].strip(b"\0")


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
    book.starts = [(decoded(book, name), at, kind) for name, at, kind in _raw_starts(book, stream)]
    return book


def _global(book: Book, code: int, body: bytes) -> None:
    if code == _CODEPAGE:
        (page,) = struct.unpack_from("<H", body)
        book.encoding = _CODE_PAGES.get(page, f"cp{page}")
    elif code == _DATEMODE:
        (mode,) = struct.unpack_from("<H", body)
        if mode not in (0, 1):
            raise DamagedError("an unknown calendar")
        book.is_1904 = mode == 1
    elif code == _FORMAT and book.version == BIFF8:
        unicode_text(Pieces([body[4:]]), struct.unpack_from("<H", body, 2)[0])
    elif code == _XF:
        book.styles += 1
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


def _sheet(stream: bytes, book: Book, name: str, start: int, kind: int) -> BiffSheet:
    sheet = BiffSheet(name, is_worksheet=kind == 0)
    if sheet.is_worksheet:
        found = records(stream, start)
        code, body = next(found)
        if code != BOF or struct.unpack_from("<HH", body) != (book.version, _WORKSHEET):
            raise DamagedError("a sheet does not begin where the book says")
        biff_cells.read(sheet, book, found)
    return sheet
