"""The sample district against what was planted in it: bins, kinds, exemptions and money of every case, at two seeds."""

import re
from decimal import Decimal
from functools import partial

import polars as pl
import pytest

ID = "land_use_tax"
SEEDS = (1, 20260331)


@pytest.fixture
def cited(cited_in):
    """Per source address the leads that cite it."""
    return partial(cited_in, ID)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_case_is_found_with_kind_exemption_and_fen(planted_in, unlike_planted, seed):
    assert unlike_planted(ID, seed) == {}
    assert planted_in(ID, seed).filter(pl.col("bin") != "clear").height >= 70


@pytest.mark.parametrize("seed", SEEDS)
def test_near_misses_are_nowhere_listed(planted_in, cited, seed):
    clear = planted_in(ID, seed).filter(pl.col("bin") == "clear").explode("refs").rename({"refs": "ref"})
    assert cited(seed).join(clear, on="ref", how="semi")["lead_id"].to_list() == []
    assert clear["case_id"].n_unique() >= 15


@pytest.mark.parametrize("seed", SEEDS)
def test_every_listed_lead_rests_on_a_planted_row(planted_in, cited, seed):
    refs = planted_in(ID, seed).filter(pl.col("bin") != "clear").explode("refs").select("bin", ref="refs")
    resting = cited(seed).join(refs, on=["ref", "bin"], how="semi")["lead_id"]
    assert set(cited(seed)["lead_id"]) == set(resting)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_lead_per_holder_and_the_planted_sums(planted_in, assessed, seed):
    result = assessed(ID, seed)[1]
    leads = result.leads.filter(pl.col("bin") == "lead")
    assert leads.select("subject_ref", "direction").is_duplicated().sum() == 0
    cases = planted_in(ID, seed).filter(pl.col("bin") == "lead")
    sums = cases.group_by(pl.col("kind") == "overpaid").agg(pl.col("amount_fen").sum())
    assert result.ledger.amounts_fen == {"under" if is_under else "over": fen for is_under, fen in sums.iter_rows()}


@pytest.mark.parametrize("seed", SEEDS)
def test_ledger_balances(assessed, seed):
    result = assessed(ID, seed)[1]
    told = result.ledger.to_json()
    assert sum(told["bins"].values()) == told["rows_judged"] == result.judged.height
    assert all(s["rows_read"] == s["rows_kept"] + s["rows_rejected"] for s in told["sources"])


def test_every_holder_is_judged_for_every_year(assessed):
    judged = assessed(ID, 1)[1].judged.filter(pl.col("entity").is_not_null())
    assert judged.group_by("entity").len()["len"].unique().to_list() == [3]
    assert judged["unit"].is_unique().all()


def test_individuals_are_masked_as_persons(assessed):
    leads = assessed(ID, 1)[1].leads
    persons = leads.filter(pl.col("key_type") == "person")
    assert persons["subject"].str.contains(r"^.\*+ 900001\*{10}..$").all()
    assert persons.height >= 3


def test_two_runs_write_the_same_bytes(run_of_district):
    runs = [run_of_district(ID) for _ in range(2)]
    for run in runs:
        run.close(run.assess())
    first, second = ((run.job.out / "leads.parquet").read_bytes() for run in runs)
    assert first == second


def _gap(lead):
    """Yuan between the lines of the rights and the years' totals, beyond the cent each line is rounded by."""
    rights, totals, lines = {}, {}, {}
    for line in lead["computation"]:
        year = line[:4]
        if found := re.search(r"/12 = ([0-9,.]+) \(", line):
            rights[year] = rights.get(year, 0) + Decimal(found[1].replace(",", ""))
            lines[year] = lines.get(year, 0) + 1
        elif found := re.match(r"[0-9]{4} (?:不计减免)?应缴 ([0-9,.]+) −", line):
            totals[year] = Decimal(found[1].replace(",", ""))
    return [y for y, total in totals.items() if abs(rights.get(y, 0) - total) > Decimal("0.01") * lines.get(y, 0)]


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_the_rights_add_up_to_what_is_due(assessed, seed):
    leads = assessed(ID, seed)[1].leads.filter(pl.col("bin") != "unmatched")
    assert [lead["lead_id"] for lead in leads.iter_rows(named=True) if _gap(lead)] == []
