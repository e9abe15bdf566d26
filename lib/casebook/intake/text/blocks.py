"""A text's bytes in blocks of whole lines, each ended by a line feed (or CRLF); UTF-16 becomes UTF-8 on the way.

A text whose lone carriage returns outnumber its line feeds, those between quotes apart, ends its lines by them: they become line
feeds. The mark of end that DOS programs left behind (0x1A, Ctrl-Z) is no text and is taken off.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from casebook.intake import sentences

BLOCK: Final = 8 * 1024 * 1024
LONGEST_LINE: Final = 64 * 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DOS_END: Final = re.compile(rb"\x1a[\x1a\x00\r\n]*\Z")
_QUOTED: Final = re.compile(rb'"[^"]*(?:"|\Z)')
_DOUBLED: Final = re.compile(rb"\r\r\n")
_PADDING: Final = 4096


@dataclass(frozen=True)
class Block:
    """Whole lines.

    Attributes:
        size: bytes read for them; of UTF-16, in UTF-8.
        mark: the encoding that the text's byte-order mark tells; empty without one.
        ends_by_cr: the text ends its lines by lone carriage returns; here they are line feeds.
        has_dos_end: a Ctrl-Z was taken off its end.
    """

    data: bytes
    size: int
    mark: str = ""
    ends_by_cr: bool = False
    has_dos_end: bool = False


def mark_of(start: bytes, name: str) -> tuple[str, int]:
    """The encoding that a byte-order mark tells, empty without one, and the length of the mark.

    Raises:
        SourceError: the mark is that of UTF-32.
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            if encoding == "utf-32":
                raise sentences.refusal("encoding.utf32", name)
            return encoding, len(mark)
    return "", 0


def read(file: BinaryIO, name: str, size: int = BLOCK) -> Iterator[Block]:
    """The text from where the file stands to its end, without its byte-order mark.

    Raises:
        SourceError: it is in UTF-32, is cut in the middle of UTF-16, or has a line of more than 64 MiB.
    """
    first = file.read(size)
    encoding, length = mark_of(first, name)
    blocks = _all(first[length:], file, size)
    if encoding.startswith("utf-16"):
        blocks = _narrowed(blocks, encoding, name)
    previous: Block | None = None
    for block in _whole(blocks, length, name):
        if previous is not None:
            yield previous
        previous = replace(block, mark=encoding)
    if previous is not None:
        yield _without_dos_end(previous)


def _all(first: bytes, file: BinaryIO, size: int) -> Iterator[bytes]:
    block = first
    while block:
        yield block
        block = file.read(size)


def _narrowed(blocks: Iterator[bytes], encoding: str, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for block in blocks:
            yield decoder.decode(block).encode()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise sentences.refusal("encoding.utf16_cut", name) from None


def _whole(blocks: Iterator[bytes], skipped: int, name: str) -> Iterator[Block]:
    """Blocks cut at line ends."""
    held, ends_by_cr, read_bytes = b"", None, skipped
    for block in blocks:
        read_bytes += len(block)
        if ends_by_cr is None:
            ends_by_cr = _ends_by_cr(block)
        end = _end(block, ends_by_cr=ends_by_cr)
        if end:
            lines = b"".join((held, memoryview(block)[:end]))
            yield Block(_ended(lines, ends_by_cr=ends_by_cr), read_bytes, ends_by_cr=ends_by_cr)
            held, read_bytes = block[end:], 0
        else:
            held += block
        if len(held) > LONGEST_LINE:
            raise sentences.refusal("line.endless", name, most=LONGEST_LINE >> 20)
    if held:
        yield Block(_ended(held, ends_by_cr=bool(ends_by_cr)), read_bytes, ends_by_cr=bool(ends_by_cr))


def _ends_by_cr(block: bytes) -> bool:
    """True when lone carriage returns outnumber line feeds; those between quotes end no line."""
    return _returns_win(block) and _returns_win(_QUOTED.sub(b"", block))


def _returns_win(block: bytes) -> bool:
    return block.rstrip(b"\r").count(b"\r") - block.count(b"\r\n") > block.count(b"\n")


def _end(block: bytes, *, ends_by_cr: bool) -> int:
    """Where the last whole line ends; 0 when none does. A carriage return that ends the block may belong to a CRLF."""
    if not ends_by_cr:
        return block.rfind(b"\n") + 1
    end = max(block.rfind(b"\r", 0, -1), block.rfind(b"\n", 0, -1)) + 1
    return end + (end > 0 and block[end - 1 : end + 1] == b"\r\n")


def _ended(lines: bytes, *, ends_by_cr: bool) -> bytes:
    """The lines ended by line feeds or CRLF; CRLF turned into CR CRLF by a second conversion is turned back."""
    if ends_by_cr:
        return lines.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return lines.replace(b"\r\r\n", b"\r\n") if _DOUBLED.search(lines) else lines


def _without_dos_end(block: Block) -> Block:
    found = _DOS_END.search(block.data, max(0, len(block.data) - _PADDING))
    if found is None:
        return block
    return replace(block, data=block.data[: found.start()], has_dos_end=True)
