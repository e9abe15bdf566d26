"""A delivered file is admitted: copied while its digest is taken, and told by its content what it is.

Only the copy is parsed, so that the digest and the rows are of the same bytes even when the source changes meanwhile.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.intake import sentences, shapes
from casebook.intake.shapes import Shape

BLOCK: Final = 8 * 1024 * 1024


@dataclass(frozen=True)
class Admitted:
    """One file as received: its name, digest (SHA-256, hex), size in bytes, shape by content, and our copy of it."""

    name: str
    sha256: str
    size: int
    shape: Shape
    copy: Path


def admit(path: Path, folder: Path) -> Admitted:
    """The file, copied into `folder` under its digest.

    Raises:
        SourceError: when it cannot be opened, is no regular file, is empty, is written to meanwhile, or is of a kind that is not read.
    """
    descriptor = _open(path)
    before = _state(descriptor)
    incoming = folder / f"incoming-{os.getpid()}"
    digest, size = hashlib.sha256(), 0
    made = os.open(incoming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "rb") as source, os.fdopen(made, "wb") as target:
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
            size += len(block)
        after = _state(source.fileno())
    if before != after or size != after[0]:
        incoming.unlink()
        raise sentences.refusal("file.changing", path.name)
    copy = incoming.rename(folder / digest.hexdigest())
    if size == 0:
        raise sentences.refusal("file.empty", path.name)
    shape = shapes.shape(copy, path.name)
    return Admitted(path.name, digest.hexdigest(), size, shape, copy)


def _state(descriptor: int) -> tuple[int, int]:
    """Size and time of the last change."""
    told = os.fstat(descriptor)
    return told.st_size, told.st_mtime_ns


def _open(path: Path) -> int:
    """A descriptor of a regular file; links and pipes are not followed and cannot make us wait."""
    if "\x00" in str(path):
        raise sentences.refusal("file.name_nul", path.name.replace("\x00", ""))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as bad:
        if path.is_symlink():
            raise sentences.refusal("file.link", path.name) from None
        raise sentences.refusal("file.unopened", path.name, reason=bad.strerror or type(bad).__name__) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise sentences.refusal("file.not_regular", path.name)
    return descriptor
