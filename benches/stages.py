"""The models from the delivered files to the bundle, stage by stage, with the floor beside; then the whole `casebook batch`.

Stages run where batch runs them: intake in one process, clean, link and assess in another (the notebook's kernel), the report
in a third. `report` is what comes after the answer: lead files and evidence written, page, manifest. CPU seconds leave out the
start of processes and imports. The ratio of `all stages` is over the floor; that of the batch is over the stages of all models, so
that it shows the overhead of notebooks.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from benches import cost, tree
from benches.cost import Cost
from benches.floor import floor
from benches.settings import Settings, delivered, project
from benches.table import Limit, Row
from casebook import scenarios
from casebook.batch import parameters
from casebook.bundle import manifest
from casebook.case import delivery
from casebook.case.job import Job
from casebook.case.run import Run
from casebook.errors import BundleError, CasebookError
from casebook.intake import contract as contracts
from casebook.intake import sources as source_sets
from casebook.lawtable import load_law
from casebook.report import page

TIMES_FLOOR = 10
PEAK_MIB = 4096
RUNS = "reports/bench"
NOTEBOOK = "notebook.ipynb"


@dataclass(frozen=True)
class Model:
    """One model on the delivered files, in the project folder `root`."""

    scenario: str
    sources: Path
    root: Path

    @property
    def job(self) -> Job:
        """Its job, on these sources."""
        return replace(Job.of_project(self.root, self.scenario), sources=self.sources)

    @property
    def bundle(self) -> Path:
        """Where the batch puts its bundle."""
        return self.root / RUNS / self.scenario

    @property
    def values(self) -> dict[str, Any]:
        """The committed parameters for the set's division."""
        chosen = source_sets.load(self.sources)
        file = parameters.choose(scenarios.load(self.scenario), self.job.parameters, chosen.division or "")
        return {**parameters.read(file), "source_set": chosen.set}


@dataclass
class Sums:
    """Stage and floor costs of all models so far."""

    stages: list[Cost] = field(default_factory=list)
    floors: list[Cost] = field(default_factory=list)


def run(settings: Settings) -> Iterator[Row]:
    """Batch first, since the report of a model needs its executed notebook; then each model's stages and floor."""
    sources, root = delivered(settings.scale), project()
    casebook = Path(sys.executable).with_name("casebook")
    places = ["--sources", str(sources), "--out", str(root / RUNS)]
    ended = tree.watched([str(casebook), "batch", *settings.scenarios, "--jobs", "1", *places], root)
    sums = Sums()
    for scenario in settings.scenarios:
        yield from _model(Model(scenario, sources, root), sums)
    yield from _all(sums, ended, is_seed=settings.scale == "seed")


def _model(model: Model, sums: Sums) -> Iterator[Row]:
    """A model's stages; one that cannot run ends in a failed row and does not stop the others."""
    costs: list[Cost] = []
    try:
        for stage, spent in _stages(model):
            costs.append(spent)
            yield Row(f"{model.scenario}: {stage}", spent)
    except CasebookError as caught:
        yield Row(f"{model.scenario}: after {len(costs)} stages", error=str(caught))
        return
    together, lowest = cost.total(costs), cost.fresh(floor, model.scenario, model.job.store)
    yield Row(f"{model.scenario}: floor (DuckDB)", lowest)
    yield Row(f"{model.scenario}: all stages", together, together.cpu_s / lowest.cpu_s)
    sums.stages.append(together)
    sums.floors.append(lowest)


def _stages(model: Model) -> Iterator[tuple[str, Cost]]:
    """intake, clean, link, assess, report, from an empty store."""
    shutil.rmtree(model.job.store, ignore_errors=True)
    yield "intake", cost.fresh(take_in, model)
    with tempfile.TemporaryDirectory(dir=model.root) as work:
        *judged, written = cost.fresh(judge, model, Path(work))
        yield from zip(("clean", "link", "assess"), judged, strict=True)
        yield "report", written + cost.fresh(report, model, Path(work))


def take_in(model: Model) -> Cost:
    """Files → Parquet in the store."""
    job, chosen = model.job, source_sets.load(model.sources)
    known = contracts.load_all(job.contracts)
    needed = [known[i.contract] for i in scenarios.load(model.scenario).inputs if i.contract in chosen.sources]
    return cost.measure(lambda: [delivery.take_in(c, chosen, job.store, scenarios.columns_read(c.id)) for c in needed])[
        1
    ]


def judge(model: Model, folder: Path) -> tuple[Cost, Cost, Cost, Cost]:
    """Clean (the store read, files hashed), link, assess (prepare, judge, group, trace, evidence), write the run's files."""
    scenario = scenarios.load(model.scenario)
    values = scenario.parameters(**model.values)
    model.job.write(folder)
    opened, clean = cost.measure(lambda: Run.open(scenario, values, folder))
    _, link = cost.measure(lambda: opened.inputs)
    result, assess = cost.measure(opened.assess)
    return clean, link, assess, cost.measure(lambda: opened.close(result))[1]


def report(model: Model, folder: Path) -> Cost:
    """Run folder and executed notebook → page and manifest."""
    if not model.bundle.is_dir():
        raise BundleError(f"{model.scenario}: the batch left no bundle with the executed notebook; run it to see why")
    shutil.copy(model.bundle / NOTEBOOK, folder)
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    law = load_law(model.job.law).on
    scenario = scenarios.load(model.scenario)

    def work() -> None:
        page.write_report(folder, notebook, scenario, law)
        manifest.write(folder, {})

    return cost.measure(work)[1]


def _all(sums: Sums, ended: tree.Ended, *, is_seed: bool) -> Iterator[Row]:
    """All models over the floor, and the batch as a user runs it. Under seed scale the floor is too short to be held to."""
    stages, floors, models = cost.total(sums.stages), cost.total(sums.floors), f"{len(sums.floors)} models"
    if sums.floors:
        ratio = stages.cpu_s / floors.cpu_s
        yield Row(f"{models}: floor (DuckDB)", floors)
        limits = (Limit(ratio, "at most", TIMES_FLOOR, "× floor"),) if is_seed else ()
        yield Row(f"{models}: all stages", stages, ratio, limits)
    peak = Limit(ended.cost.peak_mib, "at most", PEAK_MIB, "MiB")
    if ended.status:
        yield Row("casebook batch --jobs 1", ended.cost, None, (peak,), f"ended with {ended.status}: {ended.said}")
    else:
        yield Row("casebook batch --jobs 1", ended.cost, ended.cost.cpu_s / stages.cpu_s, (peak,))
