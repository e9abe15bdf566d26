"""Rows of the land bureau, the tax bureau and the market regulator: one function per table and row."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from casebook.synth.dice import Dice
from casebook.synth.land_cells import area_text, code_text, day_text, habit_of, hectares, name_text, parcel_text, yuan
from casebook.synth.land_facts import FOREVER, Holder, Plot
from casebook.synth.land_law import RATE_CHANGE_YEAR, rate_fen

Row = tuple[str | None, ...]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "registry_real_estate": (
        *("不动产单元号", "宗地代码", "不动产权证号", "权利人", "权利人证件种类", "权利人证件号", "共有情况"),
        *("权利类型", "权利性质", "用途", "坐落", "宗地面积", "使用期限起", "使用期限止"),
        *("登记时间", "权属状态", "抵押查封"),
    ),
    "land_supply_contracts": (
        *("电子监管号", "合同编号", "项目名称", "项目位置", "面积(公顷)", "土地用途", "供应方式", "土地使用年限"),
        *("土地级别", "成交价格(万元)", "土地使用权人", "统一社会信用代码", "宗地代码", "约定交地时间"),
        *("合同签订日期", "征收前地类", "批准时间"),
    ),
    "tax_registrations": (
        *("纳税人识别号", "统一社会信用代码", "纳税人名称", "纳税人状态", "主管税务所(科、分局)"),
        *("税务登记日期", "增值税纳税人类型", "注册地址", "法定代表人"),
    ),
    "tax_land_sources": (
        *("纳税人识别号", "统一社会信用代码", "纳税人名称", "土地编号", "宗地代码", "不动产单元号", "坐落"),
        *("土地面积", "土地等级", "单位税额", "初始取得时间", "终止时间", "减免性质"),
    ),
    "tax_payments": (
        *("电子税票号", "纳税人识别号", "统一社会信用代码", "纳税人名称", "征收项目", "征收品目", "税款种类"),
        *("税款所属期起", "税款所属期止", "应缴金额", "实缴金额", "缴款日期", "入库日期"),
    ),
    "market_registrations": (
        *("统一社会信用代码", "注册号", "企业名称", "曾用名", "企业类型", "登记状态", "法定代表人", "成立日期"),
        *("核准日期", "住所", "变更事项", "变更日期", "隶属企业"),
    ),
    "tax_relief_filings": (
        *("纳税人识别号", "统一社会信用代码", "纳税人名称", "减免性质", "批准文号", "减免期起", "减免期止"),
        *("减免比例", "宗地代码"),
    ),
    "land_use_penalties": ("处罚决定书文号", "当事人", "证件号", "宗地代码", "违法用地面积", "决定日期", "处置情况"),
}
OFFICES: Final = ("第一税务所", "第二税务所", "第三税务所", "开发区税务分局")
_GRADE_WORDS: Final = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}


def office_of(district: str) -> str:
    """The tax office in charge of the cadastral district."""
    return OFFICES[3] if district == "012" else OFFICES[(int(district) - 1) // 4]


def id_kind(code: str) -> str:
    """The kind of document a registrar writes beside the number."""
    if len(code) == 10:
        return "组织机构代码证"
    return "身份证" if code[:17].isdecimal() and code[6:8] == "19" else "统一社会信用代码证"


def title_number(dice: Dice, year: int) -> str:
    """The certificate's number in the form of its year: unified certificates 不动产权证 since 2016."""
    if year < 2016:
        return f"青禾国用（{year}）第{dice.between(1, 9_999):04d}号"
    return f"云（{year}）青禾区不动产权第{dice.between(1, 9_999_999):07d}号"


def registry_row(dice: Dice, holder: Holder, plot: Plot, over: Mapping[str, str | None]) -> Row:
    """A certificate's line in the register; `over` replaces cells by their header."""
    habit = habit_of(dice, plot.district)
    code = over.get("权利人证件号", holder.code)
    end = "" if plot.until == FOREVER and dice.chance(0.3) else day_text(plot.until, habit.day)
    cells: dict[str, str | None] = {
        "不动产单元号": parcel_text(plot.parcel + plot.feature, habit.parcel),
        "宗地代码": parcel_text(plot.parcel, habit.parcel),
        "不动产权证号": title_number(dice, plot.registered.year),
        "权利人": name_text(holder.name, habit.name),
        "权利人证件种类": id_kind(code) if code else None,
        "共有情况": "单独所有",
        "权利类型": plot.right,
        "权利性质": plot.nature,
        "用途": plot.use,
        "坐落": plot.location,
        "宗地面积": area_text(plot.area_dm2, habit.area),
        "使用期限起": day_text(plot.taken, habit.day),
        "使用期限止": end or None,
        "登记时间": day_text(plot.registered, habit.day),
        "权属状态": "现势",
        "抵押查封": dice.pick(("抵押", "无", "无", None)),
    }
    cells |= over
    cells["权利人证件号"] = code_text(code, habit.code) if code else None
    return tuple(cells[name] for name in COLUMNS["registry_real_estate"])


