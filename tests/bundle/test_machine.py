"""Nothing published says on which machine it was made."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from casebook.bundle import machine
from casebook.errors import BundleError


@pytest.fixture
def executed():
    """A notebook as papermill leaves it."""
    outputs = [
        new_output("stream", name="stderr", text="/home/clerk/x.py: UserWarning"),
        new_output("stream", name="stdout", text="kept"),
        new_output("display_data", data={machine.WIDGET: {"model_id": "f00"}, "text/plain": "table"}),
    ]
    cell = new_code_cell(
        "x = 1", outputs=outputs, metadata={"tags": ["injected-parameters"], "papermill": {"start": 1}}
    )
    cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01"}
    return new_notebook(cells=[cell], metadata={"papermill": {"input_path": "/x"}, "widgets": {"state": "张三"}})


def test_clocks_paths_and_widget_state_are_gone(executed):
    text = nbformat.writes(machine.without_machine(executed))
    assert not [word for word in ("papermill", "2026", "/home", "张三", "f00", "widget-view") if word in text]
    assert "kept" in text
    assert "table" in text


def test_equal_runs_give_equal_bytes(executed):
    first = nbformat.writes(machine.without_machine(executed))
    executed.cells[0]["id"] = "other"
    assert nbformat.writes(machine.without_machine(executed)) == first


def test_path_of_the_machine_is_named_by_file_only(tmp_path):
    (tmp_path / "report.html").write_text("<p>/data/clerk/casebook/x</p>")
    with pytest.raises(BundleError) as caught:
        machine.refuse_paths(tmp_path, machine.paths_of_machine(Path("/data/clerk")))
    assert str(caught.value).startswith("report.html would publish a folder")
    assert "clerk" not in str(caught.value)


def test_texts_without_paths_pass(tmp_path):
    (tmp_path / "run.json").write_text('{"file": "civil/payments.csv", "folder": "/datasets/"}')
    machine.refuse_paths(tmp_path, machine.paths_of_machine(Path("/data")))
    assert "//" not in machine.paths_of_machine(Path("/"))
