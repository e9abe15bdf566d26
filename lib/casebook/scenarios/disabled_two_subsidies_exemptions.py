"""What takes a lead of the two-subsidies model out, or to a human, and what the model cannot see."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.scenario import exemption
from casebook.scenarios.disabled_two_subsidies_rows import is_after

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

WEAK = 3
DEATHS = ("after_death",)
BY_CERTIFICATE = ("no_valid_certificate", "grade_not_1_2", "wrong_standard", "paid_below_standard", "underpaid")
BY_AMOUNT = ("double_same_subsidy", "wrong_standard", "paid_below_standard", "underpaid")


def is_refunded(p: "Parameters") -> nw.Expr:
    """已全部退回。
    Refunds of the same person and subsidy cover what was paid for the month.
    """
    return nw.col("is_wrong") & (nw.col("n_paid") > 0) & (nw.col("wrong_fen") <= nw.col("pooled_fen"))


def is_cancelled_for_another_reason(p: "Parameters") -> nw.Expr:
    """户口因重复、婚迁等注销，并非死亡。
    The household record was cancelled for a duplicate, a marriage and the like; no record of a death.
    """
    return nw.col("is_cancelled_otherwise")


def is_declaration_revoked(p: "Parameters") -> nw.Expr:
    """宣告死亡（失踪）已撤销。
    The declaration of death or of absence was revoked (民法典 art. 50).
    """
    return nw.col("is_declaration_revoked")


def is_lump_payment(p: "Parameters") -> nw.Expr:
    """一行发放多个月，可能含以前月份补发。
    One row pays a multiple of the standard: it may be for earlier months, or cover the unpaid ones.
    """
    standard = nw.max_horizontal(nw.col("standard_fen").fill_null(0), nw.col("row_standard_fen").fill_null(0))
    multiple = (standard > 0) & (nw.col("max_pay_fen") >= 2 * standard) & (nw.col("max_pay_fen") % standard == 0)
    return (multiple & (nw.col("n_paid") > 0)) | ((nw.col("n_paid") == 0) & nw.col("has_lump"))


def is_certificate_being_renewed(p: "Parameters") -> nw.Expr:
    """证件到期未满宽限月数，可能正在换证。
    The certificate expired no longer than `certificate_grace_months` ago: a renewal may be under way.
    """
    return nw.col("in_grace") & (nw.col("has_certificate") == False)


def is_cancelled_without_date(p: "Parameters") -> nw.Expr:
    """证件注销但无注销日期，或转出、状态与日期不一致。
    The certificate is cancelled and no date is given, or moved elsewhere, or state and date disagree; no other is in force.
    """
    return nw.col("cancelled_undated") & ~nw.col("has_certificate").fill_null(False)


def is_regraded_later(p: "Parameters") -> nw.Expr:
    """只掌握换证后的证件和等级。
    Only a certificate (re)issued after the month is known: what was held and which grade at the time is not.
    """
    return nw.col("is_regraded")


def is_destination_unknown(p: "Parameters") -> nw.Expr:
    """迁出登记缺迁往地或日期。
    On the moves list without destination or date.
    """
    return nw.col("is_move_unknown")


def is_death_date_unknown(p: "Parameters") -> nw.Expr:
    """死亡登记缺日期，或各登记的死亡时间不一致且当月介于其间。
    On the deaths list without a date, or the month lies between the dates of death that two records give.
    """
    in_dispute = nw.col("has_death_record") & ~is_after(p, nw.col("death_latest"))
    return nw.col("is_death_undated") | in_dispute.fill_null(False)


def may_have_chosen_the_higher(p: "Parameters") -> nw.Expr:
    """在另一待遇名册上，但缺月标准、起始日期或并非护理类，未载明当月享受。
    On the other benefit's list without rate, start or as no nursing allowance: the higher may have been chosen rightly.
    """
    return nw.col("in_veterans_nursing").is_null()


def is_under_another_id(p: "Parameters") -> nw.Expr:
    """行内身份证号与残疾人证内号码不一致，或同名同村的证件、发放记录在他人或无法辨认的号码下。
    The id in the row is not the one inside its certificate number (a guardian's, or a slip), or certificate or payment may stand
    under such a key: same name and home.
    """
    return (
        nw.col("id_conflict")
        | nw.col("is_certified_elsewhere")
        | ((nw.col("n_paid") == 0) & nw.col("is_paid_elsewhere"))
    )


def is_same_id_other_name(p: "Parameters") -> nw.Expr:
    """同号不同名，可能为登记错误。
    Same id, clearly different names on the two sides: a data error, never a lead (ruling: same id, different names).
    """
    return nw.col("death_conflict")


def is_other_name_on_move(p: "Parameters") -> nw.Expr:
    """迁移登记同号不同名。
    Same id, clearly different names on the moves list.
    """
    return nw.col("move_conflict").fill_null(False)


def is_other_name_on_certificate(p: "Parameters") -> nw.Expr:
    """残疾人证同号不同名。
    Same id, clearly different names on the certificate.
    """
    return nw.col("certificate_conflict").fill_null(False)


def is_paid_in_several_names(p: "Parameters") -> nw.Expr:
    """同一号码下以不同姓名发放。
    Payments under the same id bear several names: another person may be paid under it, or the name was corrected.
    """
    return nw.col("has_two_names") & (nw.col("n_paid") > 0)


def may_be_back_payment(p: "Parameters") -> nw.Expr:
    """可能为补发或抵扣其他月份。
    The surplus may make good an earlier month left short, or the short month may be made good or set off in another month.
    """
    return nw.col("may_be_back_payment")


def may_be_one_row_twice(p: "Parameters") -> nw.Expr:
    """同一乡镇、同一账户，可能为重复导出的同一笔。
    Both rows name the same township and account: one payment may have been exported twice.
    """
    return (nw.col("n_paid") > 1) & ~nw.col("has_two_payees")


def is_weak_match(p: "Parameters") -> nw.Expr:
    """仅凭姓名加第二属性比中。
    Linked by name and a second attribute only (tier T3).
    """
    weak_death = nw.col("has_death_record") & (nw.col("death_tier").fill_null(1) >= WEAK)
    return weak_death | (nw.col("move_tier").fill_null(1) >= WEAK) | (
        nw.col("has_weak_certificate") & ~nw.col("has_certificate").fill_null(False)
    )  # fmt: skip


def depends_on_local_prison_rule(p: "Parameters") -> nw.Expr:
    """服刑是否停发由当地规定。
    National rules are silent on imprisonment; the local rule is not settled in the parameters.
    """
    return nw.col("in_prison").fill_null(True) & nw.lit(p.imprisonment_disqualifies == "flag")


def may_be_a_margin_family(p: "Parameters") -> nw.Expr:
    """当地将低保边缘家庭纳入，而名册未提供。
    The local rule includes low-income margin families, whose list is not part of the set.
    """
    return nw.lit(p.low_income_extension) & ~nw.col("on_low_income").fill_null(True)


EXEMPTIONS = (
    exemption("refunded", is_refunded, "excluded"),
    exemption("cancelled_not_death", is_cancelled_for_another_reason, "excluded", DEATHS),
    exemption("declaration_revoked", is_declaration_revoked, "excluded", DEATHS),
    exemption("lump_back_payment", is_lump_payment, "flagged"),
    exemption("certificate_being_renewed", is_certificate_being_renewed, "flagged", ("no_valid_certificate",)),
    exemption("certificate_cancelled_without_date", is_cancelled_without_date, "flagged", ("no_valid_certificate",)),
    exemption("regraded_later", is_regraded_later, "flagged", ("no_valid_certificate", "grade_not_1_2")),
    exemption("move_destination_unknown", is_destination_unknown, "flagged", ("moved_out", "underpaid")),
    exemption("death_date_unknown", is_death_date_unknown, "flagged", (*DEATHS, "underpaid")),
    exemption("choice_of_higher", may_have_chosen_the_higher, "flagged", ("choose_higher", "underpaid")),
    exemption("guardian_id", is_under_another_id, "flagged"),
    exemption("name_conflict", is_same_id_other_name, "flagged", DEATHS),
    exemption("name_conflict_on_move", is_other_name_on_move, "flagged", ("moved_out",)),
    exemption("name_conflict_on_certificate", is_other_name_on_certificate, "flagged", BY_CERTIFICATE),
    exemption("name_conflict_on_payments", is_paid_in_several_names, "flagged"),
    exemption("back_payment", may_be_back_payment, "flagged", BY_AMOUNT),
    exemption("duplicate_row", may_be_one_row_twice, "flagged", ("double_same_subsidy",)),
    exemption(
        "weak_match", is_weak_match, "flagged", ("after_death", "moved_out", "no_valid_certificate", "underpaid")
    ),
    exemption("local_rule_on_prison", depends_on_local_prison_rule, "flagged", ("in_prison", "underpaid")),
    exemption("low_income_margin", may_be_a_margin_family, "flagged", ("not_low_income",)),
)

LIMITS_ZH = (
    "未列入死亡、迁出、服刑名单不等于健在、在籍、在外；只说明名单上没有。",
    "低保边缘家庭、高龄津贴、卫健部门死亡证明不在本数据集内。",
    "接收时剔除的行（如缺发放月份或金额）不参与比对，已发月份可能因此显示为未发。",
    "低保渐退期由当地规定，未计入。",
    "补贴依申请发放，起发月以申请为准：应发未发的月份按登记信息推算，金额为补发的上限；此前未曾发放的，明细载明的申请日期之前不计；是否申请过、何时申请须向民政部门核实。",
    "护理补贴要求“需要长期照护”，数据中无此项，未核对。",
    "是否领取另一护理待遇以名册载明的类别、月标准和起止为准，未核对其实际发放。",
    "按发放月份判断，到账日期不参与；一次性补发按整行核对，标为存疑。",
    "任何补贴不得仅凭本名单停发；应发未发人员应当优先告知。",
)
LIMITS_EN = (
    "Not being on the lists of deaths, moves or prisoners only means that the list does not show the person.",
    "Low-income margin families, old-age allowances and the health bureau's death certificates are not part of the set.",
    "Rows refused at intake (no month, no amount) are not compared, so a paid month may look unpaid.",
    "Local grace after minimum living ends is not counted.",
    "Paid on application and from it: unpaid months follow from the registers, their sum is the most that could be due.",
    "Months before the application that the first payments bear are not counted; whether and when else is to be asked of the bureau.",
    "The nursing subsidy requires a need of long-term care, which no table tells: it is not tested.",
    "Whether another nursing allowance is drawn is read from its list (category, rate, span), not from its payments.",
    "Months are those the payment is for, not those it arrived in; lump back payments are flagged as a whole.",
    "No payment may be stopped on this list alone; people entitled and unpaid come first.",
)
