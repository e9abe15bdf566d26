import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import document


def row(text: str | None) -> dict[str, object]:
    return document.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    "text",
    [
        "〔2019〕36号",
        "[2019]36号",
        "（2019）36号",
        "(2019)36号",
        "【2019】36号",
        "［2019］３６号",
        " (2019) 36 号 ",
        "〔2019〕第036号",
        "〔2019年〕36号",
        "[2019]36",
    ],
)
def test_brackets_are_written_one_way(text):
    assert row(text) == {"value": "〔2019〕36号", "problem": None, "repair": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("青自然资罚[2024]7号", "青自然资罚〔2024〕7号"),
        ("国发（2015）52号", "国发〔2015〕52号"),
        ("财税〔2006〕186号", "财税〔2006〕186号"),
        ("青政字〔2021〕12-3号", "青政字〔2021〕12-3号"),
        ("（2022）豫0724执恢54号", "(2022)豫0724执恢54号"),
        ("[2022]豫0724执恢54", "(2022)豫0724执恢54号"),
        ("(2012)青民初字第008号", "(2012)青民初8号"),
        ("(2023)最高法民终54号", "(2023)最高法民终54号"),
    ],
)
def test_issuers_and_courts_are_kept(text, value):
    got = row(text)
    assert (got["value"], got["problem"]) == (value, None)


@pytest.mark.parametrize(
    ("text", "year", "issuer", "kind", "number"),
    [
        ("(2022)豫0724执恢54号", 2022, "豫0724", "执恢", 54),
        ("(2023)最高法民终101号", 2023, "最高法", "民终", 101),
        ("国发〔2015〕52号", 2015, "国发", None, 52),
    ],
)
def test_parts_of_one_number(text, year, issuer, kind, number):
    assert document.parts(text) == {"year": year, "issuer": issuer, "type": kind, "number": number}


@pytest.mark.parametrize("text", ["德税通字123", "2019年36号", "会议纪要"])
def test_other_texts_stay_as_they_are_with_a_problem(text):
    assert (row(text)["value"], row(text)["problem"]) == (text, "unreadable")
    assert document.parts(text) == {}


@pytest.mark.parametrize(
    ("text", "problem"), [(None, "blank"), ("　", "blank"), ("暂无", "placeholder"), ("/", "placeholder")]
)
def test_empty_cells_have_no_value(text, problem):
    assert row(text) == {"value": None, "problem": problem, "repair": None}


numbers = st.from_regex(r"[国豫]?[\[(（〔](19|20)[0-9]{2}[\])）〕](豫[0-9]{4}执)?(第)?[0-9]{1,4}号?", fullmatch=True)


@given(st.lists(st.one_of(st.none(), st.text(), numbers), max_size=6))
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = document.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert document.clean(kept["value"]).equals(kept)
