"""Cells of kept rows that intake put in question: what is odd, how many rows, and where. Never a value."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from casebook.case.delivery import Table as Delivered
from casebook.intake import sentences
from casebook.intake.dataset import CODE, COLUMN, PART
from casebook.report.blocks import Block, Cell, Lines, Table, heads
from casebook.report.words import Words, count

ROWS_NAMED = 5


def blocks(tables: Sequence[Delivered], words: Words) -> list[Block]:
    """One sentence on all tables; below it a line for each file, column and doubt, if there are any.

    Nothing is moved, converted or left out for it: the rows stay as delivered, a human decides.
    """
    given = [t for t in tables if t.dataset is not None]
    lines = {t.contract.title: tuple(_lines(t, words)) for t in given}
    odd = sum(bool(rows) for rows in lines.values())
    said = Lines((words.say("note.in_place", tables=len(given), fine=len(given) - odd),))
    if not odd:
        return [said]
    rows = tuple((title, *row) for title, found in lines.items() for row in found)
    names = heads(words, "contract", "file", "header", "looks", "#rows", "row")
    return [said, Table(words.say("caption.in_question"), names, rows)]


def _lines(table: Delivered, words: Words) -> Iterator[tuple[Cell, ...]]:
    """File, header of the column, the doubt, how many rows, the first row numbers."""
    parts, said = table.dataset.parts if table.dataset else (), sentences.of("flag")
    grouped = table.flags.group_by(PART, COLUMN, CODE).agg(
        pl.col("row").n_unique().alias("rows"), pl.col("row").unique().sort().head(ROWS_NAMED).alias("first")
    )
    for number, column, code, rows, first in grouped.sort(PART, CODE, COLUMN).iter_rows():
        part = parts[number]
        place = f"{part.file} · {part.sheet}" if part.sheet and len(parts) > 1 else part.file
        doubt = words.both(*said[code]) if code in said else code
        yield place, _header(column, part.headers), doubt, count(rows), _numbers(first, rows, words)


def _header(column: str | None, headers: Mapping[str, str]) -> str:
    """The column's header as delivered; a dash where the whole row is in question."""
    return "–" if column is None else headers.get(column, column)


def _numbers(first: Sequence[int], rows: int, words: Words) -> str:
    """The first row numbers; how many more there are."""
    named = words.both("、", ", ").join(str(row) for row in first)
    return named + words.say("note.rows_more", rows=rows - ROWS_NAMED) if rows > ROWS_NAMED else named
