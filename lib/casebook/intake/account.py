"""The account of an intake: what `intake.json` says. Counts, headers and places; never a value."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from casebook.errors import short
from casebook.intake.dataset import MAX_LISTED, FilePart, Note
from casebook.intake.watch import States

DATA: Final = "data.parquet"
REJECTS: Final = "rejects.parquet"
FLAGS: Final = "flags.parquet"
SUMMARY: Final = "intake.json"


@dataclass
class Notes:
    """Notes as they gather; those of one code, place and column are added up."""

    found: dict[tuple[str, str, str, tuple[str, ...]], Note] = field(default_factory=dict)

    def add(self, note: Note) -> None:
        """One more note."""
        key = (note.code, note.file, note.sheet, note.items)
        known = self.found.get(key)
        if known is not None:
            rows = tuple(sorted((*known.rows, *note.rows)))[:MAX_LISTED]
            note = replace(known, count=known.count + note.count, rows=rows)
        self.found[key] = note

    def add_rows(self, code: str, part: FilePart, rows: Sequence[int]) -> None:
        """Rows of a part that the code concerns."""
        if rows:
            self.add(Note(code, part.file, part.sheet, len(rows), tuple(sorted(rows))[:MAX_LISTED]))

    def add_items(self, code: str, part: FilePart, items: Iterable[str]) -> None:
        """Headers or columns that the code concerns."""
        if said := tuple(map(short, items)):
            self.add(Note(code, part.file, part.sheet, len(said), (), said))


@dataclass(frozen=True)
class Account:
    """What was read, kept, rejected and flagged.

    Attributes:
        rejects: first reason → rows; flags: code → rows.
        states: column → how many of the rows kept hold a value, a placeholder, nothing, or what cannot be read.
        kept: columns of data.parquet.
        dropped: columns that were delivered, checked and not kept.
    """

    contract: str
    parts: tuple[FilePart, ...]
    notes: tuple[Note, ...]
    rejects: Mapping[str, int]
    flags: Mapping[str, int]
    states: Mapping[str, States]
    kept: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def rows_kept(self) -> int:
        """Rows in data.parquet."""
        return sum(part.rows_kept for part in self.parts)

    def as_json(self) -> str:
        """The text of intake.json. With several sheets or files, encoding, header_row and sha256 are lists beside `files`."""
        parts = self.parts
        said: dict[str, Any] = {
            "rows_read": sum(part.rows_read for part in parts),
            "rows_kept": self.rows_kept,
            "rows_rejected": sum(part.rows_rejected for part in parts),
            "rejects": _by_count(self.rejects),
            "encoding": _one([part.encoding for part in parts]),
            "header_row": _one([part.header_row for part in parts]),
            "sha256": _one([part.sha256 for part in parts]),
            "notes": [_shown(note) for note in self.notes],
            "flags": _by_count(self.flags),
            "filled": {name: state.with_value for name, state in self.states.items()},
            "placeholders": {name: state.placeholder for name, state in self.states.items() if state.placeholder},
            "unreadable": {name: state.unreadable for name, state in self.states.items() if state.unreadable},
            "columns_kept": list(self.kept),
            "columns_dropped": list(self.dropped),
        }
        if len(parts) > 1:
            counted = ("file", "sheet", "rows_read", "rows_kept", "rows_rejected")
            said["files"] = [{key: getattr(part, key) for key in counted} for part in parts]
        return json.dumps(said, ensure_ascii=False, indent=2) + "\n"

    def metadata(self) -> str:
        """What data.parquet carries of the account, so that a Dataset can be had from it."""
        return json.dumps(
            {"contract": self.contract, "parts": [asdict(part) for part in self.parts]}, ensure_ascii=False
        )


def _by_count(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first, equal counts by name."""
    return dict(sorted(Counter(counts).items(), key=lambda entry: (-entry[1], entry[0])))


def _one(values: Sequence[Any]) -> Any:  # noqa: ANN401 (one value, or the list of them)
    return values[0] if len(values) == 1 else list(values)


def _shown(note: Note) -> dict[str, Any]:
    return {key: value for key, value in asdict(note).items() if value not in ("", 0, ())}
