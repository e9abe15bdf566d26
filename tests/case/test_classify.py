"""Distinct texts of a column come back with the dictionary row that names them."""

import polars as pl
import pytest

from casebook.case.classify import named_by
from casebook.case.inputs import Inputs
from casebook.errors import ParameterError

MENU = pl.DataFrame({"dish": ["凉皮", "凉皮", "红茶", "?", None]})
WORDS = pl.DataFrame({"pattern": ["凉", "茶"], "item": ["冷食", "饮品"], "weight": [1.0, 0.5], "excludes": ["", ""]})


@pytest.fixture
def inputs():
    return Inputs({"menu": MENU}, {}, {"words.csv": WORDS}, {})


def test_named_texts_once_and_unnamed_left_out(inputs):
    found = named_by(inputs, "menu", "dish", "words.csv").collect().to_native()
    assert found.select("dish", "item", "weight", "pattern").rows() == [
        ("凉皮", "冷食", 1.0, "凉"),
        ("红茶", "饮品", 0.5, "茶"),
    ]


def test_missing_dictionary_is_named(inputs):
    with pytest.raises(ParameterError, match=r"other\.csv: not found; the folder holds words\.csv"):
        named_by(inputs, "menu", "dish", "other.csv")
