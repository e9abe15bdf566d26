"""What follows the division in an address: village, group, road, house, building, unit, room.

A number is a house number only where the address is that house: 12号对面 and 交叉口东100米 say where to look, not where it is.
The former name of a road is kept when it is written (新华路(原解放路)12号) and never looked up.
Source: GB/T 23705-2009 (elements of an address), 地名管理条例 (2022).
"""

from typing import Final

import polars as pl

_WORD: Final = r"[^0-9()（）号村路街巷]"
_ROAD: Final = (
    rf"({_WORD}{{1,8}}?(?:大道|大街|公路|胡同|路|街|巷|弄|道|线)(?:[东西南北中]段|[东西南北]首|[东西南北]头)?)"
)
_NUMBER: Final = r"([0-9]+(?:[-—/][0-9]+)*)(号楼|号|公里|千米|米|年|万)?(?:附([0-9]+)号?)?"
_VILLAGE: Final = rf"^({_WORD}{{1,7}}?(?:村|社区|居委会|屯|庄|寨|堡|店子))(?:民委员会|委会)?"
_NO_HOUSE: Final = ("公里", "千米", "米", "年", "万")
_FORMER: Final = r"\((?:原名?|曾用名|旧称|老)[:：]?([^()]+?(?:路|街|大道|巷))\)"
_NEAR: Final = (
    "(斜?对[面过]|隔壁|旁边|附近|旁|[东西南北]{1,2}[侧邻]|[东西南北]{1,2}约?[0-9]+余?(?:公里|千米|米)|以[东西南北])"
)
_CROSSING: Final = rf"^[与和跟同、/及]?({_WORD}{{1,8}}?(?:大道|大街|公路|路|街|巷))\(?(?:[十丁]字路口|交叉路?口|交[汇界]处?|相交处?|路口)"
_DETAIL: Final = {
    "group": r"([0-9]+)(?:村民小组|小组|组|队|社)",
    "house": r"[0-9]+(?:村民小组|小组|组|队|社)([0-9]+(?:-[0-9]+)*)号",
    "building": r"([0-9A-Z]+)(?:号楼|栋|幢|座)",
    "unit": r"([0-9A-Z]+)单元",
    "room": r"([0-9A-Z]+(?:-[0-9]+)*)(?:号?室|户)",
}
_DETAILED: Final = "[0-9A-Z](?:号?[楼室]|[栋幢座单组队社户小村])"
_PLACED: Final = "[侧邻旁近对壁米里口以处原曾旧]"
PARTS: Final = (
    "village", "road", "number", "group", "building", "unit", "room", "crossing", "former_road", "position",
)  # fmt: skip


def read(local: pl.Series) -> pl.DataFrame:
    """Columns of `PARTS` for normalised texts without their division; what is not written is null.

    `number` is the house number as 12, 12-3 or 12附1, 3组12 in a village, else the first number there is (李家村3组).

    >>> read(pl.Series(["人民路12号3号楼2单元301室", "人民路与建设路交叉口东100米"])).select("road", "number", "room", "crossing").rows()
    [('人民路', '12', '301', None), ('人民路', None, None, '建设路')]
    """
    frame = pl.DataFrame({"local": local}).with_columns(
        pl.col("local").str.extract_groups(rf"{_ROAD}(.*)$").alias("street"),
        pl.col("local").str.extract(_VILLAGE, 1).alias("village"),
        pl.col("local").str.contains(_DETAILED).fill_null(value=False).alias("is_detailed"),
        pl.col("local").str.contains(_PLACED).fill_null(value=False).alias("is_placed"),
    )
    street = frame["street"].struct.unnest()
    frame = frame.drop("street").with_columns(street["1"].alias("road"), street["2"].fill_null(local).alias("after"))
    house = frame["after"].str.extract_groups(_NUMBER).struct.unnest()
    number = house["1"].str.replace_all("[—/]", "-") + ("附" + house["3"]).fill_null("")
    is_house = ~house["2"].is_in(_NO_HOUSE).fill_null(value=False)
    frame = frame.with_columns(number.set(~is_house, None).alias("number"))
    return _placed(_detailed(frame)).select(PARTS)


def _detailed(frame: pl.DataFrame) -> pl.DataFrame:
    """`group`, `building`, `unit` and `room` of the rows that hold such words."""
    rows = frame["is_detailed"].arg_true()
    some = frame["local"].gather(rows)
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    detail = {name: some.str.extract(pattern, 1) for name, pattern in _DETAIL.items()}
    in_group = (detail["group"] + "组" + detail.pop("house")).zip_with(
        frame["road"][rows].is_null(), frame["number"][rows]
    )
    return frame.with_columns(
        frame["number"].scatter(rows, in_group.fill_null(frame["number"][rows])),
        *(empty.scatter(rows, found).alias(name) for name, found in detail.items()),
    )


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """`crossing`, `former_road` and `position`; a house that only tells where to look is no number."""
    rows = frame["is_placed"].arg_true()
    some = frame.select("local", "after", "road", "number", "building")[rows]
    some = some.with_columns(
        pl.col("local").str.extract(_FORMER, 1).alias("former_road"),
        pl.col("after").str.extract(_CROSSING, 1).alias("crossing"),
        pl.col("after").str.extract(_NEAR, 1).alias("position"),
    ).with_columns(pl.when(pl.col("position").is_null() & pl.col("crossing").is_null()).then("number").alias("number"))
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    return frame.with_columns(
        frame["number"].scatter(rows, some["number"]),
        *(empty.scatter(rows, some[name]).alias(name) for name in ("crossing", "former_road", "position")),
    )
