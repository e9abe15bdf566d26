"""城镇土地使用税：持有应税土地而未登记、未申报、少申报、少缴的，逐权利人逐年比对。

Who holds taxable urban land and has declared or paid no, or too little, land-use tax for a period, and who paid too much. Law:
城镇土地使用税暂行条例 (1988-11-01, last revised 2019-03-02), 财税〔2006〕186号 (start of liability), 财税〔2008〕152号 (its end).
The payer may legitimately not be the registered holder; no tax may be demanded on this list alone.
"""

from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Literal, Self

import narwhals as nw
from pydantic import Field, model_validator

from casebook.case import scenario
from casebook.case.scenario import Scenario, kind
from casebook.scenarios.land_use_tax_amounts import amount, computation, detail, surcharge
from casebook.scenarios.land_use_tax_exemptions import EXEMPTIONS
from casebook.scenarios.land_use_tax_inputs import INPUTS, LINKS
from casebook.scenarios.land_use_tax_rows import details, judged, trace


class Parameters(scenario.Parameters):
    """What the district and the period decide; none has a default."""

    division: str
    period_start: date
    period_end: date
    as_of_date: date
    tax_area_codes: list[str]
    rate_table: str
    grade_table: str
    small_entity_relief_table: str
    default_months_rule: Literal["month_after", "month_of"]
    farmland_year_for_auctions: bool
    area_tolerance_pct: int = Field(ge=0, le=20)
    area_tolerance_m2: int = Field(ge=0)
    min_shortfall_yuan: int = Field(ge=0)
    surcharge_rate_daily: Decimal = Field(ge=0, le=Decimal("0.01"), decimal_places=6)
    surcharge_cap_at_principal: bool
    instalments: Literal[1, 2, 4, 12]
    due_day: int = Field(ge=1, le=28)

    @model_validator(mode="after")
    def _whole_years(self) -> Self:
        """One holder and one calendar year is one tax period (ruling 25)."""
        start, end = self.period_start, self.period_end
        if (start.month, start.day, end.month, end.day) != (1, 1, 12, 31) or start > end:
            raise ValueError("the period must run from a 1 January to a 31 December: tax is judged by calendar years")
        return self


def col(name: str) -> nw.Expr:
    """A fact column."""
    return nw.col(name)


def is_open(p: Parameters) -> nw.Expr:
    """Something of the year is not settled and the holder's shortfall of the period reaches `min_shortfall_yuan`.

    What a tolerated difference of areas makes of it does not count towards the minimum.
    """
    counted = col("total_fen") - nw.max_horizontal(col("tolerated_fen"), nw.lit(0))
    return (col("open_fen") != 0) & (counted >= p.min_shortfall_yuan * 100)


def is_known_to_the_tax_bureau(p: Parameters) -> nw.Expr:
    """The holder has a tax registration and a tax source."""
    return col("has_registration") & col("has_source")


def holds_land_unregistered(p: Parameters) -> nw.Expr:
    """持有应税土地，无税务登记或无税源登记。
    Land in the tax area, and no tax registration or no tax source of the holder.
    Law: lut_2, lut_3, lut_10, cs186, zsf_32
    反证：出示税务登记与该宗地税源登记，或证明由他人依法申报、不在征税范围、依法免税。
    Refuted by: a registration and tax source for the land, or proof that another lawfully declares it or that it is not taxable.
    """
    return is_open(p) & ~is_known_to_the_tax_bureau(p)


def paid_nothing_for_year(p: Parameters) -> nw.Expr:
    """已登记税源，当年未缴纳。
    Registered with a tax source, and nothing paid for the year (refunds set off; surcharge is no tax).
    Law: lut_2, lut_8, zsf_32
    反证：出示税款所属期为当年的完税凭证（含旧税号、经营者证件号缴纳）。
    Refuted by: a tax receipt for the year, also under an old number or the owner's id.
    """
    return is_open(p) & is_known_to_the_tax_bureau(p) & (col("paid_fen") <= 0)


def declared_too_little_area(p: Parameters) -> nw.Expr:
    """申报面积小于登记面积，超过容差。
    Declared area below the registered taxable area by more than both tolerances (ruling 3).
    Law: lut_3, zsf_32
    反证：证明登记面积有误、部分土地免税或已由他人申报。
    Refuted by: a corrected registered area, exempt land, or land that another declares.
    """
    gap = col("taxed_dm2") - col("declared_dm2")
    beyond = (gap * 100 > col("taxed_dm2") * p.area_tolerance_pct) & (gap > p.area_tolerance_m2 * 100)
    return is_open(p) & is_known_to_the_tax_bureau(p) & beyond


def declared_too_low_grade(p: Parameters) -> nw.Expr:
    """申报等级（单位税额）低于宗地等级。
    The tax source's grade or rate is lower than that of the parcel in the year (ruling 24).
    Law: lut_4, lut_5, zsf_32
    反证：出示当年适用的较低等级或单位税额的批准文件。
    Refuted by: an approved lower grade or rate for the year.
    """
    return is_open(p) & is_known_to_the_tax_bureau(p) & col("low")


def declared_too_late(p: Parameters) -> nw.Expr:
    """申报的取得时间晚于法定纳税义务发生时间。
    The declared start lies after the lawful first month (month after hand-over, else after signing).
    Law: cs186, lut_9, gg74, zsf_32
    反证：证明实际交付时间晚于合同约定，且非权利人原因。
    Refuted by: proof that the land was handed over later than agreed, through no act of the holder.
    """
    return is_open(p) & is_known_to_the_tax_bureau(p) & col("late")


