"""Characters that one clerk writes for another in a name: links for comparing, never a correction.

Each group begins with the form compared; the others are the twins found in its place. Sources: 第一批异体字整理表 (1955), 通用规范汉字表
(2013), which readmits 45 former variants as characters of names; 简化字总表 for 付/傅, 肖/萧, 闫/阎, which people use as two surnames.
"""

from typing import Final

_READMITTED: Final = (
    "哲喆 坤堃 熔镕鎔 升昇陞 苏甦 村邨 和龢 乃迺廼 巨钜鉅 宁甯寗 钟锺 秘祕 修脩 晰皙晳 克剋尅 澄澂 戮勠 毗毘 "
    "扬飏 管筦 奔犇 渺淼 绿菉 溪谿 咤吒 径迳逕 剪翦 线缐 "
    "碗椀 札劄 泛氾 伙夥 洁絜㛃 仿倣 蹚趟 噘撅 嗔瞋"
)
_VARIANTS: Final = (
    "干乾 𬭎鋐 珍珎 亚亜 国囯圀囶 峰峯 群羣 启啟啓啔 清淸 青靑 真眞 彦彥 富冨 炯烱 岩喦巖嵒巗 龑䶮 琉瑠 柳栁桺 "
    "恒恆 棋棊碁 琴琹 佩珮 冰氷 皓暠晧 映暎 照曌炤 柏栢 梅楳槑 梁樑 气炁 "
    "年秊 秋秌穐 艳艶豔 庄荘 花芲蘤 蕊蘂蕋橤 庵菴 邻隣 高髙 麟麐 黑黒 京亰 兔兎 绩勣 喜囍憘 寿夀 岳嶽 并幷 "
    "德徳悳惪 惠恵 悦恱 叙敍敘 昂昻 叠疊曡 明朙眀 梨棃 岁歳嵗 渊渕 淳湻 温溫 浚濬 睿叡 "
    "辉煇 耀燿 吉𠮷 昆崐崑 果菓 勋勛 强強彊 兹玆 吴呉 吕呂 黄黃 户戶 产産 录彔 郎郞 杰傑 略畧 裙裠 鹅鵞 鞍鞌 "
    "雁鴈 鉴鑑鑒 凭凴 丰豐 妍姸 娴嫺 姗姍 懒嬾 奸姦 凤鳯 床牀 "
    "琅瑯 璇璿 瑰瓌 笋筍 蒂蔕 荫廕 莲蓮 碧珀"
)
_SURNAMES: Final = "傅付 萧肖 阎闫閆 涂凃 邱丘 戴代 于於"


def twins() -> dict[str, str]:
    """The form compared for each twin.

    >>> twins()["喆"], twins()["付"]
    ('哲', '傅')
    """
    groups = f"{_READMITTED} {_VARIANTS} {_SURNAMES}".split()
    return {twin: group[0] for group in groups for twin in group[1:]}
