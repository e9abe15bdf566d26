"""The agencies of the land-use-tax model: land bureau, tax bureau and market regulator, with planted truth."""

from collections.abc import Callable
from datetime import date
from typing import Final

import polars as pl

from casebook.synth import (
    land_background,
    land_broken,
    land_clear,
    land_doubtful,
    land_exempt,
    land_underpaid,
    land_unpaid,
)
from casebook.synth.land_desk import Desk
from casebook.synth.land_rows import COLUMNS, Row
from casebook.synth.table import Csv, Table, Xls, Xlsx
from casebook.synth.truth import Truth
from casebook.synth.world import World

_SEED_PARCELS: Final = 12_000
_CASES: Final[tuple[tuple[Callable[[Desk], None], int], ...]] = (
    *land_unpaid.CASES,
    *land_underpaid.CASES,
    *land_exempt.CASES,
    *land_doubtful.CASES,
    *land_clear.CASES,
    *land_broken.CASES,
)
_REGISTRY: Final = "registry_real_estate"
_GROUPS: Final = {
    "权利人情况": ("权利人", "权利人证件种类", "权利人证件号", "共有情况"),
    "权利情况": ("权利类型", "权利性质", "用途"),
    "使用期限": ("使用期限起", "使用期限止"),
}
_SHAPES: Final[dict[str, Csv | Xls | Xlsx]] = {
    _REGISTRY: Xlsx(
        titles=("青禾区不动产登记簿（土地）查询结果", "单位：平方米    制表日期：2026年3月31日"),
        groups=_GROUPS,
        totals=("宗地面积",),
        notes=("制表人：登记信息科", "本表仅供办案使用"),
        numeric=("宗地面积",),
        sheet="土地登记",
    ),
    "land_supply_contracts": Xls(numeric=("面积(公顷)", "成交价格(万元)"), sheet="供地合同"),
    "tax_registrations": Csv(),
    "tax_land_sources": Csv(delimiter="\t"),
    "tax_payments": Csv(),
    "market_registrations": Csv(encoding="utf-8-sig"),
    "tax_relief_filings": Xlsx(titles=("城镇土地使用税减免备案（核准）台账",), sheet="台账"),
    "land_use_penalties": Xlsx(
        titles=("自然资源行政处罚及闲置土地处置台账",), notes=("经办：执法监察科",), sheet="台账"
    ),
}
_NAMES: Final = {
    _REGISTRY: "不动产登记_土地",
    "land_supply_contracts": "土地供应合同",
    "tax_registrations": "税务登记信息",
    "tax_land_sources": "城镇土地使用税税源明细",
    "tax_payments": "税款征收明细_2023-2025",
    "market_registrations": "市场主体登记信息",
    "tax_relief_filings": "土地使用税减免台账",
    "land_use_penalties": "自然资源处罚台账",
}
_ORDER: Final = {
    _REGISTRY: "宗地代码",
    "land_supply_contracts": "电子监管号",
    "tax_registrations": "纳税人识别号",
    "tax_land_sources": "土地编号",
    "tax_payments": "电子税票号",
    "market_registrations": "注册号",
    "tax_relief_filings": "批准文号",
    "land_use_penalties": "决定日期",
}
"""The column each export is sorted by, so that planted rows stand among all others."""
_OBTAINED: Final = date(2026, 4, 2)


def make(world: World, truth: Truth) -> list[Table]:
    """The eight tables of the model; what was planted is added to `truth`."""
    desk = fill(world)
    tables = [_table(name, desk.rows[name]) for name in COLUMNS]
    place = {number: position for position, number in enumerate(_sorted(_REGISTRY, desk.rows[_REGISTRY]))}
    for planted, numbers in desk.planted:
        truth.add(planted, _NAMES[_REGISTRY], sorted(place[number] for number in numbers))
    return tables


def fill(world: World) -> Desk:
    """All facts of the world on one desk: every kind of case at least once, and the background."""
    desk = Desk(world)
    share = world.scale.parcels / _SEED_PARCELS
    for case, count in _CASES:
        for _ in range(max(1, round(count * share))):
            case(desk)
    land_background.offend(desk, max(2, round(40 * share)))
    land_background.fail_auctions(desk, max(2, round(20 * share)))
    land_background.settle(desk, world.scale.parcels)
    return desk


def _sorted(name: str, rows: list[Row]) -> list[int]:
    """The numbers of the rows in the order of the export."""
    column = COLUMNS[name].index(_ORDER[name])
    return sorted(range(len(rows)), key=lambda number: (rows[number][column] or "", number))


def _table(name: str, rows: list[Row]) -> Table:
    ordered = [rows[number] for number in _sorted(name, rows)]
    if name == "tax_payments":
        # The clerk joined two exports: the header stands once more in the middle.
        ordered.insert(len(ordered) // 2, COLUMNS[name])
    frame = pl.DataFrame(ordered, schema=dict.fromkeys(COLUMNS[name], pl.String), orient="row")
    return Table(name, _NAMES[name], frame, _SHAPES[name], _OBTAINED)
