"""Every reason a link can have: its tier, its place in the order of trust, and its sentence for the reader.

The tier follows from the reason alone, so a report never shows a tier that its sentence does not justify.
Scores order links within and across tiers; they are no probabilities.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl


@dataclass(frozen=True)
class Reason:
    """One way two subjects were linked."""

    tier: str
    score: float
    zh: str
    en: str


REASONS: Final[dict[str, Reason]] = {
    "id_equal": Reason("T1", 1.0, "两表公民身份号码有效且相同。", "Both tables hold the same valid citizen id."),
    "id_repaired": Reason(
        "T2",
        0.97,
        "身份号码按有记录的规则修复(如15位升18位、全角转半角)后相同，姓名相同或相近。",
        "The citizen ids are equal after a documented repair (15 to 18 digits, full width …), and the names are the same or near.",
    ),
    "id_in_certificate": Reason(
        "T2",
        0.96,
        "残疾人证号内含的身份号码与对方相同。",
        "The citizen id inside the disability certificate number equals the other side's.",
    ),
    "id_slip_confirmed": Reason(
        "T2",
        0.9,
        "身份号码校验不通过或缺末位，改正一处笔误后与对方唯一相同，且姓名(含同音、异体)和另一独立属性均一致。",
        "The id fails its check or lacks its last character; one slip corrected, it equals one listed id, and name (also in sound or "
        "a variant) and a second independent attribute agree.",
    ),
    "id_repaired_name_unconfirmed": Reason(
        "T3",
        0.8,
        "身份号码修复后相同，但姓名缺失或不一致，或出生日期、性别与号码矛盾，须人工核对。",
        "The ids are equal after a repair, but a name is missing or does not agree, or a birth date or sex contradicts the id: "
        "a human must check.",
    ),
    "id_in_certificate_name_differs": Reason(
        "T3",
        0.8,
        "残疾人证号内含的身份号码与对方相同，但姓名不一致，或出生日期、性别与号码矛盾，须人工核对。",
        "The id inside the certificate equals the other side's, but the names do not agree, or a birth date or sex contradicts "
        "the id: a human must check.",
    ),
    "id_slip": Reason(
        "T3",
        0.75,
        "身份号码校验不通过或缺末位，改正一处笔误后与对方唯一相同，姓名相同或相近，尚不足以印证。",
        "The id fails its check or lacks its last character; one slip corrected, it equals one listed id of the same or a near "
        "name; that does not suffice to confirm it.",
    ),
    "id_equal_check_failed": Reason(
        "T3",
        0.72,
        "两表身份号码相同但校验位均不通过，姓名一致，双方均为唯一。",
        "Both tables hold the same id, whose check digit fails; the names agree and it is unique on either side.",
    ),
    "name_birth_date": Reason(
        "T3",
        0.7,
        "姓名(或其读音)与出生日期相同，双方均为唯一候选。",
        "Name (or its sound) and birth date agree; one candidate on either side.",
    ),
    "name_place": Reason(
        "T3",
        0.68,
        "姓名(或其读音)与村(社区)相同，双方均为唯一候选。",
        "Name (or its sound) and village agree; one candidate on either side.",
    ),
    "name_account": Reason(
        "T3",
        0.7,
        "姓名(或其读音)与银行账号相同，双方均为唯一候选。",
        "Name (or its sound) and bank account agree; one candidate on either side.",
    ),
    "name_phone": Reason(
        "T3",
        0.68,
        "姓名(或其读音)与电话号码相同，双方均为唯一候选。",
        "Name (or its sound) and telephone agree; one candidate on either side.",
    ),
    "name_address": Reason(
        "T3",
        0.68,
        "姓名(或其读音)或企业名称主体与地址相同，双方均为唯一候选。",
        "Name (or its sound, or the core of a firm's name) and address agree; one candidate on either side.",
    ),
    "name_representative": Reason(
        "T3",
        0.68,
        "姓名(或其读音)或企业名称主体与法定代表人(负责人)相同，双方均为唯一候选。",
        "Name (or its sound, or the core of a firm's name) and legal representative agree; one candidate on either side.",
    ),
    "code_equal": Reason("T1", 1.0, "两表代码有效且相同。", "Both tables hold the same valid code."),
    "code_repaired": Reason(
        "T2",
        0.97,
        "代码按有记录的规则修复后相同，名称相同或相近。",
        "The codes are equal after a documented repair, and the names are the same or near.",
    ),
    "organisation_bridge": Reason(
        "T2",
        0.96,
        "两表代码(统一社会信用代码、旧税号或单独填写的组织机构代码)内含的组织机构代码相同。",
        "The organisation code inside both numbers (unified code, old tax number, or written alone) is the same.",
    ),
    "citizen_id_as_tax_number": Reason(
        "T2",
        0.95,
        "一方以经营者公民身份号码作纳税人识别号，与对方登记的经营者身份号码相同，且名称(或经营者姓名)一致。",
        "One side uses the owner's citizen id as its tax number, the other side names the same id as its owner's, and the "
        "names of the businesses or of the owners agree.",
    ),
    "citizen_id_as_tax_number_both": Reason(
        "T2",
        0.95,
        "两表均以同一经营者的公民身份号码作纳税人识别号，且名称一致。",
        "Both tables use the same owner's citizen id as tax number, and the names agree.",
    ),
    "citizen_id_as_tax_number_name_differs": Reason(
        "T3",
        0.8,
        "作纳税人识别号的经营者公民身份号码相同，但名称、所在地或经营者姓名不同；同一经营者可有多家店，须人工核对。",
        "The owner's citizen id used as tax number is the same, but the names, places or owners differ: one owner may have "
        "several businesses, a human must check.",
    ),
    "citizen_id_as_tax_number_name_unconfirmed": Reason(
        "T3",
        0.8,
        "作纳税人识别号的经营者公民身份号码相同，但名称不足以印证是同一家；同一经营者可有多家店，须人工核对。",
        "The owner's citizen id used as tax number is the same, but no name confirms that it is the same business: one owner "
        "may have several, a human must check.",
    ),
    "code_equal_check_failed": Reason(
        "T2",
        0.9,
        "两表代码相同但校验位均不通过(确有此类已发代码)，名称一致。",
        "Both tables hold the same code, whose check digit fails (such codes were issued), and the names agree.",
    ),
    "code_repaired_name_unconfirmed": Reason(
        "T3",
        0.8,
        "代码修复后相同，但名称缺失、明显不同或所在地不同，须人工核对。",
        "The codes are equal after a repair, but a name is missing, clearly different or of another place: a human must check.",
    ),
    "organisation_bridge_name_differs": Reason(
        "T3",
        0.8,
        "内含的组织机构代码相同，但名称明显不同，须人工核对。",
        "The organisation code inside is the same, but the names clearly differ: a human must check.",
    ),
    "weighed": Reason(
        "T3",
        0.9,
        "无有效的公民身份号码或统一社会信用代码可资认定；按各项信息的一致程度加权，为同一主体的可能性达到所设标准。",
        "No valid citizen id or unified code ties them; weighed by how far each attribute agrees, they are one subject with the "
        "likelihood asked for.",
    ),
    "weighed_weak": Reason(
        "T4",
        0.5,
        "无有效的公民身份号码或统一社会信用代码可资认定；各项信息加权后可能性不足，仅供排查，不得据此认定。",
        "No valid citizen id or unified code ties them, and the weighed attributes do not suffice: for a search only, nothing may "
        "be concluded from it.",
    ),
    "weighed_ambiguous": Reason(
        "T4",
        0.5,
        "单看各项信息足以认定，但另有相近的候选(如双胞胎、同名同日生)，无法确定是哪一个，未予认定。",
        "The attributes would do, but another candidate fits about as well (twins, same name and birthday): neither is chosen.",
    ),
    "licence_equal": Reason("T1", 1.0, "许可证编号有效且相同。", "The same valid licence number."),
    "licence_equal_check_failed": Reason(
        "T2",
        0.95,
        "许可证编号相同，但校验位不通过；名单中确有此号。",
        "The same licence number, whose check digit fails; the list does hold it.",
    ),
    "ocr_repair": Reason(
        "T2",
        0.9,
        "公示编号校验不通过，名单中同名经营者仅有一个编号与之相差在允许的字符数以内。",
        "The shown number fails its check; one listed number of the same operator lies within the allowed distance.",
    ),
}

_NAME_COST: Final = {
    "variant": 0.01,
    "homophone": 0.03,
    "one_character": 0.05,
    "missing": 0.05,
    "other_place": 0.1,
    "different": 0.2,
}


def linked(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs as candidates in the columns of `links.COLUMNS`.

    Args:
        pairs: `ref`, `ref_right`, `reason`, `grade` (of the names), `value`, `value_right`.
    """
    tier = {code: reason.tier for code, reason in REASONS.items()}
    score = {code: reason.score for code, reason in REASONS.items()}
    cost = pl.col("grade").replace_strict(_NAME_COST, default=0.0, return_dtype=pl.Float64)
    return pairs.select(
        left_ref="ref",
        right_ref="ref_right",
        tier=pl.col("reason").replace_strict(tier, return_dtype=pl.String),
        score=(pl.col("reason").replace_strict(score, return_dtype=pl.Float64) - cost).round(2),
        reason="reason",
        levels=pl.lit(None, pl.String),
        left_value="value",
        right_value="value_right",
        name_conflict=pl.col("grade") == "different",
    )
