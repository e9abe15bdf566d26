"""A draft loads as a contract, reads the file it came from, and holds no cell of it."""

import re
from pathlib import Path

import pytest

from casebook import intake
from casebook.errors import ContractError
from casebook.intake import sources
from casebook.intake.contract import Column, Contract, load, load_all
from casebook.intake.drafting import draft

ROOT = Path(__file__).parents[3]
ROWS = [
    ("序", "户主姓名", "身份证号", "补贴(万元)", "住在：哪里", "补贴（万元）", "户主姓名"),
    ("甲001", "欧阳甲", "11010519491231002X", "1.5", "前村东头", "2", "乙"),
    ("甲002", "欧阳乙", "暂无", "2.5", "", "3", "丙"),
]
KNOWN = Contract(
    "known", "", "", "", "1", "",
    (Column("citizen_id", ("公民身份号码", "身份证号"), kind="citizen_id", tags=("pii", "direct-identifier"), mask="citizen_id"),
     Column("subsidy_fen", ("补贴",), kind="money", unit="元", classification="internal"),
     Column("township", ("乡镇",), kind="text", classification="internal")),
)  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "new table.csv"
    path.write_text("\n".join(",".join(row[:5]) for row in ROWS), encoding="utf-8")
    return path


@pytest.fixture
def drafted(tmp_path):
    def write(path, id_="new_table", known=KNOWN):
        text = draft.draft(path, id_, {known.id: known})
        target = tmp_path / f"{id_}.odcs.yaml"
        target.write_text(text, encoding="utf-8")
        return text, load(target)

    return write


def test_known_headers_take_their_column_over_and_the_others_are_numbered(file, drafted):
    _, contract = drafted(file)
    assert [(c.name, c.headers[0], c.kind, c.unit, c.classification, c.mask) for c in contract.columns] == [
        ("column_1", "序", "text", None, "restricted", "account"),
        ("column_2", "户主姓名", "person_name", None, "restricted", "name"),
        ("citizen_id", "身份证号", "citizen_id", None, "restricted", "citizen_id"),
        ("subsidy_fen", "补贴(万元)", "money", "万元", "internal", "none"),
        ("column_5", "住在：哪里", "text", None, "restricted", "account"),
    ]


def test_no_cell_of_the_file_stands_in_the_draft(file, drafted):
    text, _ = drafted(file)
    cells = {cell for row in ROWS[1:] for cell in row[:5] if len(cell) > 3}
    assert [cell for cell in cells if cell in text] == []


def test_shares_and_distinct_columns_are_comments(file, drafted):
    text, contract = drafted(file)
    assert "# required: true  # filled in 50.0% of the rows\n" in text
    assert text.count("distinct in every row") == 3
    assert "# observed: {column_1: 1.00, column_2: 1.00, citizen_id: 0.50, subsidy_fen: 1.00, column_5: 0.50}" in text
    assert (contract.fill_rates, contract.key, any(c.required for c in contract.columns)) == ({}, (), False)


def test_the_draft_reads_the_file_it_came_from(file, drafted):
    _, contract = drafted(file)
    dataset, rejects = intake.read(contract, [file])
    assert (dataset.frame.height, rejects.frame.height) == (2, 0)
    assert dataset.frame["subsidy_fen"].to_list() == ["1.5", "2.5"]
    assert dataset.parts[0].headers.keys() == {c.name for c in contract.columns}


SAMPLES = sources.load(ROOT / "tests" / "samples" / "sources.yml")
COMMITTED = load_all(ROOT / "data_contracts")


@pytest.mark.parametrize(
    "contract_id", ["registry_real_estate", "civil_subsidy_payments", "police_moves", "justice_custody"]
)
def test_samples_of_all_shapes_are_drafted_without_their_contract(contract_id, drafted, tmp_path):
    path = SAMPLES.files(contract_id)[0]
    _, contract = drafted(path)
    ours, rejects = intake.read(contract, [path])
    theirs, refused = intake.read(COMMITTED[contract_id], [path])
    assert ours.rows_read >= theirs.rows_read
    assert rejects.counts() == refused.counts()
    assert len(ours.parts[0].headers) >= len(theirs.parts[0].headers)


def test_odd_headers_are_quoted(tmp_path, drafted):
    path = tmp_path / "a.csv"
    path.write_text('\'甲: # {x}\',"他说""好""",no\n某,某某,某某某\n别,别的,别的人\n', encoding="utf-8")
    _, contract = drafted(path)
    assert [c.headers[0] for c in contract.columns] == ["'甲: # {x}'", '他说"好"', "no"]


def test_the_id_comes_from_a_plain_file_name_or_must_be_said(file, tmp_path):
    assert draft.id_of(Path("Land-Use 2.xlsx")) == "land_use_2"
    with pytest.raises(ContractError, match="--id"):
        draft.id_of(Path("低保.xlsx"))
    with pytest.raises(ContractError, match="a contract known already"):
        draft.draft(file, "known", {"known": KNOWN})
    with pytest.raises(ContractError, match="small letters"):
        draft.draft(file, "../x", {})
    assert re.fullmatch(draft.ID, "a_1")
