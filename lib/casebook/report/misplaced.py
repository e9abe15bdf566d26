"""Rows that look as if their cells stood in other columns, or their area in another unit: how many, and where. Never a value."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from casebook.case.delivery import Table as Delivered
from casebook.clean import priced, shifted
from casebook.intake.dataset import PART, Dataset
from casebook.report.blocks import Block, Cell, Lines, Table, heads
from casebook.report.words import Words, count

ROWS_NAMED = 5
SOUND = (shifted.OK, priced.MISSING)


def blocks(tables: Sequence[Delivered], words: Words) -> list[Block]:
    """One sentence on all tables; below it a line for each file and way in which rows look misplaced, if there are any.

    Nothing is moved or converted for it: the rows stay as delivered, a human decides.
    """
    given = [(t.contract.title, t.dataset) for t in tables if t.dataset is not None]
    lines = {title: tuple(_lines(dataset, words)) for title, dataset in given}
    odd = sum(bool(rows) for rows in lines.values())
    said = Lines((words.say("note.in_place", tables=len(given), fine=len(given) - odd),))
    if not odd:
        return [said]
    rows = tuple((title, *row) for title, found in lines.items() for row in found)
    return [
        said,
        Table(words.say("caption.misplaced"), heads(words, "contract", "file", "looks", "#rows", "row"), rows),
    ]


def _lines(dataset: Dataset, words: Words) -> Iterator[tuple[Cell, ...]]:
    """File, how its rows look, how many, the first row numbers."""
    found = [shifted.of_dataset(dataset), *([priced.of_dataset(dataset)] if priced.is_asked(dataset) else [])]
    told = pl.concat(dataset.frame.select(PART, "row", said.alias("looks")) for said in found)
    odd = told.filter(~pl.col("looks").is_in(SOUND))
    grouped = odd.group_by(PART, "looks").agg(pl.len().alias("rows"), pl.col("row").sort().head(ROWS_NAMED))
    for part, looks, rows, first in grouped.sort(PART, "looks").iter_rows():
        file = dataset.parts[part]
        yield file.file, _looks(looks, file.headers, words), count(rows), _numbers(first, rows, words)


def _looks(word: str, headers: Mapping[str, str], words: Words) -> str:
    """The word in words; two exchanged columns by their headers."""
    name, _, columns = word.removesuffix(")").partition("(")
    one, _, other = columns.partition(",")
    return words.say(f"looks.{name}", one=headers.get(one, one), other=headers.get(other, other))


def _numbers(first: Sequence[int], rows: int, words: Words) -> str:
    """The first row numbers; how many more there are."""
    named = words.both("、", ", ").join(str(row) for row in first)
    return named + words.say("note.rows_more", rows=rows - ROWS_NAMED) if rows > ROWS_NAMED else named
