"""One lead as blocks in reading order: facts, source rows, rule with values, exemptions, formula, law, what would refute it.

The same blocks serve the notebook, the static part of the report page and its data island.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from casebook.case import unread
from casebook.case.run import Result, Run
from casebook.case.scenario import Condition, Scenario
from casebook.intake import sentences
from casebook.report import tied
from casebook.report.blocks import Block, Cell, Lines, Table, heads, mark
from casebook.report.blocks import Head as Column
from casebook.report.doubts import first_sentence
from casebook.report.facts import quantity, readable_in
from casebook.report.told import deals_in_money, titles_of
from casebook.report.words import Words, count, label_of, span, title_of

LawOn = Callable[[str, date], Mapping[str, Any]]
Lead = Mapping[str, Any]
Held = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """What dossiers are told with.

    Attributes:
        law: law row by code and date; without it the references stand alone.
        titles: title of a table by contract id, where known.
    """

    scenario: Scenario
    words: Words
    law: LawOn | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


def setting_of(result: Result, run: Run | None = None) -> Setting:
    """The setting of a result; with its run also the law in force."""
    words = Words(result.parameters.language)
    if run is None:
        return Setting(result.scenario, words, titles=titles_of(result))
    return Setting(result.scenario, words, run.law.on, titles_of(run))


def blocks(lead: Lead, held: Held | None, setting: Setting) -> list[Block]:
    """Everything a reviewer needs to refute the lead.

    Args:
        lead: one row of the lead table.
        held: its evidence (`Evidence.to_json`), None when there is none.
        setting: model, language, law and titles.
    """
    scenario, words = setting.scenario, setting.words
    kinds = [scenario.kind(name) for name in lead["kinds"]]
    first = first_sentence(lead, scenario, words)
    found: list[Block] = [Lines((first,), words.say("title.doubt"))] if first else []
    found += [_facts(lead, kinds, setting), *_sources(held, setting)]
    found += [*tied.table((held or {}).get("rows", ()), setting.titles, words), *_searched(held, setting)]
    if kinds:
        found += [_rule(lead, kinds, words), _exemptions(lead, scenario, words)]
        found.append(Lines(tuple(lead["computation"]) or ("–",), words.say("title.computation")))
        found.append(law_table(lead["law_refs"], setting.law, words))
        found.append(Lines(_refutations(kinds, words), words.say("title.refute")))
    else:
        found.append(Lines((words.say("note.unmatched"),), words.say("title.refute")))
    return found


def _facts(lead: Lead, kinds: Sequence[Condition], setting: Setting) -> Table:
    words = setting.words
    rows: list[tuple[Cell, ...]] = [
        (words.say("head.lead_id"), lead["lead_id"]),
        (words.say("head.subject"), f"{lead['subject']} ({lead['subject_ref']})"),
        (words.say("head.bin"), mark(lead["bin"], words)),
        (words.say("head.tier"), f"{lead['tier']} · {words.known('tier', lead['tier'])}" if lead["tier"] else "–"),
        (words.say("head.kind"), "; ".join(label_of(k, words.language) for k in kinds) or _pattern(lead, words)),
        (words.say("head.period"), span(lead["period_start"], lead["period_end"])),
        (words.say("head.place"), lead["place"] or "–"),
        (words.say("head.amount"), _amount(lead, setting)),
    ]
    if lead["surcharge_fen"]:
        rows.append((words.say("head.surcharge"), words.yuan(lead["surcharge_fen"])))
    rows += [(words.say(f"head.{n}"), words.known(n, lead[n])) for n in ("receiver", "document") if lead[n]]
    return Table(words.say("caption.facts"), heads(words, "fact", "value"), tuple(rows))


def _amount(lead: Lead, setting: Setting) -> str:
    """Direction and yuan; a dash where nothing was compared, words where the model deals in no amounts."""
    words = setting.words
    if not lead["kinds"]:
        return "–"
    amount = words.yuan(lead["amount_fen"]) if deals_in_money(setting.scenario) else words.say("word.no_amount")
    return words.both("；", "; ").join((words.say("direction." + lead["direction"]), amount))


def _pattern(lead: Lead, words: Words) -> str:
    return words.known("pattern", lead["pattern"])


def _sources(held: Held | None, setting: Setting) -> list[Block]:
    """Source rows in tables, one a file and role: each row as delivered, below it as cleaned."""
    words = setting.words
    if not held or not held["rows"]:
        return [Lines((words.say("note.no_evidence"),), words.say("title.sources"))]
    tables: list[Block] = [_source(list(rows), setting) for _, rows in groupby(held["rows"], _place)]
    if held["left_out"]:
        tables.append(Lines((words.say("note.rows_left_out", rows=held["left_out"]),)))
    return tables


def _searched(held: Held | None, setting: Setting) -> list[Block]:
    """Every table searched for the subject, with what was found: no row cited is the proof of absence."""
    words = setting.words
    tables = (held or {}).get("searched", ())
    rows = tuple(
        (setting.titles.get(t["contract"], t["contract"]), count(t["rows"]), count(t["cited"])) for t in tables
    )
    return [Table(words.say("caption.searched"), heads(words, "contract", "#searched", "#cited"), rows)] if rows else []


def _place(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["contract"],
        row["role"],
        row["file"],
        row["sheet"],
        row["sha256"],
        *(c["header"] for c in row["cells"]),
    )


def _source(rows: Sequence[Mapping[str, Any]], setting: Setting) -> Table:
    first, words = rows[0], setting.words
    caption = words.say(
        "caption.source_rows",
        role=words.known("role", first["role"]),
        contract=setting.titles.get(first["contract"], first["contract"]),
        file=first["file"] + (f" [{first['sheet']}]" if first["sheet"] else ""),
        sha256=first["sha256"],
    )
    columns = (Column(words.say("head.row"), number=True), Column(words.say("head.reading")))
    headers = tuple(Column(c["header"]) for c in first["cells"])
    return Table(caption, columns + headers, tuple(line for row in rows for line in _two_lines(row, words)))


def _two_lines(row: Mapping[str, Any], words: Words) -> Iterable[tuple[Cell, ...]]:
    yield (str(row["row"]), words.say("word.delivered"), *(c["raw"] for c in row["cells"]))
    yield ("", words.say("word.cleaned"), *(_clean(c, words) for c in row["cells"]))
    if doubts := row.get("doubts"):
        whole, said = _doubts(doubts, None, words), words.say("word.in_question")
        reading = f"{said}{words.both('：', ': ')}{whole}" if whole else said
        yield ("", reading, *(_doubts(doubts, c["column"], words) for c in row["cells"]))


def _doubts(doubts: Sequence[tuple[str | None, str]], column: str | None, words: Words) -> str:
    """What intake put in question in the column (null: in the whole row); a contract's own rule by its name."""
    known = sentences.of("flag")
    return " ".join(words.both(*known[code]) if code in known else code for of, code in doubts if of == column)


