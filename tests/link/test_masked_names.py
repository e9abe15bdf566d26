import polars as pl
import pytest

from casebook.link.masked_names import partial, visibly_differ


def differ(one: str | None, two: str | None) -> bool:
    answers = [
        visibly_differ(pl.Series([a], dtype=pl.String), pl.Series([b], dtype=pl.String)).item()
        for a, b in ((one, two), (two, one))
    ]
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("李明辉", "李*辉"),
        ("李明辉", "李**"),
        ("李明辉", "*明辉"),
        ("李明辉", "李某某"),
        ("李明辉", "李女士"),
        ("李明辉", "李×辉"),
        ("王喆民", "王哲*"),
        ("阿里·买买提", "阿里·*"),
        ("李*辉", "李某"),
        ("李**", "*明辉"),
        ("王芳/李明辉", "李明辉"),
        ("王芳、李*辉", "李明辉"),
        ("李明辉", None),
        (None, None),
        ("李明辉", ""),
    ],
)
def test_names_that_may_be_of_one_person_do_not_differ(one, two):
    assert not differ(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("李明辉", "王*辉"),
        ("李明辉", "李*军"),
        ("李明辉", "王某"),
        ("李*辉", "王某"),
        ("李*辉", "李*军"),
        ("王芳、赵四", "李明辉"),
    ],
)
def test_names_whose_visible_characters_contradict_differ(one, two):
    assert differ(one, two)


@pytest.mark.parametrize("name", ["李明辉", "阿里·买买提", "Max × Anna", "李小明之父", "王氏", ""])
def test_a_name_written_out_hides_nothing(name):
    assert partial(pl.Series([name])).to_list() == [None]


def test_no_names_have_no_parts():
    assert partial(pl.Series([], dtype=pl.String)).to_list() == []
