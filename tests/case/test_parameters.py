"""What all scenarios' parameters share."""

import pytest

from casebook import scenarios
from casebook.batch import parameters
from casebook.errors import ParameterError

ID = "disabled_two_subsidies"


def values(root, **changes):
    return {**parameters.read(root / "parameters" / ID / "900001_2025.yml"), "source_set": "sample", **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"period_start": "2026-01-01", "period_end": "2025-12-31"}, {"period_end": "9999-12-31"}, {"purpose": ""},
        {"approver": ""}, {"legal_basis": ""},
    ],
)  # fmt: skip
def test_run_record_and_period_must_make_sense(root, changes):
    with pytest.raises(ParameterError):
        parameters.check(scenarios.load(ID), values(root, **changes), "test")


def test_committed_parameters_stand(root):
    assert parameters.check(scenarios.load(ID), values(root), "test")["period_start"] == "2025-01-01"
