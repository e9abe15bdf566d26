"""One notebook → one bundle, or a named failure and nothing.

papermill runs the notebook in a work folder beside the place of the bundle; only when the kernel ended well, the last cell ran
and every file is there does the folder get its report, manifest and `COMPLETE`, and its final name by rename.
"""

import contextlib
import io
import logging
import os
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from casebook import scenarios
from casebook.batch import outcome as outcomes
from casebook.batch.outcome import Outcome
from casebook.batch.parameters import check
from casebook.bundle import manifest
from casebook.case.job import JOB_FILE, Job
from casebook.errors import BundleError
from casebook.lawtable import load_law
from casebook.report import page

NOTEBOOK = "notebook.ipynb"
MADE_BY_RUN = ("leads.parquet", "leads.xlsx", "ledger.json", "evidence.json", "run.json")
KEPT_FROM_SHELL = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "POLARS_MAX_THREADS", "SYSTEMROOT")


@dataclass(frozen=True)
class Task:
    """One notebook to run: where it is, what it gets, where its bundle goes."""

    scenario: str
    notebook: Path
    parameters: dict[str, Any]
    job: Job
    run_folder: Path

    @property
    def bundle(self) -> Path:
        """Final folder of the bundle."""
        return self.run_folder / self.scenario


def work_folder(task: Task) -> Path:
    """A new private folder beside the bundle's place."""
    task.run_folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{task.scenario}-", dir=task.run_folder))


def run(task: Task) -> Outcome:
    """Run one task to its end; a failure is an outcome too and leaves no bundle of this run behind."""
    scenario = scenarios.load(task.scenario)
    check(scenario, task.parameters, "parameters")
    work = work_folder(task)
    try:
        failed = _execute(task, work)
        if failed:
            return outcomes.failure(scenario, failed)
        _finish(task, work)
        return outcomes.success(scenario, task.bundle)
    except BundleError as caught:
        return outcomes.failure(scenario, str(caught))
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _execute(task: Task, work: Path) -> str:
    """Execute the notebook in the work folder; the sentence that says why it did not finish, empty when it did."""
    task.job.write(work)
    quiet = io.StringIO()
    try:
        with contextlib.redirect_stderr(quiet), warnings.catch_warnings(), _lean_environment():
            warnings.simplefilter("ignore")
            logging.getLogger("papermill").setLevel(logging.ERROR)
            papermill.execute_notebook(
                str(task.notebook), str(work / NOTEBOOK), task.parameters, cwd=str(work), progress_bar=False,
                kernel_name="python3", autosave_cell_every=0, extra_arguments=["--log-level=40"],
            )  # fmt: skip
    except PapermillExecutionError as caught:
        return _sentence(caught)
    except RuntimeError as caught:
        return f"the kernel of {task.notebook.name} ended before its notebook did ({type(caught).__name__})"
    return _unfinished(work)


@contextlib.contextmanager
def _lean_environment() -> Any:  # noqa: ANN401
    """The kernel gets what it needs to start, no secrets from the shell."""
    kept = dict(os.environ)
    lean = {
        name: value
        for name, value in kept.items()
        if name in KEPT_FROM_SHELL or name.startswith(("JUPYTER", "PYTHON", "OPENBLAS"))
    }
    os.environ.clear()
    os.environ.update(lean)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _sentence(caught: PapermillExecutionError) -> str:
    """What failed: our own errors speak for themselves; of any other only its kind is told, since it may quote data."""
    ours = caught.ename.endswith("Error") and caught.ename in _own_errors()
    told = caught.evalue if ours else f"{caught.ename}; run the notebook in JupyterLab to see it"
    return f"cell {caught.exec_count}: {told}"


def _own_errors() -> set[str]:
    import casebook.errors as known  # noqa: PLC0415  (read as a catalogue of names)

    return {name for name in vars(known) if name.endswith("Error")}


def _unfinished(work: Path) -> str:
    """Why the executed notebook does not count as finished; empty when it does. A dead kernel still leaves "completed" cells."""
    notebook = nbformat.read(work / NOTEBOOK, as_version=4)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    text = "".join(str(o.get("data", {}).get("text/plain", "")) for o in code[-1].outputs)
    if "written: " not in text:
        return "the last cell did not run to its end"
    missing = [name for name in MADE_BY_RUN if not (work / name).is_file()]
    return f"the run did not write {', '.join(missing)}" if missing else ""


def _finish(task: Task, work: Path) -> None:
    """Report, manifest, COMPLETE; then the folder takes the bundle's name."""
    (work / JOB_FILE).unlink()
    notebook = _without_machine(nbformat.read(work / NOTEBOOK, as_version=4))
    nbformat.write(notebook, work / NOTEBOOK)
    page.write_report(work, notebook, scenarios.load(task.scenario), load_law(task.job.law).on)
    manifest.write(work)
    if task.bundle.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{task.scenario}-old-", dir=task.run_folder))
        task.bundle.rename(old / "bundle")
        shutil.rmtree(old)
    work.rename(task.bundle)


def _without_machine(notebook: Any) -> Any:  # noqa: ANN401
    """The notebook without machine paths and clocks that papermill leaves in its metadata."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return notebook