def _clean(cell: Mapping[str, str], words: Words) -> str:
    """The cleaned value, then what was wrong with the delivered one and what was repaired."""
    notes = [words.known("problem", cell["problem"])] if cell["problem"] else []
    notes += [words.known("repair", code) for code in cell["repair"].split(",") if code]
    value = readable_in(cell["column"], cell["clean"], words)
    return f"{value} [{'; '.join(notes)}]".strip() if notes else value


def _rule(lead: Lead, kinds: Sequence[Condition], words: Words) -> Table:
    values = json.loads(lead["rule_values"] or "{}")
    unknown = lead.get("unknown_kinds") or ()
    rows = tuple(row for k in kinds for row in _claim(k, values.get(k.name, {}), k.name in unknown, words))
    return Table(words.say("caption.rule_values"), heads(words, "fact", "value"), rows)


def _claim(
    kind: Condition,
    values: Mapping[str, Any],
    is_unknown: bool,
    words: Words,
) -> Iterator[tuple[Cell, ...]]:
    """The kind's claim as a heading (said to be open where it could not be told), below it each fact under its label."""
    claim = f"{kind.title(words.language)} ({kind.name})"
    yield (words.say("note.cannot_tell", claim=claim) if is_unknown else claim,)
    for name in (n for n in kind.shows if n in values):
        yield (words.known("fact", name), quantity(name, values[name], words))


def _exemptions(lead: Lead, scenario: Scenario, words: Words) -> Table:
    titles = {x.name: title_of(x, words.language) for x in scenario.exemptions}
    titles |= {doubt: words.say(f"doubt.{doubt}") for doubt in unread.DOUBTS}
    rows = tuple((titles.get(x["name"], x["name"]), words.say(f"answer.{x['answer']}")) for x in lead["exemptions"])
    return Table(words.say("caption.lead_exemptions"), heads(words, "exemption", "answer"), rows)


def law_table(refs: Sequence[str], law: LawOn | None, words: Words) -> Table:
    """The law rows behind the references (`code@valid_from`); without the law itself, code and day only."""
    if law is None:
        known = tuple((ref.rpartition("@")[0], ref.rpartition("@")[2]) for ref in refs)
        return Table(words.say("caption.law"), heads(words, "law", "from"), known)
    rows = tuple(_law_row(ref, law, words) for ref in refs)
    return Table(words.say("caption.law"), heads(words, "law", "law_text", "from", "until", "source", "verified"), rows)


def _law_row(ref: str, law: LawOn, words: Words) -> tuple[Cell, ...]:
    code, _, since = ref.rpartition("@")
    row = law(code, date.fromisoformat(since))
    return (code, *law_facts(row, words))


def law_facts(row: Mapping[str, Any], words: Words) -> tuple[str, str, str, str, str]:
    """Text, from, until, source, verified of one law row; an unverified row says so in words."""
    parts = (
        row.get(f"title_{words.language}"),
        row.get("article"),
        row.get(f"text_{words.language}") or row.get("value"),
    )
    text = " ".join(part for part in parts if part)
    until = str(row["valid_to"])
    verified = str(row.get("verified") or "").lower() in {"true", "yes", "1"}
    open_end = until.startswith("9999")
    return (
        text, str(row["valid_from"]), words.say("word.open") if open_end else until, str(row.get("source") or ""),
        words.say("word.yes" if verified else "word.not_verified"),
    )  # fmt: skip


def _refutations(kinds: Sequence[Condition], words: Words) -> tuple[str, ...]:
    return tuple(k.refuted(words.language) or words.say("note.no_refutation") for k in kinds)
