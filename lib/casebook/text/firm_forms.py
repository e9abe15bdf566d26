"""Legal forms, branches, and what a firm is in law as far as its name tells.

Sources: 公司法 (2023) art. 7 (the words 有限责任公司, 有限公司, 股份有限公司, 股份公司) and art. 13 (a 分公司 has no legal personality, the
company bears its liability); 民法典 art. 54 (individual businesses), 74 (branches), 96 (special legal persons: 机关, 农村集体经济组织,
合作经济组织, 居民委员会, 村民委员会), 102 (unincorporated: 个人独资, 合伙).
"""

from typing import Final

import polars as pl

from casebook.text.trades import SHOPS, TRADES

GROUP: Final = r"\(?(?:控股集团|企业集团|集团)\)?"
_COMPANY: Final = "股份有限公司|有限责任公司|有限公司|有限责任|股份公司|总公司|责任公司|公司|株式会社"
_COOPERATIVE: Final = (
    "(?:农民|土地|劳务)?专业合作社(?:联合社)?|股份经济合作社|经济合作社|经济联合社|供销合作社|土地股份合作社|股份合作社"
    "|合作联社|合作社"
)
_PARTNERSHIP: Final = r"\((?:有限合伙|普通合伙|特殊普通合伙)\)|有限合伙|普通合伙"
_SOLE: Final = r"\(个人独资\)"
_INDIVIDUAL: Final = r"\((?:个体工商户|个体户|个体)\)|个体工商户|个体户"
_FOREIGN: Final = r",? ?(?:CO\.?,? ?LTD|LTD|LIMITED|INC|CORPORATION|CORP|LLC|GMBH|PLC)\.?"
FORM: Final = f"(?:{_COMPANY}|{_COOPERATIVE}|{_PARTNERSHIP}|{_SOLE}|{_INDIVIDUAL}|{_FOREIGN})"
_OUTLET: Final = (
    "(?:分公司|支公司|分店|门市部|经营部|营业部|营业厅|营业所|分厂|分行|支行|分理处|储蓄所|办事处|代表处|项目部|分社|信用社|连锁店|专卖店"
    "|直营店|服务部|加油站|供电所|分部|分中心|分站|分库)"
)
_HEAD: Final = "公司|合作社|(?:银行|联社)(?:股份有限公司|有限责任公司|有限公司)?"
_HOUSE: Final = "事务所|医院|大学|学院|学校|中学|小学|厂|店"
BRANCH: Final = rf"^(.+?(?:{_HEAD}))(.{{0,20}}?{_OUTLET})$|^(.+?(?:{_HOUSE}))(.{{0,12}}?分(?:所|院|校|部|厂|店))$"
_BRANCH_END: Final = rf"(?:{_OUTLET}|分[所院校])$"
_AFFAIRS: Final = (
    "财政|民政|税务|公安|司法|教育|体育|科技|科学技术|卫生|卫健|卫生健康|审计|统计|水利|水务|农业|农村|农牧|畜牧|林业|林草|草原|园林|交通|运输|公路|民航|人事|劳动|社会保障|人社"
    "|医疗保障|医保|自然资源|资源|国土|规划|住房|建设|住建|城管|执法|环境保护|环保|生态环境|气象|地震|海洋|渔业|商务|粮食|储备|物价|发展和改革|发改|信息化|工信|经信|文化|文旅|旅游"
    "|广电|电视|新闻出版|版权|文物|档案|信访|事务|管理|监督|应急|安全生产|消防|扶贫|扶贫开发|乡村振兴|招商|投资促进|审批|服务|大数据|数据|金融|烟草专卖|专卖|邮政|测绘|地质|监察|国家安全"
    "|安全|监狱|戒毒|知识产权|工商|质监|食药监|办公"
)
_BODIES: Final = f"(?:{_AFFAIRS}|公安分|税务分|分)局|(?:{_AFFAIRS})厅"  # 餐厅, 歌舞厅, 书局, 串局 are businesses
_PUBLIC: Final = (
    f"(?:人民政府|街道办事处|人民法院|人民检察院|委员会|办公室|{_BODIES}|大学|学院|学校|小学|中学|职校|党校|幼儿园|医院|卫生院|卫生所"
    "|卫生室|研究院|研究所|图书馆|博物馆|文化馆|福利院|敬老院|养老院|服务中心|管理处|管理所|管理站|工作站|协会|学会|商会|基金会|总工会|党委|党支部)$"
)
_BY_FORM: Final = (
    (f"^(?:{GROUP})?(?:{_COMPANY}|{_FOREIGN})$", "company"),
    ("经济合作社$|经济联合社$", "village"),
    ("合作社|联社", "cooperative"),
    ("合伙", "partnership"),
    ("独资", "sole_owner"),
    ("个体", "individual"),
)
_BY_NAME: Final = (
    ("^个体", "individual"),
    ("(?:村民委员会|居民委员会|村委会|居委会|村民小组)$", "village"),
    (_PUBLIC, "public_body"),
)
GENERIC: Final = (
    f"(?:便利|小吃|早点|烟酒|杂货|日杂|食杂|副食品|理发|美发|药|水果|蔬菜|粮油|馒头|{TRADES})*"
    f"(?:{SHOPS}|店铺|餐厅|食堂|饭庄|酒家|酒吧|茶楼|茶馆|咖啡厅|歌厅|小卖部|小卖铺|小卖店|摊|摊点|摊位|网店|旅社|招待所|工作室)?"
)
"""What tells the trade and the kind of shop, and no name."""
UNITS: Final = ("branch", "company", "cooperative", "partnership", "sole_owner", "individual", "village", "public_body")


