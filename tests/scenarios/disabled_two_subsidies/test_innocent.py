"""Innocent situations that look like a lead: each is cleared by the rule or left to a human, never a lead."""

import pytest

NURSING, LIVING = "nursing", "living"
OTHER_NAME = {"姓名": "欧阳建国"}
NOWHERE = "云州市青禾区柳湾镇"


def bins(told):
    """Bin of each month told."""
    return {month: said[0] for (month, _), said in told.items()}


def doubts(told):
    """Every exemption named for some month."""
    return {name for said in told.values() for name in said[2]}


def months(first, last):
    return [f"2025-{month:02d}" for month in range(first, last + 1)]


@pytest.fixture
def paid(subsidies):
    """A person in order, paid for nursing through the year."""
    return subsidies.certificate().paid("2025-01", "2025-12")


def test_month_of_the_return_is_payable(paid):
    paid.row("police_moves", 迁出日期="2025-02-10", 迁出地=NOWHERE, 迁往地="山东省德州市乐陵市")
    paid.row("police_moves", 迁出日期="2025-05-20", 迁出地="山东省德州市乐陵市", 迁往地=NOWHERE)
    assert bins(paid.told()) == dict.fromkeys(months(3, 4), "lead")


@pytest.mark.parametrize(
    ("place", "scope", "area", "expected"),
    [
        ("山东省德州市乐陵市云红街道", "county", "青禾区", {"lead"}),
        ("云州市青禾区双井镇", "county", "青禾区", set()),
        ("双井镇东王庄村", "county", "青禾区", {"flagged"}),
        ("南湖经济开发区东王庄社区", "county", "青禾区", {"flagged"}),
        ("青禾双井镇", "county", "青禾区", {"flagged"}),
        ("云州市白石县", "county", "青禾区", {"lead"}),
        ("德州市乐陵市云红街道", "province", "云海省", {"flagged"}),
        ("云海省白石市", "province", "云海省", set()),
        ("河北省沧州市", "province", "云海省", {"lead"}),
    ],
)
def test_destination_outside_only_where_it_says_so(paid, place, scope, area, expected):
    paid.row("police_moves", 迁出日期="2025-02-10", 迁往地=place)
    assert set(bins(paid.told(move_scope=scope, paying_area=area)).values()) == expected


def test_two_dates_of_death_leave_the_months_between_in_doubt(paid):
    told = paid.died("2025-02-10").row("civil_cremations", 火化日期="2025-06-12").told()
    assert bins(told) == {**dict.fromkeys(months(3, 5), "flagged"), **dict.fromkeys(months(6, 12), "lead")}
    assert doubts(told) == {"death_date_unknown"}


def test_cremation_in_the_following_month_agrees_with_the_police(paid):
    paid.died("2025-02-28").row("civil_cremations", 火化日期="2025-03-02")
    assert bins(paid.told()) == dict.fromkeys(months(3, 12), "lead")


def test_household_cancelled_before_a_later_death_does_not_date_the_death(paid):
    paid.died(None, 注销日期="2025-01-10", 注销原因="重复户口").row("civil_cremations", 火化日期="2025-10-02")
    assert bins(paid.told()) == dict.fromkeys(months(11, 12), "lead")


def test_death_without_date_is_not_dated_by_another_cancellation(paid):
    told = paid.died(None, 注销日期="2025-01-10", 注销原因="重复户口").died(None, 注销日期="2025-08-01").told()
    assert set(bins(told).values()) == {"flagged"}


@pytest.mark.parametrize("reason", ["死亡登记错误", "误报死亡", "宣告死亡已撤销", "恢复户口"])
def test_record_of_death_taken_back(paid, reason):
    told = paid.died("2025-01-10", 注销原因=reason).told()
    assert {said[0] for said in told.values()} == {"excluded"}
    assert "declaration_revoked" in doubts(told)


def test_revoked_declaration_beside_a_death_is_for_a_human(paid):
    told = paid.died("2024-06-01").died("2024-06-01", 注销原因="宣告死亡已撤销").told()
    assert set(bins(told).values()) == {"flagged"}


