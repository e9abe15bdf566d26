"""`casebook match`: whatever is wrong is one sentence without a value, and no table is harmed."""

import pytest

ZHANG, WANG = "11010519491231002X", "110105194912310021"
MAP = "id=身份证号:公民身份号码,name=姓名,birth_date=出生日期,phone=电话:手机"
PERSONAL = (ZHANG, WANG, "张三", "李四", "1980-01-02", "13800001111")


WRONG_CALLS = {
    "role": (("--map", "nm=姓名"), "A person has no role nm; the roles are id, name,"),
    "no key": (("--map", "sex=姓名"), "at least one role of id, name"),
    "no column": (("--map", "name=名字"), "left.csv has no column 名字; it has 姓名、身份证号、出生日期、电话."),
    "no right column": (("--map", "name=姓名:名字"), "right.csv has no column 名字; it has 公民身份号码、"),
    "also": (("--map", MAP, "--also", "raw"), "--also knows left_value, right_value, name_conflict, levels; got raw"),
    "no equals": (("--map", "姓名"), "--map wants ROLE=LEFT_COLUMN[:RIGHT_COLUMN], got 姓名"),
    "explain": (("--map", MAP, "--explain", "99"), "the left table has no row 99 that could be read; its last is 5"),
    "explain header": (("--map", MAP, "--explain", "2"), "the left table has no row 2"),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_wrong_call_is_one_sentence(match, name):
    words, told = WRONG_CALLS[name]
    said, pairs = match(*words)
    assert (said.code, pairs, len(said.err.splitlines())) == (2, None, 1)
    assert told in said.err
    assert not [value for value in PERSONAL if value in said.all]


def test_headers_that_say_nothing_are_listed(match):
    said, _ = match(left=["a,b", "1,2"], right=["c,d", "1,2"])
    assert said.code == 2
    assert "name them with --map. There are: a、b | c、d" in said.err


def test_without_out_and_explain_the_call_is_wrong_but_columns_are_checked_first(program, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,电话\n李明,1\n")
    words = ("match", path, path, "--entity", "person", "--map")
    assert "a.csv has no column 名字" in program(*words, "name=名字").err
    said = program(*words, "name=姓名,phone=电话")
    assert (said.code, "say where the pairs go with --out" in said.err) == (2, True)


def test_a_missing_file_is_a_wrong_call(program):
    said = program("match", "a.csv", "b.csv", "--entity", "person", "--out", "p.csv")
    assert (said.code, said.err) == (2, "casebook: a.csv does not exist or is no file\n")


def test_a_table_is_never_overwritten_by_the_pairs(program, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id\n1\n")
    said = program("match", path, path, "--entity", "person", "--out", tmp_path / "." / "a.csv")
    assert (said.code, "would overwrite the table" in said.err, path.read_text()) == (2, True, "id\n1\n")


REFUSED = {
    "empty": (b"", "left.csv is empty"),
    "binary": (b"\x00\x01\x02\x03" * 50, "binary data"),
    "cut workbook": (b"PK\x03\x04" + b"\x00" * 40, "damaged or cut workbook"),
    "no header": (f"张三,{ZHANG}\n李四,{WANG}\n".encode(), "looks like data"),
    "no encoding": (b"id,name\n" + b"\xff\xfe\xfd,1\n" * 50, "no known encoding"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_input_is_one_sentence_without_a_value(match, name):
    content, told = REFUSED[name]
    said, pairs = match("--map", "id=id:公民身份号码", left=content)
    assert (said.code, pairs, len(said.err.splitlines())) == (1, None, 1)
    assert told in said.err
    assert not [value for value in PERSONAL if value in said.all]


def test_one_column_in_two_roles_is_a_wrong_call(match):
    said, pairs = match("--map", "name=姓名,address=出生日期,place=电话:出生日期")
    assert (said.code, pairs) == (2, None)
    assert "names the right column 出生日期 in the roles address, place; one column has one role" in said.err


def test_a_long_map_is_not_repeated_whole(match):
    said, _ = match("--map", "x" * 100_000)
    assert (said.code, len(said.err) < 300) == (2, True)
    said, _ = match("--map", f"name=姓名:{'x' * 100_000}")
    assert (said.code, len(said.err) < 300) == (2, True)


def test_a_column_twice_is_a_wrong_call(match):
    said, pairs = match("--map", "id=id:公民身份号码", left=["id,id", "1,2"])
    assert (said.code, pairs, "more than once" in said.err) == (2, None, True)
