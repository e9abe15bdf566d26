"""残疾人两项补贴：对无资格月份仍发放、符合条件却未发放的，逐人逐月比对。

Who was paid the living or the nursing subsidy for disabled persons in months without entitlement, and, just as important, who is
entitled and was not paid. Law: 国发〔2015〕52号 (in force 2016-01-01), 民发〔2021〕70号, local implementing rules by parameter.
No payment may be stopped on this list alone.
"""

from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Literal

import narwhals as nw
from pydantic import Field

from casebook.case import scenario
from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame, Scenario, kind, scope
from casebook.scenarios.disabled_two_subsidies_amounts import amount, computation
from casebook.scenarios.disabled_two_subsidies_exemptions import EXEMPTIONS, LIMITS_EN, LIMITS_ZH
from casebook.scenarios.disabled_two_subsidies_inputs import INPUTS, LINKS
from casebook.scenarios.disabled_two_subsidies_judged_rows import judged, trace
from casebook.scenarios.disabled_two_subsidies_rows import LIVING, NURSING, is_after


class Parameters(scenario.Parameters):
    """What the district and the period decide; none has a default."""

    division: str
    period_start: date
    period_end: date
    stop_rule: Literal["month_after", "month_of"]
    start_rule: Literal["month_of_application", "month_after_application"]
    standard_table: str
    imprisonment_disqualifies: Literal["flag", "yes", "no"]
    move_scope: Literal["county", "province"]
    paying_area: str
    paying_province: str
    certificate_grace_months: int = Field(ge=0, le=24)
    low_income_extension: bool
    nursing_extension: Literal["none", "grade_3_intellectual_psychiatric"]
    min_months: int = Field(ge=1, le=12)


def col(name: str) -> nw.Expr:
    """A fact column."""
    return nw.col(name)


def is_paid(p: Parameters) -> nw.Expr:
    """A payment was made for the month."""
    return col("n_paid") > 0


def has_enough_months(p: Parameters) -> nw.Expr:
    """达到最少月数。
    At least `min_months` months of the person are in question (an unpaid month always counts).
    """
    return (col("wrong_months") >= p.min_months) | (col("n_paid") == 0) | ~col("is_wrong").fill_null(True)


def paid_after_death(p: Parameters) -> nw.Expr:
    """死亡次月起仍发放；死亡当月应发。
    Paid for a month after the month of death; the month of death is payable.
    On the list without a date: unknown. Not on the list: not known dead.
    Law: gf52_4, mf70_stop
    反证：证明本人当月仍健在（死亡登记有误或同名），或死亡日期在发放月份之内或之后。
    Refuted by: proof that the person was alive (a wrong or namesake record), or a date of death in or after the month.
    """
    return is_paid(p) & col("has_death_record") & is_after(p, col("death_month"))


def paid_after_moving_out(p: Parameters) -> nw.Expr:
    """户口迁出发放地次月起仍发放。
    Paid for a month after the month of a move out of the paying area and before the month of a return.
    Law: mf70_stop
    反证：证明户口未迁出发放地，或已迁回，或当地按省内迁移继续发放。
    Refuted by: proof that the household stayed or came back, or a local rule that pays on within the province.
    """
    back = (col("month") >= col("returned_month")) & (col("returned_month") >= col("moved_month"))
    moved = is_after(p, col("moved_month")) & ~back.fill_null(False)
    known = nw.when(col("is_move_unknown")).then(nw.lit(None)).otherwise(moved.fill_null(False))
    return is_paid(p) & col("has_move_record") & known


def paid_without_certificate(p: Parameters) -> nw.Expr:
    """当月无有效残疾人证仍发放。
    Paid for a month in which no certificate of the person was in force.
    A reissued certificate tells nothing of the months before it: unknown.
    Law: gf52_2, mf70_stop
    反证：出示当月有效的残疾人证（含换发、补发的证件）。
    Refuted by: a certificate in force in the month, renewed or reissued ones included.
    """
    return is_paid(p) & ~col("has_certificate")


def paid_nursing_beyond_grade(p: Parameters) -> nw.Expr:
    """护理补贴发给了当月非一、二级的残疾人。
    Nursing subsidy paid for a month in which the grade in force was not 1 or 2.
    Law: gf52_2
    反证：出示当月有效且评定为一级、二级的残疾人证，或当地扩面规定。
    Refuted by: a certificate of grade 1 or 2 in force in the month, or a local extension.
    """
    return is_paid(p) & (col("subsidy") == NURSING) & (col("has_certificate") != False) & (col("nursing_grade") > 2)


def paid_living_without_low_income(p: Parameters) -> nw.Expr:
    """当月不在最低生活保障家庭，仍发放生活补贴。
    Living subsidy paid for a month in which the person belonged to no minimum-living family.
    Law: gf52_2
    反证：出示当月低保家庭认定，或当地将低保边缘家庭纳入的规定。
    Refuted by: a minimum-living record for the month, or a local rule that includes margin families.
    """
    return is_paid(p) & (col("subsidy") == LIVING) & ~col("on_low_income")


