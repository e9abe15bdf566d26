"""Why a left row has the partners it has: each candidate with its reason, and how its weight came about. Values are masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from casebook.case.masking import mask
from casebook.cli import clean_words, say
from casebook.cli.match_words import per_cent, words
from casebook.errors import plain
from casebook.link import keys, wording
from casebook.link.explain import CONFLICT, Language, entity_sentence, explained
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
    "address": "division",
    "phone": "phone",
    "account": "account",
    "place": "division",
    "sex": "none",
    "firm_name": "none",
}
HEADS: Final = ("comparison", "level", "left", "right", "bits", "cumulative")
_NUMBER_REASONS: Final = {"code": "code", "organisation": "code", "citizen": "citizen_id", "id": "citizen_id"}
_SHARED: Final = ("address", "phone", "account", "representative")
_NO_KEY: Final = ("id_missing", "id_broken", "code_missing", "code_broken")
_Sides = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class How:
    """How a row is explained: of what entity, in which language, for people or as JSON."""

    entity: Entity
    language: Language
    json: bool


def tell(sides: _Sides, links: Links, row: int, how: How) -> None:
    """What is known of the row and each of its candidates, best first.

    The call is wrong when the left table has no such row.
    """
    own = sides[0].filter(pl.col("ref") == row)
    if own.is_empty():
        last = sides[0].select(pl.col("ref").max()).item()
        say.wrong_call(f"the left table has no row {row} that could be read; its last is {last}")
    found = {"left_row": row, "key": _key(own, how), "candidates": _candidates(sides, links, row, how)}
    if how.json:
        say.as_json(found)
    else:
        _print(found, how.language)


def _key(own: pl.DataFrame, how: How) -> str:
    """What the row's id or code is worth. A row without one is still compared by its other attributes."""
    kind, column = ("id", "citizen_id") if how.entity == "person" else ("code", "code")
    if column not in own.columns:
        return words("other_number" if kind in own.columns else f"no_{kind}_mapped", how.language)
    told = keys.person_entity(own) if how.entity == "person" else keys.firm_entity(own)
    reason, problem = str(told["entity_reason"].item()), own[f"{column}_problem"].item()
    if reason not in _NO_KEY:
        return entity_sentence(reason, how.language)
    if problem is None or problem == "blank":
        return words(f"{kind}_blank", how.language)
    return words(f"{kind}_unusable", how.language, why=clean_words.problem(problem, how.language))


def _candidates(sides: _Sides, links: Links, row: int, how: How) -> list[dict[str, Any]]:
    listed = pl.concat([links.frame, links.ambiguous]).filter(pl.col("left_ref") == row)
    listed = listed.sort("tier", "score", "right_ref", descending=[False, True, False])
    weights, shares = _weights(links.weighed, row, has_homes=bool(set(_SHARED) & set(sides[0].columns)))
    found = []
    for link in listed.unique(["right_ref"], keep="first", maintain_order=True).iter_rows(named=True):
        right, is_weighed = link["right_ref"], link["reason"].startswith("weighed")
        found.append({
            "right_row": right, "tier": link["tier"], "score": link["score"], "reason": link["reason"],
            "sentence": _sentence(link, sides, how), "weights": weights.get(right, []) if is_weighed else [],
            "alone": shares.get(right) if is_weighed else None,
        })  # fmt: skip
    return found


def _sentence(link: Mapping[str, Any], sides: _Sides, how: How) -> str:
    """Tier and reason; where the names clash, that first and with both names."""
    shown = {side: shown_value(link[side], link["reason"], how.entity) for side in ("left_value", "right_value")}
    said = explained({**link, **shown, "name_conflict": False}, how.language)
    if not link["name_conflict"]:
        return said
    one, two = (_name(side, link[ref], how.entity) for side, ref in zip(sides, ("left_ref", "right_ref"), strict=True))
    names = words("names_differ", how.language, left=one, right=two)
    return " ".join([CONFLICT[how.language == "en"], names, said])


