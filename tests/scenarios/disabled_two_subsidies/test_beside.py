"""What a lead cites beside its own months: the nearest payment, lump payments, the row of the standard, the other benefit."""

import json
from datetime import date

import polars as pl
import pytest

LAST_OF_2024 = 2024 * 12 + 11


def values_of(run, kind):
    """Rule values of the only listed lead of a kind."""
    leads = run.assess().leads.filter(pl.col("kinds").list.contains(kind))
    return json.loads(leads["rule_values"].item())[kind]


def roles(run):
    """Role and physical row (from 2) of the cited rows of the payments."""
    evidence = run.assess().evidence
    return {(r.role, r.row) for e in evidence for r in e.rows if r.contract == "civil_subsidy_payments"}


def test_payment_that_ended_is_told_and_cited(subsidies):
    run = subsidies.certificate().paid("2024-10", "2025-11", 申请日期="2021-06-06").run()
    told = values_of(run, "underpaid")
    assert (told["last_paid_month"], told["has_applied"], told["applied_on"]) == (2025 * 12 + 10, True, "2021-06-06")
    assert told["stopped_on"] is None
    assert roles(run) == {("earlier_payment", 15)}


def test_last_payment_before_the_period_is_told_with_its_stop(subsidies):
    run = subsidies.certificate().paid("2024-12", "2024-12", 停发日期="2024-12-31").run()
    told = values_of(run, "underpaid")
    assert (told["last_paid_month"], told["has_applied"], told["stopped_on"]) == (LAST_OF_2024, False, "2024-12-31")


def test_never_paid_claims_no_search(subsidies):
    run = subsidies.certificate().run()
    told = values_of(run, "underpaid")
    assert (told["last_paid_month"], told["has_applied"], told["applied_on"]) == (None, False, None)
    assert roles(run) == set()


def test_payment_of_the_other_subsidy_is_not_cited(subsidies):
    run = subsidies.certificate().low_income().paid("2025-01", "2025-12").run()
    assert values_of(run, "underpaid")["last_paid_month"] is None
    assert roles(run) == set()


def test_paid_only_later_cites_the_first_payment(subsidies):
    run = subsidies.certificate().paid("2025-03", "2025-12", 申请日期="2021-01-06").run()
    told = values_of(run, "underpaid")
    assert (told["last_paid_month"], told["applied_on"]) == (None, "2021-01-06")
    assert roles(run) == {("payment", 2)}


def test_refund_is_no_earlier_payment(subsidies):
    run = subsidies.certificate().paid("2024-12", "2024-12", -150).run()
    assert values_of(run, "underpaid")["last_paid_month"] is None


def test_lump_payment_is_cited_for_the_months_it_may_cover(subsidies):
    assert ("lump_payment", 2) in roles(subsidies.certificate().paid("2024-12", "2024-12", 1800).run())


def test_standard_names_its_row(subsidies):
    told = values_of(subsidies.certificate().paid("2025-01", "2025-12", 140).run(), "paid_below_standard")
    assert (told["standard_fen"], told["standard_row"]) == (15000, "standards.csv, 1, 2024-01-01 –")


def test_standard_that_ended_names_its_last_day(subsidies):
    row = {"subsidy": "nursing", "disability_grade": "1", "fen_per_month": 15000}
    rates = pl.DataFrame([{**row, "valid_from": date(2024, 1, 1), "valid_to": date(2025, 12, 31)}])
    book = subsidies.certificate().paid("2025-01", "2025-12", 140)
    book.rates = {"standards.csv": rates}
    assert values_of(book.run(), "paid_below_standard")["standard_row"] == "standards.csv, 1, 2024-01-01 – 2025-12-31"


VETERAN = {"待遇类别": "因公致残护理费", "月标准": "2140", "起始": "2020-01-01", "终止": None}


def test_other_benefit_is_shown_as_its_list_tells(subsidies):
    run = subsidies.certificate().paid("2025-01", "2025-12").row("veterans_nursing", **VETERAN).run()
    told = values_of(run, "choose_higher")
    assert (told["benefit_category"], told["benefit_rate_fen"]) == ("因公致残护理费", 214000)
    assert (told["benefit_from"], told["benefit_until"]) == ("2020-01-01", None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, {"lead"}),
        ({"待遇类别": None}, {"lead"}),
        ({"月标准": None}, {"flagged"}),
        ({"待遇类别": "抚恤金"}, {"flagged"}),
    ],
)
def test_only_a_nursing_allowance_with_a_rate_is_a_lead(subsidies, cells, expected):
    book = subsidies.certificate().paid("2025-01", "2025-12").row("veterans_nursing", **{**VETERAN, **cells})
    assert {said[0] for said in book.told().values()} == expected


def test_last_entry_that_reaches_into_the_month_is_shown(subsidies):
    ended = {**VETERAN, "月标准": "2000", "终止": "2024-12-31"}
    book = subsidies.certificate().paid("2025-01", "2025-12")
    book.row("veterans_nursing", **VETERAN).row("veterans_nursing", **ended)
    assert values_of(book.run(), "choose_higher")["benefit_rate_fen"] == 214000


@pytest.mark.parametrize(
    ("number", "reason"),
    [("90000119700101", "id_length"), ("9.00001E+17", "id_digits_lost"), ("无", "id_missing"), (None, "id_missing"),
     ("900001197001010019", "id_check_digit"), ("900001********0018", "id_masked")],
)  # fmt: skip
def test_what_is_wrong_with_the_id_is_the_reason(subsidies, number, reason):
    leads = subsidies.paid("2025-01", "2025-12", 身份证号=number).run().assess().leads
    assert leads.filter(pl.col("bin") == "unmatched")["pattern"].unique().to_list() == [reason]


@pytest.mark.parametrize(
    ("applied", "rule", "unpaid"),
    [("2025-03-20", "month_of_application", []), ("2025-02-28", "month_of_application", ["2025-02"]),
     ("2025-02-28", "month_after_application", []), ("2021-03-20", "month_of_application", ["2025-01", "2025-02"]),
     (None, "month_of_application", ["2025-01", "2025-02"])],
)  # fmt: skip
def test_months_before_the_application_are_not_owed(subsidies, applied, rule, unpaid):
    book = subsidies.certificate().paid("2025-03", "2025-12", 申请日期=applied)
    assert [month for month, _ in book.told(start_rule=rule)] == unpaid


def test_new_application_of_somebody_paid_before_excuses_no_gap(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-02").paid("2025-05", "2025-12", 申请日期="2025-05-06")
    assert [month for month, _ in book.told()] == ["2025-03", "2025-04"]
