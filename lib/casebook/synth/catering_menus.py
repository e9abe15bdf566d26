"""Menus: the dishes a kitchen offers, and how their names look on a delivery platform."""

from collections.abc import Collection
from typing import Final

import numpy as np
import polars as pl

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
from casebook.synth.catering_facts import Dish
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import KITCHENS

CATEGORIES: Final[dict[str, tuple[str, ...]]] = {
    HOT: ("热销", "招牌推荐", "主食", "热菜", "店长推荐", "套餐"),
    COLD: ("凉菜", "爽口小菜", "热销", "轻食"),
    RAW: ("刺身", "海鲜", "店长推荐"),
    PASTRY: ("烘焙", "甜品", "蛋糕"),
    DRINK: ("饮品", "鲜果茶", "奶茶", "热销"),
    PACKAGED: ("酒水饮料", "小食", "其他"),
}
_HELD_OUT_SHARE: Final = 0.22
_LOOKALIKE_SHARE: Final = 0.6
_BEFORE: Final = (
    *("【招牌】", "【热销】", "【新品】", "【店长推荐】", "[必点]", "（爆款）", "🔥", "🔥🔥", "【人气TOP1】"),
    *("【买一送一】", "★", "❤", "超值", "秘制", "【下单立减3元】", "👍", "【单人】"),
)
_AFTER: Final = (
    *("（大份）", "(小份)", "（中份）", "/份", "1份", "🔥", "【限时特惠】", "-推荐", "（单人份）", "(2人份)"),
    *("【月售999+】", "（微辣）", "~", "⭐", "【加量】"),
)
_DRINK_AFTER: Final = ("（大杯）", "(中杯)", "700ml", "/杯", "【第二杯半价】", "（少糖）", "🥤", "-常规杯")
_PASTRY_AFTER: Final = ("（6寸）", "(8寸)", "/个", "（2个装）", "🎂", "（盒装4枚）")


def menu(town: Town, kitchen: str, items: Collection[str]) -> tuple[Dish, ...]:
    """Dishes of the kitchen, each needing an item in `items` or none (packaged); look-alikes among them."""
    groups = KITCHENS[kitchen].groups
    size = town.mean_dishes * (0.7 + 0.6 * town.unit())
    total = sum(groups.values())
    dishes = [dish for group, weight in groups.items() for dish in of_group(town, group, round(size * weight / total))]
    if town.chance(_LOOKALIKE_SHARE):
        dishes += lookalikes(town, items, town.between(1, 3))
    return tuple(town.some(dishes, len(dishes)))


def of_group(town: Town, group: str, count: int) -> list[Dish]:
    """Up to `count` different dishes of a group, about a quarter of them from the held-out words."""
    held = min(len(HELD_OUT[group]), round(count * _HELD_OUT_SHARE + town.unit() - 0.5))
    plain = town.some(GROUPS[group], count - held)
    return [_dish(town, group, word) for word in plain] + [
        _dish(town, group, word, is_held_out=True) for word in town.some(HELD_OUT[group], held)
    ]


def _dish(town: Town, group: str, word: str, *, is_held_out: bool = False) -> Dish:
    item = ITEM_OF[group]
    return Dish(word, item, town.pick(CATEGORIES[item]), is_held_out=is_held_out)


def uncovered(town: Town, group: str, count: int) -> tuple[Dish, ...]:
    """`count` dishes of a group the kitchen is not licensed for, at least two of them in everyday words."""
    held = min(max(count - 2, 0), round(count / 3))
    return tuple(
        [_dish(town, group, word) for word in town.some(GROUPS[group], count - held)]
        + [_dish(town, group, word, is_held_out=True) for word in town.some(HELD_OUT[group], held)]
    )


def lookalikes(town: Town, items: Collection[str], count: int) -> list[Dish]:
    """Dishes whose words suggest an item outside `items` while they need one inside, or none."""
    allowed = {*items, PACKAGED}
    pairs = [
        (item, word) for (item, seems), words in LOOKALIKES.items() for word in words if _misleads(item, seems, allowed)
    ]
    return [Dish(word, item, town.pick(CATEGORIES[item]), is_lookalike=True) for item, word in town.some(pairs, count)]


def _misleads(item: str, seems: str, allowed: Collection[str]) -> bool:
    return item in allowed and seems not in allowed


def toppings(town: Town, item: str, count: int) -> tuple[Dish, ...]:
    """Extras of the item under 加料, as a kitchen buys them ready-made."""
    return tuple(Dish(f"加料·{word}", item, "加料") for word in town.some(TOPPINGS[item], count))


def decorated(rng: np.random.Generator, dishes: pl.DataFrame) -> pl.Series:
    """Names as on the page: `word` with promotional brackets, emoji, portion; nothing that changes the item."""
    count = dishes.height
    before, after = _drawn(rng, _BEFORE, count, 0.3), _drawn(rng, _AFTER, count, 0.35)
    drink, pastry = _drawn(rng, _DRINK_AFTER, count, 0.5), _drawn(rng, _PASTRY_AFTER, count, 0.4)
    tail = (
        pl.when(pl.col("item") == DRINK)
        .then(drink)
        .when(pl.col("item") == PASTRY)
        .then(pastry)
        .when(pl.col("item") == PACKAGED)
        .then(pl.lit(""))
        .otherwise(after)
    )
    return dishes.select((before + pl.col("word") + tail).alias("name")).to_series()


def _drawn(rng: np.random.Generator, words: tuple[str, ...], count: int, share: float) -> pl.Series:
    drawn = rng.integers(len(words), size=count) + 1
    index = np.where(rng.random(count) < share, drawn, 0)
    return pl.Series(["", *words]).gather(index)
