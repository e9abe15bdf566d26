"""Check characters of organisations' numbers: what type a text has by its form, and whether its check fails.

* GB 32100-2015, 18 of `0-9A-HJ-NPQRTUWXY` (no I, O, S, V, Z): weights 3^i mod 31, check (31 − Σ mod 31) mod 31.
* GB 11714-1997, 8 + check: weights 3 7 9 10 5 8 4 2, check 11 − Σ mod 11 (10 is X, 11 is 0).
* 15 digits: registration number, ISO/IEC 7064 MOD 11,10 (GS 15-2006), or old tax number, area 6 + organisation code 9.
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casebook.ids import base, eighteen, filler, regions

UNIFIED_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NONE: Final = -1
UNIFIED, TAX, REGISTRATION, ORGANISATION, CITIZEN, CITIZEN_TAX = range(6)
_UNIFIED_WEIGHTS: Final = np.array([*(pow(3, place, 31) for place in range(17)), 1], np.float32)
_ORGANISATION_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2], np.float32)
_UNIFIED_SYMBOLS: Final = base.alphabet(UNIFIED_ALPHABET)
_CODE_SYMBOLS: Final = base.alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
REGISTRARS: Final = (
    *("11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52", "53", "59"),
    *(
        "61",
        "62",
        "69",
        "71",
        "72",
        "79",
        "81",
        "89",
        "91",
        "92",
        "93",
        "99",
        "A1",
        "A2",
        "A9",
        "N1",
        "N2",
        "N3",
        "N9",
        "Y1",
    ),
)
"""Registrar and class as GB 32100 and its amendments combine them."""
_LETTERS: Final = 10  # the place of A: digits stand below
_UNIFIED_X: Final = UNIFIED_ALPHABET.index("X")

# By two bytes, as a character that is none of the alphabet has the place 255.
_REGISTERED: Final = np.zeros((256, 256), np.bool_)
_REGISTERED[*zip(*([UNIFIED_ALPHABET.index(sign) for sign in pair] for pair in REGISTRARS), strict=True)] = True

# Registers of institutions and of associations of the Xinjiang corps stand under 99, which GB/T 2260 never had; no business does.
_CORPS: Final = 99
_MARKET: Final = UNIFIED_ALPHABET.index("9")
_NATIONAL: Final = 10
_HEADS: Final = np.zeros((256, 256), np.bool_)
_HEADS[*zip(*(divmod(head, 10) for head in (*regions.PROVINCES, _NATIONAL, _CORPS)), strict=True)] = True

Mask = NDArray[np.bool_]
Types = NDArray[np.int8]


def unified_lines(text: base.Bytes) -> base.Bytes:
    """Places in the alphabet of unified codes, one line for each of the 18 characters (lines are faster than columns)."""
    return np.ascontiguousarray(base.places(text, _UNIFIED_SYMBOLS).T)


def unified_fails(lines: base.Bytes) -> Mask:
    """Whether the check of each unified code fails."""
    total = (_UNIFIED_WEIGHTS @ lines.astype(np.float32)).astype(np.int32)
    fails: Mask = total % 31 != 0
    return fails


def is_nowhere(lines: base.Bytes) -> Mask:
    """Whether the area of each unified code lies in a province that never was, or is none (GB/T 2260 and 100000 for the nation)."""
    fine = _HEADS[lines[2], lines[3]] & (lines[4:8].max(axis=0) < _LETTERS)
    if (lines[2] == _LETTERS - 1).any():
        area = (10 ** np.arange(5, -1, -1)) @ lines[2:8].astype(np.int64)
        fine &= (lines[2] != _LETTERS - 1) | (lines[0] != _MARKET)
        fine |= area == regions.SYNTHETIC
    nowhere: Mask = ~fine
    return nowhere


def nowhere(text: pl.Series, kind: Types) -> pl.Series:
    """`is_nowhere` of unified codes, and the same of the first six digits of old tax and registration numbers."""
    mask = np.zeros(len(text), np.bool_)
    unified = pl.Series(kind == UNIFIED) & (text.str.len_bytes() == 18).fill_null(value=False)
    mask[unified.to_numpy()] = is_nowhere(unified_lines(base.characters(text.filter(unified), 18)))
    area = text.str.slice(0, 6).str.to_integer(strict=False).fill_null(-1).to_numpy()
    mask |= np.isin(kind, (TAX, REGISTRATION)) & ~regions.is_province(area) & (area // 10_000 != _NATIONAL)
    return pl.Series(mask)


def is_filled(lines: base.Bytes) -> Mask:
    """Which codes are filler, as a whole or in the nine characters of the organisation.

    A few looks at the middle tell the codes that may be filler: a pattern repeats there, or a run passes one of two places.
    """
    likely = np.zeros(lines.shape[1], np.bool_)
    for period in range(1, filler.PERIODS + 1):
        repeats = lines[8] == lines[8 + period]
        for at in (9, 10, 11):
            repeats &= lines[at] == lines[at + period]
        likely |= repeats
    for at in (6, 11):
        steps = np.diff(lines[at - 1 : at + 2].astype(np.int8), axis=0)
        likely |= (steps[0] == steps[1]) & (np.abs(steps[0]) == 1)
    rows = np.flatnonzero(likely)
    filled = np.zeros(len(likely), np.bool_)
    filled[rows] = filler.is_filler(lines[:, rows].T) | filler.is_filler(lines[8:17, rows].T)
    return filled


def surely_unified(lines: base.Bytes, fails: Mask) -> Mask:
    """Well-formed unified codes that can be neither a citizen's number nor one whose end a spreadsheet lost.

    Only digits, or digits and a last X, leave room for doubt: none where the code passes and its area is known, or where
    registrar and class exist and it reads as no citizen's number.
    """
    last = lines[17]
    formed = (lines.max(axis=0) < len(UNIFIED_ALPHABET)) & (lines[0] > 0)
    numeric = formed & (lines[:17].max(axis=0) < _LETTERS) & ((last < _LETTERS) | (last == _UNIFIED_X))
    unlike = _REGISTERED[lines[0], lines[1]] & ~_is_citizen(lines)
    ended = fails & (lines[15:].max(axis=0) == 0)
    sure: Mask = formed & (~numeric | (unlike & ~ended))
    at = np.flatnonzero(numeric & ~fails & ~sure)
    area = (10 ** np.arange(5, -1, -1)) @ lines[2:8, at].astype(np.int64)
    sure[at] = regions.is_known(area)
    return sure & ~is_filled(lines)


def _is_citizen(lines: base.Bytes) -> Mask:
    """Whether digits, last X included, are a citizen's number whose check passes and whose birth date exists."""
    century = (lines[6] == 1) & (lines[7] >= 8) | (lines[6] == 2) & (lines[7] == 0)
    likely = np.flatnonzero(century & (lines[10] <= 1))
    read = eighteen.read(np.minimum(lines[:, likely], 10).T)
    passes = np.zeros(lines.shape[1], np.bool_)
    passes[likely] = read["passes"] & read["dated"]
    return passes


