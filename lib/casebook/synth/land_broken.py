"""Planted rows that cannot be compared: no usable number, and no name that anybody knows."""

from collections.abc import Callable
from typing import Final

from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import Holder
from casebook.synth.land_parts import old_plot
from casebook.synth.table import NUMBER

UNMATCHED: Final = Case("", "unmatched")


def _row(desk: Desk, holder: Holder, number: str | None, slug: str, kind: str = "统一社会信用代码证") -> None:
    plot = old_plot(desk)
    row = desk.certify(holder, plot, 权利人证件号=number, 权利人证件种类=kind if number else None)
    desk.plant(UNMATCHED.named(slug), 0, [row])


def masked(desk: Desk) -> None:
    """A code with its middle masked, and a name no other agency has."""
    holder = desk.make.firm()
    _row(desk, holder, masked_code(holder.code), "masked")


def masked_code(code: str) -> str:
    """The code with six characters of its middle replaced by asterisks."""
    return f"{code[:8]}******{code[14:]}"


def nameless(desk: Desk) -> None:
    """No code, and a name no other agency has."""
    _row(desk, desk.make.firm(), desk.dice.pick((None, None, "无", "/")), "no_code")


def digits_lost(desk: Desk) -> None:
    """A code of digits only that Excel kept as a number: the last three are lost for good."""
    holder = desk.make.firm()
    while not (code := desk.make.code("91")).isdecimal():
        continue
    _row(desk, holder, NUMBER + code, "digits_lost")


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = ((masked, 5), (nameless, 6), (digits_lost, 3))
"""Each maker of a case with how many of it stand at the `seed` scale."""
