"""The first row from the top wins; exclusions and anchors rule rows out."""

import polars as pl
import pytest

from casebook.text.patterns import classify

ROWS = pl.DataFrame(
    [
        ("沙拉酱", "", "packaged"),
        ("沙拉", "汉堡|味$", "cold"),
        ("^生", "生菜|^生煎", "raw"),
        ("面$", "", "hot"),
        ("C++", "", "odd"),
    ],
    schema=["pattern", "excludes", "item"],
    orient="row",
)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("沙拉酱", "packaged"),
        ("水果沙拉", "cold"),
        ("沙拉汉堡", None),
        ("薯片沙拉味", None),
        ("沙拉味道好", "cold"),
        ("生鱼", "raw"),
        ("花生", None),
        ("生菜", None),
        ("生煎面", "hot"),
        ("面包", None),
        ("C++ 面", "hot"),
        ("C++", "odd"),
    ],
)
def test_first_row_from_the_top_that_is_not_ruled_out(text, item):
    assert classify(pl.Series([text]), ROWS)["item"].to_list() == [item]


def test_each_text_once_in_order_and_nulls_left_out():
    found = classify(pl.Series(["生鱼", None, "x", "生鱼"]), ROWS)
    assert found.select("text", "pattern").rows() == [("生鱼", "^生"), ("x", None)]


def test_no_texts_no_rows():
    assert classify(pl.Series([], dtype=pl.String), ROWS).height == 0


def test_a_row_may_come_twice_with_other_exclusions():
    rows = pl.DataFrame({"pattern": ["茶", "茶"], "excludes": ["凉", ""], "item": ["drink", "bottled"]})
    assert classify(pl.Series(["红茶", "凉茶"]), rows)["item"].to_list() == ["drink", "bottled"]
