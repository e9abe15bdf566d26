"""The pairs of `casebook match` as they are written: five fixed columns, further ones when asked for."""

from typing import Final

import polars as pl

from casebook.cli import say
from casebook.cli.explained import shown_value
from casebook.errors import short
from casebook.link.explain import CONFLICT, told
from casebook.link.links import Links
from casebook.link.residual import Entity
from casebook.link.wording import Language

COLUMNS: Final = ("left_row", "right_row", "tier", "score", "reason")
FURTHER: Final = ("left_value", "right_value", "name_conflict", "levels")


def further(also: str) -> tuple[str, ...]:
    """The columns asked for beside the fixed ones; the call is wrong when there is no such column."""
    asked = tuple(dict.fromkeys(name.strip() for name in also.split(",") if name.strip()))
    if unknown := [short(name) for name in asked if name not in FURTHER]:
        say.wrong_call(f"--also knows {', '.join(FURTHER)}; got {', '.join(unknown)}")
    return asked


def pairs(links: Links, tier: str, language: Language) -> pl.DataFrame:
    """The pairs down to a tier in `COLUMNS`, and `code` (the reason's), values raw, `name_conflict`, `levels`.

    The reason is a sentence; where names clash, that is its beginning.
    """
    found = pl.concat([links.frame, links.ambiguous]) if tier == "T4" else links.frame
    found = found.filter(pl.col("tier") <= tier).unique(["left_ref", "right_ref"], keep="first", maintain_order=True)
    said = found.with_columns(told(found, language).alias("said"))
    clash = pl.when(pl.col("name_conflict").cast(pl.Boolean)).then(pl.lit(CONFLICT[language == "en"] + " "))
    return said.select(
        pl.col("left_ref").alias("left_row"),
        pl.col("right_ref").alias("right_row"),
        "tier",
        "score",
        pl.concat_str(clash.fill_null(""), "said").alias("reason"),
        pl.col("reason").alias("code"),
        *FURTHER,
    ).sort("left_row", "right_row")


def written(found: pl.DataFrame, also: tuple[str, ...], entity: Entity) -> pl.DataFrame:
    """`pairs` as the file has them: the columns asked for, values masked."""
    masked = [pl.Series(name, _masked(found, name, entity), pl.String) for name in also if name.endswith("_value")]
    return found.with_columns(masked).select(*COLUMNS, *also)


def _masked(found: pl.DataFrame, name: str, entity: Entity) -> list[str]:
    return [shown_value(text, code, entity) for text, code in found.select(name, "code").iter_rows()]
