"""`logicalTypeOptions` of a column as trees: pattern and length of texts, bounds of amounts and dates."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from casebook.errors import ContractError
from casebook.intake.rulebook import patterns
from casebook.intake.rulebook.comparing import family
from casebook.intake.rulebook.grammar import MAX_DIGITS, MAX_FRACTION
from casebook.intake.rulebook.rowrule import LENGTH, PATTERN, RANGE
from casebook.intake.rulebook.tree import Both, Call, Compare, Match, Name, Node, Number, Text

if TYPE_CHECKING:
    from casebook.intake.contract import Column

_LENGTHS: Final = {"minLength": ">=", "maxLength": "<="}
_BOUNDS: Final = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
_TYPES: Final = {
    "text": ("string",), "date": ("string", "date"), "money": ("string", "number"), "area": ("string", "number"),
    "number": ("string", "number", "integer"),
}  # fmt: skip


def of_options(element: Mapping[str, Any], column: "Column") -> Iterator[tuple[str, Node | str]]:
    """Code and tree of each thing asked; a sentence in place of the tree where it cannot be carried out."""
    options, kind = element.get("logicalTypeOptions", {}), family(column.kind)
    if (said := element.get("logicalType", "string")) not in _TYPES[kind]:
        yield (
            "",
            f"logicalType {said} does not fit the kind {column.kind or 'text'}; allowed are {', '.join(_TYPES[kind])}",
        )
    known = {"pattern", *_LENGTHS} if kind == "text" else set(_BOUNDS)
    for word in sorted(set(options) - known):
        yield "", f"{word} is not carried out for this kind; allowed are {', '.join(sorted(known))}"
    if "pattern" in options and kind == "text":
        yield PATTERN, tried_pattern(column.name, str(options["pattern"]))
    lengths = [(sign, Number(str(options[word]))) for word, sign in _LENGTHS.items() if word in options]
    if lengths and kind == "text":
        yield LENGTH, _all(Call("length", (Name(column.name),)), lengths)
    bounds = [(sign, literal(options[word])) for word, sign in _BOUNDS.items() if word in options and kind != "text"]
    yield from ((RANGE, bound) for _, bound in bounds if isinstance(bound, str))
    if sound := [(sign, bound) for sign, bound in bounds if not isinstance(bound, str)]:
        yield RANGE, _all(Name(column.name), sound)


def tried_pattern(column: str, pattern: str) -> Node | str:
    """The tree of a pattern, or what is wrong with it."""
    try:
        patterns.refuse(pattern)
    except ContractError as caught:
        return str(caught)
    return Match(Name(column), pattern)


def literal(value: object) -> Number | Text | str:
    """A value of the YAML file as a literal; a sentence where it is neither a number of modest length nor a text."""
    if isinstance(value, str):
        return Text(value)
    whole, _, fraction = str(value).lstrip("-").partition(".")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "a number or a text is expected"
    if not (whole + fraction).isdigit() or len(whole) > MAX_DIGITS or len(fraction) > MAX_FRACTION:
        return f"a number may have {MAX_DIGITS} digits before the point and {MAX_FRACTION} after it"
    return Number(str(value))


def _all(value: Node, bounds: "list[tuple[str, Number | Text]] | list[tuple[str, Number]]") -> Node:
    parts = tuple(Compare(sign, value, bound) for sign, bound in bounds)
    return parts[0] if len(parts) == 1 else Both("AND", parts)
