"""A run's parameters checked before any kernel starts.

papermill only warns about a name it does not know and pastes names into code; so a file of parameters is read strictly, held against
the scenario's `Parameters` and against the names in the notebook's parameters cell, and only then handed on.
"""

import math
import re
import unicodedata
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from casebook.case.scenario import Parameters, Scenario
from casebook.errors import ParameterError
from casebook.intake import yamlsafe

NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
LONGEST = 10_000
CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


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
    for number, (name, value) in enumerate(values.items(), 1):
        if not NAME.fullmatch(name):
            raise ParameterError(
                f"parameter file {path.name}: the name of entry {number} must be 1 to 41 of a-z, 0-9 and _, a letter first; "
                f"it has {len(name)} characters and others among them"
            )
        _refuse_odd(path.name, name, value)
    return values


def _refuse_odd(file: str, name: str, value: Any) -> None:  # noqa: ANN401
    items = value if isinstance(value, list) else [value]
    if not all(item is None or isinstance(item, str | int | float | bool) for item in items):
        raise ParameterError(f"parameter file {file}: {name} must be a plain value or a list of plain values")
    texts = [item for item in items if isinstance(item, str)]
    if longest := max((len(text) for text in texts if len(text) > LONGEST), default=0):
        raise ParameterError(f"parameter file {file}: {name} has {longest:,} characters, at most {LONGEST:,}")
    if any(unicodedata.category(character) in CONTROL for text in texts for character in text):
        raise ParameterError(f"parameter file {file}: {name} holds a line break or a character that cannot be seen")


def check(scenario: Scenario, values: dict[str, Any], where: str) -> dict[str, Any]:
    """The values as the notebook will get them (plain JSON types), once the scenario's model accepts them.

    Raises:
        ParameterError: every unknown, missing or wrong parameter, in one sentence.
    """
    try:
        accepted = scenario.parameters(**values)
    except ValidationError as caught:
        told = [_sentence(scenario, error) for error in caught.errors()]
    else:
        told = _inexact(accepted, values)
    if told:
        raise ParameterError(f"{scenario.id}, {where}: {'; '.join(told)}")
    return values


def _inexact(accepted: Parameters, values: dict[str, Any]) -> list[str]:
    """What the model's types let pass and a reader would not: true for a number, a number that is none."""
    found = []
    for name, value in accepted:
        if isinstance(values[name], bool) and not isinstance(value, bool):
            found.append(f"parameter {name}: expected a number, got true or false")
        if isinstance(value, float) and not math.isfinite(value):
            found.append(f"parameter {name}: expected a finite number")
    return found


def _sentence(scenario: Scenario, error: Any) -> str:  # noqa: ANN401
    name = ".".join(str(step) for step in error["loc"]) or "of the file"
    if error["type"] == "extra_forbidden":
        return f"unknown parameter {name}; known are {', '.join(sorted(scenario.parameters.model_fields))}"
    if error["type"] == "missing":
        return f"parameter {name} is missing"
    return f"parameter {name}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def choose(scenario: Scenario, folder: Path, division: str) -> Path:
    """The parameter file of a scenario for a division: `<division>_<period>.yml` of its folder, the last by period.

    Raises:
        ParameterError: there is none; the sentence names what is there.
    """
    files = sorted(folder.glob(f"{division}_*.yml")) if re.fullmatch(r"[0-9]{2,12}", division) else []
    if not files:
        there = ", ".join(p.name for p in sorted(folder.glob("*.yml"))) or "nothing"
        raise ParameterError(
            f"{scenario.id}: no parameters {division}_<period>.yml in {folder.name}/ (there is {there}); add the file or "
            f"name one with --parameters"
        )
    return files[-1]
