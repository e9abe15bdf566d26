"""Which columns of a database table are read: those the contract names, and no others; and in what order its rows come.

Columns are known by the contract's headers and by its canonical names. A canonical name of money or area states the unit of the
cleaned value (`amount_fen`), which a database's column of that name need not hold: such columns are known by headers alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebook.errors import short
from casebook.intake import headers
from casebook.intake.contract import Contract
from casebook.intake.database.access import Asked
from casebook.intake.headers import normalise

MAX_LISTED: Final = 60


@dataclass(frozen=True)
class Offered:
    """A column as the database has it.

    Attributes:
        type: as the database calls it.
        kind: what the reader of that server goes by; None when its values cannot be written as text exactly.
    """

    name: str
    type: str
    kind: str | None


@dataclass(frozen=True)
class Selected:
    """The columns that are read, in the contract's order; the order of rows by their positions: the key, then all others."""

    columns: tuple[Offered, ...]
    order: tuple[int, ...]


@dataclass(frozen=True)
class _Names:
    """Names as a message lists them, each cut to a length that can be read."""

    names: Sequence[str]

    def __str__(self) -> str:
        more = ["…"] if len(self.names) > MAX_LISTED else []
        return "、".join([*(short(name) for name in self.names[:MAX_LISTED]), *more])


def select(asked: Asked, contract: Contract, offered: Sequence[Offered]) -> Selected:
    """The columns of the contract among those the table has.

    Raises:
        SourceError: a column the contract demands is missing, two columns mean the same, or a type is not read.
    """
    names = [column.name for column in offered]
    header = headers.single(contract, names)
    missing = [c.headers[0] for c in contract.columns if c.header_required and c.name not in header.positions]
    if missing or len(header.positions) < min(2, len(contract.columns)):
        wanted = _Names(missing or [column.headers[0] for column in contract.columns])
        raise asked.refusal("database.column", missing=wanted, columns=_Names(names), contract=contract.id)
    _refuse_twins(asked, names, header)
    used = [name for name in contract.names if name in header.positions]
    columns = tuple(offered[header.positions[name]] for name in used)
    if unread := [column for column in columns if column.kind is None]:
        raise asked.refusal("database.type", column=unread[0].name, type=unread[0].type)
    key = [used.index(name) for name in contract.key if name in used]
    return Selected(columns, (*key, *(at for at in range(len(used)) if at not in key)))


def _refuse_twins(asked: Asked, names: Sequence[str], header: headers.Header) -> None:
    """Two columns whose names differ by letter case, width or blanks alone: nobody can say which is meant."""
    used = {normalise(names[at]): names[at] for at in header.positions.values()}
    for at in header.spare:
        if normalise(names[at]) in used:
            raise asked.refusal("database.twins", first=used[normalise(names[at])], second=names[at])
