from importlib.resources import files

import polars as pl
import pytest

from casebook.text import build_homophones, homophones


def test_shipped_table_is_what_the_generator_writes():
    shipped = files("casebook.text").joinpath(homophones.TABLE_NAME).read_text(encoding="utf-8")
    assert shipped == build_homophones.table()


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("单雄信", "shan xiong xin"),
        ("解珍", "xie zhen"),
        ("仇英", "qiu ying"),
        ("区志强", "ou zhi qiang"),
        ("曾国强", "zeng guo qiang"),
        ("尉迟恭", "yu chi gong"),
        ("尉健行", "wei jian xing"),
        ("万俟卨", "mo qi xie"),
        ("李单", "li dan"),
        ("欧阳明", "ou yang ming"),
        ("𬭎", "hong"),
    ],
)
def test_surnames_have_their_own_reading(name, spoken):
    assert homophones.pinyin(pl.Series([name])).item() == spoken


@pytest.mark.parametrize(("one", "other"), [("李明", "黎鸣"), ("张伟", "章威"), ("阿里·买买提", "阿里买买提")])
def test_names_that_sound_alike_share_a_key(one, other):
    keys = homophones.key(pl.Series([one, other]))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("one", "other"), [("李明", "李民"), ("李西安", "李先"), ("解明", "谢鸣明")])
def test_names_that_sound_otherwise_do_not(one, other):
    keys = homophones.key(pl.Series([one, other]))
    assert keys[0] != keys[1]


def test_long_columns_give_the_same_keys_as_short_ones():
    names = pl.Series(["单雄信", "李明", None])
    long = homophones.key(pl.concat([names] * 20_000))
    assert long.head(3).to_list() == homophones.key(names).to_list() == ["shan-xiong-xin", "li-ming", None]


def test_empty_column_has_no_keys():
    assert homophones.key(pl.Series([], dtype=pl.String)).to_list() == []
