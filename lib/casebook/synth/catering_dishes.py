"""Words for dishes: what kitchens of the fictional district sell, by the licensed item a dish needs.

Written for the synthetic pages alone: the dish dictionary of the model is another hand's work and never reads
this file. `HELD_OUT` are regional and newer names, kept apart so that a dictionary can be measured on them.
"""

from typing import Final

HOT: Final = "热食"
COLD: Final = "冷食"
RAW: Final = "生食"
PASTRY: Final = "糕点"
DRINK: Final = "自制饮品"
PACKAGED: Final = "预包装"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STIR_FRY: Final = """宫保鸡丁 鱼香肉丝 回锅肉 麻婆豆腐 青椒肉丝 番茄炒蛋 地三鲜 干煸豆角 酸辣土豆丝 红烧肉 糖醋里脊
水煮肉片 京酱肉丝 蒜薹炒肉 木须肉 小炒黄牛肉 农家小炒肉 爆炒腰花 葱爆羊肉 孜然羊肉 红烧排骨
糖醋排骨 土豆烧牛肉 清蒸鲈鱼 红烧带鱼 辣子鸡 家常豆腐 手撕包菜 蒜蓉西兰花 蚝油生菜 清炒时蔬
溜肥肠 熘肝尖 香菇油菜 肉末茄子 尖椒干豆腐 炒合菜 油焖大虾 酱爆鱿鱼"""
_NOODLES: Final = """红烧牛肉面 兰州拉面 油泼面 打卤面 炸酱面 刀削面 担担面 重庆小面 酸菜肉丝面 西红柿鸡蛋面 排骨面
炒面 炒河粉 炒米线 砂锅米线 酸辣粉 鸡汤馄饨 鲜肉水饺 三鲜水饺 韭菜鸡蛋水饺 牛肉板面 肥肠面
羊肉烩面 云吞面 乌冬面 番茄鱼面"""
_RICE: Final = """鱼香肉丝盖饭 宫保鸡丁盖饭 土豆牛腩盖饭 黄焖鸡米饭 咖喱鸡肉饭 扬州炒饭 蛋炒饭 排骨米饭 台式卤肉饭
照烧鸡腿饭 石锅拌饭 牛肉煲仔饭 酱油炒饭 腊肠焖饭 香菇滑鸡饭 烤肉拌饭 梅菜扣肉饭 肥牛饭 鳗鱼饭
猪排饭"""
_STEAMED: Final = """鲜肉小笼包 猪肉大葱包子 韭菜盒子 鸡蛋灌饼 手抓饼 煎饼果子 肉夹馍 葱油饼 牛肉馅饼 油条 豆腐脑
小米粥 皮蛋瘦肉粥 八宝粥 锅贴 烧麦 虾饺 蒸饺 豆沙包 白馒头 茶叶蛋 羊杂汤 牛肉汤 紫菜蛋花汤
酸辣汤 冬瓜丸子汤"""
_GRILL: Final = """羊肉串 烤鸡翅 烤茄子 烤韭菜 烤鱿鱼 烤面筋 烤馒头片 烤羊腿 烤五花肉 烤鱼 烤肉筋 烤板筋
炭烤牛肉串 蒜蓉烤扇贝 烤金针菇 麻辣小龙虾 香辣蟹 铁板鱿鱼 铁板豆腐 炸鸡排 炸鸡腿 香辣鸡腿堡
炸薯条 鸡米花 奥尔良烤翅 炸串拼盘 炸酥肉 盐酥鸡 牛肉汉堡 榴莲披萨"""
_POT: Final = """麻辣香锅 麻辣烫 番茄锅底 牛油麻辣锅底 菌汤锅底 肥牛卷 羊肉卷 鲜毛肚 鸭血 冻豆腐 宽粉 手打虾滑
酸菜鱼 水煮鱼 干锅花菜 干锅肥肠 干锅鸭头 羊蝎子火锅 鱼头泡饼 冒菜"""
_CHINESE_COLD: Final = """凉拌黄瓜 凉拌木耳 凉拌海带丝 凉拌腐竹 凉拌土豆丝 凉拌三丝 凉拌猪耳 夫妻肺片 口水鸡 凉皮 擀面皮
凉面 麻酱凉面 朝鲜冷面 凉粉 川北凉粉 卤味拼盘(冷切) 冷切牛肉 酱牛肉冷盘 红油耳丝 老醋花生凉菜
蒜泥黄瓜凉菜 五香熏鱼冷盘 凉菜拼盘 凉拌鸡丝"""
_SALAD: Final = """蔬菜沙拉 鸡胸肉沙拉 凯撒沙拉 牛油果沙拉 水果沙拉 金枪鱼沙拉 土豆泥沙拉 水果捞 酸奶水果捞
芒果水果捞 鲜切果盘 水果拼盘"""
_RAW: Final = """三文鱼刺身 北极贝刺身 金枪鱼刺身 甜虾刺身 章鱼刺身 鲷鱼刺身 刺身拼盘 刺身双拼 厚切三文鱼刺身
希鲮鱼刺身 象拔蚌刺身 龙虾刺身 生吃生蚝 生蚝刺身 生腌虾 生腌蟹 生腌血蛤 生腌三拼 三文鱼腩刺身
海胆刺身"""
_CREAM: Final = """生日蛋糕 奶油裱花蛋糕 水果裱花蛋糕 双层生日蛋糕 儿童生日蛋糕 祝寿蛋糕 鲜奶油蛋糕 黑森林蛋糕
草莓奶油蛋糕 卡通裱花蛋糕"""
_BAKED: Final = """全麦面包 吐司面包 红豆面包 肉松面包 奶香面包 菠萝包 毛毛虫面包 蒜香法棍 葡式蛋挞 蛋挞 纸杯蛋糕
戚风蛋糕 海绵蛋糕 古早味蛋糕 曲奇饼干 黄油曲奇 老婆饼 桃酥 枣泥酥 牛舌饼 核桃酥 芝士蛋糕"""
_TEA: Final = """珍珠奶茶 原味奶茶 红豆奶茶 椰果奶茶 芋圆奶茶 抹茶奶茶 焦糖奶茶 烧仙草奶茶 茉莉奶茶 鲜榨橙汁
鲜榨西瓜汁 鲜榨苹果汁 鲜榨芒果汁 鲜榨玉米汁 鲜榨胡萝卜汁 手打柠檬茶 金桔柠檬茶 百香果茶
满杯水果茶 葡萄果茶 现磨咖啡 现磨拿铁咖啡 现磨美式咖啡 卡布奇诺咖啡 生椰拿铁咖啡 芒果奶昔
草莓奶昔 蜂蜜柚子茶 柠檬蜂蜜水 西瓜沙冰"""
_PACKAGED: Final = """可口可乐330ml罐装 雪碧500ml 芬达橙味汽水 矿泉水550ml 农家山泉水瓶装 冰红茶瓶装
绿茶瓶装 王老吉罐装 椰汁盒装 酸梅汤瓶装 营养快线 纯牛奶250ml盒装 听装啤酒 瓶装啤酒 袋装薯片
袋装瓜子 袋装花生米 火腿肠 袋装辣条 乌江榨菜 口香糖 纸巾餐具包 北冰洋汽水 苏打水 果粒橙瓶装
红牛罐装 豆奶瓶装 袋装泡面 盒装酸奶 真空卤蛋"""

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "stir_fry": _words(_STIR_FRY),
    "noodles": _words(_NOODLES),
    "rice": _words(_RICE),
    "steamed": _words(_STEAMED),
    "grill": _words(_GRILL),
    "pot": _words(_POT),
    "chinese_cold": _words(_CHINESE_COLD),
    "salad": _words(_SALAD),
    "raw": _words(_RAW),
    "cream": _words(_CREAM),
    "baked": _words(_BAKED),
    "tea": _words(_TEA),
    "packaged": _words(_PACKAGED),
}
"""Kitchen group → its dishes. Within a group every dish needs the same item (`ITEM_OF`)."""

