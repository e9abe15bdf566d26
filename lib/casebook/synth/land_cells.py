"""How the offices write the facts: dates, areas, codes and names, each office with its own habits."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from casebook.synth.dice import Dice
from casebook.synth.land_facts import FOREVER
from casebook.synth.land_words import respelt
from casebook.synth.table import NUMBER

DIRT_SHARE: Final = 0.6
"""Share of an office's rows in which its habit shows."""


@dataclass(frozen=True)
class Habit:
    """One registration office's way of typing."""

    day: str = "%Y-%m-%d"
    area: str = "plain"
    code: str = "plain"
    parcel: str = "plain"
    name: str = "plain"


HABITS: Final = {
    "001": Habit(),
    "002": Habit(day="%Y/%-m/%-d", name="respelt"),
    "003": Habit(day="%Y-%m-%d", area="亩"),
    "004": Habit(day="%Y年%-m月%-d日", area="平方米", code="lower"),
    "005": Habit(day="%Y%m%d", area="㎡", parcel="spaced"),
    "006": Habit(day="%Y/%m/%d", area="公顷", name="padded"),
    "007": Habit(day="%Y.%-m.%-d", code="tab", name="respelt"),
    "008": Habit(day="%Y-%-m-%-d", area="thousands", parcel="spaced"),
    "009": Habit(day="%Y年%m月%d日", area="亩"),
    "010": Habit(area="平方米", code="lower"),
    "011": Habit(day="%Y/%-m/%-d", name="padded"),
    "012": Habit(day="%Y-%m-%d", area="㎡", code="wide"),
}
"""By cadastral district: the office that keeps its rows."""

_WIDE: Final = {ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHJKLMNPQRTUWXY"}


def day_text(day: date | None, form: str = "%Y-%m-%d") -> str | None:
    """The date in the office's form; an open end is 长期."""
    if day is None:
        return None
    return "长期" if day == FOREVER else day.strftime(form)


def yuan(fen: int) -> str:
    """The amount in yuan with two decimals."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def square_metres(area_dm2: int) -> str:
    """The area in m² with two decimals."""
    return f"{area_dm2 // 100}.{area_dm2 % 100:02d}"


def hectares(area_dm2: int) -> str:
    """The area in 公顷 with six decimals, exact."""
    return f"{area_dm2 // 10**6}.{area_dm2 % 10**6:06d}"


def mu(area_dm2: int) -> str | None:
    """The area in 亩 when two decimals hold it exactly (0.03 mu = 20 m²), else None."""
    if area_dm2 % 2000:
        return None
    hundredths = area_dm2 // 2000 * 3
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def area_text(area_dm2: int, form: str) -> str:
    """The area in one of the forms of `Habit.area`, always exact."""
    plain = square_metres(area_dm2)
    if form == "亩" and (text := mu(area_dm2)):
        return f"{text}亩"
    if form == "公顷":
        return f"{hectares(area_dm2)}公顷"
    if form == "thousands":
        return f"{area_dm2 // 100:,}.{area_dm2 % 100:02d}"
    return plain + form if form in {"平方米", "㎡"} else plain


def code_text(code: str, form: str) -> str:
    """The code in one of the forms of `Habit.code`."""
    if code.startswith(NUMBER):
        return code
    if form == "lower":
        return code.lower()
    if form == "wide":
        return code.translate(_WIDE)
    return f"{code}\t" if form == "tab" else code


def parcel_text(code: str, form: str) -> str:
    """A parcel or unit code, grouped by blanks where the office prints it so."""
    if form != "spaced":
        return code
    cuts = [0, 6, 9, 12, 14, 19, 28]
    return " ".join(code[a:b] for a, b in pairwise(cuts) if code[a:b])


def name_text(name: str, form: str) -> str:
    """The name in one of the forms of `Habit.name`."""
    if form == "respelt":
        return respelt(name)
    return f" {name}　" if form == "padded" else name


def habit_of(dice: Dice, district: str) -> Habit:
    """The habit of the district's office, or none in the rows where the clerk took care."""
    return HABITS[district] if dice.chance(DIRT_SHARE) else Habit(day=HABITS[district].day)
