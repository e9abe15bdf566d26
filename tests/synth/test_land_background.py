import re
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from casebook.synth import land_background
from casebook.synth.land_desk import Desk
from casebook.synth.land_rows import COLUMNS
from casebook.synth.world import Scale, World

YUAN_PER_M2 = {"一级": (8, 8), "二级": (Decimal("6.4"),) * 2, "三级": (Decimal("4.8"), Decimal("5.6"))}
YUAN_PER_M2["四级"] = (Decimal("3.2"), Decimal("4.0"))
FEN = Decimal("0.01")


@pytest.fixture(scope="module")
def desk():
    filled = Desk(World(11, Scale.of("sample")))
    land_background.settle(filled, 900)
    return filled


def records(desk, table):
    return [dict(zip(COLUMNS[table], row, strict=True)) for row in desk.rows[table]]


def organisation(number):
    return number[8:17] if len(number) == 18 else number[6:]


def month(text):
    year, number, _ = re.findall(r"[0-9]+", text) if not text.isdecimal() else (text[:4], text[4:6], "")
    return int(year) * 12 + int(number) - 1


def declared_tax(source, year):
    """The year's tax of one declared source in yuan, unrounded: liable from the month after it was acquired."""
    months = max(0, min(12, (year + 1) * 12 - (month(source["初始取得时间"]) + 1)))
    rate = YUAN_PER_M2[source["土地等级"]][year >= 2025]
    return Decimal(source["土地面积"]) * rate * months / 12


def paid_by_year(desk):
    paid = defaultdict(Decimal)
    for row in records(desk, "tax_payments"):
        if "土地" not in row["征收项目"] or row["税款种类"] != "正税":
            continue
        first, last = month(row["税款所属期起"]), month(row["税款所属期止"])
        for each in range(first, last + 1):
            paid[organisation(row["纳税人识别号"]), each // 12] += Decimal(row["实缴金额"]) / (last - first + 1)
    return paid


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_every_holder_pays_its_declared_tax_to_the_fen(desk, year):
    due = defaultdict(Decimal)
    for source in records(desk, "tax_land_sources"):
        due[organisation(source["纳税人识别号"])] += declared_tax(source, year)
    paid = paid_by_year(desk)
    assert len(due) > 400
    for holder, yuan in due.items():
        # Months of one slip are thirds here, so the sum is compared after rounding to the fen.
        assert paid[holder, year].quantize(FEN, ROUND_HALF_UP) == yuan.quantize(FEN, ROUND_HALF_UP), holder


def test_every_current_right_is_declared_at_its_location(desk):
    current = {row["坐落"] for row in records(desk, "registry_real_estate") if row["权属状态"] == "现势"}
    assert current == {row["坐落"] for row in records(desk, "tax_land_sources")}


def test_contracts_tell_the_day_the_tax_begins(desk):
    handed = {row["宗地代码"]: row["约定交地时间"] for row in records(desk, "land_supply_contracts")}
    sources = [row for row in records(desk, "tax_land_sources") if row["宗地代码"] in handed]
    assert sources
    assert all(row["初始取得时间"] == handed[row["宗地代码"]] for row in sources)


def test_shared_rows_name_both_holders_and_both_numbers(desk):
    shared = [row for row in records(desk, "registry_real_estate") if row["共有情况"] != "单独所有"]
    assert shared
    assert all(row["权利人"].count("、") == row["权利人证件号"].count("、") == 1 for row in shared)


def test_nothing_is_planted_in_the_background(desk):
    assert desk.planted == []


def test_failed_auctions_have_no_holder():
    empty = Desk(World(11, Scale.of("sample")))
    land_background.fail_auctions(empty, 3)
    rows = records(empty, "land_supply_contracts")
    assert [(row["成交价格(万元)"], row["土地使用权人"]) for row in rows] == [("流拍", None)] * 3


def test_decisions_concern_land_outside_the_register():
    empty = Desk(World(11, Scale.of("sample")))
    land_background.offend(empty, 5)
    assert len(records(empty, "land_use_penalties")) == 5
    assert not empty.rows["registry_real_estate"]
    assert all(date.fromisoformat(row["决定日期"]) < date(2026, 1, 1) for row in records(empty, "land_use_penalties"))
