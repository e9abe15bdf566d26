"""Where a contract contradicts itself, or says what nobody can carry out."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Final

from casebook.intake.headers import normalise
from casebook.measure import dates

if TYPE_CHECKING:
    from casebook.intake.contract import Column, Contract

CLASSIFICATIONS: Final = frozenset({"restricted", "internal", "public"})
TAGS: Final = frozenset({"pii", "direct-identifier", "quasi-identifier"})
MASKS: Final = frozenset(
    {"name", "citizen_id", "certificate", "code", "parcel", "hidden", "account", "phone", "address", "division"}
    | {"birth_date", "holder", "none"}
)
RESERVED: Final = frozenset({"part", "row", "fault", "raw"})


def of(contract: "Contract") -> Iterator[str]:
    """Every contradiction, a sentence each."""
    for column in contract.columns:
        yield from _of_column(column)
    yield from _of_headers(contract)
    for name, share in contract.fill_rates.items():
        if not 0 <= share <= 1:
            yield f"fillRates of {name!r} is {share:g}; a share between 0 and 1 is meant, 0.95 for example."
    if taken := sorted(RESERVED & set(contract.names)):
        yield f"column {taken[0]!r} has a name that intake needs for itself; rename it."
    if len(set(contract.names)) < len(contract.names):
        yield "two columns have the same name."
    if unknown := {*contract.fill_rates, *chain(*contract.rules.unique)} - set(contract.names):
        yield f"fillRates or duplicateValues name columns that do not exist: {', '.join(sorted(unknown))}."


def _of_column(column: "Column") -> Iterator[str]:
    place = f"column {column.name!r}"
    if column.classification not in CLASSIFICATIONS:
        yield f"{place} must be classified restricted, internal or public."
    if column.kind == "date" and column.form is not None and column.form not in dates.FORMS:
        yield f"{place}: form {column.form!r} does not exist; there are {', '.join(dates.FORMS)}."
    if strange := sorted(set(column.tags) - TAGS):
        yield f"{place}: tag {strange[0]!r} means nothing here; there are {', '.join(sorted(TAGS))}."
    if column.mask not in MASKS:
        yield f"{place}: mask {column.mask!r} does not exist; there are {', '.join(sorted(MASKS))}."


def _of_headers(contract: "Contract") -> Iterator[str]:
    owner: dict[str, str] = {}
    for column in contract.columns:
        for header in column.headers:
            other = owner.setdefault(normalise(header), column.name)
            if other != column.name:
                yield f"header {header!r} stands for both {other!r} and {column.name!r}."
