"""Sections on what came in: sources with hashes, quality of the delivered rows, the fields the model reads."""

from collections.abc import Iterator

import polars as pl

from casebook.case.delivery import Table as Delivered
from casebook.case.run import Run
from casebook.intake.dataset import REASONS
from casebook.report.blocks import Cell, Lines, Table, heads
from casebook.report.render import Fragment, fragment
from casebook.report.told import Model, titles_of, told
from casebook.report.words import Words, count

SHORT_HASH = 12


def sources(run: Run) -> Fragment:
    """Each file: contract, owner, when and by what instrument it was obtained, rows, hash; then what was missing."""
    words = Words(run.parameters.language)
    rows = tuple(row for t in run.delivery.tables for row in _files(run, t, words))
    table = Table(
        words.say("caption.sources", set=run.delivery.sources.set, as_of=str(run.delivery.sources.as_of)),
        heads(words, "contract", "agency", "file", "sheet", "obtained", "by", "#rows_read", "#rows_kept", "sha256"),
        rows,
    )
    absent = [t.contract.title for t in run.delivery.tables if t.dataset is None]
    note = [Lines((words.say("note.absent", names="、".join(absent)),))] if absent else []
    return fragment("sources", table, *note)


def _files(run: Run, table: Delivered, words: Words) -> Iterator[tuple[Cell, ...]]:
    if table.dataset is None:
        yield (table.contract.title, table.contract.agency, words.say("word.absent"), "", "", "", "", "", "")
        return
    entry = run.delivery.sources.sources[table.contract.id]
    for part in table.dataset.parts:
        yield (
            table.contract.title, table.contract.agency, part.file, part.sheet, str(entry.obtained), entry.by,
            count(part.rows_read), count(part.rows_kept), part.sha256[:SHORT_HASH],
        )  # fmt: skip


def quality(run: Run) -> Fragment:
    """Rejected rows by reason, and for each column used its fill rate, problems and repairs."""
    words = Words(run.parameters.language)
    titles = titles_of(run)
    rejects = tuple(
        (titles[c.contract], words.both(*REASONS[reason]) if reason in REASONS else reason, count(number))
        for c in run.delivery.counts
        for reason, number in sorted(c.reasons.items())
    )
    fills = tuple(row for t in run.delivery.tables if t.dataset is not None for row in _columns(run, t, words))
    return fragment(
        "quality",
        _counts(run, words),
        Table(words.say("caption.rejects"), heads(words, "contract", "reason", "#rows"), rejects),
        Table(words.say("caption.fill"), heads(words, "contract", "column", "#filled", "problems", "repairs"), fills),
    )


def _counts(run: Run, words: Words) -> Table:
    titles = titles_of(run)
    rows = tuple(
        (titles[c.contract], count(c.rows_read), count(c.rows_rejected), count(c.rows_kept))
        for c in run.delivery.counts
    )
    return Table(
        words.say("caption.intake"), heads(words, "contract", "#rows_read", "#rows_rejected", "#rows_kept"), rows
    )


def _columns(run: Run, table: Delivered, words: Words) -> Iterator[tuple[Cell, ...]]:
    frame = run.delivery.frames[table.contract.id]
    for name in table.needs.columns:
        if f"{name}_raw" in frame.columns:
            yield (
                table.contract.title, name, _filled(frame, f"{name}_raw"),
                _codes(frame, f"{name}_problem", "problem", words), _codes(frame, f"{name}_repair", "repair", words),
            )  # fmt: skip


def _filled(frame: pl.DataFrame, column: str) -> str:
    """Share of rows that hold anything but blanks."""
    if not frame.height:
        return "–"
    filled = frame[column].str.strip_chars().str.len_chars().gt(0).sum()
    return f"{100 * int(filled) / frame.height:.1f}%"


def _codes(frame: pl.DataFrame, column: str, prefix: str, words: Words) -> str:
    """Codes of the column with their counts, the most frequent first."""
    if column not in frame.columns:
        return ""
    counts = (
        frame[column]
        .drop_nulls()
        .str.split(",")
        .explode()
        .value_counts()
        .sort(["count", column], descending=[True, False])
    )
    return "; ".join(f"{words.known(prefix, str(code))} {count(n)}" for code, n in counts.iter_rows())


def fields(model: Model, language: str | None = None) -> Fragment:
    """The columns read of each table, each with the reason."""
    scenario, words = told(model, language)
    titles = titles_of(model) if isinstance(model, Run) else {}
    rows = tuple(
        (
            titles.get(i.contract, i.contract),
            words.say("word.optional") if i.optional else words.say("word.required"),
            name,
            why,
        )
        for i in scenario.inputs
        for name, why in i.columns.items()
    )
    return fragment(
        "fields", Table(words.say("caption.fields"), heads(words, "contract", "need", "column", "why"), rows)
    )
