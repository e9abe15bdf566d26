"""All that can be wrong in a project before a run, as sentences: contracts, law, parameters, notebooks, sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casebook import lawtable, scenarios
from casebook.batch import parameters, plan, set_inspection, shape, table_codes
from casebook.batch.header_gaps import Gap
from casebook.case.scenario import Scenario
from casebook.errors import CasebookError
from casebook.intake import contract as contracts
from casebook.intake import references
from casebook.intake import sources as source_sets
from casebook.intake.contract import Contract
from casebook.lawtable import LawTable, load_law


@dataclass(frozen=True)
class Inspected:
    """What was found.

    Attributes:
        problems: sentences; empty when a run can start.
        headers: headers of the sets' files that no contract knows; no problems, their columns are not read.
        models: those that have the tables they need in the set asked about; none when no set was asked about.
    """

    problems: tuple[str, ...]
    headers: tuple[Gap, ...]
    models: tuple[str, ...] = ()


def inspect(root: Path, sources: Path | None = None) -> Inspected:
    """Every problem of a project and of its source sets, or of the one given."""
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
    seen: list[str | Gap] = []
    for path in [sources] if sources else committed:
        seen += set_inspection.of(root, path, known)
    problems = found + [one for one in seen if isinstance(one, str)]
    models = set_inspection.models(sources) if sources else ()
    return Inspected(tuple(dict.fromkeys(problems)), tuple(one for one in seen if isinstance(one, Gap)), models)


def _contracts(folder: Path, known: dict[str, Contract]) -> Iterator[str]:
    files = sorted(folder.glob(f"*{contracts.SUFFIX}"))
    if not files:
        yield f"{folder.name}/ holds no contract (*{contracts.SUFFIX})"
    for path in files:
        contract, problems = contracts.examined(path)
        yield from problems
        if contract is not None:
            known[contract.id] = contract
            if path.name != contract.id + contracts.SUFFIX:
                yield f"{path.name}: holds the contract {contract.id}; file name and id must agree"
    yield from references.problems(known)


def _law(folder: Path) -> tuple[LawTable | None, list[str]]:
    """The law tables as one; where they are none, what is wrong with each, then with all of them together."""
    try:
        return load_law(folder), []
    except CasebookError as caught:
        told = [str(caught)]
    for path in sorted(folder.glob("*.csv")):
        try:
            lawtable.load(path)
        except CasebookError as caught:
            told.append(str(caught))
    return None, list(dict.fromkeys(told))


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
    yield from (f"{scenario.id}: {told}" for told in (*plan.table_problems(folder), *table_codes.problems(folder)))


def _strangers(root: Path) -> Iterator[str]:
    """Notebooks and parameter folders that belong to no scenario: a misspelt name would never run, and nobody would know."""
    known = set(scenarios.known())
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        if path.stem in shape.ACROSS:
            yield from shape.problems_across(path)
        elif path.stem not in known and not path.stem.startswith("_"):
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
