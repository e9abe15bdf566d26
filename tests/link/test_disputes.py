from datetime import date

import polars as pl
import pytest

from casebook.link import persons

GOOD, OTHER = "900001195002031276", "11010519491231002X"
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


def test_namesake_with_nothing_in_common_is_no_sign():
    left = side({"citizen_id": GOOD, "name": "张建国"}, {"citizen_id": OTHER, "name": "张建军", "phone": "142"})
    assert not link_of(left, side({"citizen_id": GOOD, "name": "张建军", "phone": "143"}))["name_conflict"]


def test_village_in_common_is_too_little():
    left = side({"citizen_id": GOOD, "name": "张建国"}, {"citizen_id": OTHER, "name": "张建军", "place": "甲村"})
    assert not link_of(left, side({"citizen_id": GOOD, "name": "张建军", "place": "甲村"}))["name_conflict"]


@pytest.mark.parametrize(
    ("stated", "conflict"),
    [
        ({"birth_date": date(1974, 9, 20)}, True),
        ({"birth_date": date(1950, 2, 8)}, False),
        ({"birth_date": date(1950, 3, 2)}, False),
        ({"birth_date": date(1950, 2, 3)}, False),
        ({"sex": "女"}, True),
        ({"sex": "男"}, False),
        ({"sex": "未知"}, False),
        ({}, False),
    ],
)
def test_near_name_is_another_person_where_the_row_contradicts_the_id(stated, conflict):
    link = link_of(side({"citizen_id": GOOD, "name": "张建国"}), side({"citizen_id": GOOD, "name": "张建军"} | stated))
    assert (link["tier"], link["name_conflict"]) == ("T1", conflict)


def test_equal_names_are_not_doubted():
    stated = {"birth_date": date(1974, 9, 20), "sex": "女"}
    link = link_of(side({"citizen_id": GOOD, "name": "张建国"}), side({"citizen_id": GOOD, "name": "张建国"} | stated))
    assert not link["name_conflict"]


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
