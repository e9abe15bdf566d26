"""What a column of a new table probably holds: by the share of its values a cleaner reads, and by the words of its header."""

import re
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.intake import headers
from casebook.intake.kinds import KINDS
from casebook.measure import dates
from casebook.text import width

LOOKED_AT: Final = 2_000
ENOUGH: Final = 0.9
_IDS: Final = ("disability_certificate", "citizen_id", "food_licence", "parcel", "organisation_code", "date")
_LONG_NUMBER: Final = r"^(?:0[0-9]+|[0-9]{11,})$"
_WORDS: Final = (
    ("document_number", "文号|案号|决定书|批文"),
    ("citizen_id", "身份证|公民身份"),
    ("address", "地址|住址|坐落|住所|场所|位置"),
    ("firm_name", "单位名称|企业名称|公司|字号|纳税人名称|主体名称|机构名称"),
    ("person_name", "姓名|联系人|负责人|法定代表人|监护人|户主|开户人|经办人|成员"),
)
_TAKEN_AS_IT_STANDS: Final = "账号|账户|帐号|卡号|电话|手机|联系方式|编号|流水号"
_AMOUNTS: Final = (("money", "金额|价|费|款|标准|税额|补贴|工资"), ("area", "面积"))
_MONTH: Final = "月"
_UNITS: Final = {"money": "元", "area": "平方米"}


@dataclass(frozen=True)
class Guess:
    """Kind, unit and form; no kind where the text is best taken as it stands."""

    kind: str | None
    unit: str | None = None
    form: str | None = None


def kind_of(header: str, values: pl.Series) -> Guess:
    """What the values are, as far as their cleaners and the header tell.

    >>> kind_of("金额(万元)", pl.Series(["1.5", "2"])), kind_of("编号", pl.Series(["0012", "0013"]))
    (Guess(kind='money', unit='万元', form=None), Guess(kind=None, unit=None, form=None))
    """
    text, unit = headers.split_unit(headers.normalise(header))
    trimmed = width.trim(values.drop_nulls().unique(maintain_order=True).head(LOOKED_AT))
    said = trimmed.filter(width.problem_of_trimmed(trimmed).is_null())
    for kind in _IDS:
        if share_read(said, kind) >= ENOUGH:
            return Guess(kind)
    if (
        said.len()
        and re.search(_MONTH, text)
        and float(dates.clean(said, form="month")["value"].count()) >= ENOUGH * said.len()
    ):
        return Guess("date", form="month")
    if re.search(_TAKEN_AS_IT_STANDS, text):
        return Guess(None)
    if said.len() and share_read(said, "number") >= ENOUGH:
        return _amount(text, unit, said)
    return Guess(next((kind for kind, words in _WORDS if re.search(words, text)), "text"))


def share_read(said: pl.Series, kind: str) -> float:
    """The share of the texts that the cleaner of the kind reads without a doubt."""
    return float(KINDS[kind](said)["problem"].is_null().mean() or 0.0) if said.len() else 0.0  # type: ignore[arg-type]


def _amount(text: str, unit: str | None, said: pl.Series) -> Guess:
    named = next((kind for kind, words in _AMOUNTS if re.search(words, text)), None)
    if unit is not None:
        named = "money" if unit in headers.MONEY_UNITS else "area"
    if named is not None:
        return Guess(named, unit or _UNITS[named])
    return Guess(None if bool(said.str.contains(_LONG_NUMBER).any()) else "number")
