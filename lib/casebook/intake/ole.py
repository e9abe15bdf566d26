"""Names of the streams in an OLE container: what tells an old workbook from an old Word document under the same first bytes."""

import struct
from pathlib import Path
from typing import BinaryIO, Final

MAGIC: Final = bytes.fromhex("D0CF11E0A1B11AE1")
MAX_SECTORS: Final = 10_000
_ENTRY: Final = 128
_IN_HEADER: Final = 109
_END: Final = 0xFFFFFFFA


def names(path: Path) -> frozenset[str]:
    """Names in the container's directory; none when it is damaged."""
    with path.open("rb") as file:
        try:
            return _names(file)
        except (struct.error, ValueError):
            return frozenset()


def _names(file: BinaryIO) -> frozenset[str]:
    head = file.read(512)
    (shift,) = struct.unpack_from("<H", head, 30)
    if shift not in (9, 12):
        raise ValueError
    size = 1 << shift
    (sector,) = struct.unpack_from("<I", head, 48)
    table = struct.unpack_from(f"<{_IN_HEADER}I", head, 76)
    found: set[str] = set()
    for _ in range(MAX_SECTORS):
        if sector >= _END:
            break
        block = _sector(file, sector, size)
        found.update(_name(block[start : start + _ENTRY]) for start in range(0, size, _ENTRY))
        sector = _next(file, sector, size, table)
    return frozenset(found - {""})


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _next(file: BinaryIO, sector: int, size: int, table: tuple[int, ...]) -> int:
    """The sector that follows; directories beyond the header's own table (7 MB and more of file) end here."""
    at, within = divmod(sector, size // 4)
    if at >= len(table) or table[at] >= _END:
        return _END
    (following,) = struct.unpack_from("<I", _sector(file, table[at], size), within * 4)
    return int(following)


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
