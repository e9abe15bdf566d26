"""Tasks side by side in fresh processes; told how far each is; on an interrupt nothing stays behind."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any, NoReturn

from casebook.batch import execute, kernel
from casebook.batch.execute import Task
from casebook.batch.outcome import Outcome
from casebook.bundle.run_folder import WORK

Report = Callable[[str, int, int], None]
"""Told of progress: what, how many done, of how many."""

LOOK_SECONDS = 0.5
GRACE_SECONDS = 10


def run(tasks: list[Task], jobs: int, report: Report) -> Iterator[tuple[Task, Future[Outcome]]]:
    """Each task with its finished future, as they end, at most `jobs` at a time."""
    if not tasks:
        return
    context = multiprocessing.get_context("spawn")  # a fork of a process that used Polars can hang
    executor = ProcessPoolExecutor(max(1, min(jobs, len(tasks))), mp_context=context, initializer=_in_worker)
    is_over = False
    try:
        waiting = {executor.submit(execute.run, task): task for task in tasks}
        while waiting:
            ended, _ = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED)
            _tell_cells(list(waiting.values()), report)
            for future in ended:
                yield waiting.pop(future), future
        is_over = True
    finally:
        executor.shutdown(wait=is_over, cancel_futures=True)
        if not is_over:
            _stop()


def _in_worker() -> None:
    """A worker leaves Ctrl-C to its parent; told to stop, it ends its kernel and removes its work folder on the way out."""
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, _leave)


def _leave(*_: Any) -> NoReturn:  # noqa: ANN401
    raise SystemExit(143)


def _stop() -> None:
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    for child in children:
        child.join(GRACE_SECONDS)
        if child.is_alive():
            child.kill()


def _tell_cells(tasks: list[Task], report: Report) -> None:
    """Report the cell each running notebook is at."""
    for task in tasks:
        for place in task.run_folder.glob(f"{WORK}{task.scenario}-*/{kernel.PROGRESS}"):
            try:
                done, total = place.read_text().split()
            except (OSError, ValueError):  # just being written, or gone: the next look will tell
                continue
            report(task.scenario, int(done), int(total))
