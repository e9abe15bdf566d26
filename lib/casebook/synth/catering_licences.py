"""Food licences and small-catering certificates: the words of their items and the dates they run.

Items are written in the words of the issue date: 食品经营许可管理办法 (2015-10-01 to 2023-11-30), then
食品经营许可和备案管理办法 (from 2023-12-01), which has no item for pastry.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from casebook.synth.catering_dishes import COLD, DRINK, HOT, PACKAGED, PASTRY, RAW
from casebook.synth.catering_facts import Certificate, Grade, Licence, Operator
from casebook.synth.catering_town import INDIVIDUAL, Town

NEW_RULES: Final = date(2023, 12, 1)
LIST_DATE: Final = date(2026, 3, 25)
CAPTURE: Final = (date(2026, 3, 16), date(2026, 3, 20))
_OLD_RULES_ISSUE: Final = (date(2021, 4, 20), date(2023, 11, 30))
_NEW_RULES_ISSUE: Final = (NEW_RULES, date(2025, 10, 31))
_SEPARATORS: Final = (",", "，", "、", ";", "；", "、", "/", " ")

PHRASES_2015: Final[dict[str, tuple[str, ...]]] = {
    HOT: ("热食类食品制售", "热食类食品制售", "热食类食品制售(含火锅)"),
    COLD: ("冷食类食品制售", "冷食类食品制售", "冷食类食品制售（含凉菜）"),
    RAW: ("生食类食品制售", "生食类食品制售（含生食海产品）"),
    PASTRY: ("糕点类食品制售", "糕点类食品制售（含裱花蛋糕）", "糕点类食品制售(含裱花)"),
    DRINK: ("自制饮品制售", "自制饮品制售（不含自酿酒）", "自制饮品制售(不含使用压力容器制作饮品)"),
    PACKAGED: ("预包装食品（含冷藏冷冻食品）销售", "预包装食品销售", "预包装食品(不含冷藏冷冻食品)销售"),
}
PHRASES_2023: Final[dict[str, tuple[str, ...]]] = {
    HOT: ("热食类食品制售",),
    COLD: ("冷食类食品制售", "冷食类食品制售", "冷食类食品制售(含凉菜)"),
    RAW: ("生食类食品制售",),
    DRINK: ("自制饮品制售", "自制饮品制售（不含自酿酒）"),
    PACKAGED: ("散装食品和预包装食品销售", "散装食品销售"),
}
PLAIN_PASTRY: Final = ("糕点类食品制售（不含裱花蛋糕）", "糕点类食品制售(不含裱花)")
_FORMS: Final = {
    1: ("食品销售经营者",),
    2: ("餐饮服务经营者", "餐饮服务经营者(小型餐饮)", "餐饮服务经营者"),
    3: ("单位食堂",),
}
_SMALL_SCOPES: Final = ("热食类食品制售", "小餐饮（热食类，不含生食、裱花蛋糕）", "热食类食品制售、预包装食品")


def licence(
    town: Town, operator: Operator, items: Collection[str], *, under_2023: bool | None = None, form: int = 2
) -> Licence:
    """A licence in force on every capture date that covers `items`, at least 136 days old.

    `under_2023` fixes the vocabulary; by itself pastry is always licensed in the words of 2015.
    """
    if under_2023 is None:
        under_2023 = PASTRY not in items and town.chance(0.4)
    table = PHRASES_2023 if under_2023 else PHRASES_2015
    phrases = tuple(town.pick(table[item]) for item in table if item in items)
    issued = town.day(*(_NEW_RULES_ISSUE if under_2023 else _OLD_RULES_ISSUE))
    number, words = town.number(form), town.pick(_FORMS[form])
    heading = "餐饮服务：" if under_2023 and form == 2 and town.chance(0.3) else ""
    until, between = five_years(issued), town.pick(_SEPARATORS)
    state = "正常" if town.chance(0.2) else "有效"
    return Licence(number, operator, words, phrases, between, issued, until, state, heading=heading)


def five_years(issued: date) -> date:
    """The last day of a licence of five years: the day before the anniversary (of 28 February for a leap day)."""
    day = 28 if (issued.month, issued.day) == (2, 29) else issued.day
    return date(issued.year + 5, issued.month, day) - timedelta(days=1)


def expired_on(until: date) -> date:
    """The issue date of a licence of five years whose last day is `until`."""
    following = until + timedelta(days=1)
    day = 28 if (following.month, following.day) == (2, 29) else following.day
    return date(following.year - 5, following.month, day)


def grade(town: Town, of: Licence, level: int | None = None) -> Grade:
    """The grade row of a licence; of licences issued in 2025 the annual grade may still be 未评定."""
    level = level or town.pick((1, 1, 1, 2, 2, 2, 3))
    last = min(of.until, date(2026, 2, 27))
    graded = town.day(max(of.issued + timedelta(days=20), last - timedelta(days=400)), last)
    annual = 0 if of.issued.year == 2025 and town.chance(0.6) else level
    return Grade(of.number, of.operator, level, annual, graded)


def certificate(town: Town, operator: Operator) -> Certificate:
    """A small-catering certificate in force on every capture date; it covers hot food."""
    issued = town.day(date(2023, 6, 1), date(2025, 9, 30))
    until = date(issued.year + 3, issued.month, min(issued.day, 28))
    return Certificate(town.certificate_number(), operator, town.pick(_SMALL_SCOPES), issued, until)


def firm_scope(operator: Operator) -> str:
    """The business scope on the business licence, which alone permits nothing."""
    trade = "食品销售" if operator.trade in ("便利店", "超市", "副食店") else "餐饮服务"
    tail = "小餐饮" if operator.firm_type == INDIVIDUAL else "餐饮管理；外卖递送服务"
    return f"许可项目：{trade}（依法须经批准的项目，经相关部门批准后方可开展经营活动）；一般项目：{tail}"
