import numpy as np
import polars as pl
import pytest

from casebook.synth import catering_menus as menus
from casebook.synth.catering_dishes import COLD, DRINK, GROUPS, HELD_OUT, HOT, ITEM_OF, LOOKALIKES, PACKAGED, PASTRY
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import KITCHENS
from casebook.synth.world import Scale, World


@pytest.fixture(scope="module")
def town():
    return Town(World(6, Scale("test", 0, 0, 0, 1500, 45_000)))


def named(words, item, seed=1):
    frame = pl.DataFrame({"word": words, "item": [item] * len(words)})
    return menus.decorated(np.random.default_rng(seed), frame).to_list()


@pytest.mark.parametrize("kitchen", sorted(KITCHENS))
def test_a_menu_needs_no_item_beyond_the_kitchens(town, kitchen):
    items = set(KITCHENS[kitchen].items)
    for _ in range(5):
        assert {dish.item for dish in menus.menu(town, kitchen, items)} <= items | {PACKAGED}


def test_menus_are_about_as_long_as_the_scale_asks(town):
    sizes = [len(menus.menu(town, "stir_fry", {HOT, COLD})) for _ in range(60)]
    assert min(sizes) >= 20
    assert max(sizes) <= 45
    assert 26 <= sum(sizes) / 60 <= 34


def test_no_dish_is_offered_twice(town):
    for _ in range(20):
        words = [dish.word for dish in menus.menu(town, "pot", {HOT})]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_dishes_of_a_group_say_where_their_word_comes_from(town, group):
    for dish in menus.of_group(town, group, 12):
        assert dish.word in (HELD_OUT if dish.is_held_out else GROUPS)[group]
        assert dish.item == ITEM_OF[group]


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_uncovered_dishes_hold_two_in_everyday_words(town, count):
    dishes = menus.uncovered(town, "raw", count)
    assert len({dish.word for dish in dishes}) == count
    assert sum(not dish.is_held_out for dish in dishes) >= min(count, 2)


def test_many_uncovered_dishes_hold_held_out_words(town):
    assert any(dish.is_held_out for dish in menus.uncovered(town, "tea", 7))


@pytest.mark.parametrize("items", [{HOT}, {PASTRY, DRINK}, {PACKAGED}])
def test_lookalikes_suggest_what_is_not_licensed(town, items):
    seems = {word: pair for pair, words in LOOKALIKES.items() for word in words}
    for dish in menus.lookalikes(town, items, 10):
        item, suggested = seems[dish.word]
        assert dish.is_lookalike
        assert dish.item == item
        assert item in items | {PACKAGED}
        assert suggested not in items


def test_toppings_stand_under_their_own_heading(town):
    for dish in menus.toppings(town, PASTRY, 3):
        assert dish.category == "加料"
        assert dish.word.startswith("加料·")


@pytest.mark.parametrize("item", [HOT, COLD, DRINK, PASTRY, PACKAGED])
def test_decoration_keeps_the_words_in_one_piece(item):
    assert all("鲜榨橙汁" in name for name in named(["鲜榨橙汁"] * 200, item))


def test_decoration_uses_brackets_and_emoji():
    names = "".join(named(["红烧肉"] * 300, HOT))
    assert "【招牌】" in names
    assert "🔥" in names


def test_packaged_goods_carry_no_portion():
    assert all(name.endswith("矿泉水550ml") for name in named(["矿泉水550ml"] * 200, PACKAGED))


def test_an_empty_menu_has_no_names():
    assert named([], HOT) == []
