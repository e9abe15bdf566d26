"""A run's parameters checked before any kernel starts.

papermill only warns about a name it does not know and pastes names into code; so a file of parameters is read strictly, held against
the scenario's `Parameters` and against the names in the notebook's parameters cell, and only then handed on.
"""

import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebook.case.scenario import Scenario
from casebook.errors import ParameterError
from casebook.intake import yamlsafe

NAME = re.compile(r"^[a-z][a-z0-9_]{0,40}$")
LONGEST = 10_000


def read(path: Path) -> dict[str, Any]:
    """Flat `name: value` pairs of a parameter file.

    Raises:
        ParameterError: not a flat mapping, or a name that is no plain identifier.
    """
    if not path.is_file():
        raise ParameterError(f"parameter file {path.name}: not found in {path.parent.name}/")
    values = yamlsafe.load(path, ParameterError)
    if not isinstance(values, dict):
        raise ParameterError(f"parameter file {path.name}: expected lines of `name: value`")
    for name, value in values.items():
        _refuse_odd(path.name, name, value)
    return values


def _refuse_odd(file: str, name: str, value: Any) -> None:  # noqa: ANN401
    if not NAME.fullmatch(name):
        raise ParameterError(
            f"parameter file {file}: a name must match {NAME.pattern}; one of {len(name)} characters does not"
        )
    items = value if isinstance(value, list) else [value]
    if not all(item is None or isinstance(item, str | int | float | bool) for item in items):
        raise ParameterError(f"parameter file {file}: {name} must be a plain value or a list of plain values")
    if any(isinstance(item, str) and (len(item) > LONGEST or not item.isprintable()) for item in items):
        raise ParameterError(f"parameter file {file}: {name} is too long or holds characters that cannot be printed")


def check(scenario: Scenario, values: dict[str, Any], where: str) -> dict[str, Any]:
    """The values as the notebook will get them (plain JSON types), once the scenario's model accepts them.

    Raises:
        ParameterError: every unknown, missing or wrong parameter, in one sentence each.
    """
    try:
        scenario.parameters(**values)
    except ValidationError as caught:
        told = "; ".join(_sentence(scenario, error) for error in caught.errors())
        raise ParameterError(f"{scenario.id}, {where}: {told}") from None
    return values


def _sentence(scenario: Scenario, error: Any) -> str:  # noqa: ANN401
    name = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown parameter {name}; known are {', '.join(sorted(scenario.parameters.model_fields))}"
    if error["type"] == "missing":
        return f"parameter {name} is missing"
    return f"parameter {name}: {error['msg'].lower()}"


def choose(scenario: Scenario, folder: Path, division: str) -> Path:
    """The parameter file of a scenario for a division: the newest `<division>_<period>.yml` of its folder.

    Raises:
        ParameterError: there is none; the sentence names what is there.
    """
    files = sorted(folder.glob(f"{division}_*.yml"))
    if not files:
        there = ", ".join(p.name for p in sorted(folder.glob("*.yml"))) or "nothing"
        raise ParameterError(
            f"{scenario.id}: no parameters {division}_<period>.yml in {folder.name}/ (there is {there})"
        )
    return files[-1]
