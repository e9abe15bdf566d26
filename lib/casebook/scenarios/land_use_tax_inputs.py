"""The tables of the land-use-tax model and why each column is read."""

from casebook.case.scenario import Input, LinkSpec

REGISTRY, CONTRACTS = "registry_real_estate", "land_supply_contracts"
REGISTRATIONS, SOURCES, PAYMENTS, RELIEFS = (
    "tax_registrations", "tax_land_sources", "tax_payments", "tax_relief_filings",
)  # fmt: skip
MARKET, PENALTIES = "market_registrations", "land_use_penalties"

TAXPAYER = {
    "taxpayer_no": "纳税人主键，含旧 15 位税号 | key of the taxpayer, old 15-digit numbers included",
    "unified_code": "内含组织机构代码，衔接新旧税号 | holds the organisation code that joins old and new numbers",
    "taxpayer_name": "核对身份 | confirms the identity",
}
BY_TAXPAYER = {"code": "taxpayer_no"}

INPUTS = (
    Input(
        REGISTRY,
        {
            "holder": "权利人，可能为多人 | holder, several in one cell when co-owned",
            "holder_id": "权利人主键 | key of the holder",
            "parcel_code": "宗地代码：地籍区、税区、与合同和税源衔接 | parcel: district, tax area, joins contracts and sources",
            "unit_no": "宗地代码缺失时，及拆分单元去重 | where the parcel code is missing; tells units apart",
            "right_type": "土地或房屋、国有或集体、宅基地 | land or building, state or collective, home plot",
            "right_nature": "出让、划拨、租赁 | grant, allocation, lease",
            "land_use": "用途，判断免税 | use, for the exemptions",
            "location": "坐落，与税源、住所比对 | location, compared with sources and seats",
            "area_dm2": "应税面积 | taxable area",
            "share": "共有份额 | shares of co-owners",
            "use_from": "无合同时的取得时间 | acquired on, where there is no contract",
            "use_until": "权利终止 | end of the right",
            "registered_on": "购置房地产的起算 | start for land bought with a building",
            "right_state": "只计现势 | current rights only",
            "encumbrance": "司法拍卖未过户等 | court sale not yet registered",
        },
        subject="firm",
        roles={"code": "holder_id"},
        co_owners={"name": "holder", "code": "holder_id", "share": "share"},
    ),
    Input(
        CONTRACTS,
        {
            "holder": "与登记权利人核对 | compared with the registered holder",
            "unified_code": "受让人主键 | key of the grantee",
            "parcel_code": "与登记衔接 | joins the register",
            "supply_mode": "招拍挂或划拨 | auction or allocation",
            "land_grade": "地籍区无等级时的土地级别 | grade where the table has none",
            "handover_on": "约定交地，纳税义务起算 | hand-over: start of liability",
            "signed_on": "未约定交地时的起算 | start where no hand-over is agreed",
            "former_land_class": "征收前是否耕地 | farmland before the requisition",
            "requisition_approved_on": "征收耕地满一年的起算 | start of the farmland year",
        },
        optional=True,
        subject="firm",
        roles={"code": "unified_code"},
        co_owners={"name": "holder", "code": "unified_code"},
    ),
    Input(
        REGISTRATIONS,
        {
            **TAXPAYER,
            "taxpayer_state": "注销、非正常户、破产 | deregistered, abnormal, bankrupt",
            "vat_type": "小规模纳税人减征 | small-scale payers' relief",
            "address": "与坐落比对 | compared with locations",
            "representative": "以经营者证件号缴税的核对 | for tax paid under the owner's id",
        },
        subject="firm",
        roles=BY_TAXPAYER,
    ),
    Input(
        SOURCES,
        {
            **TAXPAYER,
            "parcel_code": "税源所指宗地 | parcel the source names",
            "unit_no": "同上 | same",
            "location": "宗地代码缺失时 | where no parcel is named",
            "area_dm2": "申报面积 | declared area",
            "land_grade": "申报等级 | declared grade",
            "rate_fen": "申报单位税额 | declared rate",
            "acquired_on": "申报取得时间 | declared start",
            "ended_on": "税源终止 | end of the source",
            "relief_nature": "无偿提供免税单位使用等 | free use by an exempt unit",
        },
        subject="firm",
        roles=BY_TAXPAYER,
    ),
    Input(
        PAYMENTS,
        {
            **TAXPAYER,
            "tax_type": "只计本税 | this tax only",
            "tax_item": "征收项目空白时 | where the tax is not named",
            "payment_kind": "只计正税，滞纳金另计 | principal only",
            "period_from": "所属期起 | period from",
            "period_until": "所属期止 | period to",
            "paid_fen": "实缴，负数为退税 | paid; negative is a refund",
        },
        subject="firm",
        roles=BY_TAXPAYER,
    ),
    Input(
        MARKET,
        {
            "unified_code": "主体主键 | key of the firm",
            "firm_name": "现名 | present name",
            "former_name": "曾用名，识别更名 | former name",
            "firm_type": "个体工商户、分公司 | individual business, branch",
            "firm_state": "注销、吊销 | cancelled, revoked",
            "address": "免税单位土地上是否有企业 | a firm on an exempt unit's land",
            "representative": "以经营者证件号缴税的核对 | for tax paid under the owner's id",
            "register_event": "合并、分立等 | merger, division",
            "head_office": "分公司的隶属企业 | head office of a branch",
        },
        optional=True,
        subject="firm",
        roles={"code": "unified_code"},
    ),
    Input(
        RELIEFS,
        {
            **TAXPAYER,
            "relief_nature": "减免性质 | nature of the relief",
            "approval_no": "批准文号 | approval",
            "relief_from": "减免期起 | from",
            "relief_until": "减免期止 | to",
            "relief_share": "减免比例 | share",
            "parcel_code": "限于某宗地 | for one parcel only",
        },
        optional=True,
        subject="firm",
        roles=BY_TAXPAYER,
    ),
    Input(
        PENALTIES,
        {
            "parcel_code": "宗地 | parcel",
            "disposal": "是否政府原因闲置、收回 | idle or taken back by government cause",
        },
        optional=True,
    ),
)  # fmt: skip

LINKS = (
    LinkSpec(
        "taxpayers",
        "firm",
        (REGISTRATIONS,),
        REGISTRY,
        left_roles={**BY_TAXPAYER, "name": "taxpayer_name", "core": "taxpayer_name_core"},
        right_roles={"code": "holder_id", "name": "holder", "core": "holder_core", "address": "location"},
    ),
    LinkSpec(
        "firms",
        "firm",
        (MARKET,),
        REGISTRY,
        left_roles={"code": "unified_code", "name": "firm_name", "core": "firm_name_core"},
        right_roles={"code": "holder_id", "name": "holder", "core": "holder_core", "address": "location"},
    ),
)
