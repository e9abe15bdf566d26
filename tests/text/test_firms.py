from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.text import firm_forms, firms, passes

FACTS = (
    "problem", "repair", "place", "brand", "trade", "form", "core", "branch", "head_office", "legal_unit", "former_name", "owner"
)  # fmt: skip
VECTORS = pl.read_csv(Path(__file__).parents[1] / "vectors" / "firm_name.csv", infer_schema=False)
CELLS = st.text(
    alphabet="恒丰食品有限公司集团()（）〔〕市区县云州 、；原厂店某银行分支社个体户经营者注销曾用名Ａ12.,*\ue81e\ue000\n?。'德無",
    max_size=16,
)


def clean(text):
    return firms.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize("line", VECTORS.to_dicts(), ids=lambda line: line["input"])
def test_vector(line):
    found = clean(line["input"])
    assert found["value"] == line["expected"]
    assert {name: found[name] for name in FACTS} == {name: line[name] for name in FACTS}


def test_vectors_in_one_column_answer_as_they_do_alone():
    together = firms.clean(VECTORS["input"])
    assert together.select(FACTS).rows() == VECTORS.select(FACTS).rows()


def test_every_legal_unit_has_a_vector():
    assert set(VECTORS["legal_unit"].drop_nulls()) == set(firm_forms.UNITS)


@pytest.mark.parametrize(
    "name",
    [
        "德州市陵城区恒丰食品有限责任公司",
        "德州市陵城区恒丰食品有限公司",
        "德州市陵城区恒丰食品股份有限公司",
        "山东恒丰食品有限公司",
        "恒丰食品（集团）有限公司",
        "恒丰(集团)食品有限公司",
        "恒丰食品集团有限公司",
        "恒丰食品有限公司陵城分公司",
        "恒丰（云州）食品有限公司",
        "恒丰食品有限公司（已注销）",
        "恆豐食品有限公司",
    ],
)
def test_core_leaves_place_form_and_group(name):
    assert clean(name)["core"] == "恒丰食品"


@pytest.mark.parametrize(
    ("name", "place", "brand", "trade", "form"),
    [
        ("云州市青禾区宏远化工有限公司", "云州市青禾区", "宏远", "化工", "有限公司"),
        ("云州市市中区宏远化工有限公司", "云州市市中区", "宏远", "化工", "有限公司"),
        ("南湖经济开发区宏远化工有限公司", "南湖经济开发区", "宏远", "化工", "有限公司"),
        ("山东鲁能集团有限责任公司", "山东", "鲁能", None, "集团有限责任公司"),
        ("青禾(云州)商贸有限公司", "云州", "青禾", "商贸", "有限公司"),
        ("陵城区张记面馆", "陵城区", "张记", None, "面馆"),
        ("张记牛肉面(人民路店)", None, "张记", "牛肉面", None),
        ("云州市青禾区柳湾镇利民养殖专业合作社", "云州市青禾区柳湾镇", "利民", "养殖", "专业合作社"),
        ("家家乐超市有限公司", None, "家家乐", None, "有限公司"),
        ("中国银行股份有限公司云州支行", None, "中国银行", None, "支行"),
    ],
)
def test_names_come_apart(name, place, brand, trade, form):
    found = clean(name)
    assert (found["place"], found["brand"], found["trade"], found["form"]) == (place, brand, trade, form)


@pytest.mark.parametrize("branch", ["分公司", "分店", "门市部", "经营部"])
def test_branch_is_kept_in_the_form_and_the_value(branch):
    found = clean(f"恒丰食品有限公司陵城{branch}")
    assert found["form"] == branch
    assert found["value"].endswith(branch)


def test_given_places_are_taken_off():
    cleaned = firms.clean(pl.Series(["云州恒丰食品有限公司"]), ("云州",))
    assert cleaned.select("place", "core").row(0) == ("云州", "恒丰食品")


def test_branch_and_head_office_are_one_core_but_two_units():
    both = firms.clean(pl.Series(["恒丰食品有限公司", "恒丰食品有限公司陵城分公司"]))
    assert both["core"].n_unique() == 1
    assert both["legal_unit"].to_list() == ["company", "branch"]
    assert both["head_office"].to_list() == [None, both["value"][0]]


def test_brackets_and_blanks_become_one_form():
    assert clean("恒丰 食品〔集团〕有限公司。")["value"] == "恒丰食品(集团)有限公司"


def test_former_name_in_brackets_goes_and_is_reported():
    found = clean("恒达机械有限公司（原云州机械厂）")
    assert (found["value"], found["repair"]) == ("恒达机械有限公司", "former_name")


def test_foreign_names_keep_their_blanks():
    assert clean("Abc  Trading Co., Ltd.")["value"] == "ABC TRADING CO., LTD"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (None, "blank"),
        ("", "blank"),
        ("无", "placeholder"),
        ("123", "not_a_name"),
        ("甲", "too_short"),
        ("甲厂、乙厂", "several_names"),
    ],
)
def test_doubtful_names_have_a_reason(raw, problem):
    assert clean(raw)["problem"] == problem


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("李明、王芳", ["李明", "王芳"]),
        ("甲公司;乙公司；丙厂", ["甲公司", "乙公司", "丙厂"]),
        ("甲公司\n乙公司", ["甲公司", "乙公司"]),
        ("甲公司（乙、丙、丁）", ["甲公司(乙、丙、丁)"]),
        ("李明、王芳等3人", ["李明", "王芳"]),
        ("李明、", ["李明"]),
        ("李明", ["李明"]),
        ("", []),
        (None, None),
    ],
)
def test_holders_in_one_cell_are_told_apart(cell, names):
    found = firms.split_holders(pl.Series([cell], dtype=pl.String)).to_list()[0]
    assert found == names


@given(st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_no_text_raises_and_no_row_is_lost(texts):
    series = pl.Series(texts, dtype=pl.String)
    assert firms.clean(series).height == firms.split_holders(series).len() == len(texts)


@settings(max_examples=200)
@given(st.lists(CELLS, min_size=1, max_size=20))
def test_cleaning_twice_changes_nothing(cells):
    once = firms.clean(pl.Series(cells, dtype=pl.String))
    twice = firms.clean(once["value"])
    assert twice["value"].to_list() == once["value"].to_list()
    good = once["problem"].is_null()
    assert twice.filter(good)["problem"].null_count() == good.sum()


@given(
    st.lists(st.text(alphabet="恒丰食品有限公司(（）)原厂某责任市区", min_size=5, max_size=14), min_size=1, max_size=20)
)
def test_plain_names_are_answered_as_if_they_were_odd(names):
    series = pl.Series(names, dtype=pl.String)
    slow = passes.settled(series, firms._clean_odd)
    fast = firms.clean(series).with_columns(pl.col("problem").replace({"only_place": None, "no_brand": None}))
    assert fast.select(slow.columns[:4]).rows() == slow.select(slow.columns[:4]).rows()


def test_very_long_text_is_answered():
    assert clean("恒" * 5_000 + "有限公司")["form"] == "有限公司"