def paid_twice(p: Parameters) -> nw.Expr:
    """同一人同一补贴同一月发放两次。
    The same subsidy paid twice to one person for one month, after corrections of that month, and above the standard in sum.
    Law: gf52_3
    反证：证明两笔为不同月份或不同补贴，或其中一笔已退回。
    Refuted by: proof that the two payments are for different months or subsidies, or that one was returned.
    """
    return (
        is_paid(p)
        & (col("n_paid") > 1)
        & (col("net_fen") > col("max_pay_fen"))
        & (col("net_fen") > col("standard_fen"))
    )


def paid_beside_injury_nursing_fee(p: Parameters) -> nw.Expr:
    """已领工伤生活护理费，仍发放补贴。
    Paid beside a running work-injury nursing fee, which bars both subsidies.
    Law: gf52_3
    反证：证明当月未领取工伤生活护理费。
    Refuted by: proof that no work-injury nursing fee was drawn in the month.
    """
    return is_paid(p) & col("in_injury_nursing")


def paid_beside_destitute_support(p: Parameters) -> nw.Expr:
    """已纳入特困供养，仍发放补贴。
    Paid beside running destitute support, which bars both subsidies.
    Law: gf52_3
    反证：证明当月不在特困供养范围。
    Refuted by: proof that destitute support did not run in the month.
    """
    return is_paid(p) & col("in_destitute")


def paid_living_beside_orphan_support(p: Parameters) -> nw.Expr:
    """已领孤儿（事实无人抚养儿童）基本生活费，仍发放生活补贴。
    Living subsidy paid beside running orphan support; the nursing subsidy is not barred.
    Law: gf52_3
    反证：证明当月未领取孤儿基本生活费。
    Refuted by: proof that no orphan support was drawn in the month.
    """
    return is_paid(p) & (col("subsidy") == LIVING) & col("in_orphan_support")


def paid_nursing_beside_veterans_fee(p: Parameters) -> nw.Expr:
    """名册载明当月享受因公致残、离休等护理费，仍发放护理补贴。
    Nursing subsidy paid beside a nursing allowance that the veterans' list shows for the month; only the higher may be drawn.
    Law: gf52_3
    反证：证明当月择高领取，另一待遇未实际发放。
    Refuted by: proof that the other benefit was not drawn in the month.
    """
    return is_paid(p) & (col("subsidy") == NURSING) & col("in_veterans_nursing")


def paid_in_prison(p: Parameters) -> nw.Expr:
    """服刑期间仍发放。
    Paid for a month inside a prison term. National rules are silent; the local rule is a parameter.
    Law: mf70_stop
    反证：证明当月不在监狱服刑（社区矫正、已释放），或当地规定服刑不停发。
    Refuted by: proof that no sentence was served in prison in the month, or a local rule that pays on.
    """
    return is_paid(p) & col("in_prison") & (p.imprisonment_disqualifies != "no")


def paid_above_standard(p: Parameters) -> nw.Expr:
    """发放金额高于当月标准。
    One payment of the month above the standard for subsidy and grade; the person is not at fault.
    Law: gf52_3
    反证：出示当月经批准的更高标准，或证明含补发月份。
    Refuted by: an approved higher standard for the month, or proof that back payments are included.
    """
    return is_paid(p) & (col("max_pay_fen") > col("standard_fen"))


OVER = (
    paid_after_death, paid_after_moving_out, paid_without_certificate, paid_nursing_beyond_grade, paid_living_without_low_income,
    paid_twice, paid_beside_injury_nursing_fee, paid_beside_destitute_support, paid_living_beside_orphan_support,
    paid_nursing_beside_veterans_fee, paid_in_prison, paid_above_standard,
)  # fmt: skip


FULL = tuple(rule for rule in OVER if rule not in {paid_twice, paid_above_standard})


def is_entitled(p: Parameters) -> nw.Expr:
    """By the registers the month is due: alive, resident, certificate in force all month, no barring benefit, no later application."""
    alive = ~(col("has_death_record") & is_after(p, col("death_month")))
    resident = ~(col("has_move_record") & (col("is_move_unknown") | is_after(p, col("moved_month")).fill_null(False)))
    bars = (~col("is_before_application"), ~col("on_destitute"), ~col("on_injury_nursing"), ~col("on_prison"))
    nursing = (col("subsidy") == NURSING) & (col("nursing_grade") <= 2) & ~col("has_veterans_nursing")
    living = (col("subsidy") == LIVING) & col("all_low_income") & ~col("on_orphan_support")
    return reduce(and_, (*bars, alive, resident, col("has_whole_month"), nursing | living))


