"""Cleaners against the libraries people would otherwise call row by row: rows per CPU second, ours over theirs.

Both sides get the same values; the peer gets the first rows only, its rate does not depend on how many.
Answers are compared before the rates are: a fast wrong answer is no figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pypinyin

from benches import cost
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.synth import words_people
from casebook.text import homophones

PEER_ROWS = 10_000
SAME_SOUND = 0.98
"""Share of names both read alike: ours knows surnames' own readings, pypinyin called plainly does not."""


@dataclass(frozen=True)
class Duel:
    """`rows` values, our column function, the peer's call for one value, the share of equal answers that makes them comparable."""

    name: str
    rows: int
    values: Callable[[int], pl.Series]
    ours: Callable[[pl.Series], pl.Series]
    peer: Callable[[str], object]
    alike: float
    at_least: float


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """One row a duel."""
    for number, duel in enumerate(DUELS):
        ours, peer, alike = cost.fresh(fight, number)
        if alike < duel.alike:
            yield Row(
                duel.name, ours, error=f"only {alike:.2%} of the answers equal the peer's, expected {duel.alike:.2%}"
            )
            continue
        ratio = (duel.rows / ours.cpu_s) / (PEER_ROWS / peer.cpu_s)
        yield Row(f"{duel.name}: peer, {PEER_ROWS:,} rows", peer)
        yield Row(
            f"{duel.name}: casebook, {duel.rows:,} rows", ours, ratio, (Limit(ratio, "at least", duel.at_least, "×"),)
        )


def fight(number: int) -> tuple[Cost, Cost, float]:
    """Our cost for all rows, the peer's for the first, the share of those answered alike."""
    duel = DUELS[number]
    values = duel.values(duel.rows)
    few = values.head(PEER_ROWS).to_list()
    duel.peer(few[0])  # tables are loaded before the clock starts, on both sides
    answers = duel.ours(values)
    theirs, peer = cost.measure(lambda: [duel.peer(value) for value in few])
    alike = np.mean([a == b for a, b in zip(answers.head(PEER_ROWS).to_list(), theirs, strict=True)])
    return cost.cheapest(lambda: duel.ours(values)), peer, float(alike)


def names(rows: int) -> pl.Series:
    """Names of persons, as common as they are."""
    rng = np.random.default_rng(SEED)
    return words_people.names(rng, rng.random(rows) < 0.5)


def sounds(name: str) -> str:
    """The key a row-by-row call of pypinyin would give."""
    return "-".join(pypinyin.lazy_pinyin(name))


DUELS = (Duel("homophone key, pypinyin", 400_000, names, homophones.key, sounds, SAME_SOUND, at_least=50),)
