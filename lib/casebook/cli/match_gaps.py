"""What a call of `casebook match` cannot compare, and why no pair was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from casebook.cli import clean_words
from casebook.cli.match_words import words
from casebook.link import role_headers
from casebook.link.residual import Entity
from casebook.link.wording import Language

NAMES: Final = frozenset({"name", "given_name", "family_name", "former_name"})
_KEYS: Final[Mapping[Entity, tuple[str, ...]]] = {
    "person": ("id", "certificate"),
    "firm": ("code", "representative_id"),
}
_CLEANED: Final = {"citizen_id": "id", "code": "code", "id": "number"}


@dataclass(frozen=True)
class Given:
    """The names of the two files and their headers; no headers where the call itself names the columns."""

    files: tuple[str, str]
    headers: tuple[Sequence[str], Sequence[str]] | None = None


def not_compared(mapping: Mapping[str, object], entity: Entity, given: Given, language: Language) -> list[str]:
    """One sentence for each of name and number that is not compared, and one where a name stands alone."""
    told = []
    if not NAMES & set(mapping):
        told.append(words("no_name", language, why=_why("name", entity, given, language)))
    key = _KEYS[entity][0]
    if not set(_KEYS[entity]) & set(mapping):
        told.append(words(f"no_{key}", language, why=_why(key, entity, given, language)))
    return [*told, *([words("name_alone", language)] if set(mapping) <= NAMES else [])]


def _why(role: str, entity: Entity, given: Given, language: Language) -> str:
    if given.headers is None:
        return words("not_mapped", language)
    said = []
    for file, headers in zip(given.files, given.headers, strict=True):
        found = role_headers.candidates(headers, role, entity)
        if not found:
            said.append(words("not_known", language, file=file))
        elif found[1:]:
            said.append(words("several", language, file=file, columns="、".join(found)))
    return words("between", language).join(said) or words("not_both", language)


def keys(rows: pl.DataFrame) -> dict[str, Any]:
    """How many ids or codes of a table in roles can be compared: `column`, `rows`, `valid`, and `problems` by code.

    Empty where no such column was mapped.
    """
    column = next((name for name in _CLEANED if name in rows.columns), None)
    if column is None:
        return {}
    is_valid, problems = pl.col(column).is_not_null(), {}
    if f"{column}_problem" in rows.columns:
        problem = pl.col(f"{column}_problem").cast(pl.String)
        is_valid &= problem.is_null()
        counted = rows.select(problem.drop_nulls().value_counts(sort=True)).to_series().struct.unnest()
        problems = dict(counted.iter_rows())
    return {"column": column, "rows": rows.height, "valid": rows.select(is_valid.sum()).item(), "problems": problems}


def why_none(
    files: Sequence[str], counted: Sequence[Mapping[str, Any]], mapping: Mapping[str, object], language: Language
) -> list[str]:
    """Why there may be no pair: how many ids or codes of each side hold, and what was compared."""
    lines = [_usable(file, side, language) for file, side in zip(files, counted, strict=True) if side]
    return [*lines, words("compared", language, roles=", ".join(mapping))]


def _usable(file: str, side: Mapping[str, Any], language: Language) -> str:
    key = f"usable_{_CLEANED[side['column']]}"
    line = words(key, language, file=file, rows=side["rows"], valid=side["valid"])
    found = [
        words("problem", language, rows=number, code=code, word=clean_words.problem(code, language))
        for code, number in side["problems"].items()
    ]
    return (
        line + ("; " if found and language == "en" else "；" if found else "") + words("between", language).join(found)
    )