def judge_18(text: base.Bytes) -> tuple[Types, Mask]:
    """Type by form and whether the check fails: unified code."""
    lines = unified_lines(text)
    formed = lines.max(axis=0) < len(UNIFIED_ALPHABET)
    return np.where(formed, UNIFIED, NONE).astype(np.int8), unified_fails(lines)


def judge_15(text: base.Bytes) -> tuple[Types, Mask]:
    """Type by the check that passes: old tax number before registration number; a number of digits that passes none is a registration."""
    digits = base.places(text, _CODE_SYMBOLS)
    numeric, area = base.within(digits, 10), base.within(digits[:, :6], 10)
    formed, tax_fails = judge_9(text[:, 6:])
    registered = numeric & base.mod_11_10(np.minimum(digits, 9))
    is_tax = area & (formed == ORGANISATION) & (~tax_fails | ~numeric)
    kind = np.where(is_tax, TAX, np.where(numeric, REGISTRATION, NONE)).astype(np.int8)
    return kind, np.where(is_tax, tax_fails, ~registered)


def judge_9(text: base.Bytes) -> tuple[Types, Mask]:
    """Type by form and whether the check fails: organisation code."""
    places = base.places(text, _CODE_SYMBOLS)
    total = (_ORGANISATION_WEIGHTS @ places[:, :8].T.astype(np.float32)).astype(np.int64)
    rest = 11 - total % 11
    check = np.where(rest == 10, _CODE_SYMBOLS[ord("X")], rest % 11)
    last_formed = (places[:, 8] < 10) | (places[:, 8] == _CODE_SYMBOLS[ord("X")])
    formed = base.within(places, 36) & last_formed
    return np.where(formed, ORGANISATION, NONE).astype(np.int8), check != places[:, 8]
