"""What a section about the model itself may be given: the model, or a run or result that knows model and language."""

from casebook.case.run import Result, Run
from casebook.case.scenario import Scenario
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


def titles_of(run: Run) -> dict[str, str]:
    """Title of each table by contract id."""
    return {t.contract.id: t.contract.title for t in run.delivery.tables}
