"""Which reader reads an admitted file: told by its content, never by its name. The files in an archive are admitted one by one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from casebook.intake import columns, sentences, shapes, sheets
from casebook.intake.contract import Contract
from casebook.intake.dataset import Note
from casebook.intake.files import Admitted
from casebook.intake.grid import Opened
from casebook.intake.pages import markup
from casebook.intake.shapes import Shape
from casebook.intake.text import lines

_READERS: Final[Mapping[Shape, Callable[[Admitted, Contract], Opened]]] = {
    "text": lines.read,
    "workbook": sheets.read,
    "markup": markup.read,
    "parquet": columns.read,
}


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The tables of the file; a name that says another kind than the content is noted.

    Raises:
        SourceError: when the file as a whole cannot be read.
    """
    if admitted.shape == "archive":
        raise sentences.refusal("archive.nested", admitted.name)
    opened = _READERS[admitted.shape](admitted, contract)
    if not shapes.contradicts(admitted.name, admitted.shape):
        return opened
    return replace(opened, notes=(Note("name.other_kind", admitted.name, items=(admitted.shape,)), *opened.notes))
