"""The file a command writes its answer to: looked at before any work, then written whole or not at all."""

import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from casebook.cli import say


def check(out: Path, inputs: Sequence[Path]) -> bool:
    """Whether there is an older file that the answer will replace.

    The call is wrong when the folder does not exist, when `out` is anything but a regular file (a link, a folder, a device, a pipe),
    or when it is one of the inputs under whatever name.
    """
    if not out.parent.is_dir():
        say.wrong_call(f"the folder of --out {out} does not exist; make it first")
    if out.is_symlink():
        say.wrong_call(f"--out {out} is a link; name the file itself")
    if not out.exists():
        return False
    if not out.is_file():
        say.wrong_call(f"--out {out} is no regular file; give the pairs a name of their own")
    for path in inputs:
        if out.samefile(path):
            say.wrong_call(f"--out would overwrite the table {path}; give the pairs another name")
    return True


def write(out: Path, fill: Callable[[BinaryIO], object]) -> None:
    """The file as `fill` writes it, for its owner only; of a failure nothing is left.

    The name it is written under first is random and did not exist, so that no link laid in its way is followed.
    """
    draft = out.with_name(f".casebook-{secrets.token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
