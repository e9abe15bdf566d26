"""One root for every refusal of Casebook, and the few children callers tell apart.

A bad *row* is data: it becomes a reject or a problem code. A bad *file*, *contract*, *parameter* or *law table* is one of
these exceptions. The message is one sentence: what was expected, what came, where (file, sheet, row) and what to do.
It never carries a personal value.
"""

import re

# C0, DEL, C1 (ESC and CSI among them) and the signs that turn the direction of writing.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_REPEATED = 80


def plain(text: str) -> str:
    r"""One line without characters that steer a terminal; a header or file name may hold them.

    >>> plain("a\x1b]0;title\x07b\nc")
    'a ]0;title b c'
    """
    return _STEERING.sub(" ", text)


def short(text: str) -> str:
    """A word of the call, or a header, as a message may repeat it.

    >>> short("姓名"), len(short("a" * 100_000))
    ('姓名', 81)
    """
    return text if len(text) <= _REPEATED else text[:_REPEATED] + "…"


class CasebookError(Exception):
    """Something outside the program must be put right before the work can go on."""

    def __str__(self) -> str:
        """The sentence, fit for a terminal."""
        return plain(super().__str__())


class ContractError(CasebookError):
    """A data contract is malformed, or names a check that does not exist."""


class ParameterError(CasebookError):
    """A parameter is missing, unknown, or outside its allowed range."""


class LawTableError(CasebookError):
    """A law table has overlapping, missing or unreadable intervals."""


class LinkError(CasebookError):
    """Two tables cannot be linked as asked."""


class BundleError(CasebookError):
    """A bundle is incomplete, altered, or not to be written where asked."""


class SourceError(CasebookError):
    """A source file or table cannot be read as its contract demands.

    Attributes:
        code: of the refusal, `file.empty` for example; empty where none is on record.
        zh, en: the sentence in both languages.
        file, sheet, row: where; empty and 0 where the place is the whole.
    """

    def __init__(self, en: str, *, code: str = "", zh: str = "", file: str = "", sheet: str = "", row: int = 0) -> None:
        super().__init__(en)
        self.code, self.zh, self.en = code, plain(zh), plain(en)
        self.file, self.sheet, self.row = file, sheet, row


class ColumnError(SourceError):
    """A column that was asked for is not in the table, or must be named because there are several."""
