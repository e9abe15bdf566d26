"""What a table must hold: columns, the headers they come under, what makes a row meaningless, what may be shown.

A contract is a file `data_contracts/<id>.odcs.yaml` in the Open Data Contract Standard v3, checked against the JSON schema that
`open-data-contract-standard` ships. What the standard has no word for stands in `customProperties` (docs/architecture.md 3).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from casebook.errors import ContractError, ParameterError
from casebook.intake import contradictions, yamlsafe
from casebook.intake.headers import normalise
from casebook.intake.kinds import TABLE
from casebook.intake.rulebook import rules
from casebook.intake.rulebook.rules import Rules
from casebook.measure import area, money

SUFFIX: Final = ".odcs.yaml"


@dataclass(frozen=True)
class Column:
    """One canonical column.

    Attributes:
        headers: accepted headers as written, the preferred one first.
        required: a row without a value here means nothing and is rejected.
        header_required: a file without this column is refused as a whole.
        kind: name of the cleaner; None when the text is taken as it stands.
        unit: unit of the delivered numbers when the header names none.
        unit_by_header: normalised header → unit.
        mask: how a value is hidden when shown.
    """

    name: str
    headers: tuple[str, ...]
    required: bool = False
    header_required: bool = False
    kind: str | None = None
    unit: str | None = None
    unit_by_header: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    classification: str = "restricted"
    tags: tuple[str, ...] = ()
    mask: str = "none"


@dataclass(frozen=True)
class Contract:
    """One table of one agency.

    Attributes:
        key: columns that tell two rows apart; a repeated key is noted, never rejected (a double payment is a finding).
        fill_rates: column → least share of rows with a value, between 0 and 1.
        sha256: of the contract file.
        rules: what else is asked of rows, keys and the delivery.
    """

    id: str
    title: str
    agency: str
    owner: str
    version: str
    line: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    row_count_min: int = 1
    row_count_max: int = 50_000_000
    fill_rates: Mapping[str, float] = field(default_factory=dict)
    sha256: str = ""
    rules: Rules = field(default_factory=Rules)

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical column names, in the contract's order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that canonical name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ContractError(f"Contract {self.id} has no column {name!r}; it has {', '.join(self.names)}.")


def load(path: Path) -> Contract:
    """The contract in the file.

    Raises:
        ContractError: naming the file and the place, when it is no valid ODCS v3, contradicts itself or asks what is not carried out.
    """
    contract, problems = examined(path)
    if contract is None or problems:
        raise ContractError(problems[0])
    return contract


def examined(path: Path) -> tuple[Contract | None, list[str]]:
    """The contract as far as it can be made out, and everything that is wrong with it, one sentence each."""
    try:
        document = yamlsafe.load(path, ContractError)
    except ContractError as caught:
        return None, [str(caught)]
    faults: list[tuple[str, str]] = import_module("casebook.intake.odcs").faults(document)
    if faults:
        return None, [f"{path.name} at {place} does not fit the ODCS v3 schema: {said}." for place, said in faults]
    assert isinstance(document, dict)  # noqa: S101 (the schema says so)
    tables = document.get("schema", [])
    if len(tables) != 1:
        return None, [f"{path.name} must describe exactly one table under schema; it describes {len(tables)}."]
    bare = [p["name"] for p in tables[0].get("properties", []) if "physicalName" not in p]
    if bare:
        return None, [
            f"{path.name}: column {n!r} needs a physicalName, the header it is delivered under." for n in bare
        ]
    try:
        contract, problems = _contract(document, path)
    except (TypeError, ValueError, AttributeError):
        return None, [
            f"{path.name}: a value under customProperties is not of the type it must be; compare another contract."
        ]
    return contract, [f"{path.name}: {said}{'' if said.endswith('.') else '.'}" for said in problems]


def load_all(folder: Path) -> dict[str, Contract]:
    """Every contract of a folder by id, in the order of the file names."""
    found: dict[str, Contract] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        contract = load(path)
        if path.name != contract.id + SUFFIX:
            raise ContractError(f"{path.name} holds the contract {contract.id!r}; file name and id must agree.")
        found[contract.id] = contract
    return found


def _custom(element: Mapping[str, Any]) -> dict[str, Any]:
    return {item["property"]: item["value"] for item in element.get("customProperties", [])}


def _contract(document: Mapping[str, Any], path: Path) -> tuple[Contract, list[str]]:
    custom, properties = _custom(document), document["schema"][0].get("properties", [])
    keys = sorted((p.get("primaryKeyPosition", 1), p["name"]) for p in properties if p.get("primaryKey"))
    agency = str(custom.get("agency", ""))
    columns = tuple(_column(p) for p in properties)
    kinds = list(_unreadable_kinds(columns))
    known, told = (
        rules.of(document, {column.name: column for column in columns}) if not kinds else (rules.Rules(), kinds)
    )
    least, most = known.row_count
    contract = Contract(
        id=document["id"],
        title=str(document.get("name", document["id"])),
        agency=agency,
        owner=str(document.get("team", {}).get("name", agency)),
        version=document["version"],
        line=str(custom.get("line", "")),
        columns=columns,
        key=tuple(name for _, name in keys),
        row_count_min=int(custom.get("rowCountMin", 1)) if least is None else least,
        row_count_max=int(custom.get("rowCountMax", 50_000_000)) if most is None else most,
        fill_rates={name: float(rate) for name, rate in custom.get("fillRates", {}).items()} | dict(known.fill_rates),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        rules=known,
    )
    return contract, [*contradictions.of(contract), *told]


def _unreadable_kinds(columns: Sequence[Column]) -> Iterator[str]:
    for column in columns:
        units = {str(unit) for unit in (column.unit, *column.unit_by_header.values()) if unit is not None}
        yield from (
            f"column {column.name!r} cannot count {column.kind} in {u}" for u in sorted(units) if not _counts(column, u)
        )
        if column.kind is not None and column.kind not in TABLE:
            yield (
                f"column {column.name!r} asks for the cleaner {column.kind}, which does not exist; there are {', '.join(TABLE)}"
            )


def _counts(column: Column, unit: str) -> bool:
    """Whether the column's kind knows the unit; kinds without units are not asked."""
    if column.kind == "area":
        try:
            return area.size_dm2(unit) > 0
        except ParameterError:
            return False
    return column.kind != "money" or unit in money.UNITS


def _column(element: Mapping[str, Any]) -> Column:
    custom, name = _custom(element), element["name"]
    required = bool(element.get("required", False))
    return Column(
        name=name,
        headers=(str(element["physicalName"]), *(str(header) for header in custom.get("headers", []))),
        required=required,
        header_required=required or bool(custom.get("headerRequired", False)),
        kind=custom.get("kind"),
        unit=custom.get("unit"),
        unit_by_header={normalise(header): unit for header, unit in custom.get("unitByHeader", {}).items()},
        form=custom.get("form"),
        classification=element.get("classification", "restricted"),
        tags=tuple(element.get("tags", [])),
        mask=custom.get("mask", "none"),
    )
