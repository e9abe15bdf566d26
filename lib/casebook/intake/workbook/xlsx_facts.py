"""What the XML of an .xlsx sheet says beside its values, read off the blocks that the zip walk unpacks anyway.

Rare signs are looked for as plain bytes; only a block that holds one is looked at cell by cell. So a large plain sheet costs
little more than its unpacking.
"""

import re
from collections.abc import Callable
from typing import Final

from casebook.intake.workbook.facts import DamagedError, Facts

_MOST_LEFT: Final = 16 * 1024 * 1024
_ROW_END: Final = b"</row>"
_DATA_END: Final = (b"</sheetData>", b"<sheetData/>", b"<sheetData />")
_ERROR_SIGNS: Final = (b't="e"', b"t='e'")
_NO_VALUE_SIGNS: Final = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />", b"/></c>")
_HIDDEN_SIGNS: Final = (b"hidden=", b'ht="0"', b'zeroHeight="')
_SERIAL_SIGNS: Final = (b"<v>-", b"<v>60<", b"<v>60.")
_EMPTY_TEXTS: Final = (b"<t></t>", b"<t/>", b"<t />", b"<is/>", b'preserve"></t>', b'preserve"/>')
_EMPTY_IN_TABLE: Final = (*_EMPTY_TEXTS, b"<si/>", b"<si />", b"<si></si>")

_PREFIX: Final = re.compile(rb"<([A-Za-z][\w.-]*:)?worksheet[\s>]")
_CELL: Final = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_ADDRESS: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_TYPE: Final = re.compile(rb"""(?:^|\s)t\s*=\s*["']([a-zA-Z]+)["']""")
_VALUE: Final = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)</v>")
_SERIAL: Final = re.compile(rb"-|60(?:\.|$)")
_ROW: Final = re.compile(rb"<row\b([^>]*)>")
_ROW_NUMBER: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']([0-9]{1,7})["']""")
_HIDDEN: Final = re.compile(rb"""(?:^|\s)(?:hidden\s*=\s*["'](?:1|true)["']|ht\s*=\s*["']0(?:\.0*)?["'])""")
_COLUMN: Final = re.compile(rb"<col\b([^>]*)>")
_COLUMN_HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']|\swidth\s*=\s*["']0["']""")
_SPAN: Final = re.compile(rb"""\s(min|max)\s*=\s*["']([0-9]{1,5})["']""")
_FILTER: Final = re.compile(rb"<filterColumn\b|<filterMode\b|filterMode=[\"'](?:1|true)")


class XlsxSheet:
    """The facts of one sheet, gathered block by block."""

    def __init__(self) -> None:
        self.facts = Facts(values=0, has_empty_texts=False)
        self._left = b""
        self._prefix: bytes | None = None
        self._is_ended = False

    def see(self, block: bytes) -> None:
        """The next bytes of the sheet."""
        if self._prefix is None:
            found = _PREFIX.search(block)
            self._prefix = (found.group(1) or b"") if found else b""
        data = self._left + block
        cut = data.rfind(_ROW_END.replace(b"</", b"</" + self._prefix)) + 1
        if not cut and len(data) > _MOST_LEFT:
            cut = data.rfind(b"<")
        self._left = data[cut:]
        self._look(data[:cut])

    def close(self) -> Facts:
        """The facts when the last block has been seen.

        Raises:
            DamagedError: the table of the sheet has no end.
        """
        self._look(self._left)
        if not self._is_ended:
            raise DamagedError("the XML of a sheet is cut")
        return self.facts

    def _look(self, data: bytes) -> None:
        if self._prefix:
            data = data.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
        facts = self.facts
        if any(sign in data for sign in _DATA_END):
            self._is_ended = True
        facts.formulas += data.count(b"<f>") + data.count(b"<f ")
        facts.values = (facts.values or 0) + data.count(b"</v>") - data.count(b"<v></v>") + data.count(b"</is>")
        facts.has_empty_texts |= any(sign in data for sign in _EMPTY_TEXTS)
        if any(sign in data for sign in _ERROR_SIGNS + _SERIAL_SIGNS + _NO_VALUE_SIGNS):
            self._cells(data)
        if any(sign in data for sign in _HIDDEN_SIGNS):
            self._hidden(data)
        if self._is_ended and _FILTER.search(data):
            facts.is_filtered = True

    def _cells(self, data: bytes) -> None:
        for found in _CELL.finditer(data):
            attributes, body = found.groups()
            kind, value = _TYPE.search(attributes), _VALUE.search(body)
            typed, text = kind.group(1) if kind else b"n", value.group(1) if value else b""
            if typed == b"e":
                self.facts.error(*_address(attributes), text.decode("utf-8", "replace"))
            elif not text and typed != b"str" and b"<f" in body:
                self.facts.marks[_address(attributes)] = "formula.no_value"
            elif typed == b"n" and _SERIAL.match(text):
                self.facts.serials[_address(attributes)] = text.decode("ascii", "replace")

    def _hidden(self, data: bytes) -> None:
        for found in _ROW.finditer(data):
            if _HIDDEN.search(found.group(1)) and (number := _ROW_NUMBER.search(found.group(1))):
                self.facts.hidden_rows.append(int(number.group(1)) - 1)
        for found in _COLUMN.finditer(data):
            span = {name: int(at) for name, at in _SPAN.findall(found.group(1))}
            if _COLUMN_HIDDEN.search(found.group(1)) and len(span) == 2:
                self.facts.hidden_columns += range(span[b"min"] - 1, span[b"max"])


def _address(attributes: bytes) -> tuple[int, int]:
    """Row and column of a cell, from 0."""
    found = _ADDRESS.search(attributes)
    if found is None:
        raise DamagedError("a cell in question has no address")
    column = 0
    for letter in found.group(1):
        column = column * 26 + letter - 64
    return int(found.group(2)) - 1, column - 1


class SharedTexts:
    """Whether the shared texts of a book hold an empty one."""

    def __init__(self) -> None:
        self.has_empty = False
        self._left = b""

    def see(self, block: bytes) -> None:
        """The next bytes of the shared texts."""
        data = self._left + block.replace(b"<x:", b"<").replace(b"</x:", b"</")
        self.has_empty |= any(sign in data for sign in _EMPTY_IN_TABLE)
        self._left = data[-64:]


def counting(sign: bytes, add: Callable[[int], None]) -> Callable[[bytes], None]:
    """Counts a sign over blocks."""
    left = b""

    def see(block: bytes) -> None:
        nonlocal left
        data = left + block
        add(data.count(sign))
        left = data[-len(sign) + 1 :]

    return see
