"""What follows the division in an address: village, group, road, house, building, unit, room.

A number is a house number only where the address is that house: 12号对面 and 交叉口东100米 say where to look, not where it is.
The former name of a road is kept when it is written (新华路(原解放路)12号) and never looked up.
Source: GB/T 23705-2009 (elements of an address), 地名管理条例 (2022).
"""

from typing import Final

import polars as pl

from casebook.text import heads

_WORD: Final = r"[^0-9()（）号村路街巷]"
_ROAD: Final = (
    rf"(?:{_WORD}{{1,8}}?(?:大道|大街|公路|胡同|路|街|巷|弄|道|线)(?:[东西南北中]段|[东西南北]首|[东西南北]头)?)"
)
_NUMBER: Final = r"([0-9]+(?:[-—/][0-9]+)*)(号楼|号|公里|千米|米|年|万)?(?:附([0-9]+)号?)?"
_VILLAGE: Final = rf"^({_WORD}{{1,7}}?(?:村|社区|居委会|屯|庄|寨|堡|店子))(?:民委员会|委会)?"
_NO_HOUSE: Final = ("公里", "千米", "米", "年", "万")
_FORMER: Final = r"\((?:原名?|曾用名|旧称|老)[:：]?([^()]+?(?:路|街|大道|巷))\)"
_NEAR: Final = (
    "(斜?对[面过]|隔壁|旁边|附近|旁|[东西南北]{1,2}[侧邻]|[东西南北]{1,2}约?[0-9]+余?(?:公里|千米|米)|以[东西南北])"
)
_CROSSING: Final = rf"^[与和跟同、/及]?({_WORD}{{1,8}}?(?:大道|大街|公路|路|街|巷))\(?(?:[十丁]字路口|交叉路?口|交[汇界]处?|相交处?|路口)"
_VILLAGE_SIGN: Final = "[村区会屯庄寨堡店]"
_GROUP: Final = "(?:村民小组|小组|组|队|社)"
_DETAIL: Final = {
    "group": (rf"([0-9]+){_GROUP}", "[组队社]"),
    "building": (r"([0-9A-Z]+)(?:号楼|栋|幢|座)", "[楼栋幢座]"),
    "unit": (r"([0-9A-Z]+)单元", "单元"),
    "room": (r"([0-9A-Z]+(?:-[0-9]+)*)(?:号?室|户)", "[室户]"),
}
"""Part → pattern of its first group, and a sign that a text may hold it."""
_HOUSE_IN_GROUP: Final = rf"[0-9]+{_GROUP}([0-9]+(?:-[0-9]+)*)号"
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
    road, after = _street(local)
    number = _number(after)
    village = heads.extract(local, _VILLAGE, _VILLAGE_SIGN)
    detail = {name: heads.extract(local, *looked_for) for name, looked_for in _DETAIL.items()}
    frame = pl.DataFrame({"local": local, "after": after, "road": road, "village": village, "number": number} | detail)
    return _placed(_in_group(frame)).select(PARTS)


def _number(after: pl.Series) -> pl.Series:
    """The first number that is no distance and no year, with the number 附 to it."""
    house = after.str.extract_groups(_NUMBER).struct.unnest()
    number = house["1"].set(house["2"].is_in(_NO_HOUSE).fill_null(value=False), None)
    if number.str.contains("[—/]").any():
        number = number.str.replace_all("[—/]", "-")
    added = house["3"]
    return number if added.is_null().all() else number + ("附" + added).fill_null("")


def _street(local: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The first road, null where there is none, and what follows it (all, where there is none)."""
    road, after = heads.cut(local, _ROAD)
    rows = road.is_null().arg_true()
    some = local.gather(rows)
    before = some.str.replace(rf"{_ROAD}.*$", "")
    frame = pl.DataFrame({"some": some, "size": before.str.len_chars()})
    later, behind = heads.cut(frame.select(pl.col("some").str.slice(pl.col("size"))).to_series(), _ROAD)
    return road.scatter(rows, later), after.scatter(rows, behind.zip_with(later.is_not_null(), some))


def _in_group(frame: pl.DataFrame) -> pl.DataFrame:
    """Houses are numbered anew in every group of a village: 3组12."""
    house = heads.extract(frame["local"], _HOUSE_IN_GROUP, "[组队社]")
    if house.is_null().all():
        return frame
    in_group = pl.col("group") + "组" + house
    return frame.with_columns(
        pl.when(pl.col("road").is_null()).then(in_group).fill_null(pl.col("number")).alias("number")
    )


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """`crossing`, `former_road` and `position`; a house that only tells where to look is no number."""
    rows = frame["local"].str.contains(_PLACED).fill_null(value=False).arg_true()
    some = frame.select("local", "after", "number")[rows].with_columns(
        pl.col("local").str.extract(_FORMER, 1).alias("former_road"),
        pl.col("after").str.extract(_CROSSING, 1).alias("crossing"),
        pl.col("after").str.extract(_NEAR, 1).alias("position"),
    )
    is_house = pl.col("position").is_null() & pl.col("crossing").is_null()
    some = some.with_columns(pl.when(is_house).then("number").alias("number"))
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    return frame.with_columns(
        frame["number"].clone().scatter(rows, some["number"]),
        *(empty.clone().scatter(rows, some[name]).alias(name) for name in ("crossing", "former_road", "position")),
    )
