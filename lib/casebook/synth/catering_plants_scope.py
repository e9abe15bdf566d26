"""Planted cases of scope: dishes that no licensed item covers, and all that may excuse them."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from casebook.synth.catering_dishes import COLD, DRINK, HOT, PASTRY
from casebook.synth.catering_facts import Shop
from casebook.synth.catering_licences import LIST_DATE, PLAIN_PASTRY, certificate, grade, licence
from casebook.synth.catering_menus import of_group, toppings, uncovered
from casebook.synth.catering_pages import captured, shown_date, shown_number, truthful
from casebook.synth.catering_shops import mixed, regular, unlicensed, with_licence, with_page
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import HOT_ONLY

UNSCOPED: Final = ("chinese_cold", "salad", "raw", "cream", "baked", "tea")
"""Groups of dishes that a kitchen licensed for hot food alone does not cover."""


def beyond(town: Town, *groups: str) -> Shop:
    """A hot kitchen under the words of 2015 that also offers two or more dishes of each group (of two groups: one each)."""
    shop = regular(town, town.pick(HOT_ONLY), under_2023=False)
    if len(groups) > 1:
        return mixed(town, shop, [dish for group in groups for dish in uncovered(town, group, 1)])
    return mixed(town, shop, uncovered(town, groups[0], town.between(3, 7)))


def beyond_cold(town: Town) -> Shop:
    """Cold dishes or salads on a licence for hot food."""
    return beyond(town, town.pick(("chinese_cold", "chinese_cold", "salad")))


def beyond_raw(town: Town) -> Shop:
    """Raw fish on a licence for hot and cold food."""
    shop = regular(town, town.pick(("stir_fry", "cold")), under_2023=town.chance(0.4))
    return mixed(town, shop, uncovered(town, "raw", town.between(2, 6)))


def beyond_pastry(town: Town) -> Shop:
    """Cakes or bread on a licence of 2015 rules without pastry."""
    return beyond(town, town.pick(("cream", "baked")))


def beyond_drinks(town: Town) -> Shop:
    """Drinks made on the spot on a licence for hot food, under either vocabulary."""
    shop = regular(town, town.pick(HOT_ONLY))
    return mixed(town, shop, uncovered(town, "tea", town.between(3, 7)))


def beyond_two_items(town: Town) -> Shop:
    """One dish each of two items not licensed: two strong dishes together."""
    return beyond(town, *town.some(("chinese_cold", "raw", "cream", "tea"), 2))


def one_strong_dish(town: Town) -> Shop:
    """One single dish outside the licence."""
    shop = regular(town, town.pick(HOT_ONLY), under_2023=False)
    return mixed(town, shop, uncovered(town, town.pick(UNSCOPED), 1))


def small_catering_beyond(town: Town) -> Shop:
    """A valid small-catering certificate that can never cover the raw fish or cream cakes offered."""
    shop = unlicensed(town, town.pick(HOT_ONLY))
    shop = mixed(town, shop, uncovered(town, town.pick(("raw", "cream")), town.between(3, 6)))
    return replace(shop, certificate=certificate(town, shop.operator))


def captured_days_off(town: Town, days: int) -> Shop:
    """Beyond scope, captured `days` days before the date of the licence list."""
    day = LIST_DATE - timedelta(days=days)
    shop = with_page(beyond_cold(town), captured=captured(town, day))
    given = shop.grades[0]
    return replace(shop, grades=(replace(given, graded=min(given.graded, day - timedelta(days=10))),))


def captured_30_days_off(town: Town) -> Shop:
    """Captured on the last day of the window."""
    return captured_days_off(town, 30)


def captured_31_days_off(town: Town) -> Shop:
    """Captured one day outside the window."""
    return captured_days_off(town, 31)


def captured_months_off(town: Town) -> Shop:
    """Captured two to five months before the licence list."""
    return captured_days_off(town, town.between(60, 150))


def pastry_under_2023(town: Town) -> Shop:
    """A bakery under the words of 2023, which have no item for pastry."""
    shop = regular(town, "bakery", under_2023=True)
    of = licence(town, shop.operator, {HOT, COLD, DRINK}, under_2023=True)
    row = replace(shop.grades[0], number=of.number, annual=shop.grades[0].dynamic)
    shown = with_page(shop, number=shown_number(town, of.number), until=shown_date(town, of.until))
    return replace(shown, items=frozenset({HOT, COLD, DRINK}), licences=(of,), grades=(row,))


def restricted(town: Town) -> Shop:
    """The item is licensed with a restriction that may or may not leave the dishes out."""
    phrase, group = town.pick(
        (
            ("冷食类食品制售（不含凉菜）", "salad"),
            ("冷食类食品制售(仅限水果拼盘)", "chinese_cold"),
            ("冷食类食品制售(简单制售)", "chinese_cold"),
            ("生食类食品制售（不含生食海产品）", "raw"),
        )
    )
    shop = regular(town, town.pick(HOT_ONLY), under_2023=False)
    of = shop.licences[0]
    offered = mixed(town, shop, uncovered(town, group, town.between(3, 5)))
    return with_licence(offered, replace(of, phrases=(*of.phrases, phrase)))


def restricted_pastry(town: Town) -> Shop:
    """Pastry licensed without cream cakes, cream cakes on the menu."""
    shop = regular(town, "bakery")
    of = shop.licences[0]
    plain = town.pick(PLAIN_PASTRY)
    phrases = tuple(plain if phrase.startswith("糕点") else phrase for phrase in of.phrases)
    return with_licence(mixed(town, shop, of_group(town, "cream", 2)), replace(of, phrases=phrases))


def central_kitchen_scope(town: Town) -> Shop:
    """The chain head's own name and its central kitchen's licence at the shop's address; cold dishes not covered."""
    shop = with_kitchen_form(town, beyond_cold(town))
    return with_page(shop, address=town.operator("pot").address)


