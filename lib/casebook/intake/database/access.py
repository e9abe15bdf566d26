"""How a database is reached: its address is kept in a file of ours or in the environment, and nowhere else.

The address is a URL with user and password. It is never part of a message, a representation, a notebook or a bundle; messages say
where it is kept.
"""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from casebook.errors import SourceError
from casebook.intake import sentences
from casebook.intake.sources import Database

MAX_BYTES: Final = 4096
Engine = Literal["postgresql", "mysql", "mariadb"]
ENGINES: Final[dict[str, Engine]] = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
}


@dataclass(frozen=True)
class Asked:
    """One table of one server.

    Attributes:
        names: the table, or its schema and the table.
        kept_in: where the address is kept, for messages.
    """

    engine: Engine
    url: str = field(repr=False)
    names: tuple[str, ...]
    kept_in: str

    @property
    def place(self) -> str:
        """What messages call the table: `postgresql/civil.payments`."""
        return f"{self.engine}/{'.'.join(self.names)}"

    def refusal(self, code: str, **facts: Any) -> SourceError:  # noqa: ANN401 (whatever the sentence names)
        """The error that refuses the table as a whole, to be raised."""
        return sentences.refusal(code, self.place, kept_in=self.kept_in, **facts)


def ask(database: Database) -> Asked:
    """The table of the source set with the address of its server.

    Raises:
        SourceError: the address is not there, is kept where others can read it, or is none; the table's name is none.
    """
    names = tuple(database.table.split("."))
    if len(names) > 2 or not all(name.strip() for name in names) or "\x00" in database.table:
        raise sentences.refusal("database.table_name", database.table)
    url = (
        _from_environment(database) if database.url_file is None else _from_file(database, database.url_file)
    ).strip()
    scheme, mark, rest = url.partition("://")
    if scheme not in ENGINES or not mark or not rest or any(c.isspace() or not c.isprintable() for c in url):
        raise sentences.refusal("database.address", database.table, kept_in=database.kept_in)
    return Asked(ENGINES[scheme], url, names, database.kept_in)


def _from_environment(database: Database) -> str:
    url = os.environ.get(database.url_env, "")
    if not url.strip():
        raise sentences.refusal("database.no_address", database.table, kept_in=database.kept_in)
    return url


def _from_file(database: Database, path: Path) -> str:
    """The address in a file that nobody but us may read; links and pipes are not followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise sentences.refusal("database.no_address", database.table, kept_in=database.kept_in) from None
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise sentences.refusal("database.no_address", database.table, kept_in=database.kept_in)
    with os.fdopen(descriptor, "rb") as file:
        if facts.st_mode & 0o077 or facts.st_uid != os.geteuid():
            mode = f"{stat.S_IMODE(facts.st_mode):04o}"
            raise sentences.refusal("database.open_secret", database.table, kept_in=database.kept_in, mode=mode)
        return file.read(MAX_BYTES).decode("utf-8", "replace")
