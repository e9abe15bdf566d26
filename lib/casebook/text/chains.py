"""What the names of divisions at the head of an address mean together.

A path is a way to read them as places that each hold the next. A name cut short counts only below a place that holds it,
or where it can mean one place only; of two places with one name neither is chosen.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from casebook.text import placenames
from casebook.text.placenames import COUNTY, PREFECTURE, PROVINCE, Meaning, Place

Path = tuple[Place, ...]

_EVERYWHERE: Final = frozenset({"城区", "郊区", "矿区", "市区", "新区", "东区", "西区", "城中区", "城东区", "城西区"})
"""Names that cities give to parts of themselves, in the table or not."""
OF_A_CITY: Final = _EVERYWHERE | {
    *("南区", "北区", "中区", "老城区", "新城区", "城南区", "城北区", "开发区", "林区", "特区", "近郊区", "远郊区"),
}
"""Words for a part of whatever city is meant: they name a division only below their prefecture."""
REMEMBERED: Final = 2000
"""A name that ended before this year no longer stands against one in force elsewhere."""
LONG_ENOUGH: Final = 3
"""Characters from which a county's name without its 县 or 区 is no everyday word."""


class Found(NamedTuple):
    """What the names mean; `length` in characters of the address, its separators included.

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


def read(names: list[str], ends: list[int]) -> Found:
    """The divisions that the names stand for; `ends` tells where each ends in the address.

    >>> read(["德州市", "陵县"], [3, 5]).code, read(["鼓楼区"], [3]).status, read(["江苏省", "鼓楼区"], [3, 6]).status
    ('371403', 'ambiguous', 'ambiguous')
    """
    paths, used = _paths(tuple(names))
    if used == 1:
        paths = _alone(names[0], paths)
    if not paths:
        return Found()
    contradicts = used < len(names) and _contradicts(names[used], paths)
    return _told(_sifted(paths), ends[used - 1], is_contradictory=contradicts)


@lru_cache(maxsize=10_000)
def _paths(names: tuple[str, ...]) -> tuple[tuple[Path, ...], int]:
    """Ways to read the names from the first on, and how many names they use up."""
    if not names:
        return (), 0
    if len(names) == 1:
        meaning = _meaning(names[0])
        return tuple((place,) for place in meaning.full or meaning.short), 1
    paths, used = _paths(names[:-1])
    if used < len(names) - 1:
        return paths, used
    longer = paths if names[-1] in placenames.FILLERS else _longer(paths, names[-1])
    return (longer, used + 1) if longer else (paths, used)


def _meaning(name: str) -> Meaning:
    return placenames.meanings().get(name, Meaning())


def is_county_only(name: str) -> bool:
    """Whether the name stands for counties and nothing above."""
    meaning = _meaning(name)
    return all(place.level == COUNTY for place in meaning.full or meaning.short)


def _longer(paths: tuple[Path, ...], name: str) -> tuple[Path, ...]:
    """The paths whose end the name repeats (德州市德州市), else those that it prolongs."""
    meaning = _meaning(name)
    options = meaning.full + meaning.short
    repeated = tuple([path for path in paths if path[-1] in options])
    if repeated and any(path[-1].name == name for path in repeated):
        return repeated
    if name in OF_A_CITY:
        paths = tuple([path for path in paths if path[-1].level == PREFECTURE])
    return tuple([(*path, place) for path in paths for place in options if path[-1].holds(place)]) or repeated


def _alone(name: str, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths of one name without a second: all where it is written in full, else what it must mean, or none."""
    if name in OF_A_CITY:
        return ()
    if _meaning(name).full:
        return paths
    provinces = tuple(path for path in paths if path[-1].level == PROVINCE)
    if provinces:
        return provinces
    cities = tuple(path for path in paths if path[-1].level == PREFECTURE and path[-1].is_in_force)
    others = [path[-1] for path in paths if path not in cities and not _is_forgotten(path[-1])]
    if len(cities) == 1 and all(_is_within(place, cities[0][-1]) for place in others):
        return cities
    is_long = len(name) >= LONG_ENOUGH and all(path[-1].level == COUNTY for path in paths)
    return paths if is_long and len(_sifted(paths)) == 1 else ()


def _is_forgotten(place: Place) -> bool:
    return place.until is not None and place.until < REMEMBERED


def _is_within(place: Place, other: Place) -> bool:
    """Whether all that became of the place is, or lies in, what became of the other."""
    return all(code.startswith(other.regions) for code in place.today)


def _sifted(paths: tuple[Path, ...]) -> list[Path]:
    """The readings that differ in what they mean today: one per place, the closest to what is written.

    A name in force wins over namesakes that lie within the same place or are forgotten; an earlier record of one place
    gives way to a later one.
    """
    if len(paths) == 1:
        return list(paths)
    best = {path[-1].today: path for path in sorted(paths, key=_closeness)}
    standing = [path for path in best.values() if path[-1].is_in_force]
    gone = [path for path in best.values() if not path[-1].is_in_force]
    if not standing:
        return [path for path in gone if not any(_gives_way(path[-1], other[-1]) for other in gone)]
    remembered = [path for path in gone if not _is_forgotten(path[-1])]
    return standing + [path for path in remembered if not any(_lives_on(path[-1], other[-1]) for other in standing)]


def _gives_way(place: Place, other: Place) -> bool:
    return other.since > place.since and _lives_on(place, other)


def _lives_on(place: Place, other: Place) -> bool:
    """Whether the other place is what became of this one, of a part of it, or holds it."""
    return _is_within(place, other) or any(code in other.today for code in place.today)


def _closeness(path: Path) -> tuple[bool, bool, int]:
    """Sorts the reading to keep last: under the code of the division written above, in force, young."""
    above = path[-2] if len(path) > 1 else path[-1]
    return path[-1].code.startswith(placenames.region(above.code)), path[-1].is_in_force, path[-1].since


def _contradicts(name: str, paths: tuple[Path, ...]) -> bool:
    """Whether a next name, written in full and no everyday word, lies elsewhere than the address says."""
    if name in OF_A_CITY:
        return False
    level = min(path[-1].level for path in paths)
    places = _meaning(name).full
    return bool(places) and all(place.level >= level and place.level > PROVINCE for place in places)


def _told(paths: list[Path], length: int, *, is_contradictory: bool) -> Found:
    """The answer for the readings left."""
    last = paths[0][-1]
    names = [_common(paths, rank) for rank in (PROVINCE, PREFECTURE, COUNTY)]
    level = max(path[-1].level for path in paths)
    code = last.today[0] if len(last.today) == 1 else None
    written: str | None = last.code
    status, heirs = "in_force", None
    if is_contradictory or len(paths) > 1:
        code = written = None
        status = "contradictory" if is_contradictory else "ambiguous"
        names[COUNTY] = names[COUNTY] or (last.name if status == "ambiguous" else None)
    elif not last.is_in_force:
        status, heirs = "replaced" if code else "split", ";".join(last.today)
    return Found(names[0], names[1], names[2], code, written, status, heirs, level, length)


def _common(paths: list[Path], rank: int) -> str | None:
    """The name at a level that all readings share: as written, else as the table has it above what is written."""
    if len(paths) == 1:
        return _at(paths[0], rank)
    told = {_at(path, rank) for path in paths}
    return told.pop() if len(told) == 1 else None


def _at(path: Path, rank: int) -> str | None:
    for place in path:
        if place.level == rank:
            return place.name
    last = path[-1]
    if rank == PROVINCE:
        return last.province
    return last.prefecture if rank == PREFECTURE and last.level > PREFECTURE else None
