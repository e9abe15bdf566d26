from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.text import passes, people

FACTS = ("value", "problem", "repair", "former_name", "related")
VECTORS = pl.read_csv(Path(__file__).parents[1] / "vectors" / "person_name.csv", infer_schema=False)
CELLS = st.text(
    alphabet="李明王芳欧阳阿里买提某氏之父先生女士监护人曾用名强子 ·•．.()（）[]〔〕:：、,;*×○?�劉乾喆\ue81e\ue000无ＡbX12　\n\t—。'",
    max_size=12,
)


def clean(text):
    return people.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize("line", VECTORS.to_dicts(), ids=lambda line: line["source_note"])
def test_vector(line):
    found = clean(line["input"])
    told = (line["expected"], line["problem"], line["repair"], line["former_name"], line["related"])
    assert tuple(found[name] for name in FACTS) == told


def test_vectors_in_one_column_answer_as_they_do_alone():
    together = people.clean(VECTORS["input"])
    assert together["value"].to_list() == VECTORS["expected"].to_list()
    assert together["problem"].to_list() == VECTORS["problem"].to_list()


@pytest.mark.parametrize("sign", "·•・‧∙．.⋅")
def test_separators_of_minority_names_become_one(sign):
    assert clean(f"阿里{sign}买买提")["value"] == "阿里·买买提"


def test_blank_between_long_parts_is_a_separator():
    assert clean("阿卜杜拉 买买提")["value"] == "阿卜杜拉·买买提"


@pytest.mark.parametrize("raw", ["李　明", "李 明", " 李明 ", "李\u200b明", "'李明", "李\t明"])
def test_blanks_in_chinese_names_go(raw):
    assert clean(raw)["value"] == "李明"


def test_blank_after_compound_surname_is_no_separator():
    assert clean("欧阳 明华")["value"] == "欧阳明华"


@pytest.mark.parametrize(
    ("raw", "value"), [("劉德華", "刘德华"), ("刘乾", "刘乾"), ("王堃", "王堃"), ("李𬭎", "李𬭎"), ("张\ue81e", "张龴")]
)
def test_characters_are_simplified_but_rare_ones_kept(raw, value):
    assert clean(raw)["value"] == value


@pytest.mark.parametrize("raw", ["王刚（已故）", "王刚(监护人", "王刚[户主]", "王刚〔五保户〕"])
def test_remarks_go_and_are_reported(raw):
    assert (clean(raw)["value"], clean(raw)["repair"]) == ("王刚", "remark")


def test_name_in_brackets_stays_a_name():
    assert clean("（李明）")["value"] == "李明"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (None, "blank"),
        ("　", "blank"),
        ("无", "placeholder"),
        ("李*明", "masked"),
        ("李某", "masked"),
        ("李明、王芳", "several_names"),
        ("恒丰食品有限公司", "organisation"),
        ("李", "too_short"),
        ("李明2", "not_a_name"),
        ("???", "not_a_name"),
    ],
)
def test_doubtful_names_have_a_reason(raw, problem):
    assert clean(raw)["problem"] == problem


def test_foreign_names_keep_their_blanks_and_dots():
    assert clean("j.  Smith")["value"] == "J. SMITH"


def test_parts_are_sound_keys():
    assert (clean("单 雄")["homophone_key"], clean("单 雄")["pinyin"]) == ("shan-xiong", "shan xiong")


def agreement(one, other):
    return people.same_name(pl.Series([one], dtype=pl.String), pl.Series([other], dtype=pl.String)).item()


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("李明", "李明", "exact"),
        ("阿里·买买提", "阿里买买提", "exact"),
        ("王喆", "王哲", "variant"),
        ("李明", "黎鸣", "homophone"),
        ("张建国", "张建军", "one_character"),
        ("买买提·阿里", "买买提·阿", "one_character"),
        ("李明", "李强", "different"),
        ("李明", "李小明", "one_character"),
        ("张建国", "王建军", "different"),
        ("LI MINGHUI", "李明辉", "homophone"),
        ("Minghui Li", "李明辉", "homophone"),
        ("Li Ming-hui", "李明辉", "homophone"),
        ("NA OUYANG", "欧阳娜", "homophone"),
        ("LYU MING", "吕明", "homophone"),
        ("LI MING", "李明辉", "different"),
        ("潘*辉", "刘云秀", "different"),
        ("李某", "王明", "different"),
        ("李*明", "李*红", "different"),
        ("刘*秀", "刘云秀", None),
        ("刘*秀", "刘云绣", None),
        ("*云秀", "刘云秀", None),
        ("李*明", "李*明", None),
        (None, "李明", None),
        ("李明", None, None),
        (None, None, None),
    ],
)
def test_agreement_names_the_strongest_that_holds(one, other, level):
    assert agreement(one, other) == level


@given(st.text(max_size=8), st.text(max_size=8))
def test_agreement_does_not_depend_on_the_side(one, other):
    assert agreement(one, other) == agreement(other, one)


@given(st.lists(st.one_of(st.none(), st.text()), max_size=5))
def test_no_text_raises_and_no_row_is_lost(texts):
    assert people.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


def test_very_long_text_is_no_name():
    assert clean("李" * 5_000)["problem"] == "too_long"


@settings(max_examples=200)
@given(st.lists(CELLS, min_size=1, max_size=20))
def test_cleaning_twice_changes_nothing(cells):
    once = people.clean(pl.Series(cells, dtype=pl.String))
    twice = people.clean(once["value"])
    assert twice["value"].to_list() == once["value"].to_list()
    good = once["problem"].is_null()
    assert twice.filter(good)["problem"].null_count() == good.sum()


@given(st.lists(st.text(alphabet="李明王芳建国某氏无公司劉和先生欧阳 　\xa0", max_size=6), min_size=1, max_size=30))
def test_everyday_names_are_answered_as_if_they_were_odd(names):
    series = pl.Series(names, dtype=pl.String)
    slow = passes.settled(series, people._clean_odd)
    assert people.clean(series).select(FACTS).rows() == slow.select(FACTS).rows()


def test_repeated_names_are_answered_as_single_ones():
    names = pl.Series(["李　明", "王刚（曾用名王钢）", None, "劉明"])
    many = people.clean(names.gather(np.arange(8_000) % 4))
    assert many.head(4).equals(people.clean(names))
