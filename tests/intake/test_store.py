import json

import polars as pl
import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake.store import summary

TEXT = "发放表\n姓名,身份证号,金额(万元)\n张三,1,10\n李四,2,\n"
KEYS = ["rows_read", "rows_kept", "rows_rejected", "rejects", "encoding", "header_row", "sha256", "notes"]


def test_the_summary_of_one_file_has_the_fixed_keys(deliver):
    dataset, rejects = deliver(TEXT, encoding="gb18030")
    said = summary(dataset, rejects)
    assert list(said) == KEYS
    assert (said["rows_read"], said["rows_kept"], said["rows_rejected"]) == (2, 1, 1)
    assert (said["rejects"], said["encoding"], said["header_row"]) == ({"value.missing": 1}, "gb18030", 2)
    assert said["notes"][0] == {"code": "title_rows", "file": "a.csv", "count": 1, "rows": (1,)}


def test_several_files_are_lists_beside_files(tmp_path, contract):
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(TEXT.replace("张三", f"张{number}"), encoding="utf-8")
    said = summary(*intake.read(contract, [tmp_path / "1.csv", tmp_path / "2.csv"]))
    assert list(said) == [*KEYS, "files"]
    assert (said["header_row"], len(set(said["sha256"]))) == ([2, 2], 2)
    assert said["files"][1] == {"file": "2.csv", "sheet": "", "rows_read": 2, "rows_kept": 1, "rows_rejected": 1}


def test_what_is_written_is_loaded_again(deliver, tmp_path, contract):
    dataset, rejects = deliver(TEXT)
    intake.write(dataset, rejects, tmp_path / "out")
    again = intake.load(tmp_path / "out", contract)
    assert again.frame.equals(dataset.frame)
    assert again.parts == dataset.parts
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "data.parquet",
        "intake.json",
        "rejects.parquet",
    ]


def test_each_row_on_disk_carries_its_address(deliver, tmp_path, contract):
    dataset, rejects = deliver(TEXT)
    intake.write(dataset, rejects, tmp_path / "out")
    data = pl.read_parquet(tmp_path / "out" / "data.parquet")
    refused = pl.read_parquet(tmp_path / "out" / "rejects.parquet")
    assert data.columns == [*contract.names, "source_sha256", "source_sheet", "source_row"]
    assert data.select("source_sha256", "source_sheet", "source_row").row(0) == (dataset.parts[0].sha256, "", 3)
    assert refused.select("source_row", "code", "column", "raw").row(0) == (
        4,
        "value.missing",
        "amount_fen",
        "李四\t2\t",
    )


def test_intake_json_carries_no_value(deliver, tmp_path):
    intake.write(*deliver(TEXT), tmp_path / "out")
    text = (tmp_path / "out" / "intake.json").read_text(encoding="utf-8")
    assert json.loads(text)["rows_kept"] == 1
    assert "张三" not in text
    assert "李四" not in text


def test_an_unfinished_or_foreign_folder_is_refused(deliver, tmp_path, contract):
    with pytest.raises(SourceError, match="no finished intake"):
        intake.load(tmp_path, contract)
    intake.write(*deliver(TEXT), tmp_path / "out")
    data = tmp_path / "out" / "data.parquet"
    pl.read_parquet(data).write_parquet(data)
    with pytest.raises(SourceError, match="the intake of None, not of payments"):
        intake.load(tmp_path / "out", contract)
