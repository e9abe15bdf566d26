"""What takes a lead of the land-use-tax model out, or to a human, and what the model cannot see."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.scenario import exemption

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

OVER = ("not_registered", "not_declared", "under_area", "wrong_grade", "late_start", "short_paid")


def is_excused_by(name: str) -> nw.Expr:
    """The exemption takes tax off the year and nothing remains due beyond what was paid."""
    return nw.col("is_excused").fill_null(False) & (nw.col(f"n_{name}") > 0)


def is_state_organ(p: "Parameters") -> nw.Expr:
    """国家机关、人民团体、军队的土地，推定自用（未见出租迹象）。
    Land of state organs, people's organisations and the army, presumed in own use (no sign of letting).
    Law: lut_6
    """
    return is_excused_by("state_organ_own_use")


def is_budget_unit(p: "Parameters") -> nw.Expr:
    """由国家财政部门拨付事业经费的单位的土地，推定自用（未见出租迹象）。
    Land of units financed by the budget (schools, hospitals and the like), presumed in own use (no sign of letting).
    Law: lut_6
    """
    return is_excused_by("budget_unit_own_use")


def is_religious_or_park(p: "Parameters") -> nw.Expr:
    """宗教寺庙、公园、名胜古迹的土地，推定自用（未见出租迹象）。
    Land of temples, parks and scenic sites, presumed in own use (no sign of letting).
    Law: lut_6
    """
    return is_excused_by("religious_park_scenic")


def is_municipal(p: "Parameters") -> nw.Expr:
    """市政街道、广场、绿化地带等公共用地。
    Municipal streets, squares and green belts.
    Law: lut_6
    """
    return is_excused_by("municipal_public_land")


def is_farming(p: "Parameters") -> nw.Expr:
    """直接用于农、林、牧、渔业的生产用地。
    Land directly used for farming, forestry, husbandry or fishery; processing plants and offices are not.
    Law: lut_6
    """
    return is_excused_by("farming_land")


def is_home_plot(p: "Parameters") -> nw.Expr:
    """个人所有的居住房屋及院落用地、宅基地。
    Homes and home plots of individuals.
    Law: lut_15
    """
    return is_excused_by("home_plot")


def is_reclaimed(p: "Parameters") -> nw.Expr:
    """经批准开山填海整治的土地和改造的废弃土地，在免税期内。
    Reclaimed or restored land with approval, inside its window; a filing without number, window or share: unknown.
    Law: lut_6
    """
    return proven("reclaimed_land")


def is_hardship(p: "Parameters") -> nw.Expr:
    """经批准的困难减免，在减免期内。
    Hardship relief approved with a number, inside its window; a filing without number, window or share: unknown.
    Law: lut_7
    """
    return proven("hardship_relief")


def proven(name: str) -> nw.Expr:
    """Excused by a proven filing; unknown where only an unproven one touches the year."""
    held = is_excused_by(name)
    return nw.when(nw.col(f"unproven_{name}") & ~held).then(nw.lit(None)).otherwise(held).cast(nw.Boolean)


def is_in_farmland_year(p: "Parameters") -> nw.Expr:
    """征收的耕地，自批准征收之日起未满一年。
    Requisitioned farmland before the first anniversary of the approval; land won at auction only by parameter.
    Law: lut_9, gg74
    """
    return is_excused_by("farmland_first_year")


def is_approved_after_handover(p: "Parameters") -> nw.Expr:
    """征收耕地的批准时间晚于交地时间，日期或批准文件有疑。
    The requisition of the farmland was approved after the hand-over: one of the dates or the approval is in doubt.
    Law: lut_9, gg74
    """
    return nw.col("is_approved_late")


def may_right_run_on(p: "Parameters") -> nw.Expr:
    """权利期限已届满，但登记仍为现势且继续缴纳，可能仍实际使用。
    The term is over while the row is current and tax is still paid: the land may still be used; a term alone ends no duty.
    Law: cs152
    """
    return nw.col("is_run_on")


def is_let_by_exempt_unit(p: "Parameters") -> nw.Expr:
    """免税单位的土地上登记有企业，或用于经营，可能已出租。
    An exempt unit's land with a firm registered at its location or put to a commercial use: it may be let (ruling 11).
    """
    return nw.col("is_let")


def is_infrastructure(p: "Parameters") -> nw.Expr:
    """能源、交通、水利设施用地，企业办学校、医院、幼儿园，厂区外公共绿地。
    Energy, transport and water facilities, schools and hospitals run by enterprises, public green outside the works.
    Law: lut_6
    """
    return nw.col("is_works") | nw.col("unproven_infrastructure_art6_7")


def is_small_entity(p: "Parameters") -> nw.Expr:
    """个体工商户；或小规模纳税人减半后低于起点。
    An individual business; or a small-scale payer (unknown where not told) whose halved amount is under the minimum (ruling 10).
    """
    kept = nw.col("total_fen") * (100 - nw.col("small_pct"))
    under = ((kept < p.min_shortfall_yuan * 100 * 100) & ~nw.col("is_excused")).fill_null(False)
    return nw.col("is_individual") | (nw.col("is_small_scale") & under)


def is_bulk_storage(p: "Parameters") -> nw.Expr:
    """物流企业大宗商品仓储设施用地减半备案，未见份额证明。
    A filing for bulk-commodity storage of a logistics firm, without proof of the share it covers.
    """
    return nw.col("unproven_bulk_commodity_storage")


def is_high_tech(p: "Parameters") -> nw.Expr:
    """高新技术企业优惠备案，未见资格证明。
    A filing as high-tech enterprise, without proof.
    """
    return nw.col("unproven_high_tech_enterprise")


def may_have_other_relief(p: "Parameters") -> nw.Expr:
    """另有其他性质的减免备案，依据未明。
    Another relief filing touches the year and lacks number, window or share.
    """
    return nw.col("unproven_other")


def may_user_pay(p: "Parameters") -> nw.Expr:
    """他人申报了同一坐落（宗地），可能由实际使用人缴纳。
    Another payer declares the same location or parcel: the actual user may have paid, or this holder for another.
    Law: lut_15
    """
    return nw.col("user_pays") | nw.col("pays_for_other")


def may_co_owner_pay(p: "Parameters") -> nw.Expr:
    """共有人可能已就全部面积缴纳。
    A co-owner declares more than its share of the parcel and may have paid for all.
    Law: lut_15
    """
    return nw.col("co_owner_pays") | nw.col("pays_for_co_owner")


def is_collective(p: "Parameters") -> nw.Expr:
    """集体建设用地，纳税人为直接承租人还是权利人需核实。
    Collective land: the direct lessee pays, else the holder; to be settled.
    Law: cs56
    """
    return nw.col("is_collective")


def is_used_free(p: "Parameters") -> nw.Expr:
    """免税单位与纳税单位之间无偿使用。
    Free use between a taxpayer and an exempt unit: the taxpayer pays for exempt units' land, not the reverse.
    Law: gs140
    """
    return nw.col("is_free_use") | nw.col("is_free_use_declared")


def has_register_event(p: "Parameters") -> nw.Expr:
    """合并、分立、未过户转让、司法拍卖等登记事项。
    Merger, division, unregistered transfer or court sale in the register.
    """
    return nw.col("has_event") | nw.col("is_court_sale")


def may_head_office_pay(p: "Parameters") -> nw.Expr:
    """分支机构与总机构可能汇总申报。
    A branch, or a head office one of whose branches declares land: they may declare together.
    """
    return nw.col("is_branch") | nw.col("has_declaring_branch")


def is_idle_by_government(p: "Parameters") -> nw.Expr:
    """因政府原因闲置或收回。
    Land taken back, or idle by government cause.
    """
    return nw.col("is_taken_back")


def is_for_the_administrator(p: "Parameters") -> nw.Expr:
    """破产、非正常户、注销：向管理人申报或另行追缴。
    Bankrupt, abnormal or deregistered: a claim to the administrator (ruling 9).
    """
    return nw.col("is_ended") | nw.col("is_cancelled")


def is_same_code_other_name(p: "Parameters") -> nw.Expr:
    """同一代码名称明显不同，且非曾用名，可能为登记错误。
    Same code, clearly different names that no former name explains: a data error, never a lead (ruling 21).
    """
    return nw.col("name_conflict")


def is_weak_match(p: "Parameters") -> nw.Expr:
    """权利人无有效证件号，仅凭名称加坐落比中。
    The holder has no usable code; name and location alone match (tier T3).
    """
    return nw.col("entity_tier") > 2


def is_kind_unknown(p: "Parameters") -> nw.Expr:
    """权利人单位性质不明，可能为免税单位。
    What kind of unit the holder is cannot be told, and the use is one of exempt units.
    """
    return nw.col("is_class_unknown")


def is_place_unknown(p: "Parameters") -> nw.Expr:
    """宗地代码缺失，无法确认是否在征税范围内。
    No parcel code: whether the land lies in the tax area is not told.
    """
    return nw.col("is_unplaced")


def may_pay_under_another_number(p: "Parameters") -> nw.Expr:
    """同名（或经营者）以其他号码、无法辨认的号码申报或缴纳过本税。
    The same name, or the owner, declared or paid this tax under another number or one that cannot be read.
    """
    return nw.col("has_namesake")


def may_count_parcel_twice(p: "Parameters") -> nw.Expr:
    """同一宗地多个单元登记面积相同，可能均为全宗面积。
    Several units of one parcel bear the same area: each may state the area of the whole parcel.
    """
    return nw.col("is_area_doubtful")


EXCLUDING: tuple[tuple[str, Callable[["Parameters"], nw.Expr]], ...] = (
    ("state_organ_own_use", is_state_organ),
    ("budget_unit_own_use", is_budget_unit),
    ("religious_park_scenic", is_religious_or_park),
    ("municipal_public_land", is_municipal),
    ("farming_land", is_farming),
    ("reclaimed_land", is_reclaimed),
    ("hardship_relief", is_hardship),
    ("farmland_first_year", is_in_farmland_year),
    ("home_plot", is_home_plot),
)
FLAGGING: tuple[tuple[str, Callable[["Parameters"], nw.Expr], tuple[str, ...]], ...] = (
    ("approval_after_handover", is_approved_after_handover, OVER),
    ("right_may_run_on", may_right_run_on, ("overpaid",)),
    ("exempt_unit_land_let", is_let_by_exempt_unit, OVER),
    ("infrastructure_art6_7", is_infrastructure, OVER),
    ("small_entity_relief", is_small_entity, OVER),
    ("bulk_commodity_storage", is_bulk_storage, OVER),
    ("high_tech_enterprise", is_high_tech, OVER),
    ("other_relief_filing", may_have_other_relief, OVER),
    ("actual_user_pays", may_user_pay, ()),
    ("co_owner_paid", may_co_owner_pay, ()),
    ("leased_collective_land", is_collective, OVER),
    ("free_use_of_exempt_land", is_used_free, ()),
    ("register_event", has_register_event, ()),
    ("branch_or_head_pays", may_head_office_pay, ()),
    ("idle_by_government", is_idle_by_government, OVER),
    ("claim_to_administrator", is_for_the_administrator, OVER),
    ("holder_kind_unknown", is_kind_unknown, OVER),
    ("tax_area_unknown", is_place_unknown, ()),
    ("paid_under_another_number", may_pay_under_another_number, OVER),
    ("parcel_counted_twice", may_count_parcel_twice, ()),
    ("name_conflict", is_same_code_other_name, ()),
    ("weak_match", is_weak_match, ()),
)
EXEMPTIONS = (
    *(exemption(name, function, "excluded", OVER) for name, function in EXCLUDING),
    *(exemption(name, function, "flagged", covers) for name, function, covers in FLAGGING),
)
