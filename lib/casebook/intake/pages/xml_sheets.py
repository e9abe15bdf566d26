"""Sheets of an XML Spreadsheet 2003, the XML that Excel 2002 and later save and that reporting systems write as `.xls`.

Read as a stream; a document type is refused before anything of it is read, so that no entity is ever expanded and no other file
opened. Numbers are written as in workbooks. Any other XML is refused by the name of its root.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.parsers import expat

from casebook.intake import sentences
from casebook.intake.pages.laying import Laying, Row
from casebook.intake.workbook.cell_text import EXACT, cell_text

MAX_COLUMNS: Final = 2_000
MAX_ROW: Final = 1_048_576
MAX_DEPTH: Final = 100
MAX_SHEETS: Final = 1_000
_SPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][-+]?[0-9]{1,3})?")
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_DAY_0: Final = frozenset({"1899-12-30", "1899-12-31"})


@dataclass
class Sheet:
    """One worksheet.

    Attributes:
        hidden_rows, hidden_columns: told to be invisible; they are read.
        formulas, comments: how many cells have one.
    """

    name: str
    laying: Laying
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: int = 0
    comments: int = 0


@dataclass
class _Cell:
    position: int
    across: int
    down: int
    kind: str = ""
    pieces: list[str] | None = None
    text: str = ""
    code: str | None = None


def read(pieces: Iterable[str], name: str, lay: Callable[[], Laying]) -> list[Sheet]:
    """The worksheets, in their order.

    Args:
        pieces: the document's text.
        name: what messages call it.
        lay: begins a table.

    Raises:
        SourceError: it is no XML Spreadsheet, is cut, has a document type, or rows that are not in order.
    """
    reader = _Reader(name, lay)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse("", True)
    except expat.ExpatError:
        raise sentences.refusal("xml.damaged", name, sheet=reader.sheet_name, row=reader.number) from None
    return reader.sheets


def cell(kind: str, text: str) -> tuple[str, str | None]:
    """The text of a cell as a reader sees it, and the code of what is in question about it.

    >>> cell("Number", "3.7142119900307398E+17"), cell("Boolean", "1"), cell("DateTime", "2026-03-31T00:00:00.000")
    (('3.71421199003074E+17', 'id.numeric_cell'), ('TRUE', None), ('2026-03-31', None))
    """
    said = text.strip()
    if kind == "Number":
        if not _NUMBER.fullmatch(said):
            return text, "cell.error"
        value = float(said)
        return cell_text(value), "id.numeric_cell" if abs(value) >= EXACT else None
    if kind == "Boolean" and said in {"0", "1"}:
        return cell_text(said == "1"), None
    if kind == "DateTime":
        return _moment(said)
    return text, "cell.error" if kind in {"Error", "Boolean"} else None


def _moment(said: str) -> tuple[str, str | None]:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return said, "cell.error"
    return cell_text(moment.time() if moment.date().isoformat() in _DAY_0 else moment), None


class _Reader:
    """What the elements of the stream mean, one after another."""

    def __init__(self, name: str, lay: Callable[[], Laying]) -> None:
        self._name, self._lay = name, lay
        self._depth = 0
        self._row: Row | None = None
        self._cell: _Cell | None = None
        self._next_row = self._next_column = self._columns_told = 1
        self._in_comment = self._in_visible = False
        self.sheets: list[Sheet] = []
        self.number = 0

    @property
    def sheet_name(self) -> str:
        """The worksheet being read; empty before the first."""
        return self.sheets[-1].name if self.sheets else ""

    def refuse_doctype(self, *_said: object) -> None:
        raise sentences.refusal("xml.doctype", self._name)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        self._depth += 1
        if self._depth == 1 and (local != "Workbook" or f"{space} " != _SPACE):
            raise sentences.refusal("xml.other", self._name, root=local)
        if self._depth > MAX_DEPTH:
            raise sentences.refusal("xml.deep", self._name, most=MAX_DEPTH)
        if local == "Visible":
            self._in_visible = True
        elif f"{space} " == _SPACE and local in _BEGINS:
            _BEGINS[local](self, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        local = tag.rpartition(" ")[2]
        if local == "Visible":
            self._in_visible = False
        elif tag.startswith(_SPACE) and local in _ENDS:
            _ENDS[local](self)

    def characters(self, data: str) -> None:
        if self._in_visible:
            if self.sheets and data.strip() in {"SheetHidden", "SheetVeryHidden"}:
                self.sheets[-1].is_hidden = True
        elif self._cell is not None and self._cell.pieces is not None and not self._in_comment:
            self._cell.pieces.append(data)

    def begin_sheet(self, attributes: Mapping[str, str]) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            raise sentences.refusal("xml.sheets", self._name, most=f"{MAX_SHEETS:,}")
        self.sheets.append(Sheet(_said(attributes, "Name"), self._lay()))
        self._next_row = self._columns_told = 1
        self.number = 0

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        first = min(_count(attributes, "Index") or self._columns_told, MAX_COLUMNS)
        last = min(first + _count(attributes, "Span"), MAX_COLUMNS)
        if _said(attributes, "Hidden") == "1" and self.sheets:
            self.sheets[-1].hidden_columns.update(range(first - 1, last))
        self._columns_told = last + 1

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        number = _count(attributes, "Index") or self._next_row
        if not self.sheets or number < self._next_row or (number > self._next_row and number > MAX_ROW):
            raise sentences.refusal("xml.order", self._name, sheet=self.sheet_name, row=self.number)
        self.sheets[-1].laying.skip(number)
        self._row, self.number, self._next_column = Row(number), number, 1
        self._next_row = number + 1 + _count(attributes, "Span")
        if _said(attributes, "Hidden") == "1":
            self.sheets[-1].hidden_rows.append(number)

    def end_row(self) -> None:
        if self._row is not None:
            self.sheets[-1].laying.add(self._row)
        self._row = None

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        index = _count(attributes, "Index") or self._next_column
        if self._row is None or index < self._next_column:
            raise sentences.refusal("xml.order", self._name, sheet=self.sheet_name, row=self.number)
        across = min(_count(attributes, "MergeAcross"), MAX_COLUMNS)
        self._cell = _Cell(index - 1, across, min(_count(attributes, "MergeDown"), MAX_ROW))
        self._next_column = index + across + 1
        self.sheets[-1].formulas += bool(_said(attributes, "Formula"))

    def begin_data(self, attributes: Mapping[str, str]) -> None:
        if self._cell is not None and not self._in_comment:
            self._cell.kind, self._cell.pieces = _said(attributes, "Type"), []

    def end_data(self) -> None:
        found = self._cell
        if found is not None and found.pieces is not None and not self._in_comment:
            found.text, found.code = cell(found.kind, "".join(found.pieces))
            found.pieces = None

    def begin_comment(self, _attributes: Mapping[str, str]) -> None:
        self._in_comment = True
        if self.sheets:
            self.sheets[-1].comments += 1

    def end_comment(self) -> None:
        self._in_comment = False

    def end_cell(self) -> None:
        found, row = self._cell, self._row
        self._cell = None
        if found is None or row is None or not found.text.strip():
            return
        right = found.position + found.across
        if right >= MAX_COLUMNS:
            raise sentences.refusal(
                "table.wide", self._name, sheet=self.sheet_name, row=row.number, most=f"{MAX_COLUMNS:,}"
            )
        row.cells += [""] * (right + 1 - len(row.cells))
        row.cells[found.position] = found.text
        if found.across or found.down:
            row.merges.append((found.position, right, found.down))
        if found.code is not None:
            row.marks.append((found.position, found.code))


_BEGINS: Final[Mapping[str, Callable[[_Reader, Mapping[str, str]], None]]] = {
    "Worksheet": _Reader.begin_sheet,
    "Column": _Reader.begin_column,
    "Row": _Reader.begin_row,
    "Cell": _Reader.begin_cell,
    "Comment": _Reader.begin_comment,
    "Data": _Reader.begin_data,
}
_ENDS: Final[Mapping[str, Callable[[_Reader], None]]] = {
    "Row": _Reader.end_row,
    "Cell": _Reader.end_cell,
    "Comment": _Reader.end_comment,
    "Data": _Reader.end_data,
}


def _said(attributes: Mapping[str, str], name: str) -> str:
    """An attribute; some writers leave its name space out."""
    return attributes.get(_SPACE + name, attributes.get(name, ""))


def _count(attributes: Mapping[str, str], name: str) -> int:
    said = _said(attributes, name).strip()
    return int(said) if _COUNT.fullmatch(said) else 0
