"""Blocks as plain text: what a terminal, a diff and nbval read. Columns line up in a fixed-width font, Chinese counted as two."""

import unicodedata
from collections.abc import Sequence

from casebook.report.blocks import Block, Figure, Head, Lines, Rule, Table, plain


def text_of(blocks: Sequence[Block]) -> str:
    """All blocks, one blank line between."""
    return "\n\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return f"{block.caption}\n{_table(block.table)}"
    if isinstance(block, Rule):
        return _rule(block)
    return _lines(block)


def _lines(block: Lines) -> str:
    return "\n".join(([block.title] if block.title else []) + list(block.lines))


def _rule(block: Rule) -> str:
    facts = "; ".join(f"{name}: {value}" for name, value in block.facts)
    titles = "\n".join(text for _, text in block.titles)
    return f"[{block.part}] {block.name}\n{titles}\n{facts}"


def _table(table: Table) -> str:
    texts = [[h.text for h in table.heads], *([plain(c) for c in row] for row in table.rows)]
    columns = len(table.heads)
    widths = [max(width(row[i]) for row in texts if len(row) == columns) for i in range(columns)]
    body = [_row(row, table.heads, widths) if len(row) == columns else f"[{row[0]}]" for row in texts]
    rule = "  ".join("-" * w for w in widths)
    return "\n".join(([table.caption] if table.caption else []) + [body[0], rule, *body[1:]])


def _row(row: Sequence[str], heads: Sequence[Head], widths: Sequence[int]) -> str:
    cells = []
    for text, head, w in zip(row, heads, widths, strict=True):
        blank = " " * (w - width(text))
        cells.append(blank + text if head.number else text + blank)
    return "  ".join(cells).rstrip()


def width(text: str) -> int:
    """Columns the text takes in a fixed-width font.

    >>> width("线索 12")
    7
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
