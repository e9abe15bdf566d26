"""What the XML of an .xlsx sheet says beside its values, read off the blocks that the zip walk unpacks anyway.

Signs are looked for as plain bytes, and only the cell around a sign is read. So a large plain sheet costs little more than its
unpacking.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from casebook.intake.workbook.facts import DamagedError, Facts

_MOST_LEFT: Final = 16 * 1024 * 1024
_ROW_END: Final = b"row>"
_DATA_END: Final = (b"</sheetData>", b"<sheetData/>", b"<sheetData />")
_ERROR: Final = b't="e"'
_NO_VALUE: Final = (
    b"</f></c>",
    b"</f><v></v>",
    b"</f><v/>",
    b"</f><v />",
    b"/></c>",
    b"/><v></v>",
    b"/><v/>",
    b"/><v />",
)
_NEGATIVE, _SIXTY = b"<v>-", b"<v>60"
_EMPTY_TEXTS: Final = (b"<t></t>", b"<t/>", b"<t />", b"<is/>", b'preserve"></t>', b'preserve"/>')
_EMPTY_IN_TABLE: Final = (*_EMPTY_TEXTS, b"<si/>", b"<si />", b"<si></si>")

_ROOT: Final = re.compile(rb"<([A-Za-z][\w.-]*:)?worksheet[\s>]")
_ADDRESS: Final = re.compile(rb"""\sr\s*=\s*"([A-Z]{1,3})([0-9]{1,7})\"""")
_TYPE: Final = re.compile(rb"""\st\s*=\s*"([a-zA-Z]+)\"""")
_VALUE: Final = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)</v>")
_ROW: Final = re.compile(rb"<row\b([^>]*)>")
_ROW_NUMBER: Final = re.compile(rb"""\sr\s*=\s*"([0-9]{1,7})\"""")
_HIDDEN: Final = re.compile(rb"""\s(?:hidden\s*=\s*"(?:1|true)"|ht\s*=\s*"0(?:\.0*)?")""")
_COLUMN: Final = re.compile(rb"<col\b([^>]*)>")
_COLUMN_HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*"(?:1|true)"|\swidth\s*=\s*"0\"""")
_SPAN: Final = re.compile(rb"""\s(min|max)\s*=\s*"([0-9]{1,5})\"""")
_FILTER: Final = re.compile(rb"""<filterColumn\b|filterMode="(?:1|true)\"""")


class XlsxSheet:
    """The facts of one sheet, gathered block by block."""

    def __init__(self) -> None:
        self._facts = Facts(values=0, has_empty_texts=False)
        self._left = b""
        self._prefix: bytes | None = None
        self._has_single_quotes = self._is_begun = self._is_ended = False

    def see(self, block: bytes) -> None:
        """The next bytes of the sheet."""
        if self._prefix is None:
            found = _ROOT.search(block)
            self._prefix = (found.group(1) or b"") if found else b""
            self._has_single_quotes = b"='" in block
        data = self._left + block
        cut = data.rfind(_ROW_END) + 1
        if not cut and len(data) > _MOST_LEFT:
            cut = data.rfind(b"<")
            self._tail(data[:cut])
        self._left = data[cut:]
        self._look(data[:cut])

    def close(self) -> Facts:
        """The facts when the last block has been seen.

        Raises:
            DamagedError: the table of the sheet has no end.
        """
        self._look(self._left)
        self._tail(self._left)
        if not self._is_ended:
            raise DamagedError("the XML of a sheet is cut")
        return self._facts

    def _plain(self, data: bytes) -> bytes:
        """Without the prefix of the names, attributes in double quotes."""
        if self._prefix:
            data = data.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
        return data.replace(b"'", b'"') if self._has_single_quotes else data

    def _tail(self, data: bytes) -> None:
        """What stands after the last row."""
        data = self._plain(data)
        self._is_ended = self._is_ended or any(sign in data for sign in _DATA_END)
        self._facts.is_filtered = self._facts.is_filtered or _FILTER.search(data) is not None

    def _look(self, data: bytes) -> None:
        """Whole rows, but for the first letter of the last one's end."""
        data, facts = self._plain(data), self._facts
        if not self._is_begun:
            self._is_begun = b"<sheetData" in data
            self._head(data)
        formulas, inline = data.count(b"<f"), data.count(b"</is>")
        facts.values = (facts.values or 0) + data.count(b"</v>") - data.count(b"<v></v>") + inline
        facts.formulas += data.count(b"<f>") + data.count(b"<f ") if formulas else 0
        if inline and any(sign in data for sign in _EMPTY_TEXTS):
            facts.has_empty_texts = True
        self._cells(data, has_formulas=formulas > 0)
        if b"hidden=" in data or b'ht="0' in data:
            self._hidden(data)

    def _cells(self, data: bytes, *, has_formulas: bool) -> None:
        facts = self._facts
        for attributes, body, _ in _around(data, _ERROR):
            if (value := _VALUE.search(body)) and b">" not in attributes:
                facts.error(*_address(attributes), value.group(1).decode("utf-8", "replace"))
        for sign in _NO_VALUE if has_formulas else ():
            for attributes, body, _ in _around(data, sign):
                kind = _TYPE.search(attributes)
                if b"<f" in body and not _VALUE.search(body.replace(b"<v></v>", b"")) and not _is_text(kind):
                    facts.marks[_address(attributes)] = "formula.no_value"
        for sign in (_NEGATIVE, _SIXTY):
            for attributes, _, rest in _around(data, sign):
                if b' s="' in attributes and (sign == _NEGATIVE or rest[:1] in b"<."):
                    number = sign[3:] + rest.partition(b"<")[0]
                    facts.serials[_address(attributes)] = number.decode("ascii", "replace")

    def _hidden(self, data: bytes) -> None:
        for found in _ROW.finditer(data):
            if _HIDDEN.search(found.group(1)) and (number := _ROW_NUMBER.search(found.group(1))):
                self._facts.hidden_rows.append(int(number.group(1)) - 1)

    def _head(self, data: bytes) -> None:
        """What stands before the first row."""
        self._facts.is_filtered = self._facts.is_filtered or _FILTER.search(data) is not None
        for found in _COLUMN.finditer(data):
            span = {name: int(at) for name, at in _SPAN.findall(found.group(1))}
            if _COLUMN_HIDDEN.search(found.group(1)) and len(span) == 2:
                self._facts.hidden_columns += range(span[b"min"] - 1, span[b"max"])


def _around(data: bytes, sign: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """For each place of a sign: the attributes of the cell it stands in, the cell's content, the 32 bytes after the sign."""
    at = data.find(sign)
    while at >= 0:
        after = at + len(sign)
        begin, end = data.rfind(b"<c ", 0, at), data.find(b"</c>", at)
        if begin >= 0 and end >= 0:
            attributes, _, body = data[begin + 2 : end].partition(b">")
            yield attributes, body, data[after : after + 32]
        at = data.find(sign, after)


def _is_text(kind: re.Match[bytes] | None) -> bool:
    return kind is not None and kind.group(1) == b"str"


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
        self.has_empty = self.has_empty or any(sign in data for sign in _EMPTY_IN_TABLE)
        self._left = data[-64:]


def counting(sign: bytes, add: Callable[[int], None]) -> Callable[[bytes], None]:
    """A watch that counts a sign."""
    left = b""

    def see(block: bytes) -> None:
        nonlocal left
        data = left + block
        add(data.count(sign))
        left = data[-len(sign) + 1 :]

    return see
