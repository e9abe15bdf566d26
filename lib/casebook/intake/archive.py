"""A zip of tables → the files inside it, each admitted like a delivered one under the name `outer.zip/inner.csv`.

Names without the UTF-8 flag are UTF-8 or GBK, as macOS and Chinese Windows write them. No name becomes a path: copies lie under their
digests. Documents and images beside the tables, and what systems leave in archives, are noted; anything else is read or refused.
"""

import hashlib
import os
import re
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from casebook.errors import SourceError
from casebook.intake import sentences, shapes, zipped
from casebook.intake.dataset import MAX_LISTED, Note
from casebook.intake.files import Admitted

_UTF_8_FLAG: Final = 0x800
_THREE_BYTES: Final = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_NO_TABLES: Final = frozenset({"kind.pdf", "kind.word", "kind.slides", "kind.image"})
_LITTER: Final = re.compile(
    r"(?:^|/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*|\._[^/]*)$", re.IGNORECASE
)
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_STEERING: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass
class _Copy:
    """Bytes of one part on their way to our copy."""

    path: Path
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    size: int = 0

    def add(self, block: bytes) -> None:
        """Appends the block; the file is readable by its owner only."""
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(block)
        self.digest.update(block)
        self.size += len(block)


def members(admitted: Admitted, folder: Path) -> tuple[list[Admitted], list[Note]]:
    """The tables in the archive by name, 2 before 10, and notes on it.

    Args:
        admitted: the archive.
        folder: where our copies are put, each under its digest.

    Raises:
        SourceError: the archive is damaged, too large, encrypted or has names or links that lead out of it; or one file in it is of a
            kind that is not read, or an archive itself: then none is read.
    """
    named = _named(admitted)
    litter = sorted(name for name in named.values() if _LITTER.search(name))
    copies = _unpacked(admitted, {part: name for part, name in named.items() if name not in litter}, folder)
    found, others = [], []
    for name in sorted(copies, key=_natural):
        member = _member(admitted, name, copies[name], folder)
        if member is None:
            others.append(name)
        else:
            found.append(member)
    if not found:
        raise sentences.refusal("archive.empty", admitted.name)
    notes = [Note("archive.member", member.name, items=(admitted.sha256,)) for member in found]
    for code, names in (("archive.other_file", others), ("archive.litter", litter)):
        if names:
            notes.append(Note(code, admitted.name, count=len(names), items=tuple(names[:MAX_LISTED])))
    return found, notes


def _named(admitted: Admitted) -> dict[str, str]:
    """Name of each file in the archive's directory → its name as meant."""
    named: dict[str, str] = {}
    parts = zipped.parts(admitted.copy, admitted.name)
    for number, part in enumerate(parts, 1):
        name = _meant(part)
        if not _is_safe(name.removesuffix("/") if part.is_dir() else name):
            raise sentences.refusal("archive.name", admitted.name, number=number)
        kind = stat.S_IFMT(part.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise sentences.refusal("archive.link", admitted.name, number=number)
        if not part.is_dir():
            named[part.filename] = name
        elif part.file_size:
            raise sentences.refusal("zip.damaged", admitted.name)
    if len(set(named.values())) < len(named):
        raise sentences.refusal("zip.overlap", admitted.name)
    return named


def _meant(part: zipfile.ZipInfo) -> str:
    if part.flag_bits & _UTF_8_FLAG or part.filename.isascii():
        return part.filename
    raw = part.filename.encode("cp437")
    candidates = ("utf-8", "gb18030") if _THREE_BYTES.search(raw) else ("gb18030", "utf-8")
    for encoding in candidates:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def _is_safe(name: str) -> bool:
    r"""Whether the name leads nowhere but into the archive, look-alikes of dots and slashes taken for what they look like.

    >>> [_is_safe(name) for name in ("甲/乙．csv", "../a", "a/．．/b", "/a", "C:a", "a／b", "a\\b", "")]
    [True, False, False, False, False, False, False, False]
    """
    folded = unicodedata.normalize("NFKC", name)
    segments = [segment.strip() for segment in folded.split("/")]
    is_plain = folded.count("/") == name.count("/") and "\\" not in folded and not _DRIVE.match(folded)
    leads_on = all(segment not in {"", ".", ".."} for segment in segments)
    return is_plain and leads_on and not any(unicodedata.category(sign) in _STEERING for sign in name)


def _unpacked(admitted: Admitted, named: dict[str, str], folder: Path) -> dict[str, _Copy]:
    """Every file of the archive in the folder; nothing is left there when one cannot be unpacked."""
    copies: dict[str, _Copy] = {}

    def watch(part: str) -> zipped.Watch | None:
        if part not in named:
            return None
        copy = copies[named[part]] = _Copy(folder / f"incoming-{os.getpid()}-{len(copies)}")
        return copy.add

    try:
        zipped.walk(admitted.copy, admitted.name, watch)
    except BaseException:
        for copy in copies.values():
            copy.path.unlink(missing_ok=True)
        raise
    return copies


def _member(admitted: Admitted, inner: str, unpacked: _Copy, folder: Path) -> Admitted | None:
    """The file, admitted; None when it is a document or an image."""
    name = f"{admitted.name}/{inner}"
    if not unpacked.size:
        raise sentences.refusal("file.empty", name)
    digest = unpacked.digest.hexdigest()
    copy = unpacked.path.rename(folder / digest)
    try:
        shape = shapes.shape(copy, name)
    except SourceError as refused:
        copy.unlink()
        if refused.code in _NO_TABLES:
            return None
        raise
    if shape == "archive":
        raise sentences.refusal("archive.nested", name)
    return Admitted(name, digest, unpacked.size, shape, copy)


def _natural(name: str) -> list[tuple[int, str]]:
    """Sorts numbers in names by their value.

    >>> sorted(["表10.csv", "表2.csv"], key=_natural)
    ['表2.csv', '表10.csv']
    """
    pieces = re.split(r"([0-9]+)", name)
    return [(int(piece), "") if piece.isdigit() and piece.isascii() else (-1, piece) for piece in pieces]
