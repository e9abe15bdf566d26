"""The cleaners by name, for a dataset, a data frame, one series, or a file of any size.

In a notebook: `from casebook import clean`, then `clean.clean(frame, contract)` or `clean.column(series, kind)`.
"""

from casebook.clean.datasets import REF, columns, repairs
from casebook.clean.frames import clean, column
from casebook.clean.kinds import KINDS

__all__ = ["KINDS", "REF", "clean", "column", "columns", "repairs"]
