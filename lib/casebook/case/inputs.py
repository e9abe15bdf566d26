"""What a scenario's `prepare` reads: cleaned tables, links between them, law and standard tables.

A contract the set does not have comes as an empty table with the same columns, so that no rule branches on it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from casebook.case.scenario import Frame, Input, LinkSpec, Scenario
from casebook.errors import ParameterError
from casebook.link import firms, keys, licences, persons

LINKERS: dict[str, Callable[..., Any]] = {"person": persons.link, "firm": firms.link, "licence": licences.link}
LINK_COLUMNS = ("entity", "right_ref", "tier", "reason", "left_value", "right_value", "name_conflict")


@dataclass(frozen=True)
class Inputs:
    """Tables by contract id and links by name, as narwhals lazy frames."""

    frames: Mapping[str, pl.DataFrame]
    linked: Mapping[str, pl.DataFrame]
    present: frozenset[str]
    standards: Mapping[str, pl.DataFrame]

    def table(self, contract: str) -> Frame:
        """Cleaned rows of a contract with `ref`, and `entity`, `entity_tier`, `entity_reason`, `id_conflict` where it has subjects."""
        return nw.from_native(self.frames[contract].lazy())

    def links(self, name: str) -> Frame:
        """Links of that name: entity, right_ref, tier (Int32, 1-4), reason, left_value, right_value, name_conflict."""
        return nw.from_native(self.linked[name].lazy())

    def has(self, contract: str) -> bool:
        """Whether the set has the contract at all; an absent table is silence, not innocence."""
        return contract in self.present

    def standard(self, name: str) -> Frame:
        """A parameter table (rates, grades, dishes) by the file name a parameter gives, typed by its column suffixes."""
        if name not in self.standards:
            known = ", ".join(sorted(self.standards)) or "none"
            raise ParameterError(f"parameter table {name}: not found; the folder holds {known}")
        return nw.from_native(self.standards[name].lazy())


def with_entity(frame: pl.DataFrame, table: Input) -> pl.DataFrame:
    """The frame with the key its subjects are known by; unchanged for a table without subjects."""
    if table.entity == "person":
        return keys.person_entity(frame)
    if table.entity == "firm":
        return keys.firm_entity(frame)
    return frame


def build(
    scenario: Scenario,
    cleaned: Mapping[str, pl.DataFrame],
    present: frozenset[str],
    standards: Mapping[str, pl.DataFrame],
) -> Inputs:
    """Inputs of a scenario from its cleaned frames (an empty one for each absent contract)."""
    frames = {t.contract: with_entity(cleaned[t.contract], t) for t in scenario.inputs}
    linked = {spec.name: _link(spec, frames) for spec in scenario.links}
    return Inputs(frames, linked, present, standards)


def _link(spec: LinkSpec, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Links of one spec at the level of distinct left subjects."""
    left = _subjects(frames[spec.left])
    links = LINKERS[spec.entity](_roles(left, spec.left_roles), _roles(frames[spec.right], spec.right_roles))
    numbered = left.select("ref", "entity")
    return (
        links.frame.join(numbered, left_on="left_ref", right_on="ref")
        .with_columns(pl.col("tier").str.tail(1).cast(pl.Int32))
        .select(LINK_COLUMNS)
        .sort("entity", "right_ref")
    )


def _subjects(frame: pl.DataFrame) -> pl.DataFrame:
    """One row per subject: the first row it stands on (by ref); rows without a key are left out."""
    known = frame.filter(pl.col("entity").is_not_null()).sort("ref")
    return known.unique("entity", keep="first", maintain_order=True)


def _roles(frame: pl.DataFrame, roles: Mapping[str, str]) -> pl.DataFrame:
    """The frame with role columns beside its own, `roles` naming role → column."""
    return frame.with_columns(pl.col(column).alias(role) for role, column in roles.items())
