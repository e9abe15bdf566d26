"""One source of the data centre, closely: where it comes from, its files, what is worth knowing, who reads which column and why."""

from collections.abc import Iterator, Sequence

from casebook.case.centre import Centre
from casebook.case.holding import Facts, Holding, Use
from casebook.intake import sentences
from casebook.intake.dataset import FilePart, Note
from casebook.report import centre_figures
from casebook.report.blocks import Block, Cell, Figure, Lines, Table, heads
from casebook.report.centre_words import header, missing_sum, reasons
from casebook.report.render import Fragment, fragment
from casebook.report.section_centre_quality import fill_rows, filled_names, strip
from casebook.report.words import Words, count

SHORT_HASH = 12
FILES_NAMED, ITEMS_NAMED = 3, 6
BINARY = "binary"  # what a workbook is read from
_NOTICED = 0.01


def source_closely(centre: Centre, contract_id: str, language: str = "zh") -> Fragment:
    """All that is known of one source.

    Raises:
        ParameterError: the set does not have it.
    """
    return fragment("source", *source_blocks(centre.holding(contract_id), Words(language)))


def source_blocks(one: Holding, words: Words) -> list[Block]:
    """The source as blocks, for a notebook and for the page."""
    blocks: list[Block] = [Lines((_origin(one, words),))]
    if one.refusal is not None:
        blocks.append(Lines((words.say("centre.refused", sentence=words.both(*one.refusal)),)))
    if one.facts is None:
        return blocks
    facts = one.facts
    blocks += [_files(facts, words), _accounts(one, words)]
    notes = tuple(_notes(one, facts, words))
    if notes:
        blocks.append(Table(words.say("caption.notes"), heads(words, "note", "#number", "file", "detail"), notes))
    return [*blocks, _filled(one, facts, words), *_uses(one, facts, words)]


def _origin(one: Holding, words: Words) -> str:
    until = one.source.retain_until
    kept = words.say("centre.kept_until", day=until) if until else words.say("centre.kept_without_date")
    agency = (
        one.contract.agency
        if one.contract.owner == one.contract.agency
        else f"{one.contract.agency} · {one.contract.owner}"
    )
    return words.say(
        "centre.origin", agency=agency, by=one.source.by, day=one.source.obtained,
        kept=kept, contract=one.contract.id, version=one.contract.version,
    )  # fmt: skip


def _files(facts: Facts, words: Words) -> Table:
    """Each file and sheet as read."""
    names = heads(words, "file", "sheet", "encoding", "#header_row", "#rows_read", "#rows_kept", "sha256")
    return Table(words.say("caption.files"), names, tuple(map(_file, facts.parts)))


def _file(part: FilePart) -> tuple[Cell, ...]:
    encoding = "–" if part.encoding == BINARY else part.encoding
    counts = (count(number) for number in (part.header_row, part.rows_read, part.rows_kept))
    return part.file, part.sheet or "–", encoding, *counts, part.sha256[:SHORT_HASH]


def _accounts(one: Holding, words: Words) -> Block:
    """Rejected rows by reason, cells in question by kind; a sentence when there are none."""
    named: tuple[tuple[str, sentences.Use], ...] = (("rejected", "reject"), ("in_question", "flag"))
    rows = [
        (words.say(f"centre.{name}"), said, count(number))
        for name, use in named
        for said, number in reasons(one, use, words)
    ]
    if not rows:
        return Lines((words.say("centre.all_in_order"),))
    return Table(words.say("caption.accounts"), heads(words, "what", "reason", "#rows"), tuple(rows))


def _notes(one: Holding, facts: Facts, words: Words) -> Iterator[tuple[Cell, ...]]:
    """What intake noted, each code once: how often, in which files, and the headers or first rows concerned."""
    said = sentences.of("note")
    for code in dict.fromkeys(note.code for note in facts.notes):
        notes = [note for note in facts.notes if note.code == code]
        total = sum(note.count for note in notes)
        told = words.both(*said[code]) if code in said else code
        yield told, count(total) if total else "–", _places(facts, notes, words), _detail(one, notes, words)


def _places(facts: Facts, notes: Sequence[Note], words: Words) -> str:
    """Files; with the sheet where the file has several, or where the sheet was not read."""
    files = [part.file for part in facts.parts]
    lone = {(part.file, part.sheet) for part in facts.parts if files.count(part.file) == 1}
    places = (n.file if not n.sheet or (n.file, n.sheet) in lone else f"{n.file} · {n.sheet}" for n in notes)
    return _some(list(dict.fromkeys(places)), FILES_NAMED, words)


def _detail(one: Holding, notes: Sequence[Note], words: Words) -> str:
    """Headers or sheets concerned; the first rows where one file only is."""
    if items := dict.fromkeys(item for note in notes for item in note.items):
        return _some([_called(one, item) for item in items], ITEMS_NAMED, words)
    if len(notes) > 1 or not notes[0].rows:
        return "–"
    named, more = notes[0].rows[:ITEMS_NAMED], notes[0].count - ITEMS_NAMED
    said = words.say("centre.rows_named", rows=words.both("、", ", ").join(map(str, named)))
    return said + (words.say("note.rows_more", rows=more) if more > 0 else "")


def _some(texts: Sequence[str], most: int, words: Words) -> str:
    """The first of them, and how many more there are."""
    more = words.say("note.more_items", items=len(texts) - most) if len(texts) > most else ""
    return words.both("、", ", ").join(texts[:most]) + more


def _called(one: Holding, item: str) -> str:
    """A column under its header, a digest in short."""
    if item in one.contract.names:
        return header(one, item)
    return item[:SHORT_HASH] if _is_digest(item) else item


def _is_digest(item: str) -> bool:
    return len(item) == 64 and all(sign in "0123456789abcdef" for sign in item)


def _filled(one: Holding, facts: Facts, words: Words) -> Block:
    """Strips of the columns with gaps or changes of more than one in a hundred rows; one sentence where there are none."""
    odd = [name for name in filled_names(facts) if missing_sum(facts, name) > _NOTICED]
    if not odd:
        return Lines((words.say("centre.source_full", columns=len(facts.filled)),))
    strips = [strip(facts, name, header(one, name), words) for name in odd]
    names = heads(words, "header", "column", "#filled", "#before", "#change")
    table = Table(words.say("caption.table_behind"), names, tuple(fill_rows(one, facts, words)))
    caption = words.say("caption.source_fill", shown=len(odd), columns=len(facts.filled))
    return Figure(centre_figures.fills(strips, words), caption, table)


def _uses(one: Holding, facts: Facts, words: Words) -> list[Block]:
    """Columns kept, under the model that reads them with the reason; then what was checked and dropped."""
    dropped = words.both("、", ", ").join(header(one, name) for name in facts.dropped)
    rows = tuple(row for use in one.uses for row in _used(one, facts, use, words))
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(words.say("caption.uses"), heads(words, "header", "why"), rows))
    if dropped:
        blocks.append(Lines((words.say("centre.dropped" if rows else "centre.unused", columns=dropped),)))
    return blocks


def _used(one: Holding, facts: Facts, use: Use, words: Words) -> Iterator[tuple[Cell, ...]]:
    yield (words.both(use.title_zh, use.title_en),)
    for name in facts.kept:
        if name in use.why:
            yield header(one, name), words.half(use.why[name])
