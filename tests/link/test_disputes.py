from datetime import date

import polars as pl
import pytest

from casebook.link import persons

GOOD, OTHER = "900001195002031276", "11010519491231002X"
BORN = {"birth_date": date(1950, 2, 3)}
TEXTS = ("citizen_id", "name", "sex", "place", "account", "phone", "address", "homophone_key")


def side(*rows: dict) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(TEXTS, pl.String) | {"birth_date": pl.Date}
    return pl.DataFrame([{"ref": at} | row for at, row in enumerate(rows, start=1)], schema=schema)


def link_of(left: pl.DataFrame, right: pl.DataFrame, pair: tuple[int, int] = (1, 1)) -> dict:
    frame = persons(left, right).frame
    return frame.row(by_predicate=(pl.col("left_ref") == pair[0]) & (pl.col("right_ref") == pair[1]), named=True)


@pytest.mark.parametrize(
    "shared", [{"address": "1号"}, {"account": "6217"}, {"phone": "142"}, {"birth_date": date(1950, 2, 3)}]
)
def test_twin_of_near_name_with_an_id_of_his_own_makes_the_shared_id_a_conflict(shared):
    left = side({"citizen_id": GOOD, "name": "张建国"}, {"citizen_id": OTHER, "name": "张建军"} | shared)
    link = link_of(left, side({"citizen_id": GOOD, "name": "张建军"} | shared))
    assert (link["tier"], link["reason"], link["name_conflict"]) == ("T1", "id_equal", True)


def test_twin_on_the_right_makes_the_same_conflict():
    right = side({"citizen_id": GOOD, "name": "张建国"}, {"citizen_id": OTHER, "name": "张建军", "phone": "142"})
    assert link_of(side({"citizen_id": GOOD, "name": "张建军", "phone": "142"}), right)["name_conflict"]


@pytest.mark.parametrize("of_both", [({"phone": "142"}, {"phone": "143"}), ({"place": "甲村"}, {"place": "甲村"})])
def test_namesake_with_nothing_or_a_village_in_common_is_no_sign(of_both):
    listed, asked = of_both
    left = side({"citizen_id": GOOD, "name": "张建国"} | BORN, {"citizen_id": OTHER, "name": "张建军"} | listed)
    assert not link_of(left, side({"citizen_id": GOOD, "name": "张建军"} | BORN | asked))["name_conflict"]


@pytest.mark.parametrize(
    ("stated", "conflict"),
    [
        ({"birth_date": date(1974, 9, 20)}, True),
        ({"birth_date": date(1950, 2, 8)}, False),
        ({"birth_date": date(1950, 3, 2)}, False),
        ({"birth_date": date(1950, 2, 3)}, False),
        ({"sex": "女"}, True),
        ({"sex": "男"}, True),
        ({"sex": "男"} | BORN, False),
        ({"sex": "未知"} | BORN, False),
        ({}, True),
    ],
)
def test_one_other_character_is_a_slip_only_where_two_birth_dates_bear_out_the_id(stated, conflict):
    link = link_of(
        side({"citizen_id": GOOD, "name": "张建国"} | BORN), side({"citizen_id": GOOD, "name": "张建军"} | stated)
    )
    assert (link["tier"], link["name_conflict"]) == ("T1", conflict)


@pytest.mark.parametrize("name", ["李明亮", "李志辉", "李明", "王明辉"])
def test_one_other_character_alone_is_a_brother_or_a_father(name):
    assert link_of(side({"citizen_id": GOOD, "name": "李明辉"}), side({"citizen_id": GOOD, "name": name}))[
        "name_conflict"
    ]


def test_a_name_typed_by_its_sound_needs_no_birth_date():
    link = link_of(side({"citizen_id": GOOD, "name": "李明辉"}), side({"citizen_id": GOOD, "name": "李明慧"}))
    assert not link["name_conflict"]


@pytest.mark.parametrize(("name", "tier"), [("李明辉", "T2"), ("李明亮", "T3")])
def test_repaired_id_of_a_near_name_is_for_a_human(name, tier):
    old = side({"citizen_id": GOOD, "name": "李明辉"}).with_columns(citizen_id_repair=pl.lit("from_15"))
    link = link_of(old, side({"citizen_id": GOOD, "name": name}))
    assert (link["tier"], link["name_conflict"]) == (tier, tier == "T3")


