"""Which file answers which contract: `sources.yml`, the only place where the paths of a delivery stand.

    set: qinghe-2026
    as_of: 2026-03-31
    division: '900001'
    synthetic: true
    sources:
      civil_subsidy_payments:
        files: [civil/payments_1.xls, civil/payments_2.xls]
        obtained: 2026-03-20
        by: 调取证据通知书 900001-2026-7
        retain_until: 2026-12-31

      civil_destitute_support:
        database: {url_env: CIVIL_DATABASE, table: civil.destitute}
        obtained: 2026-03-20
        by: 调取证据通知书 900001-2026-8

Paths are relative to the file itself and stay in the project, so that a set can be moved whole and names nothing else. The address of
a database, with its password, is in the environment under the name `url_env`, or in a file `url_file` that only its owner can read.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from casebook.intake import sentences, yamlsafe

PROJECT_MARK: Final = "data_contracts"
_TOP: Final = frozenset({"set", "as_of", "division", "synthetic", "sources"})
_ENTRY: Final = frozenset({"files", "database", "obtained", "by", "retain_until"})
_DATABASE: Final = frozenset({"url_env", "url_file", "table"})
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Database:
    """A table in a database; its address is never here.

    Attributes:
        url_env: name of the environment variable that holds the address; empty when a file does.
        table: as the database calls it, after its schema and a dot where it needs one.
        url_file: the file that holds the address.
    """

    url_env: str
    table: str
    url_file: Path | None = None

    @property
    def kept_in(self) -> str:
        """Where the address is kept, for messages."""
        return f"url_env {self.url_env}" if self.url_file is None else f"url_file {self.url_file.name}"


@dataclass(frozen=True)
class Source:
    """What answers one contract: files or a database table, obtained when, by which instrument or request, kept until when."""

    obtained: date
    by: str
    files: tuple[str, ...] = ()
    database: Database | None = None
    retain_until: date | None = None


@dataclass(frozen=True)
class SourceSet:
    """One delivery of several agencies.

    Attributes:
        as_of: the day the data speak of.
        division: 6-digit code of the district; None when not said.
        synthetic: true when no real person can be in it.
        folder: where relative paths begin.
    """

    set: str
    as_of: date
    folder: Path = field(repr=False)
    sources: Mapping[str, Source] = field(default_factory=dict)
    division: str | None = None
    synthetic: bool = False

    def files(self, contract_id: str) -> list[Path]:
        """The files of a contract, in the order of the set; none where the source is a database.

        Raises:
            SourceError: when the set has no source for it, or a path leaves the project.
        """
        source = self.sources.get(contract_id)
        if source is None:
            known = ", ".join(self.sources)
            raise sentences.refusal("set.no_source", self.set, contract=contract_id, known=known)
        return [inside(self.folder, name) for name in source.files]


def load(path: Path) -> SourceSet:
    """The source set in the file.

    Raises:
        SourceError: one sentence naming the file and the key that is missing, unknown or unreadable.
    """
    document = _mapping(yamlsafe.load(path), path.name, "the file")
    _refuse_unknown(document, _TOP, path.name, "the file")
    entries = _mapping(document.get("sources"), path.name, "sources")
    synthetic = document.get("synthetic", False)
    if not isinstance(synthetic, bool):
        raise sentences.refusal("set.synthetic", path.name)
    division = document.get("division")
    return SourceSet(
        set=_text(document, "set", path.name, "the file"),
        as_of=_day(document, "as_of", path.name, "the file"),
        folder=path.parent,
        sources={name: _retained(_mapping(entry, path.name, name), path, name) for name, entry in entries.items()},
        division=None if division is None else str(division),
        synthetic=synthetic,
    )


def inside(folder: Path, name: str) -> Path:
    """`folder/name`, when the name is a plain relative path that stays in the project.

    The project is the nearest folder above that holds `data_contracts/`; without one, it is `folder` itself. Absolute paths, drive
    letters, back slashes, NUL and full-width look-alikes of dots and slashes are refused, and so are links that lead out.
    """
    folded = unicodedata.normalize("NFKC", name)
    has_tricks = folded.count("/") != name.count("/") or folded.count(".") != name.count(".")
    if has_tricks or not name or folded.startswith("/") or any(c in folded for c in "\\:\x00\n\r"):
        raise sentences.refusal("set.path", repr(name))
    root = next((above for above in folder.resolve().parents if (above / PROJECT_MARK).is_dir()), folder.resolve())
    found = folder / name
    if not found.resolve().is_relative_to(root):
        raise sentences.refusal("set.path_out", repr(name))
    return found


def _retained(entry: Mapping[str, Any], path: Path, name: str) -> Source:
    """The source, with the day after which our copies of it are destroyed where one is said."""
    source, file = _source(entry, path, name), path.name
    if "retain_until" not in entry:
        return source
    until = _day(entry, "retain_until", file, name)
    if until < source.obtained:
        raise sentences.refusal("set.retention", file, name=name)
    return replace(source, retain_until=until)


def _source(entry: Mapping[str, Any], path: Path, name: str) -> Source:
    file = path.name
    _refuse_unknown(entry, _ENTRY, file, name)
    if ("files" in entry) == ("database" in entry):
        raise sentences.refusal("set.either", file, name=name)
    obtained, by = _day(entry, "obtained", file, name), _text(entry, "by", file, name)
    if "database" in entry:
        said = _mapping(entry["database"], file, f"{name}.database")
        return Source(obtained, by, database=_database(said, path, f"{name}.database"))
    files = entry["files"]
    if not isinstance(files, list) or not files or not all(isinstance(path, str) and path for path in files):
        raise sentences.refusal("set.files", file, name=name)
    return Source(obtained, by, files=tuple(files))


def _database(said: Mapping[str, Any], path: Path, place: str) -> Database:
    """The table, when the entry says where the address is kept and not the address itself."""
    file, variable = path.name, str(said.get("url_env", ""))
    if any("://" in f"{key}{value}" for key, value in said.items()) or "url" in said:
        raise sentences.refusal("database.url_here", f"{file}: {place}")
    _refuse_unknown(said, _DATABASE, file, place)
    table = _text(said, "table", file, place)
    if ("url_env" in said) == ("url_file" in said):
        raise sentences.refusal("database.one_address", f"{file}: {place}")
    if "url_file" in said:
        return Database("", table, inside(path.parent, _text(said, "url_file", file, place)))
    if not _VARIABLE.fullmatch(variable):
        raise sentences.refusal("database.variable", f"{file}: {place}")
    return Database(variable, table)


def _mapping(value: object, file: str, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise sentences.refusal("set.mapping", file, at=place)
    return value


def _refuse_unknown(value: Mapping[str, Any], known: frozenset[str], file: str, place: str) -> None:
    if unknown := sorted(set(value) - known):
        raise sentences.refusal(
            "set.unknown", file, at=place, unknown=", ".join(unknown), known=", ".join(sorted(known))
        )


def _text(value: Mapping[str, Any], key: str, file: str, place: str) -> str:
    said = value.get(key)
    if said is None or isinstance(said, list | dict) or not str(said).strip():
        raise sentences.refusal("set.needs", file, at=place, key=key)
    return str(said)


def _day(value: Mapping[str, Any], key: str, file: str, place: str) -> date:
    said = _text(value, key, file, place)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise sentences.refusal("set.day", file, at=place, key=key) from None