HELD_OUT: Final[dict[str, tuple[str, ...]]] = {
    "stir_fry": _words("""锅包肉 九转大肠 葱烧海参 九门板栗鸡 小炒鸡 爆炒蛤蜊 油渣莲白 响油鳝糊 肉末酸豆角 擂辣椒皮蛋炒肉
荷塘小炒 客家酿豆腐 啫啫芥蓝 避风塘炒虾 豉汁蒸凤爪 铁锅炖大鹅 大盘鸡 毛血旺 尖椒兔 三杯鸡"""),
    "noodles": _words("""柳州螺蛳粉 过桥米线 武汉热干面 桂林米粉 常德牛肉粉 苏式三虾面 宜宾燃面 岐山臊子面 鱼羊鲜汤面
沙茶面 片儿川 羊肉泡馍 单县羊汤面 福山大面 花甲粉 老友粉"""),
    "rice": _words("""隆江猪脚饭 甏肉干饭 把子肉米饭 海肠捞饭 腊味煲仔饭 新疆羊肉抓饭 豆花饭 生炒腊味饭 鹅油炒饭
糟粕醋焖饭"""),
    "steamed": _words("""潍坊肉火烧 周村烧饼夹肉 临沂糁汤 胡辣汤 甜沫 鲜虾肠粉 蟹黄汤包 三鲜豆皮 羊肉烧卖 驴肉火烧
山东锅饼 福鼎肉片"""),
    "grill": _words("""淄博小饼卷烤肉 烤苕皮 烤脑花 烤生筋 爆烤鸭 蜜汁烤鸡架 炸卤肥肠 窑鸡 柴火烤五花 芝士焗虾"""),
    "pot": _words("""重庆鸡公煲 徐州地锅鸡 糟辣鱼锅 酸汤牛肉锅 椰子鸡火锅 冒烤鸭 纸上烤鱼锅 花胶鸡锅 洞庭胖头鱼锅
猪肚鸡锅"""),
    "chinese_cold": _words("""乐山钵钵鸡(冷) 新疆椒麻鸡(凉) 东北大拉皮 捞汁小海鲜 老醋蜇头 棒棒鸡丝 蒜泥白肉 皮蛋豆腐
拍黄瓜 麻酱豇豆 冰草蘸酱 泰式酸辣无骨鸡爪 宁波烤麸 镇江肴肉 舌尖上的素鸡 苏式熏鱼"""),
    "salad": _words("波奇能量碗(冷) 羽衣甘蓝轻食碗 藜麦鸡胸冷碗 缤纷果切盒 芒果糯米捞 考伯色拉 希腊酸奶碗"),
    "raw": _words("""顺德鱼生 潮汕生醉膏蟹 红膏呛蟹 活醉虾 牡丹虾(生) 蓝鳍金枪鱼大腹(生食) 三文鱼生拌 生拌牛肉
鞑靼牛肉 赤贝造身 北寄贝造身 象拔蚌两吃(鱼生) 横县鱼生 即食蓝鳍赤身"""),
    "cream": _words("芋泥盒子奶油款 定制翻糖款 慕斯六寸 寿桃奶油款 复古韩式奶油花 冰淇淋千层 网红数字奶油款"),
    "baked": _words("""肉松小贝 贝果 可颂 碱水结 海盐卷 瑞士卷 巴斯克 雪媚娘 泡芙 蛋黄酥 鲜花饼 沙琪玛 麻薯球
提拉米苏"""),
    "tea": _words("""杨枝甘露 芋泥波波 茉莉奶绿 桂花酒酿拿铁 燕麦Dirty 冰美式 埃塞冷萃 油柑爆汁 羽衣甘蓝纤体瓶
霸气橙子 伯牙绝弦款轻乳茶 鸭屎香柠 酥油茶 现熬酸梅汤 咸柠七 厚椰乳澳白"""),
    "packaged": _words(
        "冰峰汽水 崂山可乐 天府可乐瓶装 大窑嘉宾 东方树叶 气泡水罐装 亲嘴烧 卫龙魔芋爽 元气电解质水 山楂汁瓶装"
    ),
}

