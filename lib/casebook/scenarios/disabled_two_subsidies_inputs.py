"""The tables of the two-subsidies model and why each column is read."""

from casebook.case.scenario import Input, LinkSpec

WHO = {"name": "核对身份 | confirms the identity", "citizen_id": "身份主键 | key of the person"}
SPAN = {"benefit_from": "待遇起始 | start of the benefit", "benefit_until": "待遇终止 | end of the benefit"}
HOME = {"township": "乡镇 | place", "village": "村（社区）| place"}
CERTIFICATE = {"certificate_no": "残疾人证号内含身份证号、类别、等级 | holds id, category and grade"}
CERTIFICATE_ROLE = {"certificate_id": "certificate_no_citizen_id"}

INPUTS = (
    Input(
        "civil_subsidy_payments",
        {
            **WHO, **CERTIFICATE, **HOME,
            "subsidy": "补贴种类 | which subsidy",
            "standard_fen": "核定标准 | standard as booked",
            "pay_month": "发放所属月份 | month the payment is for",
            "amount_fen": "实发金额，负数为退回 | amount; negative is a refund",
            "applied_on": "申请日期，应发未发时核对是否曾申领 | application, shown where a month is unpaid",
            "stopped_on": "停发日期，应发未发时核对是否已停发 | end of payment, shown where a month is unpaid",
            "account": "重复发放的账户 | account, for double payments",
        },
        subject="person",
    ),
    Input(
        "federation_certificates",
        {
            **WHO, **CERTIFICATE, **HOME,
            "disability_category": "类别 | category",
            "disability_grade": "等级 | grade",
            "issued_on": "发证日期 | issued",
            "valid_until": "有效期至 | valid until",
            "certificate_state": "证件状态 | state",
            "cancelled_on": "注销日期 | cancelled on",
        },
        subject="person",
    ),
    Input(
        "police_deaths",
        {
            **WHO,
            "death_date": "死亡日期 | date of death",
            "cancelled_on": "注销日期 | household record cancelled on",
            "cancel_reason": "注销原因，区分死亡与其他 | reason, death or another",
        },
        subject="person",
    ),
    Input(
        "civil_cremations",
        {
            **WHO,
            "birth_date": "身份证号缺失时的第二属性 | second attribute where the id is missing",
            "cremated_on": "火化日期 | cremated on",
        },
        optional=True,
        subject="person",
    ),
    Input(
        "police_moves",
        {**WHO, "moved_on": "迁出日期 | date of the move", "destination": "迁往地，判断是否迁出发放地 | destination"},
        subject="person",
    ),
    Input("civil_low_income", {**WHO, **SPAN, **HOME}, subject="person"),
    Input("civil_destitute_support", {**WHO, **SPAN}, optional=True, subject="person"),
    Input("civil_orphans", {**WHO, **SPAN}, optional=True, subject="person"),
    Input(
        "justice_custody",
        {
            **WHO,
            "penalty": "刑种 | penalty",
            "term_from": "刑期起 | term from",
            "term_until": "刑期止 | term until",
            "execution": "执行方式，社区矫正不计 | way of execution",
        },
        optional=True,
        subject="person",
    ),
    Input(
        "hr_work_injury_nursing",
        {**WHO, **SPAN, "category": "待遇类别，仅生活护理费 | only the nursing fee counts"},
        optional=True,
        subject="person",
    ),
    Input(
        "veterans_nursing",
        {
            **WHO, **SPAN,
            "category": "待遇类别，仅护理类计入 | only a nursing allowance counts",
            "standard_fen": "月标准，名册载明享受的依据 | monthly rate: by it the list shows the benefit as drawn",
        },
        optional=True,
        subject="person",
    ),
)  # fmt: skip

LINKS = tuple(
    LinkSpec(name, "person", ("civil_subsidy_payments", "federation_certificates"), right, right_roles=roles)
    for name, right, roles in (
        ("certificates", "federation_certificates", CERTIFICATE_ROLE),
        ("deaths", "police_deaths", {}),
        ("cremations", "civil_cremations", {}),
        ("moves", "police_moves", {}),
        ("low_income", "civil_low_income", {}),
        ("destitute", "civil_destitute_support", {}),
        ("orphans", "civil_orphans", {}),
        ("custody", "justice_custody", {}),
        ("injury", "hr_work_injury_nursing", {}),
        ("veterans", "veterans_nursing", {}),
    )
)
