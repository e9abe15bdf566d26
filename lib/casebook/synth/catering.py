"""Agencies of the catering model: the market regulator's lists and what three delivery platforms showed."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from casebook.synth.catering_cases import planted
from casebook.synth.catering_facts import Shop
from casebook.synth.catering_platforms import Listed, dish_tables, listed, shop_tables
from casebook.synth.catering_shops import background, others
from casebook.synth.catering_tables import market
from casebook.synth.catering_town import Town
from casebook.synth.table import Table
from casebook.synth.truth import Planted, Truth
from casebook.synth.world import World

DISH_TRUTH: Final = "online_catering_dishes"


@dataclass(frozen=True)
class Catering:
    """The tables, and per dish row (`table, row_index`) its item and whether it is a look-alike or held out."""

    tables: list[Table]
    dishes: pl.DataFrame


def make(world: World, truth: Truth) -> list[Table]:
    """The tables of the catering model; what was planted, and what each dish really is, goes into `truth`."""
    made = plan(world, truth)
    truth.details[DISH_TRUTH] = made.dishes
    return made.tables


def plan(world: World, truth: Truth) -> Catering:
    """As `make`, together with what each dish really is (`DISH_TRUTH` is the name of that file)."""
    town = Town(world)
    shops = shuffled(town.rng, everyone(town, world.scale.shops))
    pages = listed(shops)
    extra = others(town, world.scale.shops // 12)
    record(truth, pages)
    dishes, facts = dish_tables(town.rng, pages)
    return Catering([*market(shops, extra), *shop_tables(pages), *dishes], facts)


def everyone(town: Town, count: int) -> list[Shop]:
    """About `count` shops: the planted cases, then the background."""
    cases = list(planted(town, count))
    return [*cases, *(background(town) for _ in range(max(0, count - len(cases))))]


def shuffled(rng: np.random.Generator, shops: list[Shop]) -> list[Shop]:
    """The shops in random order, so that a case's place in a file tells nothing."""
    return [shops[index] for index in rng.permutation(len(shops))]


def record(truth: Truth, pages: list[Listed]) -> None:
    """Writes every planted page down as one case on its row of the shop table, in the order of the pages."""
    number = 0
    for one in pages:
        case = one.shop.case
        if case is not None:
            number += 1
            name = f"catering-{number:04d}-{case.recipe}"
            truth.add(Planted(name, case.kind, case.bin, case.exemption), one.table, [one.row])
