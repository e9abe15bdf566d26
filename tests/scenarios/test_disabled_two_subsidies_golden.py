"""The sample district against what was planted in it: bins, kinds, exemptions and money of every case, at two seeds."""

import random
from pathlib import Path

import polars as pl
import pytest
import yaml

ID = "disabled_two_subsidies"
SEEDS = (1, 20260331)


@pytest.fixture(scope="session")
def found(run_of_district):
    """(Run, Result) of a seed, once per session."""
    done = {}

    def at(seed):
        if seed not in done:
            run = run_of_district(ID, seed)
            done[seed] = run, run.assess()
        return done[seed]

    return at


@pytest.fixture(scope="session")
def planted(district, found):
    """Planted cases of a seed: kind, bin, exemption, fen and the source addresses `refs` they rest on."""

    def at(seed):
        run, _ = found(seed)
        hashes = {part.file: part.sha256 for t in run.delivery.tables if t.dataset for part in t.dataset.parts}
        truth = pl.read_csv(district(seed) / "truth" / f"{ID}.csv", infer_schema=False).fill_null("")
        digest = pl.col("file").map_elements(lambda f: hashes[Path(f).name], return_dtype=pl.String)
        facts = ("case_id", "kind", "bin", "exemption", pl.col("amount_fen").cast(pl.Int64))
        return truth.group_by(*facts, maintain_order=True).agg(
            refs=pl.concat_str(digest, pl.lit(":"), "sheet", pl.lit(":"), "row")
        )

    return at


@pytest.fixture(scope="session")
def cited(found):
    """Per source address, the leads that cite it among their rows."""

    def at(seed):
        leads = found(seed)[1].leads
        return leads.explode("source_refs").rename({"source_refs": "ref"})

    return at


def _doubts(lead):
    return [x["name"] for x in lead["exemptions"] if x["answer"] != "not_applicable"]


def _differs(case, hits):
    """What is wrong with a case that ought to be listed, in words; empty when all is as planted."""
    is_ours = pl.col("ref").is_in(case["refs"]) & (pl.col("bin") == case["bin"])
    if case["bin"] != "unmatched":
        is_ours &= pl.col("kinds").list.contains(case["kind"])
    ours = hits.filter(is_ours)
    leads = ours.unique("lead_id").to_dicts()
    doubts = [_doubts(lead) for lead in leads]
    fen = sum(lead["amount_fen"] for lead in leads)
    if set(ours["ref"]) != set(case["refs"]):
        return "rows missing"
    if case["exemption"] and not all(case["exemption"] in names for names in doubts):
        return f"exemptions {doubts}"
    return f"{fen} fen" if case["bin"] in {"lead", "flagged"} and fen != case["amount_fen"] else ""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_case_is_found_with_kind_exemption_and_fen(planted, cited, seed):
    listed = planted(seed).filter(pl.col("bin") != "clear")
    wrong = {c["case_id"]: why for c in listed.iter_rows(named=True) if (why := _differs(c, cited(seed)))}
    assert wrong == {}
    assert listed.height > 100


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
