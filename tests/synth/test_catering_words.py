import pytest

from casebook.synth.catering_dishes import GROUPS, ITEM_OF, PACKAGED
from casebook.synth.catering_words import (
    BACKGROUND,
    HEADS,
    HOT_ONLY,
    KITCHENS,
    NOTHING_SHOWN,
    PLATFORM_CODES,
    PLATFORMS,
    SHOWN_GRADES,
    SURNAMES,
    TAILS,
)


@pytest.mark.parametrize("kitchen", sorted(KITCHENS))
def test_a_kitchen_holds_the_items_its_menu_needs(kitchen):
    needed = {ITEM_OF[group] for group in KITCHENS[kitchen].groups} - {PACKAGED}
    assert needed <= set(KITCHENS[kitchen].items)


@pytest.mark.parametrize("kitchen", sorted(KITCHENS))
def test_a_menu_is_made_of_known_groups(kitchen):
    assert KITCHENS[kitchen].groups.keys() <= GROUPS.keys()
    assert all(weight > 0 for weight in KITCHENS[kitchen].groups.values())


@pytest.mark.parametrize("kitchen", HOT_ONLY)
def test_hot_kitchens_need_the_hot_item_alone(kitchen):
    assert KITCHENS[kitchen].items == ("热食",)


def test_every_kitchen_is_met_in_the_background():
    assert BACKGROUND.keys() == KITCHENS.keys()


def test_only_the_shop_for_packaged_food_has_a_sales_licence():
    assert [name for name, kitchen in KITCHENS.items() if kitchen.form == 1] == ["store"]


def test_no_trade_belongs_to_two_kitchens():
    trades = [trade for kitchen in KITCHENS.values() for trade in kitchen.trades]
    assert len(set(trades)) == len(trades)


@pytest.mark.parametrize("words", [SURNAMES, HEADS, TAILS, PLATFORMS, PLATFORM_CODES])
def test_words_are_listed_once(words):
    assert len(set(words)) == len(words)


def test_nothing_shown_is_no_grade():
    assert not {word for level in SHOWN_GRADES.values() for word in level} & set(NOTHING_SHOWN)
