"""One run: sources → cleaned tables → links → judged rows → leads, ledger, evidence.

A notebook makes exactly three calls: `Run.open`, `run.assess`, `run.close`.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from casebook.case import assess, delivery, evidence, inputs, lead, ledger, output, subjects, ties, unread
from casebook.case.delivery import Delivery
from casebook.case.evidence import Evidence
from casebook.case.inputs import Inputs
from casebook.case.job import Job
from casebook.case.ledger import Ledger
from casebook.case.pseudonym import Pseudonyms, load_key, public_key
from casebook.case.scenario import Parameters, Scenario
from casebook.lawtable import LawTable, load_law


@dataclass(frozen=True)
class Result:
    """What one run found. `judged` is every judged row with conditions and bin; `leads` the lead table of `LEAD_SCHEMA`."""

    scenario: Scenario
    parameters: Parameters
    judged: pl.DataFrame
    grouped: pl.DataFrame
    leads: pl.DataFrame
    ledger: Ledger
    evidence: tuple[Evidence, ...]

    def __repr__(self) -> str:
        """Counts only: a result shown by accident must not show a person."""
        return f"Result({self.scenario.id}, bins={self.ledger.bins}, leads={self.ledger.leads})"


@dataclass(frozen=True)
class Run:
    """One scenario with its parameters and the tables it reads."""

    scenario: Scenario
    parameters: Parameters
    job: Job
    delivery: Delivery

    @classmethod
    def open(cls, scenario: Scenario, parameters: Parameters, folder: Path | None = None) -> "Run":
        """Find the sources of the set, take in what was not taken in before, and clean the columns the scenario uses."""
        job = Job.find(scenario.id, folder)
        return cls(scenario, parameters, job, delivery.receive(scenario, job, parameters.source_set))

    def __repr__(self) -> str:
        """Name of model and set only."""
        return f"Run({self.scenario.id} {self.scenario.version}, set={self.delivery.sources.set})"

    @cached_property
    def inputs(self) -> Inputs:
        """Cleaned tables and links."""
        received = self.delivery
        return inputs.build(self.scenario, received.frames, received.standards, received.obtained)

    @cached_property
    def law(self) -> LawTable:
        """All law rows of the project."""
        return load_law(self.job.law)

    @cached_property
    def pseudonyms(self) -> Pseudonyms:
        """Keyed ids of this case (a public key for a synthetic set)."""
        sources = self.delivery.sources
        return Pseudonyms(public_key(sources.set) if sources.synthetic else load_key(self.job.key_file))

    def judge(self, parameters: Parameters | None = None) -> pl.DataFrame:
        """Every judged row with its conditions and bin; other parameters show what a threshold does."""
        p = parameters or self.parameters
        frame = assess.assess(self.scenario.prepare(self.inputs, p), self.scenario, p)
        judged: pl.DataFrame = frame.collect().to_native()
        keyless = unread.names(self.scenario, self.inputs.frames)
        return unread.doubted(judged, self.delivery.refused, keyless)

    def assess(self) -> Result:
        """Judge, group into leads, trace their sources, balance the ledger."""
        judged = self.judge()
        grouped = lead.group(judged, self.scenario)
        traced = self._trace(grouped)
        context = lead.Context(self.scenario, self.parameters, self._law_ref, self.pseudonyms, self._details(grouped))
        leads = lead.build(grouped, traced, context)
        balanced = ledger.build(self.scenario, judged, leads, self.delivery.counts)
        by_lead = _by_lead(grouped, traced, leads)
        archive = evidence.Archive(self.inputs.frames, self.delivery.shown, self.delivery.places, self.delivery.doubts)
        tied = by_lead.join(
            ties.ties(by_lead, self.inputs, self.scenario.links), on=["lead_id", "contract", "ref"], how="left"
        )
        found = evidence.collect(tied, archive, self._privacy(grouped, leads))
        leads = leads.drop("group")
        return Result(self.scenario, self.parameters, judged, grouped, leads, balanced, tuple(found))

    def close(self, result: Result) -> output.Written:
        """Write leads, workbook, ledger, evidence and run facts into the work folder."""
        return output.write(self, result)

    def _trace(self, grouped: pl.DataFrame) -> pl.DataFrame:
        """unit, contract, ref, role, address of each source row behind the listed rows."""
        traced = self.scenario.trace(self.inputs, nw.from_native(grouped.lazy()), self.parameters)
        found: pl.DataFrame = traced.collect().to_native()
        found = found.select("unit", "contract", "ref", "role").unique(maintain_order=True)
        return found.with_columns(address=self.delivery.addresses(found["ref"]))

    def _privacy(self, grouped: pl.DataFrame, leads: pl.DataFrame) -> dict[str, str]:
        """lead_id → how far its evidence is masked."""
        firsts = grouped.unique("group", keep="first", maintain_order=True).join(
            leads.select("group", "lead_id"), on="group"
        )
        return {row["lead_id"]: subjects.privacy(row, self.scenario) for row in firsts.iter_rows(named=True)}

    def _details(self, grouped: pl.DataFrame) -> dict[str, list[str]]:
        """The detail lines of each listed unit, in order."""
        scenario = self.scenario
        if scenario.details is None or scenario.detail is None:
            return {}
        frame = scenario.details(self.inputs, nw.from_native(grouped.lazy()), self.parameters)
        found: pl.DataFrame = frame.collect().to_native()
        lines: dict[str, list[str]] = {}
        for row in found.sort("unit", "position").iter_rows(named=True):
            lines.setdefault(row["unit"], []).append(scenario.detail(row, self.parameters))
        return lines

    def _law_ref(self, code: str, on: Any) -> str:  # noqa: ANN401
        return f"{code}@{self.law.on(code, on)['valid_from']}"


def _by_lead(grouped: pl.DataFrame, traced: pl.DataFrame, leads: pl.DataFrame) -> pl.DataFrame:
    """lead_id, entity, contract, ref, role, each source row once per lead with its most important role."""
    keyed = grouped.select("group", "unit", "entity").join(leads.select("group", "lead_id"), on="group")
    rows = keyed.join(traced, on="unit").with_columns(is_side=pl.col("role") != "main")
    ordered = rows.sort("lead_id", "is_side", "contract", "ref", "role")
    return ordered.select("lead_id", "entity", "contract", "ref", "role")
