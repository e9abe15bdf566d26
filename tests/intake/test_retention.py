from dataclasses import replace
from datetime import date

import pytest

from casebook.intake import deliveries, retention
from casebook.intake.sources import Source

HEADER = "姓名,身份证号,乡镇,金额"
UNTIL, AFTER = date(2999, 12, 31), date(3000, 1, 1)
SOURCE = Source(date(2026, 3, 20), "调取证据通知书 1", retain_until=UNTIL)


@pytest.fixture
def store(tmp_path):
    return tmp_path / "store"


@pytest.fixture
def keep(tmp_path, contract, store):
    def run(amount, source=SOURCE, contract=contract):
        path = tmp_path / f"{amount}.csv"
        path.write_text(f"{HEADER}\n张三,1,镇,{amount}\n", encoding="utf-8")
        return deliveries.take_in(contract, [path], source, store, columns=("name",))

    return run


def copies(store):
    return sorted(path.name for path in (store / "files").iterdir())


def test_on_the_last_day_everything_stays(keep, store):
    made = keep(10)
    assert retention.purge(store, UNTIL) == []
    assert made.folder(store).is_dir()
    assert retention.journal(store) == []


def test_the_day_after_table_copy_and_record_are_gone_and_that_is_on_record(keep, store, tmp_path):
    made = keep(10)
    (gone,) = retention.purge(store, AFTER)
    assert (gone.contract, gone.rows, gone.files) == ("payments", 1, (made.files[0][1],))
    assert not made.folder(store).exists()
    assert copies(store) == []
    assert deliveries.history(store, "payments") == []
    (line,) = retention.journal(store)
    assert (line["contract"], line["retain_until"], line["files"]) == ("payments", "2999-12-31", [made.files[0][1]])
    assert "10.csv" not in (store / "purged.jsonl").read_text(encoding="utf-8")
    assert (tmp_path / "10.csv").is_file()


def test_what_has_no_date_or_a_later_one_stays(keep, store):
    kept = [keep(10, replace(SOURCE, retain_until=None)), keep(11, replace(SOURCE, retain_until=date(3005, 1, 1)))]
    keep(12)
    assert len(retention.purge(store, AFTER)) == 1
    assert all(one.folder(store).is_dir() for one in kept)
    assert len(copies(store)) == 2


def test_a_later_record_of_the_same_bytes_keeps_them(keep, store):
    keep(10)
    made = keep(10, Source(date(2026, 4, 20), "调取证据通知书 2", retain_until=date(3005, 1, 1)))
    assert retention.purge(store, AFTER) == []
    assert made.folder(store).is_dir()


def test_a_copy_another_contract_needs_stays(keep, store, contract):
    keep(10)
    other = keep(10, replace(SOURCE, retain_until=None), replace(contract, id="other"))
    (gone,) = retention.purge(store, AFTER)
    assert gone.files == ()
    assert copies(store) == [other.files[0][1]]


def test_what_a_dead_intake_left_is_removed_and_a_living_ones_stays(keep, store):
    import os
    import subprocess

    keep(10)
    ended = subprocess.Popen(["true"])
    ended.wait()
    dead, alive = (store / "payments" / f".incoming-{pid}-x" for pid in (ended.pid, os.getpid()))
    for folder in (dead, alive):
        folder.mkdir()
    retention.sweep(store)
    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_copy_nothing_was_made_of_is_removed(keep, store):
    made = keep(10)
    (store / "files" / ("f" * 64)).write_text("half")
    retention.purge(store, UNTIL)
    assert copies(store) == [made.files[0][1]]
