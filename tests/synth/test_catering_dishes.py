from collections import Counter

import pytest

from casebook.synth.catering_dishes import (
    COLD,
    DRINK,
    GROUPS,
    HELD_OUT,
    HOT,
    ITEM_OF,
    LOOKALIKES,
    PACKAGED,
    PASTRY,
    RAW,
    TOPPINGS,
)

ITEMS = {HOT, COLD, RAW, PASTRY, DRINK, PACKAGED}


def test_every_item_has_everyday_and_held_out_dishes():
    assert {ITEM_OF[group] for group in GROUPS} == ITEMS
    assert GROUPS.keys() == HELD_OUT.keys() == ITEM_OF.keys()


def test_a_third_of_the_words_is_held_out():
    plain, held = sum(map(len, GROUPS.values())), sum(map(len, HELD_OUT.values()))
    assert 0.3 <= held / (plain + held) <= 0.37
    assert plain + held >= 400


def test_no_dish_stands_in_two_places():
    words = [word for table in (GROUPS, HELD_OUT, LOOKALIKES) for row in table.values() for word in row]
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_a_lookalike_needs_another_item_than_it_suggests():
    assert all(item != seems and {item, seems} <= ITEMS for item, seems in LOOKALIKES)


@pytest.mark.parametrize("seems", [COLD, RAW, PASTRY, DRINK])
def test_hot_kitchens_and_shelves_have_words_that_suggest(seems):
    assert LOOKALIKES[HOT, seems]
    assert LOOKALIKES[PACKAGED, seems]


@pytest.mark.parametrize(
    "word", ["沙拉酱", "奶茶味蛋糕", "凉茶(罐装)", "热拌冷面", "鲜肉生煎", "刺身酱油", "凉皮(热)", "蛋糕粉"]
)
def test_known_traps_are_lookalikes(word):
    assert any(word in words for words in LOOKALIKES.values())


def test_no_word_holds_a_blank_or_a_comma():
    words = [word for table in (GROUPS, HELD_OUT, LOOKALIKES, TOPPINGS) for row in table.values() for word in row]
    assert not [word for word in words if set(word) & set(" ,\t\n")]
