"""What a contract demands of its rows, of its keys and of the delivery as a whole, told in the words of ODCS.

Everything a contract says must be carried out or be refused: a rule that nobody checks would be believed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from casebook.errors import ContractError
from casebook.intake.rulebook import predicates, quality, relations
from casebook.intake.rulebook.options import of_options
from casebook.intake.rulebook.quality import Said
from casebook.intake.rulebook.relations import Freshness, Reference
from casebook.intake.rulebook.rowrule import MISSING, RowRule
from casebook.intake.rulebook.tree import IsNull, Not

if TYPE_CHECKING:
    from casebook.intake.contract import Column

_PROPERTY: Final = frozenset(
    [
        "id",
        "name",
        "physicalName",
        "physicalType",
        "description",
        "businessName",
        "authoritativeDefinitions",
        "tags",
        "customProperties",
        "primaryKey",
        "primaryKeyPosition",
        "logicalType",
        "logicalTypeOptions",
        "required",
        "unique",
        "classification",
        "criticalDataElement",
        "relationships",
        "quality",
    ]
)
_TABLE: Final = frozenset(
    [
        "id",
        "name",
        "physicalName",
        "physicalType",
        "logicalType",
        "description",
        "businessName",
        "authoritativeDefinitions",
        "tags",
        "customProperties",
        "dataGranularityDescription",
        "properties",
        "relationships",
        "quality",
    ]
)
_COLUMN_CUSTOM: Final = frozenset(["headers", "headerRequired", "kind", "unit", "unitByHeader", "form", "mask"])
_CONTRACT_CUSTOM: Final = frozenset(["agency", "line", "usedBy", "rowCountMin", "rowCountMax", "fillRates"])


@dataclass(frozen=True)
class Rules:
    """The rules of one contract.

    Attributes:
        rows: what is asked of each row, in the order they are told.
        unique: sets of columns that no two rows may share; a row that does is flagged, never rejected.
        references: values that must stand in another contract's table.
        row_count: least and most rows, where `quality` says them.
        fill_rates: column → least share of rows with a value, where `quality` says it.
        freshness: how old the newest row may be on the day the delivery was obtained.
        retention_days: how long copies of the sources may be kept.
    """

    rows: tuple[RowRule, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    references: tuple[Reference, ...] = ()
    row_count: tuple[int | None, int | None] = (None, None)
    fill_rates: Mapping[str, float] = field(default_factory=dict)
    freshness: Freshness | None = None
    retention_days: int | None = None


def of(document: Mapping[str, Any], columns: Mapping[str, "Column"]) -> tuple[Rules, list[str]]:
    """The rules of a document that fits the schema, and every sentence on what cannot be carried out."""
    problems: list[str] = []
    table = document["schema"][0]
    said = Said()
    for element in table.get("properties", []):
        _gather(said, problems, f"column {element['name']!r}", _of_column(element, columns), columns)
    _gather(said, problems, "the table", _of_table(table, columns), columns)
    problems += _unknown(table, "the table", _TABLE) + _unknown_custom(document, "the contract", _CONTRACT_CUSTOM)
    for element in table.get("properties", []):
        place = f"column {element['name']!r}"
        problems += _unknown(element, place, _PROPERTY) + _unknown_custom(element, place, _COLUMN_CUSTOM)
    freshness, retention, told = relations.of_sla(document, columns)
    references, told_too = relations.of_table(table, columns)
    names = [rule.code for rule in said.rows if rule.code.startswith("rule.")]
    twice = [f"two rules are named {name.removeprefix('rule.')!r}" for name in set(names) if names.count(name) > 1]
    rules = Rules(
        tuple(said.rows),
        tuple(dict.fromkeys(said.unique)),
        references,
        said.row_count,
        said.fill_rates,
        freshness,
        retention,
    )
    return rules, problems + told + told_too + twice


def _gather(
    said: Said,
    problems: list[str],
    place: str,
    found: "Iterator[tuple[str, Said | str]]",
    columns: Mapping[str, "Column"],
) -> None:
    for at, one in found:
        where = f"{place}, {at}" if at else place
        if isinstance(one, str):
            problems.append(f"{where}: {one}")
            continue
        problems += [f"{where}: {told}" for told in _refused(one.rows, columns)]
        said.add(one)


def _refused(rows: Sequence[RowRule], columns: Mapping[str, "Column"]) -> Iterator[str]:
    """What does not fit together in the trees of the rules."""
    for rule in rows:
        try:
            predicates.compiled(rule.node, columns)
        except ContractError as caught:
            yield str(caught)


def _of_column(element: Mapping[str, Any], columns: Mapping[str, "Column"]) -> "Iterator[tuple[str, Said | str]]":
    name = element["name"]
    if element.get("required"):
        yield "required", Said([RowRule(MISSING, name, Not(IsNull(name)), is_error=True)])
    if element.get("unique"):
        yield "unique", Said(unique=[(name,)])
    for code, node in of_options(element, columns[name]):
        yield "logicalTypeOptions", node if isinstance(node, str) else Said([RowRule(code, name, node)])
    for number, item in enumerate(element.get("quality", []), start=1):
        yield f"quality {number}", _tried(item, columns, columns[name])


def _of_table(table: Mapping[str, Any], columns: Mapping[str, "Column"]) -> "Iterator[tuple[str, Said | str]]":
    for number, item in enumerate(table.get("quality", []), start=1):
        yield f"quality {number}", _tried(item, columns, None)


def _tried(item: Mapping[str, Any], columns: Mapping[str, "Column"], column: "Column | None") -> "Said | str":
    try:
        return quality.of(item, columns, column)
    except ContractError as caught:
        return str(caught)


def _unknown(element: Mapping[str, Any], place: str, known: frozenset[str]) -> list[str]:
    return [
        f"{place}: {word} is not carried out; allowed are {', '.join(sorted(known))}"
        for word in element
        if word not in known
    ]


def _unknown_custom(element: Mapping[str, Any], place: str, known: frozenset[str]) -> list[str]:
    said = [item["property"] for item in element.get("customProperties", [])]
    return [
        f"{place}, customProperties: {word} is not carried out; allowed are {', '.join(sorted(known))}"
        for word in said
        if word not in known
    ]
