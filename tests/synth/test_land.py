from collections import Counter

import polars as pl
import pytest

from casebook.synth import land
from casebook.synth.land_law import TAX_AREA_CODES
from casebook.synth.table import Csv, Xls, Xlsx
from casebook.synth.truth import Truth
from casebook.synth.world import Scale, World

KINDS = {"not_registered", "not_declared", "under_area", "wrong_grade", "late_start", "short_paid", "overpaid"}
EXCLUDED = {
    *("state_organ_own_use", "budget_unit_own_use", "religious_park_scenic", "municipal_public_land", "farming_land"),
    *("reclaimed_land", "hardship_relief", "farmland_first_year", "home_plot"),
}
FLAGGED = {
    *("exempt_unit_land_let", "infrastructure_art6_7", "small_entity_relief", "bulk_commodity_storage"),
    *("high_tech_enterprise", "actual_user_pays", "co_owner_paid", "leased_collective_land"),
    *("free_use_of_exempt_land", "register_event", "branch_or_head_pays", "idle_by_government"),
    *("claim_to_administrator", "name_conflict", "weak_match", "approval_after_handover", "right_may_run_on"),
}
REGISTRY = "registry_real_estate"


def made(seed=1, scale="sample"):
    truth = Truth("land_use_tax")
    return {table.contract_id: table for table in land.make(World(seed, Scale.of(scale)), truth)}, truth


@pytest.fixture(scope="module")
def sample():
    return made()


@pytest.fixture(scope="module")
def seeded():
    return made(scale="seed")


def cases(truth):
    return list({planted.case_id: planted for planted, _, _ in truth.lines}.values())


def exemptions(truth, bin_):
    return {case.exemption for case in cases(truth) if case.bin == bin_}


def test_the_same_seed_gives_the_same_tables_and_truth(sample):
    tables, truth = made()
    assert all(tables[name].frame.equals(table.frame) for name, table in sample[0].items())
    assert truth.lines == sample[1].lines


def test_another_seed_gives_another_district(sample):
    assert not made(seed=2)[0][REGISTRY].frame.equals(sample[0][REGISTRY].frame)


def test_the_eight_tables_come_in_their_offices_shapes(sample):
    tables, _ = sample
    assert len(tables) == 8
    assert isinstance(tables[REGISTRY].shape, Xlsx)
    assert isinstance(tables["land_supply_contracts"].shape, Xls)
    assert tables["tax_payments"].shape == Csv()
    assert tables["market_registrations"].shape == Csv(encoding="utf-8-sig")


def test_every_kind_is_a_lead(sample):
    assert {case.kind for case in cases(sample[1]) if case.bin == "lead"} == KINDS


def test_every_proving_exemption_excludes_and_every_doubtful_one_flags(sample):
    assert exemptions(sample[1], "excluded") == EXCLUDED
    assert exemptions(sample[1], "flagged") == FLAGGED


def test_only_flagged_and_excluded_cases_name_an_exemption(sample):
    assert exemptions(sample[1], "lead") | exemptions(sample[1], "clear") | exemptions(sample[1], "unmatched") == {""}


def test_sample_has_each_case_once_at_least(sample, seeded):
    def slugs(truth):
        return {case.case_id.rsplit("-", 1)[0] for case in cases(truth)}

    assert slugs(sample[1]) == slugs(seeded[1])


def test_case_ids_are_unique_and_rows_lie_in_the_register(sample):
    tables, truth = sample
    height = tables[REGISTRY].frame.height
    assert all(table == tables[REGISTRY].name and 0 <= row < height for _, table, row in truth.lines)
    assert len({(planted.case_id, row) for planted, _, row in truth.lines}) == len(truth.lines)


def test_seed_leads_owe_about_thirty_million_yuan(seeded):
    leads = [case for case in cases(seeded[1]) if case.bin == "lead"]
    assert 120 <= len(leads) <= 200
    assert 25_000_000_00 <= sum(case.amount_fen for case in leads if case.kind != "overpaid") <= 35_000_000_00


def test_seed_registers_twelve_thousand_parcels(seeded):
    assert 11_900 <= seeded[0][REGISTRY].frame.height <= 12_200


def test_leads_reach_the_minimum_and_clear_cases_move_no_money(sample):
    amounts = [(case.bin, case.amount_fen) for case in cases(sample[1])]
    assert min(fen for bin_, fen in amounts if bin_ in {"lead", "flagged", "excluded"}) == 100_000
    assert {fen for bin_, fen in amounts if bin_ in {"clear", "unmatched"}} == {0}


def test_all_ids_belong_to_the_unassigned_area(sample):
    parcels = sample[0][REGISTRY].frame["宗地代码"].str.replace_all(" ", "")
    assert parcels.str.starts_with("900001").all()
    codes = sample[0]["tax_registrations"].frame["纳税人识别号"]
    assert codes.str.contains(r"^([0-9A-Z]{2}900001[0-9A-Z]{10}|900001[0-9A-Z]{9})$").all()


def test_only_planted_rows_lie_outside_the_tax_area(sample):
    tables, truth = sample
    parcels = tables[REGISTRY].frame["宗地代码"].str.replace_all(" ", "").str.slice(0, 9)
    outside = {row for row, code in enumerate(parcels) if code not in TAX_AREA_CODES}
    assert outside == {row for planted, _, row in truth.lines if "outside_tax_area" in planted.case_id}


def test_numbers_that_must_be_unique_are(seeded):
    tables, _ = seeded
    for name, column in [
        ("land_supply_contracts", "电子监管号"),
        ("tax_registrations", "纳税人识别号"),
        ("tax_land_sources", "土地编号"),
        ("market_registrations", "统一社会信用代码"),
        ("land_use_penalties", "处罚决定书文号"),
    ]:
        assert tables[name].frame[column].is_duplicated().sum() == 0, column
    assert tables[REGISTRY].frame.select("不动产单元号", "权利人").is_duplicated().sum() == 0


def test_this_tax_has_several_labels_and_other_taxes_stand_between(seeded):
    labels = Counter(seeded[0]["tax_payments"].frame["征收项目"].to_list())
    assert labels["城镇土地使用税"] > labels["土地税"] > 100
    assert labels["土地使用税"] > 100
    assert {"增值税", "房产税"} < set(labels)


def test_registry_has_history_shared_rows_and_units_in_the_cell(sample):
    frame = sample[0][REGISTRY].frame
    assert (frame["权属状态"] == "历史").sum() > 5
    assert frame["权利人证件号"].str.contains("、").sum() >= 4
    assert frame["宗地面积"].str.contains("亩").sum() > 5


def test_payments_hold_refunds_and_surcharges(sample):
    frame = sample[0]["tax_payments"].frame
    assert frame["实缴金额"].str.starts_with("-").sum() > 3
    assert (frame["税款种类"] == "滞纳金").sum() > 3
    assert frame.select(pl.col("统一社会信用代码").is_null().sum()).item() > 3
