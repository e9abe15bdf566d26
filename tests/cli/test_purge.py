"""`casebook purge`: what is past its date goes and is told; nothing else."""

import json
from datetime import date

import pytest

from casebook.intake import contract as contracts
from casebook.intake import deliveries
from casebook.intake.sources import Source
from tests.cli.conftest import ROOT


@pytest.fixture
def store(tmp_path):
    """A store with one delivery that may stay until the end of 2999."""
    (tmp_path / "a.csv").write_text("姓名,身份证号,死亡日期\n张三,1,2024-01-01\n", encoding="utf-8")
    source = Source(date(2026, 3, 20), "1", retain_until=date(2999, 12, 31))
    contract = contracts.load(ROOT / "data_contracts" / "police_deaths.odcs.yaml")
    deliveries.take_in(contract, [tmp_path / "a.csv"], source, tmp_path / "store", columns=("name",))
    return tmp_path / "store"


def test_a_dry_run_destroys_nothing(call, store):
    said = call("purge", "--store", store, "--on", "3000-01-01", "--dry-run")
    assert (said.code, said.out.splitlines()[-1]) == (0, "1 table(s) past their retention date")
    assert len(list(store.glob("files/*"))) == 1


def test_it_destroys_what_is_past_its_date_and_says_so(call, store):
    assert call("purge", "--store", store, "--on", "2999-12-31").out == "0 table(s) destroyed\n"
    said = call("purge", "--store", store, "--on", "3000-01-01", "--json")
    (gone,) = json.loads(said.out)["destroyed"]
    assert (gone["contract"], gone["retain_until"]) == ("police_deaths", "2999-12-31")
    assert list(store.rglob("*.parquet")) == list(store.glob("files/*")) == []
    assert "police_deaths" in (store / "purged.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--on", "tomorrow"), ("--store", "nowhere")])
def test_a_wrong_call_is_one_sentence(call, options):
    said = call("purge", *options)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
