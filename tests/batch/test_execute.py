"""A notebook that does not finish leaves a sentence without data, and nothing else."""

import json

import pytest

from casebook.batch import execute, kernel, plan

ID = "110101199003074514"
SUBSIDIES = "disabled_two_subsidies"


@pytest.fixture
def run(request_of):
    """Run the project's notebook in this process."""
    return lambda: execute.run(plan.plan(request_of()).tasks[0])


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (f"raise ValueError('{ID} 张三')", "cell 3: ValueError; run the notebook in JupyterLab to see where"),
        (f"from casebook.errors import SourceError\nraise SourceError('row 7: {ID}')", "cell 3: row 7: …"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "ended before its notebook did (DeadKernelError)"),
        ("raise SystemExit(0)", "a cell ended in an error; every cell must run to its end"),
        ("1 + 1", "the last cell did not run to its end; it must be run.close(result)"),
        ("from casebook.case.output import Written\nWritten(())", "the run did not write leads.parquet, leads.xlsx"),
    ],
)
def test_notebook_that_does_not_finish(run, write_notebook, tmp_path, cell, told):
    write_notebook(cell)
    found = run()
    assert found.status == "failed"
    assert told in found.error
    assert ID not in found.error
    assert list((tmp_path / "run").iterdir()) == []


def test_kernel_writes_nothing_to_the_terminal(run, write_notebook, capfd):
    write_notebook(f"import os\nos.write(2, b'{ID}')\nos.write(1, b'{ID}')\nprint('{ID}')\nraise KeyError('{ID}')")
    assert run().error.startswith("cell 3: KeyError")
    assert ID not in "".join(capfd.readouterr())


def test_failed_cell_that_was_let_pass_is_no_end(run, write_notebook, finished_cells):
    path = write_notebook("1 / 0", *finished_cells)
    raw = json.loads(path.read_text())
    raw["cells"][1]["metadata"]["tags"] = ["raises-exception"]
    path.write_text(json.dumps(raw))
    assert run().error.startswith("cell 3: ZeroDivisionError")


def test_file_of_the_notebooks_own_is_refused(run, write_notebook, finished_cells):
    write_notebook("_ = open('extra.csv', 'w').write('x')", *finished_cells)
    assert run().error == "the notebook wrote 1 file(s) of its own; only run.close writes files"


def test_machine_path_shown_is_refused(run, write_notebook, finished_cells):
    write_notebook("import os\nprint(os.getcwd())", *finished_cells)
    assert run().error.startswith("notebook.ipynb would publish a folder of this machine")


def test_finished_notebook_becomes_a_whole_bundle(run, write_notebook, finished_cells, tmp_path):
    write_notebook(*finished_cells)
    assert run().is_complete
    names = {p.name for p in (tmp_path / "run" / SUBSIDIES).iterdir()}
    assert names == {
        *execute.MADE_BY_RUN, "notebook.ipynb", "report.html", "manifest.json", "COMPLETE",
    }  # fmt: skip


def test_kernel_gets_no_secret_and_no_start_up_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_DATABASE_URL", "postgresql://u:secret@h/d")
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    given = kernel.environment(tmp_path)
    assert not {"CASEBOOK_DATABASE_URL", "JUPYTER_TOKEN"} & set(given)
    assert given["IPYTHONDIR"] == str(tmp_path / ".ipython")


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("SourceError", "payments.csv row 3 is wrong", "cell 2: payments.csv row 3 is wrong"),
        ("KeyError", "张三", "cell 2: KeyError; run the notebook in JupyterLab to see where"),
        ("LinkError", "phone 13800138000", "cell 2: phone …"),
        ("errors", "张三", "cell 2: errors; run the notebook in JupyterLab to see where"),
        ("E110101199003074514", "", "cell 2: E…; run the notebook in JupyterLab to see where"),
    ],
)
def test_sentence_quotes_our_own_errors_only(kind, said, told):
    assert kernel.sentence(2, kind, said) == told
