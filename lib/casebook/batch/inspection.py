"""All that can be wrong in a project before a run, as sentences: contracts, law, parameters, notebooks, sources."""

from collections.abc import Iterator
from pathlib import Path

from casebook import scenarios
from casebook.batch import parameters, plan, shape
from casebook.case.scenario import Scenario
from casebook.clean import KINDS
from casebook.errors import CasebookError
from casebook.intake import contract as contracts
from casebook.intake import sources as source_sets
from casebook.intake.contract import Contract
from casebook.lawtable import LawTable, load_law


def inspect(root: Path, sources: Path | None = None) -> list[str]:
    """Every problem found; empty when a run can start."""
    known: dict[str, Contract] = {}
    found = list(_contracts(root / "data_contracts", known))
    law, told = _law(root / "parameters" / "law")
    found += told
    for scenario_id in scenarios.known():
        found += _scenario(root, scenarios.load(scenario_id), known, law)
    found += _strangers(root)
    committed = sorted((root / "parameters" / "sources").glob("*.yml"))
    for path in committed:
        found += _committed_name(path)
    for path in [sources] if sources else committed:
        found += _sources(path, plan.contracts_of(root))
    return found


def _contracts(folder: Path, known: dict[str, Contract]) -> Iterator[str]:
    files = sorted(folder.glob(f"*{contracts.SUFFIX}"))
    if not files:
        yield f"{folder.name}/ holds no contract (*{contracts.SUFFIX})"
    for path in files:
        try:
            contract = contracts.load(path)
        except CasebookError as caught:
            yield str(caught)
            continue
        known[contract.id] = contract
        if path.name != contract.id + contracts.SUFFIX:
            yield f"{path.name}: holds the contract {contract.id}; file name and id must agree"
        yield from (
            f"{path.name}: column {c.name} asks for the cleaner {c.kind}, which does not exist"
            for c in contract.columns
            if c.kind is not None and c.kind not in KINDS
        )


def _law(folder: Path) -> tuple[LawTable | None, list[str]]:
    try:
        return load_law(folder), []
    except CasebookError as caught:
        return None, [str(caught)]


def _scenario(root: Path, scenario: Scenario, known: dict[str, Contract], law: LawTable | None) -> Iterator[str]:
    yield from _inputs(scenario, known)
    if law is not None and (missing := sorted({c for x in scenario.conditions for c in x.law} - set(law.codes))):
        yield f"{scenario.id}: cites law codes no table holds: {', '.join(missing)}"
    yield from _titles(scenario)
    yield from _parameters(root / "parameters" / scenario.id, scenario)
    notebook = root / "notebooks" / f"{scenario.id}.ipynb"
    if notebook.is_file():
        yield from shape.problems(notebook, scenario)
    else:
        yield f"{scenario.id}: its notebook notebooks/{scenario.id}.ipynb does not exist"


def _inputs(scenario: Scenario, known: dict[str, Contract]) -> Iterator[str]:
    for table in scenario.inputs:
        if table.contract not in known:
            yield f"{scenario.id}: reads the contract {table.contract}, which does not exist or is broken"
        elif missing := sorted(set(table.columns) - set(known[table.contract].names)):
            yield f"{scenario.id}: uses columns {table.contract} does not have: {', '.join(missing)}"


def _titles(scenario: Scenario) -> Iterator[str]:
    for condition in scenario.conditions:
        try:
            condition.titles  # noqa: B018  (asked for its refusal)
        except TypeError as caught:
            yield f"{scenario.id}: {caught}"


def _parameters(folder: Path, scenario: Scenario) -> Iterator[str]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        yield f"{scenario.id}: there are no parameter files in parameters/{scenario.id}/"
    for path in files:
        try:
            parameters.check(scenario, {"source_set": "", **parameters.read(path)}, path.name)
        except CasebookError as caught:
            yield str(caught)
    yield from (f"{scenario.id}: {told}" for told in plan.table_problems(folder))


def _strangers(root: Path) -> Iterator[str]:
    """Notebooks and parameter folders that belong to no scenario: a misspelt name would never run, and nobody would know."""
    known = set(scenarios.known())
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        if path.stem not in known and not path.stem.startswith("_"):
            yield f"notebooks/{path.name} belongs to no scenario; name it as one or move it to notebooks/drafts/"
    for path in sorted(p for p in (root / "parameters").glob("*") if p.is_dir()):
        if path.name not in known | {"law", "sources"}:
            yield f"parameters/{path.name}/ belongs to no scenario; there are {', '.join(sorted(known))}"


def _committed_name(path: Path) -> Iterator[str]:
    try:
        name = source_sets.load(path).set
    except CasebookError:
        return
    if name != path.stem:
        yield f"parameters/sources/{path.name}: its set is called {name}; notebooks find a set by its file name"


def _sources(path: Path, known: list[str]) -> Iterator[str]:
    try:
        chosen = source_sets.load(path)
    except CasebookError as caught:
        yield str(caught)
        return
    for contract_id in sorted(chosen.sources):
        if contract_id not in known:
            yield f"{path.name}: {plan.unknown_contract(contract_id, known)}"
            continue
        try:
            files = chosen.files(contract_id)
        except CasebookError as caught:
            yield f"{path.name}: {contract_id}: {caught}"
            continue
        missing = [file.name for file in files if not file.is_file()]
        yield from (f"{path.name}: {contract_id} names {name}, which does not exist" for name in missing)