def with_kitchen_form(town: Town, shop: Shop) -> Shop:
    """The shop's licence is that of a central kitchen."""
    of = shop.licences[0]
    form = town.pick(("餐饮服务经营者(中央厨房)", "中央厨房", "餐饮服务经营者（中央厨房）"))
    return with_licence(shop, replace(of, form=form, phrases=(*of.phrases, "半成品制售（中央厨房）")))


def canteen_scope(town: Town) -> Shop:
    """A canteen's licence (form 3) for hot food, cold dishes on the platform."""
    shop = canteen(town)
    return mixed(town, shop, uncovered(town, town.pick(("chinese_cold", "tea")), town.between(3, 5)))


def canteen(town: Town) -> Shop:
    """A canteen that sells what it is licensed for and shows its grade."""
    shop = regular(town, "rice", under_2023=False)
    operator = replace(shop.operator, name=f"云州市青禾区{shop.operator.brand}职工食堂", trade="职工食堂")
    of = licence(town, operator, {HOT}, under_2023=False, form=3)
    row = grade(town, of)
    return replace(shop, operator=operator, licences=(of,), grades=(row,), page=truthful(town, operator, of, row))


def only_toppings(town: Town) -> Shop:
    """A drinks shop whose only dishes outside its licence stand under 加料 and may be bought ready-made."""
    shop = regular(town, "tea", under_2023=False)
    item = town.pick((PASTRY, PASTRY, COLD))
    return mixed(town, shop, toppings(town, item, town.between(2, 4)))


def cold_in_hot_item(town: Town) -> Shop:
    """The hot item is written 含凉菜: cold dishes are covered."""
    shop = beyond(town, "chinese_cold")
    of = shop.licences[0]
    words = ("热食类食品制售（含凉菜）", "热食类食品制售(含凉菜)")
    phrases = tuple(town.pick(words) if phrase.startswith("热食") else phrase for phrase in of.phrases)
    return replace(with_licence(shop, replace(of, phrases=phrases)), items=frozenset({HOT, COLD}))
