"""The report of one run: one HTML file that opens offline, reads without script, and prints.

It is made from what the run left in its folder (executed notebook, leads, evidence, ledger, run facts), never from memory, so that
anyone can make it again.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from casebook.case.assess import BINS
from casebook.case.ledger import Ledger, SourceCount, Step
from casebook.case.scenario import Scenario
from casebook.errors import BundleError
from casebook.report import cells
from casebook.report.blocks import Table, heads, mark, plain
from casebook.report.dossier import LawOn, Setting
from casebook.report.lead_list import Source, lead_list
from casebook.report.policy import content_policy
from casebook.report.render import render
from casebook.report.section_counts import directions, sums
from casebook.report.section_leads import in_order
from casebook.report.told import deals_in_money
from casebook.report.words import FOLDER, Words, count, line_key

REPORT = "report.html"
NEEDED = ("leads.parquet", "evidence.json", "ledger.json", "run.json")
MORE_LEADS_FILES = ("leads.parquet", "evidence.json", "ledger.json")


@dataclass(frozen=True)
class RunFolder:
    """What one run left behind, read back."""

    leads: pl.DataFrame
    evidence: Mapping[str, Mapping[str, Any]]
    ledger: Ledger
    facts: Mapping[str, Any]
    digests: Mapping[str, str]


def write_report(folder: Path, notebook: Mapping[str, Any], scenario: Scenario, law: LawOn | None = None) -> Path:
    """Write `report.html` into the run's folder.

    Args:
        folder: holds leads.parquet, evidence.json, ledger.json and run.json of the run.
        notebook: the executed notebook (nbformat).
        scenario: the model the run used.
        law: law row by code and date (`LawTable.on`); without it leads name their law rows and do not quote them.

    Raises:
        BundleError: a file is missing, or the run was another model's.
    """
    run = read_run(folder, scenario)
    words = Words(run.facts["parameters"]["language"])
    style, script = text_of("report.css"), text_of("report.js")
    source = Source(Setting(scenario, words, law, titles_of(run.facts)), run.evidence)
    html = render(
        "report.html",
        words=words,
        scenario=scenario,
        line=words.known("line", line_key(scenario.line)),
        policy=content_policy(style, script),
        style=style,
        script=script,
        facts=run.facts,
        overview=overview(run, scenario, words),
        parts=list(cells.parts(notebook, run.facts["parameters"], words)),
        listed=lead_list(in_order(run.leads, scenario), source),
        glossary=glossary(words),
        sources=source_table(run.facts, words),
        digests=digest_table(run, words),
    )
    path = folder / REPORT
    path.write_text(str(html), encoding="utf-8")
    return path


def text_of(name: str) -> str:
    """A style or script as it stands inside the page."""
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def read_run(folder: Path, scenario: Scenario) -> RunFolder:
    """The files of one run as values."""
    for name in NEEDED:
        if not (folder / name).is_file():
            raise BundleError(
                f"{folder.name}/: expected {name} for the report and found none; run the notebook to its end"
            )
    facts = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    if facts["scenario"] != scenario.id:
        raise BundleError(f"{folder.name}/: holds a run of {facts['scenario']}, not of {scenario.id}")
    evidence = {e["lead_id"]: e for e in json.loads((folder / "evidence.json").read_text(encoding="utf-8"))}
    ledger = read_ledger(json.loads((folder / "ledger.json").read_text(encoding="utf-8")))
    digests = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in MORE_LEADS_FILES}
    return RunFolder(pl.read_parquet(folder / "leads.parquet"), evidence, ledger, facts, digests)


def read_ledger(value: Mapping[str, Any]) -> Ledger:
    """The ledger from its JSON; one that does not balance is refused as it was when it was made."""
    return Ledger(
        scenario=value["scenario"],
        sources=tuple(SourceCount(**s) for s in value["sources"]),
        judged=value["rows_judged"],
        steps=tuple(Step(**s) for s in value["steps"]),
        bins=value["bins"],
        leads=value["leads"],
        amounts_fen=value["amounts_fen"],
        conditions=value["conditions"],
    )


def overview(run: RunFolder, scenario: Scenario, words: Words) -> dict[str, Any]:
    """The first screen: what was compared, the five bins, amounts by direction, limits."""
    titles = titles_of(run.facts)
    by_direction = dict(run.leads.filter(bin="lead").group_by("direction").len().iter_rows())
    compared = words.say(
        "note.compared",
        tables=len(run.ledger.sources),
        rows=sum(s.rows_read for s in run.ledger.sources),
        judged=run.ledger.judged,
        unit=words.both(scenario.unit_zh, scenario.unit_en),
    )
    return {
        "compared": compared,
        "contracts": [(titles.get(s.contract, s.contract), count(s.rows_read)) for s in run.ledger.sources],
        "bins": [
            (b, plain(mark(b, words)), count(run.ledger.bins[b]), words.say(f"bin_means.{b}"), _listed(run, b, words))
            for b in BINS
        ],
        "amounts": [
            (
                words.say(f"direction.{d}"),
                sums(run.ledger, scenario, d, words),
                words.say("note.in_leads", leads=by_direction.get(d, 0)),
            )
            for d in directions(scenario)
        ],
        "estimate": words.say("note.estimate" if deals_in_money(scenario) else "note.no_amount"),
        "limits": scenario.limits(words.language),
    }


def titles_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """Title of each table by contract id, for the tables whose run facts name one."""
    return {s["contract"]: s["title"] for s in facts["sources"] if "title" in s}


def _listed(run: RunFolder, name: str, words: Words) -> str:
    """Leads that the rows of the bin were grouped into; `clear` rows are counted and never listed."""
    return words.say("note.listed_as", leads=run.ledger.leads[name]) if name in run.ledger.leads else ""


def glossary(words: Words) -> Table:
    """What the bins and tiers mean."""
    bins = tuple((mark(b, words), words.say(f"bin_means.{b}")) for b in BINS)
    tiers = tuple((t, words.say(f"tier.{t}")) for t in ("T1", "T2", "T3", "T4"))
    return Table(words.say("caption.glossary"), heads(words, "word", "meaning"), bins + tiers)


def source_table(facts: Mapping[str, Any], words: Words) -> Table:
    """Every file the run read, with its whole hash."""
    titles = titles_of(facts)
    rows = tuple(
        (
            titles.get(s["contract"], s["contract"]),
            f["file"],
            f["sheet"] or "–",
            s["obtained"],
            s["by"],
            count(f["rows_read"]),
            f["sha256"],
        )
        for s in facts["sources"]
        for f in s["files"]
    )
    caption = words.say("caption.sources", set=facts["set"], as_of=facts["as_of"])
    return Table(caption, heads(words, "contract", "file", "sheet", "obtained", "by", "#rows_read", "sha256"), rows)


def digest_table(run: RunFolder, words: Words) -> Table:
    """Hashes of rule, conditions, contracts and output files."""
    rows = [(words.say("head.rule_digest"), run.facts["rule_digest"])]
    rows += [(name, digest) for name, digest in run.facts["conditions"].items()]
    rows += [(f"{s['contract']} {s['contract_version']}", s["contract_digest"]) for s in run.facts["sources"]]
    rows += list(run.digests.items())
    return Table(words.say("caption.digests"), heads(words, "fact", "sha256"), tuple(rows))
