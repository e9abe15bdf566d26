"""People who do not exist: names, citizen ids of the unassigned area 900001, phones and accounts."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.synth.world import DIVISION

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾"
    "彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛"
    "邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_COMPOUND: Final = ("欧阳", "司马", "上官", "诸葛", "尉迟", "皇甫")
_MALE: Final = "伟强军勇杰涛明超刚平辉建国华志文斌波鹏飞林海峰龙云生福贵德民学永新东庆春成宝忠义山松柏根荣祥"
_FEMALE: Final = "芳娜敏静丽艳娟霞秀英玲桂兰红梅燕萍云莲珍琴素凤玉芝翠花淑美慧洁雪莹倩颖琳欣怡彩香月爱巧春冬荷菊"
_RARE: Final = "𬭎堃喆镕骉淼垚犇翀曌昇祎翊璟骁晟玥琰"
_MINORITY: Final = (
    "阿依古丽",
    "买买提",
    "艾力",
    "古丽娜尔",
    "吐尔逊",
    "阿卜杜拉",
    "热依汗",
    "巴图",
    "其其格",
    "帕提曼",
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = np.array(list("10X98765432"))
_PAIRS_PER_BLOCK: Final = 100


def names(rng: np.random.Generator, is_male: npt.NDArray[np.bool_]) -> pl.Series:
    """Common names by sex: two or three characters, one in a hundred with a rare character, one in 250 with a ·."""
    count = len(is_male)
    weights = 1 / (np.arange(len(_SURNAMES)) + 4.0)
    surname = pl.Series(list(_SURNAMES)).gather(rng.choice(len(_SURNAMES), count, p=weights / weights.sum()))
    men, women = pl.Series(list(_MALE)), pl.Series(list(_FEMALE))
    given = [
        pl.select(pl.when(pl.Series(is_male)).then(men.gather(a)).otherwise(women.gather(b))).to_series()
        for a, b in ((rng.integers(len(men), size=count), rng.integers(len(women), size=count)) for _ in range(2))
    ]
    frame = pl.DataFrame({"surname": surname, "first": given[0], "second": given[1], "draw": rng.random(count)})
    for name, words in (("compound", _COMPOUND), ("rare", list(_RARE)), ("minority", _MINORITY), ("father", _MINORITY)):
        frame = frame.with_columns(pl.Series(name, words).gather(rng.integers(len(words), size=count)))
    draw, full = pl.col("draw"), pl.concat_str("surname", "first", "second")
    return frame.select(
        pl.when(draw < 0.004)
        .then(pl.concat_str("minority", pl.lit("·"), "father"))
        .when(draw < 0.014)
        .then(pl.concat_str("surname", "rare"))
        .when(draw < 0.020)
        .then(pl.concat_str("compound", "first"))
        .when(draw < 0.180)
        .then(pl.concat_str("surname", "first"))
        .otherwise(full)
        .alias("name")
    ).to_series()


def birth_dates(rng: np.random.Generator, count: int, first: str, last: str) -> pl.Series:
    """Dates drawn evenly from first to last (ISO, both included)."""
    low, high = np.datetime64(first, "D"), np.datetime64(last, "D")
    days = rng.integers(0, int((high - low).astype(int)) + 1, size=count)
    return pl.Series("birth_date", low + days.astype("timedelta64[D]"))


def citizen_ids(birth: pl.Series, is_male: npt.NDArray[np.bool_], block: int = 0, first_pair: int = 0) -> pl.Series:
    """Valid 18-character ids (GB 11643) of area 900001, all different.

    `block` 0..3 keeps callers apart: ids of different blocks never meet. Subsidies use 0, land 1, catering 2.
    `first_pair` 0..99 does the same for several calls of one caller: leave at least 20 between them.

    Raises:
        ValueError: the block has no sequence number left for persons of one sex and birth date.
    """
    frame = pl.DataFrame({"day": birth.dt.strftime("%Y%m%d"), "male": is_male})
    rank = frame.select(pl.int_range(pl.len()).over("day", "male") + first_pair).to_series()
    if len(rank) and int(rank.to_numpy().max()) >= _PAIRS_PER_BLOCK:
        raise ValueError(f"more than {_PAIRS_PER_BLOCK} persons of one sex and birth date in block {block}")
    # An odd sequence number is a man's, an even one a woman's.
    order = 2 * (rank + 1 + block * _PAIRS_PER_BLOCK) + pl.Series(is_male).cast(pl.Int64)
    head = pl.select(pl.lit(DIVISION) + frame["day"] + order.cast(pl.String).str.zfill(3)).to_series()
    return with_check(head)


def with_check(head: pl.Series) -> pl.Series:
    """The 17 digits followed by their check character (GB 11643, MOD 11-2)."""
    digits = np.array(head.to_list(), dtype="U17").view("U1").reshape(len(head), 17).astype(np.int64)
    check = _CHECKS[(digits @ np.array(_WEIGHTS)) % 11]
    return pl.select(head.alias("citizen_id") + pl.Series(check)).to_series()


def short_ids(ids: pl.Series) -> pl.Series:
    """The 15-digit form in use until 1999: no century, no check character. Only for those born before 2000."""
    return ids.str.slice(0, 6) + ids.str.slice(8, 9)


def phones(rng: np.random.Generator, count: int) -> pl.Series:
    """Mobile numbers of the segment 142, which has not been given to any operator."""
    return "142" + pl.Series("phone", rng.integers(0, 10**8, size=count)).cast(pl.String).str.zfill(8)


def accounts(rng: np.random.Generator, count: int) -> pl.Series:
    """Nineteen-digit bank accounts, all different, with an issuer number (900001) no bank has."""
    low = rng.integers(0, 10**7, size=count)
    order = pl.Series("account", np.arange(count, dtype=np.int64) * 10**7 + low).cast(pl.String)
    return pl.select(pl.lit("900001") + order.str.zfill(13)).to_series().alias("account")
