"""`manifest.json`: every file of a bundle with size and SHA-256, and what identifies the run; `COMPLETE` comes last."""

import hashlib
import json
import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

from casebook import __version__

MANIFEST, COMPLETE = "manifest.json", "COMPLETE"
BLOCK = 1 << 20
COUNTED = ("polars", "narwhals", "python-calamine", "papermill", "altair")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(folder: Path) -> list[dict[str, Any]]:
    """Name, size and SHA-256 of each file of the folder, sorted by name, manifest and marker left out."""
    found = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in {MANIFEST, COMPLETE})
    return [{"path": p.relative_to(folder).as_posix(), "size": p.stat().st_size, "sha256": digest(p)} for p in found]


def write(folder: Path) -> None:
    """Write the manifest, force everything to disk, then the marker."""
    run = json.loads((folder / "run.json").read_text())
    ledger = json.loads((folder / "ledger.json").read_text())
    content = {
        "casebook": __version__,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in COUNTED},
        "seed": None,
        "files": files(folder),
        "bins": ledger["bins"],
        **run,
    }
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True))
    for path in folder.iterdir():
        _force(path)
    (folder / COMPLETE).write_text("")
    _force(folder / COMPLETE)


def _force(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
