import polars as pl
import pytest

from casebook.text import places


def below(text, level):
    found = places.below(pl.Series([text], dtype=pl.String), level).row(0, named=True)
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize(
    ("text", "level", "parts"),
    [
        (
            "云州市青禾区柳湾镇人民路",
            None,
            {"prefecture": "云州市", "county": "青禾区", "township": "柳湾镇", "rest": "人民路"},
        ),
        ("云州市青禾区", 0, {"prefecture": "云州市", "county": "青禾区"}),
        ("青禾区柳湾镇", 1, {"county": "青禾区", "township": "柳湾镇"}),
        ("柳湾镇人民路", 2, {"township": "柳湾镇", "rest": "人民路"}),
        ("工业园区星湖街", 2, {"township": "工业园区", "rest": "星湖街"}),
        ("大槐树古镇3号", 2, {"rest": "大槐树古镇3号"}),
        ("人民路12号", 2, {"rest": "人民路12号"}),
    ],
)
def test_lower_divisions_are_found_by_shape(text, level, parts):
    assert below(text, level) == parts


@pytest.mark.parametrize(("text", "level"), [("陵县路5号", None), ("陵县路5号", 1), ("柳镇街5号", 2)])
def test_a_name_that_a_road_goes_on_from_is_no_division(text, level):
    assert below(text, level) == {"rest": text}


def test_given_column_is_left_as_it_was():
    column = pl.Series(["柳湾镇人民路", "人民路"])
    places.below(column, 2)
    assert column.to_list() == ["柳湾镇人民路", "人民路"]
