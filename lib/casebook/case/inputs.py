"""What a scenario's `prepare` reads: cleaned tables, links between them, law and standard tables.

A contract the set does not have comes as an empty table with the same columns, so that no rule branches on it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from casebook.case import co_owners, links
from casebook.case.scenario import Frame, Input, Scenario
from casebook.errors import ParameterError
from casebook.link import keys


@dataclass(frozen=True)
class Inputs:
    """Tables by contract id and links by name, as narwhals lazy frames; `obtained` says when each table was drawn."""

    frames: Mapping[str, pl.DataFrame]
    linked: Mapping[str, pl.DataFrame]
    standards: Mapping[str, pl.DataFrame]
    obtained: Mapping[str, date]
    kept: list[tuple[object, Frame]] = field(default_factory=list, init=False, repr=False, compare=False)

    def table(self, contract: str) -> Frame:
        """Cleaned rows of a contract with `ref`, and `entity`, `entity_tier`, `entity_reason`, `id_conflict` where it has subjects."""
        return nw.from_native(self.frames[contract].lazy())

    def links(self, name: str) -> Frame:
        """Links of that name: entity, right_ref, tier (Int32, 1-4), score, reason, levels, left_value, right_value, name_conflict."""
        return nw.from_native(self.linked[name].lazy())

    def has(self, contract: str) -> bool:
        """Whether the set has the contract at all; an absent table is silence, not innocence."""
        return contract in self.obtained

    def rows(self, columns: Mapping[str, Sequence[Any]]) -> Frame:
        """A small table made of these columns, on the engine of the inputs (a calendar of months, for example)."""
        return nw.from_native(pl.LazyFrame(columns))

    def settle(self, frame: Frame) -> Frame:
        """The same table computed once: what several later steps read must not be computed again for each."""
        settled: Frame = nw.from_native(frame.collect().to_native().lazy())
        return settled

    def once(self, make: Callable[..., Frame], *given: object) -> Frame:
        """What `make(inputs, *given)` answers, computed once for these inputs: tables that preparing, tracing and details share."""
        asked = (make, given)
        for known, frame in self.kept:
            if known == asked:
                return frame
        made = self.settle(make(self, *given))
        self.kept.append((asked, made))
        return made

    def standard(self, name: str) -> Frame:
        """A parameter table (rates, grades, dishes) by the file name a parameter gives, typed by its column suffixes."""
        if name not in self.standards:
            known = ", ".join(sorted(self.standards)) or "none"
            raise ParameterError(f"parameter table {name}: not found; the folder holds {known}")
        return nw.from_native(self.standards[name].lazy())


def with_entity(frame: pl.DataFrame, table: Input) -> pl.DataFrame:
    """The frame with the key its subjects are known by (`entity_tier` Int32, 1-4), co-owners taken apart."""
    if table.co_owners:
        frame = co_owners.apart(frame, table.co_owners)
    if table.subject is None:
        return frame
    if isinstance(table.subject, tuple):
        known = pl.concat_str(table.subject, separator="|")
        return frame.with_columns(entity=known, entity_tier=pl.lit(1, pl.Int32), entity_reason=pl.lit("own_key"))
    find = keys.person_entity if table.subject == "person" else keys.firm_entity
    found = find(links.with_roles(frame, table.roles)).with_columns(pl.col("entity_tier").str.tail(1).cast(pl.Int32))
    added = [c for c in ("entity", "entity_tier", "entity_reason", "id_conflict") if c in found.columns]
    return frame.with_columns(found.select(added).get_columns())


def build(
    scenario: Scenario,
    cleaned: Mapping[str, pl.DataFrame],
    standards: Mapping[str, pl.DataFrame],
    obtained: Mapping[str, date],
) -> Inputs:
    """Inputs of a scenario from its cleaned frames (an empty one for each absent contract).

    Args:
        scenario: the model.
        cleaned: cleaned rows by contract.
        standards: parameter tables by file name.
        obtained: the day each contract of the set was obtained; a contract that is not there is absent.
    """
    frames = {t.contract: with_entity(cleaned[t.contract], t) for t in scenario.inputs}
    return Inputs(frames, links.link_all(scenario.links, frames), standards, obtained)
