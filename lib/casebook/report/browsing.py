"""What the lead browser asks: which leads match, and where rows go when one number of the parameters moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from casebook.case.assess import BINS
from casebook.case.run import Result, Run
from casebook.case.scenario import Parameters

FEN = 100


@dataclass(frozen=True)
class Wanted:
    """A choice of leads; an empty text or None chooses all."""

    bin: str = ""
    kind: str = ""
    place: str = ""
    least_yuan: float | None = None


def matching(leads: pl.DataFrame, wanted: Wanted) -> pl.DataFrame:
    """The leads that meet every part of the choice, in their order; the place may be any part of its name."""
    tests = [pl.lit(value=True)]
    if wanted.bin:
        tests.append(pl.col("bin") == wanted.bin)
    if wanted.kind:
        tests.append(pl.col("kinds").list.contains(wanted.kind))
    if wanted.place:
        tests.append(pl.col("place").str.contains(wanted.place, literal=True))
    if wanted.least_yuan is not None:
        tests.append(pl.col("amount_fen") >= round(wanted.least_yuan * FEN))
    return leads.filter(pl.all_horizontal(tests))


def numbers_of(parameters: Parameters) -> Mapping[str, int | float]:
    """The parameters a reader can move: whole or broken numbers, no yes-or-no."""
    return {
        name: value
        for name, value in parameters.model_dump().items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def moved(run: Run, name: str, value: float) -> Parameters:
    """The run's parameters with one number changed, checked by their own model."""
    plain: dict[str, Any] = {**run.parameters.model_dump(), name: value}
    return type(run.parameters)(**plain)


def shift(run: Run, result: Result, name: str, value: float) -> dict[str, tuple[int, int]]:
    """For each bin its judged rows in the result and under the moved parameter."""
    judged = run.judge(moved(run, name, value))
    after = dict(judged.group_by("bin").len().iter_rows())
    return {b: (result.ledger.bins[b], after.get(b, 0)) for b in BINS}
