"""What a batch will do, settled and checked before any kernel starts."""

import difflib
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from casebook import scenarios
from casebook.batch import outcome, parameters, shape
from casebook.batch.execute import Task
from casebook.batch.outcome import Outcome
from casebook.case import standards
from casebook.case.job import Job
from casebook.case.scenario import Scenario
from casebook.errors import CasebookError, ParameterError, SourceError
from casebook.intake import contract as contracts
from casebook.intake import sources as source_sets
from casebook.intake.sources import SourceSet

SYNTHETIC_DIVISION = "900001"


@dataclass(frozen=True)
class Request:
    """What the caller asks: project, set, where to, which scenarios, which parameters (None: the committed ones)."""

    root: Path
    sources: Path
    out: Path
    scenarios: tuple[str, ...] = ()
    parameters: Path | None = None
    language: str | None = None


@dataclass(frozen=True)
class Plan:
    """Tasks whose parameters their models accepted, and the outcomes of scenarios that cannot start, in the order asked.

    `job` says where the set, the contracts and the store are: what the models need is read also when none of them can start.
    """

    out: Path
    order: tuple[str, ...]
    tasks: tuple[Task, ...]
    refused: tuple[Outcome, ...]
    language: str
    job: Job


def plan(request: Request) -> Plan:
    """One task a scenario; a scenario with wrong parameters or notebook is refused and the others stay.

    Raises:
        SourceError, ParameterError: the set itself or a scenario's name is wrong; nothing can start.
    """
    chosen = source_sets.load(request.sources)
    refuse_unknown_contracts(chosen, request.sources.name, contracts_of(request.root))
    order = tuple(dict.fromkeys(request.scenarios or scenarios.known()))
    tasks, refused = [], []
    for scenario in map(scenarios.load, order):
        try:
            tasks.append(_task(request, chosen, scenario))
        except CasebookError as caught:
            refused.append(outcome.failure(scenario, str(caught)))
    language = request.language or next((str(t.parameters["language"]) for t in tasks), "zh")
    job = _job(request, order[0], request.root / "parameters" / order[0])
    return Plan(request.out.resolve(), order, tuple(tasks), tuple(refused), language, job)


def contracts_of(root: Path) -> list[str]:
    """Ids of the project's contracts, by their file names."""
    return sorted(p.name.removesuffix(contracts.SUFFIX) for p in (root / "data_contracts").glob(f"*{contracts.SUFFIX}"))


def refuse_unknown_contracts(chosen: SourceSet, file: str, known: list[str]) -> None:
    """Pass a set that names known contracts only: a misspelt optional one would be taken for absent.

    Raises:
        SourceError: one sentence with each unknown name and its nearest neighbour.
    """
    if unknown := sorted(set(chosen.sources) - set(known)):
        raise SourceError(f"{file}: {'; '.join(unknown_contract(name, known) for name in unknown)}")


def unknown_contract(name: str, known: list[str]) -> str:
    """What to say of a contract id that does not exist."""
    near = difflib.get_close_matches(name, known, 1)
    return f"contract {name} is not known" + (f" (nearest: {near[0]})" if near else f"; there are {', '.join(known)}")


def _task(request: Request, chosen: SourceSet, scenario: Scenario) -> Task:
    notebook = request.root / "notebooks" / f"{scenario.id}.ipynb"
    _refuse_notebook(notebook, scenario)
    file = parameter_file(request, chosen, scenario)
    values = {**parameters.read(file), "source_set": chosen.set}
    if request.language:
        values["language"] = request.language
    parameters.check(scenario, values, file.name)
    if told := table_problems(file.parent):
        raise ParameterError(f"{scenario.id}: {'; '.join(told)}")
    job = _job(request, scenario.id, file.parent.resolve())
    return Task(scenario.id, notebook.resolve(), values, job, request.out.resolve())


def _job(request: Request, scenario: str, parameters_folder: Path) -> Job:
    made = Job.of_project(request.root, scenario)
    return replace(made, sources=request.sources.resolve(), parameters=parameters_folder)


def _refuse_notebook(notebook: Path, scenario: Scenario) -> None:
    """A notebook must exist, be no draft, and declare exactly the model's parameters: papermill only warns of others."""
    if scenario.is_draft:
        raise ParameterError(
            f"{scenario.id}: a draft does not run in batch; move its conditions into casebook.scenarios"
        )
    if not notebook.is_file():
        raise ParameterError(f"{scenario.id}: its notebook notebooks/{notebook.name} does not exist")
    if told := shape.parameter_problems(shape.load(notebook), scenario):
        raise ParameterError(f"{notebook.name}: {told[0]}")


def parameter_file(request: Request, chosen: SourceSet, scenario: Scenario) -> Path:
    """The file given, or the set's division in the folder given (or its folder of the scenario), or in the committed ones.

    Raises:
        ParameterError: none fits; a real set that does not say its division is never judged by another's standards.
    """
    given = request.parameters
    if given is not None and given.is_file():
        return given
    base = given or request.root / "parameters"
    folder = base / scenario.id if (base / scenario.id).is_dir() or given is None else base
    division = chosen.division or (SYNTHETIC_DIVISION if chosen.synthetic else _only_division(folder, given))
    if division is None:
        raise ParameterError(
            f"{scenario.id}: source set {chosen.set} does not say its division; add `division: '123456'` to it, or name "
            f"the parameter file"
        )
    return parameters.choose(scenario, folder, division)


def _only_division(folder: Path, given: Path | None) -> str | None:
    """The division of a folder the caller chose, when all its files are of one."""
    found = {p.name.split("_")[0] for p in folder.glob("*_*.yml")}
    return found.pop() if given is not None and len(found) == 1 else None


def table_problems(folder: Path) -> list[str]:
    """What is wrong with the tables beside a parameter file, one sentence a table."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        try:
            standards.load(path)
        except CasebookError as caught:
            found.append(str(caught))
        except pl.exceptions.PolarsError:
            found.append(f"{path.name}: expected UTF-8 lines with as many fields as the header; correct the table")
    return found
