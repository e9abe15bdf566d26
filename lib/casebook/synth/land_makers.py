"""The makers of holders and plots: names, codes, places and sizes that never meet twice."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from casebook.synth import land_words as words
from casebook.synth import words_people, words_places
from casebook.synth.dice import Dice
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import GRADE_OF_DISTRICT, OUTSIDE_TAX_AREA
from casebook.synth.world import DISTRICT, DIVISION, World

TAXED: Final = tuple(code for code in sorted(GRADE_OF_DISTRICT) if code not in OUTSIDE_TAX_AREA)
_BLOCKS: Final = {"91": 3, "92": 4, "11": 5, "12": 6, "93": 7, "71": 8, "N2": 9, "13": 2}
_CITIZEN_BLOCK: Final = 1
_SPARE_CODES: Final = 1_000


class Makers:
    """One stream of new holders and plots for one world."""

    def __init__(self, world: World) -> None:
        self.dice = Dice(world.rng("land"))
        self._world = world
        self._codes: dict[str, list[str]] = {}
        self._used: set[str] = set()
        self._serials: dict[str, list[int]] = {}
        self._houses = 2_999 + world.scale.parcels // 40
        self._people = self._new_people()

    def _new_people(self) -> list[tuple[str, str]]:
        rng = self._world.rng("land people")
        count = max(2_000, 2 * self._world.scale.parcels)
        is_male = rng.random(count) < 0.6
        ids = words_people.citizen_ids(
            words_people.birth_dates(rng, count, "1950-01-01", "1999-12-31"), is_male, _CITIZEN_BLOCK
        )
        return list(zip(words_people.names(rng, is_male).to_list(), ids.to_list(), strict=True))

    def person(self) -> tuple[str, str]:
        """Name and citizen id of somebody not named before."""
        return self._people.pop()

    def code(self, head: str) -> str:
        """A unified code not given before; `head` is registrar and class."""
        if head not in self._codes:
            count = (4 if head == "91" else 1) * self._world.scale.parcels + _SPARE_CODES
            rng = self._world.rng(f"land codes {head}")
            self._codes[head] = words_places.unified_codes(rng, count, head, _BLOCKS[head]).to_list()
        return self._codes[head].pop()

    def address(self, district: str) -> str:
        """A street address of the district's township that nobody else has."""
        township = words_places.TOWNSHIPS[int(district) - 1]
        while True:
            house = self.dice.between(1, self._houses)
            text = f"{DISTRICT}{township}{self.dice.pick(words_places.ROADS)}{house}号"
            if text not in self._used:
                self._used.add(text)
                return text

    def firm(self, trades: tuple[str, ...] = words.TRADES, district: str = "001", **facts: str) -> Holder:
        """A company with a name core that no other firm has; `facts` override (address, vat, name …)."""
        while True:
            name, core = words.firm_name(self.dice, trades)
            if core not in self._used:
                break
        self._used.add(core)
        founded = self.dice.day(date(1996, 1, 1), date(2015, 12, 31))
        address = facts.pop("address", None) or self.address(district)
        form = "股份有限公司" if "股份" in name else "有限责任公司(自然人投资或控股)"
        made = {"name": name, "code": "", "address": address, "representative": self.person()[0], "form": form}
        made |= facts
        made["code"] = made["code"] or self.code("91")
        return Holder(**made, founded=founded)

    def body(self, head: str, name: str, form: str, address: str) -> Holder:
        """A state organ, public unit, temple … with the given name and class of code."""
        base, number = name, 1
        while name in self._used:
            number += 1
            name = f"{base}（{number}号院）"
        self._used.add(name)
        return Holder(name, self.code(head), address, self.person()[0], form, "", date(2003, 3, 1))

    def shop(self, address: str) -> Holder:
        """An individual business 个体工商户, a small-scale VAT payer."""
        while True:
            name, core = words.shop_name(self.dice)
            if core not in self._used:
                break
        self._used.add(core)
        return Holder(name, self.code("92"), address, self.person()[0], "个体工商户", "小规模纳税人")

    def parcel(self, district: str, feature: str = "GB") -> str:
        """A 19-character parcel code of the district; GB state land, JB collective land, JC home plots."""
        if district not in self._serials:
            rng: np.random.Generator = self._world.rng(f"land parcels {district}")
            self._serials[district] = rng.permutation(99 * 999).tolist()
        serial = self._serials[district].pop()
        return f"{DIVISION}{district}{serial // 999 + 1:03d}{feature}{serial % 999 + 1:05d}"

    def size(self, low: int, high: int) -> int:
        """An area in dm² between the bounds in m², small ones more often; every second in steps of 20 m²."""
        square_metres: float = low * (high / low) ** self.dice.unit()
        if self.dice.chance(0.5):
            return max(1, round(square_metres / 20)) * 2_000
        return round(square_metres * 100)

    def plot(self, area_dm2: int = 0, district: str = "", **facts: object) -> Plot:
        """A parcel taken over long before the period, with a certificate; `facts` override any field."""
        district = district or self.dice.pick(TAXED)
        taken = self.dice.day(date(2001, 1, 1), date(2021, 12, 20))
        made: dict[str, object] = {
            "parcel": self.parcel(district),
            "location": self.address(district),
            "area_dm2": area_dm2 or self.size(800, 60_000),
            "taken": taken,
            "registered": taken,
            "until": date(taken.year + 50, taken.month, min(taken.day, 28)),
        }
        return Plot(**(made | facts))  # type: ignore[arg-type]

    def contracted(self, taken: date, area_dm2: int = 0, district: str = "", **facts: object) -> Plot:
        """A parcel supplied by contract and handed over on the day `taken`; certificate some months later."""
        signed = taken - timedelta(days=self.dice.between(30, 150))
        registered = min(taken + timedelta(days=self.dice.between(40, 160)), date(2026, 3, 20))
        until = date(taken.year + 50, taken.month, min(taken.day, 28))
        made: dict[str, object] = {"taken": taken, "signed": signed, "registered": registered, "until": until}
        return self.plot(area_dm2, district, **(made | facts))
