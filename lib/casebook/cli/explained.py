"""Why a left row has the partners it has: each candidate with its reason, and how its weight came about. Values are masked."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from casebook.case.masking import mask
from casebook.cli import say
from casebook.link import keys
from casebook.link.explain import Language, entity_sentence, explained
from casebook.link.links import Links
from casebook.link.residual import Entity
from casebook.link.waterfall import waterfall

MASKS: Final[Mapping[str, str]] = {
    "id": "citizen_id",
    "code": "code",
    "name": "name",
    "given_name": "name",
    "family_name": "name",
    "representative": "name",
    "birth_date": "birth_date",
    "address": "address",
    "phone": "phone",
    "account": "account",
    "place": "none",
    "sex": "none",
    "firm_name": "none",
}
HEADS: Final = ("comparison", "level", "left_value", "right_value", "bits", "cumulative")
_NUMBER_REASONS: Final = {"code": "code", "organisation": "code", "citizen": "citizen_id", "id": "citizen_id"}
_NOTHING: Final = ("没有可比对的候选。", "There is no candidate to compare with.")


def tell(rows: pl.DataFrame, links: Links, row: int, entity: Entity, language: Language, json: bool) -> None:
    """What is known of the row and each of its candidates, best first.

    The call is wrong when the left table has no such row.
    """
    own = rows.filter(pl.col("ref") == row)
    if own.is_empty():
        last = rows.select(pl.col("ref").max()).item()
        say.wrong_call(f"the left table has no row {row} that could be read; its last is {last}")
    key = keys.person_entity(own) if entity == "person" else keys.firm_entity(own)
    found = {
        "left_row": row,
        "key": entity_sentence(str(key["entity_reason"].item()), language),
        "candidates": _candidates(links, row, entity, language),
    }
    if json:
        say.as_json(found)
    else:
        _print(found, language)


def _candidates(links: Links, row: int, entity: Entity, language: Language) -> list[dict[str, Any]]:
    listed = pl.concat([links.frame, links.ambiguous]).filter(pl.col("left_ref") == row)
    listed = listed.sort("tier", "score", "right_ref", descending=[False, True, False])
    weights = _weights(links.weighed, row)
    found = []
    for link in listed.unique(["right_ref"], keep="first", maintain_order=True).iter_rows(named=True):
        shown = link | {side: _value(link[side], link["reason"], entity) for side in ("left_value", "right_value")}
        found.append({
            "right_row": link["right_ref"], "tier": link["tier"], "score": link["score"], "reason": link["reason"],
            "sentence": explained(shown, language), "weights": weights.get(link["right_ref"], []),
        })  # fmt: skip
    return found


def _weights(weighed: pl.DataFrame, row: int) -> dict[int, list[dict[str, Any]]]:
    """Right row → the lines of its waterfall, values masked."""
    if weighed.is_empty():
        return {}
    pairs = weighed.filter(pl.col("left_ref") == row).iter_rows(named=True)
    return {pair["right_ref"]: waterfall(_masked(pair)).to_dicts() for pair in pairs}


def _masked(pair: Mapping[str, Any]) -> dict[str, Any]:
    shown = dict(pair)
    for column in pair:
        name = column.removesuffix("_left").removesuffix("_right")
        if name != column and pair[column] is not None:
            shown[column] = masked(str(pair[column]), MASKS.get(name, "hidden"))
    return shown


def masked(text: str, kind: str) -> str:
    """The value as it may be shown; of a birth date the year.

    >>> masked("1990-03-07", "birth_date"), masked("李明", "name")
    ('1990******', '李*')
    """
    return text[:4] + "*" * (len(text) - 4) if kind == "birth_date" else mask(text, kind)


def _value(text: str | None, reason: str, entity: Entity) -> str:
    """A value of a link as it may be shown: a number, or a name with what stands beside it."""
    if text is None:
        return ""
    if reason.startswith(("name_", "weighed")):
        name, dot, second = text.partition(" · ")
        plain = name if entity == "firm" else mask(name, "name")
        return plain + dot + masked(second, MASKS.get(reason.removeprefix("name_"), "hidden"))
    return mask(text, _NUMBER_REASONS.get(reason.split("_", maxsplit=1)[0], "hidden"))


def _print(found: Mapping[str, Any], language: Language) -> None:
    typer.echo(f"{found['left_row']}: {found['key']}")
    if not found["candidates"]:
        typer.echo(_NOTHING[language == "en"])
    console = Console(width=120)
    for candidate in found["candidates"]:
        typer.echo(f"\n→ {candidate['right_row']}  {candidate['score']:.4g}  {candidate['sentence']}")
        if candidate["weights"]:
            console.print(_table(candidate["weights"]))


def _table(weights: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in HEADS:
        table.add_column(head, justify="right" if head in HEADS[-2:] else "left", no_wrap=True)
    for line in weights:
        table.add_row(*("" if line[head] is None else str(line[head]) for head in HEADS))
    return table
