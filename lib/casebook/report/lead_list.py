"""The lead list of a page: the first leads as plain HTML, all of them as a data island for the page's script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from casebook.case.scenario import Scenario
from casebook.report import dossier
from casebook.report.blocks import Block, Table, plain
from casebook.report.dossier import Setting
from casebook.report.island import Texts, island_json, packed
from casebook.report.section_leads import COLUMNS, SHOWN, lead_row, lead_table
from casebook.report.words import Words, catalogue, label_of

OPENED = 50
DOSSIER_BYTES = 32_000_000


@dataclass(frozen=True)
class LeadList:
    """What the template needs: the static table, the first dossiers, the island, how many leads carry a dossier."""

    table: Table
    dossiers: tuple[tuple[str, str, list[Block]], ...]
    island: Markup
    leads: int
    with_dossier: int


@dataclass(frozen=True)
class Source:
    """What dossiers are made from: the setting, evidence by lead id."""

    setting: Setting
    evidence: Mapping[str, Mapping[str, Any]]

    @property
    def scenario(self) -> Scenario:
        """The model."""
        return self.setting.scenario

    @property
    def words(self) -> Words:
        """The language."""
        return self.setting.words

    def blocks(self, lead: Mapping[str, Any]) -> list[Block]:
        """The dossier of one lead."""
        return dossier.blocks(lead, self.evidence.get(lead["lead_id"]), self.setting)


def lead_list(ordered: pl.DataFrame, source: Source) -> LeadList:
    """The list of all leads in reading order."""
    texts = Texts()
    rows = list(_rows(ordered, source, texts))
    value = {"leads": rows, "texts": texts.all, "words": _script_words(source.words), "columns": _columns()}
    first = ordered.head(OPENED).to_dicts()
    opened = tuple((lead["lead_id"], _summary(lead, source), source.blocks(lead)) for lead in first)
    table = lead_table(ordered.head(SHOWN), source.scenario, source.words)
    return LeadList(table, opened, island_json(value), ordered.height, sum(1 for row in rows if row[-1]))


def _rows(ordered: pl.DataFrame, source: Source, texts: Texts) -> Iterator[list[Any]]:
    """`[cells, bin, [kind …], amount in fen, dossier or 0]` of each lead; dossiers until their budget is used up."""
    left = DOSSIER_BYTES
    for lead in ordered.iter_rows(named=True):
        cells = [texts.number(plain(c)) for c in lead_row(lead, source.scenario, source.words)]
        blocks: Any = 0
        if left > 0:
            blocks = packed(source.blocks(lead), texts)
            left -= len(json.dumps(blocks))
        yield [cells, lead["bin"], [texts.number(k) for k in _kinds(lead, source)], lead["amount_fen"], blocks]


def _kinds(lead: Mapping[str, Any], source: Source) -> list[str]:
    """Kinds of the lead as the reader names them."""
    return [label_of(source.scenario.kind(k), source.words.language) for k in lead["kinds"]]


def _summary(lead: Mapping[str, Any], source: Source) -> str:
    row = lead_row(lead, source.scenario, source.words)
    return " · ".join(plain(c) for c in (row[1], row[0], row[4], row[5], row[7]) if plain(c))


def _columns() -> dict[str, int]:
    """Where the script finds what it filters and sorts by."""
    names = [c.removeprefix("#") for c in COLUMNS]
    return {name: names.index(name) for name in ("lead_id", "bin", "place", "amount_yuan")}


def _script_words(words: Words) -> dict[str, str]:
    """The sentences of the page's script."""
    return {
        key.removeprefix("script."): entry[words.language]
        for key, entry in catalogue().items()
        if key.startswith("script.")
    }
