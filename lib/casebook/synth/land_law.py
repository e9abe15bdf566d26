"""Land-use tax of the fictional district: grades, rates, tax area and the tax that is due, to the fen.

The same values stand in `parameters/land_use_tax/` for the rule; here they serve to write down what was planted.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

YEARS: Final = (2023, 2024, 2025)
GRADE_OF_DISTRICT: Final[Mapping[str, int]] = {
    "001": 1,
    "002": 1,
    "003": 2,
    "012": 2,
    "004": 3,
    "005": 3,
    "006": 3,
    "007": 4,
    "008": 4,
    "009": 4,
    "010": 4,
    "011": 4,
}
"""Cadastral district 地籍区 (digits 7-9 of the parcel code, numbered like the townships) → land grade 1-4."""
OUTSIDE_TAX_AREA: Final = ("009", "010", "011")
"""Districts of the three 乡: neither city, county town, 建制镇 nor 工矿区, so no land there is taxable."""
TAX_AREA_CODES: Final = tuple(f"900001{code}" for code in sorted(GRADE_OF_DISTRICT) if code not in OUTSIDE_TAX_AREA)
"""The parameter `tax_area_codes` that belongs to the planted truth."""
RATE_CHANGE_YEAR: Final = 2025
_RATES_BEFORE: Final = {1: 800, 2: 640, 3: 480, 4: 320}
_RATES_SINCE: Final = {1: 800, 2: 640, 3: 560, 4: 400}
_DIVISOR: Final = 12 * 100


class Held(Protocol):
    """Land of one holder."""

    @property
    def area_dm2(self) -> int:
        """Area in dm² (0.01 m²)."""

    @property
    def grade(self) -> int:
        """Land grade 1 (best) to 4."""

    @property
    def first_month(self) -> int:
        """First liable month, `year * 12 + month - 1`."""

    @property
    def last_month(self) -> int:
        """Last liable month."""


def rate_fen(grade: int, year: int) -> int:
    """Yearly tax in fen per m² of the grade in the year (the rates of grades 3 and 4 rose on 2025-01-01)."""
    return (_RATES_BEFORE if year < RATE_CHANGE_YEAR else _RATES_SINCE)[grade]


def months_in(held: Held, year: int) -> int:
    """Liable months of the land in the calendar year, 0 to 12."""
    first = max(held.first_month, year * 12)
    last = min(held.last_month, year * 12 + 11)
    return max(0, last - first + 1)


def due_by_year(plots: Iterable[Held]) -> dict[int, int]:
    """Tax due in fen per calendar year for all land of one holder, rounded half up once per year."""
    land = tuple(plots)
    return {year: half_up(sum(_numerator(held, year) for held in land), _DIVISOR) for year in YEARS}


def _numerator(held: Held, year: int) -> int:
    return held.area_dm2 * rate_fen(held.grade, year) * months_in(held, year)


def half_up(numerator: int, divisor: int) -> int:
    """The ratio of two non-negative integers rounded half up."""
    return (2 * numerator + divisor) // (2 * divisor)


def shortfall(due: Mapping[int, int], paid: Mapping[int, int]) -> int:
    """Due less paid over the period in fen, the sum of the yearly differences."""
    return sum(due[year] - paid.get(year, 0) for year in YEARS)
