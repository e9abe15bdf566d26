"""What is planted in the subsidy agencies: every kind and exemption, balanced sums, a clean background."""

from collections import Counter

import polars as pl
import pytest

from casebook.ids import citizen
from casebook.synth import subsidy
from casebook.synth.subsidy_book import CERTIFICATES, LOW_INCOME, PAYMENTS
from casebook.synth.subsidy_people import background, payments
from casebook.synth.subsidy_registers import registers
from casebook.synth.table import NUMBER
from casebook.synth.truth import Truth
from casebook.synth.world import Scale, World

OVER = (
    *("after_death", "moved_out", "no_valid_certificate", "grade_not_1_2", "not_low_income", "double_same_subsidy"),
    *("excluded_by_work_injury_nursing_fee", "excluded_by_destitute_support", "orphan_living", "choose_higher"),
    *("in_prison", "wrong_standard"),
)
UNDER = ("paid_below_standard", "underpaid")
EXCLUDED = ("refunded", "cancelled_not_death", "declaration_revoked")
FLAGGED = (
    *("lump_back_payment", "certificate_being_renewed", "certificate_cancelled_without_date", "regraded_later"),
    *("move_destination_unknown", "death_date_unknown", "choice_of_higher", "guardian_id", "name_conflict"),
    *("weak_match", "local_rule_on_prison"),
)
WORLD = World(11, Scale.of("sample"))


@pytest.fixture(scope="module")
def book():
    return subsidy.plant(WORLD)


@pytest.fixture(scope="module")
def people():
    return background(WORLD, 5_000)


def cases(book, bin_):
    return [case for case, _, _ in book.planted if case.bin == bin_]


@pytest.mark.parametrize("kind", [*OVER, *UNDER])
def test_every_kind_is_planted(book, kind):
    bins = {case.bin for case, _, _ in book.planted if case.kind == kind}
    assert ("flagged" if kind == "in_prison" else "lead") in bins


@pytest.mark.parametrize("exemption", EXCLUDED)
def test_every_excluding_exemption_is_planted(book, exemption):
    assert exemption in {case.exemption for case in cases(book, "excluded")}


@pytest.mark.parametrize("exemption", FLAGGED)
def test_every_flagging_exemption_is_planted(book, exemption):
    assert exemption in {case.exemption for case in cases(book, "flagged")}


def test_no_name_outside_the_vocabulary(book):
    assert {case.kind for case, _, _ in book.planted} == {*OVER, *UNDER}
    assert {case.exemption for case, _, _ in book.planted} == {"", *EXCLUDED, *FLAGGED}


def test_near_misses_stand_on_most_kinds(book):
    assert {case.kind for case in cases(book, "clear")} >= set(OVER) - {"wrong_standard"}
    assert len(cases(book, "unmatched")) == 5


def test_forty_five_persons_were_paid_about_forty_thousand_yuan_too_much(book):
    leads = [case for case in cases(book, "lead") if case.kind in OVER]
    assert len(leads) == 45
    assert 38_000_00 <= sum(case.amount_fen for case in leads) <= 42_000_00


def test_thirty_persons_are_owed_money(book):
    leads = [case for case in cases(book, "lead") if case.kind in UNDER]
    assert Counter(case.kind for case in leads) == {"underpaid": 24, "paid_below_standard": 6}


def test_one_person_has_one_case_but_for_grace_and_annual_rows(book):
    ids = Counter(case.case_id.removesuffix("b") for case, _, _ in book.planted)
    both_sides = {name for name, count in ids.items() if count > 1}
    assert both_sides == {"subsidy-no_valid_certificate-07", *(f"subsidy-lump_annual-{n:02d}" for n in (1, 2, 3))}


def test_after_death_amount_is_what_was_paid_from_the_next_month(book):
    case, _, handles = book.planted[0]
    rows = [book.rows[PAYMENTS][handle] for handle in handles]
    assert [row["发放月份"] for row in rows] == [f"2025-{month:02d}" for month in range(3, 9)]
    assert case.amount_fen == sum(int(row["发放金额"]) * 100 for row in rows) == 900_00


def test_lead_for_overpayment_never_exceeds_what_the_rows_paid(book):
    for case, contract, handles in book.planted:
        if case.bin == "lead" and contract == PAYMENTS and case.kind in OVER:
            assert case.amount_fen <= sum(int(book.rows[PAYMENTS][h]["发放金额"]) * 100 for h in handles)


