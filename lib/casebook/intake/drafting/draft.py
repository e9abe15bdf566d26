"""A first contract for a table no contract knows, for an analyst to finish. It holds headers and shares, never a cell of the table."""

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from casebook.errors import ContractError
from casebook.intake import headers
from casebook.intake.contract import Column, Contract
from casebook.intake.drafting import guess, unheard
from casebook.intake.drafting.unheard import Unheard
from casebook.text import width

ID: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
_MASKS: Final = {
    "citizen_id": "citizen_id", "disability_certificate": "certificate", "person_name": "name", "address": "address",
}  # fmt: skip
_SHOWN_AS_THEY_ARE: Final = frozenset({"money", "area", "date", "number"})
_DIRECT: Final = frozenset({"citizen_id", "disability_certificate", "person_name"})
_WHOLE: Final = 1.0


@dataclass(frozen=True)
class _Line:
    """One column of the draft: what is known of it, what was guessed, how full it is."""

    column: Column
    is_known: bool
    filled: float
    is_distinct: bool


def id_of(path: Path) -> str:
    """The id a file name gives.

    Raises:
        ContractError: the name is not made of small letters, digits and _; then the caller must say one.
    """
    stem = path.stem.lower().replace("-", "_").replace(" ", "_")
    if not ID.fullmatch(stem):
        raise ContractError(f"{path.name} gives no id of small letters, digits and _; name one with --id agency_table.")
    return stem


def draft(path: Path, contract_id: str, contracts: Mapping[str, Contract]) -> str:
    """The text of `<contract_id>.odcs.yaml` for the file.

    Args:
        path: a file of any shape that is read.
        contract_id: the id it shall have.
        contracts: the contracts there are; a header one of them knows takes its column over.

    Raises:
        SourceError: the file cannot be read, or has no header.
        ContractError: the id is none, or taken.
    """
    if not ID.fullmatch(contract_id):
        raise ContractError("An id is made of small letters, digits and _, and begins with a letter.")
    if contract_id in contracts:
        raise ContractError(
            f"There is a contract {contract_id} already; add the new headers to it, or name another id."
        )
    known = known_headers(contracts)
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        table = unheard.read(path, Path(folder), lambda text: _known(text, known) is not None)
    return _text(contract_id, path.stem, _lines(table, known), table.frame.height)


def known_headers(contracts: Mapping[str, Contract]) -> dict[str, Column]:
    """Normalised header → the column of the first contract that knows it."""
    found: dict[str, Column] = {}
    for contract in contracts.values():
        for column in contract.columns:
            for text in column.headers:
                found.setdefault(headers.normalise(text), column)
    return found


def _known(text: str, known: Mapping[str, Column]) -> Column | None:
    """The column of a header: whole, both levels run together, its lower level, or without its unit."""
    whole = headers.normalise(text)
    upper, _, lower = whole.partition("|")
    forms = (whole, upper + lower, lower, headers.split_unit(whole)[0], headers.split_unit(lower)[0])
    return next((known[form] for form in forms if form and form in known), None)


def _lines(table: Unheard, known: Mapping[str, Column]) -> list[_Line]:
    found: list[_Line] = []
    own = unheard.own_contract(table.texts)
    for column in own.columns:
        values, other = table.frame[column.name], _known(column.headers[0], known)
        is_new = other is not None and other.name not in {line.column.name for line in found}
        made = _taken(other, column) if other is not None and is_new else _guessed(column, values)
        said = values.drop_nulls()
        filled = (said.len() - width.blank_problem(said).count()) / max(1, table.frame.height)
        found.append(_Line(made, is_new, filled, filled == _WHOLE and said.n_unique() == said.len()))
    return found


def _taken(other: Column, column: Column) -> Column:
    """The column of another contract under the header of this table; the unit is the header's where it names one."""
    unit = headers.split_unit(headers.normalise(column.headers[0]))[1] or other.unit
    return Column(
        other.name,
        column.headers,
        kind=other.kind,
        unit=unit if other.unit else None,
        form=other.form,
        classification=other.classification,
        tags=other.tags,
        mask=other.mask,
    )


def _guessed(column: Column, values: pl.Series) -> Column:
    found = guess.kind_of(column.headers[0], values)
    mask = "none" if found.kind in _SHOWN_AS_THEY_ARE else _MASKS.get(found.kind or "", "account")
    tags = ("pii", "direct-identifier") if found.kind in _DIRECT else ()
    return Column(column.name, column.headers, kind=found.kind, unit=found.unit, form=found.form, tags=tags, mask=mask)


def _text(contract_id: str, title: str, lines: list[_Line], height: int) -> str:
    head = [
        f"# Draft from {height:,} rows. To finish: names column_1 …, agency, key, what is required, what may be shown; see the comments.",
        "apiVersion: v3.1.0",
        "kind: DataContract",
        f"id: {contract_id}",
        f"name: {_quoted(title)}",
        "version: 0.1.0",
        "status: draft",
        "domain: legal-supervision",
        "team:",
        '  name: "待补充"  # the agency that owns the table',
        "schema:",
        f"  - name: {contract_id}",
        f"    physicalName: {_quoted(title)}",
        "    physicalType: table",
        "    logicalType: object",
        "    properties:",
    ]
    body = [said for line in lines for said in _property(line)]
    rates = ", ".join(f"{line.column.name}: {line.filled:.2f}" for line in lines)
    tail = [
        "customProperties:",
        '  - {property: agency, value: "待补充"}',
        "  - {property: line, value: public_interest}",
        f"  # observed: {{{rates}}}; expect a little less, of the columns that matter:",
        "  # - {property: fillRates, value: {…}}",
    ]
    return "\n".join((*head, *body, *tail)) + "\n"


def _property(line: _Line) -> list[str]:
    column = line.column
    told = "known to other contracts" if line.is_known else "guessed; give it an English name and check kind and mask"
    custom = {"kind": column.kind, "unit": column.unit, "form": column.form, "mask": column.mask}
    distinct = "; distinct in every row: part of the key? (primaryKey: true)" if line.is_distinct else ""
    return [
        f"      - name: {column.name}  # {told}",
        f"        physicalName: {_quoted(column.headers[0])}",
        "        logicalType: string",
        f"        # required: true  # filled in {line.filled:.1%} of the rows{distinct}",
        f"        classification: {column.classification}",
        *([f"        tags: [{', '.join(column.tags)}]"] if column.tags else []),
        "        customProperties:",
        *(f"          - {{property: {word}, value: {_quoted(said)}}}" for word, said in custom.items() if said),
    ]


def _quoted(text: str) -> str:
    """A text as strict YAML reads it back, whatever signs it has."""
    return json.dumps(text, ensure_ascii=False)
