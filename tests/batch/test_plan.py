"""What a batch will do is settled before any kernel starts."""

import shutil
from dataclasses import replace

import pytest

from casebook.batch import parameters, plan
from casebook.errors import ParameterError, SourceError

SUBSIDIES = "disabled_two_subsidies"


@pytest.fixture
def committed(project):
    return project / "parameters" / SUBSIDIES / "900001_2025.yml"


@pytest.fixture
def sources_with(request_of, project):
    """A request whose sources.yml stands in the project with one text replaced."""
    path = project / "parameters" / "sources" / "changed.yml"

    def make(old, new):
        text = (path.parent / "sample.yml").read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return replace(request_of(), sources=path)

    yield make
    path.unlink()


def test_task_has_absolute_paths_and_the_sets_name(request_of, write_notebook, committed):
    write_notebook("1")
    [task] = plan.plan(request_of()).tasks
    assert task.parameters == parameters.read(committed) | {"source_set": "sample"}
    assert all(p.is_absolute() for p in (task.notebook, task.run_folder, task.job.sources, task.job.parameters))


@pytest.mark.parametrize("shape", ["file", "flat", "folders"])
def test_parameters_may_be_a_file_or_either_folder(request_of, write_notebook, committed, tmp_path, shape):
    write_notebook("1")
    folder = tmp_path / "p" / SUBSIDIES if shape == "folders" else tmp_path / "p"
    shutil.copytree(committed.parent, folder)
    given = {"file": folder / committed.name, "flat": folder, "folders": folder.parent}[shape]
    [task] = plan.plan(request_of(parameters=given)).tasks
    assert task.job.parameters == folder


def test_language_asked_wins(request_of, write_notebook):
    write_notebook("1")
    asked = plan.plan(request_of(language="en"))
    assert (asked.tasks[0].parameters["language"], asked.language) == ("en", "en")


def test_scenario_named_twice_runs_once(request_of, write_notebook):
    write_notebook("1")
    assert len(plan.plan(request_of(SUBSIDIES, SUBSIDIES)).tasks) == 1


def test_notebook_that_names_other_parameters_is_refused(request_of, write_notebook):
    path = write_notebook("1")
    path.write_text(path.read_text().replace("min_months: int", "min_month: int"))
    [refused] = plan.plan(request_of()).refused
    assert (
        refused.error
        == f"{SUBSIDIES}.ipynb: the parameters cell and {SUBSIDIES}.Parameters differ in min_month, min_months"
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"cells": 1}'])
def test_broken_notebook_is_refused(request_of, write_notebook, text):
    write_notebook("1").write_text(text)
    [refused] = plan.plan(request_of()).refused
    assert refused.error.startswith(f"{SUBSIDIES}.ipynb")


def test_broken_table_beside_the_parameters_is_refused(request_of, write_notebook, committed, tmp_path):
    write_notebook("1")
    shutil.copytree(committed.parent, tmp_path / "p")
    table = tmp_path / "p" / "standards.csv"
    table.write_text(table.read_text().replace("valid_from", "valid_from", 1) + "x,1,notmoney,2025-01-01,,\n")
    [refused] = plan.plan(request_of(parameters=tmp_path / "p")).refused
    assert "standards.csv" in refused.error


def test_misspelt_contract_in_a_set_is_told_with_the_nearest(sources_with):
    asked = sources_with("  police_deaths:", "  police_death:")
    with pytest.raises(SourceError, match=r"contract police_death is not known \(nearest: police_deaths\)"):
        plan.plan(asked)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("set: sample", "set: sample\nset: other", "key 'set' stands twice"),
        ("set: sample", "a: &a [1]\nset: sample", "anchors and aliases"),
        ("as_of: 2026-03-31", "as_of: 31.3.2026", "as_of must be a day"),
        ("sources:", "source:", "unknown keys source"),
    ],
)
def test_broken_set_stops_everything(sources_with, old, new, told):
    with pytest.raises(SourceError, match=told):
        plan.plan(sources_with(old, new))


def test_set_without_division_never_takes_anothers_parameters(sources_with, write_notebook):
    write_notebook("1")
    asked = sources_with("division: '900001'\nsynthetic: true\n", "")
    [refused] = plan.plan(asked).refused
    assert "does not say its division" in refused.error


def test_folder_of_one_division_answers_a_set_without_division(sources_with, write_notebook, committed):
    write_notebook("1")
    asked = sources_with("division: '900001'\nsynthetic: true\n", "")
    [task] = plan.plan(replace(asked, parameters=committed.parent)).tasks
    assert task.parameters["division"] == "900001"


def test_unknown_scenario_is_refused(request_of):
    with pytest.raises(ParameterError, match="scenario disabled_two_subsidy: not known; there are disabled_two"):
        plan.plan(request_of("disabled_two_subsidy"))
