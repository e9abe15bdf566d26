"""Rows that need care answered apart from the plain ones, and asked again until nothing more comes off them."""

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl

from casebook.text.codepoints import Places

_PASSES: Final = 4


def put(frame: pl.DataFrame, rows: Places, others: pl.DataFrame) -> pl.DataFrame:
    """The frame with `others` in place of its rows at `rows`.

    >>> put(pl.DataFrame({"a": ["x", "y"]}), np.array([1]), pl.DataFrame({"a": ["z"]}))["a"].to_list()
    ['x', 'z']
    """
    places = np.arange(len(frame))
    places[rows] = len(frame) + np.arange(len(rows))
    return pl.concat([frame, others]).select(pl.all().gather(places))


def settled(text: pl.Series, cleaner: Callable[[pl.Series], pl.DataFrame], passes: int = _PASSES) -> pl.DataFrame:
    """The answer of `cleaner`, asked again of each value it altered: taking one thing off may lay another bare.

    `cleaner` hands back `value`, `problem`, `repair` and names found beside the value; the first repair and the first names stay.
    """
    frame = cleaner(text)
    altered = np.flatnonzero((frame["value"] != text).fill_null(value=False))
    if not passes or not len(altered):
        return frame
    first = frame[altered]
    again = settled(first["value"], cleaner, passes - 1)
    found = frame.columns[3:]
    beside = again.hstack([first[name].alias(f"first_{name}") for name in ("repair", *found)])
    return put(
        frame,
        altered,
        beside.select(
            "value",
            "problem",
            pl.when(pl.col("value").is_not_null()).then("first_repair").alias("repair"),
            *(pl.coalesce(f"first_{name}", name).alias(name) for name in found),
        ),
    )
