"""Identifiers against python-stdnum: rows per CPU second on distinct numbers, and who is right on the shared vectors.

Both sides get the same numbers, all different, one in fifty with a wrong check character; the peer gets the first rows only. Their
answers are compared before the rates are: a fast wrong answer is no figure. A vector is right when the number that is good is
handed out in its plain form, and none is for a line with a problem.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.ids import citizen, disability, document, eighteen, organisation, parcel, permit
from casebook.synth import words_people, words_places
from casebook.text import gazetteer

VECTORS = Path(__file__).parents[1] / "tests" / "vectors"
PACKED_ROWS = 400_000
BROKEN = 50
KNOWN_SINCE = 2000
"""python-stdnum stops with a KeyError at younger counties."""

Clean = Callable[[pl.Series], pl.DataFrame]
Reader = Callable[[list[str]], list[str | None]]


@dataclass(frozen=True)
class Duel:
    """`rows` numbers, of which the peer's `module` gets the first `peer_rows`; our cleaner; we must be `at_least` so many times as fast.

    `vectors` is their file; `own` names the types (`id_type`) of numbers the peer is made for.
    """

    name: str
    vectors: str
    module: str
    own: str
    rows: int
    peer_rows: int
    numbers: Callable[[int], pl.Series]
    clean: Clean
    at_least: float


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Speed, then vectors, for each number python-stdnum knows; vectors alone for the others."""
    for number in range(len(DUELS)):
        yield from fought(number)
    packing = cost.fresh(pack)
    yield Row(f"citizen ids packed into 64 bits, {PACKED_ROWS:,} rows", packing)
    for kind, clean in ALONE.items():
        right, total = score(kind, ours(clean))
        all_right = Limit(right, "at least", total, "right")
        yield Row(f"{kind} vectors: casebook right on {right}/{total}", limits=(all_right,))


def fought(number: int) -> Iterator[Row]:
    """The rows of one duel."""
    duel = DUELS[number]
    mine, theirs, differing = cost.fresh(fight, number)
    if differing:
        yield Row(duel.name, mine, error=f"{differing} of {duel.peer_rows:,} numbers are judged otherwise by the peer")
        return
    ratio = (duel.rows / mine.cpu_s) / (duel.peer_rows / theirs.cpu_s)
    yield Row(f"{duel.name}: python-stdnum, {duel.peer_rows:,} rows", theirs)
    faster = Limit(ratio, "at least", duel.at_least, "×")
    yield Row(f"{duel.name}: casebook, {duel.rows:,} rows", mine, ratio, (faster,))
    of_peer, total = score(duel.vectors, stdnum(duel.module))
    of_ours, _ = score(duel.vectors, ours(duel.clean))
    own, made_for = score(duel.vectors, stdnum(duel.module), duel.own)
    yield Row(
        f"{duel.vectors} vectors: python-stdnum right on {of_peer} of {total}, {own} of {made_for} of its own type"
    )
    beats = Limit(of_ours, "at least", max(total, of_peer + 1), "right")
    yield Row(f"{duel.vectors} vectors: casebook right on {of_ours}/{total}", limits=(beats,))


def fight(number: int) -> tuple[Cost, Cost, int]:
    """Our cost for all rows, the peer's for the first, how many of those are judged otherwise by the peer."""
    duel = DUELS[number]
    values = duel.numbers(duel.rows)
    few = values.head(duel.peer_rows).to_list()
    judge = passes(duel.module)
    judge(few[0])  # tables are loaded before the clock starts, on both sides
    answers = duel.clean(values)["problem"].is_null()
    theirs, spent = cost.measure(lambda: [judge(value) for value in few])
    differing = sum(a != b for a, b in zip(answers.head(duel.peer_rows).to_list(), theirs, strict=True))
    return cost.cheapest(lambda: duel.clean(values)), spent, differing


def pack() -> Cost:
    """What packing costs."""
    values = citizen_ids(PACKED_ROWS)
    return cost.cheapest(lambda: eighteen.pack(values))


