"""What is known of one source of a set: what came, what became of its rows, and what differs from the delivery before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from casebook.case import categories, id_quality
from casebook.case.categories import Category
from casebook.case.id_quality import IdQuality
from casebook.case.scenario import Scenario
from casebook.intake import deliveries, difference, store
from casebook.intake.account import DATA, FLAGS, SUMMARY
from casebook.intake.contract import Contract
from casebook.intake.dataset import FilePart, Note
from casebook.intake.deliveries import Delivery
from casebook.intake.difference import Difference
from casebook.intake.sources import Source
from casebook.intake.taking import META

Sentence = tuple[str, str]


@dataclass(frozen=True)
class Use:
    """One model that reads the table: title in both languages, and column → why it is read (`中文 | English`)."""

    model: str
    title_zh: str
    title_en: str
    why: Mapping[str, str]


@dataclass(frozen=True)
class Before:
    """The delivery of the contract that was obtained before this one."""

    obtained: date
    rows_kept: int
    filled: Mapping[str, float]
    difference: Difference


@dataclass(frozen=True)
class Facts:
    """What intake found in a delivery. Counts, shares, headers and places; the only values are named categories.

    Attributes:
        parts: files and sheets as read.
        rejects: first reason → rows; flags: code → rows with a cell in question; rows_in_question counts each row once.
        filled: column → share of the rows kept that have a value; columns the delivery lacks are not in it.
        same_as: the last earlier day on which the very same bytes were obtained; None where they are new.
    """

    parts: tuple[FilePart, ...]
    notes: tuple[Note, ...]
    rows_read: int
    rows_kept: int
    rejects: Mapping[str, int]
    flags: Mapping[str, int]
    rows_in_question: int
    filled: Mapping[str, float]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    ids: tuple[IdQuality, ...]
    categories: tuple[Category, ...]
    before: Before | None
    same_as: date | None = None

    @property
    def rows_rejected(self) -> int:
        """Rows refused, each with its reason."""
        return self.rows_read - self.rows_kept

    def noted(self, code: str) -> int:
        """What all notes of a code count."""
        return sum(note.count for note in self.notes if note.code == code)


@dataclass(frozen=True)
class Holding:
    """One source of the set.

    Attributes:
        facts: None when it was refused, or not read.
        refusal: the sentence (Chinese, English) of a source that was refused.
    """

    contract: Contract
    source: Source
    uses: tuple[Use, ...]
    facts: Facts | None = None
    refusal: Sentence | None = None


def uses_of(contract_id: str, models: Sequence[Scenario]) -> tuple[Use, ...]:
    """The models that read the contract."""
    return tuple(
        Use(model.id, model.title_zh, model.title_en, table.columns)
        for model in models
        for table in model.inputs
        if table.contract == contract_id
    )


def facts_of(taken: Delivery, contract: Contract, store_folder: Path) -> Facts:
    """The facts of a delivery in the store, beside those of the one obtained before it."""
    folder, account = taken.folder(store_folder), store.account(taken.folder(store_folder))
    last = _last(taken, store_folder)
    parts, filled = _parts(folder, taken.names), _filled(account, contract)
    here = tuple(name for name in account["columns_kept"] if name in filled)
    return Facts(
        parts=parts,
        notes=store.notes(folder),
        rows_read=account["rows_read"],
        rows_kept=account["rows_kept"],
        rejects=account["rejects"],
        flags=account["flags"],
        rows_in_question=_in_question(folder),
        filled=filled,
        kept=here,
        dropped=tuple(account["columns_dropped"]),
        ids=id_quality.of_delivery(folder, contract, here, taken.obtained),
        categories=categories.of_deliveries(folder, None if last is None else last.folder(store_folder), contract),
        before=None if last is None else _before(last, folder, contract, store_folder),
        same_as=_same_as(taken, store_folder),
    )


def _same_as(taken: Delivery, store_folder: Path) -> date | None:
    """The last earlier day on which the very same bytes were obtained; None where they are new."""
    records = deliveries.history(store_folder, taken.contract)
    days = [one.obtained for one in records if one.obtained < taken.obtained and one.digests == taken.digests]
    return max(days, default=None)


def _last(taken: Delivery, store_folder: Path) -> Delivery | None:
    """The delivery obtained before this one, or corrected by it on the same day, whose rows are still there."""
    now = (taken.obtained, taken.taken_at)
    records = deliveries.history(store_folder, taken.contract)
    earlier = [one for one in records if (one.obtained, one.taken_at) < now and one.digests != taken.digests]
    there = [one for one in earlier if (one.folder(store_folder) / SUMMARY).is_file()]
    return there[-1] if there else None


def _before(last: Delivery, now: Path, contract: Contract, store_folder: Path) -> Before:
    folder = last.folder(store_folder)
    account = store.account(folder)
    changes = difference.between(folder, now, contract)
    return Before(last.obtained, account["rows_kept"], _filled(account, contract), changes)


def _filled(account: Mapping[str, Any], contract: Contract) -> dict[str, float]:
    """Column → share of rows with a value, of the columns that were delivered, in the contract's order."""
    given, rows = {*account["columns_kept"], *account["columns_dropped"]}, account["rows_kept"]
    filled = account["filled"]
    return {
        n: filled[n] / rows for n in contract.names if n in given and (filled[n] or not _is_absent(n, account)) and rows
    }


def _is_absent(name: str, account: Mapping[str, Any]) -> bool:
    """Whether a file lacks the column: it is kept as blanks then, and says nothing about how it was filled."""
    return any(note["code"] == "columns_absent" and name in note.get("items", ()) for note in account["notes"])


def _in_question(folder: Path) -> int:
    """Rows with a cell in question, each once."""
    address = ("source_sha256", "source_sheet", "source_row")
    found: int = pl.scan_parquet(folder / FLAGS).select(address).unique().select(pl.len()).collect().item()
    return found


def _parts(folder: Path, names: Mapping[str, str]) -> tuple[FilePart, ...]:
    """Files and sheets under the names of this delivery."""
    plain = json.loads(pl.read_parquet_metadata(folder / DATA)[META])["parts"]
    parts = (FilePart(**part) for part in plain)
    return tuple(replace(part, file=names.get(part.sha256, part.file)) for part in parts)
