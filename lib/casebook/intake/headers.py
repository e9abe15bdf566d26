"""Which row is the header, and which contract column each of its cells means.

Agencies put titles above the header, split it over two merged rows, add units in brackets and change the wording from year to
year. The header is the row, or pair of rows, among the first twenty with the most headers the contract knows.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from casebook.text import variants

if TYPE_CHECKING:
    from casebook.intake.contract import Column, Contract

SEARCHED_ROWS: Final = 20
UNITS: Final = {
    "元": "元", "万元": "万元", "亿元": "亿元", "元/月": "元", "元/平方米": "元", "人民币元": "元",
    "平方米": "平方米", "m2": "平方米", "平米": "平方米", "亩": "亩", "公顷": "公顷", "hm2": "公顷",
}  # fmt: skip
MONEY_UNITS: Final = frozenset({"元", "万元", "亿元"})
_IN_BRACKETS: Final = re.compile(r"^(.+?)(?:\((?:单位:)?([^()]+)\)|\|(?:单位:)?([^|]+)|/(公顷|亩|平方米|万元|元))$")
_NUMBER: Final = re.compile(r"[0-9]{11,}x?")
_TITLE_UNIT: Final = re.compile(r"(?:金额|面积|计量)?单位:?\(?(亿元|万元|元|公顷|平方米|m2|亩)")


@dataclass(frozen=True)
class Header:
    """Where the header stands and what its cells mean.

    Attributes:
        index: position of its first row among the rows searched (from 0).
        depth: 1, or 2 for a two-level header.
        texts: the header of each cell as delivered, the two levels joined by `|`.
        positions: column name → position of its cell.
        spare: positions whose header means a column that a better header already fills.
    """

    index: int
    depth: int
    texts: tuple[str, ...]
    positions: Mapping[str, int]
    spare: tuple[int, ...] = ()


def normalise(header: str) -> str:
    """A header as compared: NFKC, without any white space, zero-width signs, asterisks or letter case.

    >>> normalise(" 村（社区） *")
    '村(社区)'
    """
    text = unicodedata.normalize("NFKC", header)
    return "".join(c for c in text if not c.isspace() and c not in "*\ufeff\u200b\u200c\u200d'\"").lower()


def split_unit(normalised: str) -> tuple[str, str | None]:
    """The header without its unit, and the unit it names.

    >>> split_unit("实用面积(亩)"), split_unit("成交价|万元"), split_unit("村(社区)")
    (('实用面积', '亩'), ('成交价', '万元'), ('村(社区)', None))
    """
    found = _IN_BRACKETS.match(normalised)
    unit = UNITS.get(next(filter(None, found.groups()[1:]))) if found else None
    return (found.group(1), unit) if found and unit else (normalised, None)


def title_unit(titles: Sequence[str], column: "Column") -> str | None:
    """The unit of the title rows (`单位：万元`) when it is one of the column's kind."""
    for title in titles:
        for found in _TITLE_UNIT.finditer(normalise(title)):
            unit = UNITS[found.group(1)]
            if column.kind == "money" and unit in MONEY_UNITS:
                return unit
            if column.kind == "area" and unit not in MONEY_UNITS:
                return unit
    return None


def unit_of(column: "Column", header: str, titles: Sequence[str]) -> str | None:
    """The unit of a column's numbers: said by its header, else by a title row, else by the contract."""
    text = normalise(header)
    said = column.unit_by_header.get(text) or split_unit(text)[1]
    return said or title_unit(titles, column) or column.unit


def find(contract: "Contract", rows: Sequence[Sequence[str]]) -> Header | None:
    """The best header among the first rows; None when no row has two headers of the contract.

    A row with the number of an id, an account or a telephone is no header: what stands in headers is shown in messages.

    On equal counts a single row wins over a pair, and the upper row over the lower. Where a demanded header is missing, headers in
    traditional characters are compared as simplified ones.
    """
    best = _best(contract, rows)
    if best is None or any(c.header_required and c.name not in best.positions for c in contract.columns):
        other = _best(contract, _simplified(rows))
        if other is not None and (best is None or len(other.positions) > len(best.positions)):
            return replace(other, texts=_texts(rows, other.index, other.depth))
    return best