def branches(value: pl.Series) -> pl.DataFrame:
    """Columns `head_office`, `branch` and `outlet` (the word for it); null in names that are no branch of another.

    >>> branches(pl.Series(["恒丰食品有限公司陵城分公司", "恒丰食品有限公司", "恒丰门市部"])).rows()
    [('恒丰食品有限公司', '陵城分公司', '分公司'), (None, None, None), (None, None, None)]
    """
    may_be = value.str.contains(_BRANCH_END)
    if not may_be.any():
        nothing = value.clear(len(value))
        return pl.DataFrame([nothing.alias(name) for name in ("head_office", "branch", "outlet")])
    groups = value.set(~may_be, None).str.extract_groups(BRANCH).struct.unnest()
    return groups.select(
        pl.coalesce("1", "3").alias("head_office"),
        pl.coalesce("2", "4").alias("branch"),
        pl.coalesce("2", "4").str.extract(rf"({_BRANCH_END})", 1).alias("outlet"),
    )


def legal_units(frame: pl.DataFrame) -> pl.Series:
    """`legal_unit` of a frame with `value`, `branch` and `legal_form`: one of `UNITS`, null where the name does not tell.

    A branch is not the head office in person, though one legal entity with it for tax. A shop (面馆, 经营部) may be an
    individual business or a company's outlet: null, unless the name says 个体.
    """
    distinct = frame["legal_form"].drop_nulls().unique()
    by_form = pl.DataFrame({"legal_form": distinct, "by_form": _units(distinct, _BY_FORM)})
    units = frame.select("value", "branch", "legal_form").join(
        by_form, on="legal_form", how="left", maintain_order="left"
    )
    nameless = pl.col("branch").is_null() & pl.col("legal_form").is_null()
    formless = units.select(pl.when(nameless).then("value")).to_series()
    return units.select(
        pl.when(pl.col("branch").is_not_null())
        .then(pl.lit("branch"))
        .otherwise(pl.coalesce("by_form", _units(formless, _BY_NAME)))
        .alias("legal_unit")
    ).to_series()


def _units(texts: pl.Series, told: tuple[tuple[str, str], ...]) -> pl.Series:
    answer: pl.Expr = pl.lit(None, pl.String)
    for pattern, unit in reversed(told):
        answer = pl.when(pl.col("text").str.contains(pattern)).then(pl.lit(unit)).otherwise(answer)
    return texts.alias("text").to_frame().with_columns(unit=answer)["unit"]


def form_of(head: pl.Series) -> pl.Series:
    """The legal form that ends a name, with the group mark before it; null where there is none."""
    return head.str.extract(rf"((?:{GROUP})?{FORM})$", 1)


def shop_of(named: pl.Series) -> pl.Series:
    """The word for a shop or workshop that ends a name; null where there is none."""
    return named.str.extract(f"({SHOPS})$", 1)
