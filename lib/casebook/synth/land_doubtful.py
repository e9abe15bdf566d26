"""Planted cases in which an exemption may apply: a human must decide, so the bin is flagged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from casebook.synth import land_words as words
from casebook.synth.land_broken import masked_code
from casebook.synth.land_desk import Case, Desk
from casebook.synth.land_exempt import allotted, body_on, former_farmland, unregistered
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import due_by_year
from casebook.synth.land_parts import (
    certify_shared,
    declared_unpaid,
    firm_on,
    less,
    misdeclared,
    old_plot,
    owed,
    partly_paid,
    undeclared,
)
from casebook.synth.land_payments import Slip
from casebook.synth.land_rows import office_of


def flagged(exemption: str, kind: str = "not_registered") -> Case:
    """The case of an exemption that flags."""
    return Case(kind, "flagged", exemption)


def exempt_land_let(desk: Desk) -> None:
    """A public unit's or organ's land with a firm registered at its location."""
    use, head, name, form = desk.dice.pick(
        (
            ("教育用地", "12", "成人教育中心", "事业单位"),
            ("机关团体用地", "11", "机关事务服务局", "机关法人"),
        )
    )
    plot = allotted(desk, use)
    tenant = desk.make.firm(("商贸", "仓储", "物流"), address=plot.location)
    desk.list_in_market(tenant)
    desk.enrol(tenant, plot.district)
    unregistered(desk, body_on(desk, head, f"青禾区{name}", form, plot), plot, "exempt_unit_land_let", "flagged")


def infrastructure(desk: Desk) -> None:
    """Art. 6(7): energy, transport and water facilities of a company."""
    trade, use = desk.dice.pick(
        (("供电", "供电用地"), ("热力", "供热用地"), ("水利工程", "水工建筑用地"), ("铁路货场", "铁路用地"))
    )
    plot = allotted(desk, use, 8_000, 40_000)
    holder = desk.make.firm((trade,), address=plot.location)
    desk.list_in_market(holder)
    undeclared(desk, holder, plot, case=flagged("infrastructure_art6_7").named("infrastructure"))


def works_school(desk: Desk) -> None:
    """Art. 6(7): a school, kindergarten or hospital run by an enterprise."""
    plot = replace(old_plot(desk), use="教育用地")
    holder = firm_on(desk, plot, name=f"云州{words.brand(desk.dice)}集团职工子弟学校有限公司")
    undeclared(desk, holder, plot, case=flagged("infrastructure_art6_7").named("works_school"))


def individual_business(desk: Desk) -> None:
    """An individual business with land and no tax source."""
    plot = old_plot(desk, 900, 4_000)
    holder = desk.make.shop(plot.location)
    desk.list_in_market(holder)
    undeclared(desk, holder, plot, case=flagged("small_entity_relief").named("individual_business"))


def halved_under_minimum(desk: Desk) -> None:
    """A small-scale payer lacks 1,500 yuan: halved it would be under the minimum of 1,000."""
    plot = old_plot(desk)
    case = flagged("small_entity_relief", "short_paid")
    partly_paid(desk, plot, less(plot, {2025: 150_000}), case.named("halved_under_minimum"), vat="小规模纳税人")


def storage(desk: Desk) -> None:
    """A logistics firm filed the half rate for bulk commodity storage without proof of the share, and paid half."""
    plot = replace(old_plot(desk, 15_000, 60_000), use="仓储用地")
    missing = {year: fen // 2 for year, fen in due_by_year([plot]).items()}
    case = flagged("bulk_commodity_storage", "short_paid")
    name = f"云州{words.brand(desk.dice)}物流仓储有限公司"
    holder = partly_paid(desk, plot, less(plot, missing), case.named("bulk_commodity_storage"), name=name)
    desk.relieve(holder, "物流企业大宗商品仓储设施用地减半", ("2023-01-01", "2027-12-31"), "50%", None)


def high_tech(desk: Desk) -> None:
    """A firm filed the relief of high-tech enterprises without proof, and paid half."""
    plot = old_plot(desk, 8_000, 30_000)
    missing = {year: fen // 2 for year, fen in due_by_year([plot]).items()}
    case = flagged("high_tech_enterprise", "short_paid")
    holder = partly_paid(desk, plot, less(plot, missing), case.named("high_tech_enterprise"))
    desk.relieve(holder, "高新技术企业城镇土地使用税优惠", ("2022-01-01", "2025-12-31"), "50%", None)


def actual_user(desk: Desk) -> None:
    """Another taxpayer declares land at the same location, without parcel code, and pays for it."""
    plot = old_plot(desk)
    user = desk.make.firm(district=plot.district)
    desk.list_in_market(user)
    desk.enrol(user, plot.district)
    _declares_here(desk, user, plot)
    undeclared(desk, firm_on(desk, plot), plot, case=flagged("actual_user_pays").named("actual_user_pays"))


def _declares_here(desk: Desk, user: Holder, plot: Plot) -> None:
    desk.declare(user, plot, 宗地代码=None)
    desk.pay(Slip(user, office_of(plot.district)), due_by_year([plot]))


def co_owner(desk: Desk) -> None:
    """Owners in equal shares; one declares the whole area by location only and pays it: both sides are doubtful."""
    whole = desk.make.plot(desk.dice.between(40, 150) * 20_000)
    payer, other = firm_on(desk, whole), desk.make.firm(district=whole.district)
    desk.list_in_market(other)
    number = certify_shared(desk, payer, other, whole)
    desk.enrol(payer, whole.district)
    _declares_here(desk, payer, whole)
    desk.enrol(other, whole.district)
    half = owed(whole.share(50))
    desk.plant(flagged("co_owner_paid").named("co_owner_paid"), half, [number])
    desk.plant(flagged("co_owner_paid", "overpaid").named("co_owner_paid_payer"), half, [number])


def collective_lessee(desk: Desk) -> None:
    """Collective land leased to a firm: the lessee should pay, by whose declaration is open."""
    plot = _collective(desk, "租赁")
    undeclared(desk, firm_on(desk, plot), plot, case=flagged("leased_collective_land").named("collective_lessee"))


def collective_owner(desk: Desk) -> None:
    """Collective land in the name of the village's co-operative, put out to lease."""
    plot = _collective(desk, "入市出租")
    name = f"青禾区{desk.dice.pick('东西南北前后大小上下')}{desk.dice.pick(('王庄', '李家', '刘集'))}村股份经济合作社"
    holder = desk.make.body("N2", name, "农村集体经济组织", plot.location)
    undeclared(desk, holder, plot, case=flagged("leased_collective_land").named("collective_owner"))


