"""Rows as delivered → judged months: worked cases of the domain, one situation a test.

`told()` maps (month, subsidy) → (bin, kinds, exemptions that apply or may apply, fen) of every month that is not clear.
"""

from datetime import date

import polars as pl
import pytest

NURSING, LIVING = "nursing", "living"
OTHER = {"姓名": "周小宝", "身份证号": "900001201203032038"}


def bins(told):
    """Bin of each month told."""
    return {month: said[0] for (month, _), said in told.items()}


def months(first, last):
    return [f"2025-{month:02d}" for month in range(first, last + 1)]


def test_in_order_is_clear(subsidies):
    assert (
        subsidies.certificate().low_income().paid("2025-01", "2025-12").paid_living("2025-01", "2025-12").told() == {}
    )


def test_worked_check_died_in_march_paid_through_september(subsidies):
    row = {"subsidy": NURSING, "disability_grade": "1", "fen_per_month": 15000}
    rates = pl.DataFrame([{**row, "valid_from": date(2023, 1, 1), "valid_to": date(9999, 12, 31)}])
    book = subsidies.certificate().paid("2023-01", "2023-09").died("2023-03-12")
    book.rates = {"standards.csv": rates}
    told = book.told(period_start="2023-01-01", period_end="2023-12-31")
    assert [month for month, _ in told] == [f"2023-{m:02d}" for m in range(4, 10)]
    assert set(map(repr, told.values())) == {repr(("lead", ["after_death"], [], 15000))}
    assert sum(fen for *_, fen in told.values()) == 90000


def test_worked_check_is_one_lead_with_its_formula_and_sources(subsidies):
    run = subsidies.certificate().paid("2025-01", "2025-09").died("2025-03-12").run()
    lead = run.assess().leads.filter(pl.col("direction") == "over").row(0, named=True)
    assert (lead["amount_fen"], lead["kinds"], lead["tier"]) == (90000, ["after_death"], "T1")
    assert lead["computation"][0] == "2025-04 护理补贴：已发 150.00 − 退回 0.00 = 150.00"
    assert len(lead["source_refs"]) == 6 + 2
    assert "周玉兰" not in repr(lead)


