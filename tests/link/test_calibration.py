import numpy as np
import polars as pl
import pytest

from benches import residual_curve
from casebook.errors import LinkError
from casebook.link.calibration import calibrated, isotonic, measure, shipped


def scored(*groups: tuple[float, int, int]) -> pl.DataFrame:
    rows = [(bits, at < right) for bits, right, count in groups for at in range(count)]
    return pl.DataFrame(rows, schema={"bits": pl.Float64, "is_match": pl.Boolean}, orient="row")


def test_shipped_curve_is_what_the_planted_persons_measure():
    """Stale: run `python -m benches.residual_curve`."""
    points = pl.Series(np.arange(-6.0, 14.5, 0.5))
    apart = (calibrated(points, residual_curve.measured()) - calibrated(points)).abs()
    assert apart.max() < 0.01


def test_shipped_curve_rises_and_stays_within_0_and_1():
    probability = shipped()["probability"]
    assert probability.is_sorted()
    assert 0 < probability.min() < 0.1
    assert 0.999 < probability.max() < 1


def test_half_of_the_pairs_right_is_one_half():
    assert measure(scored((3.0, 50, 100)))["probability"].to_list() == [0.5]


def test_points_out_of_order_share_their_mean():
    curve = measure(scored((1.0, 80, 98), (2.0, 60, 98), (3.0, 97, 98)))
    assert curve["probability"].round(3).to_list() == [0.71, 0.71, 0.98]


def test_a_curve_may_come_from_recorded_outcomes():
    curve = measure(scored((0.0, 10, 98), (4.0, 97, 98)))
    told = calibrated(pl.Series([-9.0, 0.0, 2.0, 4.0, 40.0]), curve)
    assert told.round(3).to_list() == [0.11, 0.11, 0.545, 0.98, 0.98]


@pytest.mark.parametrize("frame", [scored(), pl.DataFrame({"bits": [1.0]})])
def test_a_curve_needs_pairs_and_their_truth(frame):
    with pytest.raises(LinkError, match="needs pairs with the columns bits and is_match"):
        measure(frame)


def test_isotonic_keeps_what_rises():
    assert isotonic(np.array([0.1, 0.2, 0.9]), np.array([5, 1, 2])).tolist() == [0.1, 0.2, 0.9]
