"""Names of dishes without slogans, emoji, sizes and portions; what says how a thing is sold stays."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.text import dishes


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("凉拌黄瓜", "凉拌黄瓜"),
        ("【招牌】凉拌黄瓜", "凉拌黄瓜"),
        ("🔥🔥老醋花生🔥", "老醋花生"),
        ("[新品]手打柠檬茶 700ml", "手打柠檬茶"),
        ("珍珠奶茶（大杯）", "珍珠奶茶"),
        ("宫保鸡丁(微辣)", "宫保鸡丁"),
        ("三文鱼刺身/份", "三文鱼刺身"),
        ("羊肉串10串", "羊肉串"),
        ("水果捞（掌柜推荐）", "水果捞"),
        ("拍黄瓜-推荐", "拍黄瓜"),
        ("１２寸披萨", "披萨"),
        ("涼拌木耳", "凉拌木耳"),
        ("冷面(热)", "冷面(热)"),
        ("可口可乐330ml罐装", "可口可乐罐装"),
        ("【蛋挞】", "蛋挞"),
        ("五香牛肉", "五香牛肉"),
        ("三鲜饺子", "三鲜饺子"),
    ],
)
def test_the_dish_remains(raw, bare):
    assert dishes.compact(raw) == bare


@pytest.mark.parametrize(
    ("raw", "problem"),
    [(None, "blank"), ("", "blank"), ("暂无", "placeholder"), ("🔥🔥", "no_dish"), ("12", "no_dish")],
)
def test_what_names_no_dish_has_a_reason_and_no_value(raw, problem):
    row = dishes.clean(pl.Series([raw], dtype=pl.String)).row(0, named=True)
    assert (row["value"], row["problem"], row["repair"]) == (None, problem, None)


def test_repairs_are_told():
    cleaned = dishes.clean(pl.Series(["凉皮", "【热】凉皮", "凉皮🔥", "凉皮大份", "涼皮"]))
    assert cleaned["repair"].to_list() == [None, "slogan", "signs", "portion", "traditional"]


def test_rows_keep_their_order_and_number():
    names = pl.Series(["凉皮", None, "凉皮", "面"] * 5)
    assert dishes.clean(names)["value"].to_list() == ["凉皮", None, "凉皮", "面"] * 5


def test_validity_of_one_name():
    assert [dishes.is_valid(text) for text in ("凉皮", "无")] == [True, False]
    assert dishes.parts("凉皮") == {}


@pytest.mark.parametrize(
    ("raw", "bare"),
    [("3. 2份凉皮", "凉皮"), ("凉皮大份500g", "凉皮"), ("6.0.-亩537", "亩537"), ("5号5号", None), ("无大份", None)],
)
def test_nothing_droppable_is_left_behind(raw, bare):
    cleaned = dishes.clean(pl.Series([raw]))["value"]
    assert cleaned.item() == bare
    assert dishes.clean(cleaned)["value"].item() == bare


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("6.0-亩537凉拌黄瓜大份半()/·+ kg克个x约*招牌三号、#【】元无辣\u0301", max_size=14), max_size=6))
def test_a_clean_name_cleans_to_itself(names):
    once = dishes.clean(pl.Series(names, dtype=pl.String))
    assert once.height == len(names)
    kept = once["value"].drop_nulls()
    assert dishes.clean(kept)["value"].equals(kept)
