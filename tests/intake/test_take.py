import os

import polars as pl
import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake import store
from casebook.intake.wanted import Wanted

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"
FOUR = ["data.parquet", "flags.parquet", "intake.json", "rejects.parquet"]


@pytest.fixture
def file(tmp_path):
    def make(text, name="a.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_appears_whole(file, contract, tmp_path):
    said = intake.take(contract, [file(f"{HEADER}\n{GOOD}\n")], tmp_path / "new" / "out")
    assert names(tmp_path / "new") == ["out"]
    assert names(tmp_path / "new" / "out") == FOUR
    assert said.rows_kept == 1


def test_in_a_folder_that_is_there_other_files_stay(file, contract, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("x")
    for text in (GOOD, f"{GOOD}\n李四,2,镇,5"):
        intake.take(contract, [file(f"{HEADER}\n{text}\n")], out)
    assert names(out) == sorted([*FOUR, "mine.txt"])
    assert store.account(out)["rows_kept"] == 2


def test_a_refused_delivery_leaves_nothing(file, contract, tmp_path):
    good, bad = file(f"{HEADER}\n{GOOD}\n"), file("a,b\n1,2\n", "b.csv")
    with pytest.raises(SourceError, match=r"b\.csv: no header row"):
        intake.take(contract, [good, bad], tmp_path / "out", Wanted(copies=tmp_path / "copies"))
    assert not (tmp_path / "out").exists()
    assert names(tmp_path / "copies") == []
    assert not list(tmp_path.glob(".incoming*"))


def test_a_refusal_has_code_place_and_both_languages(file, contract, tmp_path):
    with pytest.raises(SourceError) as caught:
        intake.take(contract, [file("标题\n姓名,乡镇,金额\n张三,镇,1\n")], tmp_path / "out")
    said = caught.value
    assert (said.code, said.file, said.sheet, said.row) == ("header.missing", "a.csv", "", 2)
    assert said.zh.startswith("a.csv，第 2 行（表头）：缺少列 身份证号")
    assert said.en.startswith("a.csv, row 2 (header): the column 身份证号 is missing")


def test_copies_stay_under_their_digest_for_their_owner_only(file, contract, tmp_path):
    path = file(f"{HEADER}\n{GOOD}\n")
    intake.take(contract, [path], tmp_path / "out", Wanted(copies=tmp_path / "copies"))
    digest = store.account(tmp_path / "out")["sha256"]
    assert names(tmp_path / "copies") == [digest]
    copy = tmp_path / "copies" / digest
    assert (copy.read_bytes(), copy.stat().st_mode & 0o777) == (path.read_bytes(), 0o600)


def test_what_changes_after_the_copy_is_not_read(file, contract, tmp_path, monkeypatch):
    from casebook.intake import files

    path = file(f"{HEADER}\n{GOOD}\n")
    admit = files.admit

    def admit_then_change(source, folder):
        admitted = admit(source, folder)
        path.write_text(f"{HEADER}\n李四,2,镇,99\n", encoding="utf-8")
        return admitted

    monkeypatch.setattr(files, "admit", admit_then_change)
    intake.take(contract, [path], tmp_path / "out")
    assert pl.read_parquet(tmp_path / "out" / "data.parquet")["name"].to_list() == ["张三"]


def test_judges_flag_rows_and_keep_them(file, contract, tmp_path):
    def judge(batch, part):
        assert part.file == "a.csv"
        return batch.filter(pl.col("name") == "李四").select("row", column=pl.lit("name"), code=pl.lit("cell.error"))

    path = file(f"{HEADER}\n{GOOD}\n李四,2,镇,5\n")
    intake.take(contract, [path], tmp_path / "out", Wanted(judges=(judge,)))
    flags = pl.read_parquet(tmp_path / "out" / "flags.parquet")
    assert flags.select("source_row", "cell", "code").rows() == [(3, "A3", "cell.error")]
    assert store.account(tmp_path / "out")["rows_kept"] == 2


def test_a_totals_row_that_is_short_has_both_reasons(file, contract, tmp_path):
    intake.take(contract, [file(f"{HEADER}\n{GOOD}\n合计,,10\n")], tmp_path / "out")
    rejects = pl.read_parquet(tmp_path / "out" / "rejects.parquet")
    assert rejects.select("source_row", "code", "reasons").rows() == [(3, "row.total", ["row.total", "row.short"])]


def test_a_folder_nobody_may_write_into_is_an_error_of_the_machine(file, contract, tmp_path):
    if os.geteuid() == 0:
        target = tmp_path / "a.csv" / "out"
    else:
        (tmp_path / "shut").mkdir(mode=0o500)
        target = tmp_path / "shut" / "out"
    with pytest.raises(OSError, match=r"[a-z]"):
        intake.take(contract, [file(f"{HEADER}\n{GOOD}\n")], target)
