"""Delivered files of one contract → a folder with data, rejects, flags and their account: every row read is in one of the first two.

Rows are read, sorted, judged and written in batches, so that memory is bounded by a batch and not by the delivery.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from casebook.intake import sentences, sink
from casebook.intake.account import DATA, FLAGS, REJECTS, SUMMARY, Account
from casebook.intake.contract import Contract
from casebook.intake.taking import DESK, Taking
from casebook.intake.wanted import Wanted

INCOMING: Final = ".incoming-"
ALL: Final = Wanted()


def take(contract: Contract, paths: Sequence[Path], folder: Path, wanted: Wanted = ALL) -> Account:
    """Writes `data.parquet`, `rejects.parquet`, `flags.parquet` and `intake.json` into the folder, all four or none.

    Raises:
        SourceError: when a file as a whole cannot be read as the contract demands; then nothing is written.
    """
    if not paths:
        raise sentences.refusal("file.none", contract.id)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if wanted.copies is not None:
        wanted.copies.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = Path(tempfile.mkdtemp(prefix=f"{INCOMING}{os.getpid()}-", dir=folder if folder.is_dir() else folder.parent))
    try:
        with ExitStack() as stack:
            said = Taking(contract, wanted, work, stack).run(paths)
        shutil.rmtree(work / DESK)
        sink.write_text(work / SUMMARY, said.as_json())
        _publish(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return said


def _publish(work: Path, folder: Path) -> None:
    """The folder appears whole; in a folder that is there already the account goes first and comes last."""
    sink.sync_folder(work)
    if not folder.exists():
        try:
            work.rename(folder)
        except OSError:
            if not (folder / SUMMARY).exists():
                raise
        sink.sync_folder(folder.parent)
        return
    (folder / SUMMARY).unlink(missing_ok=True)
    for name in (DATA, REJECTS, FLAGS, SUMMARY):
        (work / name).replace(folder / name)
    sink.sync_folder(folder)
