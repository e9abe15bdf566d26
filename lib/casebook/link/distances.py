"""Distances between the two texts of many pairs, computed only where they are asked for."""

import numpy as np
import polars as pl
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist


def jaro_winkler(left: pl.Series, right: pl.Series, asked: pl.Series) -> pl.Series:
    """The Jaro-Winkler similarity (0 to 1) of the pairs asked for, 0 for all others.

    >>> jaro_winkler(pl.Series(["martha", "a"]), pl.Series(["marhta", "a"]), pl.Series([True, False])).cast(pl.Float64).round(2).to_list()
    [0.96, 0.0]
    """
    alike = np.zeros(len(left), dtype=np.float32)
    one, two = left.filter(asked).to_list(), right.filter(asked).to_list()
    if one:
        alike[asked.to_numpy()] = cpdist(one, two, scorer=JaroWinkler.similarity)
    return pl.Series(alike)


def is_one_edit(left: pl.Series, right: pl.Series, asked: pl.Series, *, longest_at_least: int) -> pl.Series:
    """True where one character at most is changed, added or missing and the longer text has so many characters.

    >>> is_one_edit(pl.Series(["张建国", "李明"]), pl.Series(["张建军", "李强"]), pl.Series([True, True]), longest_at_least=3).to_list()
    [True, False]
    """
    lengths = pl.DataFrame({"left": left.str.len_chars(), "right": right.str.len_chars()})
    is_long = lengths.max_horizontal() >= longest_at_least
    asked = asked & is_long.fill_null(value=False)
    near = np.zeros(len(left), dtype=np.bool_)
    one, two = left.filter(asked).to_list(), right.filter(asked).to_list()
    if one:
        near[asked.to_numpy()] = cpdist(one, two, scorer=Levenshtein.distance, score_cutoff=1) <= 1
    return pl.Series(near)


def differing(left: pl.Series, right: pl.Series) -> tuple[pl.Series, pl.Series]:
    """In how many places two texts of one length differ, and whether just two neighbours are exchanged.

    Null where the lengths differ, either text is missing, or three or more places differ: no distance that allows shifts is
    ever looked for.

    >>> one, two = pl.Series(["1234", "1234", "1234", "12"]), pl.Series(["1243", "1204", "4321", "123"])
    >>> [answer.to_list() for answer in differing(one, two)]
    [[2, 1, None, None], [True, False, None, None]]
    """
    count: np.ndarray[tuple[int], np.dtype[np.int64]] = np.full(len(left), -1, dtype=np.int64)
    exchanged = np.zeros(len(left), dtype=np.bool_)
    lengths = left.str.len_bytes().set(left.str.len_bytes() != right.str.len_bytes(), None)
    for width in lengths.drop_nulls().unique().to_list():
        asked = ((lengths == width) & right.is_not_null()).fill_null(value=False)
        where = asked.arg_true().to_numpy()
        one, two = (_letters(side.filter(asked), width) for side in (left, right))
        unlike = one != two
        count[where] = unlike.sum(axis=1)
        if width > 1:
            crossed = (one[:, :-1] == two[:, 1:]) & (one[:, 1:] == two[:, :-1]) & unlike[:, :-1] & unlike[:, 1:]
            exchanged[where] = crossed.any(axis=1) & (count[where] == 2)
    told = pl.Series(count, dtype=pl.Int64)
    told = told.set((told < 0) | (told > 2), None)
    return told, pl.Series(exchanged).set(told.is_null(), None)


def _letters(texts: pl.Series, width: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The bytes of texts of one length, one row a text."""
    joined: bytes = "".join(texts.to_list()).encode()
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(texts), width)