def test_month_of_death_is_the_last_month_of_the_clear_case(book):
    for case, _, handles in book.planted:
        if case.case_id.startswith("subsidy-month_of_death"):
            last = book.rows[PAYMENTS][handles[-1]]
            died = [row["死亡日期"] for row in book.rows["police_deaths"] if row["身份证号"] == last["身份证号"]]
            assert [day[:7] for day in died] == [last["发放月份"]]


def test_persons_never_paid_have_no_payment_row(book):
    paid = {row["身份证号"] for row in book.rows[PAYMENTS]}
    for case, contract, handles in book.planted:
        if case.case_id.startswith("subsidy-underpaid-"):
            assert contract == CERTIFICATES
            assert book.rows[CERTIFICATES][handles[0]]["身份证号"] not in paid


def test_unmatched_rows_have_neither_id_nor_certificate(book):
    for case, _, handles in book.planted:
        if case.bin == "unmatched":
            rows = [book.rows[PAYMENTS][handle] for handle in handles]
            kept = [row["身份证号"] or "" for row in rows if not (row["身份证号"] or "").startswith(NUMBER)]
            assert not any(citizen.is_valid(key) for key in kept)
            assert {row["残疾人证号"] for row in rows} == {None}


def test_same_cases_at_every_scale_and_other_people_by_seed(book):
    seed = subsidy.plant(World(11, Scale.of("seed")))
    assert [case for case, _, _ in seed.planted] == [case for case, _, _ in book.planted]
    other = subsidy.plant(World(12, Scale.of("sample")))
    assert other.rows[PAYMENTS][0]["身份证号"] != book.rows[PAYMENTS][0]["身份证号"]


def test_background_is_paid_exactly_what_both_registers_entitle_to(people):
    paid = payments(people).group_by("身份证号", "补贴类型").agg(pl.len().alias("months"))
    paid = dict(zip(zip(paid["身份证号"], paid["补贴类型"], strict=True), paid["months"], strict=True))
    for one in people.iter_rows(named=True):
        nursing = one["last_month"] if one["grade"] <= 2 else 0
        living = max(one["last_month"] - one["living_from"] + 1, 0) if one["low_income"] else 0
        assert paid.get((one["citizen_id"], "重度残疾人护理补贴"), 0) == nursing
        assert paid.get((one["citizen_id"], "困难残疾人生活补贴"), 0) == living


def test_background_standard_follows_grade(people):
    grades = people.select(pl.col("citizen_id").alias("身份证号"), "grade")
    rates = payments(people).join(grades, on="身份证号").group_by("补贴类型", "grade").agg(pl.col("发放金额").unique())
    found = {(kind[:2], grade): yuan for kind, grade, yuan in rates.iter_rows()}
    assert found["重度", 1] == found["困难", 1] == found["困难", 2] == ["150"]
    assert found["重度", 2] == found["困难", 3] == found["困难", 4] == ["120"]


def test_background_certificates_outlast_the_year_and_are_live(people, book):
    lists = registers(WORLD, people, book)
    live = lists[CERTIFICATES].filter(pl.col("_handle").is_null() & (pl.col("证件状态") == "正常"))
    assert live["身份证号"].n_unique() == live.height == people.height
    assert live["有效期至"].min() >= "2026-01-01"
    assert live["发证日期"].max() < "2025-01-01"


def test_background_living_subsidy_stands_on_the_minimum_living_list(people, book):
    listed = registers(WORLD, people, book)[LOW_INCOME]["身份证号"]
    drawing = payments(people).filter(pl.col("补贴类型").str.starts_with("困难"))["身份证号"]
    assert drawing.is_in(listed.implode()).all()


def test_nobody_in_the_background_appears_on_a_barring_list(people, book):
    lists = registers(WORLD, people, book)
    for contract in ("civil_destitute_support", "civil_orphans", "justice_custody", "police_moves", "veterans_nursing"):
        assert not people["citizen_id"].is_in(lists[contract]["身份证号"].implode()).any(), contract


def test_nameless_cremations_share_no_birth_date_with_the_background(people, book):
    burnt = registers(WORLD, people, book)["civil_cremations"].filter(
        pl.col("身份证号").is_null() & pl.col("_handle").is_null()
    )
    assert burnt.height > 5
    assert not burnt["出生日期"].str.to_date().is_in(people["birth"].implode()).any()


def test_payment_rows_reach_the_scale_within_a_person(book):
    tables = subsidy.make(WORLD, Truth("disabled_two_subsidies"))
    rows = sum(table.frame.height for table in tables if table.contract_id == PAYMENTS)
    assert 7_000 <= rows < 7_024
    assert len({table.name for table in tables}) == len(tables)
