import polars as pl
import pytest

from casebook.link import households
from casebook.link.comparisons import PERSON
from casebook.link.levels import Pairs
from casebook.link.subjects import of_persons

HOME = "青禾区人民路12号"


def side(*rows: dict) -> pl.DataFrame:
    frame = pl.DataFrame(
        [{"ref": at, "name": None, "address": None, "phone": None} | row for at, row in enumerate(rows)]
    )
    return of_persons(frame, frame)[0]


def test_people_of_one_address_or_telephone_live_together():
    rows = side(
        {"name": "李明", "address": HOME},
        {"name": "李强", "address": HOME, "phone": "13812345678"},
        {"name": "王芳", "phone": "13812345678"},
    )
    found = households.within(rows, ("address", "phone"))
    assert sorted(zip(found.i, found.j, strict=True)) == [(0, 1), (1, 2)]


def test_one_name_twice_at_an_address_is_one_person():
    rows = side({"name": "李明", "address": HOME}, {"name": "李明", "address": HOME})
    assert households.within(rows, ("address",)).count == 0


def test_a_hostel_is_no_household():
    rows = side(*({"name": f"李{chr(0x4E00 + at)}", "address": HOME} for at in range(31)))
    assert households.within(rows, ("address",)).count == 0


@pytest.mark.parametrize(("size", "others"), [(1, 1.0), (2, 1.0), (4, 3.0)])
def test_rivals_are_the_others_of_the_household(size, others):
    rows = side(*({"name": f"李{chr(0x4E00 + at)}", "address": HOME} for at in range(size)))
    address = [c for c in PERSON if c.name == "address"]
    place = pl.Series([0], dtype=pl.UInt32)
    levels = pl.DataFrame({"address": pl.Series([0], dtype=pl.UInt8)})
    assert households.others(Pairs(rows, rows, place, place), levels, address).item() == pytest.approx(others, abs=0.02)


def test_a_hostel_has_no_rivals_of_its_own():
    rows = side(*({"name": f"李{chr(0x4E00 + at)}", "address": HOME} for at in range(31)))
    address = [c for c in PERSON if c.name == "address"]
    place = pl.Series([0], dtype=pl.UInt32)
    levels = pl.DataFrame({"address": pl.Series([0], dtype=pl.UInt8)})
    assert households.others(Pairs(rows, rows, place, place), levels, address).item() is None


def test_where_nobody_lives_together_a_relative_is_hardly_a_rival():
    apart = side(*({"name": "李明", "address": f"人民路{at}号"} for at in range(900)))
    crowded = side(*({"name": "李明", "address": f"人民路{at // 2}号"} for at in range(900)))
    assert households.crowding(apart, ("address",)) == pytest.approx(0.1)
    assert households.crowding(crowded, ("address",)) == 1


def test_a_pair_of_different_addresses_shares_no_household():
    rows = side({"name": "李明", "address": HOME})
    address = [c for c in PERSON if c.name == "address"]
    place = pl.Series([0], dtype=pl.UInt32)
    levels = pl.DataFrame({"address": pl.Series([5], dtype=pl.UInt8)})
    assert households.others(Pairs(rows, rows, place, place), levels, address).item() is None
