"""Texts of a column named by a dictionary among the parameters: which row of it each distinct text falls under.

Menus repeat themselves: the work is done once per distinct text, outside the frames' engine, and comes back as a small table to join.
"""

from typing import Any

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.text import patterns


def named_by(inputs: Inputs, contract: str, column: str, dictionary: str) -> Frame:
    """Each distinct text of the column with the dictionary row that names it; texts that no row names are left out.

    Args:
        inputs: where the table and the dictionary are.
        contract: the table.
        column: its text column; also the name of the text in the answer.
        dictionary: file name of a parameter table with `pattern`, `excludes` and facts, the first row having priority.

    Raises:
        ParameterError: there is no such table among the parameters.
    """
    texts = inputs.table(contract).select(column).unique().collect(backend="polars").to_native()[column].sort()
    rows = inputs.standard(dictionary).collect(backend="polars").to_native()
    named = patterns.classify(texts, rows).drop_nulls("pattern").drop("excludes").rename({"text": column})
    # Series keep their types where nothing was named; plain lists would not.
    columns: dict[str, Any] = {name: named[name] for name in named.columns}
    return inputs.rows(columns)
