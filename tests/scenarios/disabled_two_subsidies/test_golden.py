"""The sample district against what was planted in it: bins, kinds, exemptions and money of every case, at two seeds."""

import random
from functools import partial

import polars as pl
import pytest
import yaml

from casebook.scenarios import disabled_two_subsidies_judged_rows as judged_rows
from casebook.scenarios import disabled_two_subsidies_rows as rows

ID = "disabled_two_subsidies"
SEEDS = (1, 20260331)


@pytest.fixture
def found(assessed):
    """(Run, Result) of a seed."""
    return partial(assessed, ID)


@pytest.fixture
def planted(planted_in):
    """Planted cases of a seed."""
    return partial(planted_in, ID)


@pytest.fixture
def cited(cited_in):
    """Per source address, the leads that cite it among their rows."""
    return partial(cited_in, ID)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_case_is_found_with_kind_exemption_and_fen(planted, unlike_planted, seed):
    assert unlike_planted(ID, seed) == {}
    assert planted(seed).filter(pl.col("bin") != "clear").height > 100


@pytest.mark.parametrize("seed", SEEDS)
def test_near_misses_are_nowhere_listed(planted, cited, seed):
    clear = planted(seed).filter(pl.col("bin") == "clear").explode("refs").rename({"refs": "ref"})
    main = cited(seed).join(clear.select("ref", "case_id"), on="ref", how="inner")
    assert main["case_id"].unique().to_list() == []
    assert clear["case_id"].n_unique() >= 20


@pytest.mark.parametrize("seed", SEEDS)
def test_every_listed_lead_rests_on_a_planted_row(planted, cited, seed):
    refs = planted(seed).filter(pl.col("bin") != "clear").explode("refs").select("bin", ref="refs")
    resting = cited(seed).join(refs, on=["ref", "bin"], how="semi")["lead_id"]
    assert set(cited(seed)["lead_id"]) - set(resting) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_forty_five_persons_and_the_planted_sum(planted, found, seed):
    leads = found(seed)[1].leads.filter(pl.col("bin") == "lead")
    over = leads.filter(pl.col("direction") == "over")
    assert over["subject_ref"].n_unique() == 45
    cases = planted(seed).filter(pl.col("bin") == "lead")
    is_under = pl.col("kind").is_in(["underpaid", "paid_below_standard"])
    sums = dict(cases.group_by(is_under.alias("is_under")).agg(pl.col("amount_fen").sum()).iter_rows())
    assert found(seed)[1].ledger.amounts_fen == {"over": sums[False], "under": sums[True]}


@pytest.mark.parametrize("seed", SEEDS)
def test_ledger_balances(found, seed):
    run, result = found(seed)
    told = result.ledger.to_json()
    assert sum(told["bins"].values()) == told["rows_judged"] == result.judged.height
    assert all(s["rows_read"] == s["rows_kept"] + s["rows_rejected"] for s in told["sources"])
    assert told["leads"] == {b: result.leads.filter(pl.col("bin") == b).height for b in told["leads"]}
    assert {s["contract"] for s in told["sources"]} == {t.contract.id for t in run.delivery.tables if t.dataset}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_payment_of_the_year_is_judged_or_out_of_the_period(found, seed):
    run, result = found(seed)
    payments = run.delivery.frames["civil_subsidy_payments"]
    unmatched = result.judged.filter(pl.col("bin") == "unmatched").height
    first, last = result.judged["month"].min(), result.judged["month"].max()
    in_period = payments.filter(pl.col("pay_month").is_between(first, last) & (pl.col("amount_fen") > 0)).height
    assert result.judged["n_paid"].sum() + unmatched == in_period


def test_two_runs_write_the_same_bytes(run_of_district):
    runs = [run_of_district(ID) for _ in range(2)]
    for run in runs:
        run.close(run.assess())
    first, second = ((run.job.out / "leads.parquet").read_bytes() for run in runs)
    assert first == second


def test_order_of_files_leaves_the_leads_as_they_are(district, found, run_of_district):
    told = yaml.safe_load((district(1) / "sources.yml").read_text())
    for entry in told["sources"].values():
        random.Random(7).shuffle(entry["files"])
    shuffled = district(1) / "shuffled.yml"
    shuffled.write_text(yaml.safe_dump(told, allow_unicode=True))
    assert run_of_district(ID, 1, shuffled).assess().leads.equals(found(1)[1].leads)


def _every_unpaid(paid, inputs, p):
    """All months of all persons and subsidies in which nothing was paid, whatever the tables say."""
    grid = (
        inputs.once(rows.persons).select("person").join(rows.months_of_period(inputs, p).select("month"), how="cross")
    )
    grid = grid.join(inputs.rows({"subsidy": [rows.LIVING, rows.NURSING]}), how="cross").with_columns(who=rows.who())
    return grid.select("who", "month", key=rows.at_month("who")).join(paid.select("key"), on="key", how="anti")


def test_no_month_that_may_be_owed_is_left_out_beforehand(run_of_district, monkeypatch):
    run = run_of_district(ID)
    judged = run.judge().sort("unit")
    monkeypatch.setattr(judged_rows, "_unpaid", _every_unpaid)
    everything = run.judge().sort("unit")
    assert judged.filter(pl.col("n_paid") == 0).height > 100
    assert judged.select("unit", "bin", "amount_fen").equals(everything.select("unit", "bin", "amount_fen"))
