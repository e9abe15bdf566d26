"""The scales grow together; a stream depends on seed and name only."""

import pytest

from casebook.synth.world import Scale, World


@pytest.mark.parametrize(("text", "payments", "shops"), [("sample", 7_000, 220), ("seed", 400_000, 4_000)])
def test_named_scales(text, payments, shops):
    scale = Scale.of(text)
    assert (scale.name, scale.payments, scale.shops) == (text, payments, shops)


def test_a_number_of_payments_scales_all_tables():
    half, seed = Scale.of("200000"), Scale.of("seed")
    assert half.payments == 200_000
    assert 0.4 < half.parcels / seed.parcels < 0.6
    assert 0.4 < half.dishes / seed.dishes < 0.6


def test_the_line_meets_the_named_scales():
    assert Scale.of(400_000).parcels == Scale.of("seed").parcels
    assert Scale.of(7_000).dishes == Scale.of("sample").dishes


@pytest.mark.parametrize("text", ["", "large", "-5", "6999", 12])
def test_other_scales_are_refused(text):
    with pytest.raises(ValueError, match="sample, seed or a number"):
        Scale.of(text)


def test_streams_do_not_depend_on_order():
    world = World(7, Scale.of("sample"))
    first = world.rng("a").integers(10**9, size=3).tolist()
    world.rng("b").random(100)
    assert world.rng("a").integers(10**9, size=3).tolist() == first


def test_streams_differ_by_name_and_seed():
    scale = Scale.of("sample")
    draws = {World(s, scale).rng(n).integers(10**12) for s in (1, 2) for n in ("a", "b")}
    assert len(draws) == 4
