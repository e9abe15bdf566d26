"""Planted leads of land on which nothing was paid: `not_registered` and `not_declared`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth import land_words as words
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_exempt import former_farmland
from casebook.synth.land_law import due_by_year
from casebook.synth.land_parts import (
    certify_shared,
    declared_unpaid,
    firm_on,
    less,
    new_plot,
    old_plot,
    owed,
    partly_paid,
    undeclared,
)
from casebook.synth.land_payments import Slip, span, year_rows
from casebook.synth.land_rows import office_of

NOT_REGISTERED: Final = Case("not_registered")
NOT_DECLARED: Final = Case("not_declared")


def no_registration(desk: Desk) -> None:
    """Land by contract, listed in the market register, unknown to the tax bureau."""
    plot = new_plot(desk, date(2018, 1, 1), date(2024, 6, 30))
    numbers = desk.hold(firm_on(desk, plot), [plot])
    desk.plant(NOT_REGISTERED.named("no_registration"), owed(plot), numbers)


def no_source(desk: Desk) -> None:
    """A taxpayer that pays other taxes and never declared its land."""
    plot = old_plot(desk)
    undeclared(desk, firm_on(desk, plot), plot, case=NOT_REGISTERED.named("no_source"))


def farm_plant(desk: Desk) -> None:
    """A farm's processing plant on industrial land: not farming land."""
    plot = old_plot(desk)
    holder = desk.make.firm(words.FARM_TRADES, address=plot.location)
    desk.list_in_market(holder)
    undeclared(desk, holder, plot, case=NOT_REGISTERED.named("farm_plant"))


def looks_exempt(desk: Desk) -> None:
    """A company whose name begins like a hospital's or school's."""
    plot = old_plot(desk)
    unit = desk.dice.pick(words.PUBLIC_UNITS)
    name = f"青禾区{unit}{desk.dice.pick(('后勤服务', '物业服务', '印务'))}{words.brand(desk.dice)}有限公司"
    undeclared(desk, firm_on(desk, plot, name=name), plot, case=NOT_REGISTERED.named("looks_exempt"))


def several_plots(desk: Desk) -> None:
    """Two parcels in two townships of one holder: one case."""
    plots = (old_plot(desk, 3_000, 12_000), old_plot(desk, 3_000, 12_000))
    undeclared(desk, firm_on(desk, plots[0]), *plots, case=NOT_REGISTERED.named("several_plots"))


def nothing_paid(desk: Desk) -> None:
    """Declared truly, nothing paid in three years."""
    plot = old_plot(desk)
    declared_unpaid(desk, firm_on(desk, plot), plot, case=NOT_DECLARED.named("nothing_paid"))


def three_spellings(desk: Desk) -> None:
    """One owner on three certificates: by its name, by 有限责任公司 for 有限公司, and by its former name; one case."""
    plots = [old_plot(desk, 3_000, 9_000) for _ in range(3)]
    holder = desk.make.firm(address=plots[0].location)
    former = replace(desk.make.firm(), code=holder.code)
    desk.list_in_market(holder, 曾用名=former.name, 变更事项="名称变更", 变更日期="2019-08-06")
    old_number = f"{holder.organisation[:8]}-{holder.organisation[8]}"
    numbers = [
        desk.certify(holder, plots[0]),
        desk.certify(replace(holder, name=words.respelt(holder.name)), plots[1], 权利人证件号=old_number),
        desk.certify(former, plots[2], 权利人证件号=old_number),
    ]
    desk.enrol(holder, plots[0].district)
    for plot in plots:
        desk.declare(holder, plot)
    desk.plant(NOT_DECLARED.named("three_spellings"), owed(*plots), numbers)


def one_year_unpaid(desk: Desk) -> None:
    """One year of three left out."""
    plot, year = old_plot(desk), desk.dice.between(2023, 2025)
    partly_paid(desk, plot, less(plot, {year: due_by_year([plot])[year]}), NOT_DECLARED.named("one_year_unpaid"))


def handed_over_lately(desk: Desk) -> None:
    """Handed over inside the period, nothing paid since."""
    plot = new_plot(desk, date(2023, 2, 1), date(2025, 3, 31))
    declared_unpaid(desk, firm_on(desk, plot), plot, case=NOT_DECLARED.named("handed_over_lately"))


def signed_only(desk: Desk) -> None:
    """A contract without a hand-over date: liable from the month after signing."""
    signed = desk.dice.day(date(2023, 2, 1), date(2024, 12, 31))
    plot = replace(desk.make.contracted(signed, desk.dice.between(8_000, 20_000) * 100), signed=signed)
    holder = firm_on(desk, plot)
    number = desk.certify(holder, plot, 使用期限起=None)
    desk.supply(holder, plot, 约定交地时间=None)
    desk.enrol(holder, plot.district)
    desk.plant(NOT_REGISTERED.named("signed_only"), owed(plot), [number])


def building_bought(desk: Desk) -> None:
    """An existing building bought: liable from the month after the certificate; the seller's row is history."""
    old = replace(old_plot(desk), feature="F00010001", right="国有建设用地使用权/房屋所有权", use="商服用地")
    seller = desk.make.firm(district=old.district)
    desk.list_in_market(seller)
    desk.certify(seller, old, 权属状态="历史")
    bought = desk.dice.day(date(2023, 3, 1), date(2024, 12, 31))
    plot = replace(old, taken=bought, registered=bought)
    holder = firm_on(desk, plot)
    number = desk.certify(holder, plot, 使用期限起=old.taken.isoformat())
    desk.enrol(holder, plot.district)
    desk.plant(NOT_REGISTERED.named("building_bought"), owed(plot), [number])


