"""The benches can be imported and asked, tell what they measured, and keep their floor on columns that exist. No timing here."""

import importlib
import io
import json
import pkgutil

import duckdb
import numpy as np
import polars as pl
import pytest
from rich.console import Console

import benches
from benches import __main__ as command
from benches import floor, ids, names, persons, table
from benches.cost import Cost, measure, total
from benches.table import Limit, Row
from casebook import scenarios
from casebook.case.job import project_root
from casebook.ids import organisation
from casebook.intake import contract as contracts
from casebook.text import homophones

MODULES = sorted(m.name for m in pkgutil.iter_modules(benches.__path__))
SLOW = Row("link", Cost(4.0, 2.0, 512), 3.2, (Limit(4.0, "at most", 3, "CPU s"), Limit(512, "at most", 1024, "MiB")))
QUICK = Row("ids", Cost(1.25, 1.0, 1300), 60.0, (Limit(60, "at least", 50, "×"),))
SHOWN = Row("floor", Cost(0.5, 0.5, 90))
BROKEN = Row("batch", error="ended with 1: [red] no notebook")


def printed(*rows):
    console = Console(file=io.StringIO(), width=table.WIDTH)
    table.show([("fake", row) for row in rows], console)
    return console.file.getvalue()


@pytest.mark.parametrize("name", MODULES)
def test_every_bench_module_can_be_imported_and_says_what_it_is(name):
    assert importlib.import_module(f"benches.{name}").__doc__


def test_the_command_knows_every_module_that_runs():
    running = {n for n in MODULES if hasattr(importlib.import_module(f"benches.{n}"), "run")}
    assert set(command.BENCHES) == running


@pytest.mark.parametrize(("row", "verdict"), [(SLOW, "over"), (QUICK, "ok"), (SHOWN, ""), (BROKEN, "failed")])
def test_verdict_follows_the_limits(row, verdict):
    assert (row.verdict, row.is_bad) == (verdict, verdict in ("over", "failed"))


@pytest.mark.parametrize(("sense", "kept"), [("at most", True), ("at least", True)])
def test_the_bound_itself_is_kept(sense, kept):
    assert Limit(3, sense, 3, "s").is_kept is kept


def test_table_shows_cost_ratio_limit_and_verdict():
    lines = printed(SLOW, QUICK, SHOWN).splitlines()
    link = next(line for line in lines if " link " in line)
    assert [cell.strip() for cell in link.strip("│ ").split("│")] == [
        "fake", "link", "4.00", "2.00", "512", "3.2×", "4 ≤ 3 CPU s", "over"
    ]  # fmt: skip
    assert "1,300" in next(line for line in lines if " ids " in line)


def test_why_a_bench_failed_stands_below_the_table():
    assert printed(BROKEN).splitlines()[-1] == "fake, batch: ended with 1: [red] no notebook"


def test_json_holds_the_figures(tmp_path):
    table.write([("fake", SLOW)], tmp_path / "found.json")
    (found,) = json.loads((tmp_path / "found.json").read_text())
    assert (found["bench"], found["cost"]["peak_mib"], found["verdict"]) == ("fake", 512, "over")
    assert found["limits"][0] == {"figure": 4.0, "sense": "at most", "bound": 3, "unit": "CPU s"}


@pytest.mark.parametrize(("row", "status"), [(QUICK, 0), (SLOW, 1), (BROKEN, 1)])
def test_exit_is_1_when_a_limit_is_passed(monkeypatch, capsys, row, status):
    monkeypatch.setattr(command, "BENCHES", {"names": lambda _: iter([row])})
    monkeypatch.setattr("sys.argv", ["benches", "--only", "names"])
    assert command.main() == status
    assert row.name in capsys.readouterr().out


def test_times_add_up_and_the_higher_peak_stays():
    assert total([Cost(1, 2, 30), Cost(4, 5, 20)]) == Cost(5, 7, 30)


def test_peak_forgets_what_was_held_before():
    _, large = measure(lambda: np.ones(40_000_000).sum())
    _, small = measure(lambda: None)
    assert large.peak_mib - small.peak_mib > 250


@pytest.mark.parametrize("scenario", scenarios.known())
def test_floor_joins_columns_the_contracts_have(scenario):
    known = contracts.load_all(project_root(floor.Path(__file__)) / "data_contracts")
    with duckdb.connect(":memory:") as database:
        for needed in scenarios.load(scenario).inputs:
            columns = ", ".join(f"{name} VARCHAR" for name in known[needed.contract].names)
            database.execute(f"CREATE TABLE {needed.contract} ({columns})")
        assert database.execute(floor.prepared(database, scenario)).fetchall() == []


def test_floor_reads_the_store_and_nothing_else(tmp_path):
    (tmp_path / "store").mkdir()
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "store" / "in.parquet")
    pl.DataFrame({"a": [2]}).write_parquet(tmp_path / "out.parquet")
    with duckdb.connect(":memory:", config=floor.LOCKED) as database:
        floor.lock(database, tmp_path / "store")
        assert database.execute(f"SELECT a FROM '{tmp_path}/store/in.parquet'").fetchall() == [(1,)]
        with pytest.raises(duckdb.PermissionException):
            database.execute(f"SELECT a FROM '{tmp_path}/out.parquet'")


def test_most_names_are_read_alike_by_us_and_the_peer():
    few = names.person_names().head(500)
    alike = names.right(homophones.key(few).to_list(), names.sounds(few.to_list()))
    assert alike / 500 >= names.SAME_SOUND


def test_we_are_right_on_every_vector_of_names_and_the_peer_is_not():
    scored = list(names.vectors())
    assert [row.verdict for row in scored] == ["", "ok", "ok", "ok"]
    lines = names.table("homophone")
    assert names.right(names.sounds(lines["input"].to_list()), lines["expected"].to_list()) < 0.8 * len(lines)


def test_firms_of_the_bench_are_all_different():
    firms = names.firm_names()
    assert firms.n_unique() == firms.len() > 90_000


def test_one_code_in_fifty_is_broken():
    assert organisation.clean(ids.unified_codes(500))["problem"].is_null().sum() == 490


def test_links_between_known_persons_are_scored(monkeypatch):
    monkeypatch.setattr(persons, "ROWS", 2_000)
    monkeypatch.setattr(persons, "SHARED", 1_500)
    left, right = persons.sides()
    assert left["ref"].is_in(right["ref"] - 2_000).sum() == 1_500
    assert 0.99 < persons.linked()[1] <= 1
