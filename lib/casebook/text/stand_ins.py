"""Words that stand in a cell in place of its value: totals, ditto marks, the words of forms, states of a person.

A total row or a ditto looks like a short Chinese name, and equals every other one of its kind; taken for a value it would
join strangers. What a ditto stands for is in another row and is never guessed.
"""

from typing import Final

import polars as pl

_TOTALS: Final = (
    "(?:以上|本页|本月|本年|全部|全村|全镇|全乡|全县|全区|全市)?(?:各项)?(?:合计|小计|总计|共计|累计|总和|总数|合计数)"
)
_SAME: Final = (
    "(?:同上|同前|同左|同右|如上|见上|上同|同上行|同上人|同上址|同上述|同一人|同一户|同一地址|同户主|同申请人|同法人|同负责人"
    "|同户籍地?|同户口|同身份证|同住址|同注册地址|同经营地址|[〃″\"]+|'')$"
)
_RELATIONS: Final = (
    "本人|自己|配偶|父亲|母亲|父母|儿子|女儿|子女|妻子|丈夫|长子|次子|长女|次女"
    "|儿媳|女婿|孙子|孙女|家属|亲属|监护人|爷爷|奶奶"
)
_PEOPLE: Final = (
    "[男女弃]婴|婴儿|新生儿|孤儿|小孩|儿童|老人|群众|村民|居民|全体村民|集体|残疾人|低保户|五保户|困难户|贫困户|流浪人员|[男女]性"
    "|无名|无名氏|无名尸|无名男尸|无名女尸|无名[男女]|佚名|匿名|未取名|未起名|未命名|没取名|暂未取名|未上户|未落户|某人|查无此人|查无|不知名"
)
_FORM: Final = (
    "户主|户主姓名|姓名|名字|名称|申请人|领款人|领取人|权利人|当事人|法定代表人|法人代表|法人|负责人|经营者|业主|持证人|死者|被告人?|原告人?|经办人|制表人?"
    "|审核人?|签字|签名|盖章|备注|序号|编号|单位名称|企业名称|字号名称"
)
_TESTS: Final = "测试|测试数据|测试用户|测试人员|测试公司|测试企业|试用|示例|样例|举例|例子|作废|删除|重复|错误"
STATES: Final = (
    "死亡|去世|病故|亡故|身故|病亡|过世|逝世|离世|迁出|迁走|搬走|迁移|注销|销户"
    "|停发|停保|退保|退出|服刑|判刑|失踪|失联|作废|重复|离婚|结婚|出嫁|外出|入伍"
)
"""What became of a person, written behind the name."""
_SHORT_STATES: Final = "故|死|亡|迁|销|停"
AFTER: Final = f"(?:已(?:经)?(?:{STATES}|{_SHORT_STATES})|{STATES}|本人)"
"""A state as it may follow a name: 已死, 已迁出, 去世."""
_VAGUE: Final = (
    "[本外异]地|当地|[本外]省|[本外]市|[本外]县|[本外]区|[本外]乡|[本外]镇|[本外]村|本社区|本街道|本组|本小区|本辖区|辖区内?|老家|家|家里|家中|自家|自宅|农村|城镇|城市"
    "|乡下|乡里|县城|县里|镇上|镇里|村里|村内|市里|市内|城里|城内|境内|国内|国外|境外|海外|原籍|祖籍|户籍地|户籍所在地|居住地|现住址|住址|地址|经营场所|流动|流动经营|流动摊点|流浪"
    "|无固定住所|无固定地址|无固定场所|居无定所|无地址|无住所|租房|租住|出租屋|自有住房|宿舍|单位|学校|工地"
)
LONGEST_BYTES: Final = 36
"""No word that stands for nothing, or in for a place, has more than twelve everyday characters."""
_NO_FIRM: Final = "本公司|该公司|我公司|本单位|该单位|我单位|本店|本厂|单位|公司名称|自然人|个人|私人|无证?照经营|无证经营|未办照|无照|无证"
_NO_BRAND: Final = (
    "无(?:字号|名称|店名|招牌|牌匾|商号|店招)(?:名称)?|未(?:起|取)(?:字号|名称?|店名)|没有(?:字号|名称|店名)"
)


def of_people(value: pl.Series) -> pl.Series:
    """`same_as_above` or `not_a_name` where a cell for a person holds such a word alone, else null.

    >>> of_people(pl.Series(["同上", "合计", "已死亡", "李明"])).to_list()
    ['same_as_above', 'not_a_name', 'not_a_name', None]
    """
    words = f"{_TOTALS}|{_RELATIONS}|{_PEOPLE}|{_FORM}|{_TESTS}|{AFTER}|{_NO_BRAND}"
    return _told(value, (("same_as_above", f"^{_SAME}"), ("not_a_name", f"^(?:{words})$")))


def of_firms(value: pl.Series) -> pl.Series:
    """`same_as_above`, `no_brand` (无字号) or `not_a_name` where a cell for a firm holds such a word alone, else null.

    >>> of_firms(pl.Series(["同上", "无字号", "本公司", "恒丰商店"])).to_list()
    ['same_as_above', 'no_brand', 'not_a_name', None]
    """
    words = f"{_TOTALS}|{_FORM}|{_TESTS}|已?(?:{STATES})|{_NO_FIRM}|本人|配偶"
    told = (("same_as_above", f"^{_SAME}"), ("no_brand", f"^(?:{_NO_BRAND})$"), ("not_a_name", f"^(?:{words})$"))
    return _told(value, told)


def of_places(value: pl.Series) -> pl.Series:
    """`same_as_above` or `too_vague` (本村, 外地: no place anybody else could find) where an address is such a word, else null.

    >>> of_places(pl.Series(["同上", "本村", "合计", "北京市"])).to_list()
    ['same_as_above', 'too_vague', 'too_vague', None]
    """
    return _told(value, (("same_as_above", f"^{_SAME}"), ("too_vague", f"^(?:{_VAGUE}|{_TOTALS})$")))


def _told(value: pl.Series, patterns: tuple[tuple[str, str], ...]) -> pl.Series:
    answer: pl.Expr = pl.lit(None, pl.String)
    for code, pattern in reversed(patterns):
        answer = pl.when(pl.col("value").str.contains(pattern)).then(pl.lit(code)).otherwise(answer)
    return value.alias("value").to_frame().select(answer.alias("told")).to_series()
