"""One workbook → its sheets as text files in a folder and an account of them: the work done in the process set apart for it.

What is read is checked against a second account: the records of an .xls against the cells read, cell by cell; the count of
values in the parts of an .xlsx or .xlsb; an .ods is read off its XML alone. Hidden sheets are read only when asked for.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

import python_calamine as calamine

from casebook.errors import SourceError
from casebook.intake import sentences, zipped
from casebook.intake.workbook import biff, ods, parts
from casebook.intake.workbook.agreement import agreeing
from casebook.intake.workbook.biff_book import BIFF8, Book
from casebook.intake.workbook.compound import MAGIC, Container
from casebook.intake.workbook.facts import DamagedError
from casebook.intake.workbook.office import Walk
from casebook.intake.workbook.task import Account, Task

_REASONS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (biff.EncryptedError, "workbook.encrypted"),
    (calamine.PasswordError, "workbook.encrypted"),
    (biff.VersionError, "workbook.version"),
    (parts.MarkupError, "workbook.markup"),
    (MemoryError, "workbook.memory"),
)


def read(task: Task) -> Account:
    """The account; the texts lie in the folder.

    Raises:
        SourceError: it is no workbook that can be read whole.
    """
    try:
        with task.copy.open("rb") as file:
            is_container = file.read(len(MAGIC)) == MAGIC
        (_container if is_container else _zip)(task)
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
    return task.account


def _container(task: Task) -> None:
    """An .xls: every cell told by its record as well."""
    container = Container(task.copy.read_bytes())
    if "EncryptedPackage" in container.names:
        raise biff.EncryptedError
    book, told = biff.walk(container.stream("Workbook", "Book"))
    tables = [sheet for sheet in told if sheet.is_worksheet]
    task.account.notes += _container_notes(container.names, book, has_macro_sheet=len(tables) < len(told))
    are_bytes = book.version != BIFF8
    with calamine.load_workbook(task.copy) as read_book:
        found = _worksheets(read_book)
        names = [sheet.name for sheet, _ in found]
        if len(found) != len(tables) or not (are_bytes or names == [sheet.name for sheet in tables]):
            raise DamagedError("two ways of reading the list of sheets differ")
        for (sheet, at), table in zip(found, tables, strict=True):
            if task.takes(table.name, is_hidden=_is_hidden(sheet)):
                checked = partial(agreeing, sheet=table, is_1904=book.is_1904, are_bytes=are_bytes)
                task.add(table.name, read_book.get_sheet_by_index(at), table.facts, checked)


def _container_notes(names: frozenset[str], book: Book, *, has_macro_sheet: bool) -> list[tuple[str, int]]:
    found = []
    if "_VBA_PROJECT_CUR" in names or has_macro_sheet:
        found.append(("workbook.macros", 1))
    if book.has_external_links:
        found.append(("workbook.external_links", 1))
    if embedded := sum(name.startswith("MBD") for name in names):
        found.append(("workbook.embedded", embedded))
    return found


def _zip(task: Task) -> None:
    names = [part.filename for part in zipped.parts(task.copy, task.name)]
    task.account.notes += parts.notes(names)
    lowered = {name.lower() for name in names}
    if "xl/workbook.bin" in lowered:
        _office(task, "workbook.bin")
    elif "xl/workbook.xml" in lowered:
        _office(task, "workbook.xml")
    else:
        _open_document(task)


def _office(task: Task, book: str) -> None:
    """An .xlsx or .xlsb."""
    walk = Walk(task.copy, task.name, book)
    facts = walk.facts()
    if walk.comments:
        task.account.notes.append(("comments", walk.comments))
    with calamine.load_workbook(task.copy) as read_book:
        for sheet, at in _worksheets(read_book):
            if sheet.name not in facts:
                raise DamagedError("a sheet of the book has no part")
            if task.takes(sheet.name, is_hidden=_is_hidden(sheet)):
                task.add(sheet.name, read_book.get_sheet_by_index(at), facts[sheet.name])


def _worksheets(book: calamine.CalamineWorkbook) -> Sequence[tuple[calamine.SheetMetadata, int]]:
    """The worksheets, each with its place in the book."""
    sheets = enumerate(book.sheets_metadata)
    return [(sheet, at) for at, sheet in sheets if sheet.typ == calamine.SheetTypeEnum.WorkSheet]


def _is_hidden(sheet: calamine.SheetMetadata) -> bool:
    return bool(sheet.visible != calamine.SheetVisibleEnum.Visible)


def _open_document(task: Task) -> None:
    zipped.walk(task.copy, task.name, lambda part: parts.prolog_check() if part.lower().endswith(".xml") else None)
    if ods.is_encrypted(task.copy):
        raise biff.EncryptedError
    for table in ods.tables(task.copy):
        if task.takes(table.name, is_hidden=table.is_hidden):
            task.add_rows(table.name, table.rows, table.width, table.facts)
