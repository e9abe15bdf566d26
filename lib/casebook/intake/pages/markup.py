"""HTML pages and XML Spreadsheets, whatever their names end in → Grids.

The encoding is told by a byte-order mark, else by the file's own declaration when the whole file then is text, else by the rule for
texts. A declaration that does not hold is noted.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from casebook.intake import sentences
from casebook.intake.contract import Contract
from casebook.intake.dataset import MAX_LISTED, Note
from casebook.intake.files import Admitted
from casebook.intake.grid import Grid, Opened
from casebook.intake.pages import html_tables, xml_sheets
from casebook.intake.pages.html_tables import Page, Table
from casebook.intake.pages.laying import Laying
from casebook.intake.pages.xml_sheets import Sheet
from casebook.intake.text import encoding, gb18030

PIECE: Final = 1024 * 1024
_HEAD: Final = 64 * 1024
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,1000}?(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE
)
_CODECS: Final = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "x-big5", "cp950"), "cp950"),
}
_SAID: Final = {"cp950": "big5"}
_PROLOGUE: Final = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_PAGE: Final = re.compile(
    r"\s*<(?:!doctype\s+html|(?:html|head|meta|title|style|script|body|table|div|center|font|span|p|b|h[1-6]|form|link|base)[\s/>])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Source:
    """The text of a file: where it is, by which codec it is read, how it was delivered, whether characters are lost in it."""

    path: Path
    codec: str
    encoding: str
    has_lost: bool
    notes: tuple[Note, ...]

    def pieces(self) -> Iterator[str]:
        """The text, piece by piece."""
        meant = str.maketrans(gb18030.table()) if self.codec == "gb18030" else {}
        with self.path.open(encoding=self.codec, errors="replace", newline="") as file:
            while piece := file.read(PIECE):
                yield piece.translate(meant) if meant else piece


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The tables of a page, or the sheets of an XML Spreadsheet."""
    source = _source(admitted)
    try:
        grids, notes = _read(source, admitted.name, contract)
    finally:
        if source.path != admitted.copy:
            source.path.unlink()
    return Opened(grids, source.encoding, (*source.notes, *notes))


def _read(source: _Source, name: str, contract: Contract) -> tuple[list[Grid], list[Note]]:
    pieces = source.pieces()
    head = next(pieces, "")
    short = "row.short" if _is_page(head) else None

    def lay() -> Laying:
        return Laying(contract, name, short, has_lost=source.has_lost)

    if short:
        return _of_page(html_tables.read(chain([head], pieces), name, lay), name)
    return _of_sheets(xml_sheets.read(chain([head], pieces), name, lay), name, contract)


def _is_page(head: str) -> bool:
    """Whether the document is HTML: by its first element, or because it does not say that it is XML."""
    begin, has_declaration = head.lstrip("\ufeff"), False
    while found := _PROLOGUE.match(begin):
        has_declaration |= found.group().lstrip().startswith("<?xml")
        begin = begin[found.end() :]
    if _PAGE.match(begin):
        return True
    return not has_declaration and re.match(r"\s*<(?:[a-z]+:)?Workbook[\s>]", begin) is None


def _source(admitted: Admitted) -> _Source:
    with admitted.copy.open("rb") as file:
        head = file.read(_HEAD)
    found = _DECLARED.search(head)
    declared = found.group(1).decode().lower() if found else ""
    has_mark = head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    codec = _CODECS.get(declared)
    if codec and not has_mark and not _is_text(admitted.copy, "utf-8") and _is_text(admitted.copy, codec):
        return _Source(admitted.copy, codec, _SAID.get(codec, codec), has_lost=False, notes=())
    decoded = encoding.transcode(admitted.copy, admitted.copy.with_suffix(".utf8"), admitted.name)
    said = _SAID.get(codec or "", codec or declared)
    is_other = bool(said) and not has_mark and said != decoded.encoding and not _is_text(admitted.copy, "ascii")
    notes = (Note("encoding.declared", admitted.name, items=(declared,)),) if is_other else ()
    return _Source(decoded.path, "utf-8-sig", decoded.encoding, bool(decoded.bad_lines), notes)


def _is_text(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with path.open("rb") as file:
        try:
            while block := file.read(PIECE):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _of_page(page: Page, name: str) -> tuple[list[Grid], list[Note]]:
    """The tables as sheets; text and tables without a header that stand before a table are its titles."""
    if not page.tables:
        raise sentences.refusal("html.frames" if page.has_frames else "html.no_table", name)
    grids: list[Grid] = []
    above: list[str] = []
    for number, table in enumerate(page.tables, 1):
        sheet = f"table{number}" if len(page.tables) > 1 else ""
        above += table.before
        grid = table.laying.grid(sheet, above, _page_notes(table, name, sheet))
        if grid.header is None:
            above += (" ".join(filter(None, row)) for row in grid.first_rows)
        else:
            _refuse_nested(table, name, sheet)
            above = []
        grids.append(grid)
    outside = len(page.after) + len(above)
    return grids, [Note("text.outside", name, count=outside)] if page.after else []


def _refuse_nested(table: Table, name: str, sheet: str) -> None:
    """A cell that holds a table has text that would not be in its row."""
    for row in table.nested_rows:
        if row > table.laying.header_end:
            raise sentences.refusal("html.nested", name, sheet=sheet, row=row)


def _page_notes(table: Table, name: str, sheet: str) -> tuple[Note, ...]:
    rows = {"rows.hidden": table.hidden_rows, "html.form_fields": sorted(set(table.form_rows))}
    notes = [_of_rows(code, name, sheet, found) for code, found in rows.items() if found]
    notes += _columns(table.hidden_columns, name, sheet)
    if table.is_hidden:
        notes.append(Note("table.hidden", name, sheet))
    if table.rounded:
        notes.append(Note("html.rounded", name, sheet, table.rounded))
    return tuple(notes)


def _of_sheets(sheets: Sequence[Sheet], name: str, contract: Contract) -> tuple[list[Grid], list[Note]]:
    """The visible sheets; hidden ones are noted, and refused where one of them alone has the columns."""
    laid = [(sheet, sheet.laying.grid(sheet.name, (), _sheet_notes(sheet, name))) for sheet in sheets]
    grids = [grid for sheet, grid in laid if not sheet.is_hidden]
    hidden = [grid for sheet, grid in laid if sheet.is_hidden]
    if all(grid.header is None for grid in grids):
        for grid in hidden:
            if grid.header is not None:
                raise sentences.refusal("sheet.hidden_only", name, sheet=grid.sheet, contract=contract.id)
    return grids, [Note("sheet.hidden", name, grid.sheet) for grid in hidden]


def _sheet_notes(sheet: Sheet, name: str) -> tuple[Note, ...]:
    counts = {"formulas": sheet.formulas, "comments": sheet.comments}
    notes = [Note(code, name, sheet.name, count) for code, count in counts.items() if count]
    if sheet.hidden_rows:
        notes.append(_of_rows("rows.hidden", name, sheet.name, sheet.hidden_rows))
    return (*notes, *_columns(sheet.hidden_columns, name, sheet.name))


def _of_rows(code: str, name: str, sheet: str, rows: Sequence[int]) -> Note:
    return Note(code, name, sheet, len(rows), tuple(rows[:MAX_LISTED]))


def _columns(hidden: set[int], name: str, sheet: str) -> list[Note]:
    """Hidden columns by their numbers, from 1."""
    items = tuple(str(position + 1) for position in sorted(hidden)[:MAX_LISTED])
    return [Note("columns.hidden", name, sheet, len(hidden), items=items)] if hidden else []
