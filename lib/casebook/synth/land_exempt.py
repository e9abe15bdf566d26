"""Planted cases whose land is proven exempt: nothing is paid, so that the rule fires before the exemption."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth import land_words as words
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_facts import FOREVER, Holder, Plot
from casebook.synth.land_law import due_by_year
from casebook.synth.land_parts import declared_unpaid, firm_on, less, old_plot, owed, partly_paid, undeclared


def allotted(desk: Desk, use: str, low: int = 2_000, high: int = 30_000) -> Plot:
    """State land allotted 划拨 without price and end, for the given use."""
    return replace(old_plot(desk, low, high), use=use, nature="划拨", until=FOREVER)


def body_on(desk: Desk, head: str, name: str, form: str, plot: Plot) -> Holder:
    """A state organ, public unit … sited on the plot."""
    return desk.make.body(head, name, form, plot.location)


def unregistered(desk: Desk, holder: Holder, plot: Plot, exemption: str, bin_: str = "excluded") -> None:
    """Land of a body without any land tax source; every second body has a tax registration (as withholder)."""
    numbers = desk.hold(holder, [plot])
    if desk.dice.chance(0.5):
        desk.enrol(holder, plot.district)
    desk.plant(Case("not_registered", bin_, exemption).named(exemption), owed(plot), numbers)


def state_organ(desk: Desk) -> None:
    """Art. 6: a state organ's or people's organisation's own land."""
    plot = allotted(desk, "机关团体用地")
    if desk.dice.chance(0.25):
        holder = body_on(desk, "13", f"云州市青禾区{desk.dice.pick(words.PEOPLES_BODIES)}", "群众团体", plot)
    else:
        holder = body_on(desk, "11", f"云州市青禾区{desk.dice.pick(words.ORGANS)}", "机关法人", plot)
    unregistered(desk, holder, plot, "state_organ_own_use")


def public_unit(desk: Desk) -> None:
    """Art. 6: a school, hospital … financed by the budget, own use."""
    unit = desk.dice.pick(words.PUBLIC_UNITS)
    use = "医疗卫生用地" if "院" in unit or "疾病" in unit else "教育用地"
    use = "文化设施用地" if unit in {"图书馆", "文化馆"} else use
    plot = allotted(desk, use)
    unregistered(desk, body_on(desk, "12", f"青禾区{unit}", "事业单位", plot), plot, "budget_unit_own_use")


def temple(desk: Desk) -> None:
    """Art. 6: a temple's own land."""
    plot = allotted(desk, "宗教用地", 1_500, 8_000)
    name = f"青禾区{desk.dice.pick(words.TEMPLES)}"
    unregistered(desk, body_on(desk, "71", name, "宗教活动场所", plot), plot, "religious_park_scenic")


def park(desk: Desk) -> None:
    """Art. 6: a public park or scenic site, own use."""
    use, name = desk.dice.pick((("公园与绿地", "人民公园管理处"), ("风景名胜设施用地", "青云山风景名胜区管理处")))
    plot = allotted(desk, use, 10_000, 60_000)
    unregistered(desk, body_on(desk, "12", f"青禾区{name}", "事业单位", plot), plot, "religious_park_scenic")


def street(desk: Desk) -> None:
    """Art. 6: a municipal street, square or public green belt."""
    plot = allotted(desk, desk.dice.pick(("城镇村道路用地", "广场用地", "公共绿地")), 5_000, 40_000)
    holder = body_on(desk, "12", f"青禾区{desk.dice.pick(words.CITY_SERVICES)}", "事业单位", plot)
    unregistered(desk, holder, plot, "municipal_public_land")


def farm(desk: Desk) -> None:
    """Art. 6: land used directly for farming, forestry, husbandry or fishery."""
    use = desk.dice.pick(("设施农用地", "果园", "坑塘水面", "水浇地", "林地"))
    plot = replace(old_plot(desk, 10_000, 60_000), use=use, nature="承包")
    holder = desk.make.firm(words.FARM_TRADES, address=plot.location)
    if desk.dice.chance(0.3):
        name = f"青禾区{words.brand(desk.dice)}种植专业合作社"
        holder = desk.make.body("93", name, "农民专业合作社", plot.location)
    desk.list_in_market(holder)
    unregistered(desk, holder, plot, "farming_land")


def reclaimed(desk: Desk) -> None:
    """Art. 6: reclaimed land inside its window of up to ten years, approved."""
    window = desk.dice.pick((("2019-03-01", "2029-02-28"), ("2021-01-01", "2025-12-31")))
    nature = desk.dice.pick(("改造的废弃土地免税", "开山填海整治的土地免税"))
    _relieved(desk, "reclaimed_land", nature, window)


