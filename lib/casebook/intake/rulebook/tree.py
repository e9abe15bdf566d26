"""The tree of a rule: the only nodes there are. `grammar` makes it of an expression, `predicates` gives it meaning."""

from dataclasses import dataclass
from typing import Final

COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Number:
    """A literal number, as written."""

    text: str


@dataclass(frozen=True)
class Text:
    """A literal text; compared with a date it must be a day like 2026-03-31."""

    text: str


@dataclass(frozen=True)
class Name:
    """A column of the contract."""

    column: str


@dataclass(frozen=True)
class Call:
    """A named function of its arguments."""

    function: str
    arguments: "tuple[Node, ...]"


@dataclass(frozen=True)
class Sum:
    """`left sign right` with + - * or /."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Compare:
    """`left sign right` with one of `COMPARISONS`."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Member:
    """`value IN (items)`."""

    value: "Node"
    items: "tuple[Node, ...]"


@dataclass(frozen=True)
class Between:
    """`value BETWEEN low AND high`, both ends included."""

    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True)
class IsNull:
    """The column has no value: blank or a placeholder. Unknown where the cell is unreadable."""

    column: str


@dataclass(frozen=True)
class Readable:
    """The cell has no value, or one its kind reads without a doubt (a check digit that fails is one)."""

    column: str


@dataclass(frozen=True)
class Not:
    """The opposite; unknown stays unknown."""

    part: "Node"


@dataclass(frozen=True)
class Both:
    """All parts (`AND`) or any part (`OR`)."""

    word: str
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Match:
    """The text fits an anchored pattern; written by `pattern` of a contract, never inside an expression."""

    value: "Node"
    pattern: str


Node = Number | Text | Name | Call | Sum | Compare | Member | Between | IsNull | Readable | Not | Both | Match


def names(node: Node) -> tuple[str, ...]:
    """The columns a tree reads, in the order of their first mention."""
    found: dict[str, None] = {}
    waiting: list[object] = [node]
    while waiting:
        at = waiting.pop(0)
        if isinstance(at, Name | IsNull | Readable):
            found.setdefault(at.column)
        elif isinstance(at, tuple):
            waiting[:0] = at
        elif hasattr(at, "__dataclass_fields__"):
            waiting[:0] = [getattr(at, name) for name in at.__dataclass_fields__]
    return tuple(found)
