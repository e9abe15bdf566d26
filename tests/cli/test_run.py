"""`casebook run`, `batch`, `index`: whole bundles or a sentence; the same files give the same bytes."""

import hashlib
import json
import socket
import tempfile
import zipfile
from pathlib import Path

import nbformat
import polars as pl
import pytest

SUBSIDIES = "disabled_two_subsidies"
ID = "110101199003074514"


@pytest.fixture(scope="session")
def words(project):
    """The words that call a run of the subsidies model, `--out` left to the test."""
    parameters = project / "parameters" / SUBSIDIES / "900001_2025.yml"
    sources = project / "tests" / "samples" / "sources.yml"
    return ("run", SUBSIDIES, "--sources", sources, "--parameters", parameters, "--out")


@pytest.fixture(scope="session")
def first(call, words, project, tmp_path_factory):
    out = tmp_path_factory.mktemp("first") / "run"
    said = call(*words, out, cwd=project)
    assert said.code == 0, said
    return out / SUBSIDIES


@pytest.fixture(scope="session")
def second(call, words, project, tmp_path_factory):
    """The same again, into a relative folder, from another place, answering in JSON."""
    base = tmp_path_factory.mktemp("second")
    said = call(*words, "again", "--json", cwd=base)
    assert [o["status"] for o in json.loads(said.out)["outcomes"]] == ["complete"]
    return base / "again" / SUBSIDIES


def test_bundle_has_the_fixed_files_and_index_names_it(first):
    wanted = {
        "report.html",
        "notebook.ipynb",
        "leads.parquet",
        "leads.xlsx",
        "ledger.json",
        "manifest.json",
        "COMPLETE",
    }
    assert wanted <= {p.name for p in first.iterdir()}
    assert f"{SUBSIDIES}/report.html" in (first.parent / "index.html").read_text()
    assert not list(first.parent.glob(".*"))


def test_manifest_agrees_with_every_file(first):
    listed = json.loads((first / "manifest.json").read_text())["files"]
    assert {f["path"] for f in listed} == {p.name for p in first.iterdir()} - {"manifest.json", "COMPLETE"}
    for entry in listed:
        content = (first / entry["path"]).read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("name", ["leads.parquet", "leads.xlsx", "ledger.json", "evidence.json", "run.json"])
def test_same_files_give_the_same_bytes(first, second, name):
    assert (first / name).read_bytes() == (second / name).read_bytes()


def test_leads_are_sorted_and_unique(first):
    ids = pl.read_parquet(first / "leads.parquet")["lead_id"]
    assert ids.is_sorted()
    assert ids.is_unique().all()


def test_no_text_names_the_machine(first, project):
    wanted = [str(project), str(first.parents[1]), f"{Path.home()}/", f"{tempfile.gettempdir()}/"]
    wanted += [
        name for name in (socket.gethostname(),) if len(name) > 6
    ]  # "vm" stands in any compressed file by chance
    unzipped = zipfile.ZipFile(first / "leads.xlsx")
    texts = {p.name: p.read_bytes() for p in first.parent.rglob("*") if p.is_file()}
    texts |= {name: unzipped.read(name) for name in unzipped.namelist()}
    assert [(name, word) for name, text in texts.items() for word in wanted if word.encode() in text] == []


def test_notebook_as_run_has_no_papermill_metadata(first):
    notebook = nbformat.read(first / "notebook.ipynb", as_version=4)
    kept = [notebook.metadata, *(cell.metadata for cell in notebook.cells)]
    assert not [m for m in kept if {"papermill", "execution", "widgets"} & set(m)]
    [injected] = [c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", [])]
    assert "/" not in injected.source.replace("\n", "")


def test_workbook_holds_no_formula_and_no_link(first):
    with zipfile.ZipFile(first / "leads.xlsx") as book:
        sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/" in n]
        assert not [part for part in ("<f>", "<f ", "hyperlink") if any(part in sheet for sheet in sheets)]
        assert not [n for n in book.namelist() if "externalLink" in n or "vbaProject" in n]


def test_index_is_rebuilt(call, first):
    page = first.parent / "index.html"
    before = page.read_bytes()
    page.unlink()
    said = call("index", first.parent, "--json")
    assert json.loads(said.out) == {"index": str(page)}
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense: 1", "unknown parameter nonsense"),
        ("language: fr", "stands twice"),
        (f"'a = 1; print({ID})': 1", "must be 1 to 41 of a-z"),
    ],
)
def test_wrong_parameter_file_starts_nothing(call, words, tmp_path, line, told):
    wrong = tmp_path / "900001_2025.yml"
    wrong.write_text(words[5].read_text() + line + "\n")
    said = call(*words[:5], wrong, "--out", tmp_path / "run")
    assert (said.code, said.out, len(said.err.splitlines())) == (1, "", 1)
    assert told in said.err
    assert ID not in said.err
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../../../../etc/passwd", "C:\\x.csv", "．．／x.csv"])
def test_path_that_leaves_the_project_is_a_failure_in_a_sentence(call, words, project, tmp_path, name):
    text = words[3].read_text().replace("civil/civil_low_income.csv", f"'{name}'")
    sources = project / "tests" / "samples" / "tricks.yml"
    sources.write_text(text)
    said = call(*words[:3], sources, *words[4:], tmp_path / "run", cwd=project)
    assert said.code == 1
    assert f"{SUBSIDIES} failed: " in said.err
    assert "root:" not in said.all
    assert not (tmp_path / "run" / SUBSIDIES).exists()


def test_failed_notebook_gives_one_and_no_data(call, words, project, tmp_path):
    root = tmp_path / "broken"
    for name in ("data_contracts", "parameters", "tests"):
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).symlink_to(project / name)
    (root / "notebooks").mkdir()
    notebook = nbformat.read(project / "notebooks" / f"{SUBSIDIES}.ipynb", as_version=4)
    notebook.cells[6:] = [nbformat.v4.new_code_cell(f"raise ValueError('{ID}')")]
    nbformat.write(notebook, root / "notebooks" / f"{SUBSIDIES}.ipynb")
    said = call(*words, tmp_path / "run", cwd=root)
    assert said.code == 1
    assert "ValueError" in said.err
    assert "ValueError" in (tmp_path / "run" / "index.html").read_text()
    assert {p.name for p in (tmp_path / "run").iterdir()} == {"index.html", "results.json", "data_centre.html"}
    assert not [p for p in (tmp_path / "run").iterdir() if ID in p.read_text()]
    assert ID not in said.all


def test_interactive_run_writes_into_the_lab_folder(project, tmp_path):
    from casebook import scenarios
    from casebook.batch import parameters
    from casebook.case.job import Job

    job = Job.find(SUBSIDIES, project / "notebooks")
    assert job.out == project / "reports" / "lab" / SUBSIDIES
    assert job.sources_file("sample") == project / "parameters" / "sources" / "sample.yml"
    values = parameters.read(project / "parameters" / SUBSIDIES / "900001_2025.yml") | {"source_set": "sample"}
    assert scenarios.load(SUBSIDIES).parameters(**values).source_set == "sample"
