"""The zip container of a workbook or an archive, walked before anything in it is parsed.

Declared sizes can be forged, so every part is unpacked and counted once, its check sum verified: a flipped byte is a refusal,
never a changed value. Nothing is written to the disk.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from casebook.errors import SourceError
from casebook.intake import sentences

BLOCK: Final = 1024 * 1024
MAX_ENTRIES: Final = 2_000
MAX_ENTRY_BYTES: Final = 2 * 1024**3
MAX_TOTAL_BYTES: Final = 4 * 1024**3
RATIO_FREE_BYTES: Final = 50 * 1024**2
MAX_RATIO: Final = 200

Watch = Callable[[bytes], None]

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED: Final = 0x1 | 0x40
_LOCAL_HEADER: Final = 30
_END: Final = b"PK\x05\x06"
_END_REACH: Final = 22 + 65_535
_NOT_TOLD: Final = 0xFFFF
_OUTSIDE: Final = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")


def parts(copy: Path, name: str) -> list[zipfile.ZipInfo]:
    """The directory of the archive, when it says one thing only: each part once, in a place of its own, readable by anybody.

    Raises:
        SourceError: damaged, encrypted, too many parts, parts that overlap, that share a name or that point outside.
    """
    try:
        with zipfile.ZipFile(copy) as archive, copy.open("rb") as file:
            found = archive.infolist()
            ends, told = _end(copy, archive.start_dir)
            is_single = ends == 1 and _lie_apart(found, file.fileno(), archive.start_dir)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise sentences.refusal("zip.damaged", name) from None
    if ends == 1 and told not in {len(found), _NOT_TOLD}:
        raise sentences.refusal("zip.damaged", name)
    if len(found) > MAX_ENTRIES:
        raise sentences.refusal("zip.bomb", name, parts=len(found), size=f"{sum(p.file_size for p in found):,}")
    if any(part.flag_bits & _ENCRYPTED for part in found):
        raise sentences.refusal("workbook.encrypted", name)
    if any(_OUTSIDE.search(part.orig_filename) for part in found):
        raise sentences.refusal("zip.name", name)
    if not is_single or len({part.filename for part in found}) < len(found):
        raise sentences.refusal("zip.overlap", name)
    if any(part.compress_type not in _METHODS for part in found):
        raise sentences.refusal("zip.method", name)
    return found


def walk(copy: Path, name: str, watch: Callable[[str], Watch | None] = lambda _name: None) -> list[str]:
    """Unpacks and counts every part, block by block; a watch given for a part's name sees its blocks. The names, in order.

    Raises:
        SourceError: beyond the measure of any workbook, or a part is not what its check sum says.
    """
    found, total, packed = parts(copy, name), 0, copy.stat().st_size
    with zipfile.ZipFile(copy) as archive:
        for part in found:
            size, seen = 0, watch(part.filename)
            for block in _blocks(archive, part, name):
                size += len(block)
                if _is_too_much(size, total + size, packed):
                    raise sentences.refusal("zip.bomb", name, parts=len(found), size=f"{total + size:,}")
                if seen is not None:
                    seen(block)
            if size != part.file_size:
                raise sentences.refusal("zip.damaged", name)
            total += size
    return [part.filename for part in found]


def _is_too_much(size: int, total: int, packed: int) -> bool:
    is_bomb = total > RATIO_FREE_BYTES and total > MAX_RATIO * packed
    return is_bomb or size > MAX_ENTRY_BYTES or total > MAX_TOTAL_BYTES


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The part's bytes; the library verifies the check sum at its end."""
    try:
        with archive.open(part) as file:
            while block := file.read(BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error) as bad:
        if isinstance(bad, SourceError):
            raise
        raise sentences.refusal("zip.damaged", name) from None


def _end(copy: Path, directory: int) -> tuple[int, int]:
    """How many end records there are from the directory on, and how many parts the last one tells of.

    With two, two readers could see two different archives; a directory with a wrong length in it can hide a part. One above the
    directory is that of an archive inside, a workbook for example, which is stored as it is.
    """
    with copy.open("rb") as file:
        file.seek(max(directory, copy.stat().st_size - _END_REACH))
        tail = file.read()
    return tail.count(_END), struct.unpack_from("<H", tail, tail.rfind(_END) + 10)[0]


def _lie_apart(found: Sequence[zipfile.ZipInfo], descriptor: int, directory: int) -> bool:
    """Whether every part begins where its own header is and ends before the next begins, with nothing before the first."""
    with open(descriptor, "rb", closefd=False) as file:
        end = 0
        if found and min(part.header_offset for part in found):
            return False
        for part in sorted(found, key=lambda part: part.header_offset):
            file.seek(part.header_offset)
            header = file.read(_LOCAL_HEADER)
            if header[:4] != b"PK\x03\x04" or part.header_offset < end:
                return False
            lengths = struct.unpack("<HH", header[26:30])
            end = part.header_offset + _LOCAL_HEADER + sum(lengths) + part.compress_size
        return end <= directory
