"""Leads: judged rows that are not clear, one lead per subject, direction and run of periods in the same bin.

Columns of the table are those of `LEAD_SCHEMA`, one row per lead, sorted by `lead_id`. The id and the pseudonym are keyed
(HMAC): a plain hash of a citizen id can be guessed back in minutes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from casebook.case import unread
from casebook.case.masking import hide_ids, mask_numbers
from casebook.case.pseudonym import Pseudonyms
from casebook.case.scenario import Condition, Scenario
from casebook.case.subjects import is_person, subject

LawRef = Callable[[str, date], str]
LISTED = ("lead", "flagged", "excluded", "unmatched")
ANSWER = pl.Struct({"name": pl.String, "answer": pl.String})
LEAD_SCHEMA: dict[str, Any] = {
    "lead_id": pl.String,
    "scenario": pl.String,
    "scenario_version": pl.String,
    "line": pl.String,
    "bin": pl.String,
    "tier": pl.String,
    "subject": pl.String,
    "subject_ref": pl.String,
    "key_type": pl.String,
    "direction": pl.String,
    "kinds": pl.List(pl.String),
    "unknown_kinds": pl.List(pl.String),
    "rule_values": pl.String,
    "exemptions": pl.List(ANSWER),
    "amount_fen": pl.Int64,
    "surcharge_fen": pl.Int64,
    "computation": pl.List(pl.String),
    "period_start": pl.Date,
    "period_end": pl.Date,
    "source_refs": pl.List(pl.String),
    "law_refs": pl.List(pl.String),
    "receiver": pl.String,
    "document": pl.String,
    "pattern": pl.String,
    "place": pl.String,
    "limits": pl.String,
}


def group(judged: pl.DataFrame, scenario: Scenario) -> pl.DataFrame:
    """The listed judged rows with `group`, the lead each belongs to; sorted by group, period and unit.

    A run ends where a period is missing, the bin changes or the doubts change. An unmatched row has no key: it stands with the
    rows that came under the same raw key (`entity_raw`).
    """
    listed = judged.filter(judged["bin"].is_in(LISTED)).with_columns(
        doubts=_doubts(judged, scenario.exemptions),
        subject_key=pl.coalesce("entity", pl.lit("raw:") + pl.col("entity_raw")),
    )
    keys = ["subject_key", "direction", "bin", "doubts"]
    if scenario.grouping == "run":
        dense = pl.col("period").rank("dense").over(keys).cast(pl.Int64)
        listed = listed.with_columns(run=pl.col("period").cast(pl.Int64) - dense)
        keys.append("run")
    ordered = listed.sort([*keys, "period", "unit"], nulls_last=True)
    return ordered.with_columns(group=pl.struct(keys).rle_id())


def _doubts(judged: pl.DataFrame, exemptions: tuple[Condition, ...]) -> pl.Expr:
    """What flags the rows: exemptions that may apply, rows nobody could read that may be about the subject."""
    names = _names(exemptions, "flagged")
    for doubt in (name for name in unread.DOUBTS if name in judged.columns):
        is_in = (pl.col("bin") == "flagged") & pl.col(doubt)
        names += pl.when(is_in).then(pl.lit("+" + doubt)).otherwise(pl.lit(""))
    return names


def _names(exemptions: tuple[Condition, ...], effect: str) -> pl.Expr:
    """Names of the exemptions of that effect that are true or unknown, joined by `,`; empty for excluded and unmatched rows."""
    parts = [
        pl.when(pl.col(x.column).fill_null(value=True)).then(pl.lit(x.name)).otherwise(None)
        for x in exemptions
        if x.effect == effect
    ]
    joined = pl.concat_str(parts, separator=",", ignore_nulls=True) if parts else pl.lit("")
    return pl.when(pl.col("bin") == "flagged").then(joined).otherwise(pl.lit(""))


@dataclass(frozen=True)
class Context:
    """What a lead needs beside its rows: model, parameters, law in force, keyed ids, the detail lines of each unit."""

    scenario: Scenario
    parameters: Any
    law_ref: LawRef
    pseudonyms: Pseudonyms
    details: Mapping[str, list[str]] = field(default_factory=dict)


def build(grouped: pl.DataFrame, traced: pl.DataFrame, context: Context) -> pl.DataFrame:
    """One row per lead (`LEAD_SCHEMA`) plus `group`, sorted by `lead_id`.

    Args:
        grouped: what `group` returned.
        traced: `unit`, `address` (`sha256:sheet:row`) of every source row behind the units.
        context: model, parameters, law (code, date) → code with the date from which its row applies, keyed ids.
    """
    refs = (
        grouped.select("group", "unit")
        .join(traced, on="unit")
        .group_by("group")
        .agg(source_refs=pl.col("address").unique().sort())
    )
    told = replace(context, law_ref=cache(context.law_ref))
    parts = groupby(grouped.iter_rows(named=True), key=itemgetter("group"))
    rows = [_lead(list(part), told) for _, part in parts]
    schema = {**LEAD_SCHEMA, "group": pl.UInt32}
    schema.pop("source_refs")
    table = pl.DataFrame([pl.Series(name, [row[name] for row in rows], kind) for name, kind in schema.items()])
    table = table.join(refs, on="group", how="left")
    table = table.with_columns(pl.col("source_refs").fill_null([]))
    return table.select(*LEAD_SCHEMA, "group").sort("lead_id")


def _lead(rows: list[dict[str, Any]], context: Context) -> dict[str, Any]:
    scenario, first = context.scenario, rows[0]
    kinds = kinds_of(rows, scenario)
    answered = answers(rows, kinds, scenario)
    start, key = min(r["period_start"] for r in rows), first["subject_key"]
    period = {"period_start": start, "period_end": max(r["period_end"] for r in rows)}
    return {
        **_identity(first, context, str(start)),
        **_judgement(rows, kinds, context),
        "exemptions": answered,
        **_route(first, kinds),
        "law_refs": _law_refs(answered, kinds, start, context),
        **period,
        "subject_ref": context.pseudonyms.subject(scenario.id, key),
        "limits": "；".join(scenario.limits(context.parameters.language)),
        "group": first["group"],
    }


def _law_refs(answered: list[dict[str, str]], kinds: list[Condition], start: date, context: Context) -> list[str]:
    """The law of the kinds and of every exemption that was proven, as in force at the start of the lead's period."""
    proven = {x["name"] for x in answered if x["answer"] == "excluded"}
    cited = [*kinds, *(x for x in context.scenario.exemptions if x.name in proven)]
    return sorted({context.law_ref(code, start) for condition in cited for code in condition.law})


