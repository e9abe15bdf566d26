"""The installed program beside this Python, as a user calls it."""

import csv
import io
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


ZHANG, WANG = "11010519491231002X", "110105194912310021"
LEFT = ["名单,,,", "姓名,身份证号,出生日期,电话", f"张三,{ZHANG},,", "李四,,1980-01-02,13800001111", f"王五,{WANG},,"]
RIGHT = [
    "公民身份号码,姓名,出生日期,手机",
    ",李四,1980/1/2,138-0000-1111",
    f"{ZHANG.lower()},张三,,",
    ",赵六,1990-01-01,",
]


@pytest.fixture
def match(program, tmp_path):
    """Link the two tables; what was said and the pairs."""

    def run(*words, left=LEFT, right=RIGHT, entity="person"):
        paths = [tmp_path / "left.csv", tmp_path / "right.csv"]
        for path, content in zip(paths, (left, right), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else "\n".join(content).encode("gb18030"))
        out = tmp_path / "pairs.csv"
        said = program("match", *paths, "--entity", entity, "--out", out, *words)
        return said, list(csv.reader(io.StringIO(out.read_text()))) if out.exists() else None

    run.left, run.right = LEFT, RIGHT
    return run
