import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.text import people


def clean(text):
    return people.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


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


@pytest.mark.parametrize("raw", ["王刚（已故）", "王刚(监护人", "王刚[户主]", "王刚〔曾用名王钢〕"])
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


@given(st.lists(st.text(), max_size=5))
def test_no_text_raises(texts):
    assert people.clean(pl.Series(texts, dtype=pl.String)).height == len(texts)


@given(st.text(alphabet="李明王芳欧阳 ·•．()（）劉ABab12*、", max_size=10))
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)["value"]
    assert clean(once)["value"] == once
