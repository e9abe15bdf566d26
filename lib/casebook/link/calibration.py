"""How often pairs of a given weight are right, measured where the truth is known.

The curve is isotonic: a higher score never means a lower probability (pool adjacent violators, Ayer et al. 1955). The shipped
curve (`calibration.csv`) was measured on planted persons, `benches/residual_curve.py`; `measure` makes another one from any
scored pairs whose truth is known, such as recorded outcomes.
"""

from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.errors import LinkError

TABLE_NAME: Final = "calibration.csv"
LEAST_BITS, MOST_BITS = -6.0, 14.0
_STEP: Final = 0.5


def calibrated(bits: pl.Series, curve: pl.DataFrame | None = None) -> pl.Series:
    """The measured probability of pairs of these bits (prior included), straight between the points of the curve.

    Args:
        bits: log2 of the odds, as the weights and the prior make them.
        curve: columns `bits`, `probability`; without it the shipped one.
    """
    points = shipped() if curve is None else curve
    told = np.interp(bits.to_numpy(), points["bits"].to_numpy(), points["probability"].to_numpy())
    return pl.Series("probability", told)


@cache
def shipped() -> pl.DataFrame:
    """The shipped curve: `bits`, `probability`, `pairs` (how many stand behind a point)."""
    text = files("casebook.link").joinpath(TABLE_NAME).read_text(encoding="utf-8")
    return pl.read_csv(text.encode(), comment_prefix="#")


def measure(scored: pl.DataFrame) -> pl.DataFrame:
    """The curve of scored pairs: `bits`, `probability`, `pairs`, rising in both.

    Each point stands for the pairs of half a bit; one right and one wrong pair are added to the share of all to keep a point
    with few pairs off 0 and 1.

    Args:
        scored: `bits` and `is_match` (the truth) of each pair; pairs that have rivals tell of these, not of their weight.

    Raises:
        LinkError: a column is missing or there is no pair.
    """
    missing = [name for name in ("bits", "is_match") if name not in scored.columns]
    if missing or scored.is_empty():
        message = (
            f"A calibration needs pairs with the columns bits and is_match; got {scored.height} pairs with "
            f"{', '.join(scored.columns)}."
        )
        raise LinkError(message)
    bits = scored["bits"].cast(pl.Float64).clip(LEAST_BITS, MOST_BITS)
    binned = (
        pl.DataFrame({"bits": (bits / _STEP).round(0) * _STEP + 0.0, "is_match": scored["is_match"].cast(pl.Int64)})
        .group_by("bits")
        .agg(pl.col("is_match").sum().alias("right"), pl.len().cast(pl.Int64).alias("pairs"))
        .sort("bits")
    )
    share = (binned["right"] + 1).to_numpy() / (binned["pairs"] + 2).to_numpy()
    return binned.select("bits", pl.Series("probability", isotonic(share, binned["pairs"].to_numpy())), "pairs")


def isotonic(values: npt.NDArray[np.float64], weights: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The rising sequence nearest to `values` by weighted squares: neighbours out of order share their mean.

    >>> isotonic(np.array([0.1, 0.5, 0.3, 0.9]), np.array([1, 1, 1, 1])).round(3).tolist()
    [0.1, 0.4, 0.4, 0.9]
    """
    pools: list[tuple[float, int, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            pool = _pooled(pools.pop(), pool)
        pools.append(pool)
    return np.repeat([value for value, _, _ in pools], [count for _, _, count in pools])


def _pooled(one: tuple[float, int, int], two: tuple[float, int, int]) -> tuple[float, int, int]:
    weight = one[1] + two[1]
    return (one[0] * one[1] + two[0] * two[1]) / weight, weight, one[2] + two[2]
