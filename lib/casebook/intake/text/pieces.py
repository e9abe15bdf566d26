"""Delimited text of any size → its lines in UTF-8, piece by piece: memory is that of one piece."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from casebook.intake import sentences
from casebook.intake.grid import BATCH_ROWS
from casebook.intake.text import blocks as textblocks
from casebook.intake.text import decoding, encoding
from casebook.intake.text.blocks import Block

STREAM_BLOCK: Final = 4 * 1024 * 1024
_LOOKED_AT: Final = 4096
FILE_BLOCK: Final = 16 * 1024 * 1024


@dataclass(frozen=True)
class Lines:
    """Consecutive whole lines in UTF-8, ended by line feeds or CRLF.

    Attributes:
        row: physical number of the first, from 1; count: how many there are.
        bad: rows that hold bytes which are no text; U+FFFD stands in their place.
    """

    data: bytes
    row: int
    count: int
    bad: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """Number of the line that follows."""
        return self.row + self.count


@dataclass(frozen=True)
class Piece:
    """Lines read together; `encoding` of the text so far is `ascii` while nothing else was seen; `size` counts the bytes read."""

    lines: Lines
    encoding: str
    size: int


def lines_of(data: bytes, row: int, bad: tuple[int, ...] = ()) -> Lines:
    """The lines of the data; the last may lack its line feed."""
    return Lines(data, row, data.count(b"\n") + (not data.endswith(b"\n") and bool(data)), bad)


def numbered(lines: Lines, most: int) -> list[tuple[int, str]]:
    """The first lines with their rows, without their ends."""
    first = islice(io.BytesIO(lines.data), most)
    return [(row, _bare(line)) for row, line in enumerate(first, lines.row)]


def _bare(line: bytes) -> str:
    return line.removesuffix(b"\n").removesuffix(b"\r").decode()


def joined(lines: Lines, further: Lines) -> Lines:
    """The lines with those that follow them."""
    if not lines.count:
        return further
    return Lines(lines.data + further.data, lines.row, lines.count + further.count, lines.bad + further.bad)


def since(lines: Lines, row: int) -> Lines:
    """The lines from this row on."""
    if row <= lines.row:
        return lines
    near_end, start = lines.end - row < row - lines.row, 0
    if near_end:
        start = len(lines.data) - lines.data.endswith(b"\n")
        for _ in range(max(0, lines.end - row)):
            start = lines.data.rfind(b"\n", 0, start)
        start = start + 1 if row < lines.end else len(lines.data)
    else:
        for _ in range(row - lines.row):
            start = lines.data.find(b"\n", start) + 1
    return lines_of(lines.data[start:], row, tuple(bad for bad in lines.bad if bad >= row))


def of_stream(file: BinaryIO, name: str) -> Iterator[Piece]:
    """The text, read once from where it stands to its end; nothing is written to disk.

    The encoding is decided by the first piece that holds anything beyond ASCII. A line that is no text in it is named; more than
    one in a hundred of a piece, and the text is refused.

    Raises:
        SourceError: it is empty, is no text, or has a line of more than 64 MiB.
    """
    row, told = 1, "ascii"
    for block in textblocks.read(file, name, STREAM_BLOCK):
        if row == 1:
            _refuse_binary(block.data[:_LOOKED_AT], name)
        told = _told(told, block)
        text = decoding.text(block.data, told)
        lines = lines_of(text.data, row, tuple(row + at for at in text.bad))
        if len(text.bad) > encoding.most_bad(lines.count):
            first, bad = lines.bad[0], len(text.bad)
            raise sentences.refusal("encoding.changes", name, encoding=told, first=first, bad=bad, lines=lines.count)
        yield Piece(lines, told, block.size)
        row = lines.end
    if row == 1:
        raise sentences.refusal("text.empty", name)


def _told(so_far: str, block: Block) -> str:
    """The encoding known so far, or what the first block beyond ASCII shows."""
    if so_far != "ascii":
        return so_far
    if block.mark:
        return "utf-8"
    return "ascii" if block.data.isascii() else encoding.of_sample(block.data)


def _refuse_binary(start: bytes, name: str) -> None:
    if start.count(0) * 10 > len(start):
        raise sentences.refusal("text.binary", name)


def of_file(path: Path, name: str, bad: Sequence[int] = ()) -> Iterator[Piece]:
    """The text of a file in UTF-8 of which the bad lines are known, in pieces of at most as many lines as a batch has rows."""
    row = 1
    with path.open("rb") as file:
        for block in textblocks.read(file, name, FILE_BLOCK):
            whole = lines_of(block.data, row)
            here = tuple(number for number in bad if whole.row <= number < whole.end)
            data = decoding.text(block.data, "utf-8").data if here else decoding.without_marks(block.data)[0]
            rest = replace(whole, data=data, bad=here)
            while rest.count > BATCH_ROWS:
                later = since(rest, rest.row + BATCH_ROWS)
                end = len(rest.data) - len(later.data)
                yield Piece(lines_of(rest.data[:end], rest.row, rest.bad), "utf-8", end)
                rest = later
            yield Piece(rest, "utf-8", block.size)
            row = whole.end
