"""One notebook through papermill in a kernel of its own: quiet, without the shell's secrets, told cell by cell."""

import logging
import os
import re
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, papermill_engines
from papermill.exceptions import PapermillExecutionError

import casebook.errors
from casebook.errors import CasebookError

IPYTHON = ".ipython"
PROGRESS = ".progress"
KEPT = {
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "SYSTEMROOT", "POLARS_MAX_THREADS", "PYTHONPATH", "PYTHONHASHSEED",
    "PYTHONUTF8", "JUPYTER_PATH", "JUPYTER_RUNTIME_DIR", "JUPYTER_PLATFORM_DIRS", "OPENBLAS_NUM_THREADS",
}  # fmt: skip
PATIENCE_SECONDS = 300
LONG_NUMBER = re.compile(r"[0-9]{11,}[0-9Xx]?")


class _Quiet(Engine):  # type: ignore[misc]  # papermill has no types
    """papermill's engine with the kernel's own output dropped (it may quote data) and its environment chosen."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:  # noqa: ANN401
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            startup_timeout=PATIENCE_SECONDS,
            iopub_timeout=PATIENCE_SECONDS,
            extra_arguments=["--log-level=40", "--HistoryManager.enabled=False"],
            on_cell_start=options["on_cell_start"],
        )
        client.execute(env=options["env"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def execute(notebook: Path, executed: Path, parameters: dict[str, Any]) -> str:
    """Execute the notebook into `executed`, in its folder; why it did not end well, empty when it did."""
    papermill_engines.register("casebook", _Quiet)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            papermill.execute_notebook(
                str(notebook), str(executed), parameters, cwd=str(executed.parent), progress_bar=False, engine_name="casebook",
                kernel_name="python3", language="python", request_save_on_cell_execute=False, env=environment(executed.parent),
                on_cell_start=_teller(executed.parent, notebook),
            )  # fmt: skip
    except PapermillExecutionError as caught:
        return sentence(caught.exec_count, caught.ename, caught.evalue)
    except RuntimeError as caught:
        return f"the kernel of {notebook.name} ended before its notebook did ({type(caught).__name__})"
    return ""


def environment(work: Path) -> dict[str, str]:
    """What a kernel gets: enough to start, no secrets of the shell, no start-up files of the user."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return {**kept, "IPYTHONDIR": str(work / IPYTHON), "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def sentence(cell: int | None, kind: str, told: str) -> str:
    """What failed: our own errors speak for themselves; of any other only the kind is told, since its words may quote data."""
    known = getattr(casebook.errors, kind, None) if kind.isidentifier() else None
    ours = isinstance(known, type) and issubclass(known, CasebookError)
    said = told if ours else f"{kind}; run the notebook in JupyterLab to see where"
    return LONG_NUMBER.sub("…", f"cell {cell}: {said}" if cell else said)


def _teller(work: Path, notebook: Path) -> Callable[..., None]:
    """Told of each cell, keeps `done total` in a file of the work folder, where the batch looks."""
    total = len(nbformat.read(notebook, as_version=4).cells) + 1

    def tell(cell_index: int, **_rest: Any) -> None:  # noqa: ANN401
        (work / PROGRESS).write_text(f"{cell_index} {total}")

    return tell
