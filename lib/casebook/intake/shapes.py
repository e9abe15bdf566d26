"""What a delivered file is, told by its content and never by its name; kinds that hold no table are refused with what to ask for."""

import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

from casebook.intake import sentences
from casebook.intake.workbook import compound
from casebook.intake.workbook.facts import DamagedError

Shape = Literal["text", "workbook", "markup", "parquet", "archive"]

HEAD: Final = 64 * 1024
_MAGIC: Final = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (rb"%PDF-", "kind.pdf"),
        (rb"\{\\rtf", "kind.word"),
        (
            rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif)",
            "kind.image",
        ),
        (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh.1AY&SY|\xfd7zXZ|.{257}ustar", "kind.packed"),
        (rb"ARROW1|FEA1|\xff{4}.{3}\x00.\x00{3}", "kind.frame"),
        (rb"SQLite format 3\x00|.{4}Standard (?:Jet|ACE) DB", "kind.database"),
        (rb"\x80[\x02-\x05]", "kind.pickle"),
        (rb"PARE", "parquet.encrypted"),
    )
)
_PARQUET: Final = b"PAR1"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DBF: Final = frozenset(b"\x02\x03\x30\x31\x32\x43\x63\x83\x8b\xcb\xf5\xfb")
_BLANKS: Final = "\ufeff\x00 \t\r\n"
_MARKUP: Final = re.compile(r"<(?:!doctype|\?xml|!--|[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
_JSON: Final = re.compile(r'(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})|\[\s*\[\s*["0-9]')
_MAIL_LINE: Final = re.compile(
    r"(?:received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+): ?", re.IGNORECASE
)
_WEB_ARCHIVE: Final = re.compile(r"multipart/related|snapshot-content-location", re.IGNORECASE)
_SHEET_PARTS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_DOCUMENT_PARTS: Final = (
    ("word/document.xml", "kind.word"),
    ("ppt/presentation.xml", "kind.slides"),
    ("OFD.xml", "kind.pdf"),
)
_BY_SUFFIX: Final[dict[str, frozenset[Shape]]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt", ".tab"), frozenset[Shape]({"text"})),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".et"), frozenset[Shape]({"workbook"})),
    **dict.fromkeys((".html", ".htm", ".xml"), frozenset[Shape]({"markup"})),
    **dict.fromkeys((".parquet", ".pq"), frozenset[Shape]({"parquet"})),
    ".zip": frozenset[Shape]({"archive"}),
}


def shape(copy: Path, name: str) -> Shape:
    """The shape of the file.

    Args:
        copy: its bytes.
        name: what messages call it.

    Raises:
        SourceError: it is of a kind that is not read; the sentence says what to ask the agency for.
    """
    with copy.open("rb") as file:
        head = file.read(HEAD)
    if (code := _refused(head)) is not None:
        raise sentences.refusal(code, name)
    if head.startswith(_PARQUET):
        _refuse_cut(copy, name)
        return "parquet"
    if head.startswith(compound.MAGIC):
        return _of_container(copy, name)
    if head.startswith(_ZIP):
        return _of_archive(copy, name)
    return _of_text(head, name)


def is_markup(head: bytes) -> bool:
    """Whether a file with these first bytes is HTML or XML.

    >>> is_markup(b"  <TABLE border=1>"), is_markup(b"<5,<table>")
    (True, False)
    """
    text = _as_text(head)
    return text is not None and _MARKUP.match(text.lstrip(_BLANKS)) is not None


def contradicts(name: str, found: Shape) -> bool:
    """Whether the ending of the name says another shape than the content has.

    >>> contradicts("表.xls", "markup"), contradicts("表.XLS", "workbook"), contradicts("表", "text")
    (True, False, False)
    """
    said = _BY_SUFFIX.get(Path(name).suffix.lower())
    return said is not None and found not in said


def _refused(head: bytes) -> str | None:
    """The code that refuses a file with these first bytes."""
    for pattern, code in _MAGIC:
        if pattern.match(head):
            return code
    return "kind.dbf" if _is_dbf(head) else None


def _is_dbf(head: bytes) -> bool:
    """A dBASE table: its version, a day, and a header of whole field descriptions."""
    if len(head) < 33 or head[0] not in _DBF or not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    length = int.from_bytes(head[8:10], "little")
    return length >= 65 and (length % 32 in {1, 8, 2})


def _refuse_cut(copy: Path, name: str) -> None:
    size = copy.stat().st_size
    with copy.open("rb") as file:
        file.seek(max(0, size - len(_PARQUET)))
        if size < 12 or file.read() != _PARQUET:
            raise sentences.refusal("parquet.damaged", name)


def _of_container(copy: Path, name: str) -> Shape:
    """An OLE container whose directory cannot be read is left to the reader of workbooks, which says that it is damaged."""
    try:
        streams = compound.Container(copy.read_bytes()).names
    except (DamagedError, struct.error):
        return "workbook"
    if streams & {"Workbook", "Book"}:
        return "workbook"
    if "EncryptedPackage" in streams:
        raise sentences.refusal("workbook.encrypted", name)
    if "WordDocument" in streams:
        raise sentences.refusal("kind.word", name)
    if "PowerPoint Document" in streams:
        raise sentences.refusal("kind.slides", name)
    if any(stream.startswith("__substg1.0") for stream in streams):
        raise sentences.refusal("kind.mail", name)
    raise sentences.refusal("kind.unknown", name)


def _of_archive(copy: Path, name: str) -> Shape:
    try:
        with zipfile.ZipFile(copy) as archive:
            names = set(archive.namelist())
            kind = archive.getinfo("mimetype").file_size if "mimetype" in names else 0
            mimetype = archive.read("mimetype") if 0 < kind < 200 else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        raise sentences.refusal("zip.damaged", name) from None
    for part, code in _DOCUMENT_PARTS:
        if part in names:
            raise sentences.refusal(code, name)
    if names & _SHEET_PARTS:
        if mimetype.startswith(b"application/vnd.oasis.opendocument.") and b"spreadsheet" not in mimetype:
            raise sentences.refusal("kind.word", name)
        return "workbook"
    return "archive"


def _of_text(head: bytes, name: str) -> Shape:
    text = _as_text(head)
    if text is None:
        raise sentences.refusal("kind.unknown", name)
    begin = text.lstrip(_BLANKS)
    if _MARKUP.match(begin):
        return "markup"
    if _JSON.match(begin):
        raise sentences.refusal("kind.json", name)
    if _MAIL_LINE.match(begin) or (begin[:5].lower() == "from:" and _MAIL_LINE.search(begin)):
        raise sentences.refusal("kind.web_archive" if _WEB_ARCHIVE.search(begin) else "kind.mail", name)
    return "text"


def _as_text(head: bytes) -> str | None:
    """The first bytes as far as their ASCII goes; None when they are no text."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, "replace")
    sample = head[:4096]
    return head.decode("latin-1") if sample.count(0) * 10 < len(sample) else None
