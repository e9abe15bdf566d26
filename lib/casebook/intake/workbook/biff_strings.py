"""Texts inside the records of an .xls: the shared table, spread over records, and texts of single cells."""

import struct
from collections.abc import Sequence
from typing import Final

from casebook.intake.workbook.facts import DamagedError

_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08
_RUN: Final = 4


class Pieces:
    """A record and its continuations, read byte after byte."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces, self._at, self._within = pieces, 0, 0

    def take(self, length: int) -> bytes:
        """The next bytes, wherever the record breaks."""
        found = b""
        while length:
            self._turn()
            some = self._pieces[self._at][self._within : self._within + length]
            found, length = found + some, length - len(some)
            self._within += len(some)
        return found

    def characters(self, count: int, *, is_wide: bool) -> str:
        """So many characters; after a break a byte says anew how wide they are."""
        found = ""
        while count:
            if self._within >= len(self._pieces[self._at]):
                self._turn()
                is_wide = bool(self.take(1)[0] & _WIDE)
            size = 2 if is_wide else 1
            here = min(count, (len(self._pieces[self._at]) - self._within) // size)
            if not here:
                raise DamagedError("a text breaks inside a character")
            raw = self._pieces[self._at][self._within : self._within + here * size]
            found += raw.decode("utf-16-le" if is_wide else "latin-1", "surrogatepass")
            self._within, count = self._within + here * size, count - here
        return found

    def _turn(self) -> None:
        while self._within >= len(self._pieces[self._at]):
            self._at, self._within = self._at + 1, 0
            if self._at >= len(self._pieces):
                raise DamagedError("a text is cut")


def unicode_text(pieces: Pieces, count: int) -> str:
    """A text of BIFF8 without its fonts and its phonetic guide."""
    flags = pieces.take(1)[0]
    runs = struct.unpack("<H", pieces.take(2))[0] if flags & _RICH else 0
    phonetic = struct.unpack("<I", pieces.take(4))[0] if flags & _PHONETIC else 0
    text = pieces.characters(count, is_wide=bool(flags & _WIDE))
    pieces.take(runs * _RUN + phonetic)
    return text


def shared_texts(records: Sequence[bytes]) -> list[str]:
    """The texts of the shared table (SST and its continuations)."""
    pieces = Pieces(records)
    _, count = struct.unpack("<II", pieces.take(8))
    found = []
    for _ in range(count):
        (length,) = struct.unpack("<H", pieces.take(2))
        found.append(unicode_text(pieces, length))
    return found