def entitled_and_unpaid(p: Parameters) -> nw.Expr:
    """按登记信息应发而未发放（起发月以申请为准）。
    By the registers due for the whole month, and nothing was paid; payment starts with the application.
    Never paid: the person may be entitled and should be told. Paid before: why payment ended is to be found out.
    Law: gf52_2, gf52_4, mf70_active
    反证：出示当月已发放的记录，或证明当月尚未申请、不符合条件（含不需要长期照护）、本人放弃。
    Refuted by: a payment for the month, an application after it, a condition not met (need of care included), or a waiver.
    """
    return (col("n_paid") == 0) & is_entitled(p)


def paid_below_the_standard(p: Parameters) -> nw.Expr:
    """发放金额低于当月标准。
    Entitled and paid less than the standard of the month.
    Law: gf52_3
    反证：出示当月批准的较低标准，或补足差额的记录。
    Refuted by: an approved lower standard for the month, or a later payment of the difference.
    """
    wrong = reduce(or_, (rule(p) for rule in OVER))
    return is_paid(p) & ~wrong & (col("gross_fen") < col("standard_fen"))


def prepare(inputs: Inputs, p: Parameters) -> Frame:
    """One row per person × subsidy × month paid or owed."""
    is_wrong, is_full = (reduce(or_, (rule(p) for rule in rules)) for rules in (OVER, FULL))
    return judged(inputs, p, is_wrong, is_full, is_entitled(p))


ROUTE = {"receiver": "民政局", "document": "检察建议"}
DEATH = {"tier": "death_tier", "shows": ("subsidy", "month", "death_month"), "pattern": "deaths_not_shared", **ROUTE}
MONTH = ("subsidy", "month", "gross_fen")
STANDARD = ("standard_fen", "standard_row")
OWED = ("subsidy", "month", "grade", *STANDARD, "last_paid_month", "has_applied", "applied_on", "stopped_on")
BENEFIT = (*MONTH, "benefit_category", "benefit_rate_fen", "benefit_from", "benefit_until")
KINDS = (
    kind("underpaid", entitled_and_unpaid, direction="under", shows=OWED, pattern="entitled_not_invited", **ROUTE),
    kind("paid_below_standard", paid_below_the_standard, direction="under", shows=(*MONTH, "grade", *STANDARD),
         pattern="standard_not_updated", **ROUTE),
    kind("after_death", paid_after_death, **DEATH),
    kind("moved_out", paid_after_moving_out, tier="move_tier", shows=(*MONTH, "moved_month"), pattern="moves_not_shared", **ROUTE),
    kind("no_valid_certificate", paid_without_certificate, shows=(*MONTH, "has_certificate"), pattern="certificates_not_shared", **ROUTE),
    kind("grade_not_1_2", paid_nursing_beyond_grade, shows=(*MONTH, "grade"), pattern="grades_not_shared", **ROUTE),
    kind("not_low_income", paid_living_without_low_income, shows=(*MONTH, "on_low_income"), pattern="low_income_not_shared", **ROUTE),
    kind("double_same_subsidy", paid_twice, shows=(*MONTH, "n_paid", "max_pay_fen", *STANDARD), pattern="no_duplicate_check", **ROUTE),
    kind("excluded_by_work_injury_nursing_fee", paid_beside_injury_nursing_fee, shows=MONTH, pattern="benefits_not_shared", **ROUTE),
    kind("excluded_by_destitute_support", paid_beside_destitute_support, shows=MONTH, pattern="benefits_not_shared", **ROUTE),
    kind("orphan_living", paid_living_beside_orphan_support, shows=MONTH, pattern="benefits_not_shared", **ROUTE),
    kind("choose_higher", paid_nursing_beside_veterans_fee, shows=BENEFIT, pattern="benefits_not_shared", **ROUTE),
    kind("in_prison", paid_in_prison, shows=MONTH, pattern="custody_not_shared", **ROUTE),
    kind("wrong_standard", paid_above_standard, shows=(*MONTH, "grade", "max_pay_fen", *STANDARD), pattern="standard_not_updated", **ROUTE),
)  # fmt: skip

SCENARIO = Scenario(
    id="disabled_two_subsidies",
    title_zh="残疾人两项补贴发放监督",
    title_en="Disabled persons' two subsidies",
    line="公益",
    version="1.0.0",
    unit_zh="人·补贴·月",
    unit_en="person × subsidy × month",
    parameters=Parameters,
    inputs=INPUTS,
    links=LINKS,
    prepare=prepare,
    trace=trace,
    scope=(scope("has_enough_months", has_enough_months),),
    kinds=KINDS,
    exemptions=EXEMPTIONS,
    amount=amount,
    computation=computation,
    limits_zh=LIMITS_ZH,
    limits_en=LIMITS_EN,
)
