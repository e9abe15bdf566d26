"""Which rows of a grid are records, which are rejected and why, and which are no rows of the table at all.

Rejected: totals, rows of the wrong width, undecodable characters, a required value missing. Noted, neither read nor rejected:
blank lines, titles, headers repeated inside the data, and the signatures and remarks below it (domain.md 4.20, 23).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from casebook.intake import headers
from casebook.intake.contract import Contract
from casebook.intake.dataset import PART, REASONS, REJECT_SCHEMA
from casebook.intake.grid import FAULT, RAW, ROW, Grid, field
from casebook.intake.headers import Header

_TOTAL_SIGN: Final = "计"
_TOTAL_WORD: Final = r"[合小总共累]\s*计"
_TOTAL_CELL: Final = (
    r"^.{0,8}(合计|小计|总计|共计|累计)([:：].*|[(（]?[0-9].*|[(（](人|户|元|万元|亩|公顷|平方米)[)）])?$"
)
_SIGNATURE: Final = (
    r"^(\**注|备注|说明|填表说明|制表|制表人|填表|填表人|填报|填报人|填报单位|审核|审核人|复核|复核人|经办|经办人|负责人|"
    r"单位负责人|主管|主管领导|单位|单位公章|打印|打印人|打印日期|打印时间|制表日期|填表日期|导出时间|导出日期|第\s*[0-9]+\s*页.*)\s*([:：(（].*)?$"
)
_SENTENCE: Final = r"[:：。，；！?？]|.{16}"
_TAIL: Final = 40
_CODE: Final = "code"
_COLUMN: Final = "column"


@dataclass(frozen=True)
class Sorted:
    """A grid told apart: the kept rows under canonical names, the rejects, and rows that only notes list."""

    kept: pl.DataFrame
    rejects: pl.DataFrame
    noted: dict[str, tuple[int, ...]]


def sort(grid: Grid, header: Header, contract: Contract, part: int) -> Sorted:
    """Every row of the grid stands in exactly one of kept, rejects and noted."""
    width = len(header.texts)
    fields = [field(position) for position in range(width)]
    noted = {
        "repeated_header": _repeated(grid.frame, header, grid.titles),
        "footnote_rows": _footnotes(grid.frame, fields, header, contract),
    }
    aside = {row for rows in noted.values() for row in rows}
    frame = grid.frame.filter(~pl.col(ROW).is_in(aside)) if aside else grid.frame
    frame = frame.with_columns(pl.col(FAULT).alias(_CODE), pl.lit(None, pl.String).alias(_COLUMN))
    frame = _mark(frame, _totals(frame, fields), "row.total")
    if grid.has_nul:
        has_nul = pl.any_horizontal(pl.col(fields).str.contains("\x00", literal=True).fill_null(value=False))
        frame = _mark(frame, has_nul & pl.col(_CODE).is_null(), "char.nul")
    frame = _missing(frame, header, contract)
    refused = frame.filter(pl.col(_CODE).is_not_null())
    kept = frame.filter(pl.col(_CODE).is_null()) if refused.height else frame
    return Sorted(_canonical(kept, header, contract, part), _rejects(refused, fields, part), noted)


def _mark(frame: pl.DataFrame, claim: pl.Expr, code: str, column: str | None = None) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(claim).then(pl.lit(code)).otherwise(pl.col(_CODE)).alias(_CODE),
        pl.when(claim).then(pl.lit(column, pl.String)).otherwise(pl.col(_COLUMN)).alias(_COLUMN),
    )


def _is_blank(name: str) -> pl.Expr:
    return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")


def _has_word(fields: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(_TOTAL_WORD).fill_null(value=False) for name in fields)


def _totals(frame: pl.DataFrame, fields: Sequence[str]) -> pl.Expr:
    """True for rows whose first filled cell is a totals word, perhaps after a place and before a count."""
    suspected = [name for name in fields if frame[name].str.contains(_TOTAL_SIGN, literal=True).any()]
    if not suspected:
        return pl.lit(value=False)
    suspects = frame.filter(_has_word(suspected))
    first = pl.coalesce(pl.when(~_is_blank(name)).then(pl.col(name)) for name in fields)
    rows = suspects.filter(first.str.replace_all(r"\s", "").str.contains(_TOTAL_CELL))[ROW]
    return pl.col(ROW).is_in(rows.to_list()) if rows.len() else pl.lit(value=False)


def _missing(frame: pl.DataFrame, header: Header, contract: Contract) -> pl.DataFrame:
    for column in contract.columns:
        if column.required:
            is_missing = _is_blank(field(header.positions[column.name])) & pl.col(_CODE).is_null()
            frame = _mark(frame, is_missing, "value.missing", column.name)
    return frame


def _repeated(frame: pl.DataFrame, header: Header, titles: Sequence[str]) -> tuple[int, ...]:
    """Rows that say the header again (either level), or a title alone."""
    said = {level.strip() for text in header.texts for level in (text, *text.split("|")) if level.strip()}
    positions = list(header.positions.values())
    suspects = frame.filter(pl.any_horizontal(pl.col(field(at)).str.strip_chars().is_in(said) for at in positions[:4]))
    known = {headers.normalise(text) for text in said}
    found = []
    for record in suspects.iter_rows(named=True):
        cells = [headers.normalise(record[field(at)] or "") for at in positions]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and sum(cell in known for cell in filled) * 3 >= len(filled) * 2:
            found.append(int(record[ROW]))
    return tuple(found) + _repeated_titles(frame, titles)


def _repeated_titles(frame: pl.DataFrame, titles: Sequence[str]) -> tuple[int, ...]:
    first = field(0)
    if not titles or first not in frame.columns:
        return ()
    others = pl.col("^f[1-9][0-9]*$")
    is_alone = pl.all_horizontal(others.is_null() | (others.str.strip_chars() == ""))
    repeated = frame.filter(pl.col(first).str.strip_chars().is_in([title.strip() for title in titles]))
    return tuple(repeated.filter(is_alone)[ROW].to_list()) if repeated.height else ()


def _footnotes(frame: pl.DataFrame, fields: Sequence[str], header: Header, contract: Contract) -> tuple[int, ...]:
    """Signatures and remarks after the last record.

    A signature's word opens a row that lacks a demanded column; a remark is a lone cell that is a sentence, or whose row would be
    rejected. A lone name stays a record.
    """
    tail = frame.tail(_TAIL)
    first = pl.coalesce(pl.when(~_is_blank(name)).then(pl.col(name)) for name in fields)
    marked = tail.with_columns(
        is_total=first.str.replace_all(r"\s", "").str.contains(_TOTAL_CELL),
        is_signature=first.str.replace_all(r"\s", "").str.contains(_SIGNATURE),
        is_lone=pl.sum_horizontal(~_is_blank(name) for name in fields) == 1,
        is_sentence=first.str.contains(_SENTENCE),
        lacks_column=_lacks(header, [c.name for c in contract.columns if c.header_required]),
        lacks_value=_lacks(header, [c.name for c in contract.columns if c.required]),
    )
    found = []
    for record in reversed(marked.rows(named=True)):
        is_signature = record["is_signature"] and record["lacks_column"]
        is_remark = record["is_lone"] and (record["lacks_value"] or (record["is_sentence"] and record["lacks_column"]))
        if not record["is_total"] and (is_signature or is_remark):
            found.append(int(record[ROW]))
        elif not record["is_total"]:
            break
    return tuple(found)


def _lacks(header: Header, columns: Sequence[str]) -> pl.Expr:
    """True when the row is of the wrong shape, or one of the columns is blank."""
    blank = [_is_blank(field(header.positions[name])) for name in columns]
    return pl.col(FAULT).is_not_null() | pl.any_horizontal(*blank, pl.lit(value=False))


def _canonical(kept: pl.DataFrame, header: Header, contract: Contract, part: int) -> pl.DataFrame:
    columns = []
    for name in contract.names:
        if name in header.positions:
            cell = pl.col(field(header.positions[name]))
            columns.append(pl.when(cell.str.strip_chars() != "").then(cell).alias(name))
        else:
            columns.append(pl.lit(None, pl.String).alias(name))
    return kept.select(*columns, pl.lit(part, pl.UInt32).alias(PART), pl.col(ROW))


def _rejects(refused: pl.DataFrame, fields: Sequence[str], part: int) -> pl.DataFrame:
    raw = pl.coalesce(pl.col(RAW), pl.concat_str(pl.col(fields).fill_null(""), separator="\t"))
    zh = {code: said[0] for code, said in REASONS.items()}
    en = {code: said[1] for code, said in REASONS.items()}
    return refused.select(
        pl.lit(part, pl.UInt32).alias(PART),
        ROW,
        _CODE,
        _COLUMN,
        pl.col(_CODE).replace_strict(zh, return_dtype=pl.String).alias("message_zh"),
        pl.col(_CODE).replace_strict(en, return_dtype=pl.String).alias("message_en"),
        raw.alias("raw"),
    ).cast(dict(REJECT_SCHEMA))  # type: ignore[arg-type]
