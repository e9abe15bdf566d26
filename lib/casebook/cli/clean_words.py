"""What each cleaner of `casebook clean` is for, and problem codes in words."""

from collections.abc import Mapping
from typing import Final

from casebook.link.wording import Language
from casebook.report.words import Words

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "citizen_id": ("公民身份号码，含港澳台居民居住证、外国人永久居留证号码", "citizen id numbers, and those of residents from elsewhere"),
    "organisation_code": ("统一社会信用代码、组织机构代码、税号、注册号", "unified social credit codes and older codes of organisations"),
    "food_licence": ("食品经营许可证编号、小餐饮登记证编号", "numbers of food licences"),
    "disability_certificate": ("残疾人证号", "numbers of disability certificates"),
    "parcel": ("宗地代码、不动产单元号", "codes of land parcels and real estate units"),
    "division": ("行政区划代码或名称", "administrative divisions, by code or name"),
    "person_name": ("个人姓名", "names of persons"),
    "firm_name": ("单位名称", "names of firms and other organisations"),
    "address": ("地址", "addresses"),
    "date": ("日期、年月、起止、农历、表格序列号", "dates, months, ranges, lunar dates, spreadsheet serials"),
    "number": ("一般数字", "plain numbers"),
    "money": ("金额，换算为元", "amounts of money, in yuan"),
    "area": ("面积，换算为平方米", "areas, in m²"),
    "document_number": ("文号", "numbers of official documents"),
    "text": ("一般文字：全角、空白、不可见字符", "any text: width, blanks, invisible characters"),
    "dish": ("菜品名称", "names of dishes"),
}  # fmt: skip
_FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "row.short": ("本行列数少于表头", "the row has fewer cells than the header"),
    "row.long": ("本行列数多于表头", "the row has more cells than the header"),
    "row.total": ("合计行", "a row of totals"),
    "footnote_rows": ("签名或备注行", "a signature or a remark"),
    "repeated_header": ("重复的表头", "the header again"),
    "quote.open": ("引号没有结束", "a quotation mark is never closed"),
    "char.nul": ("含空字符", "holds a NUL character"),
    "char.encoding": ("有不能解码的字符", "holds bytes of another encoding"),
    "field.long": ("单元格过长", "a cell is too long"),
}  # fmt: skip


def kind(name: str, language: Language) -> str:
    """What the cleaner is for; KeyError where there is none of the name.

    >>> kind("money", "en")
    'amounts of money, in yuan'
    """
    return KINDS[name][language == "en"]


def problem(code: str, language: Language) -> str:
    """A problem or fault code in words; the code itself where no words are known.

    >>> problem("row.short", "en"), problem("check_digit", "zh")
    ('the row has fewer cells than the header', '校验码不符')
    """
    if code in _FAULTS:
        return _FAULTS[code][language == "en"]
    return Words(language).known("problem", code)
