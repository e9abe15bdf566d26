"""Characters read otherwise in a name than as a word, with the second reading where people bear both.

The reading before `/` goes into the key. Where two readings of a surname are both real (盖 Gě and Gài, 乐 Yuè and Lè,
隗 Wěi and Kuí, 覃 Qín and Tán, 翟 Zhái and Dí, 牟 Mù and Móu, 郄 Qiè and Xì, 黑 Hēi and Hè) the first is the one that
more people use; comparing (`homophones.alike`) accepts either.
Source: 现代汉语词典 (7th edition), entries marked 姓, for surnames; the name senses of its entries for given names.
"""

from typing import Final

SURNAMES: Final = (
    "单shan/dan 解xie 仇qiu 区ou/qu 曾zeng 查zha/cha 盖ge/gai 任ren 朴piao/pu 翟zhai/di 华hua 缪miao 冼xian 洗xian/xi "
    "覃qin/tan 员yun/yuan 贠yun/yuan 乐yue/le 折she/zhe 繁po 黑hei/he 秘bi 种chong 牟mu/mou 尉wei 隗wei/kui 逄pang 晁chao "
    "郇xun/huan 郗xi/chi 能nai/neng 祭zhai/ji 召shao/zhao 佴nai 阚kan 撒sa 亓qi 呙guo 句gou 仉zhang 訾zi 谌chen/shen "
    "蔚yu/wei 幺yao 恽yun 乜nie 都du 应ying 占zhan 降jiang 莘shen/xin 晟cheng/sheng 过guo 少shao 纪ji 宁ning 相xiang 要yao "
    "藏zang/cang 车che 哈ha 那na 长chang/zhang 重chong/zhong 朝chao 行xing 卜bu 柏bai/bo 薄bo/bao 宓mi/fu 郄qie/xi "
    "郤xi/qie 费fei/bi 贲ben/bi 粘nian 圈juan 炅gui/jiong 颉xie/jie 隽juan/jun 角jue/jiao 糜mi 令ling 石shi 盛sheng 燕yan"
)
COMPOUND_READINGS: Final = (
    "尉迟 yu chi;万俟 mo qi;单于 chan yu;长孙 zhang sun;澹台 tan tai;令狐 ling hu;皇甫 huang fu;亓官 qi guan;鲜于 xian yu;"
    "呼延 hu yan;乐正 yue zheng;乐羊 yue yang;拓跋 tuo ba;宰父 zai fu;夹谷 jia gu;漆雕 qi diao;公冶 gong ye;子车 zi ju;"
    "濮阳 pu yang;淳于 chun yu;相里 xiang li;沮渠 ju qu"
)
GIVEN: Final = (
    "晟sheng/cheng 莘xin/shen 莞wan/guan 隽jun/juan 靓liang/jing 偲si/cai 曾zeng/ceng 泊bo/po 长chang/zhang 朝chao/zhao "
    "重zhong/chong 乐le/yue 行xing/hang 茜qian/xi 娜na/nuo 单dan/shan 参can/shen 澄cheng/deng 盛sheng/cheng 筠yun/jun "
    "颉jie/xie 玟wen/min 都du/dou 翟zhai/di 薄bo/bao 藏cang/zang 鋆yun/jun 传chuan/zhuan 还huan/hai 浚jun/xun 柏bai/bo "
    "厦xia/sha 杉shan/sha 峤qiao/jiao 禅chan/shan 炅jiong/gui"
)
# The surnames of about nine in ten people, by 公安部's report on names (2020).
COMMON: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文肖付闫"
)
_COMPOUND: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官"
    "司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉梁丘左丘东门西门第五单于纳兰完颜耶律爱新叶赫那拉"
    "淳于相里沮渠乐羊贺兰哥舒"
)
COMPOUND_SURNAMES: Final = tuple(_COMPOUND[place : place + 2] for place in range(0, len(_COMPOUND), 2))


def readings(words: str) -> dict[str, tuple[str, str]]:
    """The first and the second reading of each character of a list above; the second is empty where there is one only.

    >>> readings("解xie 盖ge/gai")
    {'解': ('xie', ''), '盖': ('ge', 'gai')}
    """
    found = {}
    for entry in words.split(" "):
        first, _, second = entry[1:].partition("/")
        found[entry[0]] = (first, second)
    return found


def compound_readings() -> dict[str, tuple[str, str]]:
    """The two syllables of the compound surnames that are written out above.

    >>> compound_readings()["尉迟"]
    ('yu', 'chi')
    """
    pairs = (entry.split(" ") for entry in COMPOUND_READINGS.split(";"))
    return {name: (one, two) for name, one, two in pairs}
