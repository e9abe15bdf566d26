"""The syllables of a column of names as numbers: one table look-up a character, no string work.

Both readings of a character are kept where names have two (surnames.py); a character that is in no table has its own
number, so that it sounds like nothing but itself.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from casebook.text import surnames
from casebook.text.codepoints import LIMIT, Characters, Flags, Places

TABLE_NAME: Final = "homophones.txt"
UNKNOWN: Final = 0
END: Final = 1  # closes a row
SILENT: Final = 2  # the sign between the parts of a minority name
_FIRST: Final = 3
_WORD: Final = 8  # bytes of " zhuang", padded
_COMPOUND_FROM: Final = 3  # 单于 alone is a 单 whose given name is 于

Numbers = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Tables:
    """Numbers by character (`word`, and those of `surname` at the head of a name), with the second readings beside."""

    syllables: list[str]
    word: Numbers
    word_other: Numbers
    surname: Numbers
    surname_other: Numbers
    begins_compound: Flags
    compounds: dict[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Sounds:
    """The syllable of each character of a column, and its second reading (`UNKNOWN` where there is none)."""

    characters: Characters
    first: Numbers
    other: Numbers


@cache
def tables() -> Tables:
    """The shipped readings, surnames and given names laid over them."""
    lines = files("casebook.text").joinpath(TABLE_NAME).read_text(encoding="utf-8").splitlines()
    syllables = [line.split(" ", 1)[0] for line in lines]
    number = {syllable: place + _FIRST for place, syllable in enumerate(syllables)}
    word = np.zeros(LIMIT + 1, np.uint16)
    for line in lines:
        syllable, characters = line.split(" ", 1)
        word[[ord(character) for character in characters]] = number[syllable]
    word[[ord("\n"), ord("·")]] = END, SILENT
    other = np.zeros_like(word)
    surname, surname_other = word.copy(), other.copy()
    _lay(word, other, surnames.GIVEN, number)
    _lay(surname, surname_other, surnames.SURNAMES, number)
    pairs = {
        (ord(name[0]), ord(name[1])): (number[one], number[two])
        for name, (one, two) in surnames.compound_readings().items()
    }
    begins = np.zeros(LIMIT + 1, np.bool_)
    begins[[head for head, _ in pairs]] = True
    return Tables(syllables, word, other, surname, surname_other, begins, pairs)


def _lay(first: Numbers, other: Numbers, words: str, number: dict[str, int]) -> None:
    for character, (one, two) in surnames.readings(words).items():
        first[ord(character)] = number[one]
        other[ord(character)] = number.get(two, UNKNOWN)


def first_readings(characters: Characters) -> Numbers:
    """The number of each character's syllable; the head of a name is read as a surname."""
    known = tables()
    numbers = known.word[characters.codes]
    numbers[characters.starts] = known.surname[characters.codes[characters.starts]]
    for place, pair in _compounds(characters):
        numbers[place], numbers[place + 1] = pair
    return numbers


def of(series: pl.Series) -> Sounds:
    """Both readings of a column."""
    characters, known = Characters.of(series), tables()
    other = known.word_other[characters.codes]
    other[characters.starts] = known.surname_other[characters.codes[characters.starts]]
    for place, _ in _compounds(characters):
        other[place : place + 2] = UNKNOWN
    return Sounds(characters, first_readings(characters), other)


def _compounds(characters: Characters) -> list[tuple[int, tuple[int, int]]]:
    """Where a compound surname with its own reading stands at the head of a longer name, and that reading."""
    known, codes, starts = tables(), characters.codes, characters.starts
    heads = starts[known.begins_compound[codes[starts]] & (characters.lengths >= _COMPOUND_FROM)]
    pairs = zip(heads.tolist(), codes[heads].tolist(), codes[heads + 1].tolist(), strict=True)
    return [(place, known.compounds[one, two]) for place, one, two in pairs if (one, two) in known.compounds]


def unspelled(characters: Characters, numbers: Numbers) -> Places:
    """Rows that hold a character without a syllable, or begin with a silent one: `spelled` cannot write them."""
    odd = np.flatnonzero(numbers == UNKNOWN)
    silent = characters.starts[numbers[characters.starts] == SILENT]
    return characters.rows_of(np.union1d(odd, silent))


def spelled(characters: Characters, numbers: Numbers) -> bytes:
    """The rows in ASCII, syllables separated by a blank, each row closed by a line feed; silent signs leave no trace."""
    spaced, bare = _pieces()
    words = spaced[numbers]
    words[characters.starts] = bare[numbers[characters.starts]]
    return words.tobytes().translate(None, b"\0")


@cache
def _pieces() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """What each number writes, padded to eight bytes: with a blank before the syllable, and without."""
    syllables = tables().syllables
    return tuple(  # type: ignore[return-value]
        np.frombuffer(
            b"".join(p.ljust(_WORD, b"\0") for p in (b"", b"\n", b"", *(head + s.encode() for s in syllables))), "<u8"
        )
        for head in (b" ", b"")
    )
