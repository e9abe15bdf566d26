"""The division an address begins with, read with the gazetteer: renamed, cut short, skipped and ambiguous names.

The names at the head of an address are found in one pass over the column; the few thousand different heads are then
thought through one by one. A name counts only where it can only mean one thing: written in full, or cut short below a
division that holds it. Two places of one name stay `ambiguous` until a province or prefecture beside it tells them apart.

>>> frame = find(pl.Series(["山东德州陵城陵州路5号", "陵县糜镇", "鼓楼区中山路1号", "山东路5号"]))
>>> frame.select("county", "code", "code_as_written", "status", "tail").rows()  # doctest: +NORMALIZE_WHITESPACE
[('陵城区', '371403', '371403', 'in_force', '陵州路5号'), ('陵县', '371403', '371421', 'replaced', '糜镇'),
 ('鼓楼区', None, None, 'ambiguous', '中山路1号'), (None, None, None, None, '山东路5号')]
"""

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import Final

import polars as pl

from casebook.text import placenames
from casebook.text.placenames import COUNTY, PREFECTURE, PROVINCE, Meaning, Place

_HEAD: Final = 40  # characters; the longest chain of names in force has 27
_FIRST: Final = 0xF0000
_FIRST_SHORT: Final = 0x100000
_LEAD: Final = "中国"
_BETWEEN: Final = "-/|、>·"
# What may follow a name that is cut short, and shows that it is part of another word (山东路, 朝阳门, 城关镇, 云州市).
_ROADS: Final = "[东西南北中前后上下内外]{0,2}(?:大道|大街|路|街|巷|弄|胡同|线|道)"
_WORDS: Final = (
    "[省市区县旗盟州镇乡村里门宫寺庙湖山河江桥站港口岛塔园城楼店台]|街道|新村|大厦|大学|学院|中学|小学|商场|商城|商厦|广场|花园"
    "|小区|公寓|家园|酒店|大酒店|饭店|宾馆|医院|公司|银行|超市|市场|火锅|海鲜|拉面|烤"
)
_ZONES: Final = ("新区", "开发区", "高新", "经济", "工业", "保税", "综合保税", "科技", "技术")
_STREET: Final = "(?:路|大道|大街|街|巷|胡同)"
_FULL_NAME: Final = rf"[\x{{{_FIRST:x}}}-\x{{ffffd}}]"
_SHORT_NAME: Final = rf"[\x{{{_FIRST_SHORT:x}}}-\x{{10fffd}}]"
_PRIVATE: Final = rf"[\x{{{_FIRST:x}}}-\x{{10fffd}}]"
_KEY: Final = (
    rf"(^(?:{_LEAD})?(?:{_PRIVATE}[{_BETWEEN}]*)*"
    rf"(?:{_SHORT_NAME}(?:{_ROADS}|{_WORDS}|{'|'.join(_ZONES)})|{_FULL_NAME}{_STREET}|{_PRIVATE}))"
)
_WORD_OF_ITS_OWN: Final = rf"(?:{_SHORT_NAME}(?:{_ROADS}|{_WORDS})|{_FULL_NAME}{_STREET})$"
_GENERIC: Final = frozenset({"城区", "郊区", "矿区", "市区", "新区", "东区", "西区", "城中区", "城东区", "城西区"})
REMEMBERED: Final = 2000
"""A name that ended before this year no longer stands against one in force elsewhere."""
LONG_ENOUGH: Final = 3
"""Characters from which a county's name without its 县 or 区 is no everyday word."""


@dataclass(frozen=True)
class Found:
    """What the names at the head of an address mean; `length` in characters of the address, its separators included.

    `status`: in_force, replaced (one code took over), split (several), ambiguous, contradictory (the county does not lie
    where the address says), null where no division is named. `level` is the lowest found.
    """

    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    code: str | None = None
    code_as_written: str | None = None
    status: str | None = None
    successor: str | None = None
    level: int | None = None
    length: int = 0


FIELDS: Final = tuple(Found.__dataclass_fields__)
_IN_ORDER: Final = attrgetter(*FIELDS)
_SCHEMA: Final = {name: pl.Int64 if name in ("level", "length") else pl.String for name in FIELDS}