def auctioned_farmland(desk: Desk) -> None:
    """Former farmland won at auction weeks after its requisition: no farmland year, due from the month after the hand-over."""
    approved = desk.dice.day(date(2024, 12, 31), date(2025, 6, 30))
    handed = approved + timedelta(days=desk.dice.between(10, 60))
    mode = desk.dice.pick(("挂牌出让", "拍卖出让", "招标出让"))
    former_farmland(desk, approved, handed, NOT_REGISTERED.named("auctioned_farmland"), mode)


def after_anniversary(desk: Desk, approved: date, liable_after: date, slug: str) -> None:
    """Allotted former farmland unpaid from the month after the first anniversary of the approval; 2024 is spared."""
    day = approved + timedelta(days=desk.dice.between(10, 60))
    handed = desk.make.contracted(day, desk.dice.between(10_000, 25_000) * 100)
    holder = firm_on(desk, handed)
    number = desk.certify(holder, handed)
    desk.supply(holder, handed, 供应方式="划拨", 征收前地类="耕地", 批准时间=approved.isoformat())
    desk.enrol(holder, handed.district)
    desk.declare(holder, handed)
    desk.plant(NOT_DECLARED.named(slug), owed(replace(handed, taken=liable_after)), [number])
    spared = Case("not_declared", "excluded", "farmland_first_year").named(f"{slug}_spared")
    desk.plant(spared, due_by_year([handed])[2024], [number])


def anniversary_last_day_of_2024(desk: Desk) -> None:
    """Approved 2023-12-31: the year is over on 2024-12-31, all twelve months of 2025 are due."""
    after_anniversary(desk, date(2023, 12, 31), date(2024, 12, 31), "anniversary_last_day")


def anniversary_first_day_of_2025(desk: Desk) -> None:
    """Approved one day later: the year is over on 2025-01-01, eleven months of 2025 are due."""
    after_anniversary(desk, date(2024, 1, 1), date(2025, 1, 1), "anniversary_first_day")


def relief_ended(desk: Desk) -> None:
    """Hardship relief that ended on the day before the period."""
    _filed(desk, "困难减免", ("2022-01-01", "2022-12-31"), "relief_ended")


def reclaimed_ended(desk: Desk) -> None:
    """Reclaimed land whose ten years ended before the period."""
    _filed(desk, "改造的废弃土地免税", ("2012-07-01", "2022-06-30"), "reclaimed_ended")


def _filed(desk: Desk, nature: str, window: tuple[str, str], slug: str) -> None:
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    desk.relieve(holder, nature, window, "100%", f"青税减〔{window[0][:4]}〕{desk.dice.between(1, 90)}号")
    declared_unpaid(desk, holder, plot, case=NOT_DECLARED.named(slug))


def relief_to_come(desk: Desk) -> None:
    """Relief granted from the day after the period."""
    _filed(desk, "困难减免", ("2026-01-01", "2026-12-31"), "relief_to_come")


def co_owner_owes(desk: Desk) -> None:
    """Two owners by shares: one declares and pays its own share exactly, the other nothing."""
    whole = desk.make.plot(desk.dice.between(80, 250) * 10_000)
    payer, debtor = firm_on(desk, whole), desk.make.firm(district=whole.district)
    desk.list_in_market(debtor)
    number = certify_shared(desk, payer, debtor, whole, "按份共有（60%、40%）")
    desk.pay_in_full(payer, [whole.share(60)])
    desk.enrol(debtor, whole.district)
    desk.plant(NOT_REGISTERED.named("co_owner_owes"), owed(whole.share(40)), [number])


def paid_back(desk: Desk) -> None:
    """Paid for 2025 and refunded in full: nothing is paid."""
    plot = old_plot(desk)
    tax = due_by_year([plot])[2025]
    holder = partly_paid(desk, plot, less(plot, {2025: tax}), NOT_DECLARED.named("paid_back"))
    slip = Slip(holder, office_of(plot.district))
    desk.rows["tax_payments"].extend(year_rows(desk.dice, slip, 2025, tax))
    desk.rows["tax_payments"].append(slip.land(desk.dice, span(2025), -tax))


def surcharge_only(desk: Desk) -> None:
    """Only a surcharge was paid: it does not count as tax."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    declared_unpaid(desk, holder, plot, case=NOT_DECLARED.named("surcharge_only"))
    slip = Slip(holder, office_of(plot.district))
    desk.rows["tax_payments"].append(slip.land(desk.dice, span(2024), 350_000, "滞纳金"))


def earlier_period_only(desk: Desk) -> None:
    """Paid inside the period, but for 2022."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    declared_unpaid(desk, holder, plot, case=NOT_DECLARED.named("earlier_period_only"))
    slip = Slip(holder, office_of(plot.district))
    desk.rows["tax_payments"].append(slip.land(desk.dice, span(2022), due_by_year([plot])[2023]))


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *((no_registration, 20), (no_source, 18), (farm_plant, 3), (looks_exempt, 2), (several_plots, 5)),
    *(
        (nothing_paid, 20),
        (three_spellings, 3),
        (one_year_unpaid, 6),
        (handed_over_lately, 6),
        (signed_only, 2),
        (building_bought, 3),
    ),
    *(
        (anniversary_last_day_of_2024, 2),
        (anniversary_first_day_of_2025, 2),
        (auctioned_farmland, 3),
        (relief_ended, 2),
    ),
    *((reclaimed_ended, 1), (relief_to_come, 1), (co_owner_owes, 3), (paid_back, 2)),
    *((surcharge_only, 2), (earlier_period_only, 2)),
)
"""Each maker of a case with how many of it stand at the `seed` scale."""