def _collective(desk: Desk, nature: str) -> Plot:
    plot = old_plot(desk)
    return replace(plot, parcel=plot.parcel[:12] + "JB" + plot.parcel[14:], right="集体建设用地使用权", nature=nature)


def free_use(desk: Desk) -> None:
    """The tax source says that the land is used free of charge between an exempt unit and a taxpayer."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot, 减免性质=desk.dice.pick(("免税单位无偿使用纳税单位土地", "无偿提供给免税单位使用")))
    desk.plant(flagged("free_use_of_exempt_land", "not_declared").named("free_use"), owed(plot), numbers)


def in_register(desk: Desk, event: str) -> None:
    """The market register shows an event that may have moved land or duty to another firm."""
    plot = old_plot(desk)
    holder = desk.make.firm(address=plot.location)
    day = desk.dice.day(date(2022, 1, 1), date(2025, 6, 30))
    desk.list_in_market(holder, 变更事项=event, 变更日期=day.isoformat())
    declared_unpaid(desk, holder, plot, case=flagged("register_event", "not_declared").named("register_event"))


def merged_or_divided(desk: Desk) -> None:
    """Merger or division in the market register."""
    in_register(desk, desk.dice.pick(("存续分立", "吸收合并", "派生分立", "新设合并")))


def court_sale(desk: Desk) -> None:
    """Sold by the court, transfer not yet registered."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    number = desk.certify(holder, plot, 抵押查封="法院拍卖成交，尚未办理转移登记")
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot)
    desk.plant(flagged("register_event", "not_declared").named("court_sale"), owed(plot), [number])


