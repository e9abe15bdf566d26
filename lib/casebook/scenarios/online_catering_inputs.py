"""The tables of the online-catering model and why each column is read."""

from casebook.case.scenario import Input, LinkSpec

LICENCES, CERTIFICATES, GRADES = "market_food_licences", "market_small_catering", "market_hygiene_grades"
SHOPS, DISHES = "platform_shops", "platform_dishes"
SHOP = {"platform": "平台 | platform", "shop_id": "店铺主键 | key of the shop"}

INPUTS = (
    Input(
        SHOPS,
        {
            **SHOP,
            "shop_name": "店铺名称 | name shown",
            "shown_operator": "公示主体，与许可证持证人比对 | operator shown, compared with the licence's",
            "shown_licence_no": "公示许可证号 | licence number shown",
            "shown_valid_until": "公示有效期 | expiry shown",
            "shown_address": "公示地址，与许可证经营场所比对 | address shown, compared with the licence's",
            "shown_grade": "公示量化等级 | hygiene grade shown",
            "captured_on": "采集时间，以此日判断 | capture: the day everything is judged by",
            "screenshot": "截图文件 | screenshot",
            "shop_state": "营业状态 | open or closed",
            "shop_type": "店铺类型，排除测试店铺 | to leave test shops out",
        },
        subject=("platform", "shop_id"),
    ),
    Input(
        DISHES,
        {
            **SHOP,
            "dish": "菜品名称 | dish",
            "dish_category": "菜品分类，识别加料 | category, to know toppings",
            "screenshot": "截图文件 | screenshot",
        },
        subject=("platform", "shop_id"),
    ),
    Input(
        LICENCES,
        {
            "licence_no": "许可证编号 | licence number",
            "operator_name": "持证人 | holder",
            "unified_code": "同一经营者的新旧证 | old and new licence of one operator",
            "premises": "经营场所 | premises",
            "business_form": "主体业态（中央厨房、单位食堂）| form of business",
            "items": "经营项目 | licensed items",
            "valid_until": "有效期至 | expiry",
            "issued_on": "发证日期，决定项目词表与评级期限 | issue: decides vocabulary and time for grading",
            "licence_state": "许可状态 | state",
            "renewal_applied_on": "延续申请日期 | renewal applied for",
            "cancelled_on": "注销日期，与采集日比较 | day of cancellation, compared with the capture",
        },
    ),
    Input(
        CERTIFICATES,
        {
            "small_catering_no": "小餐饮登记证编号 | certificate number",
            "operator_name": "名称 | name",
            "premises": "经营场所 | premises",
            "valid_until": "有效期至 | expiry",
            "licence_state": "登记证状态 | state",
        },
        optional=True,
    ),
    Input(
        GRADES,
        {
            "licence_no": "许可证号 | licence number",
            "dynamic_grade": "动态等级 | dynamic grade, the one to be shown",
            "annual_grade": "年度等级 | annual grade",
            "graded_on": "评定日期 | graded on",
        },
        optional=True,
    ),
)

LINKS = (
    LinkSpec(
        "licences",
        "licence",
        (SHOPS,),
        LICENCES,
        left_roles={"licence": "shown_licence_no", "name": "shown_operator", "core": "shown_operator_core"},
        right_roles={"licence": "licence_no", "name": "operator_name", "core": "operator_name_core"},
    ),
)
