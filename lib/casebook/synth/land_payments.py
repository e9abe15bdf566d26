"""Payment rows of the tax bureau: this tax in several labels and periods, and other taxes between them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from casebook.synth.dice import Dice
from casebook.synth.land_cells import day_text, yuan
from casebook.synth.land_facts import Holder
from casebook.synth.land_rows import OFFICES, Row

LABELS: Final = dict(zip(OFFICES, ("城镇土地使用税", "土地使用税", "城镇土地使用税", "土地税"), strict=True))
"""What each office calls this tax in 征收项目."""
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


def year_rows(dice: Dice, slip: Slip, year: int, fen: int, parts: int) -> Iterator[Row]:
    """The year's tax in 1, 2 or 4 slips that add up to it exactly."""
    months = 12 // parts
    for number in range(parts):
        amount = fen // parts if number < parts - 1 else fen - fen // parts * (parts - 1)
        yield slip.land(dice, span(year, 1 + number * months, months), amount)


def land_rows(dice: Dice, slip: Slip, paid: Mapping[int, int]) -> Iterator[Row]:
    """Slips that add up per year to `paid` (fen); sometimes with surcharge, refund, or one slip for two years."""
    parts = dice.pick((4, 4, 4, 4, 2, 1))
    years = [year for year, fen in paid.items() if fen]
    if 2023 in years and paid[2023] == paid.get(2024) and dice.chance(0.05):
        yield slip.land(dice, (date(2023, 1, 1), date(2024, 12, 31)), 2 * paid[2023])
        years = [year for year in years if year > 2024]
    for year in years:
        yield from year_rows(dice, slip, year, paid[year], parts)
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
