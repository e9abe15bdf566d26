"""Linking 400,000 persons with 400,000: cost after cleaning, and how right the links are, against Splink, recordlinkage, DuckDB.

Three in four of the right side are persons of the left. Of those, in a hundred: 97 have the same id, 2 one wrong digit (same
name, account and place), 1 has no id at all (same name, place and account). The truth is known from how the rows were made.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import polars as pl

from benches import cost, linkage_peers, worlds
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook import link
from casebook.synth import words_people, words_places

ROWS, SHARED = 400_000, 300_000
WRONG_DIGIT, NO_ID = 0.02, 0.01
CPU_S, F1, PEAK_MIB = 3, 0.998, 1024
ROLES = ("ref", "citizen_id", "citizen_id_problem", "citizen_id_repair", "name", "homophone_key", "place", "account")


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """The bare join, the peers, then ours; ratios are theirs over ours, and ours over the bare join."""
    floor = cost.fresh(bare_join)
    ours, score = cost.fresh(linked)
    yield Row("400k × 400k: DuckDB, id = id", floor)
    for name in ("splink", "recordlinkage"):
        theirs, their_score = cost.fresh(by_peer, name)
        yield Row(f"400k × 400k: {name}, F1 {their_score:.4f}", theirs, theirs.cpu_s / ours.cpu_s)
    limits = (
        Limit(ours.cpu_s, "at most", CPU_S, "CPU s"),
        Limit(ours.peak_mib, "at most", PEAK_MIB, "MiB"),
        Limit(score, "at least", F1, "F1"),
    )
    yield Row("400k × 400k: link.persons", ours, ours.cpu_s / floor.cpu_s, limits)


def linked() -> tuple[Cost, float]:
    """Cost of the linking alone, and the F1 of its pairs."""
    left, right = both_cleaned()
    first = cost.cheapest(lambda: link.persons(left, right), times=1)
    links, again = cost.measure(lambda: link.persons(left, right))
    return min(first, again, key=lambda one: one.cpu_s), f1(links.frame)


def by_peer(name: str) -> tuple[Cost, float]:
    """What a peer spends on the same tables, and the F1 of its pairs."""
    ways = {"splink": linkage_peers.splink, "recordlinkage": linkage_peers.recordlinkage}
    return ways[name](both_cleaned, f1)


def f1(pairs: pl.DataFrame) -> float:
    """The F1 of pairs `left_ref`, `right_ref` against how the tables were made."""
    pairs = pairs.select("left_ref", "right_ref").unique()
    right_ones = pairs.filter(pl.col("left_ref") + ROWS == pl.col("right_ref")).height
    return 2 * right_ones / (pairs.height + SHARED)


def both_cleaned() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with cleaned roles."""
    left, right = (worlds.cleaned(side, "person") for side in sides())
    return left, right


def bare_join() -> Cost:
    """The ids as text, joined where they are equal."""
    left, right = (side.select("ref", "citizen_id").to_arrow() for side in sides())
    database = duckdb.connect(":memory:")
    database.register("a", left)
    database.register("b", right)
    sql = "CREATE OR REPLACE TABLE pairs AS SELECT a.ref, b.ref AS other FROM a JOIN b USING (citizen_id)"
    return cost.cheapest(lambda: database.execute(sql))


def sides() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Persons as delivered; the `ref` of a shared person is its left one + `ROWS`. The right side is shuffled."""
    rng = np.random.default_rng(SEED)
    everyone = _everyone(rng, 2 * ROWS - SHARED)
    left = everyone.head(ROWS)
    right = everyone.tail(ROWS).with_columns(pl.col("ref") + ROWS)
    return left, _dirtied(rng, right).sample(fraction=1, shuffle=True, seed=SEED)


def _everyone(rng: np.random.Generator, count: int) -> pl.DataFrame:
    is_male = rng.random(count) < 0.5
    born = words_people.birth_dates(rng, count, "1935-01-01", "2015-12-31")
    return pl.DataFrame(
        {
            "ref": pl.arange(count, eager=True, dtype=pl.Int64),
            "name": words_people.names(rng, is_male),
            "citizen_id": words_people.citizen_ids(born, is_male),
            "place": pl.Series(words_places.TOWNSHIPS).gather(rng.integers(len(words_places.TOWNSHIPS), size=count)),
            "account": words_people.accounts(rng, count),
        }
    )


def _dirtied(rng: np.random.Generator, side: pl.DataFrame) -> pl.DataFrame:
    """A digit of the sequence typed wrong in some ids, others left empty."""
    draw, code = pl.Series(rng.random(side.height)), pl.col("citizen_id")
    digit = code.str.slice(15, 1).cast(pl.Int32)
    slipped = code.str.head(15) + ((digit + 5) % 10).cast(pl.String) + code.str.tail(2)
    return side.with_columns(
        pl.when(draw < NO_ID)
        .then(None)
        .when(draw < NO_ID + WRONG_DIGIT)
        .then(slipped)
        .otherwise(code)
        .alias("citizen_id")
    )
