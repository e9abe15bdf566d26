"""Text of an unknown Chinese encoding becomes UTF-8, strictly: no character is dropped, padded or guessed.

The rule: a byte-order mark decides; else the whole file is valid UTF-8, or most of its lines are; else it is GB18030 or Big5,
whichever gives the larger share of level-1 (everyday) characters over its beginning, middle and end. A line with bytes that are no
text is named; more than one in a hundred, and the file is refused.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from casebook.intake import sentences
from casebook.intake.text import blocks as textblocks
from casebook.intake.text import decoding
from casebook.intake.text.blocks import Block

SAMPLE: Final = 256 * 1024
MAX_BAD_SHARE: Final = 0.01
SMALL_BAD: Final = 10
_FEED, _RETURN = 10, 13
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_LINE_END: Final = re.compile(rb"[\r\n]+")
_LEVEL_1: Final = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}


@dataclass
class Decoded:
    """A text file in UTF-8 and what was seen in it; rows are physical lines, counted from 1.

    Attributes:
        path: UTF-8 with the line ends as delivered (only lone carriage returns that end lines are line feeds); the delivered copy
            itself where it is UTF-8 already.
        encoding: of the delivered file.
        ends: kinds of line ends: `crlf`, `lf`, `cr`.
        bad_lines: rows with bytes that are no text in that encoding. lost: how many bytes.
        marks: later rows that began with a byte-order mark: files joined end to end.
        private: rows with characters of the private use area.
        settled: private-use characters that were replaced by those meant (GB18030 only).
        has_dos_end: the mark of end of DOS programs was taken off.
    """

    path: Path
    encoding: str
    rows: int = 0
    has_quote: bool = False
    has_nul: bool = False
    has_dos_end: bool = False
    lost: int = 0
    settled: int = 0
    ends: set[str] = field(default_factory=set)
    bad_lines: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    private: list[int] = field(default_factory=list)

    @property
    def line_end(self) -> str:
        """`crlf`, `lf`, `cr` or `mixed`."""
        return "mixed" if len(self.ends) > 1 else next(iter(self.ends), "lf")


def transcode(source: Path, target: Path, name: str) -> Decoded:
    """The file in UTF-8, at `target` unless it is UTF-8 already; `name` is what messages call it.

    Raises:
        SourceError: it is text in no known encoding.
    """
    with source.open("rb") as file:
        mark, _ = textblocks.mark_of(file.read(4), name)
    if mark.startswith("utf-16"):
        decoded = _read(source, target, "utf-8", name)
        decoded.encoding = mark
        return decoded
    decoded_utf_8 = _read_utf_8(source, name, is_marked=bool(mark))
    if decoded_utf_8 is not None:
        return _accepted(decoded_utf_8, name)
    first, second = by_level_1_share(b"\n".join(samples(source)))
    decoded = _read(source, target, first, name)
    if len(decoded.bad_lines) > most_bad(decoded.rows):
        other = _read(source, target, second, name)
        return other if not other.bad_lines else _accepted(decoded, name)
    return decoded


def most_bad(rows: int) -> int:
    """How many of so many lines may be no text: one in a hundred; in a small file up to ten, as long as they are one in ten.

    >>> [most_bad(rows) for rows in (3, 40, 500, 5_000)]
    [1, 4, 10, 50]
    """
    return max(1, min(SMALL_BAD, rows // 10), int(MAX_BAD_SHARE * rows))


def _accepted(decoded: Decoded, name: str) -> Decoded:
    if len(decoded.bad_lines) > most_bad(decoded.rows):
        raise sentences.refusal("encoding.unknown", name, bad=len(decoded.bad_lines), lines=decoded.rows)
    return decoded


def samples(source: Path, *places: int) -> list[bytes]:
    """Pieces of the file, from its beginning, middle and end and the places asked for."""
    size = source.stat().st_size
    starts = {0, max(0, (size - SAMPLE) // 2), max(0, size - SAMPLE), *places}
    with source.open("rb") as file:
        return [_sample(file, start) for start in sorted(starts)]


def _sample(file: BinaryIO, start: int) -> bytes:
    """Whole lines where the piece has line ends: what is cut at either end is left out."""
    file.seek(start)
    piece = file.read(SAMPLE)
    is_whole = len(piece) < SAMPLE or not file.read(1)
    first = _LINE_END.search(piece).end() if start and _LINE_END.search(piece) else 0  # type: ignore[union-attr]
    last = len(piece) if is_whole else max(piece.rfind(b"\n"), piece.rfind(b"\r")) + 1
    return piece[first:last] or piece


def of_sample(sample: bytes) -> str:
    """The encoding that the first lines beyond ASCII show."""
    if is_mostly_utf_8([sample]):
        return "utf-8"
    start = next(at for at in range(0, len(sample), SAMPLE) if not sample[at : at + SAMPLE].isascii())
    candidates = by_level_1_share(sample[start : start + SAMPLE])
    sound = (candidate for candidate in candidates if decoding.is_text(sample, candidate))
    return next(sound, None) or min(candidates, key=lambda candidate: decoding.lost_places(sample, candidate))


def is_mostly_utf_8(pieces: list[bytes]) -> bool:
    """True when the pieces are UTF-8, or at least half of their lines beyond ASCII are: broken lines make no GB18030 of the others.

    A Chinese name in GB18030 is valid UTF-8 by chance three times in a hundred.
    """
    if all(decoding.is_text(piece, "utf-8") for piece in pieces):
        return True
    lines = [line for piece in pieces for line in _LINE_END.split(piece) if not line.isascii()]
    return 2 * sum(decoding.is_text(line, "utf-8") for line in lines) >= len(lines)


def by_level_1_share(sample: bytes) -> tuple[str, ...]:
    """GB18030 and Big5, the one whose reading of the sample has more everyday characters first."""
    return tuple(sorted(_LEVEL_1, key=lambda encoding: -_level_1_share(sample, encoding)))


def _level_1_share(sample: bytes, encoding: str) -> float:
    charset, low, high = _LEVEL_1[encoding]
    text = _ASCII.sub("", sample.decode(encoding, "replace"))
    leads = np.frombuffer(text.replace(decoding.LOST, "").encode(charset, "ignore"), np.uint8)[::2]
    return float(np.count_nonzero((leads >= low) & (leads <= high))) / max(1, len(text))


def _read_utf_8(source: Path, name: str, *, is_marked: bool) -> Decoded | None:
    """What is seen in a file of UTF-8; None when it is none."""
    decoded, at = Decoded(source, "utf-8"), 0
    with source.open("rb") as file:
        for block in textblocks.read(file, name):
            text = decoding.strict(block.data, "utf-8")
            is_in_doubt = text is None and not decoded.bad_lines and not is_marked
            if is_in_doubt and not is_mostly_utf_8(samples(source, at)):
                return None
            _seen(decoded, block, text or decoding.by_line(block.data, "utf-8"))
            at += block.size
    return decoded


def _read(source: Path, target: Path, encoding: str, name: str) -> Decoded:
    """The file read as text of the encoding and written as UTF-8."""
    decoded = Decoded(target, encoding)
    with source.open("rb") as file, target.open("wb") as out:
        for block in textblocks.read(file, name):
            text = decoding.text(block.data, encoding)
            _seen(decoded, block, text)
            out.write(text.data)
    return decoded


def _seen(decoded: Decoded, block: Block, text: decoding.Text) -> None:
    """Adds what the block shows."""
    data, first = text.data, decoded.rows + 1
    pairs, feeds = _line_ends(data)
    kinds = {"crlf": pairs, "cr" if block.ends_by_cr else "lf": feeds - pairs}
    decoded.ends |= {kind for kind, count in kinds.items() if count}
    decoded.rows += feeds + (bool(data) and not data.endswith(b"\n"))
    decoded.has_quote = decoded.has_quote or b'"' in data
    decoded.has_nul = decoded.has_nul or b"\x00" in data
    decoded.has_dos_end = decoded.has_dos_end or block.has_dos_end
    decoded.lost, decoded.settled = decoded.lost + text.lost, decoded.settled + text.settled
    decoded.bad_lines += [first + at for at in text.bad]
    decoded.marks += [first + at for at in text.marks if first + at > 1]
    decoded.private += [first + at for at in decoding.private_lines(data)]


def _line_ends(data: bytes) -> tuple[int, int]:
    """How many CRLF there are, and how many line feeds, those of CRLF included."""
    if b"\r" not in data:
        return 0, data.count(b"\n")
    signs = np.frombuffer(data, np.uint8)
    feeds = np.flatnonzero(signs == _FEED)
    return int(np.count_nonzero(signs[feeds[feeds > 0] - 1] == _RETURN)), len(feeds)
