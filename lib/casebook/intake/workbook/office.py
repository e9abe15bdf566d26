"""Parts of an .xlsx or .xlsb, seen once while the zip container is verified: the facts of every sheet, and comments."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from casebook.intake import zipped
from casebook.intake.workbook import parts
from casebook.intake.workbook.biff12 import XlsbSheet, XlsbTexts
from casebook.intake.workbook.facts import Facts
from casebook.intake.workbook.xlsx_facts import SharedTexts, XlsxSheet, counting

_COMMENT: Final = b"<comment "


class Walk:
    """One walk of a workbook's parts."""

    def __init__(self, copy: Path, name: str, book: str) -> None:
        self._copy, self._name, self._book = copy, name, book
        self._seen: dict[str, XlsxSheet | XlsbSheet] = {}
        self._shared: SharedTexts | XlsbTexts = XlsbTexts() if book.endswith(".bin") else SharedTexts()
        self._sheets: Mapping[str, str] = {}
        self.comments = 0

    def facts(self) -> dict[str, Facts]:
        """Name of each sheet → its facts.

        Raises:
            SourceError, DamagedError, MarkupError: a part is not what it should be.
        """
        self._sheets = parts.sheet_parts(self._copy, self._book)
        zipped.walk(self._copy, self._name, self._watch)
        is_1904 = parts.is_1904(self._copy, self._book)
        has_empty = self._shared.has_empty
        return {
            name: self._closed(part, has_empty=has_empty, is_1904=is_1904)
            for name, part in self._sheets.items()
            if part in self._seen
        }

    def _closed(self, part: str, *, has_empty: bool, is_1904: bool) -> Facts:
        facts = self._seen[part].close()
        facts.has_empty_texts = facts.has_empty_texts or has_empty
        if is_1904:
            facts.serials = {at: text for at, text in facts.serials.items() if text.startswith("-")}
        return facts

    def _watch(self, part: str) -> zipped.Watch | None:
        lowered = part.lower()
        if part in self._sheets.values():
            self._seen[part] = XlsbSheet() if lowered.endswith(".bin") else XlsxSheet()
            return _checked(self._seen[part].see, lowered)
        if lowered in {"xl/sharedstrings.xml", "xl/sharedstrings.bin"}:
            return _checked(self._shared.see, lowered)
        if lowered.startswith("xl/comments") and lowered.endswith(".xml"):
            return _checked(counting(_COMMENT, self._add_comments), lowered)
        return parts.prolog_check() if lowered.endswith((".xml", ".rels")) else None

    def _add_comments(self, count: int) -> None:
        self.comments += count


def _checked(see: zipped.Watch, part: str) -> zipped.Watch:
    """The watch of a part, the prolog of its XML checked first."""
    if not part.endswith(".xml"):
        return see
    check = parts.prolog_check()

    def both(block: bytes) -> None:
        check(block)
        see(block)

    return both
