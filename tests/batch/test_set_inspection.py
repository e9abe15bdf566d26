"""`casebook check SOURCES.yml` tells what a batch on the set would refuse."""

import pytest

from casebook.batch import inspection

MODELS = ("disabled_two_subsidies", "land_use_tax", "online_catering")


@pytest.fixture
def told(project, tmp_path):
    """Problems of the sample set with a text replaced, and the models that have their tables in it."""
    sample = project / "parameters" / "sources" / "sample.yml"

    def run(old="", new=""):
        text = sample.read_text(encoding="utf-8")
        assert old in text
        path = sample.with_name("changed.yml")
        path.write_text(text.replace(old, new), encoding="utf-8")
        try:
            found = inspection.inspect(project, path)
        finally:
            path.unlink()
        return [one for one in found.problems if one.startswith("changed.yml")], found.models

    return run


def test_a_sound_set_has_no_problem_and_the_models_it_can_run(told):
    assert told() == ([], MODELS)


def test_a_real_set_without_division_is_told_for_each_model(told):
    found, _ = told("division: '900001'\nsynthetic: true\n", "")
    assert [one.split(": ")[1] for one in found] == list(MODELS)
    assert all("does not say its division" in one for one in found)


def test_a_division_nobody_has_parameters_for_is_told(told):
    found, _ = told("division: '900001'", "division: '110101'")
    assert len(found) == len(MODELS)
    assert all("110101" in one for one in found)


def test_a_source_past_its_retention_date_is_told(told):
    found, _ = told("  police_moves:\n", "  police_moves:\n    retain_until: 2026-04-30\n")
    assert found == [
        "changed.yml: police_moves may be kept until 2026-04-30 only, which has passed; obtain the data anew"
    ]


def test_a_set_without_a_models_tables_cannot_run_it(told):
    found, models = told("  civil_subsidy_payments:", "  civil_low_incomes:")
    assert models == ("land_use_tax", "online_catering")
    assert any("disabled_two_subsidies cannot run without civil_subsidy_payments" in one for one in found)
