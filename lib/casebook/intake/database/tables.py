"""A database table → a snapshot file, read once; from there on it is a delivered file like any other.

So every number traces to a row of a file with a hash, also when the table has changed since. Rows come in the order of the contract's
key, so that the same rows give the same file, whichever server holds them.
"""

import glob
from collections.abc import Callable, Generator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from casebook.intake.contract import Contract
from casebook.intake.database import access
from casebook.intake.database import snapshot as snapshots
from casebook.intake.database.access import Asked
from casebook.intake.sources import Database

Stream = Callable[[Asked, Contract], Generator[bytes]]
_READERS: Final = {"postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}


def snapshot(database: Database, contract: Contract, folder: Path) -> Path:
    """The table's rows with the contract's columns: `folder/<engine>/<table>.csv`; an older one is replaced.

    Raises:
        SourceError: the address is not to be had, the server cannot be reached or refuses, or the table is not as the contract
            demands; then there is no new file. The message never holds the address.
    """
    asked = access.ask(database)
    with closing(_stream(asked.engine)(asked, contract)) as blocks:
        return snapshots.write(folder / asked.engine / snapshots.name(database.table), blocks)


def taken(database: Database, folder: Path) -> Path | None:
    """The snapshot of the table that is in the folder already; None when there is none."""
    found = sorted(folder.glob(f"*/{glob.escape(snapshots.name(database.table))}"))
    return found[0] if found else None


def _stream(engine: str) -> Stream:
    """The reader of that server; its driver is loaded only where such a table is read."""
    return cast("Stream", import_module(f"casebook.intake.database.{_READERS[engine]}").stream)
