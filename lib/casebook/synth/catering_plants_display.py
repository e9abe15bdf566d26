"""Planted cases of display: no licence, an expired, another's or a cancelled one; the grade hidden or bettered."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth.catering_facts import Shop
from casebook.synth.catering_licences import NEW_RULES, certificate, five_years, grade
from casebook.synth.catering_pages import misread, shown_address, shown_date
from casebook.synth.catering_shops import ended, regular, running, unlicensed, with_licence, with_page
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import HOT_ONLY, NOTHING_SHOWN, SHOWN_GRADES

GRADED: Final = (*HOT_ONLY, "stir_fry", "cold", "tea", "salad")
CANCELLED: Final = ("注销", "吊销", "撤销", "已注销")


def nothing_licensed(town: Town) -> Shop:
    """No number on the page, none in the lists under the operator's name; the firm itself is registered."""
    return unlicensed(town, town.pick(GRADED))


def certificate_run_out(town: Town) -> Shop:
    """Only a small-catering certificate, which ended before the capture."""
    shop = unlicensed(town, town.pick(HOT_ONLY))
    held = certificate(town, shop.operator)
    until = town.day(date(2025, 5, 1), date(2026, 2, 20))
    return replace(shop, certificate=replace(held, issued=until - timedelta(days=1095), until=until))


def expired(town: Town) -> Shop:
    """The licence ended between nine months and two days before the capture; the page shows that date or a later."""
    until = town.day(date(2025, 6, 1), date(2026, 3, 13))
    shop = ended(regular(town, town.pick(GRADED), under_2023=False), until)
    if town.chance(0.3):
        shop = with_licence(shop, replace(shop.licences[0], state="已过期"))
    shown = until if town.chance(0.6) else date(until.year + 5, until.month, min(until.day, 28))
    return with_page(shop, until=shown_date(town, shown))


def expired_day_before(town: Town) -> Shop:
    """The licence ended on the day before the capture."""
    return expired_at_capture(town, 1)


def expired_at_capture(town: Town, days: int) -> Shop:
    """The licence's last day lies `days` days before the capture."""
    shop = regular(town, town.pick(GRADED), under_2023=False)
    until = shop.page.captured.date() - timedelta(days=days)
    return with_page(ended(shop, until), until=shown_date(town, until))


def expired_misread(town: Town) -> Shop:
    """An expired licence whose number is misread by one character, beside the operator's own name."""
    return named_with_slip(town, expired(town))


def named_with_slip(town: Town, shop: Shop) -> Shop:
    """The shop with its number misread by one character and the operator's name and address as in the list."""
    of = shop.licences[0]
    return with_page(shop, number=misread(town, of.number), operator=of.operator.name, address=of.operator.address)


def anothers(town: Town) -> Shop:
    """The number of an operator with another name at another address; one in four has a licence of its own too."""
    kitchen = town.pick(GRADED)
    lender, own = regular(town, kitchen), regular(town, kitchen)
    while set(own.operator.brand) & set(lender.operator.brand) or own.operator.township == lender.operator.township:
        own = regular(town, kitchen)
    shown = replace(
        lender.page,
        name=own.page.name,
        operator=own.operator.name,
        address=shown_address(town, own.operator.address),
    )
    held = own.licences if town.chance(0.25) else ()
    return replace(lender, operator=own.operator, page=shown, licences=(*lender.licences, *held))


def cancelled(town: Town) -> Shop:
    """The licence runs on by its date and was cancelled, revoked or withdrawn 0 to 60 days before the capture."""
    shop = cancelled_undated(town)
    day = shop.page.captured.date() - timedelta(days=town.between(0, 60))
    return with_licence(shop, replace(shop.licences[0], cancelled=day))


def cancelled_undated(town: Town) -> Shop:
    """The licence runs on by its date and is 注销, 吊销 or 撤销 in the list, which does not tell since when."""
    shop = regular(town, town.pick(GRADED))
    return with_licence(shop, replace(shop.licences[0], state=town.pick(CANCELLED)))


def grade_hidden(town: Town) -> Shop:
    """Graded, and no grade on the page."""
    return with_page(regular(town, town.pick(GRADED)), grade=town.pick(NOTHING_SHOWN))


def grade_hidden_at_age(town: Town, days: int) -> Shop:
    """Graded, none shown, the licence issued `days` days before the capture."""
    shop = regular(town, town.pick(GRADED), under_2023=True)
    issued = max(shop.page.captured.date() - timedelta(days=days), NEW_RULES)
    shop = with_page(running(shop, issued, five_years(issued)), grade=town.pick(NOTHING_SHOWN))
    return replace(shop, grades=(grade(town, shop.licences[0]),))


def grade_hidden_121(town: Town) -> Shop:
    """Graded, none shown, licence 121 days old."""
    return grade_hidden_at_age(town, 121)


def grade_bettered(town: Town) -> Shop:
    """The page shows a better grade than the list, in words that leave no doubt."""
    given = town.pick((2, 3, 3))
    return _graded(town, given, town.between(1, given - 1))


def grade_worsened(town: Town) -> Shop:
    """The page shows a worse grade than the list."""
    given = town.pick((1, 1, 2))
    return _graded(town, given, town.between(given + 1, 3))


def _graded(town: Town, given: int, shown: int) -> Shop:
    shop = regular(town, town.pick(GRADED))
    row = replace(shop.grades[0], dynamic=given, annual=given)
    words = tuple(word for word in SHOWN_GRADES[shown] if word != "笑脸")
    return with_page(replace(shop, grades=(row,)), grade=town.pick(words))
