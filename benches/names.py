"""Names of persons and firms: the homophone key against pypinyin, cleaning, and who is right on the shared vectors.

Names are as common as they are: 400,000 rows hold some 195,000 different ones. pypinyin is called row by row, as its users do, and
gets the first rows only; answers are compared before rates are. It reads surnames as words; the vectors say how often that is wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.synth import words_people
from casebook.text import firms, homophones, people

VECTORS: Final = Path(__file__).parents[1] / "tests" / "vectors"
ROWS: Final = 400_000
FIRMS: Final = 100_000
PEER_ROWS: Final = 10_000
SAME_SOUND: Final = 0.98
"""Share of names both read alike: ours knows surnames' own readings, pypinyin called plainly does not."""
FACTS: Final = {"person_name": ("value", "problem", "repair"), "firm_name": ("value", "problem", "core", "legal_unit")}
_FIRM_WORDS: Final = (
    ("云州市青禾区", "山东", "德州", "德州市陵城区", "陵城区", "南湖经济开发区", "", ""),
    tuple("恒丰宏远利民鲁能金盛华信达泰安顺兴隆永昌瑞祥鑫源"),
    tuple("恒丰宏远利民鲁能金盛华信达泰安顺兴隆永昌瑞祥鑫源"),
    ("食品", "化工", "商贸", "机械", "餐饮管理", "物流", "科技", "生物科技", "农业发展", "电子商务", "再生资源回收"),
    (
        "有限公司",
        "有限责任公司",
        "股份有限公司",
        "(集团)有限公司",
        "农民专业合作社",
        "有限公司陵城分公司",
        "厂",
        "超市",
        "经营部",
    ),
)


@dataclass(frozen=True)
class Work:
    """A cleaner over `values`; it must be `at_least` so many times as fast as pypinyin reads names."""

    name: str
    values: Callable[[], pl.Series]
    ours: Callable[[pl.Series], object]
    at_least: float


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Speed, then vectors."""
    theirs, alike = cost.fresh(read_by_peer)
    if alike < SAME_SOUND:
        yield Row("homophone key", error=f"{alike:.2%} of the names are read alike, expected {SAME_SOUND:.0%}")
        return
    yield Row(f"homophone key: pypinyin, {PEER_ROWS:,} rows", theirs)
    for number, work in enumerate(WORKS):
        rows, spent = cost.fresh(worked, number)
        ratio = (rows / spent.cpu_s) / (PEER_ROWS / theirs.cpu_s)
        name = f"{work.name}: {rows:,} rows, {rows / spent.cpu_s / 1e6:.2f} M/s"
        yield Row(name, spent, ratio, (Limit(ratio, "at least", work.at_least, "×"),))
    yield from vectors()


def vectors() -> Iterator[Row]:
    """Right answers on the shared vectors; only the sounds have a peer."""
    lines = table("homophone")
    wanted = lines["expected"].to_list()
    of_peer = right(sounds(lines["input"].to_list()), wanted)
    yield Row(f"homophone vectors: pypinyin right on {of_peer} of {len(wanted)}")
    yield _scored("homophone", right(homophones.key(lines["input"]).to_list(), wanted), len(wanted))
    for kind, cleaner in (("person_name", people.clean), ("firm_name", firms.clean)):
        lines = table(kind).rename({"expected": "value"})
        told, expected = (frame.select(FACTS[kind]).rows() for frame in (cleaner(lines["input"]), lines))
        yield _scored(kind, right(told, expected), len(expected))


def _scored(kind: str, of_ours: int, total: int) -> Row:
    return Row(
        f"{kind} vectors: casebook right on {of_ours}/{total}", limits=(Limit(of_ours, "at least", total, "right"),)
    )


def right(answers: Sequence[object], wanted: Sequence[object]) -> int:
    """How many answers are the wanted ones."""
    return sum(answer == one for answer, one in zip(answers, wanted, strict=True))


def table(kind: str) -> pl.DataFrame:
    """The shared vectors of a kind."""
    return pl.read_csv(VECTORS / f"{kind}.csv", infer_schema=False)


def read_by_peer() -> tuple[Cost, float]:
    """What pypinyin costs for the first names, and the share of them that we read like it."""
    few = person_names().head(PEER_ROWS)
    sounds(few.head(1).to_list())  # tables are loaded before the clock starts
    theirs, spent = cost.measure(lambda: sounds(few.to_list()))
    return spent, right(homophones.key(few).to_list(), theirs) / PEER_ROWS


def sounds(names: Sequence[str]) -> list[str]:
    """The keys a row-by-row call of pypinyin gives."""
    read = peer("pypinyin").lazy_pinyin
    return ["-".join(read(name)) for name in names]


def worked(number: int) -> tuple[int, Cost]:
    """Rows of one of `WORKS` and what they cost us."""
    work = WORKS[number]
    values = work.values()
    work.ours(values.head(PEER_ROWS))
    return len(values), cost.cheapest(lambda: work.ours(values))


def person_names() -> pl.Series:
    """Names of persons, as common as they are."""
    rng = np.random.default_rng(SEED)
    return words_people.names(rng, rng.random(ROWS) < 0.5)


def firm_names() -> pl.Series:
    """Different names of firms: place, two or three characters of brand, trade, form."""
    rng = np.random.default_rng(SEED)
    place, first, second, trade, form = (
        pl.Series(words).gather(rng.integers(len(words), size=FIRMS)) for words in _FIRM_WORDS
    )
    third = first.shuffle(SEED)
    return (place + first + second + third + trade + form).unique(maintain_order=True)


WORKS: Final = (
    Work("homophone key", person_names, homophones.key, at_least=50),
    Work("names of persons cleaned, key and pinyin", person_names, people.clean, at_least=20),
    Work("names of firms cleaned, all different", firm_names, firms.clean, at_least=4),
)
