"""What is kept of a delivery, and who looks at its rows while they are read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from casebook.intake.contract import Contract
from casebook.intake.dataset import FilePart

Judge = Callable[[pl.DataFrame, FilePart], pl.DataFrame]


@dataclass(frozen=True)
class Wanted:
    """What is kept of a delivery, and who looks at its rows.

    Attributes:
        columns: canonical names that are kept; None keeps all the contract names. The others are checked and then dropped.
        judges: each gets a batch of kept rows under canonical names with their part (and `area_dm2|亩`, where a file states the same
            area in another unit too) and hands back findings (`row`, `column`,
            `code`): such rows are flagged.
        obtained: the day the delivery was obtained, where it is known; how fresh the rows are is told by it.
        copies: folder where our copies of the files stay, each under its digest; None: they are removed at the end.
    """

    columns: Collection[str] | None = None
    judges: Sequence[Judge] = ()
    obtained: date | None = None
    copies: Path | None = None

    def kept(self, contract: Contract) -> tuple[str, ...]:
        """The names kept, in the contract's order."""
        return tuple(name for name in contract.names if self.columns is None or name in self.columns)
