"""The duels of identifiers are about the same numbers, and the shared vectors tell right from wrong. No timing here."""

import pytest

from benches import ids

duels = pytest.mark.parametrize("duel", ids.DUELS, ids=lambda duel: duel.name)


@duels
def test_one_number_in_fifty_is_broken(duel):
    assert duel.clean(duel.numbers(500))["problem"].to_list().count("check_digit") == 10


@duels
def test_both_sides_judge_the_numbers_alike(duel):
    numbers = duel.numbers(500)
    judge = ids.passes(duel.module)
    assert duel.clean(numbers)["problem"].is_null().to_list() == [judge(number) for number in numbers]


@duels
def test_we_are_right_on_every_vector_and_the_peer_is_not(duel):
    right, total = ids.score(duel.vectors, ids.ours(duel.clean))
    theirs, _ = ids.score(duel.vectors, ids.stdnum(duel.module))
    assert theirs < right == total
    own, made_for = ids.score(duel.vectors, ids.stdnum(duel.module), duel.own)
    assert own < made_for < total


@pytest.mark.parametrize("kind", ids.ALONE)
def test_a_reader_that_hands_out_everything_is_not_right(kind):
    right, total = ids.score(kind, list)
    assert right < total == ids.score(kind, ids.ours(ids.ALONE[kind]))[0]
