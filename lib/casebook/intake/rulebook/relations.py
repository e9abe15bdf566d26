"""What a contract says beyond its own rows: foreign keys, how fresh a delivery is, how long it may be kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casebook.intake.rulebook.comparing import family

if TYPE_CHECKING:
    from casebook.intake.contract import Column

_TARGET: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_DAYS: Final = {"d": 1, "day": 1, "days": 1, "m": 30, "month": 30, "months": 30, "y": 365, "year": 365, "years": 365}
_SLA: Final = ("freshness", "retention")
_SLA_WORDS: Final = frozenset({"id", "property", "value", "unit", "element", "driver", "description"})


@dataclass(frozen=True)
class Reference:
    """Each value of `column` should stand in `to_column` of the contract `to`; where it does not, the row is flagged."""

    column: str
    to: str
    to_column: str


@dataclass(frozen=True)
class Freshness:
    """The newest day of `column` is at most `days` older than the day the delivery was obtained."""

    column: str
    days: int


def of_table(table: Mapping[str, Any], columns: "Mapping[str, Column]") -> tuple[tuple[Reference, ...], list[str]]:
    """The foreign keys told under columns and under the table, and what cannot be carried out."""
    found: list[Reference] = []
    problems: list[str] = []
    for element in table.get("properties", []):
        for said in element.get("relationships", []):
            _one(said, element["name"], found, problems)
    for said in table.get("relationships", []):
        column = str(said["from"]).removeprefix(f"{table['name']}.")
        if column in columns:
            _one(said, column, found, problems)
        else:
            problems.append("the table, relationships: from must be one column of this contract")
    return tuple(found), problems


def _one(said: Mapping[str, Any], column: str, found: list[Reference], problems: list[str]) -> None:
    to = said["to"]
    if isinstance(to, str) and _TARGET.fullmatch(to):
        found.append(Reference(column, *to.split(".")))
    else:
        problems.append(f"column {column!r}, relationships: to must be one other_contract.column")


def of_sla(
    document: Mapping[str, Any], columns: "Mapping[str, Column]"
) -> tuple[Freshness | None, int | None, list[str]]:
    """Freshness, days of retention, and what cannot be carried out."""
    freshness: Freshness | None = None
    retention: int | None = None
    problems = []
    if "slaDefaultElement" in document:
        problems.append("slaDefaultElement is not carried out; name the element of each property")
    for number, said in enumerate(document.get("slaProperties", []), start=1):
        place = f"slaProperties {number}"
        problems += [f"{place}: {word} is not carried out" for word in said if word not in _SLA_WORDS]
        days = _days(said)
        if said["property"] not in _SLA:
            problems.append(f"{place}: {said['property']} is not carried out; allowed are {', '.join(_SLA)}")
        elif days is None:
            problems.append(f"{place}: value must be a whole number and unit one of d, m, y")
        elif said["property"] == "retention":
            retention = days
        elif (name := str(said.get("element", "")).rpartition(".")[2]) in columns and family(
            columns[name].kind
        ) == "date":
            freshness = Freshness(name, days)
        else:
            problems.append(f"{place}: element must be a column of kind date")
    return freshness, retention, problems


def _days(said: Mapping[str, Any]) -> int | None:
    value, size = said["value"], _DAYS.get(str(said.get("unit", "")))
    is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value * size if is_count and size is not None else None
