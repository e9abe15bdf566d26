"""A MariaDB or MySQL table as CSV, row by row from an unbuffered cursor; the server's own text, decimals exact.

The session is read-only at repeatable read with a consistent snapshot. Zero days stay `0000-00-00`, TINYINT(1) stays a number, a
TIMESTAMP is ISO 8601 at Beijing's +08:00, a FLOAT is the shortest number that it alone is (the server itself shows six digits only).
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

import numpy as np
import pymysql
from pymysql.connections import Connection
from pymysql.converters import encoders
from pymysql.cursors import SSCursor

from casebook.errors import SourceError
from casebook.intake.contract import Contract
from casebook.intake.database import mysql_address, snapshot
from casebook.intake.database.access import Asked
from casebook.intake.database.selection import Offered, Selected, select

CONNECT_SECONDS: Final = 10
LOCK_SECONDS: Final = 10
SILENCE_SECONDS: float = 3600
SORT_BYTES: Final = 64 * 1024
SORT_BUFFER_BYTES: Final = 64 * 1024 * 1024

_ROWS: Final = 5_000
_TEXTS: Final = frozenset({"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"})
_NUMBERS: Final = frozenset({"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double"})
_OTHERS: Final = frozenset({"date", "datetime", "timestamp", "time", "year", "uuid", "inet4", "inet6"})
_SETTINGS: Final = (
    "SET SESSION sql_mode = ''",
    "SET SESSION time_zone = '+08:00'",
    f"SET SESSION lock_wait_timeout = {LOCK_SECONDS}",
    "SET SESSION net_write_timeout = 600 /*M! , max_statement_time = 3600 */ /*!50708 , max_execution_time = 3600000 */",
    f"SET SESSION max_sort_length = {SORT_BYTES}",
    f"SET SESSION sort_buffer_size = {SORT_BUFFER_BYTES}",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION TRANSACTION READ ONLY",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
)
_TEXT_ONLY: Final[dict[Any, Any]] = {**encoders}
_COLUMNS: Final = """
SELECT table_schema, table_name, column_name, column_type, data_type FROM information_schema.columns
WHERE table_schema = coalesce(%s, database()) AND table_name = %s ORDER BY ordinal_position
"""
_TEXT: Final = {
    "timestamp": "IF(CAST({c} AS CHAR) LIKE '0000%', CAST({c} AS CHAR), CONCAT(REPLACE(CAST({c} AS CHAR), ' ', 'T'), '+08:00'))",
    "float": "CAST({c} + 0e0 AS CHAR)",
}
_LOGIN: Final = frozenset({1045, 1698, 1049, 1251, 2059})
_RIGHTS: Final = frozenset({1044, 1142, 1143, 1227, 1356, 1370})
_SLOW: Final = frozenset({1205, 1969, 3024})
_ABSENT: Final = frozenset({1046, 1049, 1059, 1103, 1146})


class _Patient(Connection):
    """A connection that waits briefly for a login and long for rows."""

    def wait_for_rows(self) -> None:
        """From here on silence may last as long as a sort takes."""
        self._read_timeout = SILENCE_SECONDS


def stream(asked: Asked, contract: Contract) -> Generator[bytes]:
    """The snapshot's bytes, header first.

    Raises:
        SourceError: one sentence without the address.
    """
    with closing(_connected(asked)) as connection, _told(asked):
        connection.wait_for_rows()
        for setting in _SETTINGS:
            _all(connection, setting)
        schema, table, offered = _columns(connection, asked)
        selected = select(asked, contract, offered)
        yield snapshot.line([column.name for column in selected.columns]).encode()
        yield from _rows(connection, _query(schema, table, selected), _floats(selected))


def _connected(asked: Asked) -> _Patient:
    """A connection whose values come as text, none turned into a Python number or day; no local file is ever sent."""
    options = mysql_address.options(asked)
    try:
        return _Patient(
            **options,
            charset="utf8mb4",
            conv=_TEXT_ONLY,
            cursorclass=SSCursor,
            local_infile=False,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=CONNECT_SECONDS,
        )
    except pymysql.Error as bad:
        code = "database.login" if bad.args and bad.args[0] in _LOGIN | _RIGHTS else "database.unreachable"
        raise asked.refusal(code) from None
    except (RuntimeError, OSError, ValueError, EOFError):
        raise asked.refusal("database.login") from None


def _all(connection: _Patient, query: str, given: Sequence[str | None] = ()) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, given or None)
        return list(cursor.fetchall())


def _columns(connection: _Patient, asked: Asked) -> tuple[str, str, list[Offered]]:
    """Schema and name of the table as the server has them, and its columns."""
    *schema, table = asked.names
    found = _all(connection, _COLUMNS, (schema[0] if schema else None, table))
    if not found:
        _all(connection, f"SELECT 1 FROM {'.'.join(map(_quoted, asked.names))} LIMIT 0")  # noqa: S608 (quoted; its error says why)
        raise asked.refusal("database.table")
    offered = [
        Offered(name, said, kind if kind in _TEXTS | _NUMBERS | _OTHERS else None) for _, _, name, said, kind in found
    ]
    return found[0][0], found[0][1], offered


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _query(schema: str, table: str, selected: Selected) -> str:
    texts = []
    for column in selected.columns:
        plain = "{c}" if column.kind in _TEXTS else "CAST({c} AS CHAR)"
        text = _TEXT.get(column.kind or "", plain).replace("{c}", _quoted(column.name))
        texts.append(f"CONVERT({text} USING utf8mb4)")
    order = ", ".join(f"CAST({texts[at]} AS BINARY)" for at in selected.order)
    return f"SELECT {', '.join(texts)} FROM {_quoted(schema)}.{_quoted(table)} ORDER BY {order}"  # noqa: S608 (quoted)


def _floats(selected: Selected) -> list[int]:
    return [at for at, column in enumerate(selected.columns) if column.kind == "float"]


def _rows(connection: _Patient, query: str, floats: Sequence[int]) -> Iterator[bytes]:
    cursor = connection.cursor()
    cursor.execute(query)
    while rows := cursor.fetchmany(_ROWS):
        told = [_with_floats(row, floats) for row in rows] if floats else rows
        yield "".join([snapshot.line(row) for row in told]).encode()


def _with_floats(row: Sequence[str | None], floats: Sequence[int]) -> list[str | None]:
    fields = list(row)
    for at in floats:
        if (text := fields[at]) is not None:
            fields[at] = np.format_float_positional(np.float32(text), unique=True, trim="-")
    return fields


@contextmanager
def _told(asked: Asked) -> Iterator[None]:
    """What the driver raises becomes a sentence; its own words may hold the address or a value."""
    try:
        yield
    except SourceError:
        raise
    except pymysql.Error as bad:
        number = bad.args[0] if bad.args and isinstance(bad.args[0], int) else 0
        codes = ((_RIGHTS, "database.rights"), (_SLOW, "database.slow"), (_ABSENT, "database.table"))
        code = next((code for numbers, code in codes if number in numbers), "database.ended")
        raise asked.refusal(code, state=number or "connection") from None
    except (OSError, UnicodeDecodeError, RuntimeError) as bad:
        raise asked.refusal("database.ended", state=type(bad).__name__) from None
