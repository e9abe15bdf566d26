"""The facts of all shops as agency tables: the market regulator's four lists in the shapes its offices export."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

import polars as pl

from casebook.synth.catering_facts import UNGRADED, Certificate, Grade, Licence, Operator, Shop
from casebook.synth.catering_licences import LIST_DATE, firm_scope
from casebook.synth.table import Csv, Table, Xls, Xlsx

_TITLE: Final = "数据截止日期：2026年3月25日"

_LICENCE_HEADERS: Final = (
    ("许可证编号", "经营者名称", "社会信用代码(身份证号码)", "法定代表人(负责人)", "住所", "经营场所"),
    ("主体业态", "经营项目", "日常监督管理机构", "签发日期", "有效期至", "许可状态", "延续申请日期", "注销日期"),
)
_LICENCE_VARIANTS: Final = (
    ("食品经营许可证编号", "单位名称", "统一社会信用代码", "负责人", "注册地址", "经营地址"),
    ("业态", "许可项目", "监管所", "发证日期", "有效期止", "状态", "延续受理日期", "注销时间"),
)
_JINAN: Final = ("xkzh", "shop", "dtlhdj", "sndzhdj")
_GRADE_HEADERS: Final = ("单位名称", "许可证号", "动态等级", "年度等级", "评定日期", "监管所")
_WORDS: Final = {UNGRADED: "未评定", 1: "优秀", 2: "良好", 3: "一般"}
_LETTERS: Final = {UNGRADED: "未评定", 1: "A", 2: "B", 3: "C"}
_NUMERALS: Final = {UNGRADED: "未评定", 1: "1", 2: "2", 3: "3"}


def market(shops: Sequence[Shop], others: Sequence[Licence]) -> list[Table]:
    """The regulator's tables as of the list date: licences (three files), certificates, firms, grades (two files).

    `others` are licences of operators without a shop; one without a name is a row the contract refuses.
    """
    licences = sorted([*(of for shop in shops for of in shop.licences), *others], key=lambda of: of.number)
    grades = [given for shop in shops for given in shop.grades]
    held = [shop.certificate for shop in shops if shop.certificate]
    return [*_licences(licences), _certificates(held), _firms(shops), *_grades(grades)]


def _licences(rows: Sequence[Licence]) -> list[Table]:
    """Half the townships export Excel 97, some a tab-padded text file, some a sheet with titles."""
    first, second = _LICENCE_HEADERS[0] + _LICENCE_HEADERS[1], _LICENCE_VARIANTS[0] + _LICENCE_VARIANTS[1]
    parts = _by_office(rows, lambda of: of.operator.township)
    iso, slash, chinese = date.isoformat, _slash, _chinese
    titles = ("青禾区食品经营许可证信息", _TITLE)
    return [
        _listed(
            "market_food_licences", "食品经营许可证_城区", _frame(first, (_licence(of, iso) for of in parts[0])), Xls()
        ),
        _listed(
            "market_food_licences",
            "食品经营许可证_乡镇",
            _padded(_frame(second, (_licence(of, slash) for of in parts[1]))),
            Csv(delimiter="\t", sections=_again(len(parts[1]))),
        ),
        _listed(
            "market_food_licences",
            "食品经营许可证_开发区",
            _frame(first, (_licence(of, chinese) for of in parts[2])),
            Xlsx(titles=titles, notes=("填表人：市场监督管理局许可科",)),
        ),
    ]


def _again(count: int) -> tuple[int, ...]:
    """Records before which the old system prints its header once more: every 400th."""
    return tuple(range(400, count, 400))


def _by_office(rows: Iterable[Licence], township: Callable[[Licence], str]) -> tuple[list[Licence], ...]:
    """Rows of the town offices, of the rural offices, of the development zone and the two streets."""
    parts: tuple[list[Licence], ...] = ([], [], [])
    for row in rows:
        ending = township(row)[-1]
        parts[1 if ending == "乡" else 0 if ending == "镇" else 2].append(row)
    return parts


def _licence(of: Licence, written: Callable[[date], str]) -> tuple[str | None, ...]:
    """One row in the order of the licence headers."""
    who = of.operator
    items = of.heading + of.separator.join(of.phrases)
    return (
        *(of.number, who.name or None, who.code, who.person, who.address, who.address, of.form, items, office(who)),
        *(written(of.issued), written(of.until), of.state),
        *(written(day) if day else None for day in (of.renewal, of.cancelled)),
    )


def office(operator: Operator) -> str:
    """The office that supervises the township."""
    return f"{operator.township}市场监督管理所"


def _certificates(rows: Iterable[Certificate]) -> Table:
    headers = (
        "登记证编号",
        "名称",
        "负责人",
        "统一社会信用代码",
        "经营场所",
        "经营范围",
        "发证日期",
        "有效期至",
        "登记证状态",
    )
    records = (
        (
            *(of.number, of.operator.name, of.operator.person, of.operator.code, of.operator.address, of.scope),
            *(of.issued.isoformat(), of.until.isoformat(), of.state),
        )
        for of in rows
    )
    shape = Xlsx(titles=("小餐饮登记证台账", _TITLE))
    return _listed("market_small_catering", "小餐饮登记证", _frame(headers, records), shape)


def _firms(shops: Sequence[Shop]) -> Table:
    """Business licences of everyone on a page or in the licence list, each once."""
    headers = ("统一社会信用代码", "名称", "类型", "法定代表人", "经营范围", "登记状态", "经营场所")
    who = {shop.operator.code: shop.operator for shop in shops if shop.firm_listed}
    who |= {of.operator.code: of.operator for shop in shops for of in shop.licences}
    records = (
        (one.code, one.name, one.firm_type, one.person, firm_scope(one), "存续（在营、开业、在册）", one.address)
        for one in who.values()
    )
    return _listed("market_business_licences", "营业执照", _frame(headers, records), Csv("utf-8-sig"))


def _grades(rows: Sequence[Grade]) -> list[Table]:
    """Towns publish with the field names of the open-data portal, the others keep a ledger in words."""
    towns = [row for row in rows if row.operator.township.endswith("镇")]
    others = [row for row in rows if not row.operator.township.endswith("镇")]
    portal = ((r.number, r.operator.name, _NUMERALS[r.dynamic], _LETTERS[r.annual]) for r in towns)
    ledger = (
        (r.operator.name, r.number, _WORDS[r.dynamic], _LETTERS[r.annual], r.graded.isoformat(), office(r.operator))
        for r in others
    )
    shape = Xlsx(titles=("餐饮服务食品安全量化分级台账", _TITLE))
    return [
        _listed("market_hygiene_grades", "量化分级_公开", _frame(_JINAN, portal), Csv("utf-8-sig")),
        _listed("market_hygiene_grades", "量化分级_台账", _frame(_GRADE_HEADERS, ledger), shape),
    ]


def _listed(contract: str, name: str, frame: pl.DataFrame, shape: Csv | Xls | Xlsx) -> Table:
    return Table(contract, name, frame, shape, obtained=LIST_DATE)


def _frame(headers: Sequence[str], records: Iterable[Sequence[str | None]]) -> pl.DataFrame:
    return pl.DataFrame(list(records), schema=dict.fromkeys(headers, pl.String), orient="row")


def _padded(frame: pl.DataFrame) -> pl.DataFrame:
    """Every third cell of the first column followed by a blank, as old systems fill their fields."""
    first = frame.columns[0]
    blank = pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.lit("  ")).otherwise(pl.lit(""))
    return frame.with_columns(pl.col(first) + blank)


def _slash(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
