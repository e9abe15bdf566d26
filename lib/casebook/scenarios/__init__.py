"""Scenarios: one module per model, found by its file name; none imports another.

`<id>.py` holds parameters, conditions and `SCENARIO`; where joining the tables needs room, `<id>_rows.py` beside it prepares the rows.
"""

import importlib
import pkgutil

from casebook.case.scenario import Scenario
from casebook.errors import ParameterError

ROWS_SUFFIX = "_rows"


def known() -> list[str]:
    """Ids of all scenarios, sorted."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.endswith(ROWS_SUFFIX))


def load(scenario_id: str) -> Scenario:
    """The scenario of that id.

    Raises:
        ParameterError: there is none; the sentence lists those there are.
    """
    if scenario_id not in known():
        raise ParameterError(f"scenario {scenario_id}: not known; there are {', '.join(known())}")
    scenario: Scenario = importlib.import_module(f"{__name__}.{scenario_id}").SCENARIO
    return scenario
