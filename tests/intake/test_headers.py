from pathlib import Path

import pytest

from casebook.intake import contract as contracts
from casebook.intake.headers import find, normalise, split_unit, title_unit, unit_of

FOLDER = Path(__file__).parents[2] / "data_contracts"
DOMAIN = """
registry_real_estate
    不动产单元号 宗地代码 不动产权证号 权利人 权利人证件种类 权利人证件号 权利类型 权利性质 用途 坐落 宗地面积
    共有情况 使用期限起 使用期限止 登记时间 权属状态 抵押查封
land_supply_contracts
    电子监管号 项目名称 项目位置 面积(公顷) 土地用途 供应方式 土地使用年限 土地级别 成交价格(万元)
    土地使用权人 约定交地时间 合同签订日期 宗地代码 征收前地类 批准时间 统一社会信用代码
tax_registrations
    纳税人识别号 统一社会信用代码 纳税人名称 纳税人状态 主管税务所(科、分局) 税务登记日期 增值税纳税人类型
    注册地址 法定代表人
tax_land_sources
    纳税人识别号 统一社会信用代码 纳税人名称 土地编号 宗地代码 不动产单元号 坐落 土地面积 土地等级 单位税额
    初始取得时间 终止时间 减免性质
tax_payments
    电子税票号 纳税人识别号 统一社会信用代码 纳税人名称 征收项目 征收品目 税款种类 税款所属期起 税款所属期止
    应缴金额 实缴金额 缴款日期 入库日期
market_registrations
    统一社会信用代码 注册号 企业名称 企业类型 登记状态 成立日期 核准日期 住所
tax_relief_filings
    纳税人识别号 纳税人名称 减免性质 批准文号 减免期起 减免期止 减免比例
land_use_penalties
    处罚决定书文号 当事人 证件号 宗地代码 违法用地面积 决定日期 处置情况
market_food_licences
    许可证编号 经营者名称 社会信用代码(身份证号码) 法定代表人(负责人) 住所 经营场所 主体业态 经营项目
    日常监督管理机构 有效期至 签发日期 许可状态
market_small_catering
    登记证编号 名称 负责人 统一社会信用代码 经营场所 经营范围 发证日期 有效期至
market_business_licences
    统一社会信用代码 名称 类型 经营范围 登记状态 经营场所
market_hygiene_grades
    单位名称 许可证号 动态等级 年度等级 评定日期 监管所
platform_shops
    平台 店铺ID 店铺名称 公示主体名称 公示许可证号 公示有效期 公示地址 公示量化等级 采集时间 截图文件
    营业状态 店铺类型
platform_dishes
    平台 店铺ID 店铺名称 菜品分类 菜品名称 采集时间 截图文件
civil_subsidy_payments
    姓名 身份证号 残疾人证号 补贴类型 补贴标准 发放月份 发放金额 银行账号 开户人 监护人 乡镇 村(社区)
    申请日期 停发日期
civil_low_income
    户主 成员 身份证号 起始 终止
civil_destitute_support
    姓名 身份证号 起始 终止 类别 乡镇
civil_orphans
    姓名 身份证号 起始 终止 类别 乡镇
civil_cremations
    姓名 身份证号 性别 出生日期 火化日期 户籍地址 联系人
federation_certificates
    姓名 身份证号 残疾人证号 残疾类别 残疾等级 发证日期 有效期至 证件状态
police_deaths
    姓名 身份证号 死亡日期 注销日期 注销原因 派出所
police_moves
    姓名 身份证号 迁出日期 迁出地 迁往地
justice_custody
    姓名 身份证号 羁押起 羁押止 判决日期 刑种 刑期起 刑期止 执行方式
hr_work_injury_nursing
    姓名 身份证号 待遇类别 月标准 起始 终止
veterans_nursing
    姓名 身份证号 待遇类别 月标准 起始 终止
"""


def headers_of_the_field():
    """Table → its headers; the indented lines belong to the table above them."""
    tables: dict[str, list[str]] = {}
    for line in DOMAIN.strip().splitlines():
        if line.startswith(" "):
            tables[list(tables)[-1]] += line.split()
        else:
            tables[line] = []
    return tables