def _name(rows: pl.DataFrame, ref: int, entity: Entity) -> str:
    """The name of a row as it may be shown."""
    row = rows.filter(pl.col("ref") == ref).row(0, named=True)
    parts = [row[role] for role in ("name", "given_name", "family_name") if row.get(role)]
    return " ".join(part if entity == "firm" else mask(part, "name") for part in parts)


def _weights(
    weighed: pl.DataFrame, row: int, *, has_homes: bool
) -> tuple[dict[int, list[dict[str, Any]]], dict[int, float]]:
    """Right row → the lines of its waterfall, values masked; and → its probability before rivals, where that is known."""
    pairs = [] if weighed.is_empty() else weighed.filter(pl.col("left_ref") == row).to_dicts()
    lines = {pair["right_ref"]: waterfall(_masked(pair)).to_dicts() for pair in pairs}
    if not has_homes:
        lines = {right: [line for line in told if line["comparison"] != "household"] for right, told in lines.items()}
    return lines, {pair["right_ref"]: pair["alone"] for pair in pairs if pair.get("alone") is not None}


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
    return mask(text, kind)


def shown_value(text: str | None, reason: str, entity: Entity) -> str:
    """A value of a link as it may be shown: a number, or a name with what stands beside it."""
    if text is None:
        return ""
    if reason.startswith(("name_", "weighed")):
        name, dot, second = text.partition(" · ")
        plain = name if entity == "firm" else mask(name, "name")
        return plain + dot + masked(second, MASKS.get(reason.removeprefix("name_"), "hidden"))
    return mask(text, _NUMBER_REASONS.get(reason.split("_", maxsplit=1)[0], "hidden"))


def _print(found: Mapping[str, Any], language: Language) -> None:
    say.line(f"{found['left_row']}: {found['key']}")
    if not found["candidates"]:
        say.line(words("nothing", language))
    console = Console(width=120)
    for candidate in found["candidates"]:
        chance = f"  {per_cent(candidate['score'])}" if candidate["reason"].startswith("weighed") else ""
        typer.echo()
        say.line(f"→ {candidate['right_row']}{chance}  {candidate['sentence']}")
        if candidate["weights"]:
            console.print(_table(candidate, language))


def _table(candidate: Mapping[str, Any], language: Language) -> Table:
    """The waterfall in words, numbers with two decimals, the probability per cent."""
    table = Table(box=None, pad_edge=False)
    for head in HEADS:
        is_number = head in {"bits", "cumulative"}
        table.add_column(words(f"head_{head}", language), justify="right" if is_number else "left", no_wrap=True)
    for line in candidate["weights"]:
        table.add_row(*(escape(plain(cell)) for cell in _cells(line, language)))
    alone, score = candidate["alone"], candidate["score"]
    if alone is not None and per_cent(alone) != per_cent(score):
        table.caption, table.caption_justify = words("rivals", language, alone=per_cent(alone)), "left"
    return table


def _cells(line: Mapping[str, Any], language: Language) -> list[str]:
    name, level, total = line["comparison"], line["level"], line["cumulative"]
    values = [line["left_value"] or "", line["right_value"] or ""]
    if name == "probability":
        return [wording.comparison(name, language), "", *values, "", per_cent(total)]
    agreement = wording.level(level, language) if level else _not_weighed(name, values, language)
    return [wording.comparison(name, language), agreement, *values, _decimals(line["bits"]), _decimals(total)]


def _decimals(number: float) -> str:
    """Two decimals; nothing is minus zero.

    >>> _decimals(-0.004), _decimals(-1.588)
    ('0.00', '-1.59')
    """
    return f"{round(number, 2) + 0.0:.2f}"


def _not_weighed(name: str, values: list[str], language: Language) -> str:
    """Why a line has no level: a value is missing, or both come from the ids, which are compared themselves."""
    if name in {"prior", "household"}:
        return ""
    return words("told_by_id" if all(values) else "missing", language)
