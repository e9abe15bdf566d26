from datetime import date

from casebook.synth.dice import Dice
from casebook.synth.world import Scale, World


def dice(name="a"):
    return Dice(World(7, Scale.of("sample")).rng(name))


def test_the_same_stream_gives_the_same_draws():
    first, second = dice(), dice()
    assert [first.unit() for _ in range(5)] == [second.unit() for _ in range(5)]
    assert dice("b").unit() != dice().unit()


def test_both_bounds_are_drawn_and_nothing_beyond():
    one = dice()
    assert {one.between(3, 5) for _ in range(200)} == {3, 4, 5}


def test_days_lie_between_first_and_last():
    one, first, last = dice(), date(2024, 2, 28), date(2024, 3, 1)
    assert {one.day(first, last) for _ in range(200)} == {first, date(2024, 2, 29), last}


def test_chance_comes_near_its_share():
    one = dice()
    assert 250 < sum(one.chance(0.3) for _ in range(1_000)) < 350


def test_pick_reaches_every_choice():
    one = dice()
    assert {one.pick("xyz") for _ in range(100)} == set("xyz")
