"""Every sentence of intake in both languages, under its code: `sentences.csv` with `use,code,zh,en`.

Uses: `refusal` (a whole file), `reject` (a row), `flag` (a row that is kept but in question), `note` (something to know).
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal

from casebook.errors import SourceError, short

Use = Literal["refusal", "reject", "flag", "note"]
Sentence = tuple[str, str]

_FILE: Final = "sentences.csv"
_LONGEST: Final = 2_000


def of(use: Use) -> Mapping[str, Sentence]:
    """Code → (Chinese, English) of one use."""
    return _all()[use]


def refusal(code: str, file: str, *, sheet: str = "", row: int = 0, **facts: object) -> SourceError:
    """The error that refuses a file as a whole, to be raised.

    Args:
        code: a code of use `refusal`.
        file: name of the file, without folders.
        sheet: name of the sheet; empty for the whole file or a text.
        row: physical row, from 1; 0 for the whole sheet.
        facts: what the templates name in braces beside `place`; headers and counts, never cell values. A pair is (Chinese, English).

    >>> str(refusal("file.empty", "a.csv"))
    'a.csv is empty (0 bytes); ask the agency to deliver it again.'
    """
    zh, en = of("refusal")[code]
    spoken = [{name: _fact(fact, language) for name, fact in facts.items()} for language in (0, 1)]
    shown, sheet_shown = short(file), short(sheet)
    place_en = shown + (f", sheet {sheet_shown!r}" if sheet else "") + (f", row {row}" if row else "")
    place_zh = shown + (f"，工作表“{sheet_shown}”" if sheet else "") + (f"，第 {row} 行" if row else "")
    return SourceError(
        en.format(place=place_en, **spoken[1]),
        code=code,
        zh=zh.format(place=place_zh, **spoken[0]),
        file=file,
        sheet=sheet,
        row=row,
    )


def _fact(fact: object, language: int) -> object:
    said = fact[language] if isinstance(fact, tuple) else fact
    return said[:_LONGEST] if isinstance(said, str) else said


@cache
def _all() -> Mapping[str, Mapping[str, Sentence]]:
    found: dict[str, dict[str, Sentence]] = {"refusal": {}, "reject": {}, "flag": {}, "note": {}}
    with (resources.files(__package__) / _FILE).open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            found[line["use"]][line["code"]] = (line["zh"], line["en"])
    return found
