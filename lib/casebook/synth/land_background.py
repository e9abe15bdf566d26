"""The many holders with whom nothing is wrong: declared truly, paid to the fen, written down with the usual dirt."""

from dataclasses import replace
from datetime import date
from typing import Final

from casebook.synth.land_cells import square_metres
from casebook.synth.land_desk import Desk
from casebook.synth.land_facts import Holder, Plot
from casebook.synth.land_law import OUTSIDE_TAX_AREA, due_by_year
from casebook.synth.land_makers import TAXED
from casebook.synth.land_parts import certify_shared, firm_on
from casebook.synth.land_payments import Slip
from casebook.synth.land_rows import office_of
from casebook.synth.land_words import respelt

_NEW_SHARE: Final = 0.15
_CONTRACT_SHARE: Final = 0.3
_OLD_NUMBER_SHARE: Final = 0.03
_RESPELT_SHARE: Final = 0.05
_SHARED_SHARE: Final = 0.02
_HISTORY_SHARE: Final = 0.06
_WRONG_UNIT_SHARE: Final = 0.005
_OLD_CERTIFICATE_SHARE: Final = 0.08
_USES: Final = ("工业用地", "工业用地", "工业用地", "仓储用地", "商服用地", "其他商服用地", "商务金融用地")


def settle(desk: Desk, parcels: int) -> None:
    """Fills the register up to about so many parcels with holders who owe nothing."""
    while len(desk.rows["registry_real_estate"]) < parcels:
        if desk.dice.chance(_SHARED_SHARE):
            _co_owners(desk)
        else:
            _holder(desk)


def _holder(desk: Desk) -> None:
    dice = desk.dice
    district = dice.pick(TAXED)
    plots = [_plot(desk, district) for _ in range(dice.pick((1, 1, 1, 1, 1, 2, 2, 3)))]
    holder = desk.make.firm(district=district, address=plots[0].location)
    for plot in plots:
        desk.certify(holder, plot, **_papers(desk, holder, plot))
        if not plot.signed and dice.chance(_HISTORY_SHARE):
            desk.certify(desk.make.firm(district=district), replace(plot, feature="F00010001"), 权属状态="历史")
        if plot.signed:
            # The clerk typed square metres under the header 公顷.
            mistyped = {"面积(公顷)": square_metres(plot.area_dm2)} if dice.chance(_WRONG_UNIT_SHARE) else {}
            desk.supply(holder, plot, **mistyped)
    desk.list_in_market(holder)
    desk.enrol(holder, district)
    for plot in plots:
        desk.declare(holder, plot)
    name = respelt(holder.name) if dice.chance(_RESPELT_SHARE) else ""
    slip = Slip(holder, office_of(district), is_old_number=dice.chance(_OLD_NUMBER_SHARE), name=name)
    desk.pay(slip, due_by_year(plots), plots)


def _co_owners(desk: Desk) -> None:
    """Two firms on one certificate, each declaring and paying its own share of the area."""
    dice = desk.dice
    whole = desk.make.plot(dice.between(20, 300) * 10_000)
    percent, shares = dice.pick(((50, "共同共有"), (60, "按份共有（60%、40%）"), (70, "按份共有（70%、30%）")))
    pair = firm_on(desk, whole), desk.make.firm(district=whole.district)
    desk.list_in_market(pair[1])
    certify_shared(desk, *pair, whole, shares)
    for holder, part in zip(pair, (percent, 100 - percent), strict=True):
        desk.pay_in_full(holder, [whole.share(part)])


def _plot(desk: Desk, district: str) -> Plot:
    """Mostly old land; some handed over inside the period, always by contract."""
    dice, use = desk.dice, desk.dice.pick(_USES)
    if dice.chance(_NEW_SHARE):
        return desk.make.contracted(dice.day(date(2022, 12, 1), date(2025, 9, 30)), district=district, use=use)
    if dice.chance(_CONTRACT_SHARE):
        return desk.make.contracted(dice.day(date(2008, 1, 1), date(2022, 6, 30)), district=district, use=use)
    return desk.make.plot(district=district, use=use)


def _papers(desk: Desk, holder: Holder, plot: Plot) -> dict[str, str | None]:
    """Certificates of before 2015 may still show the organisation code, as 74218321-3."""
    if plot.registered.year < 2015 and desk.dice.chance(_OLD_CERTIFICATE_SHARE):
        code = holder.organisation
        return {"权利人证件号": f"{code[:8]}-{code[8]}"}
    return {}


def fail_auctions(desk: Desk, count: int) -> None:
    """Auctions without a buyer, left in the list of contracts with 流拍 for a price and no holder."""
    for _ in range(count):
        plot = desk.make.contracted(desk.dice.day(date(2021, 1, 4), date(2025, 10, 31)))
        nobody: dict[str, str | None] = dict.fromkeys(("土地使用权人", "统一社会信用代码", "项目名称", "约定交地时间"))
        desk.supply(desk.make.firm(), plot, **nobody, **{"成交价格(万元)": "流拍"})


def offend(desk: Desk, count: int) -> None:
    """Decisions about unlawful building on land outside the register, of no meaning for this tax."""
    for _ in range(count):
        plot = desk.make.plot(desk.make.size(200, 3_000), desk.dice.pick(OUTSIDE_TAX_AREA))
        disposal = desk.dice.pick(("已拆除复耕", "已缴纳罚款", "没收地上建筑物", "申请法院强制执行"))
        desk.penalise(desk.make.firm(), plot, desk.dice.day(date(2020, 1, 5), date(2025, 11, 30)), disposal)
