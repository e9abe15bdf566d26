"""One workbook → its sheets as text files in a folder and an account of them: the work done in the process set apart for it.

What is read is checked against a second account: the records of an .xls against the cells read, cell by cell; the count of
values in the parts of an .xlsx or .xlsb; an .ods is read off its XML alone. Hidden sheets are read only when asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol

import python_calamine as calamine

from casebook.errors import SourceError
from casebook.intake import sentences, zipped
from casebook.intake.workbook import biff, ods, parts
from casebook.intake.workbook.agreement import agreeing
from casebook.intake.workbook.batches import Writer
from casebook.intake.workbook.compound import MAGIC, Container
from casebook.intake.workbook.facts import DamagedError, Facts, Told
from casebook.intake.workbook.office import Walk

MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 100_000_000
_REASONS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (biff.EncryptedError, "workbook.encrypted"),
    (calamine.PasswordError, "workbook.encrypted"),
    (biff.VersionError, "workbook.version"),
    (parts.MarkupError, "workbook.markup"),
    (MemoryError, "workbook.memory"),
)


@dataclass
class Account:
    """What a workbook holds beside the texts in the folder: its sheets, names of sheets left out, codes of notes with counts."""

    sheets: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """One workbook to be read: its copy, what messages call it, the folder of the texts, hidden or visible sheets."""

    copy: Path
    name: str
    folder: Path
    are_hidden: bool

    def is_wanted(self, *, is_hidden: bool) -> bool:
        """Whether a sheet is of the asked kind."""
        return is_hidden == self.are_hidden

    def writer(self, account: Account, sheet: str, facts: Facts, size: tuple[int, int], left: int = 0) -> Writer:
        """The writer of the next sheet.

        Raises:
            SourceError: it is larger than any sheet that is read.
        """
        height, width = size
        if width > MAX_COLUMNS or width * height > MAX_CELLS:
            raise sentences.refusal("sheet.size", self.name, sheet=sheet, rows=f"{height:,}", columns=f"{width:,}")
        return Writer(self.folder, len(account.sheets), facts, left)


def read(task: Task) -> Account:
    """The account; the texts lie in the folder.

    Raises:
        SourceError: it is no workbook that can be read whole.
    """
    try:
        with task.copy.open("rb") as file:
            is_container = file.read(len(MAGIC)) == MAGIC
        return _container(task) if is_container else _zip(task)
    except SourceError:
        raise
    except DamagedError as bad:
        raise sentences.refusal("workbook.damaged", task.name, reason=str(bad)) from None
    except BaseException as bad:
        # The Rust core of the reader panics on some damaged workbooks, and its panic is no Exception.
        code = next((code for kind, code in _REASONS if isinstance(bad, kind)), "workbook.damaged")
        if not isinstance(bad, Exception) and type(bad).__name__ != "PanicException":
            raise
        raise sentences.refusal(code, task.name, reason=type(bad).__name__) from None


def _container(task: Task) -> Account:
    container = Container(task.copy.read_bytes())
    if "EncryptedPackage" in container.names:
        raise biff.EncryptedError
    book, sheets = biff.walk(container.stream("Workbook", "Book"))
    told = {sheet.name: sheet for sheet in sheets if sheet.is_worksheet}
    account = Account(notes=_container_notes(container.names, book, has_macro_sheet=len(told) < len(sheets)))
    with calamine.load_workbook(task.copy) as read_book:
        named = _named(task, account, read_book)
        if not set(named) <= set(told) or len(told) != sum(sheet.is_worksheet for sheet in sheets):
            raise DamagedError("two ways of reading the list of sheets differ")
        for name in named:
            checked = partial(agreeing, sheet=told[name], is_1904=book.is_1904)
            _write(task, account, read_book.get_sheet_by_name(name), told[name].facts, checked)
    return account


def _container_notes(names: frozenset[str], book: biff.Book, *, has_macro_sheet: bool) -> list[tuple[str, int]]:
    found = []
    if "_VBA_PROJECT_CUR" in names or has_macro_sheet:
        found.append(("workbook.macros", 1))
    if book.has_external_links:
        found.append(("workbook.external_links", 1))
    if embedded := sum(name.startswith("MBD") for name in names):
        found.append(("workbook.embedded", embedded))
    return found


def _zip(task: Task) -> Account:
    names = [part.filename for part in zipped.parts(task.copy, task.name)]
    lowered = {name.lower() for name in names}
    if "xl/workbook.bin" in lowered:
        return _office(task, names, "workbook.bin")
    return _office(task, names, "workbook.xml") if "xl/workbook.xml" in lowered else _open_document(task, names)


def _office(task: Task, names: Sequence[str], book: str) -> Account:
    """An .xlsx or .xlsb."""
    walk = Walk(task.copy, task.name, book)
    facts = walk.facts()
    account = Account(notes=parts.notes(names))
    if walk.comments:
        account.notes.append(("comments", walk.comments))
    with calamine.load_workbook(task.copy) as read_book:
        for name in _named(task, account, read_book):
            if name not in facts:
                raise DamagedError("a sheet of the book has no part")
            _write(task, account, read_book.get_sheet_by_name(name), facts[name], _as_read)
    return account


def _named(task: Task, account: Account, book: calamine.CalamineWorkbook) -> list[str]:
    """Names of the worksheets that are asked for; the others go into the account."""
    found = []
    for sheet in book.sheets_metadata:
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if task.is_wanted(is_hidden=sheet.visible != calamine.SheetVisibleEnum.Visible):
            found.append(sheet.name)
        else:
            account.left_out.append(sheet.name)
    return found


class _Checked(Protocol):
    """Passes rows on, once they are known to be right; `left` columns are left out."""

    def __call__(self, rows: Iterable[Sequence[Any]], *, left: int) -> Iterable[Sequence[Any]]: ...


def _as_read(rows: Iterable[Sequence[Any]], *, left: int) -> Iterable[Sequence[Any]]:  # noqa: ARG001
    """Rows that are checked by their count at the end."""
    return rows


def _write(task: Task, account: Account, sheet: calamine.CalamineSheet, facts: Facts, checked: _Checked) -> None:
    height, width = (last + 1 for last in sheet.end or (-1, -1))
    left = sheet.start[1] if sheet.start else 0
    writer = task.writer(account, sheet.name, facts, (height, width), left)
    facts.merges = facts.merges or [(*top, *bottom) for top, bottom in sheet.merged_cell_ranges or []]
    writer.write(checked(sheet.iter_rows() if sheet.end else (), left=left), width - left)
    _close(account, sheet.name, writer, facts)


def _close(account: Account, name: str, writer: Writer, facts: Facts) -> None:
    writer.close()
    told = Told.of(name, writer.height, writer.width, facts)
    told.batches = writer.batches
    account.sheets.append(told.plain())


def _open_document(task: Task, names: Sequence[str]) -> Account:
    def watch(part: str) -> zipped.Watch | None:
        return parts.prolog_check() if part.lower().endswith(".xml") else None

    zipped.walk(task.copy, task.name, watch)
    if ods.is_encrypted(task.copy):
        raise biff.EncryptedError
    account = Account(notes=parts.notes(names))
    for table in ods.tables(task.copy):
        if not task.is_wanted(is_hidden=table.is_hidden):
            account.left_out.append(table.name)
            continue
        writer = task.writer(account, table.name, table.facts, (len(table.rows), table.width))
        writer.write((row + [""] * (table.width - len(row)) for row in table.rows), table.width)
        _close(account, table.name, writer, table.facts)
    return account
