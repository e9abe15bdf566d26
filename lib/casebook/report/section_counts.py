"""Sections of counts: the waterfall, bins by tier, amounts on both sides."""

import polars as pl

from casebook.case.assess import BINS
from casebook.case.ledger import Ledger
from casebook.case.run import Result
from casebook.case.scenario import Scenario
from casebook.report import figures
from casebook.report.blocks import Cell, Figure, Lines, Table, heads, mark
from casebook.report.render import Fragment, fragment
from casebook.report.told import deals_in_money
from casebook.report.words import Words, brief, count, label_of, yuan

TIERS = ("T1", "T2", "T3", "T4")


def ledger(result: Result) -> Fragment:
    """The waterfall from rows received to leads, with the table behind it."""
    words = Words(result.parameters.language)
    steps = result.ledger.steps
    rows = tuple(
        (str(i), brief(s.title(words.language)), count(s.before), count(s.after), count(s.before - s.after))
        for i, s in enumerate(steps, 1)
    )
    table = Table(
        words.say("caption.ledger_table"), heads(words, "#step", "done", "#before", "#after", "#left_out"), rows
    )
    received = steps[0].before if steps else 0
    caption = words.say(
        "caption.ledger", received=received, judged=result.ledger.judged, leads=result.ledger.bins["lead"]
    )
    return fragment("ledger", Figure(figures.waterfall(steps, words), caption, table))


def bins(result: Result) -> Fragment:
    """Judged rows and leads by bin, and leads by tier: five bins that sum to the rows judged."""
    words = Words(result.parameters.language)
    tiers = {(b, t): n for b, t, n in result.leads.group_by("bin", "tier").len().iter_rows()}
    listed = result.ledger.leads
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            mark(b, words), count(result.ledger.bins[b]), count(listed[b]) if b in listed else "–",
            *(count(tiers.get((b, t), 0)) if b in listed else "–" for t in TIERS),
        )
        for b in BINS
    )  # fmt: skip
    total = (words.say("word.total"), count(result.ledger.judged), count(sum(listed.values())), *[""] * len(TIERS))
    table = Table(
        words.say("caption.bins", unit=words.both(result.scenario.unit_zh, result.scenario.unit_en)),
        heads(words, "bin", "#judged", "#leads", "#T1", "#T2", "#T3", "#T4"),
        (*rows, total),
    )
    return fragment("bins", table)


def amounts(result: Result) -> Fragment:
    """Leads and amounts by direction and kind; what is owed to the person stands first where persons are judged."""
    words = Words(result.parameters.language)
    rows = tuple(row for d in directions(result.scenario) for row in _amounts(result, d, words))
    table = Table(words.say("caption.amounts"), heads(words, "direction", "kind", "#leads", "#amount_yuan"), rows)
    note = words.say("note.estimate" if deals_in_money(result.scenario) else "note.no_amount")
    return fragment("amounts", table, Lines((note, words.say("note.several_kinds"))))


def directions(scenario: Scenario) -> tuple[str, ...]:
    """Directions the model has, in the order a report lists them: a person's unpaid claim comes before the public purse."""
    present = {k.direction for k in scenario.kinds}
    order = ("under", "over") if scenario.subject == "person" else ("over", "under")
    return tuple(d for d in order if d in present)


def sums(ledger: Ledger, scenario: Scenario, direction: str, words: Words) -> str:
    """Total of the leads of one direction with its unit, or that the model deals in no amounts."""
    return words.yuan(ledger.amounts_fen[direction]) if deals_in_money(scenario) else words.say("word.no_amount")


def _amounts(result: Result, direction: str, words: Words) -> list[tuple[str, ...]]:
    found = result.leads.filter(bin="lead", direction=direction)
    name = words.say(f"direction.{direction}")
    rows = []
    for k in result.scenario.kinds:
        ours = found.filter(found["kinds"].list.contains(k.name))
        if ours.height:
            rows.append((name, label_of(k, words.language), *_leads_and_sum(ours, result.scenario, words)))
    return [*rows, (name, words.say("word.total"), *_leads_and_sum(found, result.scenario, words))]


def _leads_and_sum(leads: pl.DataFrame, scenario: Scenario, words: Words) -> tuple[str, str]:
    total = yuan(int(leads["amount_fen"].sum())) if deals_in_money(scenario) else words.say("word.no_amount")
    return count(leads.height), total
