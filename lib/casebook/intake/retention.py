"""Copies of sources past their retention date are destroyed, and that they were is kept on record (个人信息保护法 47, 数据安全法 38).

Destroyed are our copy of the file and every table made of it. What the agency delivered lies where its user put it, and reports stay
as they are. A record names digests, counts and dates, no file name and no value.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from casebook.intake import deliveries, sink, store
from casebook.intake.deliveries import FILES, RECORDS, SNAPSHOTS, Delivery
from casebook.intake.take import INCOMING

JOURNAL: Final = "purged.jsonl"


@dataclass(frozen=True)
class Destroyed:
    """One table and the copies it was made of.

    Attributes:
        files: SHA-256 of the copies that went with it; a copy that another delivery still needs is not among them.
        rows: rows that were kept of it.
    """

    contract: str
    key: str
    obtained: date
    retain_until: date
    files: tuple[str, ...]
    rows: int


def expired(store_folder: Path, today: date) -> list[Delivery]:
    """Deliveries on record whose retention date has passed and that no later record keeps alive; oldest date first."""
    found = []
    for contract in deliveries.contracts(store_folder):
        records = deliveries.history(store_folder, contract)
        alive = {one.key for one in records if one.retain_until is None or one.retain_until >= today}
        found += [one for one in records if one.key not in alive]
    return sorted(found, key=lambda one: (one.retain_until or date.max, one.contract, one.key))


def purge(store_folder: Path, today: date) -> list[Destroyed]:
    """Destroys what is expired and what an interrupted intake left behind; each table is on record before it goes.

    Args:
        store_folder: the data centre's store.
        today: the day; a table may stay on its retention date itself.
    """
    gone = []
    for delivery in expired(store_folder, today):
        folder = delivery.folder(store_folder)
        if folder.is_dir():
            destroyed = _destroyed(delivery, store_folder, today)
            _put_on_record(store_folder, destroyed)
            gone.append(destroyed)
            shutil.rmtree(folder)
            _remove_snapshots(store_folder / delivery.contract / SNAPSHOTS, delivery.digests)
        _record(delivery, store_folder).unlink(missing_ok=True)
    for digest in _unneeded(store_folder):
        (store_folder / FILES / digest).unlink(missing_ok=True)
    sweep(store_folder)
    return gone


def journal(store_folder: Path) -> list[dict[str, object]]:
    """What was destroyed, oldest first."""
    path = store_folder / JOURNAL
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def sweep(store_folder: Path) -> None:
    """Removes what an intake left behind whose process is no more."""
    for work in (*store_folder.glob(f"*/{INCOMING}*"), *store_folder.glob(f"{INCOMING}*")):
        if not _is_alive(work.name.removeprefix(INCOMING).split("-")[0]):
            shutil.rmtree(work, ignore_errors=True)


def _destroyed(delivery: Delivery, store_folder: Path, today: date) -> Destroyed:
    needed = _needed(store_folder, besides={(one.contract, one.key) for one in expired(store_folder, today)})
    files = tuple(digest for _, digest in delivery.files if digest not in needed)
    rows = int(store.account(delivery.folder(store_folder))["rows_kept"])
    assert delivery.retain_until is not None  # noqa: S101 (only such are expired)
    return Destroyed(delivery.contract, delivery.key, delivery.obtained, delivery.retain_until, files, rows)


def _remove_snapshots(folder: Path, digests: Collection[str]) -> None:
    """What a database said, where the delivery was made of it."""
    for path in folder.glob("*/*/*.csv"):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest in digests:
            path.unlink()


def _record(delivery: Delivery, store_folder: Path) -> Path:
    return store_folder / delivery.contract / RECORDS / f"{delivery.key}.{delivery.obtained}.json"


def _needed(store_folder: Path, besides: Collection[tuple[str, str]] = ()) -> set[str]:
    """Digests of the copies that some delivery on record was made of."""
    return {
        digest
        for contract in deliveries.contracts(store_folder)
        for one in deliveries.history(store_folder, contract)
        if (contract, one.key) not in besides
        for _, digest in one.files
    }


def _unneeded(store_folder: Path) -> list[str]:
    needed = _needed(store_folder)
    return sorted(path.name for path in (store_folder / FILES).glob("*") if path.name not in needed)


def _put_on_record(store_folder: Path, destroyed: Destroyed) -> None:
    """One line more in the journal, on the disk before anything is removed."""
    said = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(destroyed)}
    descriptor = os.open(store_folder / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False, default=str) + "\n")
        file.flush()
        sink.synced(file.fileno())
    sink.sync_folder(store_folder)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, OSError):
        return False
    return True
