"""What a section about the model itself may be given: the model, or a run or result that knows model and language."""

from casebook.case.job import Job
from casebook.case.run import Result, Run
from casebook.case.scenario import Scenario
from casebook.errors import ParameterError
from casebook.intake import contract
from casebook.intake.contract import Contract
from casebook.report.words import LANGUAGES, Words

Model = Scenario | Run | Result


def told(model: Model, language: str | None = None) -> tuple[Scenario, Words]:
    """The model and the language to speak: the one asked for, else the run's own, else Chinese."""
    if isinstance(model, Scenario):
        return model, Words(language or LANGUAGES[0])
    return model.scenario, Words(language or model.parameters.language)


def deals_in_money(scenario: Scenario) -> bool:
    """Whether the model's leads have amounts: one of its kinds rests on a fact in fen."""
    return any(column.endswith("_fen") for k in scenario.kinds for column in k.shows)


def contracts_of(model: Model) -> dict[str, Contract]:
    """Contracts of the model's tables by id: those of the run; of a bare model those in the project around it, where there are."""
    if isinstance(model, Run):
        return {t.contract.id: t.contract for t in model.delivery.tables}
    scenario = model if isinstance(model, Scenario) else model.scenario
    try:
        folder = Job.find(scenario.id).contracts
    except ParameterError:
        return {}
    paths = {i.contract: folder / f"{i.contract}{contract.SUFFIX}" for i in scenario.inputs}
    return {name: contract.load(path) for name, path in paths.items() if path.is_file()}


def titles_of(model: Model) -> dict[str, str]:
    """Title of each table by contract id, where known."""
    return {name: found.title for name, found in contracts_of(model).items()}
