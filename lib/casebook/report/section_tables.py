"""The tables of values a run judged by: rates, grades, standards, dictionaries, each with its hash."""

import polars as pl

from casebook.case.readable import readable
from casebook.case.run import Run
from casebook.report.blocks import Head, Lines, Table
from casebook.report.render import Fragment, fragment
from casebook.report.words import Words, count

SHOWN = 40


def tables(run: Run) -> Fragment:
    """Every parameter table of the model: its rows (the first forty of a long one), file name and SHA-256."""
    words = Words(run.parameters.language)
    blocks: list[Table | Lines] = []
    for name, digest in run.delivery.table_digests.items():
        frame = run.delivery.standards[name]
        blocks.append(_table(name, frame, digest, words))
        if frame.height > SHOWN:
            blocks.append(Lines((words.say("note.first_rows", shown=count(SHOWN), rows=count(frame.height)),)))
    return fragment("tables", *blocks)


def _table(name: str, frame: pl.DataFrame, digest: str, words: Words) -> Table:
    columns = [(column, frame.schema[column].is_numeric()) for column in frame.columns]
    rows = tuple(
        tuple(readable(column, value) for (column, _), value in zip(columns, row, strict=True))
        for row in frame.head(SHOWN).iter_rows()
    )
    caption = words.say("caption.parameter_table", file=name, digest=digest)
    return Table(caption, tuple(Head(column, number) for column, number in columns), rows)
