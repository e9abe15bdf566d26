"""What a section is made of: a few kinds of block that HTML page, plain text and JSON island all render from the same value."""

import re
from dataclasses import dataclass
from typing import ClassVar

from casebook.report.words import Words

SIGNS = {"lead": "●", "flagged": "◐", "excluded": "○", "unmatched": "×", "clear": "–"}


@dataclass(frozen=True)
class Mark:
    """A bin named in a cell: its word with its sign, so that colour is never the only carrier."""

    bin: str
    text: str


Cell = str | Mark
SHORT, LONG = 10, 18  # characters; report.js holds the same
ONE_WORD = re.compile("[0-9A-Za-z*.,:/+ –-]{1,36}")


@dataclass(frozen=True)
class Head:
    """Head of a column; `number` aligns the column on its right edge."""

    text: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Caption, heads, rows of ready text; a row of one cell is the heading of the rows below it."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Lines:
    """Sentences under an optional title."""

    lines: tuple[str, ...]
    title: str = ""
    kind: ClassVar[str] = "lines"


@dataclass(frozen=True)
class Rule:
    """One condition: what it claims (title of the report's language first), its law, source text, hash and answers."""

    name: str
    part: str
    titles: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    source: str
    kind: ClassVar[str] = "rule"


@dataclass(frozen=True)
class Figure:
    """A drawing with the sentence that says what to see, and the table behind it."""

    svg: str
    caption: str
    table: Table
    kind: ClassVar[str] = "figure"


Block = Table | Lines | Rule | Figure


def mark(name: str, words: Words) -> Mark:
    """The bin `name` as sign and word."""
    return Mark(name, f"{SIGNS[name]} {words.say(f'bin.{name}')}")


def heads(words: Words, *keys: str) -> tuple[Head, ...]:
    """Heads from catalogue keys below `head.`; a key that begins with `#` is a column of numbers."""
    return tuple(Head(words.say(f"head.{key.removeprefix('#')}"), key.startswith("#")) for key in keys)


def shape(text: str) -> str:
    """Class of a cell by its text: `short` stays on one line (few characters, ids, dates, periods), `middling` and `long` get room.

    >>> shape("2025-01-01 – 2025-12-31"), shape("青禾区福海置业有限责任公司"), shape("云州市青禾区临泉街道文化路12号院3号楼")
    ('short', 'middling', 'long')
    """
    if len(text) <= SHORT or ONE_WORD.fullmatch(text):
        return "short"
    return "long" if len(text) > LONG else "middling"


def plain(cell: Cell) -> str:
    """The text of a cell."""
    return cell.text if isinstance(cell, Mark) else cell
