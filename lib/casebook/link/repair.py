"""Citizen ids that a single slip of the hand turned into others.

A slip is one wrong digit, a wrong check character, or two neighbouring characters exchanged. A correction counts when its
check digit holds **and** it stands on the other side: a guess, so at best T3 without a second attribute (ruling 7).
Source: GB 11643-1999, check character by ISO 7064 MOD 11-2: the weighted sum of all eighteen is 1 modulo 11.
"""

from typing import Final

import polars as pl

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
SHAPE: Final = r"^[0-9]{17}[0-9X]$"
_CITIZEN: Final = r"^[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$"
_LAST: Final = 17
# An id has up to 35 corrections that hold: a slice bounds what is kept of them before they are looked up.
_SLICE: Final = 100_000


def holds(ids: pl.Series) -> pl.Series:
    """True where the text is a citizen id with a possible birth date and a right check character; null stays null.

    >>> holds(pl.Series(["11010519491231002X", "110105194912310021", "91110000101623741K", None])).to_list()
    [True, False, False, None]
    """
    frame = pl.DataFrame({"id": ids.cast(pl.String)}).with_columns(shaped=pl.col("id").str.contains(_CITIZEN))
    frame = _with_deficit(frame.with_columns(digits_of=pl.when("shaped").then("id")))
    return frame.select((pl.col("shaped") & (pl.col("deficit") == 0)).alias("holds")).to_series()


def slips(broken: pl.Series, listed: pl.Series) -> pl.DataFrame:
    """The listed ids that a slip could have turned into a broken one: `broken`, `corrected`, `slip`, each pair once.

    Args:
        broken: ids whose check digit fails; other text is passed over.
        listed: valid ids of the other side.

    >>> slips(pl.Series(["110105194912310032"]), pl.Series(["11010519491231002X"])).height
    0
    >>> slips(pl.Series(["11010519491230102X"]), pl.Series(["11010519491231002X"])).rows()
    [('11010519491230102X', '11010519491231002X', 'transposed')]
    """
    known = pl.DataFrame({"corrected": listed.cast(pl.String)}).drop_nulls().unique()
    faulty = pl.DataFrame({"broken": broken.cast(pl.String)}).unique().filter(pl.col("broken").str.contains(SHAPE))
    faulty = _with_deficit(faulty.with_columns(digits_of="broken")).filter(pl.col("deficit") != 0)
    parts = [_found(part, known) for part in faulty.iter_slices(_SLICE)]
    found = (
        pl.concat(parts) if parts else pl.DataFrame(schema=dict.fromkeys(("broken", "corrected", "slip"), pl.String))
    )
    return found.sort("broken", "corrected", "slip").unique(["broken", "corrected"], keep="first", maintain_order=True)


def _found(faulty: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    edits = [_one_digit(faulty, place) for place in range(_LAST + 1)]
    edits += [_transposed(faulty, place) for place in range(_LAST)]
    return pl.concat(edits).join(known, on="corrected", how="semi")


def _with_deficit(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds the characters as numbers `d0`…`d17` (X is 10) and `deficit`, what the weighted sum lacks modulo 11."""
    text = pl.col("digits_of")
    digits = [text.str.slice(place, 1).cast(pl.Int32, strict=False).alias(f"d{place}") for place in range(_LAST)]
    last = text.str.slice(_LAST, 1).replace("X", "10").cast(pl.Int32, strict=False).alias(f"d{_LAST}")
    frame = frame.with_columns(*digits, last)
    weighted = pl.sum_horizontal(
        [pl.col(f"d{place}") * weight for place, weight in enumerate(_WEIGHTS)], ignore_nulls=False
    )
    return frame.with_columns(deficit=(1 - weighted) % 11)


def _one_digit(faulty: pl.DataFrame, place: int) -> pl.DataFrame:
    """The one other character at this place that makes the check hold, where it is a possible one."""
    inverse = pow(_WEIGHTS[place], -1, 11)
    other = faulty.with_columns(to=(pl.col(f"d{place}") + pl.col("deficit") * inverse) % 11)
    if place != _LAST:
        other = other.filter(pl.col("to") < 10)
    changed = _spelled(place, pl.col("to").cast(pl.String).replace("10", "X"), 1)
    return other.select("broken", changed, slip=pl.lit("one_digit"))


def _transposed(faulty: pl.DataFrame, place: int) -> pl.DataFrame:
    """This character and the next exchanged, where that makes the check hold."""
    first, second = pl.col(f"d{place}"), pl.col(f"d{place + 1}")
    gain = (second - first) * (_WEIGHTS[place] - _WEIGHTS[place + 1])
    held = faulty.filter((gain % 11 == pl.col("deficit")) & (second < 10))
    swapped = pl.concat_str(pl.col("broken").str.slice(place + 1, 1), pl.col("broken").str.slice(place, 1))
    return held.select("broken", _spelled(place, swapped, 2), slip=pl.lit("transposed"))


def _spelled(place: int, middle: pl.Expr, width: int) -> pl.Expr:
    broken = pl.col("broken")
    return pl.concat_str(broken.str.slice(0, place), middle, broken.str.slice(place + width)).alias("corrected")
