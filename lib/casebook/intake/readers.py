"""Which reader reads an admitted file: told by its content, never by its name."""

from casebook.intake import lines, sheets
from casebook.intake.contract import Contract
from casebook.intake.files import Admitted
from casebook.intake.grid import Opened

_READERS = {"text": lines.read, "workbook": sheets.read}


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The tables of the file.

    Raises:
        SourceError: when the file as a whole cannot be read.
    """
    return _READERS[admitted.shape](admitted, contract)
