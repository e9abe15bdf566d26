"""Sections on what came in: sources with hashes, quality of the delivered rows, the fields the model reads."""

from collections.abc import Iterator, Mapping

import polars as pl

from casebook.case.delivery import Table as Delivered
from casebook.case.run import Run
from casebook.case.scenario import Input
from casebook.intake import sentences
from casebook.intake.contract import Contract
from casebook.report import in_question
from casebook.report.blocks import Block, Cell, Lines, Table, heads
from casebook.report.render import Fragment, fragment
from casebook.report.told import Model, contracts_of, titles_of, told
from casebook.report.words import Words, count

SHORT_HASH = 12
WHOLE = "100.0%"
Row = tuple[Cell, ...]


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
    note = [Lines((words.say("note.absent", names=words.both("、", ", ").join(absent)),))] if absent else []
    return fragment("sources", table, *note)


def _files(run: Run, table: Delivered, words: Words) -> Iterator[Row]:
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
    """Rejected rows by reason, the columns that have problems, repairs or gaps, cells in question; what is fine in a sentence."""
    words = Words(run.parameters.language)
    found = {t.contract.title: list(_columns(run, t, words)) for t in run.delivery.tables if t.dataset is not None}
    odd = {title: tuple(row for row in rows if not _is_in_order(row)) for title, rows in found.items()}
    columns = sum(map(len, found.values()))
    fine = columns - sum(map(len, odd.values()))
    told_fine = Lines((words.say("note.columns_in_order", columns=columns, fine=fine),))
    fills = Table(
        words.say("caption.fill"), heads(words, "header", "column", "#filled", "problems", "repairs"), _grouped(odd)
    )
    parts = [told_fine, *([fills] if fills.rows else []), *in_question.blocks(run.delivery.tables, words)]
    return fragment("quality", _counts(run, words), _rejects(run, words), *parts)


def _counts(run: Run, words: Words) -> Table:
    titles = titles_of(run)
    rows = tuple(
        (titles[c.contract], count(c.rows_read), count(c.rows_rejected), count(c.rows_kept))
        for c in run.delivery.counts
    )
    return Table(
        words.say("caption.intake"), heads(words, "contract", "#rows_read", "#rows_rejected", "#rows_kept"), rows
    )


def _rejects(run: Run, words: Words) -> Block:
    titles, said = titles_of(run), sentences.of("reject")
    rows = tuple(
        (titles[c.contract], words.both(*said[reason]) if reason in said else reason, count(number))
        for c in run.delivery.counts
        for reason, number in sorted(c.reasons.items())
    )
    if not rows:
        return Lines((words.say("note.no_rejects"),))
    return Table(words.say("caption.rejects"), heads(words, "contract", "reason", "#rows"), rows)


def _columns(run: Run, table: Delivered, words: Words) -> Iterator[Row]:
    frame, headers = run.delivery.frames[table.contract.id], headers_of(table)
    for name in table.needs.columns:
        if f"{name}_raw" in frame.columns:
            yield (
                headers.get(name, "–"), name, _filled(frame, f"{name}_raw"),
                _codes(frame, f"{name}_problem", "problem", words), _codes(frame, f"{name}_repair", "repair", words),
            )  # fmt: skip


def _is_in_order(row: Row) -> bool:
    """Every row filled, nothing wrong, nothing altered."""
    return row[2:] == (WHOLE, "", "")


def _filled(frame: pl.DataFrame, column: str) -> str:
    """Share of rows that hold anything but blanks; 100.0% only when all do."""
    if not frame.height:
        return "–"
    filled = int(frame[column].str.strip_chars().str.len_chars().gt(0).sum())
    return WHOLE if filled == frame.height else f"{min(99.9, 100 * filled / frame.height):.1f}%"


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


def _grouped(groups: Mapping[str, tuple[Row, ...]]) -> tuple[Row, ...]:
    """Rows under the heading of their table; a table without rows has no heading."""
    return tuple(row for title, rows in groups.items() if rows for row in ((title,), *rows))


def headers_of(table: Delivered) -> Mapping[str, str]:
    """Column → its header in the first delivered file that has it."""
    found: dict[str, str] = {}
    for part in table.dataset.parts if table.dataset else ():
        found = {**part.headers, **found}
    return found


def fields(model: Model, language: str | None = None) -> Fragment:
    """The columns read of each table with the reason: under the header as delivered, of a bare model under the contract's first one."""
    scenario, words = told(model, language)
    contracts = contracts_of(model)
    headers = {name: {c.name: c.headers[0] for c in found.columns if c.headers} for name, found in contracts.items()}
    if isinstance(model, Run):
        headers |= {t.contract.id: {**headers[t.contract.id], **headers_of(t)} for t in model.delivery.tables}
    groups = {_name(i, contracts.get(i.contract), words): _reasons(i, headers, words) for i in scenario.inputs}
    return fragment(
        "fields", Table(words.say("caption.fields"), heads(words, "header", "column", "why"), _grouped(groups))
    )


def _name(need: Input, found: Contract | None, words: Words) -> str:
    """Title of the table (its id where no contract is known) and whether the model can do without it."""
    duty = words.say("word.optional") if need.optional else words.say("word.required")
    return f"{found.title if found else need.contract} · {duty}"


def _reasons(need: Input, headers: Mapping[str, Mapping[str, str]], words: Words) -> tuple[Row, ...]:
    known = headers.get(need.contract, {})
    return tuple((known.get(name, "–"), name, words.half(why)) for name, why in need.columns.items())