def paid_too_little(p: Parameters) -> nw.Expr:
    """面积、等级、起算均无误，缴纳数少于应缴数。
    Area, grade and start declared rightly, and less paid than due.
    Law: lut_8, zsf_32
    反证：出示补缴凭证，或批准的减免。
    Refuted by: receipts for the rest, or an approved relief.
    """
    others = (declared_too_little_area(p), declared_too_low_grade(p), declared_too_late(p))
    return is_open(p) & is_known_to_the_tax_bureau(p) & (col("paid_fen") > 0) & ~reduce(or_, others)


def paid_too_much(p: Parameters) -> nw.Expr:
    """多缴税款，应告知申请退还。
    More paid than due over the period, beyond the minimum: the taxpayer is to be told.
    Law: zsf_51, lut_3, cs152
    反证：证明实际占用面积更大（税款按实际占用面积计征），届满后仍实际使用，或多缴部分对应其他土地、其他期间。
    Refuted by: proof that the area actually occupied (the basis of the tax) is larger, of use beyond the term, of other land or periods.
    """
    counted = col("total_fen") - nw.min_horizontal(col("tolerated_fen"), nw.lit(0))
    return (col("open_fen") != 0) & (counted <= -p.min_shortfall_yuan * 100)


ROUTE = {"receiver": "税务局", "document": "检察建议"}
MONEY = ("year", "measured_fen", "paid_fen", "open_fen")
GRADE = (
    "parcel_grade", "grade_source", "declared_grade", "parcel_rate_fen", "rate_source", "declared_rate_fen",
)  # fmt: skip
START = ("start_on", "lawful_first_month", "declared_first_month")
EXCESS = ("taxed_dm2", "declared_dm2", "right_ended_on")
UNKNOWN = ("has_registration", "has_source", *MONEY)
KINDS = (
    kind("not_registered", holds_land_unregistered, shows=UNKNOWN, pattern="land_data_not_shared", **ROUTE),
    kind("not_declared", paid_nothing_for_year, shows=MONEY, pattern="no_reminder_of_declaration", **ROUTE),
    kind(
        "under_area",
        declared_too_little_area,
        shows=("taxed_dm2", "declared_dm2", *MONEY),
        pattern="area_not_compared",
        **ROUTE,
    ),
    kind("wrong_grade", declared_too_low_grade, shows=(*GRADE, *MONEY), pattern="grade_not_updated", **ROUTE),
    kind("late_start", declared_too_late, shows=(*START, *MONEY), pattern="handover_not_shared", **ROUTE),
    kind("short_paid", paid_too_little, shows=MONEY, pattern="payments_not_reviewed", **ROUTE),
    kind("overpaid", paid_too_much, direction="under", shows=(*EXCESS, *MONEY), pattern="refund_not_offered", **ROUTE),
)

LIMITS_ZH = (
    "只比对现势登记权利；期内已转移的原权利人应缴部分、未办证土地不在范围内。",
    "登记簿不显示出租与无偿使用；免税单位自用系推定（未见出租迹象：坐落处无企业登记、用途非经营），并非证实。",
    "小型微利企业身份不在数据内，按足额计算并列出减半数；滞纳金按应税月份平均分摊，部分期次已缴的仅为估算。",
    "招拍挂取得的土地不享受征收耕地一年期（条例第九条、国家税务总局公告2014年第74号），由参数 farmland_year_for_auctions 决定。",
    "使用期限届满不当然终止纳税义务（财税〔2008〕152号）；届满后仍登记现势并缴纳的，多缴与否存疑待核。",
    "追征期限（三年、五年，偷税不限）由税务机关认定，不影响线索列出。",
    "等级只按税源所载判断，不由已缴税额反推；名称加坐落比中的一律存疑。",
)
LIMITS_EN = (
    "Only current rights are compared: what a former holder owed before a transfer in the period, and land without certificate, are not.",
    "The register shows neither leases nor free use; own use of exempt units is presumed (no sign of letting), not proven.",
    "Small low-profit status is not in the data: tax is in full with the half beside it; surcharge is an even share of the liable months.",
    "Land won at auction has no farmland year (art. 9, announcement 2014/74) unless the parameter farmland_year_for_auctions says so.",
    "The end of a term alone ends no duty (notice 2008/152): where the row is current and tax is paid on, an excess is flagged.",
    "Limits of recovery (three or five years, none for evasion) are for the tax bureau to settle and take no lead out.",
    "A grade is judged by the tax source only, not read back from what was paid; matches by name and location are always flagged.",
)

SCENARIO = Scenario(
    id="land_use_tax",
    title_zh="城镇土地使用税征收监督",
    title_en="Urban land-use tax",
    line="公益",
    version="1.0.0",
    unit_zh="权利人·年",
    unit_en="holder × year",
    parameters=Parameters,
    inputs=INPUTS,
    links=LINKS,
    prepare=judged,
    trace=trace,
    scope=(),
    kinds=KINDS,
    exemptions=EXEMPTIONS,
    amount=amount,
    surcharge=surcharge,
    computation=computation,
    details=details,
    detail=detail,
    subject="firm",
    grouping="entity",
    limits_zh=LIMITS_ZH,
    limits_en=LIMITS_EN,
)
