"""What a shop's page shows: the truthful page, and the slips of the eye that read it."""

from datetime import date, datetime, timedelta
from typing import Final

from casebook.synth.catering_facts import UNGRADED, Grade, Licence, Operator, Page
from casebook.synth.catering_licences import CAPTURE
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import NOTHING_SHOWN, PLATFORMS, SHOWN_GRADES
from casebook.synth.world import DISTRICT

_KINDS: Final = ("普通店铺", "普通店铺", "品牌店铺", "连锁店铺")
_SLIPS: Final = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z"}
_WIDE: Final = str.maketrans("0123456789JY", "０１２３４５６７８９ＪＹ")


def truthful(town: Town, operator: Operator, of: Licence | None, given: Grade | None) -> Page:
    """A page that shows the licence and the grade as the lists have them, captured in the capture week."""
    platform = town.between(0, len(PLATFORMS) - 1)
    until = shown_date(town, of.until) if of else ""
    return Page(
        platform=platform,
        name=shop_name(town, operator),
        operator=shown_operator(town, operator.name) if of else operator.name,
        number=shown_number(town, of.number) if of else "",
        until=until,
        address=shown_address(town, operator.address),
        grade=shown_grade(town, given.dynamic if given else UNGRADED),
        captured=captured(town, town.day(*CAPTURE)),
        state=town.pick(("营业中", "营业中", "正常营业")),
        kind=town.pick(_KINDS),
    )


def captured(town: Town, day: date) -> datetime:
    """A moment between 9 and 18 o'clock of the day."""
    return datetime(day.year, day.month, day.day, 9) + timedelta(seconds=town.between(0, 9 * 3600))


def shop_name(town: Town, operator: Operator) -> str:
    """The shop's own name, which is not the licence's: brand, trade and street."""
    name = operator.brand + operator.trade.removesuffix("店").removesuffix("馆")
    branch = town.pick((f"({operator.road}店)", f"（{operator.township}店）", "", f"·{operator.road}店"))
    return town.pick(("", "", "", "🔥", "【品牌】")) + name + branch


def shown_operator(town: Town, name: str) -> str:
    """The operator as shown; one page in thirty adds or drops the city."""
    if not town.chance(0.03):
        return name
    return name.removeprefix("云州市") if name.startswith("云州市") else f"云州市{name}"


def shown_number(town: Town, number: str) -> str:
    """The number as shown: some in small letters, full width, or with blanks; nothing misread."""
    if not town.chance(0.06):
        return number
    return town.pick(
        (number.lower(), number.translate(_WIDE), f"{number[:6]} {number[6:12]} {number[12:]}", f" {number}\t")
    )


def shown_address(town: Town, address: str) -> str:
    """The address as shown: whole, without the city, or with a storey."""
    short = address.removeprefix("云州市")
    return town.pick((address, address, address, short, f"{address}一楼", f"{DISTRICT[:3]} {short}"))


def shown_date(town: Town, day: date) -> str:
    """A date in one of the ways pages write it; one in forty shows 长期 instead."""
    if town.chance(0.025):
        return "长期"
    return town.pick((day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}"))


def shown_grade(town: Town, level: int) -> str:
    """The level in letter, word or face; for `UNGRADED` an empty field or 暂无."""
    return town.pick(NOTHING_SHOWN if level == UNGRADED else SHOWN_GRADES[level])


def misread(town: Town, number: str) -> str:
    """The number with one character misread (0 as O, 1 as I …), one digit wrong or one missing."""
    slips = [place for place in range(2, len(number)) if number[place] in _SLIPS]
    place = town.pick(slips) if slips and town.chance(0.6) else town.between(9, len(number) - 1)
    if number[place] in _SLIPS and town.chance(0.75):
        return number[:place] + _SLIPS[number[place]] + number[place + 1 :]
    if town.chance(0.5):
        return number[:place] + number[place + 1 :]
    return number[:place] + str((int(number[place]) + town.between(1, 9)) % 10) + number[place + 1 :]


def unreadable(town: Town, number: str) -> str:
    """The number with five or more of its digits lost: no listed number lies near it."""
    return town.pick(
        (
            f"{number[:5]}******{number[-3:]}",
            number[:10],
            f"{number[:4]}?{number[8:10]}??{number[-2:]}",
            f"JY{number[-6:]}",
        )
    )
