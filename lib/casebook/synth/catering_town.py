"""The district's supply of names, codes, numbers and dates for catering, each handed out once."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final, TypeVar

import numpy as np
import polars as pl

from casebook.synth import words_people, words_places
from casebook.synth.catering_facts import Operator
from casebook.synth.catering_words import HEADS, KITCHENS, SURNAMES, TAILS
from casebook.synth.dice import Dice
from casebook.synth.world import DIVISION, World

T = TypeVar("T")

INDIVIDUAL: Final = "个体工商户"
COMPANY: Final = "有限责任公司"
_CODE_HEADS: Final = {INDIVIDUAL: ("92", 0), COMPANY: ("91", 1)}
"""Class digits and block of the codes: organisation codes never meet, nor those of the land model (2-9)."""


class Town(Dice):
    """One random stream and the pools drawn from it; no name, code, address or number is given out twice."""

    def __init__(self, world: World) -> None:
        self.rng = world.rng("online_catering")
        super().__init__(self.rng)
        size = world.scale.shops * 2 + 200
        self.mean_dishes = world.scale.dishes / world.scale.shops
        self._people = iter(_people(self.rng, size))
        self._codes = {
            firm_type: iter(words_places.unified_codes(self.rng, size, head, block).to_list())
            for firm_type, (head, block) in _CODE_HEADS.items()
        }
        self._places = _places(self.rng, size)
        self._numbers = {form: self._licence_numbers(size, form) for form in (1, 2, 3)}
        self._certificates = 0
        self._names: set[str] = set()

    def _licence_numbers(self, size: int, form: int) -> Iterator[str]:
        return iter(words_places.licence_numbers(self.rng, size, form).to_list())

    def some(self, values: Sequence[T], number: int) -> list[T]:
        """`number` different values (all of them when there are fewer), in random order."""
        return [values[index] for index in self.rng.permutation(len(values))[:number]]

    def number(self, form: int = 2) -> str:
        """A licence number that nobody else has: valid check digit, form 1 sale, 2 catering, 3 canteen."""
        return next(self._numbers[form])

    def certificate_number(self) -> str:
        """The number of a small-catering certificate (登记证): XC, the area and six digits in order of issue."""
        self._certificates += self.between(1, 40)
        return f"XC{DIVISION}{self._certificates:06d}"

    def operator(self, kitchen: str, company_share: float = 0.2) -> Operator:
        """A new operator of the kitchen's trade; its name occurs once in the district."""
        firm_type = COMPANY if self.chance(company_share) else INDIVIDUAL
        trade = self.pick(KITCHENS[kitchen].trades)
        brand, name = self._name(trade, firm_type)
        address, township, road = next(self._places)
        person, code = next(self._people), next(self._codes[firm_type])
        return Operator(name, brand, trade, code, person, address, township, road, firm_type)

    def _name(self, trade: str, firm_type: str) -> tuple[str, str]:
        for tries in count():
            # In a big district the short brands run out: every failed try makes the brand one word longer.
            brand = self._brand() + "".join(self.some(TAILS, tries))
            place = self.pick(("青禾区", "云州市青禾区", "云州市青禾区"))
            company = firm_type == COMPANY
            name = f"{place}{brand}餐饮管理有限公司" if company else f"{place}{brand}{trade}"
            key = name.removeprefix("云州市")
            if key not in self._names:
                self._names.add(key)
                break
        return brand, name

    def _brand(self) -> str:
        if self.chance(0.3):
            given = self.pick("记家府嫂哥婶氏") + self.pick(TAILS)
            return self.pick(SURNAMES) + given
        return self.pick(HEADS) + self.pick(TAILS) + (self.pick(TAILS) if self.chance(0.5) else "")


def _people(rng: np.random.Generator, size: int) -> list[str]:
    """Names whose characters Excel 97 can hold (its writer counts a character beyond the first plane as one)."""
    names = words_people.names(rng, rng.random(size) < 0.6).to_list()
    return [name if max(name) <= "\uffff" else name[0] + "明" for name in names]


def _places(rng: np.random.Generator, size: int) -> Iterator[tuple[str, str, str]]:
    """Different street addresses with their township and road; a house with several kitchens numbers its shops."""
    townships = words_places.townships(rng, size)
    addresses = words_places.addresses(rng, townships)
    frame = pl.DataFrame({"address": addresses, "township": townships})
    rank = pl.int_range(pl.len()).over("address")
    unit = pl.when(rank > 0).then(pl.format("商铺{}", rank + 1)).otherwise(pl.lit(""))
    road = pl.col("address").str.extract(f"({'|'.join(words_places.ROADS)})")
    return iter(frame.select(pl.col("address") + unit, "township", road.alias("road")).rows())
