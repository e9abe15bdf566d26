"""Tables of an .ods workbook, read off its XML as it streams by: values, merges, hidden rows, errors, all from one place.

Texts keep their breaks and tabs, comments stay outside of them, and long runs of repeated blank cells cost nothing.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from casebook.intake.workbook.facts import DamagedError, Facts

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
_NS: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT, _STYLE = (_NS % name for name in ("office", "table", "text", "style"))
_CALC_TYPE: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR: Final = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}|错误:[0-9]{3}")
_DURATION: Final = re.compile(r"(-?)PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,]([0-9]+))?S")
_HOLDING: Final = (_OFFICE + "value-type", _TABLE + "number-rows-spanned", _TABLE + "formula")
_HIDDEN: Final = frozenset({"collapse", "filter"})


class OdsTable:
    """One table: its name, whether it is hidden, its rows once they have been gone through, and then its facts."""

    def __init__(self, name: str, *, is_hidden: bool) -> None:
        self.name, self.is_hidden = name, is_hidden
        self.facts = Facts()
        self.rows: list[list[Any]] = []
        self.width = 0
        self._column = self._blank = 0

    def add_column(self, column: ET.Element) -> None:
        """The description of a column, perhaps repeated."""
        repeated = _repeated(column, "columns", MAX_COLUMNS)
        if column.get(_TABLE + "visibility") in _HIDDEN:
            self.facts.hidden_columns += range(self._column, self._column + repeated)
        self._column += repeated

    def add_row(self, element: ET.Element) -> None:
        """A row, perhaps repeated; blank rows are kept only when a filled one follows."""
        repeated = _repeated(element, "rows", MAX_ROWS)
        visibility = element.get(_TABLE + "visibility")
        cells = self._cells(element)
        if not cells:
            self._blank += repeated
            return
        self.rows += [[]] * self._blank
        self._blank = 0
        if len(self.rows) + repeated > MAX_ROWS:
            raise DamagedError("a table has more rows than any sheet")
        top = len(self.rows)
        if visibility in _HIDDEN:
            self.facts.hidden_rows += range(top, top + repeated)
            self.facts.is_filtered |= visibility == "filter"
        for _ in range(repeated):
            self._add(cells)

    def _add(self, cells: Sequence[tuple[int, ET.Element]]) -> None:
        row, number = list[Any](), len(self.rows)
        for position, cell in cells:
            value = self._value(cell, number, position)
            if value is not None:
                row += [""] * (position - len(row))
                row.append(value)
        self.width = max(self.width, len(row))
        self.rows.append(row)

    def _cells(self, row: ET.Element) -> list[tuple[int, ET.Element]]:
        """Cells that hold or merge anything, each with its position; a filled one may be repeated."""
        found, position = [], 0
        for cell in row:
            if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                continue
            repeated = _repeated(cell, "columns", MAX_COLUMNS)
            if len(cell) or any(cell.get(name) for name in _HOLDING):
                if position + repeated > MAX_COLUMNS:
                    raise DamagedError("a table has more columns than any sheet")
                found += [(at, cell) for at in range(position, position + repeated)]
            position += repeated
        return found

    def _value(self, cell: ET.Element, row: int, column: int) -> Any:  # noqa: ANN401
        """What the cell holds, None when it holds nothing; merges, comments, formulas and errors go into the facts."""
        self._note(cell, row, column)
        kind, text = cell.get(_OFFICE + "value-type"), _text(cell)
        if cell.get(_CALC_TYPE) == "error" or (cell.get(_TABLE + "formula") and _ERROR.fullmatch(text or "")):
            self.facts.error(row, column, text or "#N/A")
            return None
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(_OFFICE + "value", ""))
        if kind == "boolean":
            return cell.get(_OFFICE + "boolean-value") == "true"
        if kind == "date":
            return _moment(cell.get(_OFFICE + "date-value", ""))
        if kind == "time":
            return _duration(cell.get(_OFFICE + "time-value", ""))
        if kind is None and cell.get(_TABLE + "formula") and not text:
            self.facts.marks[row, column] = "formula.no_value"
        return cell.get(_OFFICE + "string-value", text) or None

    def _note(self, cell: ET.Element, row: int, column: int) -> None:
        down, right = (_count(cell, f"number-{way}-spanned", MAX_ROWS) for way in ("rows", "columns"))
        if (down, right) != (1, 1):
            self.facts.merges.append((row, column, row + down - 1, column + right - 1))
        self.facts.formulas += cell.get(_TABLE + "formula") is not None
        self.facts.comments += cell.find(_OFFICE + "annotation") is not None


def is_encrypted(copy: Path) -> bool:
    """Whether the parts of the workbook are encrypted by a password."""
    with zipfile.ZipFile(copy) as archive:
        if "META-INF/manifest.xml" not in archive.namelist():
            return False
        with archive.open("META-INF/manifest.xml") as file:
            return b"encryption-data" in file.read(1 << 20)


def tables(copy: Path) -> Iterator[OdsTable]:
    """The tables in their order.

    Raises:
        DamagedError: the XML is cut or names sizes that no sheet has.
    """
    hidden = set[str]()
    with zipfile.ZipFile(copy) as archive, archive.open("content.xml") as file:
        try:
            yield from _tables(ET.iterparse(file, ("start", "end")), hidden)  # noqa: S314
        except (ET.ParseError, ValueError) as bad:
            raise DamagedError(f"the XML of the tables ({type(bad).__name__})") from None


def _tables(events: Iterator[tuple[str, ET.Element]], hidden: set[str]) -> Iterator[OdsTable]:
    path: list[ET.Element] = []
    table: OdsTable | None = None
    for event, element in events:
        if event == "start":
            path.append(element)
            if element.tag == _TABLE + "table" and len(path) > 1 and path[-2].tag == _OFFICE + "spreadsheet":
                style = element.get(_TABLE + "style-name")
                table = OdsTable(element.get(_TABLE + "name", ""), is_hidden=style in hidden)
            continue
        path.pop()
        if element.tag == _STYLE + "style" and _is_display_off(element):
            hidden.add(element.get(_STYLE + "name", ""))
        if table is None:
            continue
        if element.tag == _TABLE + "table-column":
            table.add_column(element)
        elif element.tag == _TABLE + "table-row":
            table.add_row(element)
            element.clear()
            path[-1].remove(element)
        elif element.tag == _TABLE + "table" and path[-1].tag == _OFFICE + "spreadsheet":
            yield table
            table = None
            element.clear()


def _is_display_off(style: ET.Element) -> bool:
    return any(part.get(_TABLE + "display") == "false" for part in style.iter(_STYLE + "table-properties"))


def _count(element: ET.Element, name: str, most: int) -> int:
    count = int(element.get(_TABLE + name, "1"))
    if not 1 <= count <= most:
        raise DamagedError("a count beyond any sheet")
    return count


def _repeated(element: ET.Element, what: str, most: int) -> int:
    return _count(element, f"number-{what}-repeated", most)


def _text(cell: ET.Element) -> str | None:
    paragraphs = cell.findall(_TEXT + "p")
    return "\n".join("".join(_runs(paragraph)) for paragraph in paragraphs) if paragraphs else None


def _runs(element: ET.Element) -> Iterator[str]:
    """The text of a paragraph; spaces, tabs and breaks stand in it as elements, notes and readings are not part of it."""
    yield element.text or ""
    for child in element:
        if child.tag == _TEXT + "s":
            yield " " * _spaces(child)
        elif child.tag == _TEXT + "tab":
            yield "\t"
        elif child.tag == _TEXT + "line-break":
            yield "\n"
        elif child.tag not in (_OFFICE + "annotation", _TEXT + "ruby-text", _TEXT + "note"):
            yield from _runs(child)
        yield child.tail or ""


def _spaces(element: ET.Element) -> int:
    count = int(element.get(_TEXT + "c", "1"))
    if not 0 <= count <= 1_000:
        raise DamagedError("a count beyond any text")
    return count


def _moment(value: str) -> str:
    """A date, or date and time, as spreadsheets show it; midnight is a date alone."""
    day, _, clock = value.partition("T")
    clock = re.sub(r"\.0*$", "", clock)
    return day if clock in ("", "00:00:00") else f"{day} {clock}"


def _duration(value: str) -> str:
    found = _DURATION.fullmatch(value)
    if found is None:
        return value
    sign, hours, minutes, seconds, fraction = found.groups()
    tail = (fraction or "").rstrip("0")
    return f"{sign}{int(hours):02}:{int(minutes):02}:{int(seconds):02}" + (f".{tail}" if tail else "")
