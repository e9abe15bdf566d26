"""One notebook → one bundle, or a named failure and nothing.

The notebook runs in a work folder beside the place of the bundle; only when the kernel ended well, the last cell ran and every file is
there does the folder get its report, manifest and `COMPLETE`, and its final name by rename.
"""

import multiprocessing
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from casebook import scenarios
from casebook.batch import kernel
from casebook.batch import outcome as outcomes
from casebook.batch.outcome import Outcome
from casebook.batch.parameters import check
from casebook.bundle import machine, manifest, run_folder
from casebook.case.job import JOB_FILE, Job
from casebook.errors import BundleError, CasebookError
from casebook.lawtable import load_law
from casebook.report import page

NOTEBOOK = "notebook.ipynb"
MADE_BY_RUN = ("leads.parquet", "leads.xlsx", "ledger.json", "evidence.json", "run.json")
LEFT_BY_KERNEL = (kernel.IPYTHON, kernel.PROGRESS, JOB_FILE, ".ipynb_checkpoints")


@dataclass(frozen=True)
class Task:
    """One notebook to run: where it is, what it gets, where its bundle goes. All paths are absolute."""

    scenario: str
    notebook: Path
    parameters: dict[str, Any]
    job: Job
    run_folder: Path

    @property
    def bundle(self) -> Path:
        """Final folder of the bundle."""
        return self.run_folder / self.scenario


def run(task: Task) -> Outcome:
    """Run one task to its end; a failure is an outcome too and leaves nothing of this run behind."""
    scenario = scenarios.load(task.scenario)
    work = run_folder.work_folder(task.run_folder, task.scenario)
    try:
        check(scenario, task.parameters, "parameters")
        task.job.write(work)
        failed = kernel.execute(task.notebook, work / NOTEBOOK, task.parameters) or unfinished(work)
        if failed:
            return outcomes.failure(scenario, failed)
        _finish(task, work)
        return outcomes.success(scenario, task.bundle)
    except CasebookError as caught:
        return outcomes.failure(scenario, str(caught))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def unfinished(work: Path) -> str:
    """Why the executed notebook does not count as finished; empty when it does.

    A dead kernel still leaves cells called completed, so the last cell must have shown what `run.close` hands back, no cell may hold
    an error, and exactly the files of a run must be there.
    """
    code = [c for c in nbformat.read(work / NOTEBOOK, as_version=4).cells if c.cell_type == "code"]
    outputs = [o for c in code for o in c.outputs]
    if any(o.output_type == "error" for o in outputs):
        return "a cell ended in an error; every cell must run to its end"
    last = code[-1].outputs if code else []
    if not any(str(o.get("data", {}).get("text/plain", "")).startswith("written: ") for o in last):
        return "the last cell did not run to its end; it must be run.close(result)"
    missing = [name for name in MADE_BY_RUN if not (work / name).is_file()]
    if missing:
        return f"the run did not write {', '.join(missing)}"
    strange = {p.name for p in work.iterdir()} - {NOTEBOOK, *MADE_BY_RUN, *LEFT_BY_KERNEL}
    return f"the notebook wrote {len(strange)} file(s) of its own; only run.close writes files" if strange else ""


def _finish(task: Task, work: Path) -> None:
    """Report, manifest, COMPLETE; then the folder takes the bundle's name."""
    _remove(work, LEFT_BY_KERNEL)
    notebook = machine.without_machine(nbformat.read(work / NOTEBOOK, as_version=4))
    nbformat.write(notebook, work / NOTEBOOK)
    page.write_report(work, notebook, scenarios.load(task.scenario), load_law(task.job.law).on)
    machine.refuse_paths(work, machine.paths_of_machine(task.run_folder, task.job.contracts.parent))
    manifest.write(work, {"notebook_sha256": manifest.digest(task.notebook)})
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        raise BundleError(f"{task.scenario}: its batch ended before it did; run the batch again")
    run_folder.publish(work, task.bundle)


def _remove(work: Path, names: tuple[str, ...]) -> None:
    for name in names:
        path = work / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
