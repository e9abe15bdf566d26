"""How a clerk gets a name wrong: by sound, by a twin spelling, in traditional characters, by one character, and so on."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from casebook.synth.dice import Dice

_SOUNDS: Final = (
    "伟炜玮维 强蔷 军君均钧 勇永咏 杰洁捷 涛滔 明铭鸣名 超钞 刚钢 平萍苹 辉晖徽 建健剑 国帼 华桦骅 "
    "志智治 文雯纹 斌彬宾 波博 鹏朋 飞菲 林琳霖 海 峰锋丰枫 云芸 龙隆 福富 贵桂 德得 民敏 学 "
    "新欣馨鑫 庆青清 春椿 成诚程城 宝保 忠中 义毅艺 山珊 松淞 祥翔 芳方 娜 静靖婧 丽莉利 艳燕彦 娟 "
    "霞 秀绣 英瑛颖 玲灵铃 兰岚 红洪虹 梅媚 莲 珍贞 琴勤芹 素 玉钰育 芝之 翠 花 淑舒 美 慧惠蕙 雪 "
    "莹盈 倩 怡仪宜 彩 香湘 月悦 爱 巧 冬东 荷和 菊"
)
_SOUNDS_ALIKE: Final = MappingProxyType({one: group.replace(one, "") for group in _SOUNDS.split() for one in group})
_VARIANTS: Final = MappingProxyType(
    {"喆": "哲", "堃": "坤", "镕": "熔", "昇": "升", "傅": "付", "萧": "肖", "闫": "阎", "峰": "峯", "国": "囯"}
)
_TRADITIONAL: Final = MappingProxyType(
    dict(
        zip(
            "刘张陈杨赵黄吴孙马罗郑谢韩冯华国军强伟东丽兰红凤龙飞云燕玲刚涛义宝杰贵",
            "劉張陳楊趙黃吳孫馬羅鄭謝韓馮華國軍強偉東麗蘭紅鳳龍飛雲燕玲剛濤義寶傑貴",
            strict=True,
        )
    )
)
_OTHERS: Final = "娥喜全友仁兵坤奎宁岩康恒旺昌景朋根洋浩清满玺瑞盛礼苗茂菁蓉贤钢雁顺"
_DOT: Final = "·"
_SHORT: Final = 2


def homophone(dice: Dice, name: str) -> str:
    """One character of the given name typed as another of the same sound."""
    return _altered(dice, name, _SOUNDS_ALIKE, first=1)


def variant(dice: Dice, name: str) -> str:
    """A character in its twin spelling."""
    return _altered(dice, name, _VARIANTS)


def traditional(_: Dice, name: str) -> str:
    """All characters that have a traditional form in it."""
    return "".join(_TRADITIONAL.get(one, one) for one in name)


def one_character(dice: Dice, name: str) -> str:
    """The last character wrong."""
    return name[:-1] + dice.pick(_OTHERS)


def former_name(dice: Dice, name: str) -> str:
    """The name used before: the surname with another given name."""
    return name if _DOT in name else name[0] + dice.pick(_OTHERS) + dice.pick(_OTHERS)


def dot_dropped(dice: Dice, name: str) -> str:
    """The sign between the parts of a minority name left out, or another one in its place."""
    return name.replace(_DOT, dice.pick(("", "", "•", "・", ".", " ")))


def masked(_: Dice, name: str) -> str:
    """The second character hidden."""
    return name[0] + "*" + name[2:]


def inner_blank(_: Dice, name: str) -> str:
    """A short name drawn out to the width of three characters."""
    return f"{name[0]}　{name[1]}" if len(name) == _SHORT else name


def _altered(dice: Dice, name: str, table: Mapping[str, str], first: int = 0) -> str:
    places = [at for at in range(first, len(name)) if table.get(name[at])]
    if not places:
        return name
    at = dice.pick(places)
    return name[:at] + dice.pick(table[name[at]]) + name[at + 1 :]


WAYS: Final[Mapping[str, Callable[[Dice, str], str | None]]] = MappingProxyType(
    {
        "homophone": homophone,
        "variant": variant,
        "traditional": traditional,
        "one_character": one_character,
        "former_name": former_name,
        "dot_dropped": dot_dropped,
        "name_masked": masked,
        "inner_blank": inner_blank,
        "name_missing": lambda _, __: None,
    }
)
