"""What a name of a division can stand for: every place of the gazetteer under its full, short and customary names.

A place is one record of the table (陵县 371421, 1994 to 2014) with the codes that took its place and the code prefixes its
territory lies under, then and now. Old prefectures have no successor in the table; theirs are where their counties went.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from casebook.text import gazetteer

PROVINCE, PREFECTURE, COUNTY = range(3)
_CUSTOMARY: Final = {
    "内蒙": "150000",
    "内蒙自治区": "150000",
    "广西自治区": "450000",
    "广西壮族": "450000",
    "宁夏自治区": "640000",
    "宁夏回族": "640000",
    "新疆自治区": "650000",
    "新疆维吾尔": "650000",
    "新疆维吾尔族自治区": "650000",
    "重庆市县": "500000",
    "香港特区": "810000",
    "澳门特区": "820000",
}
# A banner's own way of shortening: 科尔沁左翼中旗 is 科左中旗 on every sign.
_BANNERS: Final = {
    "科尔沁左翼": "科左",
    "科尔沁右翼": "科右",
    "察哈尔右翼": "察右",
    "鄂托克前": "鄂前",
    "新巴尔虎": "新",
    "达尔罕茂明安联合": "达茂",
    "莫力达瓦达斡尔族自治": "莫",
}
_AUTONOMOUS: Final = {"州": "自治州", "县": "自治县", "旗": "自治旗"}
FILLERS: Final = (
    "市辖区",
    "省直辖县级行政区划",
    "省直辖县级行政单位",
    "省直辖县",
    "自治区直辖县级行政区划",
    "自治区直辖县级行政单位",
)
"""Words of the code table between the levels that name no place."""


@dataclass(frozen=True, eq=False)
class Place:
    """One record of the table; two places are equal when they are the same record.

    `today`: the codes in force that took its place; `regions`: the code prefixes that its divisions have or had;
    `province`, `prefecture`: names above it, of its own time.
    """

    code: str
    name: str
    level: int
    since: int
    until: int | None
    province: str
    prefecture: str | None
    today: tuple[str, ...]
    regions: tuple[str, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether the record stands today."""
        return self.until is None

    def holds(self, other: "Place") -> bool:
        """Whether the other place is, or was, a division of this one."""
        if other.level <= self.level:
            return False
        return other.code.startswith(self.regions) or any(code.startswith(self.regions) for code in other.today)


@dataclass(frozen=True)
class Meaning:
    """Places that a name written in full, or cut short, can stand for."""

    full: tuple[Place, ...] = ()
    short: tuple[Place, ...] = ()


@cache
def places() -> tuple[Place, ...]:
    """All records of the table, by code and first year."""
    return tuple(_place(row) for row in gazetteer.history().frame.iter_rows(named=True))


def _place(record: dict[str, Any]) -> Place:
    code, until, rank = record["code"], record["until"], gazetteer.LEVELS.index(record["level"])
    today = (code,) if until is None else gazetteer.successors(code, record["since"])
    own = code[: 2 * rank + 2]
    if rank == PREFECTURE and not today:
        today = _inherited().get(own, ())
    return Place(
        name=record["name"],
        province=record["province"],
        prefecture=record["prefecture"],
        code=code,
        level=rank,
        since=record["since"],
        until=until,
        today=today,
        regions=tuple(sorted({own} | {region(heir) for heir in today})),
    )


def region(code: str) -> str:
    """The digits that every division under the code begins with.

    >>> region("370000"), region("371400"), region("371403")
    ('37', '3714', '371403')
    """
    return code[:2] if code.endswith("0000") else code.removesuffix("00")


@cache
def _inherited() -> dict[str, tuple[str, ...]]:
    """By the four digits of a prefecture: codes of the prefectures (or provinces) that its last counties belong to today."""
    ends: dict[str, int] = {}
    heirs: dict[str, set[str]] = defaultdict(set)
    rows = gazetteer.history().frame.select("code", "level", "until").rows()
    for code, level, until in rows:
        if level == "地级":
            ends[code[:4]] = until or gazetteer.SPAN
    standing = {code for code, level, until in rows if level == "地级" and until is None}
    for code, level, until in rows:
        if level == "县级" and (until or gazetteer.SPAN) >= ends.get(code[:4], 0):
            above = {f"{heir[:4]}00" for heir in gazetteer.successors(code)}
            heirs[code[:4]] |= {code if code in standing else f"{code[:2]}0000" for code in above}
    return {prefix: tuple(sorted(found)) for prefix, found in heirs.items()}


@cache
def meanings() -> dict[str, Meaning]:
    """Every name that can be written, with what it stands for.

    >>> [place.code for place in meanings()["陵县"].full], [place.name for place in meanings()["内蒙"].full]
    (['371421', '372421'], ['内蒙古自治区'])
    """
    full: dict[str, list[Place]] = defaultdict(list)
    cut: dict[str, list[Place]] = defaultdict(list)
    for place in places():
        for name in _written_in_full(place):
            full[name].append(place)
        if (brief := gazetteer.short(place.name)) is not None:
            cut[brief].append(place)
    return {name: Meaning(tuple(full.get(name, ())), tuple(cut.get(name, ()))) for name in full.keys() | cut.keys()}


def _written_in_full(place: Place) -> Iterator[str]:
    """Names that stand for the place without more ado."""
    yield place.name
    yield from (name for name, code in _CUSTOMARY.items() if code == place.code)
    brief = gazetteer.short(place.name)
    if brief is None:
        return
    for word, kind in _AUTONOMOUS.items():
        if place.name.endswith(kind):
            yield brief + word
    for whole, customary in _BANNERS.items():
        if place.name.startswith(whole) and place.name.endswith("旗"):
            yield place.name.replace(whole, customary, 1)


@cache
def joined() -> dict[str, tuple[str, str]]:
    """Names run together at 市 (济南市中区 is 济南 and 市中区), with the two names meant.

    >>> joined()["济南市中区"]
    ('济南', '市中区')
    """
    pairs = {
        (gazetteer.short(place.prefecture or place.province), place.name)
        for place in places()
        if place.level == COUNTY and place.name in ("市中区", "市南区", "市北区")
    }
    return {brief + name: (brief, name) for brief, name in pairs if brief is not None}