@dataclass(frozen=True)
class Path:
    """Places named one after the other, each holding the next."""

    places: tuple[Place, ...]

    @property
    def last(self) -> Place:
        """The lowest place."""
        return self.places[-1]


def find(series: pl.Series) -> pl.DataFrame:
    """Columns of `Found` and `tail`, what follows the division, for every address; null stays null.

    Characters of the supplementary private use areas, which no font shows, become U+FFFD in `tail`.
    """
    if series.str.contains(_PRIVATE).any():
        series = series.str.replace_all(_PRIVATE, "\ufffd")
    names, marks = _alphabet()
    head = series.str.head(_HEAD).str.replace_many(names, marks, leftmost=True)
    key = head.str.extract(_KEY, 1).str.replace(_WORD_OF_ITS_OWN, "").replace("", None)
    keys = key.unique().drop_nulls()
    answers = pl.DataFrame([_IN_ORDER(read(each)) for each in keys], schema=_SCHEMA, orient="row")
    frame = pl.DataFrame({"key": key, "text": series}).join(
        answers.with_columns(keys.alias("key")), on="key", how="left", maintain_order="left"
    )
    tail = pl.col("text").str.slice(pl.col("length").fill_null(0)).str.strip_chars_start(_BETWEEN)
    return frame.with_columns(tail.alias("tail")).drop("key", "text")


@cache
def _alphabet() -> tuple[list[str], list[str]]:
    """All names, the longest first, and the private character that stands for each; those only cut short in a block of their own."""
    names = placenames.meanings().keys() | placenames.joined().keys() | set(placenames.FILLERS)
    ordered = sorted(names, key=lambda name: (-len(name), name))
    is_short = [name in placenames.meanings() and not _meaning(name).full for name in ordered]
    marks = [chr((_FIRST_SHORT if short else _FIRST) + place) for place, short in enumerate(is_short)]
    return ordered, marks


@cache
def _spelling() -> dict[str, tuple[str, ...]]:
    """The names that each private character stands for."""
    return {mark: placenames.joined().get(name, (name,)) for name, mark in zip(*_alphabet(), strict=True)}


@lru_cache(maxsize=100_000)
def read(key: str) -> Found:
    """What a head means: private characters for names, separators, perhaps the word of a zone behind a short name."""
    names, ends, follows = _spelled(key)
    if follows and all(place.level == COUNTY for place in _every(names[-1])):
        names, ends = names[:-1], ends[:-1]
    paths, used = _chains(names)
    if used == 1 and not _stands_alone(names[0], paths):
        return Found()
    if not paths:
        return Found()
    contradicts = used < len(names) and _contradicts(names[used], paths)
    return _told(_sifted(paths), ends[used - 1], is_contradictory=contradicts)


def _spelled(key: str) -> tuple[list[str], list[int], str]:
    """The names of a head, where each ends in the address, and the word behind the last."""
    names: list[str] = []
    ends: list[int] = []
    at = start = len(_LEAD) if key.startswith(_LEAD) else 0
    for place, character in enumerate(key[start:], start):
        if character in _spelling():
            for name in _spelling()[character]:
                at += len(name)
                names.append(name)
                ends.append(at)
        elif character in _BETWEEN:
            at += 1
        else:
            return names, ends, key[place:]
    return names, ends, ""


def _meaning(name: str) -> Meaning:
    return placenames.meanings().get(name, Meaning())


def _chains(names: list[str]) -> tuple[list[Path], int]:
    """Ways to read the names from the first on as places that hold each other, and how many names they use up."""
    paths: list[Path] = []
    for used, name in enumerate(names):
        if name in placenames.FILLERS and paths:
            continue
        longer = _longer(paths, name) if used else [Path((place,)) for place in _every(name)]
        if not longer:
            return paths, used
        paths = longer
    return paths, len(names)


def _every(name: str) -> tuple[Place, ...]:
    meaning = _meaning(name)
    return meaning.full or meaning.short


def _longer(paths: list[Path], name: str) -> list[Path]:
    """The paths whose end the name repeats (德州市德州市), else those that it prolongs."""
    meaning = _meaning(name)
    options = meaning.full + meaning.short
    repeated = [path for path in paths if path.last in options]
    if any(path.last.name == name for path in repeated):
        return repeated
    prolonged = [Path((*path.places, place)) for path in paths for place in options if path.last.holds(place)]
    return prolonged or repeated


