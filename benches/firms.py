"""Linking 100,000 firms with 100,000: cost after cleaning, how often the links are wrong, and what is not found.

The tables of `casebook.synth.firms_world`: a market register and a tax list with old tax numbers, organisation codes alone, owners'
ids, former names, branches and shared brands.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl

from benches import cost, worlds
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook import link
from casebook.synth.firms_world import World, world

FIRMS: Final = 100_000
PRECISION, RECALL, CPU_S = 0.999, 0.99, 3
EXACT: Final = ("T1", "T2")
Counts = dict[str, int]


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Cost and quality, then the wrong links and the pairs not found, by kind."""
    spent, figures, wrong, missed = cost.fresh(measured)
    limits = (
        Limit(figures["precision"], "at least", PRECISION, "right of T1+T2"),
        Limit(figures["recall"], "at least", RECALL, "found of true"),
        Limit(spent.cpu_s, "at most", CPU_S, "CPU s"),
    )
    yield Row("100k firms: link.firms, T1 to T3", spent, limits=limits)
    yield Row(f"right of T3 {figures['weak_precision']:.4f} of {figures['weak']:,.0f}")
    for name, count in wrong.items():
        yield Row(f"wrong: {name}: {count}")
    for name, count in missed.items():
        yield Row(f"not found: {name}: {count}")


def measured(count: int = FIRMS) -> tuple[Cost, dict[str, float], Counts, Counts]:
    """Cost of the linking; shares and counts; wrong links by tier and kind; true pairs not found by kind."""
    made = world(SEED, count)
    left, right = worlds.cleaned(made.left, "firm"), worlds.cleaned(made.right, "firm")
    links, spent = cost.measure(lambda: link.firms(left, right))
    pairs = made.truth.select("left_ref", "right_ref", is_true=pl.lit(value=True))
    found = links.frame.join(pairs, on=["left_ref", "right_ref"], how="left").with_columns(
        pl.col("is_true").fill_null(value=False)
    )
    return spent, _figures(made.truth, found), _wrong(made, found), _missed(made.truth, found)


def _figures(truth: pl.DataFrame, found: pl.DataFrame) -> dict[str, float]:
    strong = found.filter(pl.col("tier").is_in(EXACT) & ~pl.col("name_conflict"))
    weak = found.filter((pl.col("tier") == "T3") & ~pl.col("name_conflict"))
    met = truth.join(found, on=["left_ref", "right_ref"], how="semi").height
    return {
        "precision": float(strong["is_true"].sum()) / strong.height,
        "recall": met / truth.height,
        "weak_precision": float(weak["is_true"].sum()) / max(weak.height, 1),
        "weak": weak.height,
        "strong": strong.height,
        "true": truth.height,
    }


def _wrong(made: World, found: pl.DataFrame) -> Counts:
    """Wrong links by tier, whether the link says that the names conflict, reason, and who the two firms are."""
    both = found.filter(~pl.col("is_true")).join(made.who, left_on="left_ref", right_on="ref")
    both = both.join(made.who, left_on="right_ref", right_on="ref", suffix="_right")
    kin = (
        pl.when(pl.col("head") == pl.col("head_right"))
        .then(pl.lit("head office and branch, or two branches"))
        .otherwise(pl.concat_str("kind_of_firm", pl.lit(" and "), "kind_of_firm_right"))
    )
    said = pl.when("name_conflict").then(pl.lit("says conflict")).otherwise(pl.lit("asserted"))
    kinds = both.select(pl.concat_str("tier", said, "reason", kin, separator=", ").alias("kind"))["kind"]
    return dict(kinds.value_counts().sort("kind").iter_rows())


def _missed(truth: pl.DataFrame, found: pl.DataFrame) -> Counts:
    missed = truth.join(found, on=["left_ref", "right_ref"], how="anti")
    return dict(missed["kind"].value_counts().sort("kind").iter_rows())
