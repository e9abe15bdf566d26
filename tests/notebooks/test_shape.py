"""Every scenario notebook keeps the shape, so that a reader of one can read them all."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from casebook import scenarios
from casebook.batch import shape

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"


@pytest.mark.parametrize("scenario_id", scenarios.known())
def test_notebook_keeps_the_shape(scenario_id):
    assert shape.problems(NOTEBOOKS / f"{scenario_id}.ipynb", scenarios.load(scenario_id)) == []


def test_every_notebook_has_its_scenario():
    found = {p.stem for p in NOTEBOOKS.glob("*.ipynb") if not p.stem.startswith("_")}
    assert found == {*scenarios.known(), *shape.ACROSS}


@pytest.mark.parametrize("name", shape.ACROSS)
def test_notebook_across_models_keeps_its_shape(name):
    assert shape.problems_across(NOTEBOOKS / f"{name}.ipynb") == []


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem)
def test_outputs_are_kept_in_checked_cells_only(path):
    cells = shape.load(path).cells
    kept = [c for c in cells if c.cell_type == "code" and c.outputs]
    assert all("nbval-check-output" in shape.tags(c) for c in kept)


@pytest.mark.parametrize("scenario_id", [*scenarios.known(), *shape.ACROSS])
def test_checked_cells_carry_an_output_to_compare(scenario_id):
    cells = shape.load(NOTEBOOKS / f"{scenario_id}.ipynb").cells
    checked = [c for c in cells if "nbval-check-output" in shape.tags(c)]
    assert len(checked) >= 2
    assert all(c.outputs and c.execution_count for c in checked)


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebook_names_no_machine_and_no_person(path):
    text = path.read_text("utf8")
    assert str(ROOT) not in text
    assert not re.search(r"900001(19|20)\d{2}(0[1-9]|1[0-2])\d{5}[\dXx]", text)


def broken(change):
    """The subsidies notebook with one thing changed."""
    notebook = nbformat.read(NOTEBOOKS / "disabled_two_subsidies.ipynb", as_version=4)
    plain = json.loads(nbformat.writes(notebook))
    change(plain["cells"])
    return plain


def first_code(cells, tag):
    return next(c for c in cells if c["cell_type"] == "code" and tag in c["metadata"].get("tags", []))


CHANGES = {
    "differ in extra": lambda cells: first_code(cells, "parameters").update(
        source="".join(first_code(cells, "parameters")["source"]) + "\nextra: int = 1"
    ),
    "headings missing": lambda cells: next(c for c in cells if "7 豁免" in "".join(c["source"])).update(source="## x"),
    "defines or loops": lambda cells: first_code(cells, "plumbing").update(source="def rule():\n    return 1"),
    "reads a file or runs": lambda cells: first_code(cells, "plumbing").update(source='Path("x")'),
    "at most 15": lambda cells: first_code(cells, "plumbing").update(
        source="\n".join(f"a{i} = {i}" for i in range(16))
    ),
    "needs its counterpart": lambda cells: cells.remove(
        next(c for c in cells if "lang-en" in c["metadata"].get("tags", []))
    ),
    "fewer prose cells": lambda cells: cells.extend(
        {**first_code(cells, "plumbing"), "id": f"x{i}"} for i in range(60)
    ),
}


@pytest.mark.parametrize(("told", "change"), CHANGES.items(), ids=CHANGES)
def test_each_way_out_of_shape_is_told(tmp_path, told, change):
    path = tmp_path / "disabled_two_subsidies.ipynb"
    path.write_text(json.dumps(broken(change)))
    found = shape.problems(path, scenarios.load("disabled_two_subsidies"))
    assert any(told in sentence for sentence in found)


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ("needs exactly one cell tagged parameters", lambda cells: first_code(cells, "parameters").update(source="x = 1")),
        ("headings missing: 填写率", lambda cells: next(c for c in cells if "4 填写率" in "".join(c["source"])).update(source="## x")),
        ("not in the order of their kind", lambda cells: cells.append(cells.pop(1))),
        ("reads a file or runs", lambda cells: first_code(cells, "plumbing").update(source='open("x")')),
    ],
)  # fmt: skip
def test_each_way_out_of_shape_of_the_data_centre_is_told(tmp_path, told, change):
    notebook = json.loads((NOTEBOOKS / "data_centre.ipynb").read_text("utf8"))
    change(notebook["cells"])
    (tmp_path / "data_centre.ipynb").write_text(json.dumps(notebook))
    assert any(told in sentence for sentence in shape.problems_across(tmp_path / "data_centre.ipynb"))
