"""What of a set's sources needs a look, the worst first. Each look is a code with its facts; a report has the sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from casebook.case.holding import Before, Facts, Holding

SOON_DAYS: Final = 60
_FALLEN: Final = 0.10
_EMPTY: Final = 0.01
_UNUSABLE: Final = 0.02
_REMOVED: Final = 0.10
_DRIFTED: Final = 0.10
_TOTALS: Final = "row.total"  # a row of totals is no record that is missing
ORDER: Final = (
    "refused", "retention_passed", "same_bytes", "rows_fewer", "column_emptied", "fill_fallen", "ids_unusable", "rejected",
    "hidden_sheets", "row_count_low", "fill_low", "stale", "in_question", "new_values", "vanished_values", "drifted",
    "duplicates", "expires_soon",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One thing to look at.

    Attributes:
        code: one of `ORDER`, which lists the worst first.
        weight: how bad among its like, the share concerned mostly.
        facts: numbers, columns and category names for the sentence.
    """

    contract: str
    code: str
    weight: float = 0.0
    facts: Mapping[str, object] = field(default_factory=dict)


def of_holdings(holdings: Sequence[Holding], today: date) -> tuple[Look, ...]:
    """All looks of the sources, the worst first."""
    found = (look for one in holdings for look in _of(one, today))
    return tuple(sorted(found, key=lambda look: (ORDER.index(look.code), -look.weight, look.contract)))


def _of(one: Holding, today: date) -> Iterator[Look]:
    name, until = one.contract.id, one.source.retain_until
    if one.refusal is not None:
        yield Look(name, "refused", facts={"sentence": one.refusal})
    if until is not None and until < today:
        yield Look(name, "retention_passed", facts={"until": until})
    elif until is not None and (days := (until - today).days) <= SOON_DAYS:
        yield Look(name, "expires_soon", -float(days), {"until": until, "days": days})
    if one.facts is not None:
        yield from _of_rows(name, one.facts)
        yield from _of_notes(name, one.facts)
        yield from _of_ids(name, one.facts)
        if one.facts.before is not None:
            yield from _of_change(name, one.facts, one.facts.before)


def _of_rows(name: str, facts: Facts) -> Iterator[Look]:
    rejected = facts.rows_rejected - facts.rejects.get(_TOTALS, 0)
    if rejected:
        share = rejected / facts.rows_read
        yield Look(name, "rejected", share, {"rows": rejected, "share": share})
    if facts.rows_in_question:
        share = facts.rows_in_question / max(1, facts.rows_kept)
        yield Look(name, "in_question", share, {"rows": facts.rows_in_question, "share": share})


def _of_notes(name: str, facts: Facts) -> Iterator[Look]:
    if facts.same_as is not None:
        yield Look(name, "same_bytes", facts={"day": facts.same_as})
    if hidden := sum(note.code == "sheet.hidden" for note in facts.notes):
        yield Look(name, "hidden_sheets", hidden, {"sheets": hidden})
    if facts.noted("row_count.low"):
        yield Look(name, "row_count_low", facts={"rows": facts.rows_kept})
    if repeated := facts.noted("row.duplicate"):
        yield Look(name, "duplicates", repeated / max(1, facts.rows_kept), {"rows": repeated})
    if facts.noted("rows.old"):
        yield Look(name, "stale")
    for column in dict.fromkeys(c for note in facts.notes if note.code == "fill_rate.low" for c in note.items):
        share = facts.filled.get(column, 0.0)
        yield Look(name, "fill_low", 1 - share, {"column": column, "share": share})


def _of_ids(name: str, facts: Facts) -> Iterator[Look]:
    for one in facts.ids:
        wrong = one.rows - one.usable - one.counts["blank"]
        if one.rows and wrong > _UNUSABLE * one.rows:
            yield Look(
                name, "ids_unusable", wrong / one.rows, {"column": one.column, "rows": wrong, "share": wrong / one.rows}
            )


def _of_change(name: str, facts: Facts, before: Before) -> Iterator[Look]:
    gone = before.rows_kept - facts.rows_kept
    if gone > _REMOVED * before.rows_kept:
        share = gone / before.rows_kept
        yield Look(name, "rows_fewer", share, {"before": before.rows_kept, "now": facts.rows_kept, "share": share})
    for column, share in before.filled.items():
        now = facts.filled.get(column, 0.0)
        if share > _EMPTY >= now:
            yield Look(name, "column_emptied", share, {"column": column, "before": share})
        elif share - now > _FALLEN:
            yield Look(name, "fill_fallen", share - now, {"column": column, "before": share, "now": now})
    for one in facts.categories:
        yield from _of_values(name, one.column, "new_values", one.new)
        yield from _of_values(name, one.column, "vanished_values", one.vanished)
        if not one.new and not one.vanished and one.shift > _DRIFTED:
            yield Look(name, "drifted", one.shift, {"column": one.column, "share": one.shift})


def _of_values(name: str, column: str, code: str, values: Iterable[str]) -> Iterator[Look]:
    if listed := tuple(values):
        yield Look(name, code, len(listed), {"column": column, "values": listed})
