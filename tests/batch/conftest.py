"""A project of its own (contracts, parameters, samples copied), notebooks made by hand, and one real run of the session."""

import shutil
from pathlib import Path

import nbformat
import pytest

import casebook
from casebook import scenarios
from casebook.batch import execute, night, parameters, plan

ROOT = Path(casebook.__file__).resolve().parents[2]
SUBSIDIES = "disabled_two_subsidies"


@pytest.fixture(scope="session")
def scenario():
    return scenarios.load(SUBSIDIES)


@pytest.fixture(scope="session")
def values():
    """The committed parameters of the subsidies model."""
    return {**parameters.read(ROOT / "parameters" / SUBSIDIES / "900001_2025.yml"), "source_set": "sample"}


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for name in ("data_contracts", "parameters", "tests/samples"):
        shutil.copytree(ROOT / name, root / name)
    (root / "notebooks").mkdir()
    return root


@pytest.fixture
def request_of(project, tmp_path):
    """A request of the project into this test's run folder."""

    def make(*scenario_ids, **changes):
        sources = project / "parameters" / "sources" / "sample.yml"
        return plan.Request(project, sources, tmp_path / "run", scenario_ids or (SUBSIDIES,), **changes)

    return make


@pytest.fixture
def write_notebook(project):
    """Write the project's notebook of a scenario: the committed parameters cell, then the given cells."""

    def write(*cells, scenario_id=SUBSIDIES):
        committed = nbformat.read(ROOT / "notebooks" / f"{scenario_id}.ipynb", as_version=4)
        first = next(c for c in committed.cells if "parameters" in c.metadata.get("tags", []))
        code = [nbformat.v4.new_code_cell(source) for source in cells]
        path = project / "notebooks" / f"{scenario_id}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[first, *code]), path)
        return path

    return write


@pytest.fixture(scope="session")
def real_run(project, tmp_path_factory):
    """Run folder of the committed subsidies notebook on the sample."""
    shutil.copy(ROOT / "notebooks" / f"{SUBSIDIES}.ipynb", project / "notebooks")
    out = tmp_path_factory.mktemp("real") / "run"
    sources = project / "parameters" / "sources" / "sample.yml"
    found = night.run(plan.plan(plan.Request(project, sources, out, (SUBSIDIES,))))
    assert [o.status for o in found] == ["complete"], found
    shutil.copytree(out / SUBSIDIES, project / "real")
    return out


@pytest.fixture
def finished_cells(real_run):
    """Cells that leave the files of the real run without judging again."""
    lines = (
        "import json, shutil",
        "from pathlib import Path",
        "from casebook.case.output import Written",
        "source = Path(json.loads(Path('job.json').read_text())['contracts']).parent / 'real'",
        f"names = {execute.MADE_BY_RUN!r}",
        "_ = [shutil.copy(source / name, name) for name in names]",
    )
    return "\n".join(lines), "Written(names)"
