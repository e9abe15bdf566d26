"""`casebook intake`: each row is kept or rejected with its address, a refused file leaves nothing."""

import json

import polars as pl
import pytest

CONTRACT = "civil_low_income"
HEADER = "户主,家庭成员姓名,身份证号码,起始,终止,乡镇,村(社区)"
GOOD = "赵一,张三,110101199003074514,2025-01-01,长期,城关镇,东村"
FILES = {"data.parquet", "rejects.parquet", "flags.parquet", "intake.json"}
PERSONAL = ("张三", "赵一", "110101199003074514", "110101900307451", "3.71421")


@pytest.fixture
def take_in(call, tmp_path):
    """Take in a file of these bytes or lines; what was said and the out folder."""

    def run(content, name="low_income.csv", *options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else "\n".join(content).encode())
        return call("intake", CONTRACT, path, "--out", tmp_path / "out", *options), tmp_path / "out"

    return run


def test_damaged_rows_are_kept_as_delivered_or_rejected_with_their_address(take_in):
    rows = [
        "赵一,张三,110101900307451,2025-01-01,长期,城关镇,东村",
        "赵一,张三,3.71421E+17,2025-01-01,长期,城关镇,东村",
        "赵一,张三,110101199003074514,2025-02-30,长期,城关镇,东村",
        "赵一,张三",
        GOOD,
    ]
    said, out = take_in([HEADER, *rows], "low_income.csv", "--json")
    told = json.loads(said.out)
    assert said.code == 0
    assert told == json.loads((out / "intake.json").read_text())
    assert (told["rows_read"], told["rows_kept"] + told["rows_rejected"]) == (5, 5)
    kept, rejects = pl.read_parquet(out / "data.parquet"), pl.read_parquet(out / "rejects.parquet")
    assert sorted([*kept["source_row"], *rejects["source_row"]]) == [2, 3, 4, 5, 6]
    assert 5 in rejects["source_row"]
    assert "id.numeric_cell" in {note["code"] for note in told["notes"]}
    assert not [value for value in PERSONAL if value in said.all]


REFUSED = {
    "missing column": ([HEADER.replace("身份证号码", "备注"), GOOD], "身份证号"),
    "truncated workbook": (b"PK\x03\x04" + b"\x00" * 40, "low_income"),
    "no rows": ([HEADER], "header and no rows"),
    "empty": (b"", "low_income"),
    "no table": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "low_income"),
    "header twice": ([HEADER.replace("乡镇", "身份证号码"), GOOD], "twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_file_leaves_none_of_the_three_files(take_in, name):
    said, out = take_in([HEADER, GOOD], "first.csv")
    assert (said.code, {p.name for p in out.iterdir()}) == (0, FILES)
    content, told = REFUSED[name]
    said, out = take_in(content)
    assert said.code == 1
    assert said.err.startswith("casebook: ")
    assert len(said.err.strip().splitlines()) == 1
    assert told in said.err
    assert list(out.iterdir()) == []
    assert not [value for value in PERSONAL if value in said.all]


def test_link_is_not_followed(call, tmp_path):
    (tmp_path / "real.csv").write_text(f"{HEADER}\n{GOOD}\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    said = call("intake", CONTRACT, tmp_path / "link.csv", "--out", tmp_path / "out")
    assert said.code == 1
    assert "link.csv" in said.err


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_delivered_file_is_never_written_over(call, tmp_path, name):
    (tmp_path / name).write_text(f"{HEADER}\n{GOOD}\n")
    said = call("intake", CONTRACT, tmp_path / name, "--out", tmp_path)
    assert said.code == 2
    assert "--out would overwrite the delivered file" in said.err
    assert (tmp_path / name).read_text() == f"{HEADER}\n{GOOD}\n"


def test_out_that_cannot_be_a_folder_is_told_in_a_sentence(take_in, tmp_path):
    (tmp_path / "out").write_text("a file")
    said, _ = take_in([HEADER, GOOD])
    assert said.code == 1
    assert said.err.startswith("casebook: ")


def test_summary_for_people_balances(take_in):
    said, _ = take_in([HEADER, "赵一,张三", GOOD])
    assert said.out.splitlines()[0] == f"{CONTRACT}: 2 rows read = 1 kept + 1 rejected"
    assert said.out.splitlines()[1].split() == ["1", "row.short"]


def test_a_refusal_for_machines_has_code_place_and_both_languages(take_in):
    said, _ = take_in([HEADER.replace("身份证号码", "备注"), GOOD], "low_income.csv", "--json")
    told = json.loads(said.out)["refused"]
    assert said.code == 1
    assert {key: told[key] for key in ("code", "file", "sheet", "row")} == {
        "code": "header.missing", "file": "low_income.csv", "sheet": "", "row": 1,
    }  # fmt: skip
    assert told["zh"].startswith("low_income.csv，第 1 行")
    assert told["en"].startswith("low_income.csv, row 1")
    assert said.err == f"casebook: {told['en']}\n"


def test_cells_in_question_are_told_beside_the_rejects(take_in):
    said, _ = take_in([HEADER, GOOD, GOOD.replace("110101199003074514", "3.71421E+17"), "合计,1"])
    assert said.out.splitlines() == [
        f"{CONTRACT}: 3 rows read = 2 kept + 1 rejected",
        "          1  row.total",
        "          1  id.numeric_cell (kept, in question)",
    ]