def _best(contract: "Contract", rows: Sequence[Sequence[str]]) -> Header | None:
    ranks = _ranks(contract)
    has_number = [any(_NUMBER.fullmatch(normalise(text)) for text in row) for row in rows[: SEARCHED_ROWS + 1]]
    best: Header | None = None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if has_number[index]:
            continue
        best = _better(best, _read(ranks, index, 1, tuple(row)))
        if index + 1 < len(rows) and not has_number[index + 1]:
            best = _better(best, _read(ranks, index, 2, _texts(rows, index, 2)))
    return best if best is not None and len(best.positions) >= min(2, len(contract.columns)) else None


def _texts(rows: Sequence[Sequence[str]], index: int, depth: int) -> tuple[str, ...]:
    return tuple(rows[index]) if depth == 1 else joined(rows[index], rows[index + 1])


def _simplified(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows searched in simplified characters, as a contract's headers are: 身分證號 becomes 身份证号."""
    searched = [list(row) for row in rows[: SEARCHED_ROWS + 1]]
    texts = variants.simplify(pl.Series([text for row in searched for text in row], dtype=pl.String))
    cells = iter(texts.str.replace("身分证", "身份证", literal=True).to_list())
    return [[next(cells) for _ in row] for row in searched]


def single(contract: "Contract", row: Sequence[str]) -> Header:
    """The header that one row is, however few of the contract's headers it has."""
    return _read(_ranks(contract), 0, 1, tuple(row))


def means_otherwise(contract: "Contract", row: Sequence[str], header: Header) -> bool:
    """Whether a row of headers puts a column of the contract elsewhere than the header does.

    What the header itself says at a place, on either level, means what it means there.
    """
    other = single(contract, row)
    return any(
        header.positions.get(name) != at and normalise(row[at]) not in _levels(header, at)
        for name, at in other.positions.items()
    )


def _levels(header: Header, at: int) -> set[str]:
    text = header.texts[at] if at < len(header.texts) else ""
    return {normalise(level) for level in (text, *text.split("|"))}


def _better(best: Header | None, other: Header) -> Header:
    return other if best is None or _merit(other) > _merit(best) else best


def _merit(header: Header) -> tuple[int, int]:
    return len(header.positions), -header.depth


def _ranks(contract: "Contract") -> dict[str, tuple[str, int]]:
    """Normalised header → column and how preferred the header is (0 best).

    A column is known by its canonical name too, as databases may call it. Where units are at stake it is not: `amount_fen` of a
    database need not hold fen.
    """
    named = {normalise(c.name): (c.name, len(c.headers)) for c in contract.columns if c.unit is None}
    return named | {
        normalise(header): (column.name, rank)
        for column in contract.columns
        for rank, header in reversed(list(enumerate(column.headers)))
    }


def joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two levels as one: the upper cell reaches right over empty cells that have a lower one."""
    texts, reach = [], ""
    for position in range(max(len(upper), len(lower))):
        top = upper[position].strip() if position < len(upper) else ""
        low = lower[position].strip() if position < len(lower) else ""
        reach = top or (reach if low else "")
        texts.append(f"{reach}|{low}" if reach and low and reach != low else reach or low)
    return tuple(texts)


def _meaning(ranks: Mapping[str, tuple[str, int]], text: str) -> tuple[str, int] | None:
    """Column and rank of a header: whole, both levels run together, without its unit, or its lower level."""
    whole = normalise(text)
    upper, _, lower = whole.partition("|")
    for rank, form in enumerate((whole, upper + lower, split_unit(whole)[0], lower)):
        if form in ranks:
            name, preferred = ranks[form]
            return name, preferred + 1000 * rank
    return None


def _read(ranks: Mapping[str, tuple[str, int]], index: int, depth: int, texts: tuple[str, ...]) -> Header:
    chosen: dict[str, tuple[int, int]] = {}
    spare = []
    for position, text in enumerate(texts):
        meaning = _meaning(ranks, text)
        if meaning is None:
            continue
        name, rank = meaning
        if name in chosen and chosen[name][0] <= rank:
            spare.append(position)
            continue
        if name in chosen:
            spare.append(chosen[name][1])
        chosen[name] = (rank, position)
    return Header(index, depth, texts, {name: at for name, (_, at) in chosen.items()}, tuple(spare))