ITEM_OF: Final[dict[str, str]] = {
    **dict.fromkeys(("stir_fry", "noodles", "rice", "steamed", "grill", "pot"), HOT),
    **dict.fromkeys(("chinese_cold", "salad"), COLD),
    "raw": RAW,
    **dict.fromkeys(("cream", "baked"), PASTRY),
    "tea": DRINK,
    "packaged": PACKAGED,
}

LOOKALIKES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (HOT, COLD): _words("""热拌冷面 烤冷面 炒凉皮 凉皮(热) 热凉粉 炒凉粉 凉瓜炒蛋 凉瓜排骨汤 热拌凉面 现捞热卤拼盘
卤煮火烧 凉茶煮鸡蛋 水果味烤棉花糖 温拌海参(热) 沙拉酱焗大虾 冷锅鱼(热) 凉粉锅巴(油煎)"""),
    (PACKAGED, COLD): _words("沙拉酱 千岛沙拉汁(袋) 水果罐头 黄桃罐头 凉拌汁(瓶装) 凉拌菜调料包 焙煎芝麻沙拉汁"),
    (HOT, RAW): _words("""上海生煎包 鲜肉生煎 生煎馒头 生滚鱼片粥 生滚牛肉粥 生炒牛肉饭 生炒糯米饭 生烤羊排 生氽丸子汤
炭烤生蚝 蒜蓉烤生蚝 香煎三文鱼 三文鱼炒饭 三文鱼头豆腐汤 生焖狗鱼 生蚝煎蛋 生爆盐煎肉 生啫鸡煲"""),
    (PACKAGED, RAW): _words("刺身酱油 刺身芥末(小包) 生抽(瓶) 生粉(袋)"),
    (HOT, PASTRY): _words("辣炒年糕 煎萝卜糕 面包糠炸猪排 面包虾 玉米面饼 鱼糕烩三鲜 红糖糍粑 炸馒头蘸炼乳 蛋挞液蒸蛋"),
    (PACKAGED, PASTRY): _words("蛋糕粉 面包粉(袋) 蛋挞皮(冷冻袋装) 蛋糕蜡烛 生日蛋糕帽 袋装小面包 袋装饼干"),
    (PASTRY, DRINK): _words("奶茶味蛋糕 咖啡味曲奇 拿铁瑞士蛋糕卷 抹茶蜜豆面包 乌龙茶戚风蛋糕"),
    (HOT, DRINK): _words("可乐鸡翅 茶树菇炒肉 龙井虾仁 啤酒鸭 柠檬鸭 橙汁里脊 咖啡烤肋排 茶香鸡 奶茶锅底"),
    (PACKAGED, DRINK): _words(
        "凉茶(罐装) 柠檬茶(盒装) 奶茶粉(袋装) 果汁软糖 咖啡条装速溶 橙汁(瓶装) 杯装冲泡奶茶 咖啡味饼干(袋)"
    ),
}
"""(item really needed, item the words suggest) → dishes."""

TOPPINGS: Final[dict[str, tuple[str, ...]]] = {
    PASTRY: _words("芝士蛋糕块 蛋挞 戚风蛋糕碎 奶油蛋糕丁 小面包块"),
    COLD: _words("凉拌木耳 凉拌海带丝 水果捞小杯 凉拌黄瓜丝 凉皮丝"),
}
"""Extras that a kitchen may buy ready-made; on the page they stand under 加料 with the word 加料 before them."""
