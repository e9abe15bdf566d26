"""Items under `quality`: the library's metrics, and conditions in our own small language (`engine: casebook`)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from casebook.errors import ContractError
from casebook.intake.rulebook import grammar, tree
from casebook.intake.rulebook.comparing import family
from casebook.intake.rulebook.options import literal, tried_pattern
from casebook.intake.rulebook.rowrule import ENUM, IN_DOUBT, MISSING, OWN, PATTERN, RowRule
from casebook.intake.rulebook.tree import IsNull, Member, Name, Node, Not, Readable
from casebook.text import width

if TYPE_CHECKING:
    from casebook.intake.contract import Column

SEVERITIES: Final = ("info", "warning", "error")
MAX_VALUES: Final = 1_000
_MUSTS: Final = [
    "mustBe",
    "mustNotBe",
    "mustBeGreaterThan",
    "mustBeGreaterOrEqualTo",
    "mustBeLessThan",
    "mustBeLessOrEqualTo",
    "mustBeBetween",
    "mustNotBeBetween",
]
_ABOUT: Final = frozenset(
    [
        "id",
        "type",
        "name",
        "description",
        "severity",
        "dimension",
        "businessImpact",
        "tags",
        "customProperties",
        "authoritativeDefinitions",
    ]
)
_LIBRARY: Final = _ABOUT | {"metric", "arguments", "unit", *_MUSTS}
_CUSTOM: Final = _ABOUT | {"engine", "implementation"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_COUNT: Final[Mapping[str, Callable[[Any], tuple[int | None, int | None]]]] = {
    "mustBe": lambda n: (n, n),
    "mustBeBetween": lambda pair: (pair[0], pair[1]),
    "mustBeGreaterOrEqualTo": lambda n: (n, None),
    "mustBeGreaterThan": lambda n: (n + 1, None),
    "mustBeLessOrEqualTo": lambda n: (None, n),
    "mustBeLessThan": lambda n: (None, n - 1),
}


@dataclass
class Said:
    """What items ask for, gathered."""

    rows: list[RowRule] = field(default_factory=list)
    unique: list[tuple[str, ...]] = field(default_factory=list)
    fill_rates: dict[str, float] = field(default_factory=dict)
    row_count: tuple[int | None, int | None] = (None, None)

    def add(self, other: "Said") -> None:
        """Takes in what another item asks for."""
        self.rows += other.rows
        self.unique += other.unique
        self.fill_rates |= other.fill_rates
        least, most = self.row_count
        self.row_count = (other.row_count[0] if least is None else least, other.row_count[1] if most is None else most)


def of(item: Mapping[str, Any], columns: Mapping[str, "Column"], column: "Column | None") -> Said:
    """What one item asks for; `column` is None for an item of the table.

    Raises:
        ContractError: it cannot be carried out, with what can; the place is for the caller to add.
    """
    kind = item.get("type", "library")
    if kind not in {"library", "custom"}:
        raise ContractError(
            f"type {kind} is not carried out; allowed are library, and custom with engine casebook (words belong into description)"
        )
    if unknown := sorted(set(item) - (_LIBRARY if kind == "library" else _CUSTOM)):
        raise ContractError(f"{', '.join(unknown)} is not carried out for type {kind}")
    if (severity := item.get("severity", "warning")) not in SEVERITIES:
        raise ContractError(
            f"severity must be one of {', '.join(SEVERITIES)}; error rejects the row, the others flag it"
        )
    if kind == "custom":
        return Said([_own(item, columns, is_error=severity == "error")])
    return _METRICS[item["metric"]](item, column, severity == "error")


def _own(item: Mapping[str, Any], columns: Mapping[str, "Column"], *, is_error: bool) -> RowRule:
    if item["engine"] != "casebook" or not isinstance(item["implementation"], str):
        raise ContractError(
            "a custom rule needs engine: casebook and an expression in its small language as implementation"
        )
    name = str(item.get("name", ""))
    if not _NAME.fullmatch(name):
        raise ContractError(
            "a custom rule needs a name of small letters, digits and _, which its findings are called by"
        )
    node = grammar.parse(item["implementation"], tuple(columns))
    zh = str(item.get("description", name))
    english = {said["property"]: str(said["value"]) for said in item.get("customProperties", [])}
    if set(english) - {"english"}:
        raise ContractError("customProperties of a rule may hold its description as english only")
    first = next(iter(tree.names(node)), "")
    return RowRule(OWN + name, first, node, is_error, zh, english.get("english", zh))


def _must(item: Mapping[str, Any], metric: str, *allowed: str) -> tuple[str, Any]:
    word = next(word for word in _MUSTS if word in item)
    if word not in allowed:
        raise ContractError(f"{metric} is carried out with {' or '.join(allowed)}, not with {word}")
    return word, item[word]


def _refuse_any(item: Mapping[str, Any], metric: str, *, error: bool = False) -> None:
    """Only `mustBe: 0` asks something of each row."""
    if _must(item, metric, "mustBe")[1] != 0 or item.get("unit", "rows") not in {"rows", "percent"}:
        raise ContractError(f"{metric} is carried out with mustBe: 0")
    if error:
        raise ContractError(
            f"{metric} never rejects a row, since a repeated value may be the finding; take severity: warning"
        )


def _of_column(column: "Column | None", metric: str) -> "Column":
    if column is None:
        raise ContractError(f"{metric} belongs to a column, not to the table")
    return column


def _missing(item: Mapping[str, Any], column: "Column | None", is_error: bool) -> Said:
    name = _of_column(column, metric := item["metric"]).name
    if item.get("arguments"):
        raise ContractError(f"{metric} takes no arguments; blanks and placeholders (无, /, NULL …) are known")
    if item.get("unit") == "percent" and (most := item.get("mustBeLessOrEqualTo")) is not None:
        if not 0 <= most <= 100:
            raise ContractError("a share in percent lies between 0 and 100")
        return Said(fill_rates={name: 1 - most / 100})
    if item.get("mustBe") != 0:
        raise ContractError(f"{metric} is carried out with mustBe: 0, or with unit: percent and mustBeLessOrEqualTo")
    return Said([RowRule(MISSING, name, Not(IsNull(name)), is_error)])


def _invalid(item: Mapping[str, Any], column: "Column | None", is_error: bool) -> Said:
    of = _of_column(column, "invalidValues")
    _refuse_any(item, "invalidValues")
    arguments = item.get("arguments", {})
    if unknown := sorted(set(arguments) - {"validValues", "pattern"}):
        raise ContractError(f"invalidValues takes validValues or pattern, not {', '.join(unknown)}")
    found: list[tuple[str, Node | str]] = []
    if "validValues" in arguments:
        found.append((ENUM, _values(of, arguments["validValues"])))
    if "pattern" in arguments:
        found.append((PATTERN, tried_pattern(of.name, str(arguments["pattern"]))))
    found = found or [(IN_DOUBT, Readable(of.name))]
    for _, node in found:
        if isinstance(node, str):
            raise ContractError(node)
    return Said([RowRule(code, of.name, node, is_error) for code, node in found if not isinstance(node, str)])


def _values(column: "Column", values: object) -> Node | str:
    if not isinstance(values, list) or not 0 < len(values) <= MAX_VALUES:
        return f"validValues must be a list of 1 to {MAX_VALUES:,} values"
    if any(isinstance(value, bool | list | dict) or value is None for value in values):
        return "validValues holds texts or numbers only"
    is_text = family(column.kind) == "text"
    given: list[Any] = [str(value) for value in values] if is_text else values
    if column.kind == "text":
        given = width.clean(pl.Series(given, dtype=pl.String))["value"].to_list()
    literals = [literal(value) for value in given]
    wrong = next((told for told in literals if isinstance(told, str)), None)
    return wrong or Member(Name(column.name), tuple(one for one in literals if not isinstance(one, str)))


def _duplicate(item: Mapping[str, Any], column: "Column | None", is_error: bool) -> Said:
    _refuse_any(item, "duplicateValues", error=is_error)
    arguments = item.get("arguments", {})
    if column is not None and not arguments:
        return Said(unique=[(column.name,)])
    named = arguments.get("properties")
    if column is not None or set(arguments) != {"properties"} or not isinstance(named, list) or not named:
        raise ContractError(
            "duplicateValues takes no arguments under a column, and properties: [columns] under the table"
        )
    return Said(unique=[tuple(str(name) for name in named)])


def _rows(item: Mapping[str, Any], column: "Column | None", is_error: bool) -> Said:
    if column is not None or item.get("arguments") or is_error:
        raise ContractError("rowCount belongs to the table, takes no arguments and never rejects a row")
    word, value = _must(item, "rowCount", *_COUNT)
    if not all(isinstance(bound, int) and bound >= 0 for bound in (value if isinstance(value, list) else [value])):
        raise ContractError("rowCount takes whole numbers from 0")
    return Said(row_count=_COUNT[word](value))


_METRICS: Final = {
    "nullValues": _missing,
    "missingValues": _missing,
    "invalidValues": _invalid,
    "duplicateValues": _duplicate,
    "rowCount": _rows,
}
