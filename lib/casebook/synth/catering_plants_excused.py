"""Planted cases of display that something excuses, or that only a human can decide."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth.catering_facts import Shop
from casebook.synth.catering_licences import certificate, five_years
from casebook.synth.catering_pages import shop_name, unreadable
from casebook.synth.catering_plants_display import (
    CANCELLED,
    GRADED,
    anothers,
    expired,
    grade_hidden,
    grade_hidden_at_age,
)
from casebook.synth.catering_plants_scope import beyond_cold, canteen, with_kitchen_form
from casebook.synth.catering_shops import regular, unlicensed, with_licence, with_page
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import HOT_ONLY, NOTHING_SHOWN

_CLOSED: Final = ("已关店", "停业", "已下线", "暂停营业")


def small_catering(town: Town) -> Shop:
    """A valid small-catering certificate, nothing shown on the page."""
    shop = unlicensed(town, town.pick(HOT_ONLY))
    return replace(shop, certificate=certificate(town, shop.operator))


def small_catering_shown(town: Town) -> Shop:
    """A valid small-catering certificate whose number stands where the licence's would."""
    shop = small_catering(town)
    number = shop.certificate.number if shop.certificate else ""
    return with_page(shop, number=number)


def ungraded(town: Town) -> Shop:
    """In the grade list as 未评定, none shown."""
    shop = grade_hidden(town)
    return replace(shop, grades=(replace(shop.grades[0], dynamic=0, annual=0),))


def grade_hidden_119(town: Town) -> Shop:
    """Graded, none shown, licence 119 days old."""
    return grade_hidden_at_age(town, 119)


def closed_expired(town: Town) -> Shop:
    """Expired, and the shop was closed when captured."""
    return with_page(expired(town), state=town.pick(_CLOSED))


def closed_ungraded_page(town: Town) -> Shop:
    """Grade hidden, and the shop was closed when captured."""
    return with_page(grade_hidden(town), state=town.pick(_CLOSED))


def closed_beyond_scope(town: Town) -> Shop:
    """Beyond scope, and the shop was closed when captured."""
    return with_page(beyond_cold(town), state=town.pick(_CLOSED))


def platform_test(town: Town) -> Shop:
    """A test shop of the platform without any licence."""
    shop = unlicensed(town, town.pick(HOT_ONLY))
    return with_page(
        shop, name=f"测试店铺{town.between(1, 99)}（请勿下单）", kind=town.pick(("测试店铺", "平台测试店铺"))
    )


def renewed_after_expiry(town: Town) -> Shop:
    """The page still shows the expired number; the operator has a newer licence in force."""
    shop = expired(town)
    return _renewed(town, shop, shop.licences[0].until)


def renewed_after_cancellation(town: Town) -> Shop:
    """The page still shows the number that was cancelled when the operator got a new one."""
    shop = regular(town, town.pick(GRADED), under_2023=False)
    shop = with_licence(shop, replace(shop.licences[0], state=CANCELLED[0]))
    old, new = _renewed(town, shop, date(2026, 2, 10)).licences
    return replace(shop, licences=(replace(old, cancelled=new.issued), new))


def _renewed(town: Town, shop: Shop, near: date) -> Shop:
    issued = min(near, date(2026, 3, 10)) - timedelta(days=town.between(1, 40))
    # The newer licence carries the same items over in the same words (they are the same under both rules).
    new = replace(shop.licences[0], number=town.number(), issued=issued, until=five_years(issued), state="有效")
    return replace(shop, licences=(*shop.licences, new))


def renewal_pending(town: Town) -> Shop:
    """Expired, with an application for renewal before the end (延续申请日期, state 延续办理中 or 有效)."""
    shop = expired(town)
    of = shop.licences[0]
    applied = of.until - timedelta(days=town.between(5, 40))
    state = town.pick(("延续办理中", "延续办理中", "有效"))
    return with_licence(shop, replace(of, renewal=applied, state=state))


def central_kitchen_number(town: Town) -> Shop:
    """A chain shop under its own name shows the licence of the head's central kitchen elsewhere."""
    shop = with_kitchen_form(town, anothers(town))
    return replace(shop, grades=(), page=replace(shop.page, grade=town.pick(NOTHING_SHOWN)), licences=shop.licences[:1])


def canteen_grade_hidden(town: Town) -> Shop:
    """A canteen (form 3) that hides its grade."""
    return with_page(canteen(town), grade=town.pick(NOTHING_SHOWN))


def unlisted(town: Town) -> Shop:
    """A number with a good check digit that the list does not hold."""
    shop = regular(town, town.pick(HOT_ONLY), graded=False)
    return replace(shop, licences=())


def another_name_same_address(town: Town) -> Shop:
    """The number belongs to an operator with another name at this very address."""
    shop = regular(town, town.pick(GRADED))
    other = town.operator(town.pick(GRADED), company_share=0.0)
    while set(other.brand) & set(shop.operator.brand):
        other = town.operator(town.pick(GRADED), company_share=0.0)
    here = replace(other, address=shop.operator.address, township=shop.operator.township, road=shop.operator.road)
    shown = with_page(shop, operator=here.name, address=here.address, name=shop_name(town, here))
    return replace(shown, operator=here)


def found_by_name_expired(town: Town) -> Shop:
    """No number shown; the licence found by name and address has expired."""
    return without_number(town, expired(town))


def found_by_name_beyond(town: Town) -> Shop:
    """No number shown; the licence found by name and address does not cover the dishes."""
    return without_number(town, beyond_cold(town))


def without_number(town: Town, shop: Shop) -> Shop:
    """The page without licence number and date, with the operator's name and address as in the list."""
    of = shop.licences[0].operator
    return with_page(shop, number=town.pick(("", "暂无")), until="", operator=of.name, address=of.address)


def number_unreadable(town: Town) -> Shop:
    """Too much of the number is lost, and the page gives neither operator nor address."""
    shop = regular(town, town.pick(GRADED))
    return with_page(shop, number=unreadable(town, shop.licences[0].number), operator="", address="", until="")
