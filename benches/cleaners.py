"""Cleaners against the libraries people would otherwise call row by row: rows per CPU second, ours over theirs.

Both sides get the same values (ids and codes all different, one in fifty with a wrong check character); the peer gets the
first rows only, its rate does not depend on how many. Answers are compared before the rates are: a fast wrong answer is no figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
import pypinyin
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from benches import cost
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.ids import citizen, division, organisation
from casebook.synth import words_people, words_places
from casebook.text import homophones

PEER_ROWS = 10_000
BROKEN = 50
KNOWN_SINCE = 2000
"""python-stdnum stops with a KeyError at younger counties."""
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


def citizen_ids(rows: int) -> pl.Series:
    """Ids of counties both sides know, so that the peer does all its work, born after 2030: nobody has one of them."""
    rng = np.random.default_rng(SEED)
    known = division.history().frame.filter(pl.col("since") <= KNOWN_SINCE, level="县级", state="在用")
    counties = known["code"]
    area = counties.gather(rng.integers(len(counties), size=rows))
    born = words_people.birth_dates(rng, rows, "2030-01-01", "2099-12-31").dt.strftime("%Y%m%d")
    order = pl.Series(rng.integers(1, 1000, rows)).cast(pl.String).str.zfill(3)
    return _broken(words_people.with_check(area + born + order))


def unified_codes(rows: int) -> pl.Series:
    """Unified codes of firms of the fictional division."""
    return _broken(words_places.unified_codes(np.random.default_rng(SEED), rows))


def names(rows: int) -> pl.Series:
    """Names of persons, as common as they are."""
    rng = np.random.default_rng(SEED)
    return words_people.names(rng, rng.random(rows) < 0.5)


def _broken(good: pl.Series) -> pl.Series:
    """Every `BROKEN`-th code ends in another character than it should."""
    frame = good.alias("code").to_frame().with_row_index("row")
    last = pl.col("code").str.tail(1)
    other = pl.when(last == "1").then(pl.lit("2")).otherwise(pl.lit("1"))
    wrong = pl.col("code").str.head(17) + other
    return frame.select(pl.when(pl.col("row") % BROKEN == 0).then(wrong).otherwise("code").alias("code")).to_series()


def passes_check(number: str) -> bool:
    """What python-stdnum says of the check character; that it does not know a county as of a year is no fault."""
    try:
        ric.validate(number)
    except InvalidChecksum:
        return False
    except ValidationError:
        return True
    return True


def sounds(name: str) -> str:
    """The key a row-by-row call of pypinyin would give."""
    return "-".join(pypinyin.lazy_pinyin(name))


def keeps_check(ids: pl.Series) -> pl.Series:
    """What we say of the check character."""
    return citizen.clean(ids)["problem"].is_null()


def is_code(codes: pl.Series) -> pl.Series:
    """Whether we take it for a unified code."""
    return organisation.clean(codes)["problem"].is_null()


DUELS = (
    Duel("citizen id, python-stdnum", 100_000, citizen_ids, keeps_check, passes_check, alike=1.0, at_least=50),
    Duel("unified code, python-stdnum", 400_000, unified_codes, is_code, uscc.is_valid, alike=1.0, at_least=40),
    Duel("homophone key, pypinyin", 400_000, names, homophones.key, sounds, SAME_SOUND, at_least=50),
)
