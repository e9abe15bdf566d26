"""`casebook clean`: fixed columns, one row for each row, streaming, one sentence for whatever is wrong."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from casebook import clean
from casebook.clean.kinds import TABLE
from casebook.cli.clean_words import KINDS

PROGRAM = Path(sys.executable).with_name("casebook")

GOOD, SAME = "11010519491231002x", "11010519491231002X"
FIXED = {
    "citizen_id": "birth_date,sex,region_code,region_known,region_at_birth,id_type",
    "organisation_code": "department,category,division,organisation",
    "food_licence": "",
    "disability_certificate": "citizen_id,category,grade",
    "parcel": "",
    "division": "province,prefecture,county,status,successor",
    "person_name": "homophone_key,pinyin",
    "firm_name": "place,brand,trade,form",
    "address": "province,prefecture,county,code,rest",
    "date": "",
    "number": "",
    "money": "yuan",
    "area": "m2",
    "document_number": "",
    "text": "",
}


def rows(said):
    return list(csv.reader(io.StringIO(said.out)))[1:]


@pytest.mark.parametrize("kind", FIXED)
def test_columns_of_a_kind_are_fixed(program, kind):
    said = program("clean", kind, given="值\n无\n".encode())
    assert said.code == 1
    assert said.out.splitlines()[0] == ",".join(filter(None, ["raw,value,problem", FIXED[kind]]))


def test_a_good_id_has_value_and_parts_and_no_problem(program):
    said = program("clean", "citizen_id", "--column", "身份证号", given=f"姓名,身份证号\n张三,{GOOD}\n".encode())
    assert (said.code, rows(said)) == (0, [[GOOD, SAME, "", "1949-12-31", "女", "110105", "true", "朝阳区", "citizen"]])


@pytest.mark.parametrize(
    ("words", "cell", "told"),
    [
        (("money",), '"1,234.5"', ["1,234.5", "1234.50", "", "1234.50"]),
        (("money",), "-0.05", ["-0.05", "-0.05", "", "-0.05"]),
        (("money", "--unit", "万元"), "1.5", ["1.5", "15000.00", "", "15000.00"]),
        (("area", "--unit", "亩"), "1.5", ["1.5", "1000.00", "", "1000.00"]),
        (("number",), "1.50", ["1.50", "1.5", ""]),
        (("number",), "100", ["100", "100", ""]),
        (("date",), "2025年12月31日", ["2025年12月31日", "2025-12-31", ""]),
        (("date", "--form", "month"), "2025年12月", ["2025年12月", "2025-12", ""]),
        (("date", "--form", "serial"), "44197", ["44197", "2021-01-01", ""]),
        (("date", "--form", "range"), "2019.5.14至2019.5.30", ["2019.5.14至2019.5.30", "2019-05-14", "", "2019-05-30"]),
        (("text", "--also", "repair"), "Ａ樓", ["Ａ樓", "A楼", "", "full_width,traditional"]),
    ],
)  # fmt: skip
def test_values_are_exact_text(program, words, cell, told):
    said = program("clean", *words, given=f"x\n{cell}\n".encode())
    assert (said.code, rows(said)) == (0, [told])


def test_the_unit_of_the_header_counts_and_is_told(program):
    said = program("clean", "area", "--json", given="面积（亩）\n3\n".encode())
    assert rows(said) == [["3", "2000.00", "", "2000.00"]]
    assert json.loads(said.err)["options"] == {"unit": "亩"}


def test_every_row_gives_a_row_and_the_counts_go_to_standard_error(program):
    said = program("clean", "citizen_id", "--json", given=f"x\n{GOOD}\n\n无\n\n110105194912310021\n".encode())
    assert [row[2] for row in rows(said)] == ["", "blank", "placeholder", "blank", "check_digit"]
    told = json.loads(said.err)
    assert (said.code, told["rows"], told["good"]) == (1, 5, 1)
    assert told["problems"] == {"blank": 2, "placeholder": 1, "check_digit": 1}


def test_counts_for_people(program):
    said = program("clean", "citizen_id", given=f"号\n{GOOD}\nx\n".encode())
    assert said.err.splitlines() == ["citizen_id (号, utf-8): 2 rows, 1 good", "          1  length  wrong length"]


def test_formulas_stand_as_delivered(program):
    cells = ["=1+1", "+86", "-5", "@SUM(A1)", '"=HYPERLINK(""x"",""y"")"', "＝1"]
    said = program("clean", "text", given=("x\n" + "\n".join(cells) + "\n").encode())
    assert [row[0] for row in rows(said)] == ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("x","y")', "＝1"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_known_by_their_bytes(program, encoding):
    said = program("clean", "person_name", "--column", "姓名", given="序号\t姓名\r\n1\t李　明\r\n".encode(encoding))
    assert (said.code, rows(said)[0][:2]) == (0, ["李　明", "李明"])


def test_tables_of_other_formats(program, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_column(0, 0, ["名单", "身份证号", SAME, "x"])
    pl.DataFrame({"身份证号": [SAME, "x"]}).write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_text(f"名单\n身份证号\n{SAME}\nx\n")
    for name in ("a.xlsx", "a.parquet", "a.csv"):
        said = program("clean", "citizen_id", tmp_path / name, "--column", "身份证号")
        assert (said.code, [row[:3:2] for row in rows(said)]) == (1, [[SAME, ""], ["x", "length"]])


WRONG_CALLS = {
    "no kind": ((), "say which cleaner (casebook clean --list tells what each is for): citizen_id,"),
    "unknown kind": (("id",), "id: there is no such cleaner"),
    "form of an id": (("citizen_id", "--form", "roc"), "--form cannot be asked of citizen_id; it can of date"),
    "unknown form": (("date", "--form", "weeks"), "'weeks'"),
    "unknown unit": (("money", "--unit", "亩"), "亩"),
    "unknown further column": (
        ("text", "--also", "sex"),
        "text has no column sex; beside the fixed ones it has repair",
    ),
    "no such file": (("text", "no.csv"), "no.csv does not exist or is no file"),
    "no such column": (("text", "--column", "名"), "standard input has no column 名; it has 姓名、身份证号."),
    "several columns": (("text",), "standard input has 2 columns; name one: 姓名、身份证号."),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_wrong_call_is_one_sentence(program, name):
    words, told = WRONG_CALLS[name]
    said = program("clean", *words, given="姓名,身份证号\n张三,x\n".encode())
    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert told in said.err


REFUSED = {
    "empty": (b"", "is empty"),
    "blank lines only": (b"\n \n", "holds no text"),
    "binary": (b"\x89PNG\x00\x00\x00\x00\x00\x00", "is binary data"),
    "no header": (f"{GOOD}\n{GOOD}\n".encode(), "looks like data, not like a header"),
    "no encoding": ("姓名\n张三\n".encode() + b"\xff\xfe\n" * 50, "cannot be decoded"),
    "cut utf-16": ("姓名\n张三".encode("utf-16")[:-1], "begins as UTF-16"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_input_is_one_sentence_without_a_value(program, name):
    content, told = REFUSED[name]
    said = program("clean", "person_name", given=content)
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert told in said.err
    assert not [value for value in (GOOD, "张三") if value in said.err]


def test_a_header_twice_is_refused(program):
    said = program("clean", "text", "--column", "a", given=b"a,b,a\n1,2,3\n")
    assert (said.code, "has the column a more than once" in said.err) == (2, True)


def test_a_header_alone_gives_a_header_alone(program):
    said = program("clean", "text", given=b"x\n")
    assert (said.code, said.out) == (0, "raw,value,problem\n")


def test_broken_rows_carry_their_fault_and_no_value(program):
    content = 'a,b\n1,2\n3\n4,5,6\n"7,8\n9,\x00\n' + f"{'x' * 1_100_000},1\n" + '"p\nq",10\n'
    said = program("clean", "text", "--column", "a", given=content.encode())
    assert rows(said) == [
        ["1", "1", ""],
        ["3", "", "row.short"],
        ["4", "", "row.long"],
        ['"7', "", "quote.open"],
        ["9", "", "char.nul"],
        ["", "", "field.long"],
        ["p\nq", "p q", ""],
    ]


def test_a_hundred_thousand_rows_are_as_in_memory(program):
    cells = [SAME, "无", "110105194912310021", "110105491231002", ""] * 20_000
    said = program("clean", "citizen_id", given="\n".join(["号", *cells, ""]).encode())
    inside = clean.column(pl.Series(cells), "citizen_id")
    outside = pl.read_csv(io.StringIO(said.out), infer_schema=False)
    assert outside["value"].equals(inside["value"])
    assert outside["problem"].equals(inside["problem"])
    assert outside["birth_date"].equals(inside["birth_date"].cast(pl.String))


def test_a_reader_that_has_seen_enough_ends_the_work_quietly(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("x\n" + "甲\n" * 2_000_000)
    words = [PROGRAM, "clean", "text"]
    with (
        source.open() as given,
        subprocess.Popen(words, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running,
    ):
        assert os.read(running.stdout.fileno(), 5) == b"raw,v"
        running.stdout.close()
        assert (running.stderr.read(), running.wait(60)) == (b"", 1)


def test_list_names_kinds_parts_and_options(program):
    said = program("clean", "--list", "--json")
    told = json.loads(said.out)
    assert (said.code, set(told)) == (0, set(TABLE))
    assert told["money"] == {"parts": ["yuan"], "options": ["unit"], "also": ["repair"]}
    plain = program("clean", "--list").out
    at = plain.splitlines().index("money                   amounts of money, in yuan")
    assert plain.splitlines()[at + 1].strip() == "raw,value,problem,yuan --unit"


def test_list_has_words_for_every_kind_in_both_languages(program):
    assert list(KINDS) == list(TABLE)
    assert "money                   金额，换算为元" in program("clean", "--list", "--language", "zh").out.splitlines()


def test_problems_are_told_in_words_of_the_language(program):
    said = program("clean", "citizen_id", "--language", "zh", given=b"x\n11010519491231002\n")
    assert said.err.splitlines()[1].startswith("          1  length  ")
    assert not said.err.splitlines()[1].isascii()


def test_another_unit_than_the_header_s_is_refused(program):
    said = program("clean", "money", "--unit", "元", given="金额(万元)\n1\n".encode())
    assert (said.code, said.out) == (2, "")
    assert "the header 金额(万元) states 万元, --unit asks for 元" in said.err
    assert program("clean", "money", "--unit", "万元", given="金额(万元)\n1\n".encode()).code == 0
    assert rows(program("clean", "money", "--unit", "万元", given="金额\n1\n".encode()))[0][3] == "10000.00"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"PAR1"])
def test_a_piped_workbook_must_be_named(program, start):
    said = program("clean", "money", given=start + bytes(100))
    assert (said.code, said.out) == (2, "")
    assert said.err == "casebook: this is a workbook or Parquet: name the file instead of piping it\n"
