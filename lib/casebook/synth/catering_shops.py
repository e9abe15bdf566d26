"""The regular shop: licensed for all it sells, showing what it holds; every planted case starts from one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth import catering_licences, catering_pages
from casebook.synth.catering_dishes import COLD, DRINK, PACKAGED, PASTRY
from casebook.synth.catering_facts import Dish, Grade, Licence, Page, Shop
from casebook.synth.catering_menus import menu
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import BACKGROUND, KITCHENS

_COMMON: Final = tuple(name for name, weight in BACKGROUND.items() for _ in range(weight))
_EXTRA_SHARE: Final = 0.3


def background(town: Town) -> Shop:
    """A shop without fault: three in twenty are not graded yet, one in twelve has a second page; a few are closed or show no address."""
    kitchen = town.pick(_COMMON)
    shop = regular(town, kitchen, extras=True, graded=kitchen != "store" and town.chance(0.85))
    if kitchen == "bakery" and town.chance(0.4):
        shop = without_cream(town, shop)
    if town.chance(0.06):
        shop = replace(shop, licences=(*shop.licences, predecessor(town, shop.licences[0])))
    if town.chance(0.08):
        shop = replace(shop, twins=(elsewhere(town, shop),))
    if town.chance(0.015):
        shop = with_page(shop, address="")
    return with_page(shop, state="已关店") if town.chance(0.01) else shop


def predecessor(town: Town, of: Licence) -> Licence:
    """The operator's licence before this one, ended or given back when this one was issued."""
    until = of.issued - timedelta(days=town.between(1, 60))
    issued, state = catering_licences.expired_on(until), town.pick(("注销", "已过期"))
    back = until if state == "注销" else None
    return replace(of, number=town.number(int(of.number[2])), issued=issued, until=until, state=state, cancelled=back)


def others(town: Town, count: int) -> list[Licence]:
    """Licences of operators that no platform shows: in force, ended or cancelled; about one in forty has no name."""
    held = []
    for _ in range(count):
        kitchen = town.pick(_COMMON)
        operator = town.operator(kitchen)
        of = catering_licences.licence(town, operator, KITCHENS[kitchen].items, form=KITCHENS[kitchen].form)
        nameless = replace(operator, name="") if town.chance(0.025) else operator
        held.append(replace(of, operator=nameless, state=town.pick(("有效", "有效", "有效", "注销"))))
    return held


def regular(
    town: Town, kitchen: str, *, under_2023: bool | None = None, extras: bool = False, graded: bool = True
) -> Shop:
    """A shop of the kitchen's trade with exactly the items it needs (`extras`: sometimes more), graded as shown."""
    form = KITCHENS[kitchen].form
    operator = town.operator(kitchen)
    items = {*KITCHENS[kitchen].items, *(_extras(town) if extras else ())}
    of = catering_licences.licence(town, operator, items, under_2023=under_2023, form=form)
    given = catering_licences.grade(town, of) if graded else None
    page = catering_pages.truthful(town, operator, of, given)
    grades: tuple[Grade, ...] = (given,) if given else ()
    return Shop(operator, frozenset(items), page, menu(town, kitchen, items), (of,), grades)


def _extras(town: Town) -> Iterable[str]:
    """Items a kitchen holds beyond what it sells."""
    return (item for item in (COLD, DRINK, PACKAGED) if town.chance(_EXTRA_SHARE))


def unlicensed(town: Town, kitchen: str) -> Shop:
    """A shop of which the lists hold nothing but the business licence; its page shows no number and no grade."""
    operator = town.operator(kitchen, company_share=0.1)
    page = catering_pages.truthful(town, operator, None, None)
    page = replace(page, number=town.pick(("", "", "暂无", "无", "/")))
    return Shop(operator, frozenset(), page, menu(town, kitchen, KITCHENS[kitchen].items))


def without_cream(town: Town, shop: Shop) -> Shop:
    """The bakery with a licence that excludes cream cakes, and none on its menu."""
    of = shop.licences[0]
    plain = town.pick(catering_licences.PLAIN_PASTRY)
    phrases = tuple(plain if phrase.startswith("糕点") else phrase for phrase in of.phrases)
    return with_menu(with_licence(shop, replace(of, phrases=phrases)), (d for d in shop.menu if not _is_cream(d)))


def _is_cream(dish: Dish) -> bool:
    return dish.item == PASTRY and any(
        word in dish.word for word in ("生日", "裱花", "奶油", "寿", "蛋糕", "定制", "慕斯")
    )


def elsewhere(town: Town, shop: Shop) -> Page:
    """The same shop's page on another platform."""
    platform = (shop.page.platform + town.between(1, 2)) % 3
    return replace(shop.page, platform=platform, captured=catering_pages.captured(town, shop.page.captured.date()))


def with_licence(shop: Shop, of: Licence) -> Shop:
    """The shop with its (first) licence replaced."""
    return replace(shop, licences=(of, *shop.licences[1:]))


def running(shop: Shop, issued: date, until: date) -> Shop:
    """The shop with its licence issued and ending on other days; a grade is never given after the end."""
    grades = tuple(replace(given, graded=min(given.graded, until)) for given in shop.grades)
    return replace(with_licence(shop, replace(shop.licences[0], issued=issued, until=until)), grades=grades)


def ended(shop: Shop, until: date) -> Shop:
    """The shop with a licence of five years whose last day is `until`."""
    return running(shop, catering_licences.expired_on(until), until)


def with_page(shop: Shop, **fields: object) -> Shop:
    """The shop with fields of its page replaced."""
    return replace(shop, page=replace(shop.page, **fields))  # type: ignore[arg-type]


def with_menu(shop: Shop, dishes: Iterable[Dish]) -> Shop:
    """The shop with another menu."""
    return replace(shop, menu=tuple(dishes))


def mixed(town: Town, shop: Shop, dishes: Iterable[Dish]) -> Shop:
    """The shop with the dishes it does not offer yet mixed into its menu at random places."""
    offered = {dish.word for dish in shop.menu}
    both = [*shop.menu, *(dish for dish in dishes if dish.word not in offered)]
    return with_menu(shop, town.some(both, len(both)))
