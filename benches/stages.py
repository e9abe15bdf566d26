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
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from benches import cost, tree
from benches.cost import Cost
from benches.floor import floor
from benches.settings import Settings, delivered, project
from benches.table import Limit, Row
from casebook import scenarios
from casebook.batch import execute, night, plan
from casebook.batch.execute import Task
from casebook.batch.plan import Request
from casebook.bundle import manifest
from casebook.case.run import Run
from casebook.errors import BundleError, CasebookError
from casebook.lawtable import load_law
from casebook.report import page

TIMES_FLOOR = 10
PEAK_MIB = 4096
RUNS = "reports/bench"


@dataclass
class Sums:
    """Stage and floor costs of all models so far."""

    stages: list[Cost] = field(default_factory=list)
    floors: list[Cost] = field(default_factory=list)


def run(settings: Settings) -> Iterator[Row]:
    """Batch first, since the report of a model needs its executed notebook; then each model's stages and floor."""
    sources, root = delivered(settings.scale), project()
    ended = tree.run(_command(sources, root), root)
    sums = Sums()
    for scenario in scenarios.known():
        yield from _model(scenario, Request(root, sources, root / RUNS, (scenario,)), sums)
    yield from _all(sums, ended)


def _command(sources: Path, root: Path) -> list[str]:
    casebook = Path(sys.executable).with_name("casebook")
    return [str(casebook), "batch", "--jobs", "1", "--sources", str(sources), "--out", str(root / RUNS)]


def _model(scenario: str, request: Request, sums: Sums) -> Iterator[Row]:
    """A model's stages; one that cannot run is a failed row and does not stop the others."""
    try:
        (task,) = plan.tasks(request)
        costs = _stages(task)
    except CasebookError as caught:
        yield Row(f"{scenario}: stages", error=str(caught))
        return
    lowest = cost.fresh(floor, scenario, task.job.store)
    yield from (Row(f"{scenario}: {stage}", spent) for stage, spent in costs.items())
    yield Row(f"{scenario}: floor (DuckDB)", lowest)
    together = cost.total(list(costs.values()))
    yield Row(f"{scenario}: all stages", together, together.cpu_s / lowest.cpu_s)
    sums.stages.append(together)
    sums.floors.append(lowest)


def _stages(task: Task) -> dict[str, Cost]:
    """intake, clean, link, assess, report of one task, from an empty store."""
    shutil.rmtree(task.job.store, ignore_errors=True)
    intake = cost.fresh(take_in, task)
    with tempfile.TemporaryDirectory(dir=task.run_folder.parent) as work:
        *judged, written = cost.fresh(judge, task, Path(work))
        shown = cost.fresh(report, task, Path(work))
    return {"intake": intake, **dict(zip(("clean", "link", "assess"), judged, strict=True)), "report": written + shown}


def take_in(task: Task) -> Cost:
    """Files → Parquet in the store."""
    return cost.measure(lambda: night.take_in([task]))[1]


def judge(task: Task, folder: Path) -> tuple[Cost, Cost, Cost, Cost]:
    """Clean (the store read, files hashed), link, assess (prepare, judge, group, trace, evidence), write the run's files."""
    scenario = scenarios.load(task.scenario)
    parameters = scenario.parameters(**task.parameters)
    task.job.write(folder)
    opened, clean = cost.measure(lambda: Run.open(scenario, parameters, folder))
    _, link = cost.measure(lambda: opened.inputs)
    result, assess = cost.measure(opened.assess)
    return clean, link, assess, cost.measure(lambda: opened.close(result))[1]


def report(task: Task, folder: Path) -> Cost:
    """Run folder and executed notebook → page and manifest."""
    if not task.bundle.is_dir():
        raise BundleError(f"{task.scenario}: the batch left no bundle with the executed notebook; run it to see why")
    shutil.copy(task.bundle / execute.NOTEBOOK, folder)
    notebook = nbformat.read(folder / execute.NOTEBOOK, as_version=4)
    law = load_law(task.job.law).on
    scenario = scenarios.load(task.scenario)

    def work() -> None:
        page.write_report(folder, notebook, scenario, law)
        manifest.write(folder)

    return cost.measure(work)[1]


def _all(sums: Sums, ended: tree.Ended) -> Iterator[Row]:
    """All models over the floor, and the batch as a user runs it."""
    stages, floors = cost.total(sums.stages), cost.total(sums.floors)
    if sums.floors:
        ratio = stages.cpu_s / floors.cpu_s
        yield Row("all models: floor (DuckDB)", floors)
        yield Row("all models: all stages", stages, ratio, (Limit(ratio, "at most", TIMES_FLOOR, "× floor"),))
    if ended.status != 0:
        yield Row("casebook batch", ended.cost, error=f"ended with {ended.status}: {ended.said.strip()}")
        return
    times = ended.cost.cpu_s / stages.cpu_s
    yield Row("casebook batch", ended.cost, times, (Limit(ended.cost.peak_mib, "at most", PEAK_MIB, "MiB"),))
