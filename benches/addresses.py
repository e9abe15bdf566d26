"""Addresses against cpca and jionlp: rows per CPU second on distinct addresses, and who is right on the shared vectors.

Each address is of one county in force, its levels written in full, without suffixes or skipped, with a town, a road that
may bear a place's name, a house, a building and a room: what a register holds, no two alike. The peers get the first rows only.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.text import addresses, gazetteer

ROWS, CPCA_ROWS, JIONLP_ROWS = 400_000, 40_000, 1_000
FASTER_THAN_CPCA = 3.0
VECTORS = Path(__file__).parents[1] / "tests" / "vectors" / "address.csv"
TOWNS = ("柳湾镇", "城关镇", "新华街道", "双井乡", "临泉街道", "大王庄镇", "", "", "")
ROADS = ("人民路", "北京路", "建设大街", "中山东路", "解放路", "五一路", "文化巷", "山东路", "迎宾大道", "长江西路")
LEVELS = ("省级", "地级", "县级")

Answer = tuple[str, ...]


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Speed against cpca and jionlp, then the share of vectors each has right."""
    ours, cpca, jionlp = (cost.fresh(clock, who) for who in ("casebook", "cpca", "jionlp"))
    rate = ROWS / ours.cpu_s
    over_cpca, over_jionlp = rate / (CPCA_ROWS / cpca.cpu_s), rate / (JIONLP_ROWS / jionlp.cpu_s)
    yield Row(f"address: cpca, {CPCA_ROWS:,} rows", cpca)
    yield Row(f"address: jionlp, {JIONLP_ROWS:,} rows", jionlp, over_jionlp)
    limit = Limit(over_cpca, "at least", FASTER_THAN_CPCA, "× cpca")
    yield Row(f"address: casebook, {ROWS:,} rows", ours, over_cpca, (limit,))
    yield from correctness()


def correctness() -> Iterator[Row]:
    """How many vectors each has right; ours must be all, and more than the best peer."""
    scores = {who: cost.fresh(score, who) for who in ("cpca", "jionlp", "casebook")}
    total = pl.read_csv(VECTORS, infer_schema=False).height
    for who in ("cpca", "jionlp"):
        yield Row(f"address vectors: {who} right on {scores[who]} of {total}")
    beats = Limit(scores["casebook"], "at least", max(scores["cpca"], scores["jionlp"]) + 1, "right")
    yield Row(f"address vectors: casebook right on {scores['casebook']} of {total}", limits=(beats,))


def clock(who: str) -> Cost:
    """The cheapest of a few goes of one side over its rows."""
    if who == "casebook":
        values = distinct(ROWS)
        addresses.clean(values.head(10))
        return cost.cheapest(lambda: addresses.clean(values))
    texts = distinct(ROWS).head(CPCA_ROWS if who == "cpca" else JIONLP_ROWS).to_list()
    answer = ANSWERS[who]
    answer(texts[:10])
    return cost.cheapest(lambda: answer(texts), times=3 if who == "cpca" else 1)


def distinct(rows: int) -> pl.Series:
    """Addresses all different, in the ways they are written."""
    rng = np.random.default_rng(SEED)
    counties = gazetteer.history().frame.filter(pl.col("until").is_null(), level="县级")
    county = counties[rng.integers(counties.height, size=rows)]
    style = pl.Series(rng.choice(4, size=rows, p=[0.6, 0.15, 0.15, 0.1]))
    frame = county.select("province", "name", prefecture=pl.col("prefecture").fill_null("")).with_columns(
        style=style, town=_any(rng, TOWNS, rows), road=_any(rng, ROADS, rows), **_numbers(rng, rows)
    )
    shorter = [
        pl.col(name).str.replace("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "")
        for name in ("province", "prefecture")
    ]
    head = (
        pl.when(pl.col("style") == 1)
        .then(pl.concat_str(*shorter, "name"))
        .when(pl.col("style") == 2)
        .then(pl.concat_str("prefecture", "name"))
        .when(pl.col("style") == 3)
        .then(pl.concat_str("province", "name"))
        .otherwise(pl.concat_str("province", "prefecture", "name"))
    )
    tail = pl.concat_str("town", "road", "house", pl.lit("号"), "building", pl.lit("号楼"), "room", pl.lit("室"))
    return frame.select(pl.concat_str(head, tail).alias("address")).to_series()


def _any(rng: np.random.Generator, words: tuple[str, ...], rows: int) -> pl.Series:
    return pl.Series(words).gather(rng.integers(len(words), size=rows))


def _numbers(rng: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    tops = {"house": 400, "building": 30, "room": 2400}
    return {name: pl.Series(rng.integers(1, top, size=rows)).cast(pl.String) for name, top in tops.items()}


def score(who: str) -> int:
    """On how many vectors the deepest division is the expected one, or none where none can be told."""
    vectors = pl.read_csv(VECTORS, infer_schema=False)
    expected = [expectation(code or "", who) for code in vectors["expected"]]
    answers = ANSWERS[who](vectors["input"].to_list())
    return sum(answer == right for answer, right in zip(answers, expected, strict=True))


def expectation(code: str, who: str) -> Answer:
    """The expected code as that side would say it: jionlp tells names, without those of municipalities' middle level."""
    if who != "jionlp" or not code:
        return (code,) if who != "jionlp" else ("",)
    names = [gazetteer.history().frame.filter(pl.col("until").is_null(), code=code)["name"].item()]
    return tuple(names)


def _ours(texts: list[str]) -> list[Answer]:
    return [(code or "",) for code in addresses.clean(pl.Series(texts))["code"]]


def _cpca(texts: list[str]) -> list[Answer]:
    return [(code or "",) for code in peer("cpca").transform(texts)["adcode"]]


def _jionlp(texts: list[str]) -> list[Answer]:
    found = [peer("jionlp").parse_location(text, change2new=True) for text in texts]
    return [(each["county"] or each["city"] or each["province"] or "",) for each in found]


ANSWERS: dict[str, Callable[[list[str]], list[Answer]]] = {"casebook": _ours, "cpca": _cpca, "jionlp": _jionlp}
"""The deepest division each side finds: a code, or jionlp's name of it."""
