"""The lead list inside the page: JSON that no HTML parser can mistake for markup, each text stored once.

`{"texts": [...], "leads": [...]}`; every text is an index into `texts`, a dossier is a list of blocks
`[0, caption, [[head, is number] …], [[cell …] …]]` (table) or `[1, title, [line …]]` (lines); a cell is an index, or
`[bin, index]` for a bin mark.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from casebook.report.blocks import Block, Cell, Lines, Table

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def island_json(value: Any) -> Markup:  # noqa: ANN401
    """JSON text that may stand inside a script element; reading it gives the value back."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 (no character of markup is left)


@dataclass
class Texts:
    """Each distinct text once, numbered in the order it came."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, text: str) -> int:
        """The index of the text."""
        return self.numbers.setdefault(text, len(self.numbers))

    @property
    def all(self) -> list[str]:
        """The texts by index."""
        return list(self.numbers)


def packed(blocks: Sequence[Block], texts: Texts) -> list[Any]:
    """A dossier as nested lists of numbers; it holds tables and lines only."""
    return [
        _table(b, texts) if isinstance(b, Table) else _lines(b, texts) for b in blocks if isinstance(b, Table | Lines)
    ]


def _table(table: Table, texts: Texts) -> list[Any]:
    heads = [[texts.number(h.text), int(h.number)] for h in table.heads]
    return [0, texts.number(table.caption), heads, [_row(row, texts.numbers) for row in table.rows]]


def _lines(lines: Lines, texts: Texts) -> list[Any]:
    return [1, texts.number(lines.title), [texts.number(line) for line in lines.lines]]


def _row(row: Sequence[Cell], numbers: dict[str, int]) -> list[Any]:
    """Millions of cells pass here, so the number is looked up in place."""
    return [
        numbers.setdefault(c, len(numbers)) if isinstance(c, str) else [c.bin, numbers.setdefault(c.text, len(numbers))]
        for c in row
    ]
