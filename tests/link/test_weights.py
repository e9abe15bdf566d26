import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.link.comparisons import FIRM, PERSON
from casebook.link.levels import Pairs
from casebook.link.subjects import of_persons
from casebook.link.weights import Known, counts, drawn, expected, weights

NAME, SEX = PERSON[0], next(c for c in PERSON if c.name == "sex")
NONE = pl.Series([], dtype=pl.UInt32)


def people(*names: str | None) -> pl.DataFrame:
    rows = pl.DataFrame({"ref": range(len(names)), "name": names}, schema={"ref": pl.Int64, "name": pl.String})
    return of_persons(rows, rows)[0]


def known(left: pl.DataFrame, right: pl.DataFrame) -> Known:
    rows = tuple(pl.int_range(side.height, dtype=pl.UInt32, eager=True) for side in (left, right))
    return Known(drawn(left, right), (Pairs(left, left, NONE, NONE), Pairs(right, right, NONE, NONE)), rows)


def at(left: pl.DataFrame, right: pl.DataFrame, row: int) -> Pairs:
    place = pl.Series([row], dtype=pl.UInt32)
    return Pairs(left, right, place, place)


def bits(left: pl.DataFrame, right: pl.DataFrame, row: int, level: int = 0, *, near: bool = False) -> float:
    found = weights(NAME, known(left, right))
    return found.of(pl.Series([level], dtype=pl.UInt8), at(left, right, row), pl.Series([near])).item()


@pytest.mark.parametrize("comparison", [*PERSON, *FIRM], ids=lambda c: c.name)
@pytest.mark.parametrize("share", ["m", "u", "u_shared"])
def test_shipped_shares_are_of_all_levels_and_add_up(comparison, share):
    shares = expected(comparison.name)[share]
    assert len(shares) == len(comparison.levels)
    assert min(shares) > 0
    assert math.isclose(sum(shares), 1, abs_tol=1e-6)


def test_a_rare_name_weighs_more_than_a_common_one():
    crowd = people(*["王伟"] * 300, "亓官珩", *[f"张{chr(0x4E00 + at)}" for at in range(700)])
    assert bits(crowd, crowd, 300) > bits(crowd, crowd, 0) + 4


def test_agreement_speaks_for_and_difference_against():
    side = people("李明", "王强", "张建国")
    assert bits(side, side, 0) > 0 > bits(side, side, 0, len(NAME.levels) - 1)


def test_within_a_household_no_name_is_rare():
    side = people("亓官珩", "王伟", "王伟", "王伟")
    assert bits(side, side, 0, near=True) == bits(side, side, 1, near=True)


def test_a_missing_value_weighs_nothing():
    side = people("李明")
    found = weights(NAME, known(side, side))
    assert found.of(pl.Series([None], dtype=pl.UInt8), at(side, side, 0), pl.Series([False])).item() == 0


def test_what_linked_pairs_show_moves_the_weights():
    found = weights(SEX, known(people("李明"), people("李明")))
    learnt = found.seen([0.0, 1000.0])
    assert learnt.m[1] > 0.8 > found.m[1]
    assert math.isclose(sum(learnt.m), 1)


@pytest.mark.parametrize("names", [(), (None,), ("李明",)])
def test_weights_are_finite_in_the_smallest_tables(names):
    side = people(*names)
    found = weights(NAME, known(side, side))
    every = [math.log2(m / u) for m, u in zip(found.m, found.u, strict=True)] + [
        float(r) for rarity in found.rarity for r in (*rarity.left, *rarity.most_right)
    ]
    assert np.isfinite(every).all()


def test_small_tables_are_drawn_whole_and_large_ones_alike_every_time():
    few, many = people("甲", "乙"), people(*["李明"] * 200)
    assert sorted(zip(drawn(few, few).i, drawn(few, few).j, strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert drawn(many, many, 100).i.equals(drawn(many, many, 100).i)


DIGITS = st.text("0123456789", min_size=11, max_size=11)
ODD_PHONES = st.lists(st.one_of(st.none(), DIGITS, st.just("14212345678")), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(ODD_PHONES, ODD_PHONES, st.lists(st.integers(0, 300), min_size=10, max_size=10), st.booleans())
def test_no_level_weighs_more_than_exact(left, right, seen, near):
    rows = [
        pl.DataFrame({"ref": range(len(phones)), "phone": phones, "name": "李明", "address": phones})
        for phones in (left, right)
    ]
    sides = of_persons(*(side.cast({"phone": pl.String, "address": pl.String}) for side in rows))
    for comparison in (c for c in PERSON if c.name in ("name", "phone", "address")):
        found = weights(comparison, known(*sides)).seen(seen[: len(comparison.levels)])
        levels = pl.Series(range(len(comparison.levels)), dtype=pl.UInt8)
        places = pl.repeat(0, len(levels), dtype=pl.UInt32, eager=True)
        bits_of = found.of(levels, Pairs(*sides, places, places), pl.repeat(near, len(levels), eager=True))
        assert bits_of[0] == bits_of.max()


def test_levels_are_counted():
    left, right = people("李明", "王强"), people("李明", "张建国")
    assert counts(NAME, drawn(left, right)) == [1, 0, 0, 0, 0, 0, 3]


@pytest.mark.parametrize(("rows", "most"), [(400, 0.05), (30, 0.5), (3, 2.0)])
def test_a_value_that_all_rows_have_weighs_next_to_nothing(rows, most):
    side = people(*["王伟"] * rows)
    found = weights(NAME, known(side, side))
    assert bits(side, side, 0) <= most
    assert not found.tells(at(side, side, 0)).item()


def test_in_tables_of_a_row_or_two_nothing_is_known_to_be_common():
    side = people("王伟")
    assert bits(side, side, 0) > 5
    assert weights(NAME, known(side, side)).tells(at(side, side, 0)).item()


def test_a_value_of_a_tenth_of_the_rows_tells_something():
    side = people(*[f"张{chr(0x4E00 + row % 10)}" for row in range(400)])
    assert 2 < bits(side, side, 0) < 4
    assert weights(NAME, known(side, side)).tells(at(side, side, 0)).item()
