"""What is true of a holder and its land, before any agency writes it down."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casebook.synth.land_law import GRADE_OF_DISTRICT

FOREVER: Final = date(9999, 12, 31)


@dataclass(frozen=True)
class Holder:
    """A firm, body or person; `code` is its unified code (a citizen id for a person)."""

    name: str
    code: str
    address: str
    representative: str
    form: str = "有限责任公司"
    vat: str = "一般纳税人"
    founded: date = date(2010, 5, 18)

    @property
    def organisation(self) -> str:
        """The nine-character organisation code inside the unified code."""
        return self.code[8:17]

    @property
    def old_number(self) -> str:
        """The 15-character tax number used before 2015."""
        return self.code[2:8] + self.organisation


@dataclass(frozen=True)
class Plot:
    """One parcel as held by one holder; `taken` is the day after whose month the tax begins."""

    parcel: str
    location: str
    area_dm2: int
    taken: date
    registered: date
    signed: date | None = None
    """Day of the supply contract; None when the land was not supplied by contract."""
    until: date = FOREVER
    use: str = "工业用地"
    right: str = "国有建设用地使用权"
    nature: str = "出让"
    feature: str = "W00000000"

    @property
    def district(self) -> str:
        """Cadastral district 地籍区: digits 7 to 9 of the parcel code."""
        return self.parcel[6:9]

    @property
    def grade(self) -> int:
        """Land grade 1 (best) to 4."""
        return GRADE_OF_DISTRICT[self.district]

    @property
    def first_month(self) -> int:
        """First liable month: the one after `taken`."""
        return month_of(self.taken) + 1

    @property
    def last_month(self) -> int:
        """Last liable month: the one in which the right ends."""
        return month_of(self.until)

    def share(self, percent: int) -> "Plot":
        """The same parcel with a share of its area, for computing one co-owner's tax."""
        return replace(self, area_dm2=self.area_dm2 * percent // 100)


def month_of(day: date) -> int:
    """The month as one number, `year * 12 + month - 1`."""
    return day.year * 12 + day.month - 1
