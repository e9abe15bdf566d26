"""What a workbook says of a sheet beside the values of its cells; positions and codes only, fit for JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Address = tuple[int, int]
Range = tuple[int, int, int, int]


class DamagedError(Exception):
    """The workbook contradicts itself, or ends too early; the text says how, without any value of a cell."""


@dataclass
class Facts:
    """One sheet; rows and columns are counted from 0.

    Attributes:
        merges: top, left, bottom, right of every merged range, all included.
        hidden_rows, hidden_columns: their positions; `is_filtered` when a filter hides the rows.
        marks: (row, column) → code of a cell in question.
        texts: (row, column) → what stands in a cell whose value the reader does not hand out.
        serials: (row, column) → number, as text, of cells that hold no day of the calendar should they be dates.
        values: how many cells hold a value, and whether some of these may be empty texts; None when it is not known.
    """

    merges: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    is_filtered: bool = False
    formulas: int = 0
    comments: int = 0
    marks: dict[Address, str] = field(default_factory=dict)
    texts: dict[Address, str] = field(default_factory=dict)
    serials: dict[Address, str] = field(default_factory=dict)
    values: int | None = None
    has_empty_texts: bool = True

    def error(self, row: int, column: int, text: str) -> None:
        """A cell that holds an error value."""
        self.marks[row, column] = "cell.error"
        self.texts[row, column] = text


@dataclass
class Told:
    """One sheet as its reader hands it on: its size in rows and columns, and the facts that concern the whole sheet."""

    name: str
    height: int
    width: int
    batches: int = 0
    merges: Sequence[Sequence[int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    is_filtered: bool = False
    formulas: int = 0
    comments: int = 0

    @classmethod
    def of(cls, name: str, height: int, width: int, facts: Facts) -> "Told":
        """The sheet with its facts."""
        return cls(
            name,
            height,
            width,
            merges=facts.merges,
            hidden_rows=facts.hidden_rows,
            hidden_columns=facts.hidden_columns,
            is_filtered=facts.is_filtered,
            formulas=facts.formulas,
            comments=facts.comments,
        )

    def plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)
