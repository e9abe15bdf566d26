"""What a piece of work costs: CPU seconds of all threads, wall seconds, peak resident memory. Linux only (`/proc`)."""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
STATUS, FORGET_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
KIB = 1024


@dataclass(frozen=True)
class Cost:
    """CPU seconds, wall seconds and the highest resident memory (MiB) while the work ran, the process's own included."""

    cpu_s: float
    wall_s: float
    peak_mib: float

    def __add__(self, other: "Cost") -> "Cost":
        """One after the other: times add up, the higher peak stays."""
        return Cost(self.cpu_s + other.cpu_s, self.wall_s + other.wall_s, max(self.peak_mib, other.peak_mib))


def total(costs: list[Cost]) -> Cost:
    """All one after the other."""
    return reduce(add, costs, Cost(0, 0, 0))


def measure(work: Callable[[], T]) -> tuple[T, Cost]:
    """The answer of the work and what it cost in this process; what the process held before counts into the peak."""
    FORGET_PEAK.write_text("5")
    cpu, wall = time.process_time(), time.perf_counter()
    answer = work()
    return answer, Cost(time.process_time() - cpu, time.perf_counter() - wall, peak_mib())


def cheapest(work: Callable[[], object], times: int = 3) -> Cost:
    """The cheapest of a few goes: what disturbs a machine only ever adds."""
    return min((measure(work)[1] for _ in range(times)), key=lambda cost: cost.cpu_s)


def peak_mib() -> float:
    """Highest resident memory since it was last forgotten (`VmHWM`)."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / KIB


def fresh(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The answer of a module's function called in a new process that ends afterwards."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()
