"""An intake killed at any moment: the store is whole after each kill, and a rerun completes it."""

import random
import subprocess
import sys
import time

import polars as pl
import pytest

from casebook.intake import deliveries, retention, store

KILLS = 50
AT_ONCE = 2
ROWS = 60_000
CHILD = """
import sys
from datetime import date
from pathlib import Path

from casebook.intake import deliveries
from casebook.intake.contract import Column, Contract
from casebook.intake.sources import Source

deliveries.reading_digest = lambda: "of one version"  # nobody edits the library between two kills
columns = (Column("name", ("姓名",), required=True), Column("note", ("备注",)))
contract = Contract("killed", "表", "局", "局", "1", "", columns, sha256="c" * 64)
source = Source(date(2026, 3, 20), "1")
print("ready", flush=True)
sys.stdin.readline()
for path in map(Path, sys.argv[2:]):
    deliveries.take_in(contract, [path], source, Path(sys.argv[1]), columns=("name", "note"))
print("done", flush=True)
"""


@pytest.fixture
def files(tmp_path):
    """Three files of one contract."""
    made = []
    for number in range(3):
        path = tmp_path / f"{number}.csv"
        lines = [f"张{number}{row},{'注' * 20}{row}" for row in range(ROWS)]
        path.write_text("\n".join(["姓名,备注", *lines]), encoding="gb18030")
        made.append(path)
    return made


def started(folder, files):
    """An intake that has imported what it needs and waits for a line."""
    words = [sys.executable, "-c", CHILD, str(folder), *map(str, files)]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    return child


def begin(child):
    child.stdin.write("\n")
    child.stdin.flush()


def whole_tables(folder):
    """Keys of the tables in the store, each proven whole."""
    found = [path for path in (folder / "killed").glob("*-*") if not path.name.startswith(".")]
    for path in found:
        said = store.account(path)
        assert (said["rows_read"], said["rows_kept"], said["rows_rejected"]) == (ROWS, ROWS, 0)
        data = pl.read_parquet(path / "data.parquet")
        assert data["source_row"].equals(pl.Series("source_row", range(2, ROWS + 2), pl.UInt32))
        assert pl.read_parquet(path / "rejects.parquet").height == pl.read_parquet(path / "flags.parquet").height == 0
    return {path.name for path in found}


@pytest.mark.slow
def test_fifty_kills_leave_no_half_table_and_a_rerun_completes(files, tmp_path):
    chance, seen = random.Random(4), []
    first = started(tmp_path / "measured", files)
    before = time.monotonic()
    begin(first)
    assert first.communicate()[0] == "done\n"
    takes = time.monotonic() - before
    for _ in range(KILLS // AT_ONCE):
        folder = tmp_path / "store" if len(seen) % 5 else tmp_path / f"fresh{len(seen)}"
        children = [started(folder, files) for _ in range(AT_ONCE)]
        for child in children:
            begin(child)
        for child in children:
            time.sleep(chance.random() * takes / AT_ONCE)
            child.kill()
            child.communicate()
        tables = whole_tables(folder)
        recorded = {one.key for one in deliveries.history(folder, "killed")}
        assert recorded <= tables
        seen.append(len(tables))
    for folder in (tmp_path / "store", tmp_path / "fresh0"):
        last = started(folder, files)
        begin(last)
        assert last.communicate()[0] == "done\n"
        assert len(whole_tables(folder)) == len(deliveries.history(folder, "killed")) == 3
        retention.sweep(folder)
        assert not list(folder.glob("killed/.incoming*"))
        digests = {digest for one in deliveries.history(folder, "killed") for _, digest in one.files}
        assert {path.name for path in folder.glob("files/*")} >= digests
    assert len(set(seen)) > 1, "every kill came at the same stage; the test proves nothing"
