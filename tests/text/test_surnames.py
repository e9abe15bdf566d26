import pytest

from casebook.text import sounds, surnames


@pytest.mark.parametrize("words", [surnames.SURNAMES, surnames.GIVEN])
def test_every_reading_is_a_syllable_and_no_character_is_listed_twice(words):
    found = surnames.readings(words)
    known = {*sounds.tables().syllables, ""}
    assert len(found) == len(words.split(" "))
    assert {syllable for pair in found.values() for syllable in pair} <= known


def test_second_reading_differs_from_the_first():
    assert all(one != two for one, two in surnames.readings(surnames.SURNAMES).values())


def test_compound_surnames_with_a_reading_of_their_own_are_compound_surnames():
    assert set(surnames.compound_readings()) <= set(surnames.COMPOUND_SURNAMES)
    assert len(set(surnames.COMPOUND_SURNAMES)) == len(surnames.COMPOUND_SURNAMES)
