import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.text import addresses


def clean(text):
    return addresses.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "prefecture", "county", "township"),
    [
        ("云州市青禾区柳湾镇人民路12号", "云州市", "青禾区", "柳湾镇"),
        ("青禾区临泉街道人民路12号", None, "青禾区", "临泉街道"),
        ("云州市市中区建设路5号", "云州市", "市中区", None),
        ("云州市青禾区南湖经济开发区创业大道18号", "云州市", "青禾区", "南湖经济开发区"),
        ("云州市青禾区大槐树镇大槐树村", "云州市", "青禾区", "大槐树镇"),
        ("前营乡政府驻地", None, None, "前营乡"),
        ("人民路利民市场3号", None, None, None),
    ],
)
def test_divisions_are_found_by_shape(text, prefecture, county, township):
    found = clean(text)
    assert (found["prefecture"], found["county"], found["township"]) == (prefecture, county, township)


@pytest.mark.parametrize(
    ("text", "road", "number"),
    [
        ("青禾区人民路二十三号附1号", "人民路", "23附1"),
        ("青禾区五一路12-3号", "五一路", "12-3"),
        ("陵州路 123号 5号楼2单元301室", "陵州路", "123"),
        ("创业大道18号", "创业大道", "18"),
        ("人民路东段", "人民路东段", None),
        ("李家村3组", None, "3"),
        ("一号楼", None, "1"),
    ],
)
def test_road_and_house_number_make_the_key(text, road, number):
    assert (clean(text)["road"], clean(text)["number"]) == (road, number)


def test_province_and_rest():
    found = clean("山东省德州市陵城区陵州路123号")
    assert (found["province"], found["rest"], found["code"]) == ("山东省", "陵州路123号", "371403")


def test_village_stands_in_for_a_road():
    assert clean("双井镇李家村3组")["village"] == "李家村"


def test_numerals_in_road_names_stay():
    assert clean("五一路三号楼二单元")["value"] == "五一路3号楼2单元"


def test_full_width_traditional_and_blanks():
    found = clean("青禾區人民路 １２號，")
    assert (found["value"], found["repair"]) == ("青禾区人民路12号", "full_width,traditional")


@pytest.mark.parametrize(
    ("raw", "problem"), [(None, "blank"), ("", "blank"), ("不详", "placeholder"), ("路", "too_short")]
)
def test_what_is_no_address_has_a_reason(raw, problem):
    assert clean(raw)["problem"] == problem


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("人民路12号", "人民路１２号", "exact"),
        ("云州市青禾区人民路12号", "青禾区人民路12号1单元", "house"),
        ("青禾区人民路12号", "青禾区人民路", "road"),
        ("青禾区人民路12号", "青禾区人民路13号", "different"),
        ("青禾区人民路12号", "红石区人民路12号", "different"),
        (None, "人民路12号", None),
    ],
)
def test_addresses_agree_by_road_and_number(one, other, agreement):
    frames = [addresses.clean(pl.Series([text], dtype=pl.String)) for text in (one, other)]
    assert addresses.same_place(*frames).item() == agreement


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert addresses.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


@given(st.text(alphabet="云州市青禾区镇村路号楼一二十百3附室 ，", max_size=14))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)["value"]
    assert clean(once)["value"] == once
