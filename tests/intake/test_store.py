import json

import polars as pl
import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import store
from casebook.intake.wanted import Wanted

ALL = Wanted()
TEXT = "发放表\n姓名,身份证号,金额(万元)\n张三,1,10\n李四,2,\n王五,3.71421E+17,20\n"
FIXED = ["rows_read", "rows_kept", "rows_rejected", "rejects", "encoding", "header_row", "sha256", "notes"]
ALSO = ["flags", "filled", "placeholders", "unreadable", "columns_kept", "columns_dropped"]


@pytest.fixture
def taken(tmp_path, contract):
    """Takes the texts in as files 1.csv, 2.csv …: the folder with what was made of them."""

    def run(*texts, encoding="utf-8", wanted=ALL):
        paths = [tmp_path / f"{number}.csv" for number, _ in enumerate(texts, 1)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding=encoding)
        intake.take(contract, paths, tmp_path / "out", wanted)
        return tmp_path / "out"

    return run


def test_the_account_of_one_file_has_the_fixed_keys_first(taken):
    said = store.account(taken(TEXT, encoding="gb18030"))
    assert list(said) == [*FIXED, *ALSO]
    assert (said["rows_read"], said["rows_kept"], said["rows_rejected"]) == (3, 2, 1)
    assert (said["rejects"], said["encoding"], said["header_row"]) == ({"value.missing": 1}, "gb18030", 2)
    assert said["notes"][0] == {"code": "title_rows", "file": "1.csv", "count": 1, "rows": [1]}
    assert said["flags"] == {"id.numeric_cell": 1}
    assert said["filled"] == {"name": 2, "citizen_id": 2, "township": 0, "amount_fen": 2, "area_dm2": 0}


def test_several_files_are_lists_beside_files(taken):
    said = store.account(taken(TEXT, TEXT.replace("张三", "张四")))
    assert list(said) == [*FIXED, *ALSO, "files"]
    assert (said["header_row"], len(set(said["sha256"]))) == ([2, 2], 2)
    assert said["files"][1] == {"file": "2.csv", "sheet": "", "rows_read": 3, "rows_kept": 2, "rows_rejected": 1}


def test_rows_come_back_under_their_part_and_row(taken, contract):
    dataset = intake.load(taken(TEXT, TEXT.replace("张三", "张四")), contract)
    assert dataset.frame.select("name", "part", "row").rows() == [
        ("张三", 0, 3), ("王五", 0, 5), ("张四", 1, 3), ("王五", 1, 5),
    ]  # fmt: skip
    assert [note.code for note in dataset.notes][:1] == ["title_rows"]


def test_each_row_on_disk_carries_its_address(taken, contract):
    folder = taken(TEXT)
    data, refused = (pl.read_parquet(folder / name) for name in ("data.parquet", "rejects.parquet"))
    digest = intake.load(folder, contract).parts[0].sha256
    assert data.columns == [*contract.names, "source_sha256", "source_sheet", "source_row"]
    assert data.select("source_sha256", "source_sheet", "source_row").row(0) == (digest, "", 3)
    assert refused.select("source_sha256", "source_row", "code", "column", "reasons", "raw").row(0) == (
        digest, 4, "value.missing", "amount_fen", ["value.missing:amount_fen"], "李四\t2\t",
    )  # fmt: skip


def test_a_cell_in_question_carries_its_address_and_stays(taken, contract):
    folder = taken(TEXT)
    dataset = intake.load(folder, contract)
    assert dataset.frame["citizen_id"][1] == "3.71421E+17"
    flags = store.flags(folder, dataset)
    assert flags.select("part", "row", "column", "cell", "code").rows() == [
        (0, 5, "citizen_id", "B5", "id.numeric_cell")
    ]
    assert flags["message_en"][0].startswith("The id is stored as a number")


def test_columns_nobody_reads_are_checked_and_dropped(taken, contract):
    folder = taken(TEXT, wanted=Wanted({"name"}))
    said, dataset = store.account(folder), intake.load(folder, contract)
    assert dataset.frame.columns == ["name", "part", "row"]
    assert (said["columns_kept"], said["columns_dropped"]) == (["name"], ["citizen_id", "amount_fen"])
    assert (said["rejects"], said["flags"]) == ({"value.missing": 1}, {"id.numeric_cell": 1})


def test_the_files_are_for_their_owner_only(taken):
    assert {path.stat().st_mode & 0o777 for path in taken(TEXT).iterdir()} == {0o600}


def test_intake_json_carries_no_value(taken):
    text = (taken(TEXT) / "intake.json").read_text(encoding="utf-8")
    assert json.loads(text)["rows_kept"] == 2
    assert "张三" not in text
    assert "李四" not in text


def test_an_unfinished_or_foreign_folder_is_refused(taken, tmp_path, contract):
    with pytest.raises(SourceError, match="no finished intake"):
        intake.load(tmp_path, contract)
    data = taken(TEXT) / "data.parquet"
    pl.read_parquet(data).write_parquet(data)
    with pytest.raises(SourceError, match="the intake of None, not of payments"):
        intake.load(tmp_path / "out", contract)
