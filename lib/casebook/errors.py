"""One root for every refusal of Casebook, and the few children callers tell apart.

A bad *row* is data: it becomes a reject or a problem code. A bad *file*, *contract*, *parameter* or *law table* is one of
these exceptions. The message is one sentence: what was expected, what came, where (file, sheet, row) and what to do.
It never carries a personal value.
"""


class CasebookError(Exception):
    """Something outside the program must be put right before the work can go on."""


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
    """A source file or table cannot be read as its contract demands."""


class ColumnError(SourceError):
    """A column that was asked for is not in the table, or must be named because there are several."""
