import json
import os
import signal
import subprocess
import sys
import textwrap
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casebook.errors import SourceError
from casebook.intake.workbook import parser
from casebook.intake.workbook.parser import Limits

SHEET = "xl/worksheets/sheet1.xml"
CORNER = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.fixture
def book(tmp_path, xlsx):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx)
    return path


@pytest.fixture
def ask(book, tmp_path):
    def run(limits=parser.LIMITS, folder=None):
        return parser.read(book, "a.xlsx", folder or tmp_path, are_hidden=False, limits=limits)

    return run


def change(book, name, edit):
    """The workbook with one part changed or added."""
    with zipfile.ZipFile(book) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[name] = edit(parts.get(name))
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)


def child():
    return parser._kept[os.getpid()].process.pid


def refused(ask, limits=parser.LIMITS):
    with pytest.raises(SourceError) as caught:
        ask(limits)
    return caught.value.code


def test_one_child_answers_one_workbook_after_another(ask):
    sheet = {"name": "表", "height": 61, "width": 3, "batches": 1}
    assert sheet.items() <= ask()["sheets"][0].items()
    first = child()
    assert sheet.items() <= ask()["sheets"][0].items()
    assert child() == first


def test_a_refusal_comes_through_whole_and_the_child_lives_on(ask, book):
    ask()
    first = child()
    book.write_bytes(book.read_bytes()[:-30])
    with pytest.raises(SourceError) as caught:
        ask()
    bad = caught.value
    assert (bad.code, bad.file, bad.sheet, bad.row) == ("zip.damaged", "a.xlsx", "", 0)
    assert "重新报送" in bad.zh
    assert child() == first


def test_a_child_that_died_meanwhile_is_replaced(ask):
    ask()
    first = child()
    os.kill(first, signal.SIGKILL)
    parser._kept[os.getpid()].process.wait()
    ask()
    assert child() != first


def test_texts_are_readable_by_the_owner_only(ask, tmp_path):
    ask()
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("*.arrow")} == {0}


def test_too_little_memory_is_a_refusal_and_the_next_workbook_is_read(ask, book, capfd):
    change(book, "xl/media/large", lambda _: bytes(range(256)) * 40_000)
    assert refused(ask, Limits(memory=64 * parser.MIB)) == "workbook.memory"
    assert ask()["sheets"][0]["height"] == 61
    assert capfd.readouterr().err == ""


def test_too_little_processor_time_is_a_refusal(ask, monkeypatch):
    ask()
    os.kill(child(), signal.SIGSTOP)
    assert refused(ask, Limits(base_s=1, s_per_mib=0, wall_factor=0)) == "workbook.time"
    assert os.getpid() not in parser._kept
    assert ask()["sheets"][0]["height"] == 61


def test_a_child_out_of_processor_time_is_told_from_a_crash(monkeypatch, book, tmp_path):
    for code, said in (
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "workbook.time"),
        ("import os; os.abort()", "workbook.damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "workbook.memory"),
        ("import os; os.write(2, b'memory allocation of 9 bytes failed'); os.abort()", "workbook.memory"),
    ):
        (tmp_path / "dying.py").write_text(f"input(); {code}")
        parser._end()
        monkeypatch.setattr(parser, "_CHILD", "dying")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        with pytest.raises(SourceError) as caught:
            parser.read(book, "a.xlsx", tmp_path, are_hidden=False)
        assert caught.value.code == said
    monkeypatch.undo()


def test_threads_take_turns(book, tmp_path):
    def one(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        return parser.read(book, "a.xlsx", folder, are_hidden=False)["sheets"][0]["height"]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(12))) == [61] * 12


ASKING = """
    import os, sys
    from pathlib import Path
    from casebook.intake.workbook import parser
    book, folder = map(Path, sys.argv[1:])
    parser.read(book, "a.xlsx", folder, are_hidden=False)
    pids = [parser._kept[os.getpid()].process.pid]
    inner = os.fork()
    if inner == 0:
        parser.read(book, "a.xlsx", folder, are_hidden=False)
        os._exit(int(parser._kept[os.getpid()].process.pid in pids))
    assert os.waitpid(inner, 0)[1] == 0
    os.kill(pids[0], 19)
    print(pids[0], flush=True)
    os.kill(os.getpid(), 9)
"""


def test_the_child_ends_with_a_killed_parent_and_is_not_shared_by_a_fork(book, tmp_path):
    script = tmp_path / "asking.py"
    script.write_text(textwrap.dedent(ASKING))
    ended = subprocess.run([sys.executable, script, book, tmp_path], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (-9, "")
    pid = int(ended.stdout)
    descriptor = _descriptor(pid)
    if descriptor is not None:
        os.kill(pid, signal.SIGCONT)
        assert parser.select.select([descriptor], [], [], 30)[0] == [descriptor]
        os.close(descriptor)


def _descriptor(pid):
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


def test_the_child_imports_nothing_from_the_working_folder(book, tmp_path, monkeypatch):
    parser._end()
    (tmp_path / "polars.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert parser.read(book, "a.xlsx", tmp_path, are_hidden=False)["sheets"][0]["height"] == 61


def test_limits_grow_with_the_file():
    assert Limits().cpu_s(0) == 60
    assert Limits().cpu_s(20 * parser.MIB) == 260


def test_answers_are_plain_json(ask):
    assert json.loads(json.dumps(ask())) == ask()


def test_a_cell_in_the_last_corner_costs_the_child_only(ask, book, capfd):
    change(book, SHEET, lambda part: part.replace(b"</sheetData>", CORNER))
    assert refused(ask) == "workbook.memory"
    assert capfd.readouterr().err == ""


def test_a_large_parent_makes_no_short_lived_child(ask):
    held = b"x" * (1_100 * parser.MIB)
    parser._end()
    ask()
    with pytest.raises(subprocess.TimeoutExpired):
        parser._kept[os.getpid()].process.wait(0.5)
    assert len(held) == 1_100 * parser.MIB


def test_a_child_that_ended_after_its_answer_is_replaced_unnoticed(book, tmp_path):
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        account = parser.read(book, "a.xlsx", tmp_path / str(number), are_hidden=False)
        assert account["sheets"]
        child = parser._kept[os.getpid()]
        child.process.stdin.close()
        child.process.wait()
        child.process.poll = lambda: None  # as if its end were not seen yet
        child.process.stdin = Path(os.devnull).open("wb")  # noqa: SIM115
