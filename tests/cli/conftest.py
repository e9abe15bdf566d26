"""The installed program beside this Python, as a user calls it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import casebook
from casebook.cli import main

ROOT = Path(casebook.__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("casebook")


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def all(self):
        return self.out + self.err


@pytest.fixture(scope="session")
def call():
    """Call `casebook …` in a folder; nothing it says is ever a traceback."""
    assert PROGRAM.is_file(), "the program is not installed beside this Python; run make setup"
    environment = {k: v for k, v in os.environ.items() if k != "CASEBOOK_TRACEBACK"} | {"COLUMNS": "200"}

    def run(*words, cwd=ROOT):
        done = subprocess.run(
            [PROGRAM, *map(str, words)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A project folder of its own with the committed notebooks and samples."""
    root = tmp_path_factory.mktemp("project")
    for name in ("data_contracts", "parameters", "notebooks", "tests/samples"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("*.lock"))
    return root


@pytest.fixture
def program(monkeypatch, capfdbinary, tmp_path):
    """Call `casebook …` in this process, with bytes on standard input; what it says comes back as bytes and text."""

    def run(*words, given=b""):
        (tmp_path / "stdin").write_bytes(given)
        with (tmp_path / "stdin").open() as stdin, monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", stdin)
            patched.setattr(sys, "argv", ["casebook", *map(str, words)])
            patched.setattr(sys, "excepthook", sys.excepthook)
            with pytest.raises(SystemExit) as left:
                main()
        out, err = capfdbinary.readouterr()
        return Said(left.value.code, out.decode(), err.decode())

    return run
