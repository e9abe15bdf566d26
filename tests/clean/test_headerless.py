"""Rows of data in the place of headers are refused without being shown; headers are listed, long ones cut."""

import pytest

from casebook.clean import headerless
from casebook.errors import SourceError


@pytest.mark.parametrize(
    "texts",
    [
        ["李明", "张三"],
        ["李明"],
        ["欧阳修文", ""],
        ["李　明"],
        ["张三", "男", "云州市"],
        ["古丽·买买提"],
        ["姓名", "11010519491231002X"],
        ["1,200.00"],
    ],
)
def test_data_is_never_shown(texts):
    with pytest.raises(SourceError, match=r"t\.csv: the first row looks like data") as caught:
        headerless.shown("t.csv", texts)
    assert not [text for text in texts if text.strip() and text in str(caught.value)]


@pytest.mark.parametrize(
    "texts",
    [
        ["姓名", "张三"],
        ["金额", "单位"],
        ["户名"],
        ["时间"],
        ["高程"],
        ["a", "b"],
        [],
        ["", ""],
        ["方式", "万元", "任务号"],
    ],
)
def test_headers_are_no_data(texts):
    assert not headerless.is_data(texts)


def test_long_headers_are_cut_and_the_fortieth_is_the_last():
    assert headerless.shown("t.csv", ["a" * 100_000]) == "a" * 80 + "…"
    assert headerless.shown("t.csv", [f"c{at}" for at in range(1_000)]).endswith("、c39 and 960 more")
