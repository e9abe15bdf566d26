from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.text import build_homophones, homophones, surnames

VECTORS = pl.read_csv(Path(__file__).parents[1] / "vectors" / "homophone.csv", infer_schema=False)
TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=6), st.text(alphabet="单于明盖·A \n", max_size=4)), max_size=6)


def alike(one, other):
    return homophones.alike(pl.Series([one], dtype=pl.String), pl.Series([other], dtype=pl.String)).item()


def test_shipped_table_is_what_the_generator_writes():
    shipped = files("casebook.text").joinpath(homophones.TABLE_NAME).read_text(encoding="utf-8")
    assert shipped == build_homophones.table()


@pytest.mark.parametrize("line", VECTORS.to_dicts(), ids=lambda line: line["input"])
def test_vector(line):
    name = pl.Series([line["input"]])
    assert homophones.key(name).item() == line["expected"]
    assert homophones.other_key(name).item() == line["other"]


def test_every_listed_surname_has_a_vector():
    heads = set(VECTORS["input"].str.head(1)) | set(VECTORS["input"].str.head(2))
    assert heads >= set(surnames.readings(surnames.SURNAMES)) | set(surnames.compound_readings())


def test_pinyin_is_the_key_with_blanks():
    assert homophones.pinyin(VECTORS["input"]).str.replace_all(" ", "-").to_list() == VECTORS["expected"].to_list()


@pytest.mark.parametrize(("one", "other"), [("李明", "黎鸣"), ("张伟", "章威"), ("阿里·买买提", "阿里买买提")])
def test_names_that_sound_alike_share_a_key(one, other):
    keys = homophones.key(pl.Series([one, other]))
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("one", "other"), [("李明", "李民"), ("李西安", "李先"), ("解明", "谢鸣明")])
def test_names_that_sound_otherwise_do_not(one, other):
    keys = homophones.key(pl.Series([one, other]))
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("one", "other", "sound"),
    [
        ("盖明", "葛鸣", True),
        ("盖明", "该鸣", True),
        ("乐毅", "岳义", True),
        ("黑明", "赫鸣", True),
        ("李晟", "李胜", True),
        ("李晟", "李成", True),
        ("单于明", "禅于鸣", True),
        ("单于明", "山于明", False),
        ("李明", "李民", False),
        ("李明", "李明明", False),
        ("阿里·买买提", "阿里买买提", True),
        ("李\ue000", "李\ue000", True),
        ("李\ue000", "李\ue001", False),
        ("李\U000f0000", "李\U000f0001", False),
        ("JOHN", "john", True),
        ("", "", True),
        (None, "李明", None),
    ],
)
def test_either_reading_of_a_character_counts(one, other, sound):
    assert alike(one, other) is sound
    assert alike(other, one) is sound


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("J. SMITH", "j.-smith"),
        ("A明", "a-ming"),
        ("明A", "ming-a"),
        ("·明", "ming"),
        ("", ""),
        ("李\n明", "li-ming"),
        (None, None),
    ],
)
def test_signs_without_a_sound_stay(name, key):
    assert homophones.key(pl.Series([name], dtype=pl.String)).item() == key


def test_odd_names_do_not_disturb_their_neighbours():
    names = pl.Series(["单明", "A明", None, "李\n明", "", "盖明"])
    assert homophones.key(names).to_list() == ["shan-ming", "a-ming", None, "li-ming", "", "ge-ming"]


@given(TEXTS)
def test_no_text_raises_and_no_row_is_lost(texts):
    names = pl.Series(texts, dtype=pl.String)
    keys = homophones.key(names)
    assert keys.is_null().to_list() == names.is_null().to_list()
    assert homophones.other_key(names).len() == len(texts)
    assert homophones.alike(names, names).drop_nulls().all()


@given(TEXTS)
def test_a_column_answers_as_its_cells_do(texts):
    names = pl.Series(texts, dtype=pl.String)
    alone = [homophones.key(pl.Series([text], dtype=pl.String)).item() for text in texts]
    assert homophones.key(names).to_list() == alone


def test_empty_column_has_no_keys():
    assert homophones.key(pl.Series([], dtype=pl.String)).to_list() == []
