"""Chinese numerals and capital amounts against cn2an, mixed Chinese dates against jionlp: rows per CPU second, and who is right
on the shared vectors. A line whose input must be refused is right when no value is handed out.

Values are nearly all distinct, so that no side gains from repetition; the peers get the first rows only.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook.measure import dates, money, numbers

VECTORS = Path(__file__).parents[1] / "tests" / "vectors"
DIGITS, CAPITALS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
UNITS, CAPITAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
PEER_FORMS = ("day", "month", "range", "lunar")
BASE = {"year": 2024, "month": 6, "day": 1}
Line = dict[str, str]


@dataclass(frozen=True)
class Duel:
    """`rows` texts, our column function, the peer and what it makes of one text (it raises what it refuses)."""

    name: str
    vectors: str
    peer: str
    rows: int
    peer_rows: int
    at_least: float
    texts: Callable[[int], list[str]]
    ours: Callable[[pl.Series], pl.DataFrame]
    theirs: Callable[[str], str]
    said: Callable[[Line], str]


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """For each duel the speed of both, then how many vectors each has right."""
    for number, duel in enumerate(DUELS):
        ours, theirs = cost.fresh(clock, number, "casebook"), cost.fresh(clock, number, duel.peer)
        ratio = (duel.rows / ours.cpu_s) / (duel.peer_rows / theirs.cpu_s)
        limit = Limit(ratio, "at least", duel.at_least, f"× {duel.peer}")
        yield Row(f"{duel.name}: {duel.peer}, {duel.peer_rows:,} rows", theirs)
        yield Row(f"{duel.name}: casebook, {duel.rows:,} rows", ours, ratio, (limit,))
        yield from _correctness(number, duel)


def _correctness(number: int, duel: Duel) -> Iterator[Row]:
    right = {who: cost.fresh(score, number, who) for who in (duel.peer, "casebook")}
    total = len(lines(duel))
    yield Row(f"{duel.name} vectors: {duel.peer} right on {right[duel.peer]} of {total}")
    beats = Limit(right["casebook"], "at least", right[duel.peer] + 1, "right")
    yield Row(f"{duel.name} vectors: casebook right on {right['casebook']} of {total}", limits=(beats,))


def clock(number: int, who: str) -> Cost:
    """The cost of one side for its rows, tables loaded."""
    duel = DUELS[number]
    texts = duel.texts(duel.rows)
    if who == "casebook":
        values = pl.Series(texts)
        duel.ours(values.head(100))
        return cost.cheapest(lambda: duel.ours(values))
    few = texts[: duel.peer_rows]
    refused_or(duel.theirs, few[0])
    with contextlib.redirect_stdout(io.StringIO()):
        return cost.measure(lambda: [refused_or(duel.theirs, text) for text in few])[1]


def score(number: int, who: str) -> int:
    """On how many vectors one side is right."""
    duel = DUELS[number]
    if who == "casebook":
        return sum(duel.said(line) == line["expected"] for line in lines(duel))
    return sum(as_asked(refused_or(duel.theirs, line["input"]), line) == line["expected"] for line in lines(duel))


def as_asked(answer: str, line: Line) -> str:
    """A span where a month is asked for is its first day; where a day is asked for, it is no day."""
    if "/" not in answer or line.get("form") == "range":
        return answer
    return answer.split("/", maxsplit=1)[0] if line.get("form") == "month" else ""


def lines(duel: Duel) -> list[Line]:
    """The vectors both sides are asked; open ends and counts that only a contract can ask for are ours alone."""
    with (VECTORS / f"{duel.vectors}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [line for line in found if line.get("form", "day") in PEER_FORMS and "9999" not in line["expected"][:10]]


def refused_or(read: Callable[[str], str], text: str) -> str:
    """What a peer reads; nothing where it stops, in whatever way."""
    try:
        return read(text)
    except Exception:  # noqa: BLE001 (peers stop with KeyError, IndexError, ValueError and others)
        return ""


def section(number: int, digits: str, units: tuple[str, ...]) -> str:
    """Four places in words, with one zero for any gap: 1050 → 一千零五十."""
    said = ""
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        gap = digits[0] if said and not said.endswith(digits[0]) else ""
        said += digits[digit] + units[power] if digit else gap
    return said.rstrip(digits[0])


def in_words(number: int, digits: str = DIGITS, units: tuple[str, ...] = UNITS) -> str:
    """A number below 10^12 in words."""
    said = ""
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        part = number // 10**power % 10**4
        if part:
            said += (digits[0] if said and part < 1000 else "") + section(part, digits, units) + name
    return said or digits[0]


def spoken(rows: int) -> list[str]:
    """Numbers of all lengths up to nine digits."""
    rng = np.random.default_rng(SEED)
    return [in_words(int(number)) for number in 10 ** rng.uniform(0, 9, rows)]


def capital(rows: int) -> list[str]:
    """Amounts in capital numerals, most with 角 and 分."""
    rng = np.random.default_rng(SEED)
    return [_amount(int(fen)) for fen in 10 ** rng.uniform(2, 10, rows)]


def _amount(fen: int) -> str:
    yuan = in_words(fen // 100, CAPITALS, CAPITAL_UNITS) + "元"
    tenth, hundredth = fen // 10 % 10, fen % 10
    if not tenth and not hundredth:
        return yuan + "整"
    tenths = CAPITALS[tenth] + ("角" if tenth else "")
    return yuan + tenths + (CAPITALS[hundredth] + "分" if hundredth else "")


def mixed_dates(rows: int) -> list[str]:
    """Days from 1950 on in six ways of writing, every fourth in Chinese numerals."""
    rng = np.random.default_rng(SEED)
    first = date(1950, 1, 1)
    days = [first + timedelta(days=int(number)) for number in rng.integers(0, 27_000, rows)]
    return [WRITERS[int(style)](day) for day, style in zip(days, rng.integers(0, len(WRITERS), rows), strict=True)]


def _in_numerals(day: date) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    month, number = (in_words(part).removeprefix("一" if 10 <= part < 20 else "") for part in (day.month, day.day))
    return f"{year}年{month}月{number}日"


WRITERS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y-%m-%d} 08:30:00",
    _in_numerals,
    _in_numerals,
)


def their_number(text: str) -> str:
    """What cn2an makes of a number, as plain digits."""
    return plain(peer("cn2an").cn2an(text, "smart"))


def their_amount(text: str) -> str:
    """What cn2an makes of an amount, in yuan with two decimals."""
    return f"{Decimal(str(peer('cn2an').cn2an(text, 'smart'))):.2f}"


def their_date(text: str) -> str:
    """The day jionlp makes of a text, or both ends of a longer time."""
    start, end = (moment[:10] for moment in peer("jionlp").parse_time(text, time_base=BASE)["time"])
    return str(start) if start == end else f"{start}/{end}"


def plain(number: object) -> str:
    """A number without exponent and trailing zeros."""
    return format(Decimal(str(number)).normalize(), "f")


def _our_number(line: Line) -> str:
    value = numbers.clean(pl.Series([line["input"]]))["value"].item()
    return "" if value is None else plain(value)


def _our_amount(line: Line) -> str:
    return money.to_yuan(money.clean(pl.Series([line["input"]]))["value"]).item() or ""


def _our_date(line: Line) -> str:
    row = dates.clean(pl.Series([line["input"]]), line["form"]).row(0, named=True)
    if row["value"] is None:
        return ""
    return f"{row['value']}/{row['until']}" if "until" in row else str(row["value"])


DUELS = (
    Duel("numerals", "number", "cn2an", 400_000, 20_000, 8, spoken, numbers.clean, their_number, _our_number),
    Duel(
        "capital amounts", "capital_money", "cn2an", 400_000, 20_000, 8, capital, money.clean, their_amount, _our_amount
    ),
    Duel("mixed dates", "date", "jionlp", 400_000, 2_000, 100, mixed_dates, dates.clean, their_date, _our_date),
)
