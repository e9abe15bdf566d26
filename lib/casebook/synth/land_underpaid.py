"""Planted leads of land on which too little was paid, or too much: area, grade, start, sum."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth import land_words as words
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import due_by_year, half_up, rate_fen, shortfall
from casebook.synth.land_parts import firm_on, less, misdeclared, new_plot, old_plot, partly_paid
from casebook.synth.land_payments import Slip
from casebook.synth.land_rows import grade_cells, office_of

UNDER_AREA: Final = Case("under_area")
WRONG_GRADE: Final = Case("wrong_grade")
LATE_START: Final = Case("late_start")
SHORT_PAID: Final = Case("short_paid")
OVERPAID: Final = Case("overpaid")


def area_understated(desk: Desk) -> None:
    """Declared area far below the register's."""
    plot = old_plot(desk, 10_000, 50_000)
    told = replace(plot, area_dm2=plot.area_dm2 * desk.dice.between(40, 80) // 100)
    misdeclared(desk, plot, told, UNDER_AREA.named("area_understated"))


def area_in_mu(desk: Desk) -> None:
    """The area of a plot in 亩 was declared with 600 m² to the 亩."""
    plot = replace(old_plot(desk), area_dm2=desk.dice.between(30, 90) * 200_000)
    misdeclared(desk, plot, replace(plot, area_dm2=plot.area_dm2 * 9 // 10), UNDER_AREA.named("area_in_mu"))


def understated_under_old_number(desk: Desk) -> None:
    """Area understated by a taxpayer still known by its 15-digit number (T2)."""
    plot = old_plot(desk, 10_000, 40_000)
    told = replace(plot, area_dm2=plot.area_dm2 * 7 // 10)
    holder = firm_on(desk, plot)
    old: dict[str, str | None] = {"纳税人识别号": holder.old_number, "统一社会信用代码": None}
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district, **old)
    desk.declare(holder, told, **old)
    desk.pay(Slip(holder, office_of(plot.district), is_old_number=True), due_by_year([told]))
    amount = shortfall(due_by_year([plot]), due_by_year([told]))
    desk.plant(UNDER_AREA.named("understated_under_old_number"), amount, numbers)


def parcel_omitted(desk: Desk) -> None:
    """Two parcels held, one declared and paid."""
    told, hidden = old_plot(desk, 6_000, 20_000), old_plot(desk, 6_000, 20_000)
    holder = firm_on(desk, told)
    numbers = desk.hold(holder, [told, hidden])
    desk.pay_in_full(holder, [told])
    amount = shortfall(due_by_year([told, hidden]), due_by_year([told]))
    desk.plant(UNDER_AREA.named("parcel_omitted"), amount, numbers)


def over_three_per_cent(desk: Desk) -> None:
    """Declared 3.1 % less than registered (620 m² of 20,000)."""
    plot = old_plot(desk, 20_000, 20_000)
    misdeclared(desk, plot, replace(plot, area_dm2=1_938_000), UNDER_AREA.named("area_3_1_per_cent"))


def over_fifty_square_metres(desk: Desk) -> None:
    """Declared 51 m² less than registered, more than 3 % of a small plot on the best land."""
    plot = old_plot(desk, 1_300, 1_300, "001")
    misdeclared(desk, plot, replace(plot, area_dm2=124_900), UNDER_AREA.named("area_51_m2"))


def developer_half(desk: Desk) -> None:
    """A developer with four units of one parcel declares two of them."""
    holder, units = developer(desk)
    numbers = desk.hold(holder, units)
    desk.pay_in_full(holder, units[:2])
    amount = shortfall(due_by_year(units), due_by_year(units[:2]))
    desk.plant(UNDER_AREA.named("developer_half"), amount, numbers)


def grade_too_low(desk: Desk) -> None:
    """Declared one grade lower than the cadastral district's and paid by that grade's rate."""
    district = desk.dice.pick(("003", "004", "005", "006", "012"))
    plot = old_plot(desk, 8_000, 50_000, district)
    low = replace(plot, parcel=plot.parcel[:6] + ("007" if plot.grade == 3 else "004") + plot.parcel[9:])
    over = {**grade_cells(low.grade), "宗地代码": None}
    misdeclared(desk, plot, low, WRONG_GRADE.named("grade_too_low"), **over)


def old_rate_kept(desk: Desk) -> None:
    """Right grade, but the rate of 2024 was still used in 2025."""
    district = desk.dice.pick(("004", "005", "006", "007", "008"))
    plot = old_plot(desk, 10_000, 50_000, district)
    stale = half_up(plot.area_dm2 * rate_fen(plot.grade, 2024), 100)
    paid = {**due_by_year([plot]), 2025: stale}
    holder = firm_on(desk, plot)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot, 单位税额=f"{rate_fen(plot.grade, 2024) / 100:.2f}")
    desk.pay(Slip(holder, office_of(plot.district)), paid)
    desk.plant(WRONG_GRADE.named("old_rate_kept"), shortfall(due_by_year([plot]), paid), numbers)


def started_late(desk: Desk) -> None:
    """Hand-over inside the period, declared and paid only months later."""
    plot = new_plot(desk, date(2023, 1, 5), date(2024, 9, 30), 10_000, 50_000)
    later = replace(plot, taken=plot.taken + timedelta(days=desk.dice.between(120, 400)))
    misdeclared(desk, plot, later, LATE_START.named("started_late"))


def month_end(desk: Desk) -> None:
    """Handed over on the last day of June, declared from August: July is owed."""
    plot = desk.make.contracted(date(2024, 6, 30), 3_000_000)
    misdeclared(desk, plot, replace(plot, taken=date(2024, 7, 1)), LATE_START.named("month_end"))


def quarters_missing(desk: Desk) -> None:
    """Everything declared truly, two quarters of a year not paid."""
    plot, year = old_plot(desk, 10_000, 40_000), desk.dice.between(2023, 2025)
    partly_paid(desk, plot, less(plot, {year: due_by_year([plot])[year] // 2}), SHORT_PAID.named("quarters_missing"))


def missing_sum(fen: int, slug: str, vat: str = "一般纳税人") -> Callable[[Desk], None]:
    """The maker of a case that lacks exactly so many fen in 2025."""

    def case(desk: Desk) -> None:
        plot = old_plot(desk, 8_000, 20_000)
        partly_paid(desk, plot, less(plot, {2025: fen}), SHORT_PAID.named(slug), vat=vat)

    case.__doc__ = f"Paid {fen} fen less than due in 2025."
    return case


def small_payer(desk: Desk) -> None:
    """A small-scale VAT payer far above the minimum even when halved."""
    plot = old_plot(desk)
    missing = {2024: due_by_year([plot])[2024] // 4}
    partly_paid(desk, plot, less(plot, missing), SHORT_PAID.named("small_payer"), vat="小规模纳税人")


def area_overstated(desk: Desk) -> None:
    """Declared and paid for a tenth more land than held."""
    plot = old_plot(desk)
    misdeclared(desk, plot, replace(plot, area_dm2=plot.area_dm2 * 11 // 10), OVERPAID.named("area_overstated"))


def developer(desk: Desk) -> tuple[Holder, list[Plot]]:
    """A developer and the four units of its parcel, whose areas add up to the contract's."""
    whole = desk.make.contracted(desk.dice.day(date(2017, 1, 1), date(2020, 6, 30)), 4_000_000)
    holder = desk.make.firm(words.DEVELOPER_TRADES, address=whole.location)
    desk.list_in_market(holder)
    desk.supply(holder, whole, 土地用途="城镇住宅用地")
    pieces = (800_000, 1_200_000, 900_000, 1_100_000)
    flats = replace(whole, right="国有建设用地使用权/房屋所有权", use="城镇住宅用地", signed=None)
    units = [replace(flats, area_dm2=piece, feature=f"F{number:04d}0001") for number, piece in enumerate(pieces, 1)]
    return holder, units


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *(
        (area_understated, 12),
        (area_in_mu, 3),
        (understated_under_old_number, 3),
        (parcel_omitted, 7),
        (over_three_per_cent, 2),
    ),
    *((over_fifty_square_metres, 2), (developer_half, 2), (grade_too_low, 10), (old_rate_kept, 5)),
    *((started_late, 10), (month_end, 2), (quarters_missing, 9), (missing_sum(100_100, "just_over_minimum"), 2)),
    *((missing_sum(100_000, "exactly_minimum"), 1), (small_payer, 3)),
    *((missing_sum(200_100, "halved_over_minimum", "小规模纳税人"), 1), (area_overstated, 4)),
)
"""Each maker of a case with how many of it stand at the `seed` scale."""
