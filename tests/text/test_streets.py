import polars as pl
import pytest

from casebook.text import streets


def read(text):
    found = streets.read(pl.Series([text], dtype=pl.String)).row(0, named=True)
    return {name: value for name, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("人民路12号", {"road": "人民路", "number": "12"}),
        ("人民路12-3号附1号", {"road": "人民路", "number": "12-3附1"}),
        ("人民路12号3号楼2单元301室", {"road": "人民路", "number": "12", "building": "3", "unit": "2", "room": "301"}),
        ("人民路12号A座1201室", {"road": "人民路", "number": "12", "building": "A", "room": "1201"}),
        ("五一路3栋", {"road": "五一路", "number": "3", "building": "3"}),
        ("李家村3组", {"village": "李家村", "number": "3", "group": "3"}),
        ("李家村村民委员会3组12号", {"village": "李家村", "number": "3组12", "group": "3"}),
        ("李家村5村民小组8号", {"village": "李家村", "number": "5组8", "group": "5"}),
        ("人民路东段", {"road": "人民路东段"}),
    ],
)
def test_elements_of_an_address(text, parts):
    assert read(text) == parts


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("人民路12号对面", "对面"),
        ("人民路12号斜对面", "斜对面"),
        ("人民路12号旁边", "旁边"),
        ("人民路12号东侧", "东侧"),
        ("人民路12号以东", "以东"),
        ("人民路向东100米", "东100米"),
    ],
)
def test_a_house_that_tells_where_to_look_is_no_house_number(text, position):
    assert read(text) == {"road": "人民路", "position": position}


@pytest.mark.parametrize(
    "text", ["人民路与建设路交叉口", "人民路和建设路交汇处", "人民路建设路路口", "人民路与建设路十字路口"]
)
def test_crossing_names_the_second_road_and_has_no_number(text):
    assert read(text) == {"road": "人民路", "crossing": "建设路"}


def test_former_road_is_told_when_written():
    assert read("新华路(原解放路)12号") == {"road": "新华路", "former_road": "解放路", "number": "12"}


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_has_no_parts(text):
    assert read(text) == {}