def citizen_ids(rows: int) -> pl.Series:
    """Ids of counties both sides know, so that the peer does all its work, born after 2030: nobody has one of them."""
    rng = np.random.default_rng(SEED)
    known = gazetteer.history().frame.filter(pl.col("since") <= KNOWN_SINCE, level="县级", state="在用")
    counties = known["code"]
    area = counties.gather(rng.integers(len(counties), size=rows))
    born = words_people.birth_dates(rng, rows, "2030-01-01", "2099-12-31").dt.strftime("%Y%m%d")
    # No sequence ends in 00: with a check digit 0 it is what a spreadsheet leaves, and refused by us alone.
    order = pl.Series(100 * rng.integers(0, 10, rows) + rng.integers(1, 100, rows)).cast(pl.String).str.zfill(3)
    return _broken(words_people.with_check(area + born + order))


def unified_codes(rows: int) -> pl.Series:
    """Unified codes of firms of the fictional division."""
    return _broken(words_places.unified_codes(np.random.default_rng(SEED), rows))


def _broken(good: pl.Series) -> pl.Series:
    """Every `BROKEN`-th code ends in another character than it should."""
    frame = good.alias("code").to_frame().with_row_index("row")
    last = pl.col("code").str.tail(1)
    other = pl.when(last == "1").then(pl.lit("2")).otherwise(pl.lit("1"))
    wrong = pl.col("code").str.head(17) + other
    return frame.select(pl.when(pl.col("row") % BROKEN == 0).then(wrong).otherwise("code").alias("code")).to_series()


def passes(module: str) -> Callable[[str], bool]:
    """What python-stdnum says of the check character; that it does not know a county as of a year is no fault."""
    faults = peer("stdnum.exceptions")
    validate = peer(module).validate

    def judge(number: str) -> bool:
        try:
            validate(number)
        except faults.InvalidChecksum:
            return False
        except faults.ValidationError:
            return True
        return True

    return judge


def stdnum(module: str) -> Reader:
    """What python-stdnum makes of texts: the plain number, or none."""
    faults = peer("stdnum.exceptions")
    validate = peer(module).validate

    def read(text: str) -> str | None:
        try:
            found: str = validate(text)
        except (faults.ValidationError, KeyError):  # KeyError: a county it knows only by later names
            return None
        return found

    return lambda texts: [read(text) for text in texts]


def ours(clean: Clean) -> Reader:
    """What we make of texts: the value where there is no problem."""

    def read(texts: list[str]) -> list[str | None]:
        found = clean(pl.Series(texts, dtype=pl.String))
        return found["value"].set(found["problem"].is_not_null(), None).to_list()

    return read


def score(kind: str, read: Reader, own: str | None = None) -> tuple[int, int]:
    """On how many vectors of a kind the reader is right, and how many there are; `own`: of this type, or of none at all."""
    lines = pl.read_csv(VECTORS / f"{kind}.csv", infer_schema=False)
    if own is not None:
        lines = lines.filter(pl.col("id_type").is_null() | (pl.col("id_type") == own))
    good = lines["expected"].set(lines["problem"].is_not_null(), None).to_list()
    answers = read(lines["input"].to_list())
    return sum(a == b for a, b in zip(answers, good, strict=True)), len(good)


DUELS = (
    Duel(
        "citizen id", "citizen_id", "stdnum.cn.ric", "citizen", 100_000, 10_000, citizen_ids, citizen.clean, at_least=50
    ),
    Duel(
        "unified code",
        "organisation_code",
        "stdnum.cn.uscc",
        "unified",
        400_000,
        50_000,
        unified_codes,
        organisation.clean,
        at_least=40,
    ),
)
ALONE: dict[str, Clean] = {
    "food_licence": permit.clean,
    "disability_certificate": disability.clean,
    "parcel": parcel.clean,
    "document_number": document.clean,
}