def test_refunded_in_one_sum_later(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-08").died("2025-05-03").paid("2025-11", "2025-11", -450)
    assert book.told() == {(m, NURSING): ("excluded", ["after_death"], ["refunded"], 0) for m in months(6, 8)}


def test_refund_short_of_the_sum_leaves_the_last_month(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-08").died("2025-05-03").paid("2025-11", "2025-11", -449)
    told = book.told()
    assert bins(told) == {"2025-06": "excluded", "2025-07": "excluded", "2025-08": "lead"}
    assert told["2025-08", NURSING][3] == 100


def test_refund_booked_on_a_month_paid_rightly_covers_the_wrong_months(subsidies):
    book = subsidies.certificate("三级").low_income("2025-05-01").paid_living("2025-01", "2025-12", 120)
    book.paid_living("2025-06", "2025-06", -480)
    assert bins(book.told()) == dict.fromkeys(months(1, 4), "excluded")


def test_refund_after_the_period_counts(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-06").died("2025-05-03").paid("2026-02", "2026-02", -150)
    assert bins(book.told()) == {"2025-06": "excluded"}


def test_correction_rows_net_to_one_payment(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-12")
    book.paid("2025-05", "2025-05", 150, 银行账号="6217000099998888").paid(
        "2025-05", "2025-05", -150, 银行账号="6217000099998888"
    )
    assert book.told() == {}


def test_certificate_replaced_by_a_live_one(subsidies):
    book = subsidies.certificate(state="注销", 注销日期="2025-05-20").paid("2025-01", "2025-12")
    book.certificate(since="2025-05-20", until="2035-05-19", 残疾人证号="90000119700101001841B1")
    assert book.told() == {}


def test_certificate_cancelled_without_date_is_cleared_by_a_live_one(subsidies):
    book = subsidies.certificate(state="注销").paid("2025-01", "2025-12")
    assert set(bins(book.told()).values()) == {"flagged"}
    book.certificate(since="2024-12-01", until="2034-11-30", 残疾人证号="90000119700101001841B1")
    assert book.told() == {}


def test_regraded_pays_by_the_grade_of_the_month(subsidies):
    book = subsidies.certificate("二级", until="2027-06-20", state="注销", 注销日期="2025-06-20").paid(
        "2025-01", "2025-09", 120
    )
    book.certificate("三级", since="2025-06-20", until="2035-06-19", 残疾人证号="90000119700101001843B1")
    told = book.told()
    assert told == {(m, NURSING): ("lead", ["grade_not_1_2"], [], 12000) for m in months(7, 9)}


def test_only_the_later_grade_known_is_a_doubt(subsidies):
    book = subsidies.certificate("三级", since="2025-08-05", 残疾人证号="90000119700101001843B1").paid(
        "2025-06", "2025-07", 120
    )
    assert [(said[0], said[2]) for said in book.told().values()] == [("flagged", ["regraded_later"])] * 2


@pytest.mark.parametrize(
    ("month", "expected"), [("2025-05", None), ("2025-06", "flagged"), ("2025-08", "flagged"), ("2025-09", "lead")]
)
def test_grace_is_three_months_after_expiry(subsidies, month, expected):
    book = subsidies.certificate(until="2025-05-31").paid("2025-01", "2025-09")
    assert bins(book.told()).get(month) == expected


@pytest.mark.parametrize(
    ("kinds", "extension"), [(["grade_not_1_2"], "none"), ([], "grade_3_intellectual_psychiatric")]
)
def test_grade_three_psychiatric_by_local_extension(subsidies, kinds, extension):
    book = subsidies.certificate("三级", 残疾类别="精神残疾", 残疾人证号="90000119700101001863").paid(
        "2025-01", "2025-01", 120
    )
    told = book.told(nursing_extension=extension)
    assert [k for said in told.values() for k in said[1] if k == "grade_not_1_2"] == kinds


def test_double_amount_is_the_smaller_payment(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-12")
    book.paid("2025-03", "2025-04", 120, 乡镇="河口镇", 银行账号="6217000033334444")
    assert book.told() == {(m, NURSING): ("lead", ["double_same_subsidy"], [], 12000) for m in months(3, 4)}


def test_payment_in_two_parts_is_no_double(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-12", 100)
    assert book.paid("2025-01", "2025-12", 50, 银行账号="6217000033334444").told() == {}


def test_same_account_twice_may_be_one_row_exported_twice(subsidies):
    told = subsidies.certificate().paid("2025-01", "2025-12").paid("2025-03", "2025-03").told()
    assert told == {("2025-03", NURSING): ("flagged", ["double_same_subsidy"], ["duplicate_row"], 15000)}


def test_doubles_refunded_in_one_sum_are_excused_together(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-12").paid("2025-02", "2025-03", 银行账号="6217000033334444")
    told = book.paid("2026-01", "2026-01", -300, 银行账号="6217000033334444").told()
    assert bins(told) == {"2025-02": "excluded", "2025-03": "excluded"}


def test_second_payment_after_an_unpaid_month_may_be_for_that_month(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-04").paid("2025-06", "2025-12")
    told = book.paid("2025-06", "2025-06", 银行账号="6217000033334444").told()
    assert {m: (said[0], "back_payment" in said[2]) for (m, _), said in told.items()} == {
        "2025-05": ("flagged", True),
        "2025-06": ("flagged", True),
    }


def test_difference_paid_later_is_neither_over_nor_under(subsidies):
    book = (
        subsidies.certificate()
        .paid("2025-01", "2025-06", 120)
        .paid("2025-07", "2025-07", 330)
        .paid("2025-08", "2025-12")
    )
    assert set(bins(book.told()).values()) == {"flagged"}


def test_wrong_standard_counts_the_excess_and_below_the_difference(subsidies):
    book = (
        subsidies.certificate()
        .paid("2025-01", "2025-10")
        .paid("2025-11", "2025-11", 151)
        .paid("2025-12", "2025-12", 149)
    )
    told = book.told()
    assert [(said[1], said[3]) for said in told.values()] == [(["wrong_standard"], 100), (["paid_below_standard"], 100)]


def test_annual_row_and_the_months_beside_it_are_doubtful(subsidies):
    told = subsidies.certificate().paid("2025-12", "2025-12", 1800).told()
    assert set(bins(told).values()) == {"flagged"}
    assert all("lump_back_payment" in said[2] for said in told.values())
    assert len(told) == 12


def test_entitled_from_a_grant_within_the_year(subsidies):
    book = subsidies.certificate("三级").low_income("2025-10-01")
    assert book.told() == {(m, LIVING): ("lead", ["underpaid"], [], 12000) for m in months(10, 12)}


def test_month_of_a_grant_in_part_is_not_yet_owed(subsidies):
    assert list(bins(subsidies.certificate("三级").low_income("2025-10-20").told())) == months(11, 12)


def test_month_of_death_is_owed_and_the_next_is_not(subsidies):
    assert list(bins(subsidies.certificate().paid("2025-01", "2025-02").died("2025-03-02").told())) == ["2025-03"]


def test_child_paid_under_the_guardians_id_is_never_a_lead(subsidies):
    number = f"{OTHER['身份证号']}41"
    book = subsidies.certificate(残疾人证号=number, **OTHER).paid(
        "2025-01", "2025-12", 残疾人证号=number, 姓名="周小宝"
    )
    told = book.told()
    assert {said[0] for said in told.values()} == {"flagged"}
    assert all("guardian_id" in said[2] for said in told.values())


def test_child_paid_under_the_guardians_id_without_certificate_number(subsidies):
    book = subsidies.certificate(残疾人证号=f"{OTHER['身份证号']}41", **OTHER).paid("2025-01", "2025-12", 姓名="周小宝")
    told = book.told()
    assert {said[0] for said in told.values()} == {"flagged"}


def test_destroyed_id_is_unmatched_and_casts_doubt_on_the_unpaid_months(subsidies):
    judged = subsidies.certificate().paid("2025-01", "2025-12", 身份证号="9.00001E+17").run().judge()
    counts = judged.group_by("bin", "n_paid").len().sort("bin").select("bin", "len")
    assert counts.rows() == [("flagged", 12), ("unmatched", 12)]


def test_destroyed_id_of_another_name_or_township_casts_none(subsidies):
    book = subsidies.certificate().paid("2025-01", "2025-12", 身份证号="无", 姓名="王大山")
    book.paid("2025-01", "2025-12", 身份证号="无", 乡镇="河口镇")
    counts = dict(book.run().judge()["bin"].value_counts().iter_rows())
    assert counts == {"lead": 12, "unmatched": 24}


def test_row_naming_both_subsidies_is_unmatched_and_both_are_in_doubt(subsidies):
    book = subsidies.certificate().low_income().paid("2025-01", "2025-12", 300, "生活补贴和护理补贴")
    bins_ = book.run().judge()["bin"].value_counts()
    assert dict(bins_.iter_rows()) == {"unmatched": 12, "flagged": 24}
