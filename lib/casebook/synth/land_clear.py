"""Planted cases that only look wrong: the rule itself must leave them clear."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from casebook.synth import land_words as words
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import OUTSIDE_TAX_AREA, due_by_year
from casebook.synth.land_parts import (
    certify_shared,
    firm_on,
    less,
    misdeclared,
    old_plot,
    partly_paid,
    settled,
)
from casebook.synth.land_payments import Slip, span, year_rows
from casebook.synth.land_rows import office_of
from casebook.synth.land_underpaid import developer


def clear(kind: str) -> Case:
    """The case of something clear that looks like the kind."""
    return Case(kind, "clear")


def paid_under_old_number(desk: Desk) -> None:
    """Paid under the 15-digit tax number of before 2015, which holds the same organisation code (T2)."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot)
    desk.pay(Slip(holder, office_of(plot.district), is_old_number=True), due_by_year([plot]))
    desk.plant(clear("not_declared").named("paid_under_old_number"), 0, numbers)


def known_by_old_number_only(desk: Desk) -> None:
    """Registered, declared and paid under the old number; the certificate shows the unified code."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    numbers = desk.hold(holder, [plot])
    old: dict[str, str | None] = {"纳税人识别号": holder.old_number, "统一社会信用代码": None}
    desk.enrol(holder, plot.district, **old)
    desk.declare(holder, plot, **old)
    desk.pay(Slip(holder, office_of(plot.district), is_old_number=True), due_by_year([plot]))
    desk.plant(clear("not_registered").named("known_by_old_number"), 0, numbers)


def renamed(desk: Desk) -> None:
    """The certificate has the former name and organisation code; everything else the new name."""
    plot = old_plot(desk)
    former = desk.make.firm(address=plot.location)
    holder = replace(desk.make.firm(address=plot.location), code=former.code)
    day = desk.dice.day(date(2016, 1, 1), date(2022, 12, 31)).isoformat()
    desk.list_in_market(holder, 曾用名=former.name, 变更事项="名称变更", 变更日期=day)
    code = holder.organisation
    number = desk.certify(former, plot, 权利人证件号=f"{code[:8]}-{code[8]}")
    desk.pay_in_full(holder, [plot])
    desk.plant(clear("not_registered").named("renamed"), 0, [number])


def sold(desk: Desk) -> None:
    """A former owner's historical row; the buyer pays from the month after its certificate."""
    old = replace(old_plot(desk), feature="F00010001", right="国有建设用地使用权/房屋所有权", use="商服用地")
    seller = desk.make.firm(district=old.district)
    desk.list_in_market(seller)
    history = desk.certify(seller, old, 权属状态="历史")
    bought = desk.dice.day(date(2023, 3, 1), date(2025, 6, 30))
    plot = replace(old, taken=bought, registered=bought)
    holder = firm_on(desk, plot)
    # The certificate repeats the term of the first grant; the duty follows the day of registration.
    number = desk.certify(holder, plot, 使用期限起=old.taken.isoformat())
    desk.pay_in_full(holder, [plot])
    desk.plant(clear("late_start").named("bought"), 0, [number])
    desk.plant(clear("not_registered").named("sold"), 0, [history])


def reissued(desk: Desk) -> None:
    """The bare land's certificate (historical, other spelling) beside that of land and building: one parcel."""
    land = old_plot(desk)
    plot = replace(land, feature="F00010001", right="国有建设用地使用权/房屋所有权")
    holder = firm_on(desk, plot)
    desk.certify(replace(holder, name=words.respelt(holder.name)), land, 权属状态="历史")
    settled(desk, holder, plot, case=clear("under_area").named("reissued"))


def contract_and_certificate(desk: Desk) -> None:
    """One parcel in the contract and in the certificate: counted once."""
    plot = desk.make.contracted(desk.dice.day(date(2012, 1, 1), date(2020, 12, 31)), desk.make.size(5_000, 30_000))
    settled(desk, firm_on(desk, plot), plot, case=clear("under_area").named("contract_and_certificate"))


def developer_units(desk: Desk) -> None:
    """The units of a developer's parcel add up to what was declared in one line and paid."""
    holder, units = developer(desk)
    numbers = desk.hold(holder, units)
    desk.enrol(holder, units[0].district)
    desk.declare(holder, replace(units[0], area_dm2=sum(unit.area_dm2 for unit in units)))
    desk.pay(Slip(holder, office_of(units[0].district)), due_by_year(units))
    desk.plant(clear("under_area").named("developer_units"), 0, numbers)


def under_three_per_cent(desk: Desk) -> None:
    """Declared 2.9 % less than registered (580 m² of 20,000): within the tolerance."""
    plot = old_plot(desk, 20_000, 20_000)
    misdeclared(desk, plot, replace(plot, area_dm2=1_942_000), clear("under_area").named("area_2_9_per_cent"))


def under_fifty_square_metres(desk: Desk) -> None:
    """Declared 49 m² less than registered, 3.8 % of a small plot: within the tolerance."""
    plot = old_plot(desk, 1_300, 1_300, "001")
    misdeclared(desk, plot, replace(plot, area_dm2=125_100), clear("under_area").named("area_49_m2"))


