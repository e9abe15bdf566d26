import polars as pl
import pytest

from casebook.link.names import business_grades, confirmed_by_former, firm_grades, owner_grades, person_grades

SIDES = ("name", "core", "representative")


def pairs(left: dict, right: dict) -> pl.DataFrame:
    row = {name: left.get(name) for name in SIDES} | {f"{name}_right": right.get(name) for name in SIDES}
    lists = {"former_name": left.get("former", []), "former_name_right": right.get("former", [])}
    schema = dict.fromkeys(row, pl.String) | dict.fromkeys(lists, pl.List(pl.String))
    return pl.DataFrame([row | lists], schema=schema)


def test_names_of_people_are_graded_row_by_row():
    left = pl.Series(["李明", "李喆", "李明", None, "李明"])
    right = pl.Series(["李明", "李哲", "王建国", "李明", None])
    assert person_grades(left, right).to_list() == ["exact", "variant", "different", "missing", "missing"]


@pytest.mark.parametrize(
    ("former", "former_right", "grade"),
    [("王钢铁", None, "variant"), (None, "王刚", "variant"), ("赵四", None, "different"), (None, None, "different")],
)
def test_a_stated_former_name_stands_for_the_name(former, former_right, grade):
    row = {"name": "王刚", "name_right": "王钢铁", "former_name": former, "former_name_right": former_right}
    pair = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    assert confirmed_by_former(pair, pl.Series(["different"])).to_list() == [grade]
    assert confirmed_by_former(pair, pl.Series(["missing"])).to_list() == ["missing"]


def test_no_pairs_have_no_grades():
    nothing = pl.Series([], dtype=pl.String)
    assert person_grades(nothing, nothing).to_list() == []


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ({"core": "恒丰机械"}, {"core": "恒丰机械"}, "exact"),
        ({"core": "恒丰机械"}, {"core": "恒峰机械"}, "one_character"),
        ({"core": "恒丰机械"}, {"core": "恒丰机械厂"}, "one_character"),
        ({"core": "德州恒丰机械"}, {"core": "恒丰机械"}, "variant"),
        ({"core": "恒丰"}, {"core": "恒峰"}, "different"),
        ({"core": "德州恒丰"}, {"core": "恒丰"}, "different"),
        ({"core": "恒丰机械"}, {"core": "青禾重工"}, "different"),
        ({"core": "恒丰机械"}, {"core": "青禾重工", "former": ["恒丰机械"]}, "variant"),
        ({"core": "甲", "name": "甲公司", "former": ["乙公司"]}, {"core": "乙", "name": "乙公司"}, "variant"),
        ({"core": None}, {"core": "恒丰机械"}, "missing"),
    ],
)
def test_names_of_firms_are_graded_by_core_and_former_names(left, right, grade):
    assert firm_grades(pairs(left, right)).to_list() == [grade]


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ({"name": "张三"}, {"name": "张三面馆总店", "representative": "张三"}, "exact"),
        ({"name": "张三面馆总店", "representative": "张三"}, {"name": "张三"}, "exact"),
        ({"name": "张三"}, {"name": "张三面馆总店"}, "missing"),
        ({"name": "张三"}, {"name": "王建国"}, "missing"),
        ({"representative": "张三"}, {"representative": "王建国"}, "different"),
        (
            {"name": "张三面馆总店", "representative": "张三"},
            {"name": "王记小吃总店", "representative": "张三"},
            "exact",
        ),
        (
            {"name": "张三面馆总店", "representative": "张三"},
            {"name": "王记小吃总店", "representative": "王五"},
            "different",
        ),
        ({}, {"name": "张三"}, "missing"),
    ],
)
def test_owner_and_shop_take_their_best_comparison(left, right, grade):
    cores = [{"core": side.get("name")} | side for side in (left, right)]
    assert owner_grades(pairs(*cores)).to_list() == [grade]


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ("张伟小吃店", "张伟小吃店", "exact"),
        ("张伟小吃店", "张伟五金店", "different"),
        ("张伟", "张伟五金店", "missing"),
        ("张伟", "章伟", "homophone"),
        ("欧阳明月", "张伟五金店", "missing"),
        ("张伟", "王建国", "different"),
        (None, "张伟五金店", "missing"),
    ],
)
def test_businesses_are_compared_with_businesses(left, right, grade):
    assert business_grades(pairs({"name": left, "core": left}, {"name": right, "core": right})).to_list() == [grade]


@pytest.mark.parametrize("pinyin", ["LI MINGHUI", "MINGHUI LI", "Li Ming-hui"])
def test_a_name_in_pinyin_agrees_with_its_characters(pinyin):
    assert person_grades(pl.Series([pinyin]), pl.Series(["李明辉"])).to_list() == ["homophone"]
