import numpy as np
import polars as pl
import pytest

from casebook.synth import persons_names as names
from casebook.synth.dice import Dice
from casebook.text.people import clean, same_name


@pytest.fixture
def dice():
    return Dice(np.random.default_rng(1))


def agreement(one: str, other: str) -> str:
    return same_name(*(clean(pl.Series([name]))["value"] for name in (one, other))).item()


@pytest.mark.parametrize(
    ("way", "name", "level"),
    [
        ("homophone", "张志伟", "homophone"),
        ("variant", "王喆", "variant"),
        ("traditional", "刘丽华", "exact"),
        ("one_character", "张志伟", "one_character"),
        ("former_name", "张志伟", "different"),
        ("inner_blank", "李明", "exact"),
        ("dot_dropped", "阿依古丽·买买提", "exact"),
    ],
)
def test_slip_leaves_the_agreement_it_is_named_after(dice, way, name, level):
    slipped = names.WAYS[way](dice, name)
    assert slipped != name
    assert agreement(name, slipped) == level


@pytest.mark.parametrize(
    ("way", "name"),
    [
        ("homophone", "李奎"),
        ("variant", "李明"),
        ("traditional", "王明"),
        ("former_name", "古丽·买买提"),
        ("inner_blank", "张志伟"),
    ],
)
def test_slip_that_does_not_fit_leaves_the_name(dice, way, name):
    assert names.WAYS[way](dice, name) == name


def test_masked_and_missing_names(dice):
    assert names.WAYS["name_masked"](dice, "张志伟") == "张*伟"
    assert names.WAYS["name_missing"](dice, "张志伟") is None


def test_surname_is_never_typed_by_sound(dice):
    assert {names.homophone(dice, "林志伟")[0] for _ in range(50)} == {"林"}
