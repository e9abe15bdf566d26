"""Words for shops: kitchens of the district, their names, the platforms they sell on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from casebook.synth.catering_dishes import COLD, DRINK, HOT, PACKAGED, PASTRY, RAW


@dataclass(frozen=True)
class Kitchen:
    """A trade: the words its firms are named with, the items it needs, its menu by group and weight."""

    trades: tuple[str, ...]
    items: tuple[str, ...]
    groups: Mapping[str, int]
    form: int = 2


KITCHENS: Final[Mapping[str, Kitchen]] = {
    "stir_fry": Kitchen(
        ("家常菜馆", "小炒店", "农家菜馆", "私房菜馆", "土菜馆"),
        (HOT, COLD),
        {"stir_fry": 12, "rice": 4, "chinese_cold": 4, "packaged": 2},
    ),
    "noodles": Kitchen(
        ("牛肉面馆", "拉面馆", "米线店", "面庄", "水饺馆"), (HOT,), {"noodles": 14, "steamed": 4, "packaged": 2}
    ),
    "rice": Kitchen(
        ("快餐店", "盖饭店", "黄焖鸡米饭店", "煲仔饭店"), (HOT,), {"rice": 12, "stir_fry": 5, "packaged": 3}
    ),
    "breakfast": Kitchen(("包子铺", "粥铺", "早餐店", "羊汤馆"), (HOT,), {"steamed": 12, "noodles": 4, "packaged": 2}),
    "grill": Kitchen(("烧烤店", "炸鸡店", "小龙虾馆", "烤串吧"), (HOT,), {"grill": 14, "noodles": 2, "packaged": 4}),
    "pot": Kitchen(
        ("火锅店", "麻辣烫店", "麻辣香锅店", "冒菜馆"), (HOT,), {"pot": 12, "grill": 3, "rice": 3, "packaged": 3}
    ),
    "cold": Kitchen(
        ("凉皮店", "卤味店", "熟食店", "凉菜坊"), (HOT, COLD), {"chinese_cold": 14, "noodles": 4, "packaged": 2}
    ),
    "salad": Kitchen(("轻食店", "水果捞店", "沙拉吧"), (COLD, DRINK), {"salad": 12, "tea": 8, "packaged": 2}),
    "japanese": Kitchen(
        ("日料店", "刺身小馆", "料理店"),
        (HOT, COLD, RAW),
        {"raw": 8, "rice": 6, "noodles": 4, "salad": 2, "packaged": 2},
    ),
    "bakery": Kitchen(
        ("烘焙坊", "蛋糕店", "面包房", "西点屋"), (PASTRY, DRINK), {"baked": 12, "cream": 5, "tea": 5, "packaged": 2}
    ),
    "tea": Kitchen(("奶茶店", "茶饮店", "咖啡馆", "鲜榨果汁店"), (DRINK,), {"tea": 20, "packaged": 2}),
    "store": Kitchen(("便利店", "超市", "副食店"), (PACKAGED,), {"packaged": 20}, form=1),
}

BACKGROUND: Final[Mapping[str, int]] = {
    "stir_fry": 18,
    "noodles": 15,
    "rice": 14,
    "breakfast": 9,
    "grill": 10,
    "pot": 9,
    "cold": 6,
    "salad": 4,
    "japanese": 3,
    "bakery": 5,
    "tea": 10,
    "store": 3,
}
"""How common each kitchen is among the background shops."""

HOT_ONLY: Final = ("noodles", "rice", "breakfast", "grill", "pot")
"""Kitchens whose whole menu is hot (and packaged)."""

SURNAMES: Final = "张王李赵刘陈杨周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范石廖"
HEADS: Final = (
    "蜀香",
    "川味",
    "老街",
    "渔家",
    "福满",
    "聚贤",
    "鼎盛",
    "金谷",
    "御膳",
    "百味",
    "乡村",
    "麦香",
    "味鲜",
    "小城",
    "禾风",
    "春晓",
    "四季",
    "九州",
    "江南",
    "塞北",
    "东篱",
    "云水",
    "青山",
    "明月",
    "清风",
    "花间",
    "稻香",
    "荷塘",
    "竹里",
    "桃源",
    "鸿运",
    "吉祥",
    "如意",
    "喜乐",
    "同福",
    "和顺",
    "兴隆",
    "天天",
    "好再来",
    "老地方",
    "一品",
    "三味",
    "五谷",
    "七里",
    "八方",
    "十里",
    "山间",
    "湖畔",
    "巷子里",
    "灶台",
)
TAILS: Final = tuple("源居轩阁坊缘园楼斋堂记家屋台里鲜来汇社铺庭谷湾渡")

PLATFORMS: Final = ("快送到", "云外卖", "味来到家")
PLATFORM_CODES: Final = ("KSD", "YWM", "WLDJ")
"""Fictional platforms and the prefix of their screenshot files; the index is `Page.platform`."""

SHOWN_GRADES: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("A", "A级", "优秀", "大笑", "笑脸", "A级（优秀）"),
    2: ("B", "B级", "良好", "微笑", "B级（良好）"),
    3: ("C", "C级", "一般", "平脸", "C级（一般）"),
}
"""How pages show a level: letter, word or face. 笑脸 alone stands for the best level, 微笑 for the second."""

NOTHING_SHOWN: Final = ("", "", "", "暂无", "无", "--")
