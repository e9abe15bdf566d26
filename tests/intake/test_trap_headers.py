"""Rows that may be headers or records: each reading exactly, and refused where there are two."""

from dataclasses import replace

import pytest

from casebook import intake
from casebook.errors import SourceError

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"


def text(*lines):
    return "\n".join([HEADER, *lines]) + "\n"


TWO_WAYS = [
    ("D5 alike but for blanks", "姓名,姓 名,身份证号,金额\n张三,李四,1,2\n", "header.twice", 1),
    ("D5 alike but for width", "姓名,身份证号,金额,金额*\n张三,1,2,3\n", "header.twice", 1),
    ("D12 another order below", text(*[GOOD] * 60) + "金额,乡镇,身份证号,姓名\n10,镇,1,张三\n", "header.changes", 62),
    ("D12 other words in another order", text(GOOD) + "成员姓名,发放金额,乡镇,公民身份号码\n张三,1,镇,1\n", "header.changes", 3),
    ("D12 one column more", text(GOOD) + "姓名,性别,身份证号,金额\n张三,男,1,1\n", "header.changes", 3),
    ("D18 a form is no table", "姓名,张三,身份证号,110101199003074514\n乡镇,x,金额,5\n", "header.missing", 2),
    ("D18 values in the header row", "姓名,张三,身份证号,110101199003074514,金额\n李四,,,1,1\n", "header.none", 0),
    ("D18 header below row 21", "说明\n" * 21 + text(GOOD), "header.none", 0),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "row"), [row[1:] for row in TWO_WAYS], ids=[row[0] for row in TWO_WAYS])
def test_a_header_that_may_be_read_in_two_ways_is_refused(deliver, content, code, row):
    with pytest.raises(SourceError) as caught:
        deliver(content)
    said = caught.value
    assert (said.code, said.row) == (code, row)
    assert not [value for value in ("张三", "110101199003074514", "/tmp") if value in said.zh + said.en]


@pytest.mark.parametrize(
    ("content", "kept", "noted"),
    [
        (text(GOOD) + "成员姓名,公民身份号码,乡镇,发放金额\n" + GOOD, [2, 4], {"repeated_header": [3]}),
        ("说明\n" * 19 + text(GOOD), [21], {"title_rows": list(range(1, 20))}),
        (text(GOOD, "户主,1,姓名,2", GOOD), [2, 3, 4], {}),
    ],
    ids=["D17 header again in other words", "D18 header in row 20", "D17 two words of headers are a record"],
)
def test_what_is_a_header_and_what_is_none(deliver, rows_of, content, kept, noted):
    assert rows_of(*deliver(content)) == (kept, {}, noted)


def test_5_11_a_table_split_over_files_needs_its_header_in_each(contract, tmp_path):
    for name, content in (("1.csv", text(*[GOOD] * 50)), ("2.csv", f"{GOOD}\n" * 51), ("3.csv", text("李四,2,镇,5"))):
        (tmp_path / name).write_text(content, encoding="gb18030")
    dataset, _ = intake.read(contract, [tmp_path / "1.csv", tmp_path / "3.csv"])
    assert [(part.file, part.rows_kept) for part in dataset.parts] == [("1.csv", 50), ("3.csv", 1)]
    with pytest.raises(SourceError) as caught:
        intake.read(contract, [tmp_path / "1.csv", tmp_path / "2.csv"])
    assert (caught.value.code, caught.value.file) == ("header.none", "2.csv")


def test_d7_no_rows_where_the_contract_allows_none(deliver, contract, tmp_path):
    (tmp_path / "a.csv").write_text(HEADER)
    with pytest.raises(SourceError) as caught:
        intake.read(contract, [tmp_path / "a.csv"])
    dataset, _ = intake.read(replace(contract, row_count_min=0), [tmp_path / "a.csv"])
    assert (caught.value.code, dataset.frame.height, dataset.rows_read) == ("table.no_rows", 0, 0)
