"""One workbook to be read, and what has been read of it so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import python_calamine as calamine

from casebook.intake import sentences
from casebook.intake.workbook.batches import Writer
from casebook.intake.workbook.facts import Facts, Told

MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 100_000_000

Rows = Iterable[Sequence[Any]]


class Checked(Protocol):
    """Passes rows on, once they are known to be right; `left` columns are left out."""

    def __call__(self, rows: Rows, *, left: int) -> Rows:
        """The rows."""
        ...


def counted(rows: Rows, *, left: int) -> Rows:  # noqa: ARG001
    """Rows whose cells are counted at the end of the sheet."""
    return rows


@dataclass
class Account:
    """What a workbook holds beside the texts in the folder: its sheets, names of sheets left out, codes of notes with counts."""

    sheets: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Task:
    """A workbook: its copy, what messages call it, the folder of the texts, hidden or visible sheets; the account grows."""

    copy: Path
    name: str
    folder: Path
    are_hidden: bool
    account: Account = field(default_factory=Account)

    def takes(self, name: str, *, is_hidden: bool) -> bool:
        """Whether a sheet is of the asked kind; the others are named in the account."""
        if is_hidden != self.are_hidden:
            self.account.left_out.append(name)
        return is_hidden == self.are_hidden

    def add(self, name: str, values: calamine.CalamineSheet, facts: Facts, checked: Checked = counted) -> None:
        """The next sheet, its values as read and what else is known of it."""
        height, width = (last + 1 for last in values.end or (-1, -1))
        left = values.start[1] if values.start else 0
        facts.merges = facts.merges or [(*top, *bottom) for top, bottom in values.merged_cell_ranges or []]
        self.refuse_too_large(name, height, width)
        writer = Writer(self.folder, len(self.account.sheets), facts, left)
        writer.write(checked(values.iter_rows() if values.end else (), left=left), width - left)
        self._close(name, writer, facts)

    def add_rows(self, name: str, rows: Sequence[Sequence[Any]], width: int, facts: Facts) -> None:
        """The next sheet, its rows known; shorter ones end early."""
        self.refuse_too_large(name, len(rows), width)
        writer = Writer(self.folder, len(self.account.sheets), facts)
        writer.write(([*row, *[""] * (width - len(row))] for row in rows), width)
        self._close(name, writer, facts)

    def refuse_too_large(self, name: str, height: int, width: int) -> None:
        """Passes sheets of the size of a table.

        Raises:
            SourceError: the sheet is larger than what is read.
        """
        if width > MAX_COLUMNS or width * height > MAX_CELLS:
            raise sentences.refusal("sheet.size", self.name, sheet=name, rows=f"{height:,}", columns=f"{width:,}")

    def _close(self, name: str, writer: Writer, facts: Facts) -> None:
        writer.close()
        told = Told.of(name, writer.height, writer.width, facts)
        told.batches = writer.batches
        self.account.sheets.append(told.plain())
