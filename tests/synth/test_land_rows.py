from dataclasses import replace
from datetime import date

import pytest

from casebook.synth import land_rows
from casebook.synth.dice import Dice
from casebook.synth.land_facts import FOREVER, Holder, Plot
from casebook.synth.world import Scale, World

HOLDER = Holder(
    "云州市青禾区恒达纺织有限公司", "91900001MA0000000X", "云州市青禾区人民路1号", "王伟", vat="小规模纳税人"
)
PLOT = Plot(
    *("900001001005GB00001", "云州市青禾区人民路1号", 2_000_050, date(2019, 3, 4), date(2019, 6, 1), date(2018, 12, 1)),
    until=date(2069, 3, 3),
)


@pytest.fixture
def dice():
    return Dice(World(1, Scale.of("sample")).rng("rows"))


def cells(table, row):
    return dict(zip(land_rows.COLUMNS[table], row, strict=True))


def test_a_certificate_tells_holder_area_term_and_state(dice):
    row = cells("registry_real_estate", land_rows.registry_row(dice, HOLDER, PLOT, {}))
    assert (row["权利人"], row["权利人证件号"], row["权利人证件种类"]) == (
        HOLDER.name,
        HOLDER.code,
        "统一社会信用代码证",
    )
    assert (row["不动产单元号"], row["宗地代码"]) == ("900001001005GB00001W00000000", "900001001005GB00001")
    assert (row["宗地面积"], row["权属状态"], row["共有情况"]) == ("20000.50", "现势", "单独所有")
    assert (row["使用期限起"], row["使用期限止"], row["登记时间"]) == ("2019-03-04", "2069-03-03", "2019-06-01")


@pytest.mark.parametrize(("year", "start"), [(2019, "云（2019）青禾区不动产权第"), (2012, "青禾国用（2012）第")])
def test_titles_follow_the_law_of_their_year(dice, year, start):
    plot = replace(PLOT, registered=date(year, 6, 1))
    row = cells("registry_real_estate", land_rows.registry_row(dice, HOLDER, plot, {}))
    assert row["不动产权证号"].startswith(start)


def test_an_open_right_has_a_word_or_nothing_for_its_end(dice):
    plot = replace(PLOT, until=FOREVER)
    rows = [cells("registry_real_estate", land_rows.registry_row(dice, HOLDER, plot, {})) for _ in range(60)]
    assert {row["使用期限止"] for row in rows} == {"长期", None}


def test_given_cells_replace_what_the_facts_say(dice):
    over = {"权利人证件号": None, "权属状态": "历史"}
    row = cells("registry_real_estate", land_rows.registry_row(dice, HOLDER, PLOT, over))
    assert (row["权利人证件号"], row["权利人证件种类"], row["权属状态"]) == (None, None, "历史")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("91900001MA0000000X", "统一社会信用代码证"),
        ("MA000000-0", "组织机构代码证"),
        ("90000119700101201X", "身份证"),
        ("900001197001012014", "身份证"),
    ],
)
def test_the_kind_of_paper_follows_the_number(code, kind):
    assert land_rows.id_kind(code) == kind


def test_contracts_are_in_hectares_and_ten_thousands(dice):
    row = cells("land_supply_contracts", land_rows.contract_row(dice, HOLDER, PLOT, {}))
    assert row["面积(公顷)"] == "2.000050"
    assert 360 <= float(row["成交价格(万元)"]) <= 840
    assert (row["约定交地时间"], row["合同签订日期"]) == ("2019-03-04", "2018-12-01")
    assert (row["土地级别"], row["土地使用年限"], row["宗地代码"]) == ("一级", "50", PLOT.parcel)


def test_allotted_land_has_no_price_and_no_term(dice):
    plot = replace(PLOT, nature="划拨", until=FOREVER)
    row = cells("land_supply_contracts", land_rows.contract_row(dice, HOLDER, plot, {}))
    assert (row["供应方式"], row["成交价格(万元)"], row["土地使用年限"]) == ("划拨", "0", None)


def test_a_taxpayer_is_registered_with_its_office(dice):
    row = cells("tax_registrations", land_rows.registration_row(dice, HOLDER, "第一税务所", {"纳税人状态": "注销"}))
    assert (row["纳税人识别号"], row["主管税务所(科、分局)"]) == (HOLDER.code, "第一税务所")
    assert (row["纳税人状态"], row["增值税纳税人类型"], row["法定代表人"]) == ("注销", "小规模纳税人", "王伟")


def test_a_source_declares_area_grade_rate_and_acquisition(dice):
    row = cells("tax_land_sources", land_rows.source_row(dice, HOLDER, PLOT, {}))
    assert (row["土地面积"], row["土地等级"], row["单位税额"]) == ("20000.50", "一级", "8.00")
    assert (row["初始取得时间"], row["坐落"]) == ("2019-03-04", PLOT.location)


def test_the_parcel_code_is_often_missing_from_sources(dice):
    rows = [cells("tax_land_sources", land_rows.source_row(dice, HOLDER, PLOT, {})) for _ in range(400)]
    assert 90 < sum(row["宗地代码"] is not None for row in rows) < 190


def test_another_grade_brings_its_own_rate():
    assert land_rows.grade_cells(4) == {"土地等级": "四级", "单位税额": "4.00"}


def test_changes_in_the_market_register_have_their_day(dice):
    rows = [cells("market_registrations", land_rows.market_row(dice, HOLDER, "1", {})) for _ in range(300)]
    changed = [row for row in rows if row["变更事项"]]
    assert 5 < len(changed) < 60
    assert all(row["变更日期"] == row["核准日期"] for row in changed)
    assert all(row["变更日期"] is None for row in rows if not row["变更事项"])


@pytest.mark.parametrize(
    ("district", "office"),
    [("001", "第一税务所"), ("005", "第二税务所"), ("011", "第三税务所"), ("012", "开发区税务分局")],
)
def test_every_district_has_its_tax_office(district, office):
    assert land_rows.office_of(district) == office
