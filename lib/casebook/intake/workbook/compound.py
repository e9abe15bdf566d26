"""Streams of an OLE container (the file around an .xls): read by its tables, every sector inside the file and in one place."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebook.intake.workbook.facts import DamagedError

MAGIC: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER: Final = 512
_IN_HEADER: Final = 109
_LAST_SECTOR: Final = 0xFFFFFFFA
_END: Final = 0xFFFFFFFE
_ENTRY: Final = 128
_MINI: Final = 64
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True)
class Entry:
    """One name of the directory: a stream's first sector and size."""

    name: str
    kind: int
    start: int
    size: int


class Container:
    """An OLE file in memory.

    Raises:
        DamagedError: its tables point outside of it, or in circles.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise DamagedError("no OLE header")
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise DamagedError("sector size")
        self._data, self._size = data, 1 << shift
        first, _, self._cutoff, mini_start, _, more, _ = struct.unpack_from("<7I", data, 48)
        self._table = self._words(self._table_sectors(more))
        directory = self._joined(first)
        self.entries = [self._entry(directory[at : at + _ENTRY]) for at in range(0, len(directory), _ENTRY)]
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._mini = self._joined(root.start) if root is not None and root.start < _LAST_SECTOR else b""
        has_mini = mini_start < _LAST_SECTOR
        self._mini_table = self._words(self._chain(mini_start, self._table)) if has_mini else ()

    @property
    def names(self) -> frozenset[str]:
        """Names of all streams and storages."""
        return frozenset(entry.name for entry in self.entries if entry.kind)

    def stream(self, *names: str) -> bytes:
        """The bytes of the first of these streams that is there."""
        for name in names:
            for entry in self.entries:
                if entry.kind == _STREAM and entry.name == name:
                    return self._content(entry)
        raise DamagedError("no stream of a workbook")

    def _content(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            found = self._joined(entry.start)
        else:
            chain = self._chain(entry.start, self._mini_table) if entry.size else []
            found = b"".join(self._mini[at * _MINI : (at + 1) * _MINI] for at in chain)
        if len(found) < entry.size:
            raise DamagedError("a stream is cut")
        return found[: entry.size]

    def _table_sectors(self, more: int) -> list[int]:
        """Sectors of the allocation table: those in the header, then those in a chain of their own."""
        found = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        seen = set[int]()
        while more < _LAST_SECTOR:
            if more in seen:
                raise DamagedError("sectors in a circle")
            seen.add(more)
            *some, more = self._words([more])
            found += some
        return [sector for sector in found if sector < _LAST_SECTOR]

    def _words(self, sectors: Sequence[int]) -> tuple[int, ...]:
        joined = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found or (len(found) < self._size and len(found) % 4):
            raise DamagedError("a sector outside the file")
        return found

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._table)))

    @staticmethod
    def _chain(start: int, table: Sequence[int]) -> list[int]:
        """The sectors of a stream in order."""
        found, sector = list[int](), start
        while sector != _END:
            if sector >= len(table) or len(found) > len(table):
                raise DamagedError("a chain of sectors leads nowhere")
            found.append(sector)
            sector = table[sector]
        return found

    @staticmethod
    def _entry(raw: bytes) -> Entry:
        if len(raw) < _ENTRY:
            raise DamagedError("the directory is cut")
        length, kind = struct.unpack_from("<HB", raw, 64)
        start, size = struct.unpack_from("<II", raw, 116)
        name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        return Entry(name, kind, start, size)
