"""Whole lines of a known encoding → UTF-8, strictly: a byte that is no text costs its own line, and the line is named."""

import re
from dataclasses import dataclass
from typing import Final

from casebook.intake.text import gb18030

LOST: Final = "�"
# The Big5 of Windows has seven everyday characters (恒, 裏, 粧 …) and the box lines more than the standard.
_CODECS: Final = {"big5": "cp950"}
_MARK: Final = b"\xef\xbb\xbf"
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
# U+E000 to U+EFFF begin with EE; of EF only U+F000 to U+F8FF are private.
_PRIVATE: Final = re.compile(rb"\xee|\xef[\x80-\xa3]")
_LATE_PRIVATE: Final = re.compile(rb"\xef[\x80-\xa3]")


@dataclass(frozen=True)
class Text:
    """Lines in UTF-8; lines are counted from 0.

    Attributes:
        bad: lines with bytes that are no text; U+FFFD stands in their place. lost: how many bytes.
        marks: lines that began with a byte-order mark; it is taken off.
        settled: characters that the codec reads as private use, replaced by those meant.
    """

    data: bytes
    bad: tuple[int, ...] = ()
    lost: int = 0
    marks: tuple[int, ...] = ()
    settled: int = 0


def is_text(block: bytes, encoding: str) -> bool:
    """True when every byte of the block is text in the encoding."""
    try:
        block.decode(_CODECS.get(encoding, encoding))
    except UnicodeDecodeError:
        return False
    return True


def lost_places(block: bytes, encoding: str) -> int:
    """At how many places the block is no text in the encoding."""
    return block.decode(_CODECS.get(encoding, encoding), "replace").count(LOST)


def text(block: bytes, encoding: str) -> Text:
    """The lines in UTF-8."""
    return strict(block, encoding) or by_line(block, encoding)


def strict(block: bytes, encoding: str) -> Text | None:
    """The lines in UTF-8; None when a byte is no text."""
    try:
        decoded = block.decode(_CODECS.get(encoding, encoding))
    except UnicodeDecodeError:
        return None
    return _tidied(block if encoding in {"ascii", "utf-8"} else decoded.encode(), encoding, (), 0)


def without_marks(block: bytes) -> tuple[bytes, tuple[int, ...]]:
    """UTF-8 lines without the byte-order marks at their beginnings, and those lines: files joined end to end have them."""
    if _MARK[:1] not in block or (not block.startswith(_MARK) and b"\n" + _MARK not in block):
        return block, ()
    lines = block.split(b"\n")
    marked = tuple(at for at, line in enumerate(lines) if line.startswith(_MARK))
    return b"\n".join(line.removeprefix(_MARK) for line in lines), marked


def private_lines(block: bytes) -> tuple[int, ...]:
    """Lines of UTF-8 with characters of the private use area."""
    if b"\xee" not in block and (b"\xef" not in block or not _LATE_PRIVATE.search(block)):
        return ()
    return tuple(at for at, line in enumerate(block.split(b"\n")) if _PRIVATE.search(line))


def _tidied(block: bytes, encoding: str, bad: tuple[int, ...], lost: int) -> Text:
    block, settled = gb18030.settled(block) if encoding == "gb18030" else (block, 0)
    block, marks = without_marks(block)
    return Text(block, bad, lost, marks, settled)


def by_line(block: bytes, encoding: str) -> Text:
    """The lines in UTF-8, each decoded on its own."""
    codec, texts, bad, lost = _CODECS.get(encoding, encoding), [], [], 0
    for at, line in enumerate(block.split(b"\n")):
        try:
            texts.append(line.decode(codec))
        except UnicodeDecodeError:
            bad.append(at)
            lost += _lost_bytes(line, codec)
            texts.append(line.decode(codec, "replace"))
    return _tidied("\n".join(texts).encode(), encoding, tuple(bad), lost)


def _lost_bytes(line: bytes, codec: str) -> int:
    try:
        return len(_ESCAPED.findall(line.decode(codec, "surrogateescape")))
    except UnicodeDecodeError:
        return line.decode(codec, "replace").count(LOST)
