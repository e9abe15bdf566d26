import pandas as pd
import polars as pl
import pytest

from casebook import link
from casebook.errors import LinkError
from casebook.link import roles

ID = "11010519491231002X"


def one(role, cell, entity="person"):
    """The role columns that one cell becomes."""
    named = {role: "x"} if role in {"id", "name", "code"} else {"name": "n", role: "x"}
    frame = roles.prepared(pl.DataFrame({"n": ["李明"], "x": [cell]}, schema_overrides={"x": pl.String}), named, entity)
    return frame.row(0, named=True)


def test_citizen_ids_are_cleaned_and_kept_as_they_came():
    told = one("id", ID.lower())
    assert told == {
        "ref": 1,
        "citizen_id": ID,
        "citizen_id_problem": None,
        "citizen_id_repair": None,
        "citizen_id_raw": ID.lower(),
    }


def test_an_id_with_a_wrong_digit_is_a_citizen_id_with_a_problem():
    assert one("id", "110105194912310021")["citizen_id_problem"] == "check_digit"


@pytest.mark.parametrize("cells", [["5304218", "4066625"], ["rec-1", None], ["5304218", "4066625", ID]])
def test_other_numbers_are_no_citizen_ids(cells):
    frame = roles.prepared(pl.DataFrame({"x": cells}), {"id": "x"}, "person")
    assert frame.columns == ["ref", "id"]
    assert frame["id"][0] == cells[0].upper()


def test_a_column_of_blank_ids_stays_a_column_of_ids():
    frame = roles.prepared(pl.DataFrame({"x": ["无", None]}, schema={"x": pl.String}), {"id": "x"}, "person")
    assert frame["citizen_id"].to_list() == [None, None]


@pytest.mark.parametrize(
    ("role", "cell", "value"),
    [
        ("name", "李　明", "李明"),
        ("name", "Michaela  neumann", "MICHAELA NEUMANN"),
        ("name", "/", None),
        ("sex", "男性", "男"),
        ("sex", "2", "女"),
        ("sex", "f", "女"),
        ("sex", "9", None),
        ("birth_date", "1980/1/2", "1980-01-02"),
        ("birth_date", "19151111", "1915-11-11"),
        ("birth_date", "1915年11月11日", "1915-11-11"),
        ("birth_date", "19151311", "19151311"),
        ("birth_date", "无", None),
        ("phone", "+86 138-0000-1111", "13800001111"),
        ("phone", "12", None),
        ("account", "6217 0000-1", "621700001"),
        ("former_name", "李　鸣", "李鸣"),
        ("former_name", "无", None),
        ("account", "暂无", None),
        ("place", "柳湾鎮", "柳湾镇"),
        ("address", "8  rosemead court", "8 ROSEMEAD COURT"),
        ("given_name", "Anna", "ANNA"),
        ("family_name", None, None),
    ],
)
def test_roles_of_a_person(role, cell, value):
    assert one(role, cell)[role] == value


def test_a_name_sounds_only_when_it_is_chinese():
    assert one("name", "李明")["homophone_key"] == "li-ming"
    assert one("name", "Li Ming")["homophone_key"] is None


def test_roles_of_a_firm():
    table = pl.DataFrame(
        {
            "code": ["91110000101623741k"],
            "name": ["青禾机械有限责任公司"],
            "boss": ["王　芳"],
            "at": ["云州市青禾区幸福路1号"],
        }
    )
    named = {"code": "code", "name": "name", "representative": "boss", "address": "at"}
    (told,) = roles.prepared(table, named, "firm").rows(named=True)
    assert (told["code"], told["code_problem"], told["organisation"]) == ("91110000101623741K", None, "101623741")
    assert told["core"] == one("name", "青禾机械有限公司", "firm")["core"]
    assert told["representative"] == "王芳"
    assert "幸福路" in told["address"]


def test_columns_of_one_role_are_joined_by_a_blank():
    table = pl.DataFrame({"n": ["A", "B"], "number": ["8", None], "street": ["Rosemead Court", None]})
    frame = roles.prepared(table, {"name": "n", "address": ["number", "street"]}, "person")
    assert frame["address"].to_list() == ["8 ROSEMEAD COURT", None]


def test_rows_are_counted_from_one_or_given():
    table = pd.DataFrame({"n": ["A", "B"]})
    assert roles.prepared(table, {"name": "n"}, "person")["ref"].to_list() == [1, 2]
    given = roles.prepared(table, {"name": "n"}, "person", pl.Series([5, 9], dtype=pl.UInt32))
    assert given["ref"].to_list() == [5, 9]
    assert given.schema["ref"] == pl.Int64


def test_tables_of_different_headers_are_linked():
    left = roles.prepared(pl.DataFrame({"姓名": ["李明"], "身份证": [ID]}), {"id": "身份证", "name": "姓名"}, "person")
    right = roles.prepared(pd.DataFrame({"id": [ID.lower(), "x"]}), {"id": "id"}, "person")
    assert link.persons(left, right).frame.select("left_ref", "right_ref", "tier").rows() == [(1, 1, "T1")]


def test_the_id_inside_a_certificate_is_read():
    assert one("certificate", f"{ID}44")["certificate_id"] == ID
    assert one("certificate", "44")["certificate_id"] is None


def test_further_roles_of_a_firm():
    table = pl.DataFrame({"n": ["恒丰食品有限公司陵城分公司(原云州机械厂)"], "old": ["云州轴承厂"], "boss": [ID]})
    named = {"name": "n", "representative_id": "boss"}
    told = roles.prepared(table, named, "firm").row(0, named=True)
    assert (told["branch"], told["former_name"], told["representative_id"]) == ("陵城分公司", "云州机械厂", ID)
    for order in (named | {"former_name": "old"}, {"former_name": "old"} | named):
        assert roles.prepared(table, order, "firm")["former_name"].to_list() == ["云州轴承厂"]


@pytest.mark.parametrize(
    ("mapping", "entity", "told"),
    [
        ({"nm": "n"}, "person", "has no role nm; the roles are id, name"),
        ({"sex": "n"}, "person", "at least one role of id, name"),
        ({"address": "n"}, "firm", "at least one role of code or name"),
        ({"name": "m"}, "person", "no column m; it has n"),
        ({"name": "n"}, "dog", "person or firm, got dog"),
    ],
)
def test_wrong_roles_are_refused_with_those_there_are(mapping, entity, told):
    with pytest.raises(LinkError, match=told):
        roles.prepared(pl.DataFrame({"n": ["A"]}), mapping, entity)
