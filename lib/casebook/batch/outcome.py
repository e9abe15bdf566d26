"""What became of each notebook of a run: counts for the index, or the sentence that says why there is no report."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import polars as pl

from casebook import scenarios
from casebook.case.scenario import Scenario
from casebook.report import index

RESULTS = "results.json"


@dataclass(frozen=True)
class Outcome:
    """One scenario of a run. `rows_total` is rows received; `cases` counts leads by kind; amounts are fen."""

    scenario: str
    title_zh: str
    title_en: str
    line: str
    version: str
    status: str
    error: str = ""
    rows_total: int = 0
    rows_rejected: int = 0
    judged: int = 0
    bins: dict[str, int] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    amounts_fen: dict[str, int] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether there is a report."""
        return self.status == "complete"


def failure(scenario: Scenario, sentence: str) -> Outcome:
    """The outcome of a notebook that did not finish."""
    return Outcome(
        scenario.id, scenario.title_zh, scenario.title_en, scenario.line, scenario.version, "failed", sentence
    )


def success(scenario: Scenario, bundle: Path) -> Outcome:
    """The outcome read back from a whole bundle."""
    ledger = json.loads((bundle / "ledger.json").read_text())
    leads = pl.read_parquet(bundle / "leads.parquet", columns=["bin", "kinds"])
    kinds = leads.filter(pl.col("bin") == "lead").explode("kinds")["kinds"].value_counts()
    return Outcome(
        scenario=scenario.id,
        title_zh=scenario.title_zh,
        title_en=scenario.title_en,
        line=scenario.line,
        version=scenario.version,
        status="complete",
        rows_total=sum(s["rows_read"] for s in ledger["sources"]),
        rows_rejected=sum(s["rows_rejected"] for s in ledger["sources"]),
        judged=ledger["rows_judged"],
        bins=ledger["bins"],
        leads=ledger["leads"],
        cases=dict(sorted(kinds.iter_rows())),
        amounts_fen=ledger["amounts_fen"],
    )


def write(run_folder: Path, outcomes: list[Outcome]) -> None:
    """Keep the outcomes of a run beside its bundles; outcomes of other scenarios in the folder stay."""
    merged = {o.scenario: o for o in [*read(run_folder), *outcomes]}
    plain = [asdict(merged[name]) for name in sorted(merged)]
    path = run_folder / (RESULTS + ".new")
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1))
    path.rename(run_folder / RESULTS)


def read(run_folder: Path) -> list[Outcome]:
    """The outcomes of a run; none when nothing was kept."""
    path = run_folder / RESULTS
    return [Outcome(**plain) for plain in json.loads(path.read_text())] if path.is_file() else []


def shown(outcomes: list[Outcome], language: str) -> list[index.Outcome]:
    """The outcomes as the index page shows them, kinds under the titles readers know."""
    return [_shown(o, language) for o in outcomes]


def _shown(o: Outcome, language: str) -> index.Outcome:
    titles = {k.name: k.title(language) for k in scenarios.load(o.scenario).kinds}
    return index.Outcome(
        scenario=o.scenario,
        line=o.line,
        title=o.title_zh if language == "zh" else o.title_en,
        status="done" if o.is_complete else "failed",
        bins=o.leads,
        kinds={titles.get(name, name): number for name, number in o.cases.items()},
        leads=o.leads.get("lead", 0),
        rows=o.rows_total,
        amounts_fen=o.amounts_fen,
        error=o.error,
    )


def write_index(run_folder: Path, language: str = "zh") -> Path:
    """The index page of a run from its kept outcomes."""
    return index.write_index(run_folder, shown(read(run_folder), language), language)
