"""`casebook contract draft` as a user calls it."""

import json

import pytest

from casebook.intake.contract import load


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "elderly.csv"
    path.write_bytes("老人姓名,补助金额(元)\r\n欧阳甲某,50\r\n欧阳乙某,60\r\n".encode("gb18030"))
    return path


def test_a_draft_is_written_and_loads(program, table, tmp_path):
    out = tmp_path / "new" / "elderly.odcs.yaml"
    said = program("contract", "draft", table, "--out", out)
    assert (said.code, said.err) == (0, "")
    assert "draft of the contract elderly" in said.out
    contract = load(out)
    assert [(c.headers[0], c.kind) for c in contract.columns] == [
        ("老人姓名", "person_name"),
        ("补助金额(元)", "money"),
    ]
    assert "欧阳" not in said.all + out.read_text(encoding="utf-8")


def test_without_out_the_draft_is_said(program, table):
    said = program("contract", "draft", table, "--id", "civil_elderly")
    assert said.code == 0
    assert "\nid: civil_elderly\n" in said.out
    told = json.loads(program("contract", "draft", table, "--json").out)
    assert (told["id"], told["out"]) == ("elderly", None)


def test_wrong_calls_are_told(program, table, tmp_path):
    taken = tmp_path / "taken.yaml"
    taken.write_text("x", encoding="utf-8")
    other = table.rename(tmp_path / "老人.csv")
    for words, told in (
        ((tmp_path / "no.csv",), "no.csv does not exist"),
        ((other,), "name one with --id"),
        ((other, "--id", "a", "--out", taken), "is not overwritten"),
    ):
        said = program("contract", "draft", *words)
        assert said.code == 2
        assert told in said.err
    assert taken.read_text(encoding="utf-8") == "x"


def test_an_id_that_is_taken_and_a_file_without_header_are_refused(program, table, tmp_path):
    said = program("contract", "draft", table, "--id", "police_deaths")
    assert (said.code, "police_deaths already" in said.err) == (1, True)
    table.write_text("11010519491231002X,110105194912310021\n", encoding="utf-8")
    said = program("contract", "draft", table)
    assert (said.code, "looks like a header" in said.err, "19491231" in said.all) == (1, True, False)
