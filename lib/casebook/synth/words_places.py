"""Places of the fictional district, and codes of firms and licences that belong to nobody."""

from typing import Final

import numpy as np
import polars as pl

from casebook.synth.world import DISTRICT, DIVISION

TOWNSHIPS: Final = (
    *("青禾街道", "临泉街道", "柳湾镇", "石桥镇", "白塔镇", "双井镇"),
    *("河口镇", "大槐树镇", "前营乡", "杨店乡", "北岭乡", "南湖经济开发区"),
)
ROADS: Final = (
    "人民路",
    "解放路",
    "建设大街",
    "青禾大道",
    "泉城路",
    "工业路",
    "兴业街",
    "文化路",
    "迎宾路",
    "滨河路",
    "新华路",
    "育才街",
)
_VILLAGE_HEADS: Final = "东西南北前后大小上下新老"
_VILLAGE_TAILS: Final = ("王庄", "李家", "张楼", "刘集", "陈堡", "赵营", "孙庙", "周桥")
_CODE_ALPHABET: Final = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
_CODE_WEIGHTS: Final = np.array([pow(3, i, 31) for i in range(17)])
_ORGANISATION_WEIGHTS: Final = np.array((3, 7, 9, 10, 5, 8, 4, 2))
_ORGANISATION_CHECKS: Final = np.array(list("0123456789X"))


def villages(rng: np.random.Generator, count: int) -> pl.Series:
    """Village names such as 东王庄村; there are 96, the same in every township."""
    heads = pl.Series(list(_VILLAGE_HEADS)).gather(rng.integers(len(_VILLAGE_HEADS), size=count))
    tails = pl.Series(_VILLAGE_TAILS).gather(rng.integers(len(_VILLAGE_TAILS), size=count))
    return pl.select((heads + tails + "村").alias("village")).to_series()


def townships(rng: np.random.Generator, count: int) -> pl.Series:
    """Townships of the district drawn evenly."""
    return pl.Series("township", TOWNSHIPS).gather(rng.integers(len(TOWNSHIPS), size=count))


def addresses(rng: np.random.Generator, places: pl.Series) -> pl.Series:
    """Street addresses inside the given townships: 云州市青禾区柳湾镇人民路12号."""
    count = len(places)
    roads = pl.Series(ROADS).gather(rng.integers(len(ROADS), size=count))
    house = pl.Series(rng.integers(1, 400, size=count)).cast(pl.String)
    return pl.select((pl.lit(DISTRICT) + places + roads + house + "号").alias("address")).to_series()


def unified_codes(rng: np.random.Generator, count: int, head: str = "91", block: int = 0) -> pl.Series:
    """Valid unified social credit codes (GB 32100) of area 900001, all different.

    `head` is registrar and class (91 enterprise, 92 individual business, 11 state organ, 12 public institution …);
    `block` 0..9 is the first digit of the organisation code, so that callers' codes never meet.
    """
    serial = block * 10**7 + rng.choice(10**7, size=count, replace=False)
    digits = _digits(serial, 8)
    check = _ORGANISATION_CHECKS[(11 - digits @ _ORGANISATION_WEIGHTS % 11) % 11]
    body = pl.Series(serial).cast(pl.String).str.zfill(8) + pl.Series(check)
    return _with_check(pl.select(pl.lit(head + DIVISION) + body).to_series())


def _with_check(heads: pl.Series) -> pl.Series:
    letters = np.array(heads.to_list(), dtype="U17").view("U1").reshape(len(heads), 17)
    values = np.searchsorted(_CODE_ALPHABET, letters)
    check = _CODE_ALPHABET[(31 - values @ _CODE_WEIGHTS % 31) % 31]
    return pl.select((heads + pl.Series(check)).alias("code")).to_series()


def organisation_codes(codes: pl.Series) -> pl.Series:
    """The nine-character organisation code (GB 11714) inside each unified code."""
    return codes.str.slice(8, 9)


def old_tax_numbers(codes: pl.Series) -> pl.Series:
    """The 15-character tax number of before 2015: area and organisation code."""
    return codes.str.slice(2, 6) + codes.str.slice(8, 9)


def registration_numbers(rng: np.random.Generator, count: int) -> pl.Series:
    """Old 15-digit registration numbers of area 900001 with their MOD 11,10 check digit, all different."""
    return _with_mod_11_10(DIVISION, rng.choice(10**8, size=count, replace=False), 8)


def licence_numbers(rng: np.random.Generator, count: int, form: int = 2) -> pl.Series:
    """Food licences JY of area 900001 (form 1 sale, 2 catering, 3 canteen), valid check digit, all different."""
    return "JY" + _with_mod_11_10(f"{form}{DIVISION}", rng.choice(10**6, size=count, replace=False), 6)


def _with_mod_11_10(head: str, serial: np.ndarray, width: int) -> pl.Series:
    """Head, serial and the ISO 7064 MOD 11,10 check digit over both."""
    digits = np.hstack([np.tile([int(d) for d in head], (len(serial), 1)), _digits(serial, width)])
    product = np.full(len(serial), 10)
    for column in digits.T:
        total = (product + column) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    check = pl.Series((11 - product) % 10).cast(pl.String)
    return pl.select(
        (pl.lit(head) + pl.Series(serial).cast(pl.String).str.zfill(width) + check).alias("number")
    ).to_series()


def _digits(serial: np.ndarray, width: int) -> np.ndarray:
    """The decimal digits of each number, as rows of a matrix."""
    return serial[:, None] // 10 ** np.arange(width - 1, -1, -1) % 10
