"""Rows whose cells stand in the wrong columns: one place to the left or right, or two columns exchanged.

Only kinds with a shape of their own are asked: identity and organisation numbers, licences, certificates, parcels, dates, amounts.
A row is named only when at least two cells cannot be what their column holds and are, one and all checks passed, what the columns
they would move to hold. Named, never moved: a human decides. Published tables with the columns shifted by one exist.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import polars as pl

from casebook.clean.kinds import KINDS
from casebook.intake.dataset import PART, Dataset
from casebook.text import width

OK, LEFT, RIGHT = "ok", "shifted_left", "shifted_right"
_AT_LEAST: Final = 2

# What may stand in a column of the kind, mistakes, masks and lost digits included; anything else is in the wrong place.
_SHAPES: Final[Mapping[str, str]] = {
    "citizen_id": r"^[0-9*]{13,17}[0-9Xx*]$|^[A-Za-z]{1,3}[0-9*()]{6,15}$|[0-9][eE]\+|^[0-9*]{14,18}\.0$",
    "organisation_code": r"^[0-9A-Za-z*]{12,20}$|^[0-9A-Za-z*]{8}-?[0-9A-Za-z*]$|[0-9][eE]\+",
    "food_licence": r"^[A-Za-z]{2}[0-9*]{6,}|^[0-9*]{14}$|[餐证字号]|[0-9][eE]\+",
    "disability_certificate": r"^[0-9*]{14,17}[0-9Xx*]|[0-9][eE]\+",
    "parcel": r"^[0-9*]{6}[0-9A-Za-z* ]{5,40}$|[0-9][eE]\+",
    "date": (
        r"[年月日]|长期|永久|终身|至今|[0-9]{1,4} ?[-/] ?[0-9]{1,2}|^(?:19|20)[0-9]{2}\.[0-9]{1,2}$|[0-9]\.[0-9]{1,2}\.[0-9]|"
        r"^[0-9]{4,6}$|^(?:19|20|99)[0-9]{6}(?:[0-9]{6})?$|^[0-9]{5}\.[0-9]+$|^0+$"
    ),
    "money": r"[元角分万亿圆]|流拍|免|^[-−+¥￥(]*[0-9][0-9,. ]{0,19}\)?-?$|[0-9][eE][-+]",
}
# What is beyond doubt of the kind, beside passing its cleaner.
_SURE: Final[Mapping[str, str]] = {
    "organisation_code": r"^[0-9A-HJ-NPQRTUWXYa-z]{18}$|^[0-9]{15}$",
    "date": r"^(?:19|20)[0-9]{2}(?:[-/.年]|[0-9]{4}$)",
    "money": r"^[-¥￥]?(?:[0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,4})?(?:万?元)?$",
}
_DAY_LIKE: Final = "^(?:19|20)[0-9]{6}$"


def rows(frame: pl.DataFrame, kinds: Mapping[str, str]) -> pl.Series:
    """For each row `ok`, `shifted_left`, `shifted_right` or `swapped(a,b)`.

    Args:
        frame: text as delivered, columns in the order in which they stand in the file.
        kinds: column → kind; columns without one, or with a kind of no certain shape, only lend their cells to their neighbours.

    >>> frame = pl.DataFrame({"id": ["11010519491231002X", "云州路"], "day": ["2021-03-01", "11010519491231002X"],
    ...     "paid": ["80.00", "2021-03-01"], "note": [None, "80.00"]})
    >>> rows(frame, {"id": "citizen_id", "day": "date", "paid": "money"}).to_list()
    ['ok', 'shifted_right']
    """
    names = [name for name in frame.columns if kinds.get(name) in _SHAPES]
    wrong = pl.DataFrame([_is_wrong(frame[name], kinds[name]) for name in names])
    count = (
        wrong.select(pl.sum_horizontal(pl.all().cast(pl.Int64))).to_series() if names else pl.Series([], dtype=pl.Int64)
    )
    suspects = (count >= _AT_LEAST).arg_true()
    said = pl.Series("shift", [OK]).new_from_index(0, frame.height)
    if suspects.is_empty():
        return said
    texts = pl.DataFrame([width.trim(cells).alias(cells.name) for cells in frame[suspects]])
    return said.scatter(suspects, _verdicts(texts, wrong[suspects], kinds))


def of_dataset(dataset: Dataset) -> pl.Series:
    """`rows` of a dataset, each part in the column order of its own file."""
    kinds = {column.name: column.kind for column in dataset.contract.columns if column.kind is not None}
    if len(dataset.parts) == 1:
        return rows(dataset.frame.select(list(dataset.parts[0].headers)), kinds)
    numbered = dataset.frame.with_row_index("_order")
    found = []
    for number, part in enumerate(dataset.parts):
        piece = numbered.filter(pl.col(PART) == number)
        found.append(pl.DataFrame([piece["_order"], rows(piece.select(list(part.headers)), kinds)]))
    if not found:
        return pl.Series("shift", [], dtype=pl.String)
    return pl.concat(found).sort("_order")["shift"]


def _is_wrong(raw: pl.Series, kind: str) -> pl.Series:
    """Cells that say something which no value of the kind, however mistyped, looks like.

    Trimming takes no shape away, so that only cells without one are trimmed.
    """
    odd = (~raw.str.contains(_SHAPES[kind])).fill_null(value=False)
    if not odd.any():
        return odd.alias(raw.name)
    at = odd.arg_true()
    text = width.trim(raw.gather(at))
    is_wrong = width.problem_of_trimmed(text).is_null() & ~text.str.contains(_SHAPES[kind])
    return odd.scatter(at, is_wrong).alias(raw.name)


def _is_sure(text: pl.Series, kind: str) -> pl.Series:
    """Cells that pass every check of the kind."""
    found = KINDS[kind](text)["problem"].is_null()
    if kind in _SURE:
        found &= text.str.contains(_SURE[kind])
    if kind == "money":
        found &= ~text.str.contains(_DAY_LIKE)
    return found.fill_null(value=False)


def _verdicts(texts: pl.DataFrame, wrong: pl.DataFrame, kinds: Mapping[str, str]) -> pl.Series:
    right = _moved(texts, wrong, kinds, 1)
    left = _moved(texts, wrong, kinds, -1)
    swapped = _swapped(texts, wrong, kinds)
    frame = pl.DataFrame({"right": right, "left": left, "swapped": swapped})
    most = pl.max_horizontal("right", "left")
    return frame.select(
        pl.when((most >= _AT_LEAST) & (pl.col("right") == most))
        .then(pl.lit(RIGHT))
        .when(most >= _AT_LEAST)
        .then(pl.lit(LEFT))
        .otherwise(pl.col("swapped").fill_null(OK))
    ).to_series()


def _moved(texts: pl.DataFrame, wrong: pl.DataFrame, kinds: Mapping[str, str], step: int) -> pl.Series:
    """How many columns of each row hold something wrong and have what they ought to hold `step` columns further on."""
    order: Sequence[str] = texts.columns
    total = pl.Series([0], dtype=pl.Int64).new_from_index(0, texts.height)
    for name in wrong.columns:
        place = order.index(name) + step
        if 0 <= place < len(order):
            total += (wrong[name] & _is_sure(texts[order[place]], kinds[name])).cast(pl.Int64)
    return total


def _swapped(texts: pl.DataFrame, wrong: pl.DataFrame, kinds: Mapping[str, str]) -> pl.Series:
    """The first two columns of different kinds that hold each other's values; null where there are none."""
    found = pl.Series([None], dtype=pl.String).new_from_index(0, texts.height)
    for one, other in combinations(wrong.columns, 2):
        both = wrong[one] & wrong[other]
        if kinds[one] == kinds[other] or not both.any():
            continue
        is_exchanged = both & _is_sure(texts[other], kinds[one]) & _is_sure(texts[one], kinds[other])
        found = found.set(is_exchanged & found.is_null(), f"swapped({one},{other})")
    return found
