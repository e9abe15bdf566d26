import polars as pl
import pytest

from casebook.text import gazetteer


@pytest.mark.parametrize(
    ("name", "brief"),
    [
        ("山东省", "山东"),
        ("德州市", "德州"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("大兴安岭地区", "大兴安岭"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("鄂温克族自治旗", "鄂温克"),
        ("浦东新区", "浦东"),
        ("神农架林区", "神农架"),
        ("陵县", None),
        ("郊区", None),
    ],
)
def test_name_without_the_word_for_its_kind(name, brief):
    assert gazetteer.short(name) == brief


def test_names_are_asked_for_by_level():
    assert "德州" in gazetteer.names("地级")
    assert "陵城" not in gazetteer.names("省级", "地级")
    assert set(gazetteer.names("县级")) < set(gazetteer.names())


def test_names_are_usable_as_prefixes():
    assert min(len(name) for name in gazetteer.names()) > 1


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("371403", ("371403",)),
        ("371421", ("371403",)),
        ("372421", ("371403",)),
        ("130103", ("130102", "130104")),
        ("372400", ()),
        ("999999", ()),
    ],
)
def test_successors_leave_out_what_was_ceded_earlier(code, today):
    assert gazetteer.successors(code) == today


@pytest.mark.parametrize(("code", "year", "today"), [("419001", 1988, "411281"), ("419001", 2020, "419001")])
def test_a_code_given_out_twice_is_followed_from_its_own_year(code, year, today):
    assert gazetteer.successors(code, year) == (today,)


def test_every_record_leads_to_codes_in_force():
    frame = gazetteer.history().frame
    in_force = set(frame.filter(pl.col("until").is_null())["code"])
    found = [gazetteer.successors(*record) for record in frame.filter(level="县级").select("code", "since").iter_rows()]
    assert set().union(*found) <= in_force
    assert all(found)