def branch(desk: Desk) -> None:
    """A branch with land of its own; its head office, without land here, declares and pays."""
    plot = old_plot(desk)
    head = desk.make.firm(district=plot.district)
    desk.list_in_market(head)
    desk.enrol(head, plot.district)
    desk.declare(head, plot, 坐落=head.address, 宗地代码=None)
    desk.pay(Slip(head, office_of(plot.district)), due_by_year([plot]))
    holder = desk.make.firm(name=f"{head.name}青禾第一分公司", address=plot.location, form="有限责任公司分公司")
    desk.list_in_market(holder, 隶属企业=head.name)
    undeclared(desk, holder, plot, case=flagged("branch_or_head_pays").named("branch_or_head_pays"))


def idle(desk: Desk) -> None:
    """Land left idle for a cause of the government's, or taken back, by the land bureau's own decision."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    cause = desk.dice.pick(("经认定属政府原因造成土地闲置，延长动工期限", "政府原因闲置，协议有偿收回"))
    desk.penalise(holder, plot, desk.dice.day(date(2022, 3, 1), date(2022, 12, 20)), cause)
    undeclared(desk, holder, plot, case=flagged("idle_by_government").named("idle_by_government"))


def administrator(desk: Desk) -> None:
    """Bankrupt, 非正常户 or deregistered: a claim to the administrator or liquidator."""
    tax, market = desk.dice.pick((("非正常", "吊销，未注销"), ("注销", "注销"), ("正常", "破产清算")))
    plot = old_plot(desk)
    holder = desk.make.firm(address=plot.location)
    desk.list_in_market(holder, 登记状态=market)
    numbers = desk.hold(holder, [plot])
    desk.enrol(holder, plot.district, 纳税人状态=tax)
    desk.declare(holder, plot)
    desk.plant(flagged("claim_to_administrator", "not_declared").named("administrator"), owed(plot), numbers)


def two_names(desk: Desk) -> None:
    """One code, two clearly different names: in the land register, and with tax bureau and market regulator."""
    plot = old_plot(desk)
    holder = desk.make.firm()
    desk.list_in_market(holder)
    desk.enrol(holder, plot.district)
    other = replace(desk.make.firm(), code=holder.code)
    number = desk.certify(other, plot)
    desk.plant(flagged("name_conflict").named("name_conflict"), owed(plot), [number])


def approved_after_handover(desk: Desk) -> None:
    """Farmland handed over months before its requisition was approved: one of the dates is in doubt."""
    handed = desk.dice.day(date(2024, 3, 1), date(2025, 3, 31))
    approved = handed + timedelta(days=desk.dice.between(60, 200))
    case = flagged("approval_after_handover").named("approval_after_handover")
    former_farmland(desk, approved, handed, case)


def paid_after_the_end(desk: Desk) -> None:
    """The lease ended in June 2024 by its term, the row is still current; tax was paid on to the end of 2025."""
    plot = replace(old_plot(desk), until=date(2024, 6, 30), nature="租赁")
    misdeclared(
        desk,
        plot,
        replace(plot, until=date(2060, 1, 1)),
        flagged("right_may_run_on", "overpaid").named("paid_after_the_end"),
    )


def name_and_address(desk: Desk) -> None:
    """A certificate without number or with a masked one: known by name and address only (T3)."""
    plot = old_plot(desk)
    holder = firm_on(desk, plot)
    number = desk.certify(holder, plot, 权利人证件号=masked_code(holder.code) if desk.dice.chance(0.5) else None)
    desk.enrol(holder, plot.district)
    desk.declare(holder, plot)
    desk.plant(flagged("weak_match", "not_declared").named("weak_match"), owed(plot), [number])


CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *((exempt_land_let, 5), (infrastructure, 6), (works_school, 2), (individual_business, 8)),
    *((halved_under_minimum, 4), (storage, 5), (high_tech, 4), (actual_user, 5), (co_owner, 4)),
    *((collective_lessee, 4), (collective_owner, 3), (free_use, 3), (merged_or_divided, 4), (court_sale, 3)),
    *((branch, 5), (idle, 4), (administrator, 6), (two_names, 4), (name_and_address, 4)),
    *((approved_after_handover, 3), (paid_after_the_end, 2)),
)
"""Each maker of a case with how many of it stand at the `seed` scale."""
