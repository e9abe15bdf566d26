import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import document


def row(text: str | None) -> dict[str, object]:
    return document.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


NO_PARTS = {"year": None, "issuer": None, "type": None, "number": None}


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
        "{2019}36号",
        "〈2019〉36号",
        "《2019》36号",
        "「2019」36号",
        "（2019）字第36号",
    ],
)
def test_brackets_are_written_one_way(text):
    assert row(text) == {"value": "〔2019〕36号", "problem": None, "repair": None} | NO_PARTS | {
        "year": 2019,
        "number": 36,
    }


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
        ("（２０２２）豫０７２４执恢５４号", "(2022)豫0724执恢54号"),
        ("（2022）豫 0724 执恢 54 号之一", "(2022)豫0724执恢54号之一"),
        ("鲁人社字〔2021〕第0012号", "鲁人社字〔2021〕12号"),
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
        ("(2019)最高法知民终1号", 2019, "最高法知", "民终", 1),
        ("(2021)京0105民初12345号之二", 2021, "京0105", "民初", 12345),
        ("(2020)鲁14行终7号", 2020, "鲁14", "行终", 7),
        ("(2010)德中民终字第5号", 2010, "德中", "民终", 5),
        ("(2012)青民初字第008号", 2012, "青", "民初", 8),
        ("国发〔2015〕52号", 2015, "国发", None, 52),
        ("青自然资罚[2024]7", 2024, "青自然资罚", None, 7),
        ("〔2024〕7号", 2024, None, None, 7),
        ("青政字〔2021〕12-3号", 2021, "青政字", None, 12),
    ],
)
def test_parts_of_one_number(text, year, issuer, kind, number):
    assert document.parts(text) == {"year": year, "issuer": issuer, "type": kind, "number": number}


@pytest.mark.parametrize(
    "text",
    [
        "德税通字123",
        "2019年36号",
        "会议纪要",
        "(2023)京O105民初23号",
        "〔2019〕号",
        "〔2019〕00号",
        "〔2019〕1234567890号",
    ],
)
def test_other_texts_stay_as_they_are_with_a_problem(text):
    assert (row(text)["value"], row(text)["problem"]) == (text, "unreadable")
    assert document.parts(text) == NO_PARTS


@pytest.mark.parametrize(
    "text", ["国发〔2023〕5、6号", "国发〔2023〕5-8号", "国发〔2023〕5号国发〔2023〕6号", "国发5号、国发〔2023〕6号"]
)
def test_two_numbers_in_one_cell_are_not_read(text):
    assert (row(text)["value"], row(text)["problem"]) == (text, "several")


@pytest.mark.parametrize("word", ["见", "依据", "根据", "按照", "文号:", "《关于某事的通知》"])
def test_a_word_before_the_number_is_dropped_and_said(word):
    got = row(word + "国发〔2023〕5号")
    assert (got["value"], got["problem"], got["repair"]) == ("国发〔2023〕5号", None, "words_dropped")


@pytest.mark.parametrize(
    ("year", "problem"), [(1948, "implausible_year"), (1949, None), (2100, None), (2101, "implausible_year")]
)
def test_numbers_are_of_the_peoples_republic(year, problem):
    assert row(f"国发〔{year}〕5号")["problem"] == problem


@pytest.mark.parametrize(
    ("text", "problem"), [(None, "blank"), ("　", "blank"), ("暂无", "placeholder"), ("/", "placeholder")]
)
def test_empty_cells_have_no_value(text, problem):
    assert row(text) == {"value": None, "problem": problem, "repair": None} | NO_PARTS


def test_empty_column_has_the_same_types_as_a_full_one():
    assert document.clean(pl.Series([], dtype=pl.String)).schema == document.clean(pl.Series(["〔2019〕36号"])).schema


brackets = st.sampled_from(["()", "[]", "〔〕", "【】", "（）", "［］", "<>", "﹝﹞"])
forms = st.sampled_from(
    [
        "{o}{year}{c}豫0724执恢{n}号",
        "青国资{o}{year}{c}{n}号",
        "青国资{o}{year}{c}第0{n}",
        "{o}{year}{c}青民初字第{n}号",
    ]
)


@given(brackets, forms, st.integers(1949, 2099), st.integers(1, 999_999))
def test_year_and_number_survive_every_bracket(pair, form, year, number):
    got = row(form.format(o=pair[0], c=pair[1], year=year, n=number))
    assert (got["problem"], got["year"], got["number"]) == (None, year, number)
    assert row(str(got["value"])) == got


numbers = st.from_regex(r"[国豫]?[\[(（〔](19|20)[0-9]{2}[\])）〕](豫[0-9]{4}执)?(第)?[0-9]{1,4}号?", fullmatch=True)


@given(st.lists(st.one_of(st.none(), st.text(), numbers), max_size=6))
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = document.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert document.clean(kept["value"]).equals(kept)