@pytest.mark.parametrize(
    ("contract", "cells"),
    [
        ("civil_destitute_support", {"起始": "2023-01-01"}),
        ("hr_work_injury_nursing", {"起始": "2023-01-01", "待遇类别": "生活护理费"}),
        ("veterans_nursing", {"起始": "2023-01-01", "月标准": "2140"}),
    ],
)
def test_other_benefit_under_the_same_id_and_another_name_is_never_a_lead(paid, contract, cells):
    assert set(bins(paid.row(contract, **{**cells, **OTHER_NAME}).told()).values()) == {"flagged"}
    paid.tables[contract].clear()
    assert set(bins(paid.row(contract, **cells).told()).values()) == {"lead"}


def test_month_in_which_another_benefit_begins_is_payable_and_its_last_in_part_is_open(paid):
    told = paid.row("civil_destitute_support", 起始="2025-03-15", 终止="2025-06-10").told()
    assert bins(told) == {"2025-04": "lead", "2025-05": "lead", "2025-06": "flagged"}


def test_minimum_living_under_another_name_or_a_destroyed_id_is_a_doubt(subsidies):
    book = subsidies.certificate("三级").paid_living("2025-01", "2025-12", 120).low_income(**OTHER_NAME)
    assert set(bins(book.told()).values()) == {"flagged"}
    book.tables["civil_low_income"].clear()
    assert set(bins(book.low_income(身份证号="9.00001E+17").told()).values()) == {"flagged"}
    book.tables["civil_low_income"].clear()
    assert set(bins(book.told()).values()) == {"lead"}


def test_months_before_the_only_certificate_known_are_a_doubt(subsidies):
    told = subsidies.certificate(since="2025-06-03", until="2035-06-02").paid("2025-01", "2025-12").told()
    assert bins(told) == dict.fromkeys(months(1, 5), "flagged")
    assert doubts(told) == {"regraded_later"}


@pytest.mark.parametrize("state", ["迁出", "正常"])
def test_certificate_moved_or_disputed_is_a_doubt_after_the_date(subsidies, state):
    told = subsidies.certificate(state=state, 注销日期="2025-04-10").paid("2025-01", "2025-12").told()
    assert bins(told) == dict.fromkeys(months(5, 12), "flagged")
    assert doubts(told) == {"certificate_cancelled_without_date"}


def test_grade_on_a_certificate_of_another_name_is_a_doubt(subsidies):
    told = subsidies.paid("2025-01", "2025-12", 120).certificate("三级", **OTHER_NAME).told()
    assert {said[0] for said in told.values()} == {"flagged"}
    assert "name_conflict_on_certificate" in doubts(told)


def test_certificate_nobody_can_read_casts_doubt_on_having_none(subsidies):
    book = subsidies.paid("2025-01", "2025-12").certificate(身份证号="9.00001E+17", 残疾人证号="9.00001E+19")
    assert set(bins(book.told()).values()) == {"flagged"}
    book.tables.pop("federation_certificates")
    assert set(bins(book.told()).values()) == {"lead"}


def test_same_name_cremated_with_another_birth_date_is_nobody(paid):
    assert paid.row("civil_cremations", 身份证号=None, 出生日期="1971-05-05", 火化日期="2025-02-01").told() == {}


def test_paroled_person_is_not_in_prison(paid):
    paid.row("justice_custody", 刑种="有期徒刑", 执行方式="假释", 刑期起="2022-01-01", 刑期止="2027-01-01")
    assert paid.told(imprisonment_disqualifies="yes") == {}


def test_child_and_guardian_both_paid_under_the_guardians_id(paid):
    child = {"姓名": "周小宝", "身份证号": "900001201203032038"}
    paid.certificate(残疾人证号=f"{child['身份证号']}41", **child).paid(
        "2025-01", "2025-12", 姓名="周小宝", 银行账号="62170055"
    )
    judged = paid.run().judge()
    assert set(judged["bin"]) == {"flagged"}
    assert judged["n_paid"].to_list().count(0) == judged["n_paid"].to_list().count(2) == 12


def test_guardian_who_died_takes_no_lead_to_the_child_paid_under_her_id(paid):
    paid.died("2025-03-02").paid("2025-01", "2025-12", 姓名="周小宝", 银行账号="62170055")
    assert set(bins(paid.told()).values()) == {"flagged"}
