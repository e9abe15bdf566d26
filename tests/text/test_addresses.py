from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.text import addresses, chains, gazetteer
from casebook.text.placenames import region


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
        ("德州市陵县人民路12号", "陵城区人民路12号", "house"),
        (None, "人民路12号", None),
    ],
)
def test_addresses_agree_by_road_and_number(one, other, agreement):
    frames = [addresses.clean(pl.Series([text], dtype=pl.String)) for text in (one, other)]
    assert addresses.same_place(*frames).item() == agreement


VECTORS = pl.read_csv(Path(__file__).parents[1] / "vectors" / "address.csv", infer_schema=False)
REPLACED = 3_000
RETURNED = {  # names that were given up and came back later under another parent or code
    "河北省石家庄市井陉矿区",
    "广东省海南行政区西沙、南沙、中沙群岛",
    "广东省海南黎族苗族自治州西沙、南沙、中沙群岛",
}
NAMES = gazetteer.full_names() + gazetteer.names()


@pytest.mark.parametrize("vector", VECTORS.rows(named=True), ids=VECTORS["input"])
def test_vector(vector):
    found = clean(vector["input"])
    assert (found["code"], found["county"], found["status"]) == (vector["expected"], vector["county"], vector["status"])


def test_old_name_stays_as_written_beside_the_code_of_today():
    found = clean("山东省德州市陵县糜镇")
    assert (found["county"], found["code"], found["code_as_written"]) == ("陵县", "371403", "371421")


def test_divided_county_lists_its_heirs():
    found = clean("石家庄市桥东区")
    assert (found["code"], found["code_as_written"], found["successor"]) == (None, "130103", "130102;130104")


def test_levels_left_out_are_filled_in():
    found = clean("陵城区陵州路1号")
    assert (found["province"], found["prefecture"]) == ("山东省", "德州市")


def test_what_is_ambiguous_is_filled_in_only_as_far_as_all_agree():
    found = clean("江苏省鼓楼区中山路")
    assert (found["province"], found["prefecture"]) == ("江苏省", None)


@pytest.mark.parametrize("text", ["\U000f0001路5号", "\U00100001镇", "山东省\U000f1000市", "德州市\U0010fffd经济"])
def test_private_characters_are_no_names(text):
    assert clean(text)["value"] == text
    assert clean(text)["county"] is None or clean(text)["code"] is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert addresses.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


def test_long_text_is_an_address_of_one_row():
    assert addresses.clean(pl.Series(["德州市" * 5_000])).height == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "路", "镇", "人民路1号", "-", "中国", "开发区"]), min_size=1, max_size=4))
def test_names_in_any_order_lose_nothing_and_never_contradict_the_code(names):
    text = "".join(names)
    found = clean(text)
    assert found["code"] is None or gazetteer.successors(found["code"]) == (found["code"],)
    assert found["status"] not in {"ambiguous", "contradictory", "split", "unknown", "zone"} or found["code"] is None
    assert (found["rest"] or "") in found["value"]


def counties():
    """Every record of a county, with its name in full after those above it, and the codes that took its place."""
    frame = gazetteer.history().frame.filter(level="县级")
    above = pl.col("province") + pl.col("prefecture").fill_null("")
    today = pl.Series([";".join(gazetteer.successors(*record)) for record in frame.select("code", "since").iter_rows()])
    return frame.with_columns(above=above, today=today)


def test_every_county_in_force_is_found_under_its_full_name():
    frame = counties().filter(pl.col("until").is_null())
    found = addresses.clean(frame["above"] + frame["name"] + "柳湾镇")
    assert found["code"].to_list() == frame["code"].to_list()
    assert set(found["rest"]) == {"柳湾镇"}


def test_every_county_that_ended_has_the_code_of_an_heir_or_of_what_holds_its_heirs():
    frame = counties().filter(pl.col("until").is_not_null())
    found = addresses.clean(frame["above"] + frame["name"])
    rows = zip(found["code"], frame["today"].str.split(";"), frame["above"] + frame["name"], strict=True)
    told = [(code, today, name) for code, today, name in rows if code is not None]
    wrong = [
        row for row in told if row[0] not in row[1] and not all(heir.startswith(region(row[0])) for heir in row[1])
    ]
    assert {name for _, _, name in wrong} <= RETURNED
    assert len(told) > REPLACED


def test_a_county_alone_is_never_mistaken():
    frame = counties().filter(pl.col("until").is_null())
    found = addresses.clean(frame["name"])
    assert (found["code"] == frame["code"]).all()
    untold = found.select("code", "status", frame["name"]).filter(pl.col("code").is_null())
    assert untold.filter(pl.col("status").ne_missing("ambiguous"))["name"].is_in(list(chains.OF_A_CITY)).all()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="云州市青禾区镇村路号楼一二十百3附室 ，", max_size=14))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)["value"]
    assert clean(once)["value"] == once


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("同上", "same_as_above"),
        ("同户籍地", "same_as_above"),
        ("本村", "too_vague"),
        ("外地", "too_vague"),
        ("老家", "too_vague"),
        ("居无定所", "too_vague"),
    ],
)
def test_words_that_stand_in_for_an_address_have_no_value(text, problem):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, problem)


@pytest.mark.parametrize(
    "text",
    [
        "北京市朝阳区建国路1号/上海市浦东新区世纪大道2号",
        "北京市朝阳区建国路1号（现住海淀区）",
        "山东省德州市陵城区人民路5号，现住河北省石家庄市长安区1号",
        "德州市陵城区人民路5号；德州市陵城区建设路7号",
    ],
)
def test_two_addresses_in_one_cell_assert_no_division(text):
    found, again = clean(text), clean(clean(text)["value"])
    assert (found["problem"], found["county"], found["code"], found["road"]) == ("several_addresses", None, None, None)
    assert again == found | {"repair": again["repair"]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("北京市朝阳区建国路1号(原崇文区)", "110105"),
        ("北京市朝阳区建国路1号、3号", "110105"),
        ("山东省德州市，陵城区，陵州路5号", "371403"),
        ("德州市陵城区人民路5号(陵城区政府对面)", "371403"),
        ("北京市朝阳区建国路1号(海淀区交界处)", "110105"),
        ("青岛市市南区香港路1号(高新区)", "370202"),
    ],
)
def test_what_only_explains_an_address_is_no_second_one(text, code):
    assert (clean(text)["problem"], clean(text)["code"]) == (None, code)
