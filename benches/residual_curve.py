"""The shipped calibration curve, measured on planted persons: `python -m benches.residual_curve` writes it anew.

`tests/link/test_calibration.py` fails when the file no longer tells what the measurement gives.
"""

from pathlib import Path
from typing import Final

import polars as pl

from benches import residual_sets
from casebook import link
from casebook.link import assignment, calibration, residual
from casebook.link.residual import Asked

PEOPLE: Final = 20_000
SEED: Final = 5
UNRIVALLED: Final = 0.99
FILE: Final = Path(link.__file__).with_name(calibration.TABLE_NAME)
HEAD: Final = """\
# How often a pair of persons is right whose odds are 2^bits and that has no rival: measured, rising, straight between the points.
# Made by benches/residual_curve.py from planted families (four sets of columns, no number in common); pairs: how many stand behind.
"""


def measured(people: int = PEOPLE, seed: int = SEED) -> pl.DataFrame:
    """The curve of all candidate pairs of the four sets."""
    return calibration.measure(candidates(people, seed))


def candidates(people: int, seed: int) -> pl.DataFrame:
    """`bits` and `is_match` of every candidate pair of the four sets that has no rival."""
    whole = residual_sets.planted(seed, people)
    sets = (residual_sets.narrowed(whole, columns) for columns in residual_sets.COLUMNS.values())
    return pl.concat(_scored(one) for one in sets)


def _scored(one: residual_sets.Planted) -> pl.DataFrame:
    """The bits of each candidate pair that has no rival worth naming, and the truth."""
    no_keys = (one.left.clear(), one.right.clear())
    scored = residual.scored(one.left, one.right, no_keys, "person", Asked())
    pairs = assignment.assigned(scored.pairs, Asked().least, scored.sides.right, one_to_one=True).filter(
        pl.col("share") >= UNRIVALLED
    )
    refs = pairs.select(
        scored.sides.left[pairs["i"]]["ref"].alias("left_ref"),
        scored.sides.right[pairs["j"]]["ref"].alias("right_ref"),
        "bits",
    )
    truth = one.truth.with_columns(is_match=pl.lit(value=True))
    told = refs.join(truth, on=["left_ref", "right_ref"], how="left")
    return told.select("bits", pl.col("is_match").fill_null(value=False))


def main() -> None:
    """Write the file."""
    curve = measured().with_columns(pl.col("probability").round(4))
    FILE.write_text(HEAD + curve.write_csv(), encoding="utf-8")


if __name__ == "__main__":
    main()