def _identity(first: dict[str, Any], context: Context, start: str) -> dict[str, Any]:
    scenario = context.scenario
    rule = (first["direction"], first["bin"] + first["doubts"])
    return {
        "lead_id": context.pseudonyms.lead(scenario.id, first["subject_key"], *rule, start),
        "scenario": scenario.id,
        "scenario_version": scenario.version,
        "line": scenario.line,
        "bin": first["bin"],
        "direction": first["direction"],
        "subject": hide_ids(subject(first, scenario)),
        "key_type": first.get("key_type") or scenario.subject,
        "place": hide_ids(first.get("place") or ""),
    }


def _judgement(rows: list[dict[str, Any]], kinds: list[Condition], context: Context) -> dict[str, Any]:
    return {
        "tier": f"T{max(r['tier'] for r in rows)}" if kinds else "",
        "kinds": [k.name for k in kinds],
        "unknown_kinds": [k.name for k in kinds if all(r[k.column] is not True for r in rows)],
        "rule_values": hide_ids(json.dumps(_values(rows, kinds), ensure_ascii=False, default=str, sort_keys=True)),
        "amount_fen": sum(r["amount_fen"] for r in rows),
        "surcharge_fen": sum(r["surcharge_fen"] for r in rows),
        "computation": _lines(rows, context) if kinds else [],
    }


def _lines(rows: list[dict[str, Any]], context: Context) -> list[str]:
    """The formula of each row, its details before it."""
    formula = context.scenario.computation
    lines = [line for r in rows for line in (*context.details.get(r["unit"], ()), formula(r, context.parameters))]
    return [mask_numbers(line) for line in lines] if is_person(rows[0], context.scenario) else [*map(hide_ids, lines)]


def _route(first: dict[str, Any], kinds: list[Condition]) -> dict[str, str]:
    """Receiver, document and pattern of the lead: those of its first kind, the receiver a row may name itself.

    What is excluded or unmatched goes nowhere.
    """
    if not kinds:
        return {"receiver": "", "document": "", "pattern": first.get("entity_reason") or "bad_key"}
    main = kinds[0]
    if first["bin"] == "excluded":
        return {"receiver": "", "document": "", "pattern": first.get("pattern") or main.pattern}
    return {
        "receiver": first.get("receiver") or main.receiver,
        "document": main.document,
        "pattern": first.get("pattern") or main.pattern,
    }


def kinds_of(rows: list[dict[str, Any]], scenario: Scenario) -> list[Condition]:
    """Kinds that carry the bin of these rows, in the scenario's order; none for an unmatched lead."""
    if rows[0]["bin"] == "unmatched":
        return []
    held = {k.name for r in rows for k in scenario.kinds if r["state"] and r[f"state_{k.name}"] == r["state"]}
    return [k for k in scenario.kinds if k.name in held]


def answers(rows: list[dict[str, Any]], kinds: list[Condition], scenario: Scenario) -> list[dict[str, str]]:
    """Each exemption that covers one of the kinds with its answer: not_applicable, excluded or unknown (may apply)."""
    ours = [x for x in scenario.exemptions if any(x.applies_to(k) for k in kinds)]
    found = [{"name": x.name, "answer": _answer(rows, x)} for x in ours]
    return [*found, *({"name": doubt, "answer": "unknown"} for doubt in unread.of(rows) if kinds)]


def _answer(rows: list[dict[str, Any]], x: Condition) -> str:
    held = [r[x.column] for r in rows]
    if x.effect == "excluded" and True in held:
        return "excluded"
    return "not_applicable" if all(h is False for h in held) else "unknown"


def _values(rows: list[dict[str, Any]], kinds: list[Condition]) -> dict[str, dict[str, Any]]:
    """For each kind, its fact columns as they stood on the first row where it held."""
    found = {}
    for k in kinds:
        row = next(r for r in rows if r[f"state_{k.name}"])
        found[k.name] = {name: row[name] for name in k.shows}
    return found
