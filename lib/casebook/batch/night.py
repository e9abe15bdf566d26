"""A whole batch: take in the files once, run the notebooks side by side, keep the outcomes, make the index.

One failure does not stop the rest; nothing appears in the run folder that is not whole.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from pathlib import Path

from casebook import scenarios
from casebook.batch import execute, outcome
from casebook.batch.execute import Task
from casebook.batch.outcome import Outcome
from casebook.case import delivery
from casebook.errors import CasebookError
from casebook.intake import contract as contracts
from casebook.intake import sources as source_sets

Report = Callable[[str, str, int, int], None]
"""Told of progress: stage (`intake` or a scenario id), what, done, total."""


def silent(_stage: str, _what: str, _done: int, _total: int) -> None:
    """Nobody listens."""


def take_in(tasks: list[Task], report: Report = silent) -> None:
    """Read every file the tasks need into the store, each once.

    A file that is refused is left to the notebooks that need it: they fail with its sentence, the others go on.
    """
    if not tasks:
        return
    job = tasks[0].job
    chosen, known = source_sets.load(job.sources), contracts.load_all(job.contracts)
    needed = sorted(
        {i.contract for t in tasks for i in scenarios.load(t.scenario).inputs} & set(chosen.sources) & set(known)
    )
    for number, contract_id in enumerate(needed):
        report("intake", contract_id, number, len(needed))
        try:
            delivery.take_in(known[contract_id], chosen.files(contract_id), job.store)
        except CasebookError:
            continue
    report("intake", "", len(needed), len(needed))


def run(tasks: list[Task], jobs: int = 1, report: Report = silent) -> list[Outcome]:
    """Run the tasks, at most `jobs` at a time; outcomes in the order of the tasks."""
    take_in(tasks, report)
    with _pool(jobs) as pool:
        waiting = {pool.submit(execute.run, task): task for task in tasks}
        found = dict(_collect(waiting, report))
    outcomes = [found[task.scenario] for task in tasks]
    finish(tasks[0].run_folder, outcomes, str(tasks[0].parameters.get("language", "zh")))
    return outcomes


def _pool(jobs: int) -> Executor:
    """Fresh processes: a fork of a process that used Polars can hang."""
    return ProcessPoolExecutor(max_workers=max(1, jobs), mp_context=multiprocessing.get_context("spawn"))


def _collect(waiting: dict[Future[Outcome], Task], report: Report) -> Iterator[tuple[str, Outcome]]:
    for done, future in enumerate(as_completed(waiting), start=1):
        task = waiting[future]
        report(task.scenario, "", done, len(waiting))
        yield task.scenario, _outcome(task, future)


def _outcome(task: Task, future: Future[Outcome]) -> Outcome:
    """The task's outcome; a worker that died or a refusal is a failed outcome too."""
    caught = future.exception()
    if caught is None:
        return future.result()
    told = str(caught) if isinstance(caught, CasebookError) else f"the worker ended early ({type(caught).__name__})"
    return outcome.failure(scenarios.load(task.scenario), told)


def finish(run_folder: Path, outcomes: list[Outcome], language: str) -> Path:
    """Keep the outcomes and rebuild the index page of the run."""
    run_folder.mkdir(parents=True, exist_ok=True)
    outcome.write(run_folder, outcomes)
    return outcome.write_index(run_folder, language)


def default_jobs() -> int:
    """One notebook a core, two at most: each holds its tables in memory."""
    return min(2, os.cpu_count() or 1)
