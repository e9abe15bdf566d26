"""Sections on the leads: the list, one lead worked in full, the law in force, where everything came from."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from casebook.case.assess import BINS
from casebook.case.run import Result, Run
from casebook.case.scenario import Scenario
from casebook.errors import CasebookError
from casebook.report import dossier
from casebook.report.blocks import Cell, Lines, Table, heads, mark
from casebook.report.render import Fragment, fragment
from casebook.report.section_counts import directions
from casebook.report.told import deals_in_money
from casebook.report.words import Words, count, label_of, span, yuan

SHOWN = 500
COLUMNS = ("lead_id", "bin", "tier", "direction", "subject", "kind", "place", "period", "#amount_yuan")


def in_order(leads: pl.DataFrame, scenario: Scenario) -> pl.DataFrame:
    """Leads as a report lists them: by bin, direction (unpaid claims of persons first), amount, id."""
    bins = pl.col("bin").replace_strict({b: i for i, b in enumerate(BINS)}, return_dtype=pl.Int32)
    ranks = {d: i for i, d in enumerate(directions(scenario))}
    ranked = pl.col("direction").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
    keyed = leads.with_columns(_bin=bins, _direction=ranked)
    return keyed.sort("_bin", "_direction", "amount_fen", "lead_id", descending=[False, False, True, False]).drop(
        "_bin", "_direction"
    )


def leads(result: Result) -> Fragment:
    """The first leads as a table, subjects masked; how many more there are."""
    words = Words(result.parameters.language)
    ordered = in_order(result.leads, result.scenario)
    table = lead_table(ordered.head(SHOWN), result.scenario, words)
    note = words.say("note.leads_shown", shown=min(SHOWN, ordered.height), all=ordered.height)
    return fragment("leads", Lines((words.say("note.lead_no_finding"), note)), table)


def lead_table(ordered: pl.DataFrame, scenario: Scenario, words: Words) -> Table:
    """The given leads as a table."""
    rows = tuple(lead_row(r, scenario, words) for r in ordered.iter_rows(named=True))
    return Table(words.say("caption.leads"), heads(words, *COLUMNS), rows)


def lead_row(lead: Mapping[str, Any], scenario: Scenario, words: Words) -> tuple[Cell, ...]:
    """One lead as cells."""
    kinds = words.say("word.and").join(label_of(scenario.kind(k), words.language) for k in lead["kinds"])
    return (
        lead["lead_id"], mark(lead["bin"], words), lead["tier"], words.say(f"side.{lead['direction']}"),
        lead["subject"], kinds or words.known("pattern", lead["pattern"]), lead["place"],
        span(lead["period_start"], lead["period_end"]), _amount(lead, scenario, words),
    )  # fmt: skip


def _amount(lead: Mapping[str, Any], scenario: Scenario, words: Words) -> str:
    """Yuan; a dash where nothing was compared, words where the model deals in no amounts."""
    if not lead["kinds"]:
        return "–"
    return yuan(lead["amount_fen"]) if deals_in_money(scenario) else words.say("word.no_amount")


def evidence(result: Result, lead_id: str | None = None, run: Run | None = None) -> Fragment:
    """One lead worked in full (the first of the list unless named): sources, rule, exemptions, formula, law, refutation.

    With the run, law rows are quoted in full and tables go by their titles.
    """
    words = Words(result.parameters.language)
    ordered = in_order(result.leads, result.scenario)
    if not ordered.height:
        return fragment("evidence", Lines((words.say("note.no_leads"),)))
    wanted = lead_id or ordered["lead_id"][0]
    rows = ordered.filter(lead_id=wanted).to_dicts()
    if not rows:
        raise CasebookError(f"no lead {wanted!r} in this result; take an id from the lead list")
    held = next((e.to_json() for e in result.evidence if e.lead_id == wanted), None)
    return fragment("evidence", *dossier.blocks(rows[0], held, dossier.setting_of(result, run)))


def law(run: Run, result: Result) -> Fragment:
    """The law rows that the leads rest on, as in force on their dates, and every other one the rule names, as in force on the
    set's day; rows nobody has verified say so.
    """
    words = Words(result.parameters.language)
    refs = {ref for refs in result.leads["law_refs"].to_list() for ref in refs}
    cited = {ref.rpartition("@")[0] for ref in refs}
    others = {code for c in result.scenario.conditions for code in c.law} - cited
    refs |= {f"{code}@{run.law.on(code, run.delivery.sources.as_of)['valid_from']}" for code in others}
    return fragment("law", dossier.law_table(sorted(refs), run.law.on, words))


def trace(result: Result) -> Fragment:
    """Versions, digests and parameters: what a second person needs to get the same leads."""
    words = Words(result.parameters.language)
    s = result.scenario
    facts: list[tuple[Cell, ...]] = [
        (words.say("head.scenario"), f"{s.id} {s.version}"),
        (words.say("head.rule_digest"), s.digest),
        (words.say("head.draft"), words.say("word.yes" if s.is_draft else "word.no")),
        (words.say("head.leads"), count(result.leads.height)),
    ]
    names = result.parameters.model_dump(mode="json")
    facts += [(name, json.dumps(value, ensure_ascii=False)) for name, value in names.items()]
    return fragment("trace", Table(words.say("caption.trace"), heads(words, "fact", "value"), tuple(facts)))