def contract_row(dice: Dice, holder: Holder, plot: Plot, over: Mapping[str, str | None]) -> Row:
    """A supply contract's line: area in 公顷, price in 万元."""
    signed = plot.signed or plot.taken
    years = plot.until.year - plot.taken.year if plot.until < FOREVER else 0
    wan = plot.area_dm2 // 100 * dice.between(180, 420) // 10_000
    serial = dice.between(0, 10**9 - 1)
    cells: dict[str, str | None] = {
        "电子监管号": f"900001{signed.year}B{serial:09d}",
        "合同编号": f"青自然资出〔{signed.year}〕{serial % 997 + 1}号",
        "项目名称": f"{holder.name.removeprefix('云州市').removeprefix('青禾区')[:6]}项目",
        "项目位置": plot.location,
        "面积(公顷)": hectares(plot.area_dm2),
        "土地用途": plot.use,
        "供应方式": "划拨" if plot.nature == "划拨" else dice.pick(("挂牌出让", "拍卖出让", "招标出让")),
        "土地使用年限": str(years) if years else None,
        "土地级别": _GRADE_WORDS[plot.grade],
        "成交价格(万元)": "0" if plot.nature == "划拨" else f"{wan}.0000",
        "土地使用权人": holder.name,
        "统一社会信用代码": holder.code,
        "宗地代码": plot.parcel,
        "约定交地时间": day_text(plot.taken),
        "合同签订日期": day_text(signed),
    }
    cells |= over
    return tuple(cells.get(name) for name in COLUMNS["land_supply_contracts"])


def registration_row(dice: Dice, holder: Holder, office: str, over: Mapping[str, str | None]) -> Row:
    """A taxpayer's registration."""
    cells: dict[str, str | None] = {
        "纳税人识别号": holder.code,
        "统一社会信用代码": holder.code,
        "纳税人名称": holder.name,
        "纳税人状态": "正常",
        "主管税务所(科、分局)": office,
        "税务登记日期": day_text(holder.founded, dice.pick(("%Y-%m-%d", "%Y/%-m/%-d"))),
        "增值税纳税人类型": holder.vat or None,
        "注册地址": holder.address,
        "法定代表人": holder.representative,
    }
    cells |= over
    return tuple(cells[name] for name in COLUMNS["tax_registrations"])


def source_row(dice: Dice, holder: Holder, plot: Plot, over: Mapping[str, str | None]) -> Row:
    """A land tax source as the taxpayer declared it; the parcel code is often missing."""
    cells: dict[str, str | None] = {
        "纳税人识别号": holder.code,
        "统一社会信用代码": holder.code,
        "纳税人名称": holder.name,
        "土地编号": f"T9000{plot.parcel[6:12]}{dice.between(0, 10**9 - 1):09d}",
        "宗地代码": plot.parcel if dice.chance(0.35) else None,
        "不动产单元号": None,
        "坐落": plot.location,
        "土地面积": yuan(plot.area_dm2),
        "土地等级": _GRADE_WORDS[plot.grade],
        "单位税额": yuan(rate_fen(plot.grade, RATE_CHANGE_YEAR)),
        "初始取得时间": day_text(plot.taken),
        "终止时间": None,
        "减免性质": None,
    }
    cells |= over
    return tuple(cells[name] for name in COLUMNS["tax_land_sources"])


def grade_cells(grade: int) -> dict[str, str | None]:
    """Cells of a tax source declared with the grade."""
    return {"土地等级": _GRADE_WORDS[grade], "单位税额": yuan(rate_fen(grade, RATE_CHANGE_YEAR))}


def market_row(dice: Dice, holder: Holder, number: str, over: Mapping[str, str | None]) -> Row:
    """A market subject's line; `number` is its old 15-digit registration number."""
    approved = dice.day(date(2016, 1, 1), date(2022, 12, 31))
    cells: dict[str, str | None] = {
        "统一社会信用代码": holder.code,
        "注册号": number,
        "企业名称": holder.name,
        "曾用名": None,
        "企业类型": holder.form,
        "登记状态": "存续（在营、开业、在册）",
        "法定代表人": holder.representative,
        "成立日期": day_text(holder.founded),
        "核准日期": day_text(approved),
        "住所": holder.address,
        "变更事项": dice.pick(("住所变更", "法定代表人变更")) if dice.chance(0.08) else None,
        "变更日期": None,
        "隶属企业": None,
    }
    if cells["变更事项"]:
        cells["变更日期"] = cells["核准日期"]
    cells |= over
    return tuple(cells[name] for name in COLUMNS["market_registrations"])