@pytest.fixture(scope="module")
def committed():
    return contracts.load_all(FOLDER)


@pytest.mark.parametrize(("table", "headers"), headers_of_the_field().items())
def test_every_header_of_the_field_has_a_column(committed, table, headers):
    found = find(committed[table], [headers])
    assert sorted(found.positions.values()) == list(range(len(headers)))
    assert {c.name for c in committed[table].columns if c.header_required} <= set(found.positions)


def test_the_published_fields_of_a_city_are_known(committed):
    found = find(committed["market_hygiene_grades"], [["xkzh", "shop", "dtlhdj", "sndzhdj"]])
    assert set(found.positions) == {"licence_no", "operator_name", "dynamic_grade", "annual_grade"}


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("村（社区）", "村(社区)"),
        (" 姓 名 ", "姓名"),
        ("店铺ＩＤ", "店铺id"),
        ("*身份证号", "身份证号"),
        ("\ufeff姓名", "姓名"),
    ],
)
def test_headers_are_compared_without_width_blanks_and_marks(header, same):
    assert normalise(header) == same


@pytest.mark.parametrize(
    ("header", "split"),
    [
        ("面积(公顷)", ("面积", "公顷")),
        ("宗地面积|平方米", ("宗地面积", "平方米")),
        ("面积(单位:亩)", ("面积", "亩")),
        ("成交价/万元", ("成交价", "万元")),
        ("面积(m2)", ("面积", "平方米")),
        ("村(社区)", ("村(社区)", None)),
    ],
)
def test_the_unit_is_told_from_the_header(header, split):
    assert split_unit(header) == split


@pytest.mark.parametrize(
    ("header", "titles", "unit"),
    [
        ("宗地面积（亩）", [], "亩"),
        ("宗地面积|㎡", [], "平方米"),
        ("使用权面积(公顷)", [], "公顷"),
        ("宗地面积", ["单位：公顷"], "公顷"),
        ("宗地面积", ["单位：万元"], "平方米"),
        ("宗地面积", [], "平方米"),
    ],
)
def test_header_then_title_then_contract_say_the_unit(committed, header, titles, unit):
    assert unit_of(committed["registry_real_estate"].column("area_dm2"), header, titles) == unit


def test_a_title_may_name_two_units(committed):
    titles = ["金额单位：万元　面积单位：公顷"]
    supply = committed["land_supply_contracts"]
    assert [title_unit(titles, supply.column(name)) for name in ("price_fen", "area_dm2")] == ["万元", "公顷"]


def test_the_header_is_the_row_with_the_most_known_headers(committed):
    rows = [["姓名发放表"], ["姓名", "说明"], ["姓名", "身份证号", "补贴类型"], ["张三", "1", "2"]]
    found = find(committed["civil_subsidy_payments"], rows)
    assert (found.index, found.depth) == (2, 1)


def test_two_levels_are_joined_over_empty_cells(committed):
    rows = [["纳税人识别号", "税款所属期", "", "实缴金额"], ["", "起", "止", ""]]
    found = find(committed["tax_payments"], rows)
    assert (found.depth, found.positions) == (2, {"taxpayer_no": 0, "period_from": 1, "period_until": 2, "paid_fen": 3})


@pytest.mark.parametrize("rows", [[], [[]], [["甲", "乙"]], [["姓名"]], [["x"]] * 25 + [["姓名", "身份证号"]]])
def test_no_header_is_said_and_not_guessed(committed, rows):
    assert find(committed["police_deaths"], rows) is None


def test_headers_in_traditional_characters_are_compared_as_simplified_ones(contract):
    header = find(contract, [["發放表", "", ""], ["姓名", "身分證號", "鄉鎮", "金額", "備註"]])
    assert header is not None
    assert header.positions == {"name": 0, "citizen_id": 1, "township": 2, "amount_fen": 3}
    assert header.texts == ("姓名", "身分證號", "鄉鎮", "金額", "備註")