@pytest.mark.parametrize(
    ("stated", "conflict"),
    [
        ({"birth_date": date(1974, 9, 20)}, False),
        ({"sex": "女"}, False),
        ({"birth_date": date(1974, 9, 20), "sex": "女"}, True),
    ],
)
def test_equal_names_are_doubted_only_where_birth_date_and_sex_contradict(stated, conflict):
    link = link_of(side({"citizen_id": GOOD, "name": "张建国"}), side({"citizen_id": GOOD, "name": "张建国"} | stated))
    assert link["name_conflict"] is conflict


WOMAN = {"sex": "女", "birth_date": date(1994, 8, 30)}


@pytest.mark.parametrize("name", ["潘*辉", "潘某", None, "刘*秀", "刘云秀、王芳", "王氏"])
def test_hidden_missing_or_several_names_conflict_where_the_row_contradicts_the_id(name):
    owner = {"citizen_id": GOOD, "name": "刘云秀", "sex": "男"} | BORN
    assert link_of(side(owner), side({"citizen_id": GOOD, "name": name} | WOMAN))["name_conflict"]


@pytest.mark.parametrize(
    ("name", "conflict"),
    [
        ("潘*辉", True),
        ("潘某", True),
        ("潘先生", True),
        ("王芳、潘辉", True),
        ("刘*秀", False),
        ("刘某", False),
        (None, False),
    ],
)
def test_visible_characters_of_a_name_contradict_or_say_nothing(name, conflict):
    link = link_of(side({"citizen_id": GOOD, "name": "刘云秀"}), side({"citizen_id": GOOD, "name": name}))
    assert (link["tier"], link["name_conflict"]) == ("T1", conflict)


WANG = {"citizen_id": "110105199001010336", "name": "王伟", "birth_date": date(1990, 1, 1)}
NAMESAKE = {"citizen_id": "110105199001010352", "name": "王伟", "birth_date": date(1990, 1, 1)}


def test_a_row_that_its_id_bears_out_keeps_it_when_another_has_borrowed_it():
    borrower = WANG | {"name": "张丽", "birth_date": date(1965, 5, 5)}
    rows = persons(side(WANG), side(borrower, NAMESAKE)).frame.select("right_ref", "tier", "name_conflict").rows()
    assert rows == [(1, "T1", True)]


def test_a_row_that_states_nothing_keeps_its_id_in_a_conflict():
    silent = {"citizen_id": GOOD, "name": "王伟", "phone": "142"}
    right = side({"citizen_id": GOOD, "name": "张丽"}, {"citizen_id": OTHER, "name": "王伟", "phone": "142"})
    assert persons(side(silent), right).frame["right_ref"].to_list() == [1]


def test_a_row_that_states_nothing_has_borrowed_where_the_owner_is_borne_out_and_it_is_listed_itself():
    silent = {"citizen_id": GOOD, "name": "王伟", "phone": "142"}
    owner = {"citizen_id": GOOD, "name": "张丽"} | BORN
    right = side(owner, {"citizen_id": OTHER, "name": "王伟", "phone": "142"})
    rows = persons(side(silent), right).frame.select("right_ref", "tier", "name_conflict").rows()
    assert rows == [(1, "T1", True), (2, "T3", False)]


def test_child_paid_under_the_id_of_a_parent_is_found_by_name_and_birth_date():
    child = {"name": "李小明", "birth_date": date(2010, 5, 6)}
    left = side({"citizen_id": GOOD, "name": "李建国"}, {"citizen_id": OTHER} | child)
    rows = persons(left, side({"citizen_id": GOOD} | child)).frame.select("left_ref", "tier", "name_conflict").rows()
    assert rows == [(1, "T1", True), (2, "T3", False)]


def test_child_is_found_also_where_the_parent_is_not_listed():
    child = {"name": "李小明", "birth_date": date(2010, 5, 6)}
    link = link_of(side({"citizen_id": OTHER} | child), side({"citizen_id": GOOD} | child))
    assert (link["tier"], link["reason"]) == ("T3", "name_birth_date")


def test_parent_with_an_undisputed_link_keeps_the_id():
    parent = {"citizen_id": GOOD, "name": "李建国", "phone": "142"}
    right = side(
        parent, {"citizen_id": GOOD, "name": "王小明"}, {"citizen_id": OTHER, "name": "李建国", "phone": "142"}
    )
    rows = persons(side(parent), right).frame.select("right_ref", "tier", "name_conflict").rows()
    assert rows == [(1, "T1", False), (2, "T1", True)]
