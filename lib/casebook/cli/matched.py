"""What `casebook match` tells when it is done: pairs by tier, rows without partner, and what was passed over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from casebook.clean.tables import Table
from casebook.cli import clean_words, match_gaps, say
from casebook.cli.match_words import words
from casebook.link.links import Links
from casebook.link.wording import Language


@dataclass(frozen=True)
class Side:
    """One table: as read, and its rows in roles."""

    table: Table
    rows: pl.DataFrame


@dataclass(frozen=True)
class Matched:
    """A finished call: the pairs with `name_conflict`, where they are written, and whether an older file gave way."""

    sides: tuple[Side, Side]
    links: Links
    pairs: pl.DataFrame
    out: Path
    is_replaced: bool


def tell(done: Matched, mapping: Mapping[str, list[tuple[str, str]]], language: Language, *, json: bool) -> None:
    """The summary, for people or as JSON."""
    told = _told(done, mapping)
    if json:
        say.as_json(told)
        return
    for line in _lines(done, told, language):
        say.line(line)


def _told(done: Matched, mapping: Mapping[str, list[tuple[str, str]]]) -> dict[str, Any]:
    one, two = done.sides
    clash = done.pairs.filter("name_conflict")
    return {
        "out": str(done.out),
        "replaced": done.is_replaced,
        "map": {role: [list(pair) for pair in columns] for role, columns in mapping.items()},
        "pairs": done.pairs.height,
        "tiers": dict(Counter(done.pairs["tier"].sort().to_list())),
        "name_conflicts": dict(Counter(clash["tier"].sort().to_list())),
        "ambiguous": done.links.ambiguous.height,
        "skipped": done.links.skipped.to_dicts(),
        "left": _counted(one, done.pairs["left_row"]),
        "right": _counted(two, done.pairs["right_row"]),
    }


def _lines(done: Matched, told: Mapping[str, Any], language: Language) -> list[str]:
    files, counts = [side.table.name for side in done.sides], (told["left"], told["right"])
    lines = [_pairs(told, language)]
    if not told["pairs"]:
        lines += match_gaps.why_none(files, [each["keys"] for each in counts], told["map"], language)
    lines += [_side(file, each, language) for file, each in zip(files, counts, strict=True)]
    if told["ambiguous"]:
        lines.append(words("ambiguous", language, pairs=told["ambiguous"]))
    lines += [words("skipped", language, **each) for each in told["skipped"]]
    return [*lines, words("out", language, out=done.out) + (words("replaced", language) if done.is_replaced else "")]


def _pairs(told: Mapping[str, Any], language: Language) -> str:
    """How many pairs, by tier, and how many of each are no links of one person but conflicts of names."""
    tiers = []
    for tier, number in told["tiers"].items():
        clash = told["name_conflicts"].get(tier)
        said = words("conflicts", language, pairs=clash) if clash else ""
        tiers.append(words("tier", language, tier=tier, pairs=number) + said)
    by_tier = words("tiers_sign", language) + words("between", language).join(tiers) if tiers else ""
    return words("pairs", language, pairs=told["pairs"], tiers=by_tier)


def _side(file: str, counts: Mapping[str, Any], language: Language) -> str:
    parts = [words("side", language, file=file, rows=counts["rows"], without=counts["without_partner"])]
    parts += [words("not_read", language, rows=number, code=code) for code, number in counts["not_read"].items()]
    parts += [
        words("note", language, rows=number, code=code, word=clean_words.problem(code, language))
        for code, number in counts["notes"].items()
    ]
    return words("between", language).join(parts)


def _counted(side: Side, linked: pl.Series) -> dict[str, object]:
    rows = side.rows.height
    return {
        "rows": rows,
        "without_partner": rows - linked.n_unique(),
        "not_read": side.table.rejects,
        "notes": side.table.notes,
        "keys": match_gaps.keys(side.rows),
    }
