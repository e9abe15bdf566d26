import polars as pl
import pytest

from casebook.link.comparisons import FIRM, PERSON, Comparison
from casebook.link.levels import Pairs
from casebook.link.subjects import of_firms, of_persons

BY_NAME = {c.name: c for c in PERSON}
OF_FIRMS = {c.name: c for c in FIRM}
GOOD = "900001195002031276"


def level(comparison: Comparison, left: dict, right: dict) -> str | None:
    make = of_persons if comparison in PERSON else of_firms
    one, two = make(pl.DataFrame([{"ref": 1} | left]), pl.DataFrame([{"ref": 2} | right]))
    place = pl.Series([0], dtype=pl.UInt32)
    there, back = (comparison.grade(Pairs(*sides, place, place)).item() for sides in ((one, two), (two, one)))
    assert there == back
    return None if there is None else comparison.levels[there]


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("李明", "李明", "exact"),
        ("王喆", "王哲", "variant"),
        ("李明", "黎鸣", "homophone"),
        ("张建国", "张建军", "one_character"),
        ("李明", "李强", "different"),
        ("阿里·买买提", "阿里买买提", "variant"),
        ("JON SMITH", "SMITH JON", "variant"),
        ("JOHNATHAN SMITH", "JOHNATHON SMITH", "near"),
        ("JOHN SMITH", "JOAN SMITHERS", "similar"),
        ("JOHN SMITH", "PETER BROWN", "different"),
        ("李明", "LI MING", "different"),
    ],
)
def test_names(left, right, told):
    assert level(BY_NAME["name"], {"name": left}, {"name": right}) == told


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (("ann", "lee"), ("ann", "cook"), "exact"),
        (("michael", "lee"), ("micheal", "cook"), "near"),
        (("ann", "hanna"), ("hanna", "ann"), "swapped"),
        (("zoe", "ryan"), ("ryna", "kim"), "swapped"),
        (("ann", "lee"), ("oliver", "lee"), "different"),
    ],
)
def test_given_names(left, right, told):
    sides = [{"given_name": given, "family_name": family} for given, family in (left, right)]
    assert level(BY_NAME["given_name"], *sides) == told


@pytest.mark.parametrize(
    ("name", "role", "left", "right", "told"),
    [
        ("phone", "phone", "13800000000", "13800000001", "one_digit"),
        ("phone", "phone", "13812000000", "13821000000", "transposed"),
        ("phone", "phone", "13800000000", "1380000000", "different"),
        ("account", "account", "6222000011112222", "6222000011112222", "exact"),
        ("id", "id", "1234567", "1234576", "transposed"),
        ("sex", "sex", "男", "女", "different"),
        ("place", "place", "李家村", "李家村", "exact"),
        ("place", "place", "winston hills", "winston hill", "near"),
        ("address", "address", "云州市青禾区人民路12号", "青禾区人民路12号1单元", "house"),
        ("address", "address", "青禾区人民路12号", "青禾区人民路", "road"),
        ("address", "address", "青禾区人民路12号", "青禾区和平路12号", "different"),
        ("address", "address", "stanley street", "stanleystreet", "near"),
        ("birth_date", "birth_date", "1990-03-07", "1990-07-03", "swapped"),
    ],
)
def test_other_attributes(name, role, left, right, told):
    assert level(BY_NAME[name], {role: left}, {role: right}) == told


@pytest.mark.parametrize("comparison", [*PERSON, *FIRM], ids=lambda c: c.name)
def test_a_missing_value_has_no_level(comparison):
    assert level(comparison, {}, {}) is None


def test_a_birth_date_is_not_counted_beside_the_number_that_tells_it():
    broken = GOOD[:-1] + "0"
    assert (
        level(BY_NAME["birth_date"], {"citizen_id": GOOD}, {"citizen_id": broken, "birth_date": "1950-02-03"}) is None
    )
    assert level(BY_NAME["birth_date"], {"citizen_id": GOOD}, {"birth_date": "1950-02-03"}) == "exact"


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("恒丰食品", "恒丰食品", "exact"),
        ("陵城恒丰食品", "恒丰食品", "ending"),
        ("恒丰食品", "恒峰食品", "one_character"),
        ("恒丰", "恒峰", "different"),
    ],
)
def test_names_of_firms(left, right, told):
    assert level(OF_FIRMS["firm_name"], {"core": left}, {"core": right}) == told


def test_representatives_may_sound_alike():
    assert level(OF_FIRMS["representative"], {"representative": "李明"}, {"representative": "黎鸣"}) == "homophone"
