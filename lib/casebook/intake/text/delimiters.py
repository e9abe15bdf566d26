"""Which character stands between the fields of a text: told by the header it gives and checked over the first lines.

Of comma, tab, semicolon, bar and full-width comma, the one that gives most headers of the contract, and of several such the one that
cuts most lines to the width of the header. Lines are cut as text, after decoding: the bytes of `|` occur within GBK characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebook.errors import SourceError
from casebook.intake import headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.headers import Header
from casebook.intake.text import records
from casebook.intake.text.records import Numbered, Record

DELIMITERS: Final = (",", "\t", ";", "|")
FULL_WIDTH: Final = "，"
SNIFFED_LINES: Final = 200
MAX_COLUMNS: Final = 2_000
_DECLARED: Final = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
_NAMES: Final = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar", FULL_WIDTH: "full-width comma"}


@dataclass(frozen=True)
class Cutting:
    """The first lines as one delimiter cuts them: the records with any text, and the header among them."""

    delimiter: str
    records: tuple[Record, ...]
    header: Header | None

    @property
    def found(self) -> int:
        """How many headers of the contract there are."""
        return len(self.header.positions) if self.header else 0

    @property
    def below(self) -> Sequence[Record]:
        """The records below the header."""
        return self.records[self.header.index + self.header.depth :] if self.header else ()

    @property
    def consistency(self) -> float:
        """The share of the records below the header that have exactly its width."""
        width = len(self.header.texts) if self.header else 0
        return sum(len(record.fields) == width for record in self.below) / max(1, len(self.below))


def declared(line: str) -> str | None:
    """The delimiter that a first line `sep=;` of Excel declares.

    >>> declared("sep=;"), declared("姓名;金额")
    (';', None)
    """
    found = _DECLARED.match(line.strip(" "))
    return found.group(1) if found else None


def choose(contract: Contract, lines: Numbered, name: str) -> Cutting:
    """The first lines cut by the delimiter of the text.

    Raises:
        SourceError: two delimiters do equally well and say different things, the rows are cut by another one than the header, or
            there are more than 2,000 columns.
    """
    tried = [_cut(contract, lines, delimiter) for delimiter in DELIMITERS]
    full_width = _cut(contract, lines, FULL_WIDTH)
    if full_width.found > 1 and full_width.consistency == 1:
        tried.append(full_width)
    best = max(tried, key=lambda cutting: (cutting.found, cutting.consistency))
    _refuse_many(best, name)
    if best.header is not None:
        _refuse_rivals(best, tried, name)
    return best


def cut_by(contract: Contract, lines: Numbered, delimiter: str, name: str) -> Cutting:
    """The first lines cut by a declared delimiter.

    Raises:
        SourceError: there are more than 2,000 columns.
    """
    cutting = _cut(contract, lines, delimiter)
    _refuse_many(cutting, name)
    return cutting


def _cut(contract: Contract, lines: Numbered, delimiter: str) -> Cutting:
    found = tuple(record for record in records.each(lines, delimiter) if not record.is_blank)
    return Cutting(delimiter, found, headers.find(contract, [record.fields for record in found]))


def _refuse_many(cutting: Cutting, name: str) -> None:
    most = max((len(record.fields) for record in cutting.records[: headers.SEARCHED_ROWS]), default=0)
    if most > MAX_COLUMNS:
        raise sentences.refusal("columns.many", name, columns=f"{most:,}", most=f"{MAX_COLUMNS:,}")


def _refuse_rivals(best: Cutting, tried: Sequence[Cutting], name: str) -> None:
    """Refuses where another delimiter does as well, or does better below the header."""
    for other in tried:
        if other is best:
            continue
        is_equal = (other.found, other.consistency) == (best.found, best.consistency)
        if is_equal and [record.fields for record in other.records] != [record.fields for record in best.records]:
            raise _refusal("delimiter.ambiguous", name, best, other)
    width, below = len(best.header.texts) if best.header else 0, best.below
    if width > 1 and len(below) > 1 and best.consistency == 0:
        for other in tried:
            if all(record.raw.count(other.delimiter) == width - 1 for record in below):
                raise _refusal("delimiter.of_rows", name, best, other)


def _refusal(code: str, name: str, best: Cutting, other: Cutting) -> SourceError:
    return sentences.refusal(code, name, one=_NAMES[best.delimiter], other=_NAMES[other.delimiter])
