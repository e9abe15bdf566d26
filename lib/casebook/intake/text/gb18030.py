"""The characters that Python's gb18030 codec reads into the private use area although Unicode encodes them.

`FE59` becomes U+E81E and not U+9FB4, for example, so that a name from such a file never equals the same name from UTF-8. The table
`gb18030_private_use.csv` has every two-byte code on which Python and `iconv -f GB18030` of glibc differ; the two-byte codes of the
user-defined areas have no character in either and stay private.
"""

import csv
from functools import cache
from importlib import resources
from typing import Final

_FILE: Final = "gb18030_private_use.csv"
_LEADS: Final = b"\xee"


@cache
def table() -> dict[str, str]:
    """Private-use character as Python decodes it → the character meant.

    >>> table()[chr(0xE81E)]
    '龴'
    """
    with (resources.files(__package__) / _FILE).open(encoding="utf-8") as file:
        return {chr(int(line["python"].replace("U+", ""), 16)): line["character"] for line in csv.DictReader(file)}


def settled(text: bytes) -> tuple[bytes, int]:
    """Text decoded from gb18030, in UTF-8, with the characters meant; and how many were replaced."""
    count = 0
    if _LEADS not in text:
        return text, count
    for old, new in _pairs():
        if found := text.count(old):
            text, count = text.replace(old, new), count + found
    return text, count


@cache
def _pairs() -> tuple[tuple[bytes, bytes], ...]:
    return tuple((old.encode(), new.encode()) for old, new in table().items())