def just_under_minimum(desk: Desk) -> None:
    """999 yuan short over the period."""
    plot = old_plot(desk, 8_000, 20_000)
    partly_paid(desk, plot, less(plot, {2025: 99_900}), clear("short_paid").named("just_under_minimum"))


def first_of_month(desk: Desk) -> None:
    """Handed over on the first of July, declared from August: nothing is owed."""
    plot = desk.make.contracted(date(2024, 7, 1), 3_000_000)
    settled(desk, firm_on(desk, plot), plot, case=clear("late_start").named("first_of_month"))


def co_owner_paid_all(desk: Desk) -> None:
    """One of two owners declares the whole parcel by its code and pays for all: both are clear."""
    whole = desk.make.plot(desk.dice.between(40, 150) * 20_000)
    payer, other = firm_on(desk, whole), desk.make.firm(district=whole.district)
    desk.list_in_market(other)
    number = certify_shared(desk, payer, other, whole)
    desk.enrol(payer, whole.district)
    desk.enrol(other, whole.district)
    _declares_parcel(desk, payer, whole.parcel, whole)
    desk.plant(clear("not_registered").named("co_owner_paid_all"), 0, [number])


def actual_user_paid_all(desk: Desk) -> None:
    """The actual user declares the parcel by its code with its whole area and pays every fen."""
    plot = old_plot(desk)
    user = desk.make.firm(district=plot.district)
    desk.list_in_market(user)
    desk.enrol(user, plot.district)
    _declares_parcel(desk, user, plot.parcel, plot)
    holder = firm_on(desk, plot)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district)
    desk.plant(clear("not_registered").named("actual_user_paid_all"), 0, numbers)


def _declares_parcel(desk: Desk, payer: Holder, parcel: str, plot: Plot) -> None:
    desk.declare(payer, plot, 宗地代码=parcel)
    desk.pay(Slip(payer, office_of(plot.district)), due_by_year([plot]))


def outside_tax_area(desk: Desk) -> None:
    """Land in a 乡, outside town and mining area."""
    plot = old_plot(desk, district=desk.dice.pick(OUTSIDE_TAX_AREA))
    numbers = desk.hold(firm_on(desk, plot), [plot])
    desk.plant(clear("not_registered").named("outside_tax_area"), 0, numbers)


def term_ended(desk: Desk) -> None:
    """A leased right that ended in June 2024, paid until then."""
    plot = replace(old_plot(desk), until=date(2024, 6, 30), nature="租赁")
    settled(desk, firm_on(desk, plot), plot, case=clear("short_paid").named("term_ended"))


def surcharge_beside_tax(desk: Desk) -> None:
    """Paid late with surcharge, and in the year after: allocated by period, surcharge apart."""
    plot = old_plot(desk)
    tax = due_by_year([plot])
    holder = partly_paid(
        desk, plot, {2023: tax[2023], 2024: tax[2024]}, clear("not_declared").named("paid_a_year_late")
    )
    slip = Slip(holder, office_of(plot.district))
    label = ("城镇土地使用税", "土地使用税")
    paid_on = date(2026, 3, 16)
    desk.rows["tax_payments"] += [
        slip.row(desk.dice, (*label, "正税"), span(2025), tax[2025], paid_on),
        slip.row(desk.dice, (*label, "滞纳金"), span(2025), tax[2025] // 50, paid_on),
    ]


def corrected(desk: Desk) -> None:
    """Paid for the wrong period, refunded, and paid again for the right one."""
    plot = old_plot(desk)
    tax = due_by_year([plot])
    holder = partly_paid(desk, plot, {2023: tax[2023], 2024: tax[2024]}, clear("overpaid").named("corrected"))
    slip = Slip(holder, office_of(plot.district))
    wrong = [slip.land(desk.dice, span(2024), fen) for fen in (tax[2025], -tax[2025])]
    desk.rows["tax_payments"] += [*wrong, *year_rows(desk.dice, slip, 2025, tax[2025])]


def tiny_home(desk: Desk) -> None:
    """A person's dwelling so small that three years' tax stay under the minimum."""
    name, code = desk.make.person()
    plot = desk.make.plot(6_000, "007", right="国有建设用地使用权/房屋所有权", use="城镇住宅用地", feature="F00010001")
    number = desk.certify(Holder(name, code, plot.location, name), plot)
    desk.plant(clear("not_registered").named("tiny_home"), 0, [number])


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *((paid_under_old_number, 10), (known_by_old_number_only, 4), (renamed, 10), (sold, 10), (reissued, 10)),
    *((contract_and_certificate, 6), (developer_units, 4), (under_three_per_cent, 3)),
    *((under_fifty_square_metres, 3), (just_under_minimum, 3), (first_of_month, 2), (co_owner_paid_all, 5)),
    *((actual_user_paid_all, 5), (outside_tax_area, 12), (term_ended, 4), (surcharge_beside_tax, 5)),
    *((corrected, 4), (tiny_home, 20)),
)
"""Each maker of a case with how many of it stand at the `seed` scale."""