def _stands_alone(name: str, paths: list[Path]) -> bool:
    """Whether one name without a second is enough: written in full, or no everyday word and only one place."""
    if _meaning(name).full:
        return True
    levels = {path.last.level for path in paths}
    if PROVINCE in levels:
        paths[:] = [path for path in paths if path.last.level == PROVINCE]
        return True
    top = [path for path in paths if path.last.level == PREFECTURE and path.last.is_in_force]
    rest = [path.last for path in paths if path not in top and not _is_forgotten(path.last)]
    if len(top) == 1 and all(_is_within(place, top[0].last) for place in rest):
        paths[:] = top
        return True
    return levels == {COUNTY} and len(name) >= LONG_ENOUGH and len(_sifted(paths)) == 1


def _is_forgotten(place: Place) -> bool:
    return place.until is not None and place.until < REMEMBERED


def _is_within(place: Place, other: Place) -> bool:
    """Whether all that became of the place is, or lies in, what became of the other."""
    return all(code.startswith(other.regions) for code in place.today)


def _sifted(paths: list[Path]) -> list[Path]:
    """The readings that differ in what they mean today: one per place, the closest to what is written.

    A name in force wins over namesakes that lie within the same place or are forgotten; an earlier record of one place
    gives way to a later one, save where the division above is written as it was then.
    """
    if len(paths) == 1:
        return paths
    best: dict[tuple[str, ...], Path] = {}
    for path in sorted(paths, key=_closeness):
        best[path.last.today] = path
    found = list(best.values())
    standing = [path for path in found if path.last.is_in_force]
    if not standing:
        return [path for path in found if not any(_gives_way(path.last, other.last) for other in found)]
    return standing + [
        path
        for path in found
        if not (path.last.is_in_force or _is_forgotten(path.last))
        and not any(_is_within(path.last, other.last) for other in standing)
    ]


def _gives_way(place: Place, other: Place) -> bool:
    return other.since > place.since and _is_within(place, other)


def _closeness(path: Path) -> tuple[bool, bool, int]:
    """Sorts the reading to keep last: under the code of the division written above, in force, young."""
    above = path.places[-2] if len(path.places) > 1 else path.last
    own = placenames.region(above.code)
    return path.last.code.startswith(own), path.last.is_in_force, path.last.since


def _contradicts(name: str, paths: list[Path]) -> bool:
    """Whether a next name, written in full and no everyday word, lies elsewhere than the address says."""
    if name in _GENERIC:
        return False
    level = min(path.last.level for path in paths)
    places = _meaning(name).full
    return bool(places) and all(place.level >= level and place.level > PROVINCE for place in places)


def _told(paths: list[Path], length: int, *, is_contradictory: bool) -> Found:
    """The answer for the readings left."""
    last = paths[0].last
    named = {place.level: place.name for place in paths[0].places}
    found = Found(
        province=_common(paths, named, PROVINCE),
        prefecture=_common(paths, named, PREFECTURE),
        county=_common(paths, named, COUNTY),
        level=max(path.last.level for path in paths),
        length=length,
    )
    if is_contradictory:
        return replace(found, status="contradictory")
    if len(paths) > 1:
        return replace(found, status="ambiguous", county=found.county or last.name)
    code = last.today[0] if len(last.today) == 1 else None
    if last.is_in_force:
        return replace(found, status="in_force", code=code, code_as_written=last.code)
    status, heirs = "replaced" if code else "split", ";".join(last.today)
    return replace(found, status=status, code=code, code_as_written=last.code, successor=heirs)


def _common(paths: list[Path], named: dict[int, str], rank: int) -> str | None:
    """The name at a level that is written, or that all readings share."""
    if rank in named and all(rank in {place.level for place in path.places} for path in paths):
        return named[rank]
    told = {_above(path.last, rank) for path in paths}
    return told.pop() if len(told) == 1 else None


def _above(place: Place, rank: int) -> str | None:
    if rank == PROVINCE:
        return place.province
    return place.prefecture if rank == PREFECTURE and place.level > PREFECTURE else None
