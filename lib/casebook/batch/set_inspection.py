"""All that can be wrong with a source set before a run, as sentences; and what its files have that no contract knows."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from casebook import scenarios
from casebook.batch import header_gaps, plan
from casebook.batch.header_gaps import Gap
from casebook.batch.plan import Request
from casebook.case.scenario import Scenario
from casebook.errors import CasebookError
from casebook.intake import deliveries
from casebook.intake import sources as source_sets
from casebook.intake.contract import Contract
from casebook.intake.database import access
from casebook.intake.sources import SourceSet


def of(root: Path, path: Path, known: Mapping[str, Contract]) -> Iterator[str | Gap]:
    """Every problem of the set in the file, and every header that no contract knows."""
    try:
        chosen = source_sets.load(path)
    except CasebookError as caught:
        yield str(caught)
        return
    ids = plan.contracts_of(root)
    for contract_id in sorted(chosen.sources):
        if contract_id not in ids:
            yield f"{path.name}: {plan.unknown_contract(contract_id, ids)}"
    yield from _files(path, chosen, ids)
    yield from _expired(path, chosen, known)
    yield from _mandatory(path, chosen)
    yield from _standards(root, path, chosen)
    yield from header_gaps.of(chosen, known)


def models(path: Path) -> tuple[str, ...]:
    """The models that have every table they cannot do without in the set; none for a set that cannot be read."""
    try:
        chosen = source_sets.load(path)
    except CasebookError:
        return ()
    return tuple(one.id for one in map(scenarios.load, scenarios.known()) if not _missing(one, chosen))


def _files(path: Path, chosen: SourceSet, ids: list[str]) -> Iterator[str]:
    """Files that do not exist, files that are named twice, addresses of databases that are not to be had."""
    named: dict[Path, str] = {}
    for contract_id in sorted(set(chosen.sources) & set(ids)):
        database = chosen.sources[contract_id].database
        try:
            files = chosen.files(contract_id)
            if database is not None:
                access.ask(database)
        except CasebookError as caught:
            yield f"{path.name}: {contract_id}: {caught}"
            continue
        for file in files:
            if not file.is_file():
                yield f"{path.name}: {contract_id} names {file.name}, which does not exist"
            first = named.setdefault(file.resolve(), contract_id)
            if first != contract_id or files.count(file) > 1:
                yield f"{path.name}: {file.name} is named twice, by {first} and {contract_id}; name each file once"


def _expired(path: Path, chosen: SourceSet, known: Mapping[str, Contract]) -> Iterator[str]:
    """Sources that may not be read any more."""
    for contract_id, source in sorted(chosen.sources.items()):
        until = deliveries.retained_until(known[contract_id], source) if contract_id in known else source.retain_until
        if until is not None and until < date.today():
            yield f"{path.name}: {contract_id} may be kept until {until} only, which has passed; obtain the data anew"


def _missing(scenario: Scenario, chosen: SourceSet) -> list[str]:
    return [table.contract for table in scenario.inputs if not table.optional and table.contract not in chosen.sources]


def _mandatory(path: Path, chosen: SourceSet) -> Iterator[str]:
    """Tables that a scenario cannot do without, in a set that has others of them."""
    for scenario in map(scenarios.load, scenarios.known()):
        needed, missing = [table for table in scenario.inputs if not table.optional], _missing(scenario, chosen)
        if missing and len(missing) < len(needed):
            yield f"{path.name}: {scenario.id} cannot run without {', '.join(missing)}; the set names no source for it"


def _standards(root: Path, path: Path, chosen: SourceSet) -> Iterator[str]:
    """Models that have their tables and no parameters for the set's division."""
    for name in models(path):
        try:
            plan.parameter_file(Request(root, path, root), chosen, scenarios.load(name))
        except CasebookError as caught:
            yield f"{path.name}: {caught}"
