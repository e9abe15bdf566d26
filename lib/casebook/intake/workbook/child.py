"""The process in which workbooks are parsed: `python -P -m casebook.intake.workbook.child FD`.

It takes tasks as lines of JSON on standard input and answers each by one line. Its memory and processor time are limited, its
standard error goes to the process that asks, and it ends with that process: `FD` is a pipe that nobody ever writes to, whose end
makes the system stop the child even in the midst of a task.
"""

import fcntl
import gc
import json
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from casebook.errors import SourceError
from casebook.intake.workbook import reader
from casebook.intake.workbook.task import Task

MEMORY_KEPT: Final = 1024 * 1024
"""Resident memory (KiB) above which the child ends after its answer, so that a large workbook leaves nothing behind."""


def end_with(lifeline: int) -> None:
    """The process ends when the other end of the pipe is closed."""
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def limit(memory: int, cpu_s: int) -> None:
    """Bounds of the next task: address space in bytes, processor seconds from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s, resource.RLIM_INFINITY))


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The account of a workbook, or its refusal."""
    limit(asked["memory"], asked["cpu_s"])
    task = Task(Path(asked["copy"]), asked["name"], Path(asked["folder"]), asked["are_hidden"])
    try:
        return {"account": asdict(reader.read(task))}
    except SourceError as bad:
        said = {"en": bad.en, "zh": bad.zh, "code": bad.code, "file": bad.file, "sheet": bad.sheet, "row": bad.row}
        return {"refused": said}


def peak_kib() -> int:
    """Highest resident memory of this program; `ru_maxrss` would count that of the process that started it."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def main() -> None:
    """Answers until there is nobody to ask."""
    end_with(int(sys.argv[1]))
    os.umask(0o077)
    gc.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()
        gc.collect()
        if peak_kib() > MEMORY_KEPT:
            return


if __name__ == "__main__":
    main()
