"""Which part of a zipped workbook holds which sheet, and what else its parts are: comments, macros, links, objects."""

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from casebook.intake.workbook import biff12
from casebook.intake.workbook.facts import DamagedError

MAX_SMALL: Final = 64 * 1024 * 1024
_NOTES: Final = (
    ("workbook.macros", re.compile(r"(^|/)vbaproject\.bin$|^basic/.+/[^/]+\.xml$|^scripts/")),
    ("workbook.external_links", re.compile(r"^xl/externallinks/[^/]+$")),
    ("workbook.embedded", re.compile(r"^xl/(embeddings|activex|ctrlprops)/[^/]+$|^object [0-9]+/content\.xml$")),
    ("workbook.connections", re.compile(r"^xl/(connections\.(xml|bin)|querytables/.+)$")),
)
_NO_CELLS: Final = ("/chartsheet", "/dialogsheet")
_PROLOG: Final = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*<[A-Za-z_]", re.DOTALL)
_ENCODING: Final = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


class MarkupError(Exception):
    """A part declares a document type, or is not UTF-8."""


def notes(names: Sequence[str]) -> list[tuple[str, int]]:
    """Codes of what is never followed, run or opened, with their counts."""
    counted = ((code, sum(bool(sign.search(name.lower())) for name in names)) for code, sign in _NOTES)
    return [(code, count) for code, count in counted if count]


def prolog_check() -> Callable[[bytes], None]:
    """A watch of an XML part: its first block reaches the root element, and nothing before that declares entities."""
    is_seen = False

    def see(block: bytes) -> None:
        nonlocal is_seen
        if not is_seen:
            is_seen = True
            check_prolog(block)

    return see


def check_prolog(begin: bytes) -> None:
    """Passes the begin of an XML part that is UTF-8 and has no document type.

    Raises:
        MarkupError: it has, or is not.
    """
    encoding = _ENCODING.match(begin)
    if not _PROLOG.match(begin) or (encoding and encoding.group(1).lower() not in _ENCODINGS):
        raise MarkupError


def sheet_parts(copy: Path, book: str) -> dict[str, str]:
    """Name of each sheet of cells → name of its part, in the spelling of the archive; sheets of a chart or dialog have none."""
    with zipfile.ZipFile(copy) as archive:
        spelled = {name.lower(): name for name in archive.namelist()}
        relations = _relations(_small(archive, spelled, f"xl/_rels/{book}.rels"))
        raw = _small(archive, spelled, f"xl/{book}")
    named = biff12.bundles(raw) if book.endswith(".bin") else _sheets(raw)
    return {name: spelled.get(_path(relations[id_]).lower(), "") for name, id_ in named if id_ in relations}


def is_1904(copy: Path, book: str) -> bool:
    """Whether the book counts its days from 1904."""
    with zipfile.ZipFile(copy) as archive:
        spelled = {name.lower(): name for name in archive.namelist()}
        raw = _small(archive, spelled, f"xl/{book}")
    if book.endswith(".bin"):
        return biff12.is_1904(raw)
    return any(
        element.get("date1904") in {"1", "true"}
        for element in _parsed(raw).iter()
        if element.tag.endswith("workbookPr")
    )


def _small(archive: zipfile.ZipFile, spelled: dict[str, str], name: str) -> bytes:
    if name not in spelled:
        raise DamagedError("the book has no list of its sheets")
    with archive.open(spelled[name]) as file:
        found = file.read(MAX_SMALL)
    if not name.endswith(".bin"):
        check_prolog(found)
    return found


def _parsed(raw: bytes) -> ET.Element:
    try:
        return ET.fromstring(raw)  # noqa: S314
    except ET.ParseError:
        raise DamagedError("the XML of the book's list of sheets") from None


def _relations(raw: bytes) -> dict[str, str]:
    relations = (element for element in _parsed(raw) if not element.get("Type", "").endswith(_NO_CELLS))
    return {element.get("Id", ""): element.get("Target", "") for element in relations}


def _sheets(raw: bytes) -> list[tuple[str, str]]:
    found = []
    for element in _parsed(raw).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            ids = [value for key, value in element.attrib.items() if key.endswith("relationships}id")]
            found.append((element.get("name", ""), ids[0] if ids else ""))
    return found


def _path(target: str) -> str:
    """The part a relation of the book means."""
    if target.startswith("/"):
        return target[1:]
    path: list[str] = ["xl"]
    for piece in target.split("/"):
        if piece == "..":
            path = path[:-1]
        elif piece != ".":
            path.append(piece)
    return "/".join(path)
