"""What a rule's tree means: a truth of three values (true, false, unknown) over the cleaned cells of a row.

Kinds are told apart when the contract is loaded: money is compared with money, a date with a date; a bare number beside money or an
area counts in the unit of the contract's column. Comparisons are exact. Sums are exact on whole fen and 0.01 m² up to 2^53; a
result beyond, or a division by zero, is unknown. Money through an area is yuan per square metre.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

import polars as pl

from casebook.errors import ContractError
from casebook.intake.rulebook import tree
from casebook.intake.rulebook.comparing import (
    AMOUNTS,
    Typed,
    alike,
    called,
    comparable,
    compared,
    demanded,
    family,
    literal,
)

if TYPE_CHECKING:
    from casebook.intake.contract import Column

STATE: Final = "|state"
DOUBT: Final = "|doubt"
FILLED, BLANK, PLACEHOLDER, UNREADABLE = 0, 1, 2, 3
_WHOLE_LIMIT: Final = 2**53
_OWN_UNIT: Final = {"money": "元", "area": "平方米"}


def compiled(node: tree.Node, columns: "Mapping[str, Column]") -> pl.Expr:
    """Boolean expression over a frame of `casebook.intake.cells`: null where the answer is unknown.

    Raises:
        ContractError: saying which parts do not fit together; the place is for the caller to add.
    """
    if not tree.names(node):
        raise ContractError("the expression reads no column, so it says nothing about a row")
    return _truth(_typed(node, columns))


def is_null(column: str) -> pl.Expr:
    """The cell is blank or a placeholder; unknown where it is unreadable."""
    state = pl.col(column + STATE)
    return pl.when(state != UNREADABLE).then(state.is_between(BLANK, PLACEHOLDER))


def _typed(node: tree.Node, columns: "Mapping[str, Column]") -> Typed:
    make: Callable[..., Typed] = _MAKERS[type(node)]
    return make(node, columns)


def _truth(typed: Typed) -> pl.Expr:
    if typed.family != "truth":
        raise ContractError(f"a condition is expected where {called(typed)} stands; compare it with something")
    return typed.expr


def _number(node: tree.Number, _: "Mapping[str, Column]") -> Typed:
    return literal(Fraction(node.text))


def _text(node: tree.Text, _: "Mapping[str, Column]") -> Typed:
    return Typed("text", pl.lit(node.text), literal=node.text)


def _name(node: tree.Name, columns: "Mapping[str, Column]") -> Typed:
    column = columns[node.column]
    kind = family(column.kind)
    return Typed(kind, pl.col(node.column), unit=column.unit or _OWN_UNIT.get(kind))


def _is_null(node: tree.IsNull, _: "Mapping[str, Column]") -> Typed:
    return Typed("truth", is_null(node.column))


def _readable(node: tree.Readable, _: "Mapping[str, Column]") -> Typed:
    return Typed("truth", ~pl.col(node.column + DOUBT))


def _not(node: tree.Not, columns: "Mapping[str, Column]") -> Typed:
    return Typed("truth", ~_truth(_typed(node.part, columns)))


def _both(node: tree.Both, columns: "Mapping[str, Column]") -> Typed:
    parts = [_truth(_typed(part, columns)) for part in node.parts]
    return Typed("truth", reduce(and_ if node.word == "AND" else or_, parts))


def _match(node: tree.Match, columns: "Mapping[str, Column]") -> Typed:
    return Typed("truth", demanded(_typed(node.value, columns), "text").expr.str.contains(node.pattern))


def _compare(node: tree.Compare, columns: "Mapping[str, Column]") -> Typed:
    return compared(node.sign, _typed(node.left, columns), _typed(node.right, columns))


def _between(node: tree.Between, columns: "Mapping[str, Column]") -> Typed:
    value, low, high = (_typed(part, columns) for part in (node.value, node.low, node.high))
    return Typed("truth", compared(">=", value, low).expr & compared("<=", value, high).expr)


def _member(node: tree.Member, columns: "Mapping[str, Column]") -> Typed:
    value, items = _typed(node.value, columns), [_typed(item, columns) for item in node.items]
    if value.family == "text" and all(isinstance(item.literal, str) for item in items):
        return Typed("truth", value.expr.is_in([str(item.literal) for item in items]))
    return Typed("truth", reduce(or_, (compared("=", value, item).expr for item in items)))


def _sum(node: tree.Sum, columns: "Mapping[str, Column]") -> Typed:
    left, right = _typed(node.left, columns), _typed(node.right, columns)
    if isinstance(left.literal, Fraction) and isinstance(right.literal, Fraction):
        return _folded(node.sign, left.literal, right.literal)
    if node.sign in "+-":
        left, right = alike(left, right)
    found = _RESULTS.get((left.family, node.sign, right.family))
    if found is None:
        advice = "; use days_between(from, until)" if "date" in {left.family, right.family} else ""
        raise ContractError(f"{called(left)} {node.sign} {called(right)} means nothing here{advice}")
    unit = left.unit if found == left.family else right.unit
    is_mixed = left.unit != right.unit and left.family == right.family
    return replace(_computed(node.sign, left, right, found), unit=None if is_mixed or found == "number" else unit)


def _folded(sign: str, left: Fraction, right: Fraction) -> Typed:
    if sign == "/" and right == 0:
        raise ContractError("a number is divided by zero")
    found = {"+": left.__add__, "-": left.__sub__, "*": left.__mul__, "/": left.__truediv__}[sign](right)
    if abs(found) >= 10**27:
        raise ContractError("the numbers written out give a result that is too large")
    return literal(Fraction(found))


def _computed(sign: str, left: Typed, right: Typed, found: str) -> Typed:
    """In floating point: whole numbers stay whole, others lose the tail it leaves; what is too large is unknown."""
    a, b = left.expr.cast(pl.Float64), right.expr.cast(pl.Float64)
    value = _ARITHMETIC[sign](a, pl.when(b != 0).then(b) if sign == "/" else b)
    limit = float("1e300") if found == "number" else float(_WHOLE_LIMIT)
    held = pl.when(value.is_finite() & (value.abs() <= limit)).then(value)
    rounded = held.round(9 if found == "number" else 6)
    return Typed(found, pl.when(held == held.floor()).then(held).otherwise(rounded), is_exact=False)


def _call(node: tree.Call, columns: "Mapping[str, Column]") -> Typed:
    return _FUNCTIONS[node.function](*(_typed(argument, columns) for argument in node.arguments))


def _left(text: Typed, count: Typed) -> Typed:
    if not isinstance(count.literal, Fraction) or count.literal.denominator != 1 or not 1 <= count.literal <= 100:
        raise ContractError("left takes a text and a whole number from 1 to 100")
    return Typed("text", demanded(text, "text").expr.str.slice(0, int(count.literal)))


def _holds(find: Callable[[pl.Expr, str], pl.Expr]) -> Callable[[Typed, Typed], Typed]:
    def asked(text: Typed, part: Typed) -> Typed:
        if not isinstance(part.literal, str):
            raise ContractError("starts_with, ends_with and contains_text take a column and a text in single quotes")
        return Typed("truth", find(demanded(text, "text").expr, part.literal))

    return asked


def _abs(value: Typed) -> Typed:
    if value.family not in AMOUNTS:
        raise ContractError(f"abs takes an amount, not {called(value)}")
    if isinstance(value.literal, Fraction):
        return literal(abs(value.literal))
    return replace(value, expr=value.expr.abs())


def _coalesce(*values: Typed) -> Typed:
    found = values[0]
    for value in values[1:]:
        left, right = alike(found, value)
        if left.family != right.family or left.family == "truth" or left.unit != right.unit:
            raise ContractError("coalesce takes values of one kind and unit")
        first, second = comparable(left, right), comparable(right, left)
        is_exact = left.is_exact and right.is_exact
        found = Typed(left.family, pl.coalesce(first, second), is_exact, unit=left.unit)
    return found


def _days_between(start: Typed, end: Typed) -> Typed:
    return Typed("number", (demanded(end, "date").expr - demanded(start, "date").expr).dt.total_days())


_ARITHMETIC: Final[dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]]] = {
    "+": pl.Expr.add, "-": pl.Expr.sub, "*": pl.Expr.mul, "/": pl.Expr.truediv,
}  # fmt: skip
_RESULTS: Final = {
    **{(family_, sign, family_): family_ for family_ in sorted(AMOUNTS) for sign in "+-"},
    **{(family_, sign, "number"): family_ for family_ in sorted(AMOUNTS) for sign in "*/"},
    **{("number", "*", family_): family_ for family_ in ("money", "area")},
    **{(family_, "/", family_): "number" for family_ in ("money", "area")},
    ("money", "/", "area"): "number",
}
_FUNCTIONS: Final[dict[str, Callable[..., Typed]]] = {
    "length": lambda text: Typed("number", demanded(text, "text").expr.str.len_chars().cast(pl.Int64)),
    "lower": lambda text: Typed("text", demanded(text, "text").expr.str.to_lowercase()),
    "upper": lambda text: Typed("text", demanded(text, "text").expr.str.to_uppercase()),
    "left": _left,
    "abs": _abs,
    "year": lambda day: Typed("number", demanded(day, "date").expr.dt.year().cast(pl.Int64)),
    "month": lambda day: Typed("number", demanded(day, "date").expr.dt.month().cast(pl.Int64)),
    "days_between": _days_between,
    "starts_with": _holds(lambda text, part: text.str.starts_with(part)),
    "ends_with": _holds(lambda text, part: text.str.ends_with(part)),
    "contains_text": _holds(lambda text, part: text.str.contains(part, literal=True)),
    "coalesce": _coalesce,
}
_MAKERS: Final[dict[type, Callable[..., Typed]]] = {
    tree.Number: _number,
    tree.Text: _text,
    tree.Name: _name,
    tree.Call: _call,
    tree.Sum: _sum,
    tree.Compare: _compare,
    tree.Member: _member,
    tree.Between: _between,
    tree.IsNull: _is_null,
    tree.Readable: _readable,
    tree.Not: _not,
    tree.Both: _both,
    tree.Match: _match,
}
