"""`casebook check` tells every problem of a project at once."""

import shutil
from pathlib import Path

import nbformat
import pytest

import casebook
from casebook.batch import inspection, shape

SUBSIDIES = "disabled_two_subsidies"


@pytest.fixture
def copy(project, tmp_path, write_notebook):
    """A copy of the project that may be broken."""
    write_notebook("1")
    root = tmp_path / "copy"
    shutil.copytree(project, root)
    return root


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


PLANTED = {
    "contract": ("data_contracts/police_deaths.odcs.yaml", "value: citizen_id", "value: citizen_ids", "citizen_ids"),
    "rule": ("data_contracts/civil_orphans.odcs.yaml", "benefit_until >= benefit_from", "benefit_until >= from", "no column 'from'"),
    "metric": ("data_contracts/civil_orphans.odcs.yaml", "mustBe: 0", "mustBe: 5", "invalidValues is carried out with mustBe: 0"),
    "schema": ("data_contracts/police_moves.odcs.yaml", "kind: DataContract", "kind: Contract", "police_moves.odcs.yaml at kind"),
    "schema again": ("data_contracts/police_moves.odcs.yaml", "team:\n  name:", "team:\n  nam:", "police_moves.odcs.yaml at team"),
    "reference": ("data_contracts/platform_dishes.odcs.yaml", "platform_shops.shop_id", "platform_shops.shop", "shops.shop, which"),
    "regex": ("parameters/online_catering/items.csv", "热食|中餐类制售", "热食(|中餐类制售", "granted is no regular expression"),
    "code": ("parameters/land_use_tax/small_entity_relief.csv", "small_scale_vat", "small_vat", "class 'small_vat'"),
    "twice": ("parameters/sources/sample.yml", "civil/civil_low_income.csv", "civil/civil_cremations.csv", "is named twice, by"),
    "parameter": (f"parameters/{SUBSIDIES}/900001_2025.yml", "min_months", "min_month", "unknown parameter min_month"),
    "table": (f"parameters/{SUBSIDIES}/standards.csv", "2024-", "2024-13-", "standards.csv row"),
    "law": ("parameters/law/two_subsidies.csv", "valid_from", "valid", "two_subsidies.csv"),
    "law again": ("parameters/law/land_use_tax.csv", "valid_from", "valid", "land_use_tax.csv"),
    "missing file": ("parameters/sources/sample.yml", "civil_orphans.xlsx", "gone.xlsx", "civil_orphans names gone.xlsx"),
    "unknown contract": ("parameters/sources/sample.yml", "  police_moves:", "  police_move:", "nearest: police_moves"),
    "path": ("parameters/sources/sample.yml", "../../tests/samples/veterans", "../../../../../x", "leads out of the project"),
    "set": ("parameters/sources/sample.yml", "set: sample", "set: simple", "its set is called simple"),
}  # fmt: skip


def test_every_planted_problem_is_told_at_once(copy):
    for file, old, new, _ in PLANTED.values():
        replace(copy / file, old, new)
    (copy / "notebooks" / "land_use_taxes.ipynb").write_text("{}")
    (copy / "parameters" / "land_use_taxes").mkdir()
    found = inspection.inspect(copy).problems
    wanted = {name: told for name, (_, _, _, told) in PLANTED.items()}
    wanted |= {"notebook": "notebooks/land_use_taxes.ipynb belongs", "folder": "parameters/land_use_taxes/ belongs"}
    assert [name for name, told in wanted.items() if not any(told in sentence for sentence in found)] == []
    assert all("Traceback" not in sentence and str(copy) not in sentence for sentence in found)


def test_the_committed_project_has_no_problem_and_every_header_is_known(copy):
    found = inspection.inspect(copy)
    told = [sentence for sentence in found.problems if "notebook" not in sentence and ".ipynb" not in sentence]
    assert (told, found.headers) == ([], ())


def test_the_address_of_a_database_that_is_not_to_be_had_is_told(copy, monkeypatch):
    monkeypatch.delenv("NOT_THERE_URL", raising=False)
    files = "    files:\n    - ../../tests/samples/civil/civil_orphans.xlsx\n"
    replace(copy / "parameters/sources/sample.yml", files, "    database: {url_env: NOT_THERE_URL, table: orphans}\n")
    told = next(one for one in inspection.inspect(copy).problems if "civil_orphans" in one)
    assert told.startswith("sample.yml: civil_orphans: ")
    assert "NOT_THERE_URL" in told


def test_a_table_a_scenario_cannot_do_without_is_missed_where_others_of_it_are_there(copy):
    path = copy / "parameters" / "sources" / "sample.yml"
    text = path.read_text(encoding="utf-8")
    start = text.index("  federation_certificates:")
    path.write_text(text[:start] + text[text.index("  civil_low_income:", start) :], encoding="utf-8")
    told = [sentence for sentence in inspection.inspect(copy).problems if "cannot run without" in sentence]
    assert told == [
        f"sample.yml: {SUBSIDIES} cannot run without federation_certificates; the set names no source for it"
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("for x in y:\n    pass", "defines or loops"),
        ("def f(): ...", "defines or loops"),
        ("open('x')", "reads a file or runs a command"),
        ("%matplotlib inline", "is not plain Python"),
        ("!ls", "reads a file or runs a command"),
        ("a = (", "is not plain Python"),
        ("\n".join("x = 1" for _ in range(16)), "has 16 lines, at most 15"),
    ],
)
def test_cell_out_of_shape(write_notebook, scenario, cell, told):
    found = shape.problems(write_notebook(cell), scenario)
    assert f"{SUBSIDIES}.ipynb: code cell 2 {told}" in " | ".join(found)


def test_headings_out_of_order(write_notebook, scenario):
    path = write_notebook("1")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_markdown_cell(f"## {h}") for h in reversed(shape.HEADINGS)]
    nbformat.write(notebook, path)
    assert any("not in the order of a typical case" in sentence for sentence in shape.problems(path, scenario))


def test_committed_notebook_is_in_shape(scenario, project):
    root = Path(casebook.__file__).parents[2]
    assert shape.problems(root / "notebooks" / f"{SUBSIDIES}.ipynb", scenario) == []
