"""How a name sounds: one toneless syllable a character, surnames in their own reading.

The table is made from pypinyin when the library is built (`build_homophones.py`) and read once; a column is answered by one
pass over its text, not by a call per row. Source of the surname readings: 现代汉语词典 (7th edition), entries marked 姓.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

_FEW: Final = 50_000  # up to here it is cheaper to look for the column's characters only
TABLE_NAME: Final = "homophones.txt"
# Read as a surname unlike as a word. Compound surnames stand in the second list and are looked for first.
_SURNAMES: Final = (
    "单shan 解xie 仇qiu 区ou 曾zeng 查zha 盖ge 任ren 朴piao 翟zhai 华hua 缪miao 冼xian 覃qin 员yun 乐yue 折she 繁po 黑he 秘bi "
    "种chong 牟mu 尉wei 隗wei 逄pang 晁chao 郇xun 郗xi 能nai 祭zhai 召shao 佴nai 阚kan 撒sa 亓qi 呙guo 句gou 仉zhang 訾zi "
    "谌chen 蔚yu 幺yao 恽yun 乜nie 都du 应ying 占zhan 降jiang 莘shen 晟cheng 过guo 少shao 纪ji 宁ning 相xiang 要yao 藏zang "
    "车che 瞿qu 曲qu 尹yin 洗xian 沈shen 石shi 盛sheng 叶ye 燕yan 令ling 哈ha 那na 长zhang 重chong 朝chao 行xing 卜bu 柏bai "
    "贾jia 夏xia 葛ge 俞yu 褚chu 洪hong 万wan 薄bo 大da 殷yin 冯feng 柴chai 宓mi 眭sui 昝zan 逯lu 厍she 郏jia 殳shu 郄qie"
)
_COMPOUND: Final = (
    "尉迟 yu chi;万俟 mo qi;单于 chan yu;长孙 zhang sun;澹台 tan tai;令狐 ling hu;宿六 su liu;尉犁 yu li;皇甫 huang fu;"
    "亓官 qi guan;鲜于 xian yu;呼延 hu yan;乐正 yue zheng;拓跋 tuo ba;宰父 zai fu;夹谷 jia gu;漆雕 qi diao;公冶 gong ye"
)
_COMPOUND_NAMES: Final = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官"
    "司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉梁丘左丘东门西门第五单于纳兰完颜耶律爱新叶赫那拉"
)
COMPOUND_SURNAMES: Final = tuple(_COMPOUND_NAMES[place : place + 2] for place in range(0, len(_COMPOUND_NAMES), 2))


@cache
def _readings() -> pl.DataFrame:
    """Columns `character` and `syllable` of the shipped table."""
    lines = files("casebook.text").joinpath(TABLE_NAME).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines]
    table = pl.DataFrame(pairs, schema=["syllable", "characters"], orient="row")
    return table.select(pl.col("characters").str.split("").alias("character"), "syllable").explode("character")


@cache
def _surname_patterns(separator: str) -> tuple[list[str], list[str]]:
    """`^` stands before each name, so that a surname's reading cannot be taken for the same character further on."""
    compound = dict(entry.split(" ", 1) for entry in _COMPOUND.split(";"))
    single = {entry[0]: entry[1:] for entry in _SURNAMES.split(" ")}
    readings = compound | single
    return [f"^{name}" for name in readings] + ["^"], [
        f"{reading} ".replace(" ", separator) for reading in readings.values()
    ] + [""]


def _spelled(names: pl.Series, separator: str) -> pl.Series:
    text = names.cast(pl.String)
    table = _readings()
    if len(text) <= _FEW:
        table = table.filter(pl.col("character").is_in(set(text.str.join("").item() or "")))
    heads, sounds = _surname_patterns(separator)
    old = [*heads, *table["character"].to_list(), "·"]
    new = [*sounds, *(table["syllable"] + separator).to_list(), separator]
    spelled = ("^" + text).str.replace_many(old, new, leftmost=True).str.strip_chars(f"{separator} ")
    if spelled.str.contains(separator * 2, literal=True).any():
        spelled = spelled.str.replace_all(f"{separator}+", separator)
    return spelled


def pinyin(names: pl.Series) -> pl.Series:
    """Toneless syllables separated by blanks; letters, digits and unknown characters stay; null stays null.

    >>> pinyin(pl.Series(["单雄信", "尉迟恭", "曾参", "李明", None])).to_list()
    ['shan xiong xin', 'yu chi gong', 'zeng can', 'li ming', None]
    """
    return _spelled(names, " ")


def key(names: pl.Series) -> pl.Series:
    """The key that names typed by sound share: the syllables of `pinyin` joined by `-`, in lower case.

    >>> key(pl.Series(["李明", "黎鸣", "李民"])).to_list()
    ['li-ming', 'li-ming', 'li-min']
    """
    return _spelled(names, "-").str.to_lowercase()
