import shutil
from datetime import date
from pathlib import Path

import pytest

from casebook.case import delivery
from casebook.case.job import Job
from casebook.case.scenario import Input, Scenario
from casebook.errors import ContractError, SourceError

ROOT = Path(__file__).parents[2]
ID = "11010519491231002X"
SET = """set: small
as_of: 2026-03-31
synthetic: true
sources:
  police_deaths:
    files: [deaths.csv]
    obtained: {obtained}
    by: 调取证据通知书 1
"""


@pytest.fixture
def job(tmp_path):
    """A project with one contract and one delivered table of one person, obtained on the day asked for."""

    def make(obtained="2026-03-20"):
        (tmp_path / "data_contracts").mkdir(exist_ok=True)
        shutil.copy(ROOT / "data_contracts" / "police_deaths.odcs.yaml", tmp_path / "data_contracts")
        (tmp_path / "deaths.csv").write_text(f"姓名,身份证号,死亡日期,注销日期,注销原因\n王某,{ID},2020-01-02,,死亡\n")
        (tmp_path / "sources.yml").write_text(SET.format(obtained=obtained))
        job = Job.of_project(tmp_path, "small")
        job.parameters.mkdir(parents=True, exist_ok=True)
        return Job(**{**vars(job), "sources": tmp_path / "sources.yml"})

    return make


def model(*inputs):
    asked = dict.fromkeys(Scenario.__dataclass_fields__)
    return Scenario(
        **(asked | {"id": "small", "inputs": inputs, "kinds": (), "exemptions": (), "scope": (), "links": ()})
    )


DEATHS = Input("police_deaths", {"citizen_id": "比对"})


@pytest.mark.parametrize(("obtained", "problem"), [("2026-03-20", None), ("1949-12-30", "birth_in_future")])
def test_nobody_is_born_after_the_day_the_table_was_obtained(job, obtained, problem):
    received = delivery.receive(model(DEATHS), job(obtained), "small")
    assert received.frames["police_deaths"]["citizen_id_problem"].to_list() == [problem]
    assert received.obtained == {"police_deaths": date.fromisoformat(obtained)}


def test_a_table_the_set_lacks_comes_empty_with_the_same_columns(job):
    shutil.copy(ROOT / "data_contracts" / "police_moves.odcs.yaml", job().contracts)
    moves = Input("police_moves", {"citizen_id": "比对"}, optional=True)
    frames = delivery.receive(model(DEATHS, moves), job(), "small").frames
    assert frames["police_moves"].height == 0
    assert frames["police_moves"].schema == frames["police_deaths"].schema


def test_a_table_the_model_needs_must_be_in_the_set(job):
    shutil.copy(ROOT / "data_contracts" / "police_moves.odcs.yaml", job().contracts)
    with pytest.raises(SourceError, match="cannot run without police_moves"):
        delivery.receive(model(Input("police_moves", {"citizen_id": "比对"})), job(), "small")


def test_a_contract_without_a_file_is_named(job):
    with pytest.raises(ContractError, match="no file tax_payments"):
        delivery.receive(model(Input("tax_payments", {"ticket_no": "比对"})), job(), "small")


def test_the_same_bytes_are_taken_in_once(job):
    first = delivery.receive(model(DEATHS), job(), "small")
    made = {path: path.stat().st_mtime_ns for path in job().store.rglob("*.parquet")}
    assert made
    assert delivery.receive(model(DEATHS), job(), "small").frames["police_deaths"].equals(first.frames["police_deaths"])
    assert made == {path: path.stat().st_mtime_ns for path in job().store.rglob("*.parquet")}
