"""Payment rows of the tax bureau: this tax in several labels and periods, and other taxes between them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from casebook.synth.dice import Dice
from casebook.synth.land_cells import day_text, yuan
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_rows import OFFICES, Row

LABELS: Final = dict(zip(OFFICES, ("城镇土地使用税", "土地使用税", "城镇土地使用税", "土地税"), strict=True))
"""What each office calls this tax in 征收项目."""
ALL_YEAR: Final = range(4)
"""The quarters of a calendar year."""
_DAYS: Final = dict(zip(OFFICES, ("%Y-%m-%d", "%Y/%-m/%-d", "%Y%m%d", "%Y-%m-%d"), strict=True))
_OTHERS: Final = (
    *(("增值税", "货物销售"), ("房产税", "从价计征"), ("印花税", "购销合同")),
    *(("企业所得税", "应纳税所得额"), ("城市维护建设税", "市区（增值税附征）")),
)


class Slip:
    """The payer's side of a row: number, code and name as they stand on the tax slips, and the office."""

    def __init__(self, holder: Holder, office: str, *, is_old_number: bool = False, name: str = "") -> None:
        self.number = holder.old_number if is_old_number else holder.code
        self.code = None if is_old_number else holder.code
        self.name = name or holder.name
        self.office = office

    def row(self, dice: Dice, tax: tuple[str, str, str], period: tuple[date, date], fen: int, paid_on: date) -> Row:
        """One slip: `tax` is 征收项目, 征收品目, 税款种类; money in fen, negative for a refund."""
        form = _DAYS[self.office]
        ticket = f"3900001{paid_on:%y%m}{dice.between(0, 10**9 - 1):09d}"
        days = (day_text(period[0], form), day_text(period[1], form))
        settled = (day_text(paid_on, form), day_text(paid_on + timedelta(days=dice.between(0, 3)), form))
        return (ticket, self.number, self.code, self.name, *tax, *days, yuan(fen), yuan(fen), *settled)

    def land(self, dice: Dice, period: tuple[date, date], fen: int, kind: str = "正税") -> Row:
        """One slip of land-use tax, paid on the usual days after the period; the due day is the 15th."""
        paid_on = period[1] + timedelta(days=dice.between(2, 15))
        return self.row(dice, (LABELS[self.office], "土地使用税", kind), period, fen, paid_on)


def span(year: int, first: int = 1, months: int = 12) -> tuple[date, date]:
    """First and last day of so many months of the year from month `first`."""
    last = first + months - 1
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    return date(year, first, 1), end


def year_rows(dice: Dice, slip: Slip, year: int, fen: int, quarters: range = ALL_YEAR) -> Iterator[Row]:
    """The year's tax in one slip per element of `quarters` that add up to it exactly; each covers the range's step."""
    for number, quarter in enumerate(quarters, 1):
        share = fen // len(quarters)
        amount = share if number < len(quarters) else fen - share * (number - 1)
        months = 3 * min(quarters.step, quarters.stop - quarter)
        yield slip.land(dice, span(year, 1 + 3 * quarter, months), amount)


def quarters_of(year: int, plots: Iterable[Plot]) -> range:
    """The quarters (0 to 3) of the year in which some of the land is liable; the whole year without land."""
    land = tuple(plots)
    if not land:
        return ALL_YEAR
    first = max(0, min(plot.first_month for plot in land) - year * 12) // 3
    last = min(11, max(plot.last_month for plot in land) - year * 12) // 3
    return range(first, last + 1)


def land_rows(dice: Dice, slip: Slip, paid: Mapping[int, int], plots: Iterable[Plot] = ()) -> Iterator[Row]:
    """Slips that add up per year to `paid` (fen), for the quarters in which the plots are liable.

    Sometimes with a surcharge, a refund, or one slip for two years of equal tax.
    """
    width, land = dice.pick((1, 1, 1, 1, 2, 4)), tuple(plots)
    years = [year for year, fen in paid.items() if fen]
    if years[:2] == [2023, 2024] and paid[2023] == paid[2024] and dice.chance(0.05):
        yield slip.land(dice, (date(2023, 1, 1), date(2024, 12, 31)), 2 * paid[2023])
        years = years[2:]
    for year in years:
        yield from year_rows(dice, slip, year, paid[year], quarters_of(year, land)[::width])
    if years and dice.chance(0.06):
        yield slip.land(dice, span(years[0]), dice.between(500, 40_000), "滞纳金")
    if years and dice.chance(0.03):
        yield from _paid_twice(dice, slip, years[-1], paid[years[-1]] // 4)
    if dice.chance(0.1):
        # The last quarter of 2022 is paid in January 2023: by its period it belongs to neither year judged.
        yield slip.land(dice, span(2022, 10, 3), dice.between(50_000, 900_000))


def _paid_twice(dice: Dice, slip: Slip, year: int, fen: int) -> Iterator[Row]:
    """A quarter paid once more by mistake and refunded."""
    yield slip.land(dice, span(year, 10, 3), fen)
    yield slip.land(dice, span(year, 10, 3), -fen)


def other_rows(dice: Dice, slip: Slip, count: int) -> Iterator[Row]:
    """Slips of other taxes of a firm in business."""
    for _ in range(count):
        name, item = dice.pick(_OTHERS)
        year, quarter = dice.between(2023, 2025), dice.between(0, 3)
        period = span(year, 1 + 3 * quarter, 3)
        yield slip.row(dice, (name, item, "正税"), period, dice.between(3_000, 9_000_000), period[1] + timedelta(10))
