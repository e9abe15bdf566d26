"""A table that no contract knows: which of its first rows is the header, and its rows as far as a draft needs them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import polars as pl

from casebook.intake import archive, files, headers, readers, rows, sentences
from casebook.intake.contract import Column, Contract
from casebook.intake.files import Admitted
from casebook.intake.rows import Table
from casebook.intake.text.delimiters import DELIMITERS

MOST_ROWS: Final = 50_000
_NUMERIC: Final = r"^[-+]?[¥￥]?[0-9][0-9,.%/年月日号\-:\s]*$"
_DIGITS: Final = r"[0-9]{6}"
_NOBODYS: Final = ("\ue0f0\ue0f1", "\ue0f2\ue0f3")
IsKnown = Callable[[str], bool]


@dataclass(frozen=True)
class Unheard:
    """A table read by its own header.

    Attributes:
        texts: headers as delivered, those without text left out.
        frame: the first rows as delivered, `column_1` … in the order of `texts`; never shown.
    """

    texts: tuple[str, ...]
    frame: pl.DataFrame


def read(path: Path, folder: Path, is_known: IsKnown) -> Unheard:
    """The first table of the file that has a header and rows.

    Args:
        path: the file, of any shape that is read.
        folder: where our copy goes.
        is_known: whether a header is one of any contract.

    Raises:
        SourceError: the file cannot be read, or no row of it looks like a header with data below.
    """
    given = files.admit(path, folder)
    for admitted in archive.members(given, folder)[0] if given.shape == "archive" else [given]:
        for first_rows in _first_rows(admitted):
            texts = header_of(first_rows, is_known)
            if texts is not None:
                return Unheard(texts, _rows(admitted, own_contract(texts)))
    raise sentences.refusal("draft.no_header", given.name)


def _first_rows(admitted: Admitted) -> Iterator[list[list[str]]]:
    """The first rows of each table; of a text, as each delimiter cuts them, the one that gives most columns first."""
    for grid in readers.read(admitted, _contract("nobody", _NOBODYS)).grids:
        given = [[str(cell or "") for cell in row] for row in grid.first_rows]
        if admitted.shape != "text":
            yield given
            continue
        lines = [",".join(row) for row in given]
        cut = [[line.split(delimiter) for line in lines] for delimiter in DELIMITERS]
        yield from sorted(cut, key=lambda tried: -min(_widths(tried)))


def _widths(table: Sequence[Sequence[str]]) -> list[int]:
    """Fields of the lower half of the rows, titles being above."""
    return [len(row) for row in table[len(table) // 2 :]] or [0]


def header_of(first: Sequence[Sequence[str]], is_known: IsKnown) -> tuple[str, ...] | None:
    """The header: the row with most known headers where two are known, else the first that looks like one.

    A header has two or more distinct texts, none of them a number, a day, a code, or a text that stands again below it in its own
    column; as many as at least half of the fullest row; and rows with two or more cells below.

    >>> header_of([["名单", ""], ["姓名", "村"], ["张三", "前村"]], lambda text: False)
    ('姓名', '村')
    """
    fullest = max((len(_filled(row)) for row in first), default=0)
    likely = [at for at, row in enumerate(first) if _looks_right(row, first[at + 1 :], fullest)]
    known = {at: sum(map(is_known, _filled(first[at]))) for at in likely}
    best = max(likely, key=lambda at: (known[at] if known[at] > 1 else 0, -at), default=None)
    if best is None:
        return None
    levels = _levels(best, first, likely)
    texts = list(headers.joined(*levels)) if len(levels) > 1 else levels[0]
    return tuple(dict.fromkeys(_filled(texts)))


def _levels(best: int, first: Sequence[Sequence[str]], likely: Collection[int]) -> tuple[Sequence[str], ...]:
    """The header row with the one above or below it, where the upper has a cell that reaches over several of the lower."""
    for upper in (best - 1, best):
        if (
            upper >= 0
            and {upper, upper + 1} & set(likely)
            and upper + 1 < len(first)
            and _reaches(first[upper], first[upper + 1])
        ):
            return first[upper], first[upper + 1]
    return (first[best],)


def _reaches(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Both rows are texts of a header, and one text of the upper stands, or is left out, over different texts of the lower."""
    is_title = len(_filled(upper)) < 2 or any(sign in "".join(upper) for sign in ":：")
    if is_title or not _is_text(upper) or not _is_text(lower):
        return False
    pairs = list(zip(upper, lower, strict=False))
    beside = pairwise(pairs)
    return any(
        top and low != next_low and next_low and next_top in {"", top} for (top, low), (next_top, next_low) in beside
    )


def _is_text(row: Sequence[str]) -> bool:
    said = pl.Series(_filled(row), dtype=pl.String)
    return not (said.str.contains(_NUMERIC) | said.str.contains(_DIGITS)).any()


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _looks_right(row: Sequence[str], below: Sequence[Sequence[str]], fullest: int) -> bool:
    texts = _filled(row)
    said = pl.Series(texts, dtype=pl.String)
    is_value = said.str.contains(_NUMERIC) | said.str.contains(_DIGITS)
    has_rows = any(len(_filled(other)) > 1 for other in below)
    stands_again = any(
        cell.strip() and at < len(other) and other[at].strip() == cell.strip() and _differs(row, other)
        for other in below
        for at, cell in enumerate(row)
    )
    is_wide = len(set(texts)) > 1 and 2 * len(texts) >= fullest
    is_title = said.str.contains("[:：]").all()
    return is_wide and has_rows and not stands_again and not is_value.any() and not is_title


def _differs(row: Sequence[str], other: Sequence[str]) -> bool:
    """A header that is repeated as a whole is one all the same."""
    return _filled(row) != _filled(other)


def own_contract(texts: Collection[str]) -> Contract:
    """A contract that knows these headers and nothing else."""
    return _contract("draft", texts)


def _contract(id_: str, texts: Collection[str]) -> Contract:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(headers.normalise(text), text)
    columns = tuple(Column(f"column_{at}", (text,)) for at, text in enumerate(seen.values(), start=1))
    return Contract(id_, id_, "", "", "1.0.0", "", columns)


def _rows(admitted: Admitted, contract: Contract) -> pl.DataFrame:
    kept: list[pl.DataFrame] = []
    for grid in readers.read(admitted, contract).grids:
        if grid.header is None:
            continue
        for batch in rows.sort(Table(grid, grid.header, contract, 0)):
            kept.append(batch.kept.select(contract.names))
            if sum(frame.height for frame in kept) >= MOST_ROWS:
                return pl.concat(kept).head(MOST_ROWS)
    if not kept:
        raise sentences.refusal("draft.no_rows", admitted.name)
    return pl.concat(kept)
