"""What the records of an .xls tell: the book, its sheets, and what every cell holds."""

import codecs
from dataclasses import dataclass, field
from typing import Final

from casebook.intake.workbook.facts import DamagedError, Facts

Value = float | str | bool | None

BIFF5: Final = 0x0500
BIFF8: Final = 0x0600


@dataclass
class BiffSheet:
    """One sheet.

    Attributes:
        cells: row, column → value of every cell that holds one (None: an error value).
        empty: formulas whose result is empty; a book all of whose results are empty has saved none.
    """

    name: str
    is_worksheet: bool
    facts: Facts = field(default_factory=Facts)
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    empty: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Book:
    """The globals of the workbook: version, texts, code page, and where its sheets begin."""

    version: int
    encoding: str = "cp1252"
    texts: list[str] = field(default_factory=list)
    starts: list[tuple[str, int, int]] = field(default_factory=list)
    styles: int = 0
    has_external_links: bool = False
    is_1904: bool = False


def decoded(book: Book, raw: bytes | str) -> str:
    """A text of BIFF5, in the code page of the book."""
    if isinstance(raw, str):
        return raw
    try:
        return codecs.decode(raw, book.encoding)
    except LookupError:
        raise DamagedError("an unknown code page") from None
