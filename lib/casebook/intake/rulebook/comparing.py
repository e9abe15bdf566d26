"""Two values of a rule side by side: whether they can be compared, and how that is done exactly.

A bare number beside money or an area counts in the unit of the column; a text beside a date is a day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

import polars as pl

from casebook.errors import ContractError, short
from casebook.measure import area, money

FAMILIES: Final = {"money": "money", "area": "area", "number": "number", "date": "date"}
AMOUNTS: Final = frozenset({"number", "money", "area"})
DECIMAL: Final = pl.Decimal(38, 10)
_INT64_LIMIT: Final = 2**63
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDS: Final = {"truth": "a condition", "text": "a text", "date": "a date", "number": "a number"}
_COMPARED: Final[dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "=": pl.Expr.eq, "!=": pl.Expr.ne, "<": pl.Expr.lt, "<=": pl.Expr.le, ">": pl.Expr.gt, ">=": pl.Expr.ge,
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """An expression and what it is.

    Attributes:
        family: text, date, number, money, area or truth.
        is_exact: false once it was computed in floating point.
        literal: the number or text it is, which takes on the family it stands beside.
        unit: of money and areas.
    """

    family: str
    expr: pl.Expr
    is_exact: bool = True
    literal: Fraction | str | None = None
    unit: str | None = None


def family(kind: str | None) -> str:
    """How values of a kind are compared."""
    return FAMILIES.get(kind or "", "text")


def literal(value: Fraction) -> Typed:
    """A number written out, exact where it has at most ten digits after the point."""
    scaled = value * 10**10
    if scaled.denominator != 1 or abs(scaled) >= 10**37:
        return Typed("number", pl.lit(float(value)), is_exact=False, literal=value)
    whole, rest = divmod(abs(int(scaled)), 10**10)
    said = f"{'-' if value < 0 else ''}{whole}.{rest:010}"
    return Typed("number", pl.lit(said).cast(DECIMAL), literal=value)


def called(typed: Typed) -> str:
    """What messages call it."""
    return _WORDS.get(typed.family, typed.family)


def compared(sign: str, left: Typed, right: Typed) -> Typed:
    """The truth of a comparison, when the two sides can be compared."""
    left, right = alike(left, right)
    if left.family != right.family or left.family == "truth":
        raise ContractError(f"{called(left)} cannot be compared with {called(right)}")
    if left.family == "text" and sign not in {"=", "!="}:
        raise ContractError(f"texts are compared with = and !=, not with {sign}")
    first, second = comparable(left, right), comparable(right, left)
    if (
        not first.meta.root_names()
    ):  # a literal on the left takes Polars' length from itself where the right is all null
        sign, first, second = _MIRRORED.get(sign, sign), second, first
    return Typed("truth", _COMPARED[sign](first, second))


def comparable(one: Typed, other: Typed) -> pl.Expr:
    """One side as it is compared with the other: whole fen and decimals exactly, in floating point once something was computed."""
    if one.family not in AMOUNTS:
        return one.expr
    if not (one.is_exact and other.is_exact):
        return one.expr.cast(pl.Float64)
    return one.expr.cast(DECIMAL) if one.family == "number" else one.expr


def alike(left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """A literal takes on the family of what it stands beside."""
    if left.literal is None and right.literal is not None:
        return left, _as(right, left)
    if right.literal is None and left.literal is not None:
        return _as(left, right), right
    return left, right


def _as(literal: Typed, other: Typed) -> Typed:
    if other.family in {"money", "area"} and isinstance(literal.literal, Fraction):
        return _scaled(literal.literal, other)
    if other.family == "date" and isinstance(literal.literal, str):
        return _as_date(literal)
    return literal


def _scaled(value: Fraction, other: Typed) -> Typed:
    """A bare number in the unit of the column, as whole fen or 0.01 m²."""
    if other.unit is None and value != 0:
        raise ContractError("a bare number stands beside columns of different units; compare columns of one unit only")
    scale = _scale(other.family, other.unit) if other.unit else Fraction(1)
    whole = value * scale
    if whole.denominator != 1 or abs(whole) >= _INT64_LIMIT:
        raise ContractError(
            f"{float(value):g} {other.unit} is finer than a fen or 0.01 m², or too large, and cannot be compared exactly"
        )
    return Typed(other.family, pl.lit(int(whole), pl.Int64), unit=other.unit)


def _scale(family_: str, unit: str) -> Fraction:
    if family_ == "area":
        return Fraction(area.size_dm2(unit)).limit_denominator(3)
    return Fraction(10) ** (money.UNITS[unit] + 2)


def _as_date(typed: Typed) -> Typed:
    if typed.family == "date":
        return typed
    try:
        return Typed("date", pl.lit(date.fromisoformat(str(typed.literal)), pl.Date))
    except ValueError:
        raise ContractError(
            f"{short(str(typed.literal))!r} stands beside a date and is no day like 2026-03-31"
        ) from None


def demanded(typed: Typed, wanted: str) -> Typed:
    """The value, when it is of the wanted family."""
    if wanted == "date" and isinstance(typed.literal, str):
        return _as_date(typed)
    if typed.family != wanted:
        raise ContractError(f"a {wanted} is expected where {called(typed)} stands")
    return typed
