"""Delimited text of any size → its lines, piece by piece: memory is that of one piece, and nothing is written to disk.

The encoding is decided by the first piece that holds anything beyond ASCII: byte-order mark, UTF-8, else GB18030 against Big5. A line
that is no text in that encoding is named; more than one in a hundred of a piece, and the text is refused.
"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import polars as pl

from casebook.errors import SourceError
from casebook.intake.encoding import MAX_BAD_SHARE, SAMPLE, by_level_1_share
from casebook.intake.grid import ROW

BLOCK: Final = 4 * 1024 * 1024
LONGEST_LINE: Final = 64 * 1024 * 1024
LINE: Final = "line"
_WIDE: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOST: Final = "�"


@dataclass(frozen=True)
class Piece:
    """Consecutive lines: `row` (UInt32, physical, from 1) and `line`; `size` counts the bytes read for them (of UTF-16: in UTF-8).

    Attributes:
        encoding: of the text so far; `ascii` while nothing else was seen.
        bad_lines: rows that hold bytes which are no text; U+FFFD stands in their place.
    """

    lines: pl.DataFrame
    encoding: str
    size: int
    has_quote: bool
    has_nul: bool
    bad_lines: tuple[int, ...] = ()


def pieces(file: BinaryIO, name: str) -> Iterator[Piece]:
    """The text in pieces of whole lines.

    Args:
        file: read once, from where it stands to its end.
        name: what messages call it.

    Raises:
        SourceError: it is empty, is no text, or has a line of more than 64 MiB.
    """
    row, encoding = 1, "ascii"
    for size, block in _whole_lines(_utf_8_or_bytes(file, name), name):
        encoding = _decided(encoding, block)
        text, bad = _text(block, encoding, row, name)
        lines = pl.read_lines(io.BytesIO(text), name=LINE, row_index_name=ROW, row_index_offset=row)
        lines = lines.cast({ROW: pl.UInt32})
        yield Piece(lines, encoding, size, b'"' in text, b"\x00" in text, bad)
        row += lines.height
    if row == 1:
        raise SourceError(f"{name} is empty; it needs a header line and the rows below it.")


def _utf_8_or_bytes(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The blocks as they are, without mark; text of UTF-16 turned into UTF-8 with its mark."""
    first = file.read(BLOCK)
    for mark, encoding in _WIDE:
        if first.startswith(mark):
            yield codecs.BOM_UTF8
            yield from _narrowed(first.removeprefix(mark), file, encoding, name)
            return
    if first[:4096].count(0) * 10 > len(first[:4096]):
        raise SourceError(f"{name} is binary data, not text; give a csv, or a workbook by its file name.")
    yield first
    while block := file.read(BLOCK):
        yield block


def _narrowed(first: bytes, file: BinaryIO, encoding: str, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    block = first
    try:
        while block:
            yield decoder.decode(block).encode()
            block = file.read(BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise SourceError(f"{name} begins as UTF-16 but cannot be decoded to its end; save it as UTF-8.") from None


def _whole_lines(blocks: Iterator[bytes], name: str) -> Iterator[tuple[int, bytes]]:
    """Blocks cut at line ends, line feeds only, each with the bytes read for it; a text without line feeds ends lines by CR."""
    held, is_cr_text, read = b"", None, 0
    for block in blocks:
        read += len(block)
        if is_cr_text is None:
            is_cr_text = b"\n" not in block and b"\r" in block.rstrip(b"\r")
        whole, feed, rest = (held + (block.replace(b"\r", b"\n") if is_cr_text else block)).rpartition(b"\n")
        if len(rest) > LONGEST_LINE:
            raise SourceError(f"{name} has a line of more than {LONGEST_LINE >> 20} MiB; it is no table of text lines.")
        held = rest
        if feed:
            yield read, (whole + feed).replace(b"\r\n", b"\n")
            read = 0
    if held:
        yield read, held


def _decided(encoding: str, block: bytes) -> str:
    """The encoding known so far, or what the first block beyond ASCII shows."""
    if encoding != "ascii" or block.isascii():
        return encoding
    if block.startswith(codecs.BOM_UTF8) or _is_mostly_utf_8(block):
        return "utf-8"
    start = next(at for at in range(0, len(block), SAMPLE) if not block[at : at + SAMPLE].isascii())
    candidates = by_level_1_share(block[start : start + SAMPLE])
    sound = (candidate for candidate in candidates if _is_text(block, candidate))
    return next(sound, None) or min(candidates, key=lambda candidate: block.decode(candidate, "replace").count(_LOST))


def _is_mostly_utf_8(block: bytes) -> bool:
    """True when the block is UTF-8, or at least half of its lines beyond ASCII are: a few broken lines make no GB18030 of the others.

    A Chinese name in GB18030 is valid UTF-8 by chance three times in a hundred.
    """
    if _is_text(block, "utf-8"):
        return True
    lines = [line for line in block.split(b"\n") if not line.isascii()]
    return 2 * sum(_is_text(line, "utf-8") for line in lines) >= len(lines)


def _is_text(block: bytes, encoding: str) -> bool:
    try:
        block.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _text(block: bytes, encoding: str, row: int, name: str) -> tuple[bytes, tuple[int, ...]]:
    """The block in UTF-8 and the rows of it that are no text in its encoding."""
    plain = block.removeprefix(codecs.BOM_UTF8) if row == 1 else block
    if _is_text(plain, encoding):
        return plain if encoding in {"ascii", "utf-8"} else plain.decode(encoding).encode(), ()
    lines = plain.split(b"\n")
    bad = tuple(row + at for at, line in enumerate(lines) if not _is_text(line, encoding))
    if len(bad) > max(1, MAX_BAD_SHARE * len(lines)):
        raise SourceError(
            f"{name} from row {bad[0]} on is not the {encoding} text it began as: {len(bad)} of {len(lines)} lines cannot be "
            f"decoded; save it again as UTF-8."
        )
    return "\n".join(line.decode(encoding, "replace") for line in lines).encode(), bad
