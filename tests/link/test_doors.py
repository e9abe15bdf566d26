"""Frames and references that cannot be linked are refused in one sentence without a value."""

from datetime import date

import pandas as pd
import polars as pl
import pytest

from casebook.errors import CasebookError, LinkError
from casebook.link import doors, matching, roles
from casebook.link.residual import Asked

TABLE = pl.DataFrame({"姓名": ["李明", "王强"], "身份证号": ["11010519491231002X", None]})


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (pl.Series([1]), "has 2 rows, but 1 references came with it"),
        (pl.Series(["a", "b"]), "whole numbers, got String"),
        (pl.Series([1.0, 2.0]), "whole numbers, got Float64"),
        (["李明", "x"], "whole numbers, got list"),
    ],
)
def test_references_are_one_whole_number_a_row(rows, told):
    with pytest.raises(LinkError, match=told) as caught:
        roles.prepared(TABLE, {"name": "姓名"}, "person", rows)
    assert "李明" not in str(caught.value)


def test_references_given_or_counted():
    assert doors.numbered(None, 2).to_list() == [1, 2]
    assert doors.numbered(pl.Series([7, 9]), 2).to_list() == [7, 9]
    assert doors.numbered(None, 0).to_list() == []


def test_headers_that_are_data_are_not_shown():
    with pytest.raises(CasebookError, match="no column 姓名; its headers look like data") as caught:
        roles.prepared(pd.DataFrame({"李明": ["a"], "11010519491231002X": ["b"]}), {"name": "姓名"}, "person")
    assert "李明" not in str(caught.value)
    with pytest.raises(LinkError, match="no column 名字; it has 姓名、身份证号"):
        roles.prepared(TABLE, {"name": "名字"}, "person")


def side(**columns):
    return pl.DataFrame({"ref": [1, 2], "name": ["李明", "王强"], **columns})


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"ref": [1, 1]}, "left table has 1 rows whose ref another row has"),
        ({"ref": [1, None]}, "left table has 1 rows without ref"),
        ({"ref": [1.0, float("nan")]}, "numbers with a point"),
        ({"name": [1, 2]}, "column name must be text, it is Int64"),
    ],
)
def test_a_side_that_cannot_be_linked(columns, told):
    with pytest.raises(LinkError, match=told):
        matching.match(side(**columns), side(), "person")


@pytest.mark.parametrize("least", [float("nan"), -0.1, 1.1])
def test_least_is_a_probability(least):
    with pytest.raises(LinkError, match="between 0 and 1"):
        matching.match(side(), side(), "person", asked=Asked(least=least))


def test_dates_of_birth_may_be_dates():
    born = [date(1980, 1, 2), None]
    assert doors.admitted(side(birth_date=born), "left")["birth_date"].to_list() == ["1980-01-02", None]
    as_text = side(birth_date=["1980-01-02", None])
    found = matching.match(side(birth_date=born), as_text, "person").frame
    assert found.equals(matching.match(as_text, as_text, "person").frame)
