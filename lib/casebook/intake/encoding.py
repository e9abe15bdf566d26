"""Text of an unknown Chinese encoding becomes UTF-8, strictly: no character is dropped, padded or guessed.

The rule: a byte-order mark decides; else the whole file is valid UTF-8; else it is GB18030 or Big5, whichever gives the larger
share of level-1 (everyday) characters and decodes whole. When none does, lines are decoded one by one and the bad ones named.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from casebook.errors import SourceError
from casebook.intake.files import BLOCK

SAMPLE: Final = 256 * 1024
MAX_BAD_SHARE: Final = 0.01
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_LEVEL_1: Final = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}


@dataclass(frozen=True)
class Decoded:
    """A text file in UTF-8 with line feeds only.

    Attributes:
        encoding: of the delivered file.
        line_end: `crlf`, `lf`, `cr` or `mixed`, as delivered.
        bad_lines: numbers (from 1) of the lines that are no text in that encoding.
    """

    path: Path
    encoding: str
    line_end: str
    has_quote: bool
    has_nul: bool
    bad_lines: tuple[int, ...] = ()


def transcode(source: Path, target: Path, name: str) -> Decoded:
    """The file in UTF-8 at `target`; `name` is what messages call it."""
    with source.open("rb") as file:
        head = file.read(SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            decoded = _strict(source, target, encoding, len(mark))
            return decoded if decoded is not None else _by_line(source, target, encoding, name)
    if (decoded := _strict(source, target, "utf-8")) is not None:
        return decoded
    candidates = by_level_1_share(head)
    for encoding in candidates:
        if (decoded := _strict(source, target, encoding)) is not None:
            return decoded
    return _by_line(source, target, _least_bad(head, ("utf-8", *candidates)), name)


def by_level_1_share(sample: bytes) -> tuple[str, ...]:
    """GB18030 and Big5, the one whose reading of the sample has more everyday characters first."""
    return tuple(sorted(_LEVEL_1, key=lambda encoding: -_level_1_share(sample, encoding)))


def _level_1_share(sample: bytes, encoding: str) -> float:
    charset, low, high = _LEVEL_1[encoding]
    text = _ASCII.sub("", sample.decode(encoding, "replace"))
    encoded = text.replace("\ufffd", "").encode(charset, "ignore")
    return sum(low <= lead <= high for lead in encoded[::2]) / max(1, len(text))


def _strict(source: Path, target: Path, encoding: str, skip: int = 0) -> Decoded | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    ends = _LineEnds()
    has_quote = has_nul = False
    with source.open("rb") as file, target.open("wb") as out:
        file.seek(skip)
        for block in _blocks(file):
            try:
                text = ends.unify(decoder.decode(block, final=not block), is_last=not block)
            except UnicodeDecodeError:
                return None
            out.write(text.encode())
            has_quote, has_nul = has_quote or '"' in text, has_nul or "\x00" in text
    return Decoded(target, encoding, ends.name, has_quote, has_nul)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file's blocks, then one empty block that says it is over."""
    while block := file.read(BLOCK):
        yield block
    yield b""


class _LineEnds:
    """Turns CRLF into LF across block borders; a lone CR ends lines only in a file that has no LF at all."""

    def __init__(self) -> None:
        self.held = ""
        self.is_cr_file: bool | None = None
        self.kinds: set[str] = set()

    def unify(self, text: str, *, is_last: bool) -> str:
        text = self.held + text
        self.held = "" if is_last or not text.endswith("\r") else "\r"
        text = text[: len(text) - len(self.held)]
        if self.is_cr_file is None and text:
            self.is_cr_file = "\n" not in text and "\r" in text
        if self.is_cr_file and "\n" not in text:
            self.kinds.add("cr")
            return text.replace("\r", "\n")
        pairs, feeds = text.count("\r\n"), text.count("\n")
        self.kinds.update({"crlf"} if pairs else set(), {"lf"} if feeds > pairs else set())
        return text.replace("\r\n", "\n") if pairs else text

    @property
    def name(self) -> str:
        return "mixed" if len(self.kinds) > 1 else next(iter(self.kinds), "lf")


def _least_bad(sample: bytes, candidates: tuple[str, ...]) -> str:
    return min(candidates, key=lambda encoding: sample.decode(encoding, "replace").count("\ufffd"))


def _by_line(source: Path, target: Path, encoding: str, name: str) -> Decoded:
    """Lines decoded one by one; those that fail keep U+FFFD where they fail and are named."""
    if encoding.startswith("utf-16"):
        raise SourceError(
            f"{name} begins as UTF-16 but cannot be decoded to its end; ask the agency to deliver it again."
        )
    ends, bad = _LineEnds(), []
    lines = source.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    for number, line in enumerate(lines, 1):
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            bad.append(number)
    if len(bad) > max(1, MAX_BAD_SHARE * len(lines)):
        raise SourceError(
            f"{name} is text in no known encoding (UTF-8, GB18030, Big5, UTF-16): {len(bad)} of {len(lines)} lines "
            f"cannot be decoded; ask the agency to save it again as UTF-8."
        )
    text = ends.unify("\n".join(line.decode(encoding, "replace") for line in lines), is_last=True)
    target.write_text(text, encoding="utf-8", newline="")
    return Decoded(target, encoding, ends.name, '"' in text, "\x00" in text, tuple(bad))
