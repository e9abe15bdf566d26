"""A whole batch: take in the files once, run the notebooks side by side, keep each outcome as it comes, with the index.

One failure does not stop the rest; nothing appears in the run folder that is not whole, and nothing stale stays beside a failure.
"""

import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future

from casebook import scenarios
from casebook.batch import data_centre, outcome, pool
from casebook.batch.execute import Task
from casebook.batch.outcome import Outcome
from casebook.batch.plan import Plan
from casebook.batch.pool import Report
from casebook.bundle import run_folder
from casebook.case.centre import Received, receive
from casebook.intake import contract as contracts
from casebook.intake import retention
from casebook.intake import sources as source_sets
from casebook.intake.deliveries import Delivery


def silent(_what: str, _done: int, _total: int) -> None:
    """Nobody listens."""


def run(plan: Plan, jobs: int = 1, report: Report = silent) -> list[Outcome]:
    """Run the plan, at most `jobs` notebooks at a time; outcomes in the order asked.

    Raises:
        BundleError: another batch is running in the same folder.
    """
    found: dict[str, Outcome] = {}
    with run_folder.alone(plan.out):
        for one in _outcomes(plan, jobs, report):
            keep(plan, one)
            found[one.scenario] = one
            report("notebooks", len(found), len(plan.order))
    return [found[scenario] for scenario in plan.order]


def keep(plan: Plan, one: Outcome) -> None:
    """Keep an outcome beside the bundles and rebuild the index; a failure's older bundle is set aside."""
    if not one.is_complete:
        run_folder.set_aside(plan.out / one.scenario)
    outcome.write(plan.out, [one])
    outcome.write_index(plan.out, plan.language)


def _outcomes(plan: Plan, jobs: int, report: Report) -> Iterator[Outcome]:
    received = take_in(plan, report)
    data_centre.write(plan, received)
    yield from plan.refused
    refusals = {name: said for name, said in received.items() if not isinstance(said, Delivery)}
    ready = []
    for task in plan.tasks:
        wanted = (i.contract for i in scenarios.load(task.scenario).inputs)
        told = next((refusals[name] for name in wanted if name in refusals), None)
        if told:
            yield outcome.failure(scenarios.load(task.scenario), told[1], told[0])
        else:
            ready.append(task)
    yield from _run(ready, jobs, report)


def _run(tasks: list[Task], jobs: int, report: Report) -> Iterator[Outcome]:
    """A worker that died takes its neighbours with it: each of these runs once more, alone, and only the culprit fails."""
    lost = []
    for task, future in pool.run(tasks, jobs, report):
        if isinstance(future.exception(), BrokenExecutor):
            lost.append(task)
        else:
            yield _outcome(task, future)
    for task in lost:
        for _, future in pool.run([task], 1, report):
            yield _outcome(task, future)


def _outcome(task: Task, future: Future[Outcome]) -> Outcome:
    caught = future.exception()
    if caught is None:
        return future.result()
    if isinstance(caught, BrokenExecutor):
        told = "its process was ended from outside (out of memory?); run it alone or with fewer jobs"
    else:
        told = f"the bundle could not be made ({type(caught).__name__}); please report this as a defect"
    return outcome.failure(scenarios.load(task.scenario), told)


def take_in(plan: Plan, report: Report = silent) -> Received:
    """Read every file the models asked for need into the store, each once; the sentence where files are refused."""
    job = plan.job
    chosen, known = source_sets.load(job.sources), contracts.load_all(job.contracts)
    wanted = {table.contract for model in map(scenarios.load, plan.order) for table in model.inputs}
    needed = sorted(wanted & set(chosen.sources) & set(known))
    retention.sweep(job.store)
    received = {}
    for number, contract_id in enumerate(needed):
        report(f"intake {contract_id}", number, len(needed))
        received[contract_id] = receive(known[contract_id], chosen, job.store, scenarios.columns_read(contract_id))
    report("intake", len(needed), len(needed))
    return received


def default_jobs() -> int:
    """One notebook a core, two at most: each holds its tables in memory."""
    return min(2, os.cpu_count() or 1)
