"""What is true of one synthetic kitchen: its operator, licence, grade, page and menu, before any file is made."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

FOREVER: Final = "长期"
UNGRADED: Final = 0
"""Level of a grade row that says 未评定; 1 is the best level, 3 the lowest."""


@dataclass(frozen=True)
class Operator:
    """The person or firm that holds (or should hold) a licence."""

    name: str
    brand: str
    trade: str
    code: str
    person: str
    address: str
    township: str
    road: str
    firm_type: str


@dataclass(frozen=True)
class Licence:
    """One row of the licence list; `phrases` are the items in the words of the issue date."""

    number: str
    operator: Operator
    form: str
    phrases: tuple[str, ...]
    separator: str
    issued: date
    until: date
    state: str = "有效"
    renewal: date | None = None
    cancelled: date | None = None
    heading: str = ""
    """Words before the items, as licences of the 2023 rules have them (餐饮服务：)."""


@dataclass(frozen=True)
class Certificate:
    """One row of the small-catering register."""

    number: str
    operator: Operator
    scope: str
    issued: date
    until: date
    state: str = "有效"


@dataclass(frozen=True)
class Grade:
    """One row of the grade list: dynamic and annual level 1-3, or `UNGRADED`."""

    number: str
    operator: Operator
    dynamic: int
    annual: int
    graded: date


@dataclass(frozen=True)
class Page:
    """What the shop's page showed when captured; an empty text is an empty field."""

    platform: int
    name: str
    operator: str
    number: str
    until: str
    address: str
    grade: str
    captured: datetime
    state: str = "营业中"
    kind: str = "普通店铺"


@dataclass(frozen=True)
class Dish:
    """A dish on the menu: the bare words, the licensed item it needs, and whether it only looks like another."""

    word: str
    item: str
    category: str
    is_lookalike: bool = False
    is_held_out: bool = False


@dataclass(frozen=True)
class Case:
    """What was planted: recipe name, kind, bin and exemption as in the vocabulary."""

    recipe: str
    kind: str
    bin: str
    exemption: str = ""


@dataclass(frozen=True)
class Shop:
    """One shop with all that the agencies hold on it; `case` is None for the background."""

    operator: Operator
    items: frozenset[str]
    """Items the kitchen is licensed for, in the short words of the dish table (热食 …)."""
    page: Page
    menu: tuple[Dish, ...]
    licences: tuple[Licence, ...] = ()
    grades: tuple[Grade, ...] = ()
    certificate: Certificate | None = None
    firm_listed: bool = True
    twins: tuple[Page, ...] = field(default=())
    """Further pages of the same operator, licence and menu (一照多店, or the same shop on another platform)."""
    case: Case | None = None
