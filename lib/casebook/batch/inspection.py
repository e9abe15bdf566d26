"""All that can be wrong in a project before a run, as sentences: contracts, law, parameters, notebooks, sources."""

from collections.abc import Iterator
from pathlib import Path

from casebook import scenarios
from casebook.batch import parameters, shape
from casebook.case import standards
from casebook.case.scenario import Scenario
from casebook.clean import KINDS
from casebook.errors import CasebookError
from casebook.intake import contract as contracts
from casebook.intake import sources as source_sets
from casebook.intake.contract import Contract
from casebook.lawtable import load_law


def inspect(root: Path, sources: Path | None = None) -> list[str]:
    """Every problem found; empty when a run can start."""
    known: dict[str, Contract] = {}
    found = list(_contracts(root / "data_contracts", known))
    found += _law(root / "parameters" / "law")
    for scenario_id in scenarios.known():
        found += _scenario(root, scenarios.load(scenario_id), known)
    sets = [sources] if sources else sorted((root / "parameters" / "sources").glob("*.yml"))
    for path in sets:
        found += _sources(path, known)
    return found


def _contracts(folder: Path, known: dict[str, Contract]) -> Iterator[str]:
    for path in sorted(folder.glob("*.yaml")):
        try:
            contract = contracts.load(path)
        except CasebookError as caught:
            yield str(caught)
            continue
        known[contract.id] = contract
        yield from (
            f"{path.name}: column {c.name} asks for the cleaner {c.kind}, which does not exist"
            for c in contract.columns
            if c.kind is not None and c.kind not in KINDS
        )


def _law(folder: Path) -> list[str]:
    try:
        load_law(folder)
    except CasebookError as caught:
        return [str(caught)]
    return []


def _scenario(root: Path, scenario: Scenario, known: dict[str, Contract]) -> Iterator[str]:
    yield from _inputs(scenario, known)
    yield from _law_codes(root, scenario)
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


def _law_codes(root: Path, scenario: Scenario) -> Iterator[str]:
    try:
        law = load_law(root / "parameters" / "law")
    except CasebookError:
        return
    cited = {code for c in scenario.conditions for code in c.law}
    if missing := sorted(cited - set(law.codes)):
        yield f"{scenario.id}: cites law codes no table holds: {', '.join(missing)}"


def _parameters(folder: Path, scenario: Scenario) -> Iterator[str]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        yield f"{scenario.id}: there are no parameter files in parameters/{scenario.id}/"
    for path in files:
        try:
            parameters.check(scenario, parameters.read(path), path.name)
        except CasebookError as caught:
            yield str(caught)
    try:
        standards.load_all(folder)
    except CasebookError as caught:
        yield str(caught)


def _sources(path: Path, known: dict[str, Contract]) -> Iterator[str]:
    try:
        chosen = source_sets.load(path)
    except CasebookError as caught:
        yield str(caught)
        return
    for contract_id in sorted(chosen.sources):
        if contract_id not in known:
            yield f"{path.name}: contract {contract_id} is not known; there are {', '.join(known)}"
            continue
        yield from (
            f"{path.name}: {contract_id} names {file.name}, which does not exist"
            for file in chosen.files(contract_id)
            if not file.is_file()
        )
