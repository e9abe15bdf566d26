"""A database table as a file: UTF-8, LF, RFC 4180, the header its column names; nobody but us may read it.

No value is a field without text, an empty text is `""`: as PostgreSQL writes CSV, so that every server gives the same bytes.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from casebook.intake import sink

SUFFIX: Final = ".csv"
MAX_NAME_BYTES: Final = 180
_MUST_QUOTE: Final = re.compile(r'[",\r\n]')


def line(fields: Sequence[str | None]) -> str:
    r"""One record with its line feed.

    >>> line(["张三", None, "", 'a"b', "x\ny"])
    '张三,,"","a""b","x\ny"\n'
    """
    return ",".join(["" if text is None else _field(text) for text in fields]) + "\n"


def _field(text: str) -> str:
    return text if text and not _MUST_QUOTE.search(text) else '"' + text.replace('"', '""') + '"'


def name(table: str) -> str:
    """The table's name as a file name: whatever is no letter, digit, dot, hyphen or underscore is escaped.

    >>> name("civil.发放"), name("../a/b"), name('x"; drop')
    ('civil.发放.csv', '..%2Fa%2Fb.csv', 'x%22%3B%20drop.csv')
    """
    plain = "".join(c if c.isalnum() or c in "._-" else f"%{ord(c):02X}" for c in table)
    if len(plain.encode()) > MAX_NAME_BYTES:
        plain = f"{plain[:40]}-{hashlib.sha256(table.encode()).hexdigest()[:16]}"
    return plain + SUFFIX


def write(path: Path, blocks: Iterable[bytes]) -> Path:
    """The file, which appears whole or not at all; its folder is ours alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.parent / f".{os.getpid()}{SUFFIX}.part"
    temporary.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            sink.synced(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sink.sync_folder(path.parent)
    return path
