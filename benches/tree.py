"""What a command costs with all the processes it starts."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benches.cost import Cost

INTERVAL_S = 0.1
MIB = 1 << 20
LAST_LINES = 3


@dataclass(frozen=True)
class Ended:
    """A command that ended: exit status, cost of the whole tree, its last lines on standard error."""

    status: int
    cost: Cost
    said: str


def watched(command: list[str], folder: Path) -> Ended:
    """Run the command in the folder and wait for it.

    CPU is what the kernel counted for it and for all it waited for; the peak is the highest sum of resident memory over the
    tree, sampled ten times a second (pages that processes share count once for each: never too low but for the sampling).
    """
    with tempfile.TemporaryFile("w+") as errors:
        begun = time.perf_counter()
        started = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        peak = max(_sampled(started.pid), default=0)
        _, status, usage = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        cost = Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begun, peak / MIB)
        errors.seek(0)
        return Ended(started.returncode, cost, "\n".join(errors.read().splitlines()[-LAST_LINES:]))


def _sampled(pid: int) -> Iterator[int]:
    """Resident bytes of the tree, until its root has ended (and waits to be collected)."""
    root = psutil.Process(pid)
    while root.status() != psutil.STATUS_ZOMBIE:
        yield sum(_resident(process) for process in (root, *root.children(recursive=True)))
        time.sleep(INTERVAL_S)


def _resident(process: psutil.Process) -> int:
    """Resident bytes; none of a process that ended meanwhile."""
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0
