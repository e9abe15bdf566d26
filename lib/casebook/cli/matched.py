"""What `casebook match` tells when it is done: pairs by tier, rows without partner, and what was passed over."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from casebook.clean.tables import Table
from casebook.cli import say
from casebook.link.links import Links


@dataclass(frozen=True)
class Side:
    """One table: as read, and its rows in roles."""

    table: Table
    rows: pl.DataFrame


@dataclass(frozen=True)
class Matched:
    """A finished call: the pairs as written, where they are, and whether an older file gave way."""

    sides: tuple[Side, Side]
    links: Links
    pairs: pl.DataFrame
    out: Path
    is_replaced: bool


def tell(done: Matched, mapping: Mapping[str, list[tuple[str, str]]], *, json: bool) -> None:
    """The summary, for people or as JSON."""
    one, two = done.sides
    told: dict[str, Any] = {
        "out": str(done.out),
        "replaced": done.is_replaced,
        "map": {role: [list(pair) for pair in columns] for role, columns in mapping.items()},
        "pairs": done.pairs.height,
        "tiers": dict(Counter(done.pairs["tier"].sort().to_list())),
        "ambiguous": done.links.ambiguous.height,
        "skipped": done.links.skipped.to_dicts(),
        "left": _counted(one, done.pairs["left_row"]),
        "right": _counted(two, done.pairs["right_row"]),
    }
    if json:
        say.as_json(told)
        return
    for line in _lines(done, told):
        say.line(line)


def _lines(done: Matched, told: Mapping[str, Any]) -> list[str]:
    by_tier = ", ".join(f"{tier} {number:,}" for tier, number in told["tiers"].items())
    lines = [f"{told['pairs']:,} pairs: {by_tier}"]
    for side, counts in zip(done.sides, (told["left"], told["right"]), strict=True):
        unread = "".join(f", {number:,} {code}" for code, number in counts["not_read"].items())
        lines.append(
            f"{side.table.name}: {counts['rows']:,} rows, {counts['without_partner']:,} without partner{unread}"
        )
    if told["ambiguous"]:
        lines.append(f"{told['ambiguous']:,} pairs are ambiguous: another candidate is about as likely (--tier T4)")
    lines += [
        f"not compared by {each['rule']}: {each['keys']:,} values that stand in too many rows, {each['pairs']:,} pairs"
        for each in told["skipped"]
    ]
    return [*lines, f"pairs: {done.out}" + (" (an older file was replaced)" if done.is_replaced else "")]


def _counted(side: Side, linked: pl.Series) -> dict[str, object]:
    rows = side.rows.height
    return {"rows": rows, "without_partner": rows - linked.n_unique(), "not_read": side.table.rejects}
