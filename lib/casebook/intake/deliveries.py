"""The data centre's store: each file read once, each delivery on record.

    <store>/files/<sha256>                     our copy of a delivered file, readable by its owner only
    <store>/<contract>/<key>/                  data.parquet, rejects.parquet, flags.parquet, intake.json
    <store>/<contract>/snapshots/<obtained>-<contract file>/<engine>/<table>.csv   what a database said that day
    <store>/<contract>/deliveries/<key>.<obtained>.json   when and by which instrument it came, how long it may stay

The key is made of the contract, the bytes of the files in their order, the columns kept and the code that reads them: the same bytes
under another name are the same delivery.
"""

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import casebook
from casebook.intake import sentences, sink, store
from casebook.intake.account import SUMMARY
from casebook.intake.contract import Contract
from casebook.intake.database import tables as databases
from casebook.intake.sources import Source
from casebook.intake.take import take
from casebook.intake.wanted import Judge, Wanted

FILES: Final = "files"
SNAPSHOTS: Final = "snapshots"
RECORDS: Final = "deliveries"
_KEY_LENGTH: Final = 20


@dataclass(frozen=True)
class Delivery:
    """One delivery of one contract.

    Attributes:
        key: name of its folder in the store.
        files: name and SHA-256 of each file, in order.
        columns: canonical names kept.
        obtained: the day it was obtained; by: the instrument or request that allows it.
        retain_until: the day after which our copies are destroyed; None when nobody has said.
        taken_at: when it was first read, in UTC.
    """

    contract: str
    key: str
    files: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    obtained: date
    by: str
    retain_until: date | None
    taken_at: datetime

    @property
    def names(self) -> dict[str, str]:
        """Digest → name of the file in this delivery."""
        return {digest: name for name, digest in self.files}

    @property
    def digests(self) -> tuple[str, ...]:
        """SHA-256 of the files, in order: equal where the same bytes were delivered, whoever read them and how."""
        return tuple(digest for _, digest in self.files)

    def folder(self, store_folder: Path) -> Path:
        """Where its rows are."""
        return store_folder / self.contract / self.key


def take_in(
    contract: Contract,
    files: Sequence[Path],
    source: Source,
    store_folder: Path,
    *,
    columns: Collection[str],
    judges: Sequence[Judge] = (),
) -> Delivery:
    """The delivery of these files with at least the columns asked for; read only when the same bytes were not read before.

    Raises:
        SourceError: a file does not exist or is refused; then the store is as it was.
    """
    until = retained_until(contract, source)
    if until is not None and until < date.today():
        raise sentences.refusal("retention.passed", contract.id, until=until)
    named = tuple((file.name, _sha256(file)) for file in files)
    kept = tuple(name for name in contract.names if name in columns)
    key = _found(contract, named, kept, store_folder) or _key(contract, named, kept)
    folder = store_folder / contract.id / key
    if not (folder / SUMMARY).exists():
        copies = _private(store_folder / FILES)
        _private(folder.parent)
        take(contract, files, folder, Wanted(kept, judges, source.obtained, copies))
    said = Delivery(contract.id, key, named, kept, source.obtained, source.by, until, datetime.now(UTC))
    return _recorded(said, store_folder)


def retained_until(contract: Contract, source: Source) -> date | None:
    """The day after which our copies are destroyed: as the set says, else as many days after the delivery as the contract says."""
    days = contract.rules.retention_days
    if source.retain_until is None and days is not None:
        return source.obtained + timedelta(days=days)
    return source.retain_until


def snapshot(contract: Contract, source: Source, store_folder: Path) -> Path:
    """What the source's database said on the day it was obtained: read when that was not done before.

    Raises:
        SourceError: the table cannot be read as the contract demands.
    """
    assert source.database is not None  # noqa: S101 (asked of databases only)
    folder = _private(store_folder / contract.id / SNAPSHOTS / f"{source.obtained}-{contract.sha256[:12]}")
    return databases.taken(source.database, folder) or databases.snapshot(source.database, contract, folder)


def history(store_folder: Path, contract_id: str) -> list[Delivery]:
    """The deliveries of a contract on record, by the day they were obtained, then by the time they were read."""
    found = [_read(path) for path in (store_folder / contract_id / RECORDS).glob("*.json")]
    return sorted(found, key=lambda one: (one.obtained, one.taken_at))


def contracts(store_folder: Path) -> list[str]:
    """Contracts of which the store has records."""
    return sorted(path.parent.name for path in store_folder.glob(f"*/{RECORDS}"))


def _found(
    contract: Contract, named: Sequence[tuple[str, str]], kept: Collection[str], store_folder: Path
) -> str | None:
    """Key of the same bytes read before by the same code with these columns and perhaps more."""
    start = _bytes_key(contract, named)
    for path in sorted((store_folder / contract.id).glob(f"{start}-*/{SUMMARY}")):
        columns = set(store.account(path.parent)["columns_kept"])
        if set(kept) <= columns:
            return path.parent.name
    return None


def _key(contract: Contract, named: Sequence[tuple[str, str]], kept: Sequence[str]) -> str:
    columns = hashlib.sha256(",".join(kept).encode()).hexdigest()
    return f"{_bytes_key(contract, named)}-{columns[:8]}"


def _bytes_key(contract: Contract, named: Sequence[tuple[str, str]]) -> str:
    said = [contract.sha256, reading_digest(), *(digest for _, digest in named)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:_KEY_LENGTH]


@cache
def reading_digest() -> str:
    """SHA-256 of the code that reads, cleans ids and checks: what other code read is read again."""
    digest = hashlib.sha256()
    root = Path(casebook.__file__).parent
    for room in ("intake", "clean"):
        for file in sorted((root / room).rglob("*")):
            if file.suffix in {".py", ".csv"}:
                digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return digest.hexdigest()


def _sha256(file: Path) -> str:
    if not file.is_file():
        raise sentences.refusal("file.absent", file.name)
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _private(folder: Path) -> Path:
    """The folder, made so that only its owner may enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _recorded(delivery: Delivery, store_folder: Path) -> Delivery:
    """The delivery as it is on record, once for each day it was obtained on; a later word on it replaces the earlier one."""
    folder = _private(store_folder / delivery.contract / RECORDS)
    path = folder / f"{delivery.key}.{delivery.obtained}.json"
    if path.is_file():
        known = _read(path)
        delivery = replace(delivery, taken_at=known.taken_at)
        if known == replace(delivery, columns=known.columns):
            return known
    temporary = folder / f".{path.name}.{os.getpid()}"
    sink.write_text(temporary, json.dumps(asdict(delivery), ensure_ascii=False, default=str, indent=1))
    temporary.replace(path)
    sink.sync_folder(folder)
    return delivery


def _read(path: Path) -> Delivery:
    plain: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    until = plain["retain_until"]
    return Delivery(
        plain["contract"],
        plain["key"],
        tuple((name, digest) for name, digest in plain["files"]),
        tuple(plain["columns"]),
        date.fromisoformat(plain["obtained"]),
        plain["by"],
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(plain["taken_at"]),
    )
