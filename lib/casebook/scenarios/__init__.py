"""Scenarios: one module per model, found by its file name; none imports another.

`<id>.py` holds parameters, conditions and `SCENARIO`. Where a model needs room, parts of it stand beside it under its own name:
`<id>_inputs.py` (tables and why), `<id>_rows.py` (joins), `<id>_exemptions.py`, `<id>_amounts.py` or `<id>_computation.py`.
"""

import importlib
import pkgutil

from casebook.case.scenario import Scenario
from casebook.errors import ParameterError

PARTS = ("_inputs", "_rows", "_exemptions", "_amounts", "_computation")


def known() -> list[str]:
    """Ids of all scenarios, sorted."""
    return sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.endswith(PARTS))


def columns_read(contract_id: str) -> frozenset[str]:
    """The columns of a contract that any scenario reads: the only ones that are kept (个人信息保护法 6)."""
    tables = (table for scenario in map(load, known()) for table in scenario.inputs)
    return frozenset(name for table in tables if table.contract == contract_id for name in table.columns)


def load(scenario_id: str) -> Scenario:
    """The scenario of that id.

    Raises:
        ParameterError: there is none; the sentence lists those there are.
    """
    if scenario_id not in known():
        raise ParameterError(f"scenario {scenario_id}: not known; there are {', '.join(known())}")
    scenario: Scenario = importlib.import_module(f"{__name__}.{scenario_id}").SCENARIO
    return scenario
