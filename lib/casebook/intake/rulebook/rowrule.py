"""One thing a contract asks of a row."""

from dataclasses import dataclass
from typing import Final

from casebook.intake.rulebook.tree import Node

MISSING: Final = "value.missing"
ENUM: Final = "value.enum"
PATTERN: Final = "value.pattern"
LENGTH: Final = "value.length"
RANGE: Final = "value.range"
IN_DOUBT: Final = "value.unreadable"
OWN: Final = "rule."


@dataclass(frozen=True)
class RowRule:
    """A condition that no row may fail.

    Attributes:
        code: of the finding; `rule.<name>` for a rule of the contract's own.
        column: the column in question; of a rule over several the first it reads.
        node: true where the row is as it should be; unknown is no violation.
        is_error: the row is rejected; else it is kept and flagged.
        zh, en: the sentence of a rule of the contract's own.
    """

    code: str
    column: str
    node: Node
    is_error: bool = False
    zh: str = ""
    en: str = ""
