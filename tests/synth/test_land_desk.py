from dataclasses import replace
from datetime import date

import pytest

from casebook.synth import land_parts as parts
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_law import due_by_year
from casebook.synth.land_rows import COLUMNS
from casebook.synth.world import Scale, World

LEAD = Case("not_declared", slug="x")


@pytest.fixture
def desk():
    return Desk(World(8, Scale.of("sample")))


def counts(desk):
    return {name: len(rows) for name, rows in desk.rows.items() if rows}


def paid(desk):
    amount, kind, tax = (COLUMNS["tax_payments"].index(name) for name in ("实缴金额", "税款种类", "征收项目"))
    start = COLUMNS["tax_payments"].index("税款所属期起")
    return sum(
        round(float(row[amount]) * 100)
        for row in desk.rows["tax_payments"]
        if "土地" in row[tax] and row[kind] == "正税" and row[start] >= "2023"
    )


def test_a_new_desk_is_empty(desk):
    assert counts(desk) == {}


def test_a_certificate_is_known_by_its_number(desk):
    holder, plots = desk.make.firm(), [desk.make.plot(), desk.make.contracted(date(2024, 1, 5))]
    assert desk.hold(holder, plots) == [0, 1]
    assert counts(desk) == {"registry_real_estate": 2, "land_supply_contracts": 1}


def test_planted_cases_are_numbered_in_order(desk):
    desk.plant(LEAD, 100, [3])
    desk.plant(LEAD.named("y"), 0, [4, 5])
    assert [planted.case_id for planted, _ in desk.planted] == ["land-x-0001", "land-y-0002"]
    assert desk.planted[1][1] == (4, 5)


def test_a_body_without_vat_pays_no_other_taxes(desk):
    desk.enrol(desk.make.body("11", "青禾区测试局", "机关法人", "x"), "001")
    assert counts(desk) == {"tax_registrations": 1}


def test_a_decision_and_a_filing_name_the_holder(desk):
    holder, plot = desk.make.firm(), desk.make.plot()
    desk.penalise(holder, plot, date(2022, 5, 6), "已拆除")
    desk.relieve(holder, "困难减免", ("2023-01-01", "2023-12-31"), "100%", None)
    assert desk.rows["land_use_penalties"][0][1:4] == (holder.name, holder.code, plot.parcel)
    assert desk.rows["tax_relief_filings"][0][:4] == (holder.code, holder.code, holder.name, "困难减免")


def test_settled_land_is_declared_and_paid_in_full(desk):
    plot = parts.old_plot(desk)
    parts.settled(desk, parts.firm_on(desk, plot), plot, case=Case("under_area", "clear", slug="x"))
    assert paid(desk) == parts.owed(plot)
    assert desk.planted[0][0].amount_fen == 0


def test_unpaid_land_owes_all_of_it(desk):
    plot = parts.old_plot(desk)
    parts.declared_unpaid(desk, parts.firm_on(desk, plot), plot, case=LEAD)
    assert desk.planted[0][0].amount_fen == parts.owed(plot) > 0
    assert paid(desk) == 0
    assert counts(desk)["tax_land_sources"] == 1


def test_undeclared_land_has_no_source(desk):
    plot = parts.old_plot(desk)
    parts.undeclared(desk, parts.firm_on(desk, plot), plot, case=LEAD)
    assert "tax_land_sources" not in counts(desk)


def test_misdeclared_land_is_paid_as_declared_and_owes_the_rest(desk):
    plot = parts.old_plot(desk)
    told = replace(plot, area_dm2=plot.area_dm2 // 2)
    parts.misdeclared(desk, plot, told, Case("under_area", slug="x"))
    assert paid(desk) == parts.owed(told)
    assert desk.planted[0][0].amount_fen == parts.owed(plot) - parts.owed(told)


def test_what_is_left_out_is_what_is_owed(desk):
    plot = parts.old_plot(desk)
    rest = parts.less(plot, {2024: 12_345})
    parts.partly_paid(desk, plot, rest, Case("short_paid", slug="x"))
    assert due_by_year([plot])[2024] - rest[2024] == 12_345
    assert desk.planted[0][0].amount_fen == 12_345


def test_a_shared_certificate_joins_names_and_numbers(desk):
    plot = parts.old_plot(desk, district="001")
    first, second = desk.make.firm(), desk.make.firm()
    parts.certify_shared(desk, first, second, plot, "按份共有（60%、40%）")
    (row,) = desk.rows["registry_real_estate"]
    assert f"{first.name}、{second.name}" in row
    assert f"{first.code}、{second.code}" in row
