"""The header a table must have: every column the contract demands, each once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from rapidfuzz import process

from casebook.errors import short
from casebook.intake import headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.grid import Grid
from casebook.intake.headers import Header

_SHOWN = 40
BESIDE = "|"


def of(file: str, grid: Grid, contract: Contract) -> Header:
    """The grid's header.

    Raises:
        SourceError: there is none, it lacks a demanded column, or a used one stands in it twice.
    """
    if grid.header is None:
        wanted = "、".join(column.headers[0] for column in contract.columns if column.header_required)
        raise sentences.refusal("header.none", file, sheet=grid.sheet, contract=contract.id, wanted=wanted)
    texts = grid.header.texts
    present = [short(text) for text in texts if text.strip()]
    missing = [c for c in contract.columns if c.header_required and c.name not in grid.header.positions]
    refuse = partial(sentences.refusal, file=file, sheet=grid.sheet, row=grid.header_row)
    if missing:
        said = tuple(
            "; ".join(f"{column.headers[0]}{_nearest(column.headers, present, form)}" for column in missing)
            for form in ("（最接近：{}）", " (nearest: {})")
        )
        given = "、".join(present[:_SHOWN])
        raise refuse("header.missing", missing=said, given=given, contract=contract.id)
    compared = Counter(map(headers.normalise, texts))
    used = {texts[at] for at in grid.header.positions.values()}
    twice = sorted(short(text) for text in used if compared[headers.normalise(text)] > 1)
    if twice:
        raise refuse("header.twice", twice="、".join(twice))
    return grid.header


def refuse_continuation(file: str, grid: Grid, others: Sequence[Grid]) -> None:
    """Passes a sheet without header, unless it is as wide as a table beside it and so may be its continuation.

    Raises:
        SourceError: it may be; rows are never skipped silently.
    """
    widths = {len(other.header.texts) for other in others if other.header is not None}
    filled = [row for row in grid.first_rows if sum(bool(cell.strip()) for cell in row) > len(row) // 2]
    has_number = any(any(c.isdigit() for c in cell) for row in filled[:1] for cell in row)
    if filled and len(filled[0]) in widths and (len(filled) > 1 or has_number):
        raise sentences.refusal("sheet.continuation", file, sheet=grid.sheet)


def beside(contract: Contract, header: Header, titles: Sequence[str]) -> dict[str, int]:
    """The same area in another unit: `column|unit` → position, of headers that mean an area column already read."""
    found: dict[str, int] = {}
    for at in header.spare:
        for name in headers.single(contract, (header.texts[at],)).positions:
            column, read = contract.column(name), header.texts[header.positions[name]]
            unit = headers.unit_of(column, header.texts[at], titles)
            if column.kind == "area" and unit is not None and unit != headers.unit_of(column, read, titles):
                found.setdefault(f"{name}{BESIDE}{unit}", at)
    return found


def units(contract: Contract, used: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    """Column → unit of its numbers, where the contract knows units for it: said by header, title or contract."""
    found = {name: headers.unit_of(contract.column(name), text, titles) for name, text in used.items()}
    return {name: unit for name, unit in found.items() if unit is not None and contract.column(name).unit is not None}


def _nearest(wanted: Sequence[str], present: Sequence[str], form: str) -> str:
    best = max((process.extractOne(header, present, score_cutoff=50) or ("", 0, 0) for header in wanted), key=_score)
    return form.format(best[0]) if best[0] else ""


def _score(match: tuple[str, float, int]) -> float:
    return match[1]
