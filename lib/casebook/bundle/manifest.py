"""`manifest.json`: every file of a bundle with size and SHA-256, and what identifies the run; `COMPLETE` comes last."""

import hashlib
import json
import os
import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from casebook import __version__
from casebook.errors import BundleError

MANIFEST, COMPLETE = "manifest.json", "COMPLETE"
COUNTED = ("polars", "narwhals", "python-calamine", "papermill", "altair")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> list[dict[str, Any]]:
    """Name, size and SHA-256 of each file of the folder, sorted by name, manifest and marker left out.

    Raises:
        BundleError: the folder holds a link, a folder or anything else that is no plain file.
    """
    found = sorted(p for p in folder.iterdir() if p.name not in {MANIFEST, COMPLETE})
    if any(p.is_symlink() or not p.is_file() for p in found):
        raise BundleError(f"{folder.name}/: a bundle holds plain files only; remove links and folders from it")
    return [{"path": p.name, "size": p.stat().st_size, "sha256": digest(p)} for p in found]


def write(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest, force everything to disk, then the marker.

    Args:
        folder: the files of a bundle, `run.json` and `ledger.json` among them.
        facts: what only the caller knows of the run, `notebook_sha256` for example.
    """
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    ledger = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    content = {
        **run,
        **facts,
        "casebook": __version__,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in COUNTED},
        "seed": None,
        "files": files(folder),
        "bins": ledger["bins"],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    for path in (*folder.iterdir(), folder):
        force(path)
    (folder / COMPLETE).write_text("")
    force(folder / COMPLETE)
    force(folder)


def force(path: Path) -> None:
    """The file or folder is on disk, not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
