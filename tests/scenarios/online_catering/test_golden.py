"""The sample district against what was planted in it: bin, kind and exemption of every shop, at two seeds; dishes by their truth."""

from functools import partial

import polars as pl
import pytest

from casebook.text import patterns

ID = "online_catering"
SEEDS = (1, 20260331)
STRONG = 0.8


@pytest.fixture
def found(assessed):
    """(Run, Result) of a seed."""
    return partial(assessed, ID)


@pytest.fixture
def planted(planted_in):
    """Planted shops of a seed."""
    return partial(planted_in, ID)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_shop_is_found_with_kind_and_exemption(planted, unlike_planted, seed):
    assert unlike_planted(ID, seed) == {}
    assert planted(seed)["case_id"].n_unique() >= 60


@pytest.mark.parametrize("seed", SEEDS)
def test_every_listed_lead_rests_on_a_planted_shop(planted, found, seed):
    refs = planted(seed).filter(pl.col("bin") != "clear").explode("refs")["refs"]
    leads = found(seed)[1].leads
    assert (
        leads.filter(pl.col("source_refs").list.eval(pl.element().is_in(refs.implode())).list.any()).height
        == leads.height
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_every_kind_and_exemption_is_planted_and_met(planted, found, seed):
    run, result = found(seed)
    kinds = set(result.leads.filter(pl.col("bin") == "lead").explode("kinds")["kinds"])
    assert kinds == {k.name for k in run.scenario.kinds}
    assert set(planted(seed)["exemption"]) - {""} == {x.name for x in run.scenario.exemptions}


@pytest.mark.parametrize("seed", SEEDS)
def test_ledger_balances_and_no_money_is_claimed(found, seed):
    _, result = found(seed)
    told = result.ledger.to_json()
    assert sum(told["bins"].values()) == told["rows_judged"] == result.judged.height
    assert set(told["amounts_fen"].values()) == {0}


@pytest.fixture
def dishes(district, found):
    """Every dish row of a seed: what the dictionary says of it, strong items only, and what it is by the planted truth."""

    def at(seed):
        run, _ = found(seed)
        table = next(t for t in run.delivery.tables if t.contract.id == "platform_dishes")
        files = {table.offset + number: part.file for number, part in enumerate(table.dataset.parts)}
        frame = run.delivery.frames["platform_dishes"].select("ref", "dish")
        named = patterns.classify(frame["dish"], run.delivery.standards["dishes.csv"])
        item = pl.when(pl.col("weight") >= STRONG).then(pl.col("item").replace({"裱花糕点": "糕点"}))
        rows = frame.join(named, left_on="dish", right_on="text", how="left").select(
            said=item,
            file=(pl.col("ref") // 2**32).replace_strict(files, return_dtype=pl.String),
            row=pl.col("ref") % 2**32,
        )
        truth = pl.read_csv(district(seed) / "truth" / "online_catering_dishes.csv")
        truth = truth.with_columns(pl.col("file").str.split("/").list.last())
        return rows.join(truth, on=["file", "row"], how="inner", validate="1:1")

    return at


@pytest.mark.parametrize("seed", SEEDS)
def test_strong_items_are_nearly_always_right(dishes, seed):
    strong = dishes(seed).drop_nulls("said")
    assert dishes(seed).height > 5_000
    assert strong.select((pl.col("said") == pl.col("item")).mean()).item() >= 0.99


@pytest.mark.parametrize("seed", SEEDS)
def test_look_alikes_never_need_a_wrong_item(dishes, seed):
    alike = dishes(seed).filter("lookalike").drop_nulls("said")
    assert alike.filter(pl.col("said") != pl.col("item")).height == 0


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.93), (True, 0.75)])
def test_most_dishes_that_need_an_item_are_known(dishes, held_out, least):
    needing = dishes(1).filter((pl.col("held_out") == held_out) & (pl.col("item") != "预包装"))
    assert needing.select((pl.col("said") == pl.col("item")).fill_null(value=False).mean()).item() >= least


def test_two_runs_write_the_same_leads(run_of_district, found):
    assert run_of_district(ID).assess().leads.equals(found(1)[1].leads)
