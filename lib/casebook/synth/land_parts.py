"""Pieces that most planted cases are made of: a firm on its land, unpaid, half paid or declared wrongly."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import YEARS, due_by_year, shortfall
from casebook.synth.land_payments import Slip
from casebook.synth.land_rows import office_of
from casebook.synth.land_words import TRADES

NOTHING: Final[Mapping[int, int]] = dict.fromkeys(YEARS, 0)


def owed(*plots: Plot) -> int:
    """Tax of the whole period in fen when nothing is paid."""
    return shortfall(due_by_year(plots), NOTHING)


def firm_on(desk: Desk, plot: Plot, **facts: str) -> Holder:
    """A company sited on the plot and listed in the market register."""
    holder = desk.make.firm(TRADES, plot.district, address=plot.location, **facts)
    desk.list_in_market(holder)
    return holder


def old_plot(desk: Desk, low: int = 4_500, high: int = 24_000, district: str = "") -> Plot:
    """A plot held since long before the period, area between the bounds in m², whole m²."""
    area_dm2 = desk.dice.between(low, high) * 100
    return desk.make.plot(area_dm2, district)


def new_plot(desk: Desk, first: date, last: date, low: int = 7_000, high: int = 25_000) -> Plot:
    """A plot handed over by contract on a day between the two, area between the bounds in m²."""
    return desk.make.contracted(desk.dice.day(first, last), desk.dice.between(low, high) * 100)


def undeclared(desk: Desk, holder: Holder, *plots: Plot, case: Case) -> None:
    """The holder is registered for tax, but has no tax source and pays no land-use tax."""
    numbers = desk.hold(holder, plots)
    desk.enrol(holder, plots[0].district)
    desk.plant(case, owed(*plots), numbers)


def declared_unpaid(desk: Desk, holder: Holder, *plots: Plot, case: Case) -> None:
    """The holder declares all land truly and pays nothing."""
    numbers = desk.hold(holder, plots)
    desk.enrol(holder, plots[0].district)
    for plot in plots:
        desk.declare(holder, plot)
    desk.plant(case, owed(*plots), numbers)


def settled(desk: Desk, holder: Holder, *plots: Plot, case: Case) -> None:
    """Everything declared and paid: clear, though it looks like the case's kind."""
    numbers = desk.hold(holder, plots)
    desk.pay_in_full(holder, plots)
    desk.plant(case, 0, numbers)


def misdeclared(desk: Desk, true: Plot, told: Plot, case: Case, **over: str | None) -> None:
    """One firm declares `told` instead of the `true` plot and pays by it; `over` replaces cells of the tax source."""
    holder = firm_on(desk, true)
    numbers = desk.hold(holder, [true])
    desk.enrol(holder, true.district)
    desk.declare(holder, told, **over)
    paid = due_by_year([told])
    desk.pay(Slip(holder, office_of(true.district)), paid, [told])
    desk.plant(case, difference(case, true, paid), numbers)


def partly_paid(desk: Desk, plot: Plot, paid: Mapping[int, int], case: Case, **facts: str) -> Holder:
    """One firm declares its plot truly and pays only `paid` (fen per year)."""
    holder = firm_on(desk, plot, **facts)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot)
    desk.pay(Slip(holder, office_of(plot.district)), paid)
    desk.plant(case, difference(case, plot, paid), numbers)
    return holder


def difference(case: Case, plot: Plot, paid: Mapping[int, int]) -> int:
    """The case's amount in fen: due less paid or, when overpaid, the reverse; nothing when it is clear."""
    return 0 if case.bin == "clear" else abs(shortfall(due_by_year([plot]), paid))


def less(plot: Plot, missing: Mapping[int, int]) -> dict[int, int]:
    """What is paid when `missing` fen per year are left out of the plot's tax."""
    return {year: fen - missing.get(year, 0) for year, fen in due_by_year([plot]).items()}


def certify_shared(desk: Desk, first: Holder, second: Holder, whole: Plot, shares: str = "共同共有") -> int:
    """One certificate with both holders and both numbers in one cell, joined by 、, and the whole area."""
    both = replace(first, name=f"{first.name}、{second.name}")
    return desk.certify(both, whole, 权利人证件号=f"{first.code}、{second.code}", 共有情况=shares)