def hardship(desk: Desk) -> None:
    """Art. 7: hardship relief with approval number, window exactly the period or wider."""
    window = desk.dice.pick((("2023-01-01", "2025-12-31"), ("2022-07-01", "2026-06-30")))
    _relieved(desk, "hardship_relief", "困难减免", window)


def _relieved(desk: Desk, exemption: str, nature: str, window: tuple[str, str]) -> None:
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    number = f"青税减〔{window[0][:4]}〕{desk.dice.between(1, 90)}号"
    desk.relieve(holder, nature, window, "100%", number)
    case = Case("not_declared", "excluded", exemption)
    declared_unpaid(desk, holder, plot, case=case.named(exemption))


def hardship_one_year(desk: Desk) -> None:
    """Hardship relief for one year, the year left unpaid; window edges are the year's first and last day."""
    plot, year = old_plot(desk), desk.dice.between(2023, 2025)
    missing = {year: due_by_year([plot])[year]}
    case = Case("not_declared", "excluded", "hardship_relief")
    holder = partly_paid(desk, plot, less(plot, missing), case.named("hardship_one_year"))
    desk.relieve(holder, "困难减免", (f"{year}-01-01", f"{year}-12-31"), "100%", f"青税减〔{year}〕8号")


def farmland_approved_lately(desk: Desk) -> None:
    """Allotted farmland whose requisition was approved inside 2025: the first anniversary lies after the period."""
    _requisitioned(desk, desk.dice.day(date(2025, 1, 1), date(2025, 6, 30)))


def farmland_anniversary_at_year_end(desk: Desk) -> None:
    """Approved 2024-12-31: first anniversary on the last day of the period, nothing due before 2026."""
    _requisitioned(desk, date(2024, 12, 31))


def _requisitioned(desk: Desk, approved: date) -> None:
    handed = approved + timedelta(days=desk.dice.between(10, 60))
    case = Case("not_registered", "excluded", "farmland_first_year")
    former_farmland(desk, approved, handed, case.named("farmland_first_year"))


def former_farmland(desk: Desk, approved: date, handed: date, case: Case, mode: str = "") -> None:
    """Requisitioned farmland handed over on the day, undeclared and unpaid; supplied without auction unless `mode` says so."""
    plot = desk.make.contracted(handed, desk.dice.between(80, 300) * 10_000)
    holder = firm_on(desk, plot)
    number = desk.certify(holder, plot)
    how = mode or desk.dice.pick(("划拨", "协议出让"))
    land = desk.dice.pick(("耕地", "水浇地", "旱地"))
    desk.supply(holder, plot, 供应方式=how, 征收前地类=land, 批准时间=approved.isoformat())
    desk.enrol(holder, plot.district)
    desk.plant(case, owed(plot), [number])


def home_plot(desk: Desk) -> None:
    """A person's home plot or town dwelling."""
    district = desk.dice.pick(("003", "004", "005", "006", "007", "008"))
    name, code = desk.make.person()
    parcel = desk.make.parcel(district, "JC")
    rural: dict[str, object] = {"right": "宅基地使用权", "nature": "批准拨用", "use": "农村宅基地", "parcel": parcel}
    urban: dict[str, object] = {"right": "国有建设用地使用权/房屋所有权", "use": "城镇住宅用地", "feature": "F00010001"}
    facts = rural if desk.dice.chance(0.7) else urban
    plot = desk.make.plot(desk.dice.between(160, 330) * 100, district, **facts)
    number = desk.certify(Holder(name, code, plot.location, name), plot)
    desk.plant(Case("not_registered", "excluded", "home_plot").named("home_plot"), owed(plot), [number])


def two_campuses(desk: Desk) -> None:
    """A public unit with two campuses: one case."""
    plots = [allotted(desk, "教育用地"), allotted(desk, "教育用地")]
    holder = body_on(desk, "12", f"青禾区{desk.dice.pick(words.PUBLIC_UNITS[:4])}", "事业单位", plots[0])
    undeclared(
        desk, holder, *plots, case=Case("not_registered", "excluded", "budget_unit_own_use").named("two_campuses")
    )


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *((state_organ, 14), (public_unit, 20), (temple, 5), (park, 4), (street, 8), (farm, 10), (reclaimed, 4)),
    *((hardship, 6), (hardship_one_year, 4), (farmland_approved_lately, 5), (farmland_anniversary_at_year_end, 2)),
    *((home_plot, 60), (two_campuses, 3)),
)
"""Each maker of a case with how many of it stand at the `seed` scale."""
