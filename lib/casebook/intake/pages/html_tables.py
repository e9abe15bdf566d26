"""Tables of an HTML page, as office systems save them under the name of a workbook.

A page with one table is one sheet without a name; of several, the sheets are `table1`, `table2` … in the order in which they begin,
tables inside a cell of another counted like others. A row's number is that of its `<tr>` within its table, from 1. White space is
one blank, `<br>` and the borders of paragraphs are line feeds, `&nbsp;` stays what it is; scripts, styles and comments say nothing.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from casebook.intake import sentences
from casebook.intake.pages.laying import Laying, Row

MAX_COLUMNS: Final = 2_000
MAX_DEPTH: Final = 50
MAX_SPANNED: Final = 20_000_000
MAX_PENDING: Final = 16 * 1024 * 1024
MAX_ROWSPAN: Final = 65_534
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_AROUND_FEED: Final = re.compile(r" *\n *")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*([0-9]{1,9})")
_MUTE: Final = frozenset({"script", "style", "title", "xml", "template"})
_BLOCKS: Final = frozenset({"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_SECTIONS: Final = frozenset({"thead", "tbody", "tfoot"})
_BUTTONS: Final = frozenset({"hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file"})

Attributes = dict[str, str | None]


@dataclass
class Table:
    """One table of the page.

    Attributes:
        laying: its rows.
        before: lines of text between the table before it and this one, and its caption.
        hidden_rows, hidden_columns: told to be invisible; they are read.
        nested_rows: rows with a table inside a cell; form_rows: with a value in a form field, which is not read.
        rounded: cells whose number has more digits than are shown.
    """

    laying: Laying
    before: list[str]
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    nested_rows: list[int] = field(default_factory=list)
    form_rows: list[int] = field(default_factory=list)
    rounded: int = 0
    number: int = 0
    row: Row | None = None
    is_fresh: bool = False
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    caption: list[str] | None = None
    columns_told: int = 0
    covered: dict[int, int] = field(default_factory=dict)
    covers: dict[int, int] = field(default_factory=dict)


@dataclass
class Page:
    """The tables of a page in the order in which they begin, and the lines of text after the last of them."""

    tables: list[Table]
    after: list[str]
    has_frames: bool


def read(pieces: Iterable[str], name: str, lay: Callable[[], Laying]) -> Page:
    """The tables of a page.

    Args:
        pieces: its text.
        name: what messages call it.
        lay: begins a table.

    Raises:
        SourceError: it ends inside a table, a tag or a comment, or is larger or deeper than any table of an office.
    """
    parser = _Parser(name, lay)
    try:
        for piece in pieces:
            parser.feed(piece)
            if len(parser.rawdata) > MAX_PENDING:
                raise sentences.refusal("html.cut", name, row=parser.row)
        if parser.rawdata.startswith("<") or parser.is_inside:
            raise sentences.refusal("html.cut", name, row=parser.row)
        parser.close()
    except AssertionError:
        raise sentences.refusal("html.cut", name, row=parser.row) from None
    return Page(parser.tables, _lines(parser.outside), parser.has_frames)


class _Parser(HTMLParser):
    """Tells tags apart; what they mean to a table is below."""

    def __init__(self, name: str, lay: Callable[[], Laying]) -> None:
        super().__init__(convert_charrefs=True)
        self._name, self._lay = name, lay
        self._open: list[Table] = []
        self._mute = ""
        self._spanned = 0
        self.tables: list[Table] = []
        self.outside: list[str] = []
        self.has_frames = False

    @property
    def row(self) -> int:
        """The row being read; 0 outside tables."""
        return self._open[-1].number if self._open else 0

    @property
    def is_inside(self) -> bool:
        """Whether a table, or an element that says nothing, has begun and not ended."""
        return bool(self._open or self._mute or self.cdata_elem)

    def handle_data(self, data: str) -> None:
        if self._mute or self.cdata_elem:
            return
        text = _SPACE.sub(" ", data)
        table = self._open[-1] if self._open else None
        if table is None or (table.cell is None and table.caption is None):
            self.outside.append(text)
        elif table.cell is not None:
            table.cell.append(text)
        elif table.caption is not None:
            table.caption.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._mute:
            return
        if tag in _MUTE:
            self._mute = tag
        elif tag == "table":
            self._begin_table(dict(attrs))
        elif tag in {"frame", "frameset"}:
            self.has_frames = True
        elif tag == "br" or tag in _BLOCKS:
            self._feed_line()
        elif self._open:
            self._in_table(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._mute:
            self._mute = "" if tag == self._mute else self._mute
        elif tag == "br" or tag in _BLOCKS:
            self._feed_line()
        elif not self._open:
            return
        elif tag in {"td", "th"}:
            self._end_cell(self._open[-1])
        elif tag == "tr" or tag in _SECTIONS:
            self._end_row(self._open[-1], is_section=tag != "tr")
        elif tag == "caption":
            self._end_caption(self._open[-1])
        elif tag == "table":
            self._end_table()

    def _feed_line(self) -> None:
        table = self._open[-1] if self._open else None
        (self.outside if table is None or table.cell is None else table.cell).append("\n")

    def _begin_table(self, attributes: Attributes) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise sentences.refusal("html.deep", self._name, most=MAX_DEPTH)
        if self._open and self._open[-1].cell is not None:
            self._open[-1].nested_rows.append(self._open[-1].number)
        table = Table(self._lay(), _lines(self.outside), _is_hidden(attributes))
        self.outside = []
        self.tables.append(table)
        self._open.append(table)

    def _end_table(self) -> None:
        table = self._open[-1]
        self._end_caption(table)
        self._end_row(table, is_section=True)
        self._open.pop()

    def _end_caption(self, table: Table) -> None:
        if table.caption is not None:
            table.before += _lines(table.caption)
            table.caption = None

    def _in_table(self, tag: str, attributes: Attributes) -> None:
        """A tag that means something to the innermost table."""
        table = self._open[-1]
        if tag in {"td", "th"}:
            self._begin_cell(table, attributes)
        elif tag == "tr":
            self._begin_row(table, attributes)
        elif tag in _SECTIONS:
            self._end_row(table, is_section=True)
        elif tag == "caption":
            table.caption = []
        elif tag == "col":
            self._tell_columns(table, attributes)
        elif table.cell is not None and _is_form_field(tag, attributes):
            table.form_rows.append(table.number)

    def _tell_columns(self, table: Table, attributes: Attributes) -> None:
        span = min(max(1, _count(attributes.get("span"))), MAX_COLUMNS)
        if _is_hidden(attributes):
            table.hidden_columns.update(range(table.columns_told, table.columns_told + span))
        table.columns_told = min(table.columns_told + span, MAX_COLUMNS)

    def _begin_row(self, table: Table, attributes: Attributes) -> None:
        self._end_row(table, is_section=False)
        self._end_caption(table)
        table.number += 1
        table.row, table.is_fresh = Row(table.number, is_fresh=table.is_fresh), False
        if _is_hidden(attributes):
            table.hidden_rows.append(table.number)

    def _begin_cell(self, table: Table, attributes: Attributes) -> None:
        self._end_cell(table)
        if table.row is None:
            self._begin_row(table, {})
        table.cell = []
        rows = attributes.get("rowspan")
        down = _count(rows) if rows is not None else 1
        is_to_end = down == 0 and (rows or "").strip().startswith("0")
        table.span = (max(1, _count(attributes.get("colspan"))), MAX_ROWSPAN if is_to_end else max(1, down))
        if _is_hidden(attributes) and table.row is not None:
            table.hidden_columns.add(_next_free(table.row, table.covered))
        table.rounded += bool(attributes.get("x:num"))

    def _end_cell(self, table: Table) -> None:
        if table.cell is None or table.row is None:
            return
        text, row = _text(table.cell), table.row
        table.cell = None
        across, down = table.span[0], min(table.span[1], MAX_ROWSPAN) - 1
        left = _next_free(row, table.covered)
        if left + across > MAX_COLUMNS:
            if text.strip():
                raise sentences.refusal("table.wide", self._name, row=row.number, most=f"{MAX_COLUMNS:,}")
            across = MAX_COLUMNS - left
        if across <= 0:
            return
        row.cells += [text, *[""] * (across - 1)]
        if across > 1 or down:
            row.merges.append((left, left + across - 1, down))
        if down:
            table.covers.update(dict.fromkeys(range(left, left + across), down))

    def _end_row(self, table: Table, *, is_section: bool) -> None:
        """The row is over; merges do not reach from one section of a table into the next."""
        self._end_cell(table)
        if table.row is not None:
            _next_free(table.row, table.covered)
            table.laying.add(table.row)
            table.row = None
            self._spanned += len(table.covered)
            if self._spanned > MAX_SPANNED:
                raise sentences.refusal("html.spans", self._name, row=table.number, most=f"{MAX_SPANNED:,}")
            left = {column: rows - 1 for column, rows in table.covered.items() if rows > 1}
            table.covered, table.covers = {**left, **table.covers}, {}
        if is_section:
            table.covered, table.is_fresh = {}, True


def _next_free(row: Row, covered: dict[int, int]) -> int:
    """The column of the row's next cell; columns under merges that began above are passed over."""
    while len(row.cells) in covered:
        row.cells.append("")
    return len(row.cells)


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _is_form_field(tag: str, attributes: Attributes) -> bool:
    """Whether the tag shows a value that is no text of the cell."""
    if tag == "input":
        return bool(attributes.get("value")) and (attributes.get("type") or "text").lower() not in _BUTTONS
    return tag == "select"


def _count(said: str | None) -> int:
    found = _NUMBER.match(said or "")
    return int(found.group(1)) if found else 0


def _text(pieces: list[str]) -> str:
    if len(pieces) == 1 and "\n" not in pieces[0]:
        return pieces[0].strip(" ")
    text = _AROUND_FEED.sub("\n", "".join(pieces))
    return re.sub(r"\n{2,}", "\n", re.sub(" {2,}", " ", text)).strip(" \n")


def _lines(pieces: list[str]) -> list[str]:
    return [line for line in _text(pieces).split("\n") if line.strip()]
