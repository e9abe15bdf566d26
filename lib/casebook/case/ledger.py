"""Every row accounted for: received = kept + rejected, judged = sum of the five bins.

The ledger is a plain mapping (written as `ledger.json`) so that a reviewer's own tools can read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from casebook.case.assess import BINS
from casebook.case.scenario import Scenario
from casebook.errors import BundleError


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: rows before and after, in both languages what was done."""

    name: str
    title_zh: str
    title_en: str
    before: int
    after: int

    def title(self, language: str) -> str:
        """Title in the asked language."""
        return self.title_zh if language == "zh" else self.title_en


@dataclass(frozen=True)
class SourceCount:
    """Rows of one contract: read = kept + rejected; `reasons` counts the rejects by code."""

    contract: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    reasons: dict[str, int]


@dataclass(frozen=True)
class Ledger:
    """Counts of one run; building one that does not balance is impossible."""

    scenario: str
    sources: tuple[SourceCount, ...]
    judged: int
    steps: tuple[Step, ...]
    bins: dict[str, int]
    leads: dict[str, int]
    amounts_fen: dict[str, int]
    conditions: dict[str, dict[str, int]]

    def __post_init__(self) -> None:
        for source in self.sources:
            if source.rows_read != source.rows_kept + source.rows_rejected:
                raise BundleError(
                    f"ledger of {self.scenario}: {source.contract} read {source.rows_read} rows but kept "
                    f"{source.rows_kept} and rejected {source.rows_rejected}; report this as a defect"
                )
        if sum(self.bins.values()) != self.judged:
            raise BundleError(
                f"ledger of {self.scenario}: the bins hold {sum(self.bins.values())} rows, "
                f"{self.judged} were judged; report this as a defect"
            )

    def to_json(self) -> dict[str, Any]:
        """Plain data for `ledger.json`."""
        return {
            "scenario": self.scenario,
            "sources": [vars(s) for s in self.sources],
            "rows_judged": self.judged,
            "steps": [vars(s) for s in self.steps],
            "bins": self.bins,
            "leads": self.leads,
            "amounts_fen": self.amounts_fen,
            "conditions": self.conditions,
            "balances": True,
        }


def build(scenario: Scenario, assessed: pl.DataFrame, leads: pl.DataFrame, sources: Sequence[SourceCount]) -> Ledger:
    """Ledger of one run.

    Args:
        scenario: the model.
        assessed: every judged row with its conditions and bin.
        leads: the lead table.
        sources: what intake counted, contract by contract.
    """
    found = dict(assessed.group_by("bin").len().iter_rows())
    listed = dict(leads.group_by("bin").len().iter_rows())
    lead_rows = leads.filter(pl.col("bin") == "lead")
    amounts = dict(lead_rows.group_by("direction").agg(pl.col("amount_fen").sum()).iter_rows())
    return Ledger(
        scenario=scenario.id,
        sources=tuple(sources),
        judged=assessed.height,
        steps=tuple(_steps(scenario, assessed, sources)),
        bins={b: found.get(b, 0) for b in BINS},
        leads={b: listed.get(b, 0) for b in BINS if b != "clear"},
        amounts_fen={d: amounts.get(d, 0) for d in ("over", "under")},
        conditions=_answers(scenario, assessed),
    )


def _answers(scenario: Scenario, assessed: pl.DataFrame) -> dict[str, dict[str, int]]:
    """For each condition how many judged rows answer true, false, unknown: one aggregate."""
    columns = [c.column for c in scenario.conditions]
    counts = assessed.select(
        *(pl.col(c).sum().cast(pl.Int64).alias(f"{c}|true") for c in columns),
        *(pl.col(c).null_count().cast(pl.Int64).alias(f"{c}|unknown") for c in columns),
    ).row(0, named=True)
    return {c: _counted(counts[f"{c}|true"] or 0, counts[f"{c}|unknown"], assessed.height) for c in columns}


def _counted(true: int, unknown: int, rows: int) -> dict[str, int]:
    return {"true": true, "false": rows - true - unknown, "unknown": unknown}


def _steps(scenario: Scenario, assessed: pl.DataFrame, sources: Sequence[SourceCount]) -> list[Step]:
    read, kept = sum(s.rows_read for s in sources), sum(s.rows_kept for s in sources)
    steps = [
        Step("kept", "接收后剔除不合格行", "rows kept after checks", read, kept),
        Step("judged", f"归并为判断单元（{scenario.unit_zh}）", f"joined into units judged ({scenario.unit_en})",
             kept, assessed.height),
    ]  # fmt: skip
    left = assessed.select("bin", *(c.column for c in scenario.scope)).filter(pl.col("bin") != "unmatched")
    steps.append(Step("comparable", "可比对", "comparable", assessed.height, left.height))
    for condition in scenario.scope:
        after = left.filter(pl.col(condition.column).fill_null(value=True))
        steps.append(Step(condition.column, *condition.titles, left.height, after.height))
        left = after
    for name, bins, zh, en in _BIN_STEPS:
        after = left.filter(pl.col("bin").is_in(bins))
        steps.append(Step(name, zh, en, left.height, after.height))
        left = after
    return steps


_BIN_STEPS = (
    ("rule_met", ["lead", "flagged", "excluded"], "命中任一规则", "some kind met"),
    ("not_excluded", ["lead", "flagged"], "排除已证实的豁免", "no exemption proven"),
    ("lead", ["lead"], "无存疑事项", "nothing in doubt"),
)
