"""A PostgreSQL table as CSV through `COPY … TO STDOUT`: the server's own text, no value passes through a Python number.

The session is read-only at repeatable read. Booleans are TRUE and FALSE, char(n) is without its padding, a timestamp with time zone is
ISO 8601 at Beijing's +08:00, other days and times and all numbers are as PostgreSQL shows them (ISO dates, shortest exact floats).
Rows that a policy of the server would hide are refused, never missing in silence.
"""

import os
import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from casebook.errors import SourceError
from casebook.intake.contract import Contract
from casebook.intake.database import snapshot
from casebook.intake.database.access import Asked
from casebook.intake.database.selection import Offered, Selected, select

CONNECT_SECONDS: Final = 10
LOCK_SECONDS: Final = 10
STATEMENT_SECONDS = 3600
SILENCE_SECONDS: float = 3700
LEFT_IS_NOTICED: Final = 140000

_BLOCK: Final = 1 << 20
_NUMBERS: Final = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})
_BEGIN: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_COLUMNS: Final = """
SELECT n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
       coalesce(b.typname, t.typname), coalesce(b.typcategory, t.typcategory)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname = %(table)s::text
  AND CASE WHEN %(schema)s::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = %(schema)s::text END
ORDER BY a.attnum
"""
_TEXT: Final[dict[str, LiteralString]] = {
    "bool": "CASE WHEN {column} THEN 'TRUE' WHEN NOT {column} THEN 'FALSE' END",
    "timestamptz": r"pg_catalog.regexp_replace({column}::text, '^(\S+) (\S+)\+08$', '\1T\2+08:00')",
}


def stream(asked: Asked, contract: Contract) -> Generator[bytes]:
    """The snapshot's bytes, header first.

    Raises:
        SourceError: one sentence without the address.
    """
    with closing(_connected(asked)) as connection, _told(asked):
        _settle(connection)
        connection.execute(_BEGIN)
        schema, table, offered = _columns(connection, asked)
        selected = select(asked, contract, offered)
        yield snapshot.line([column.name for column in selected.columns]).encode()
        yield from _rows(connection, _query(schema, table, selected, _encoding(connection)))


def _connected(asked: Asked) -> psycopg.Connection[Any]:
    try:
        wanted = {"connect_timeout": CONNECT_SECONDS, "application_name": "casebook", "client_encoding": "UTF8"}
        return psycopg.connect(autocommit=True, **{**conninfo_to_dict(asked.url), **wanted})  # type: ignore[arg-type]
    except psycopg.errors.ConnectionTimeout:
        raise asked.refusal("database.unreachable") from None
    except psycopg.OperationalError as bad:
        has_met = bad.pgconn is not None and (bad.pgconn.used_password or bad.pgconn.needs_password)
        raise asked.refusal("database.login" if has_met else "database.unreachable") from None
    except (psycopg.Error, UnicodeError, ValueError):
        raise asked.refusal("database.address_fault") from None


def _settle(connection: psycopg.Connection[Any]) -> None:
    """What decides how values look and how long anybody waits, whatever the server's own settings; a query we left ends."""
    settings = {
        "default_transaction_read_only": "on",
        "row_security": "off",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "TimeZone": "<+08>-08",
        "DateStyle": "ISO, YMD",
        "extra_float_digits": "1",
    }
    if connection.info.server_version >= LEFT_IS_NOTICED:
        settings["client_connection_check_interval"] = "10s"
    for name, value in settings.items():
        connection.execute("SELECT pg_catalog.set_config(%s, %s, false)", (name, value))


def _columns(connection: psycopg.Connection[Any], asked: Asked) -> tuple[str, str, list[Offered]]:
    """Schema and name of the table as the server has them, and its columns."""
    *schema, table = asked.names
    found = connection.execute(_COLUMNS, {"schema": schema[0] if schema else None, "table": table}).fetchall()
    if not found:
        raise asked.refusal("database.table")
    offered = [Offered(name, said, _kind(base, category)) for _, _, name, said, base, category in found]
    return found[0][0], found[0][1], offered


def _kind(base: str, category: str) -> str | None:
    """The type's own name when its text is exact; money, bytea, arrays, json, intervals and the like are not read."""
    is_read = category in {"B", "S", "E", "D"} or base in _NUMBERS or base == "uuid"
    return base if is_read else None


def _encoding(connection: psycopg.Connection[Any]) -> str:
    """UTF-8; a server that does not know its texts' encoding hands out their bytes, and the file's reader finds it."""
    said = connection.execute("SELECT pg_catalog.current_setting('server_encoding')").fetchone()
    return "SQL_ASCII" if said == ("SQL_ASCII",) else "UTF8"


def _query(schema: str, table: str, selected: Selected, encoding: str) -> sql.Composed:
    fields = [sql.Identifier(f"f{at}") for at in range(len(selected.columns))]
    texts = (
        sql.SQL(_TEXT.get(column.kind or "", "{column}::text")).format(column=sql.Identifier(column.name))
        for column in selected.columns
    )
    named = (sql.SQL("{} AS {}").format(text, field) for text, field in zip(texts, fields, strict=True))
    order = (sql.SQL('{} COLLATE "C" NULLS FIRST').format(fields[at]) for at in selected.order)
    return sql.SQL(
        "COPY (SELECT * FROM (SELECT {named} FROM {table}) AS t ORDER BY {order}) "
        "TO STDOUT (FORMAT csv, ENCODING {encoding})"
    ).format(
        named=sql.SQL(", ").join(named),
        table=sql.Identifier(schema, table),
        order=sql.SQL(", ").join(order),
        encoding=sql.Literal(encoding),
    )


def _rows(connection: psycopg.Connection[Any], query: sql.Composed) -> Iterator[bytes]:
    with _awake(connection) as seen, connection.cursor() as cursor, cursor.copy(query) as copy:
        block = bytearray()
        for row in copy:
            seen.set()
            block += row
            if len(block) >= _BLOCK:
                yield bytes(block)
                block.clear()
        yield bytes(block)


@contextmanager
def _awake(connection: psycopg.Connection[Any]) -> Iterator[threading.Event]:
    """Ends the connection when nothing was seen for a while: a server that stops in the middle cannot hold us."""
    seen, is_over = threading.Event(), threading.Event()
    ours = socket.socket(fileno=os.dup(connection.fileno()))

    def watch() -> None:
        while not is_over.wait(SILENCE_SECONDS):
            if not seen.is_set():
                ours.shutdown(socket.SHUT_RDWR)
                return
            seen.clear()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()
        ours.close()


@contextmanager
def _told(asked: Asked) -> Iterator[None]:
    """What the driver raises becomes a sentence; its own words may hold the address or a value."""
    try:
        yield
    except SourceError:
        raise
    except psycopg.errors.InsufficientPrivilege:
        raise asked.refusal("database.rights") from None
    except (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable):
        raise asked.refusal("database.slow") from None
    except psycopg.Error as bad:
        raise asked.refusal("database.ended", state=bad.sqlstate or "connection") from None
