"""What a batch will do, settled and checked before any kernel starts."""

from dataclasses import dataclass, replace
from pathlib import Path

from casebook import scenarios
from casebook.batch import parameters
from casebook.batch.execute import Task
from casebook.case.job import Job
from casebook.errors import ParameterError
from casebook.intake import sources as source_sets
from casebook.intake.sources import SourceSet

DEFAULT_DIVISION = "900001"


@dataclass(frozen=True)
class Request:
    """What the caller asks: project, set, where to, which scenarios, which parameters (None: the committed ones)."""

    root: Path
    sources: Path
    out: Path
    scenarios: tuple[str, ...] = ()
    parameters: Path | None = None
    language: str | None = None


def tasks(request: Request) -> list[Task]:
    """One task a scenario, each with parameters its model has accepted.

    Raises:
        SourceError, ParameterError: the set, a scenario or a parameter is wrong; nothing was started.
    """
    chosen = source_sets.load(request.sources)
    wanted = request.scenarios or tuple(scenarios.known())
    return [_task(request, chosen, scenario_id) for scenario_id in wanted]


def _task(request: Request, chosen: SourceSet, scenario_id: str) -> Task:
    scenario = scenarios.load(scenario_id)
    notebook = request.root / "notebooks" / f"{scenario_id}.ipynb"
    if not notebook.is_file():
        raise ParameterError(f"{scenario_id}: its notebook notebooks/{scenario_id}.ipynb does not exist")
    if scenario.is_draft:
        raise ParameterError(
            f"{scenario_id}: a draft model does not run in batch; move its conditions into casebook.scenarios"
        )
    file = _parameter_file(request, chosen, scenario_id)
    values = {**parameters.read(file), "source_set": chosen.set}
    if request.language:
        values["language"] = request.language
    parameters.check(scenario, values, file.name)
    job = replace(
        Job.of_project(request.root, scenario_id), sources=request.sources.resolve(), parameters=file.parent.resolve()
    )
    return Task(scenario_id, notebook, values, job, request.out)


def _parameter_file(request: Request, chosen: SourceSet, scenario_id: str) -> Path:
    """The file given, or the one of the folder given, or the committed one for the set's division."""
    if request.parameters is not None and request.parameters.is_file():
        return request.parameters
    base = request.parameters or request.root / "parameters"
    folder = base / scenario_id if (base / scenario_id).is_dir() else base
    return parameters.choose(scenarios.load(scenario_id), folder, chosen.division or DEFAULT_DIVISION)
