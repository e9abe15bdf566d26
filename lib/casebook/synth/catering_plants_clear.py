"""Planted near misses: nothing is wrong, though a careless rule would say so."""

from dataclasses import replace
from datetime import timedelta

from casebook.synth.catering_facts import Page, Shop
from casebook.synth.catering_menus import lookalikes, of_group
from casebook.synth.catering_pages import captured, shown_date
from casebook.synth.catering_plants_display import GRADED, cancelled_undated, expired_at_capture, named_with_slip
from casebook.synth.catering_plants_excused import without_number
from casebook.synth.catering_shops import mixed, regular, with_licence, with_page
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import HOT_ONLY


def packaged_only(town: Town) -> Shop:
    """Many packaged drinks and snacks without an item for their sale."""
    shop = regular(town, town.pick(HOT_ONLY))
    return mixed(town, shop, of_group(town, "packaged", 12))


def misleading_words(town: Town) -> Shop:
    """At least four dishes whose words suggest an item that the licence lacks."""
    shop = regular(town, town.pick(HOT_ONLY))
    return mixed(town, shop, lookalikes(town, shop.items, 8))


def several_brands(town: Town) -> Shop:
    """Two or three shops of one operator in one kitchen, all showing the one licence (一照多店)."""
    shop = regular(town, town.pick(GRADED))
    brands = [town.operator(town.pick(HOT_ONLY)) for _ in range(town.between(1, 2))]
    return replace(shop, twins=tuple(_branded(town, shop, brand.brand + brand.trade) for brand in brands))


def _branded(town: Town, shop: Shop, name: str) -> Page:
    return replace(shop.page, name=name, captured=captured(town, shop.page.captured.date()))


def misread_number(town: Town) -> Shop:
    """One character of the number misread; the listed number beside it bears the same name."""
    return named_with_slip(town, regular(town, town.pick(GRADED)))


def ends_at_capture(town: Town) -> Shop:
    """The capture day is the licence's last day."""
    return expired_at_capture(town, 0)


def cancelled_later(town: Town) -> Shop:
    """The licence was cancelled one to four days after the capture, before the list was drawn."""
    shop = cancelled_undated(town)
    day = shop.page.captured.date() + timedelta(days=town.between(1, 4))
    return with_licence(shop, replace(shop.licences[0], cancelled=day))


def number_not_shown(town: Town) -> Shop:
    """No number on the page; operator and address lead to a licence in force."""
    return without_number(town, regular(town, town.pick(GRADED)))


def never_graded(town: Town) -> Shop:
    """An old licence that the grade list does not hold; no grade shown."""
    return regular(town, town.pick(GRADED), graded=False)


def moved(town: Town) -> Shop:
    """The licensed operator's name at another address of the district."""
    shop = regular(town, town.pick(GRADED))
    other = town.operator(town.pick(GRADED))
    while other.township == shop.operator.township:
        other = town.operator(town.pick(GRADED))
    return with_page(shop, address=other.address, operator=shop.operator.name)


def typed_oddly(town: Town) -> Shop:
    """The number in full-width or small letters, or with blanks."""
    shop = regular(town, town.pick(GRADED))
    number = shop.licences[0].number
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    return with_page(shop, number=town.pick((wide, number.lower(), f"{number[:8]} {number[8:]}", f"\u3000{number}")))


def without_end(town: Town) -> Shop:
    """The page shows 长期; the list has the true last day, still to come."""
    return with_page(regular(town, town.pick(GRADED)), until="长期")


def extended_in_list(town: Town) -> Shop:
    """The page shows an old last day; the list shows that the licence was extended under its number."""
    shop = regular(town, town.pick(GRADED), under_2023=False)
    old = shop.licences[0].issued
    return with_page(shop, until=shown_date(town, old))
