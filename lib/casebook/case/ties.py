"""How each source row of a lead was tied to the lead's subject: by which key or comparison, of what tier, and why.

A reviewer refutes a lead most often here: the row belongs to somebody else.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from casebook.case.inputs import Inputs
from casebook.case.scenario import LinkSpec

SCHEMA: Final = {
    "lead_id": pl.String,
    "contract": pl.String,
    "ref": pl.Int64,
    "tier": pl.Int32,
    "reason": pl.String,
    "levels": pl.String,
    "probability": pl.Float64,
    "name_conflict": pl.Boolean,
}
_UNWEIGHED: Final = {"probability": pl.lit(None, pl.Float64), "name_conflict": pl.lit(value=False)}


def ties(cited: pl.DataFrame, inputs: Inputs, specs: Sequence[LinkSpec]) -> pl.DataFrame:
    """One row for each cited row that was tied to a subject, in the columns of `SCHEMA`.

    A main row tells by its own key how the subject came by it. Any other: the best link that led to the row; where none did, its own
    key, if it is the subject's. Rows that stand for no subject (a parcel, a table of grades) have no tie.

    `probability` is the measured one of a link by weighed attributes; the score of any other link is only an order, and null here.

    Args:
        cited: lead_id, entity, contract, ref, role (`main` or what the row shows).
        inputs: the run's tables and links.
        specs: the links of the model, which tell the table of each.
    """
    known = cited.filter(pl.col("entity").is_not_null()).unique(["lead_id", "contract", "ref"])
    main = _own(known.filter(role="main"), inputs.frames)
    linked = _linked(_without(known, main), inputs.linked, specs)
    rest = _own(_without(_without(known, main), linked), inputs.frames)
    return pl.concat([main, linked, rest]).sort("lead_id", "contract", "ref")


def _without(cited: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    return cited.join(told, on=["lead_id", "contract", "ref"], how="anti")


def _own(cited: pl.DataFrame, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    found = [pl.DataFrame(schema=SCHEMA)]
    for (contract,), rows in cited.group_by("contract"):
        frame = frames[str(contract)]
        if "entity_reason" not in frame.columns:
            continue
        keyed = frame.select("entity", "ref", tier="entity_tier", reason="entity_reason")
        keyed = keyed.join(rows.select("ref").unique(), on="ref", how="semi").unique(["entity", "ref"])
        same = rows.join(keyed, on=["entity", "ref"], how="inner")
        found.append(_named(same.with_columns(levels=pl.lit(None, pl.String), **_UNWEIGHED)))
    return pl.concat(found)


def _linked(cited: pl.DataFrame, linked: Mapping[str, pl.DataFrame], specs: Sequence[LinkSpec]) -> pl.DataFrame:
    found = [pl.DataFrame(schema=SCHEMA)]
    for spec in specs:
        rows = cited.filter(pl.col("contract") == spec.right)
        measured = pl.when(pl.col("levels").is_not_null()).then("score")
        links = linked[spec.name].rename({"right_ref": "ref"}).with_columns(probability=measured)
        found.append(_named(rows.join(links, on=["entity", "ref"], how="inner")))
    best = pl.concat(found).sort("lead_id", "contract", "ref", "tier", "reason", nulls_last=True)
    return best.unique(["lead_id", "contract", "ref"], keep="first", maintain_order=True)


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
