"""What became of each notebook of a run: counts for the index, or the sentence that says why there is no report."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl

from casebook import scenarios
from casebook.bundle.manifest import COMPLETE
from casebook.case.scenario import Scenario
from casebook.errors import BundleError
from casebook.report import index
from casebook.report.told import deals_in_money
from casebook.report.words import label_of

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
    error_zh: str = ""
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


def failure(scenario: Scenario, sentence: str, sentence_zh: str = "") -> Outcome:
    """The outcome of a notebook that did not finish, with the reason; in Chinese too where it is known."""
    names = (scenario.id, scenario.title_zh, scenario.title_en, scenario.line, scenario.version)
    return Outcome(*names, "failed", sentence, sentence_zh)


def success(scenario: Scenario, bundle: Path) -> Outcome:
    """The outcome read back from a whole bundle."""
    ledger = json.loads((bundle / "ledger.json").read_text(encoding="utf-8"))
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
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    path.replace(run_folder / RESULTS)


def read(run_folder: Path) -> list[Outcome]:
    """The outcomes of a run; none when nothing was kept.

    Raises:
        BundleError: the file is not as this module writes it.
    """
    path = run_folder / RESULTS
    if not path.is_file():
        return []
    try:
        return [Outcome(**plain) for plain in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError, RecursionError):
        raise BundleError(
            f"{run_folder.name}/{RESULTS}: not the outcomes of a batch of this version; run the batch again"
        ) from None


def language(run_folder: Path) -> str:
    """The language of the run's reports: that of its first whole bundle, Chinese when there is none."""
    for path in sorted(run_folder.glob(f"*/{COMPLETE}")):
        facts = json.loads((path.parent / "run.json").read_text(encoding="utf-8"))
        return str(facts["parameters"]["language"])
    return "zh"


def write_index(run_folder: Path, language: str) -> Path:
    """The index page of a run from its kept outcomes and the bundles that are there."""
    outcomes = [shown(o, run_folder, language) for o in read(run_folder)]
    return index.write_index(run_folder, outcomes, language, about(run_folder))


def about(run_folder: Path) -> index.About:
    """The sets of the run's whole bundles, and when its outcomes were last kept, by the clock of this machine."""
    facts = [json.loads((p.parent / "run.json").read_text(encoding="utf-8")) for p in run_folder.glob(f"*/{COMPLETE}")]
    sets = sorted({(str(f["set"]), date.fromisoformat(f["as_of"])) for f in facts})
    kept = run_folder / RESULTS
    finished = datetime.fromtimestamp(kept.stat().st_mtime).astimezone() if kept.is_file() else None
    return index.About(tuple(sets), finished)


def shown(o: Outcome, run_folder: Path, language: str) -> index.Outcome:
    """The outcome as the index page shows it, kinds under their short names; without a whole bundle it is a failure."""
    is_there = (run_folder / o.scenario / COMPLETE).is_file()
    error = o.error_zh if language == "zh" and o.error_zh else o.error
    gone = "" if is_there or o.error else f"its bundle {o.scenario}/ is not whole or was moved; run it again"
    titles = _kind_names(o.scenario, language)
    has_amounts = o.scenario not in scenarios.known() or deals_in_money(scenarios.load(o.scenario))
    return index.Outcome(
        scenario=o.scenario,
        line=o.line,
        title=o.title_zh if language == "zh" else o.title_en,
        status="done" if o.is_complete and is_there else "failed",
        bins=o.bins,
        kinds={titles.get(name, name): number for name, number in o.cases.items()},
        leads=o.leads.get("lead", 0),
        rows=o.rows_total,
        amounts_fen=o.amounts_fen if has_amounts else {},
        error=error or gone,
    )


def _kind_names(scenario: str, language: str) -> dict[str, str]:
    """Short names by name; none for a model that is no longer part of the program."""
    known = scenario in scenarios.known()
    return {k.name: label_of(k, language) for k in scenarios.load(scenario).kinds} if known else {}
