"""The folder of one run: whole bundles, work folders beside them that start with a dot, and what was set aside.

A bundle appears and disappears by rename only. Nothing that was whole is deleted: a bundle that is replaced, or whose model has
failed since, moves to `superseded/`, so that no stale report stands beside a newer outcome.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from casebook.bundle.manifest import COMPLETE, MANIFEST, digest, force
from casebook.errors import BundleError

WORK = ".work-"
SUPERSEDED = "superseded"
NO_LOCKS = {errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EINVAL}


@contextlib.contextmanager
def alone(run_folder: Path) -> Iterator[None]:
    """The run folder is this process's only, left-over work folders of killed runs are gone before and our own after.

    The lock is on the folder itself and ends with the process, however it ends. Where the file system has no locks (some network
    shares), two batches at a time cannot be told and nothing of another is removed.

    Raises:
        BundleError: another batch runs in the folder.
    """
    run_folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(run_folder, os.O_RDONLY)
    is_locked = False
    try:
        is_locked = _lock(descriptor, run_folder)
        if is_locked:
            clear_work(run_folder)
        yield
    finally:
        if is_locked:
            clear_work(run_folder)
        os.close(descriptor)


def _lock(descriptor: int, run_folder: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BundleError(
            f"{run_folder.name}/: another batch is running in this folder; wait for it or give another --out"
        ) from None
    except OSError as caught:
        if caught.errno not in NO_LOCKS:
            raise
        return False
    return True


def work_folder(run_folder: Path, scenario: str) -> Path:
    """A new private folder beside the bundle's place, on the same file system."""
    run_folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{WORK}{scenario}-", dir=run_folder))


def clear_work(run_folder: Path) -> None:
    """Remove work folders; only call where no other batch can be at work."""
    for left in run_folder.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)


def publish(work: Path, bundle: Path) -> None:
    """The work folder takes the bundle's name; an older bundle there is set aside.

    Raises:
        BundleError: the work folder is not whole.
    """
    if not (work / COMPLETE).is_file():
        raise BundleError(f"{bundle.name}/: not whole, it has no {COMPLETE}; run the scenario again")
    set_aside(bundle)
    work.rename(bundle)
    force(bundle.parent)


def set_aside(bundle: Path) -> Path | None:
    """Move a bundle to `superseded/<scenario>-<12 digits of its manifest's hash>`; its new place, None when there was none.

    The same bundle set aside twice is kept once.
    """
    if bundle.is_symlink() or not bundle.is_dir():
        return None
    manifest = bundle / MANIFEST
    name = digest(manifest)[:12] if manifest.is_file() else "incomplete"
    place = bundle.parent / SUPERSEDED / f"{bundle.name}-{name}"
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        gone = Path(tempfile.mkdtemp(prefix=f"{WORK}{bundle.name}-", dir=bundle.parent))
        bundle.rename(gone / "twice")
        shutil.rmtree(gone)
    else:
        bundle.rename(place)
    return place
