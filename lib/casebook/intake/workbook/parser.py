"""Asks the process set apart for workbooks, and turns its death into a refusal: no file can harm the process that asks.

One child is kept for the life of the process and started at the first workbook; a fork never shares its parent's child.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casebook.errors import SourceError
from casebook.intake import sentences

MIB: Final = 1024 * 1024
_CHILD: Final = "casebook.intake.workbook.child"
_NO_MEMORY: Final = (b"memory allocation", b"MemoryError", b"cannot allocate", b"capacity overflow")
_ENDED: Final = "ended"
_TAIL: Final = 64 * 1024
_LAST_WORDS_S: Final = 5


@dataclass(frozen=True)
class Limits:
    """What one workbook may use: address space, and processor seconds that grow with the size of the file.

    Attributes:
        wall_factor: seconds by the clock for each processor second; other work may share the machine.
    """

    memory: int = 6 * 1024 * MIB
    base_s: int = 60
    s_per_mib: int = 10
    wall_factor: int = 4

    def cpu_s(self, size: int) -> int:
        """Processor seconds for a file of so many bytes."""
        return self.base_s + self.s_per_mib * size // MIB


LIMITS: Final = Limits()


class DeathError(Exception):
    """The child has died or had to be ended; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Child:
    """A running child."""

    def __init__(self) -> None:
        lifeline, self._held = os.pipe()
        self._said = os.memfd_create("casebook-child")
        try:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", _CHILD, str(lifeline)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                pass_fds=(lifeline,),
                start_new_session=True,
                env={**os.environ, "POLARS_MAX_THREADS": "1"},
            )
        finally:
            os.close(lifeline)

    def ask(self, question: dict[str, Any], wall_s: float) -> dict[str, Any]:
        """Its answer.

        Raises:
            DeathError: it gave none.
        """
        deadline, received = time.monotonic() + wall_s, bytearray()
        source, target = self.process.stdout, self.process.stdin
        assert source is not None and target is not None  # noqa: S101, PT018
        try:
            target.write(json.dumps(question).encode() + b"\n")
            target.flush()
        except BrokenPipeError:
            raise DeathError(self._reason()) from None
        while not received.endswith(b"\n"):
            if not select.select([source], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise DeathError("workbook.time")
            block = os.read(source.fileno(), MIB)
            if not block:
                raise DeathError(self._reason())
            received += block
        return dict(json.loads(received))

    def _reason(self) -> str:
        """Why it died: its signal, and its last words when it had no memory left."""
        try:
            status = self.process.wait(_LAST_WORDS_S)
        except subprocess.TimeoutExpired:
            return "workbook.time"
        if status == 0:
            return _ENDED
        if status == -signal.SIGXCPU:
            return "workbook.time"
        size = os.fstat(self._said).st_size
        words = os.pread(self._said, _TAIL, max(0, size - _TAIL))
        has_no_memory = status == -signal.SIGKILL or any(sign in words for sign in _NO_MEMORY)
        return "workbook.memory" if has_no_memory else "workbook.damaged"

    def end(self) -> None:
        """Ends it, whatever it does."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        self.process.kill()
        self.process.wait()
        os.close(self._held)
        os.close(self._said)


_lock = threading.Lock()
_kept: dict[int, Child] = {}


def read(copy: Path, name: str, folder: Path, *, are_hidden: bool, limits: Limits = LIMITS) -> dict[str, Any]:
    """The account of a workbook, `sheets`, `left_out` and `notes`; its texts lie in the folder.

    Raises:
        SourceError: it cannot be read, or took more memory or time than is allowed.
    """
    cpu_s = limits.cpu_s(copy.stat().st_size)
    asked = {"copy": str(copy), "name": name, "folder": str(folder), "are_hidden": are_hidden, "memory": limits.memory}
    with _lock:
        try:
            said = _asked({**asked, "cpu_s": cpu_s}, cpu_s * limits.wall_factor)
        except DeathError as dead:
            raise sentences.refusal(_code(dead), name, reason="crash") from None
    if "refused" in said:
        refused = said["refused"]
        raise SourceError(refused.pop("en"), **refused)
    return dict(said["account"])


def _asked(question: dict[str, Any], wall_s: float) -> dict[str, Any]:
    """The child's answer; one that had ended by itself after its last answer is replaced, and the new one asked."""
    for is_last in (False, True):
        try:
            return _running().ask(question, wall_s)
        except DeathError as dead:
            _end()
            if is_last or dead.code != _ENDED:
                raise
        except BaseException:
            _end()
            raise
    raise AssertionError


def _code(dead: DeathError) -> str:
    return "workbook.damaged" if dead.code == _ENDED else dead.code


def _running() -> Child:
    """The child of this process, alive."""
    child = _kept.get(os.getpid())
    if child is not None and child.process.poll() is not None:
        _end()
        child = None
    return child or _kept.setdefault(os.getpid(), Child())


def _end() -> None:
    """Ends the child of this process, if it has one."""
    child = _kept.pop(os.getpid(), None)
    if child is not None:
        child.end()


atexit.register(_end)
