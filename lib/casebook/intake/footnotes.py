"""What stands below a table and is none of its rows: signatures, remarks, print dates (填表人, 备注, 第 1 页)."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from casebook.intake.contract import Contract
from casebook.intake.grid import FAULT, ROW, field
from casebook.intake.headers import Header

TOTAL_CELL: Final = (
    r"^.{0,8}(合计|小计|总计|共计|累计)([:：].*|[(（]?[0-9].*|[(（](人|户|元|万元|亩|公顷|平方米)[)）])?$"
)
_SIGNATURE: Final = (
    r"^(\**注|备注|说明|填表说明|制表|制表人|填表|填表人|填报|填报人|填报单位|审核|审核人|复核|复核人|经办|经办人|负责人|"
    r"单位负责人|主管|主管领导|单位|单位公章|打印|打印人|打印日期|打印时间|制表日期|填表日期|导出时间|导出日期|第\s*[0-9]+\s*页.*)\s*([:：(（].*)?$"
)
_SIGNED: Final = r"^(制表|填表|填报|审核|复核|经办|负责|单位负责|主管|打印|导出)[人员领导日期时间单位]*[:：]"
_SENTENCE: Final = r"[:：。，；！?？]|.{16}"
TAIL: Final = 40


def of(frame: pl.DataFrame, fields: Sequence[str], header: Header, contract: Contract) -> tuple[int, ...]:
    """Physical rows of the signatures and remarks after the last record, as far as they reach up from the end.

    A signature's word opens a row that lacks a demanded column, or stands with a colon in a row less than half filled. A remark is a
    lone cell that is a sentence, or whose row would be rejected, or that stands below the totals or a signature. Any other lone
    name stays a record.
    """
    tail = frame.tail(TAIL)
    first = pl.coalesce(pl.when(~is_blank(name)).then(pl.col(name)) for name in fields)
    marked = tail.with_columns(
        is_total=first.str.replace_all(r"\s", "").str.contains(TOTAL_CELL),
        is_signature=first.str.replace_all(r"\s", "").str.contains(_SIGNATURE),
        is_signed=first.str.replace_all(r"\s", "").str.contains(_SIGNED),
        filled=pl.sum_horizontal((~is_blank(name)).cast(pl.Int64) for name in fields),
        is_sentence=first.str.contains(_SENTENCE),
        lacks_column=_lacks(header, [c.name for c in contract.columns if c.header_required]),
        lacks_value=_lacks(header, [c.name for c in contract.columns if c.required]),
    )
    found, pending = [], list[int]()
    for record in reversed(marked.rows(named=True)):
        row, is_lone = int(record[ROW]), record["filled"] == 1
        is_signed = record["is_signed"] and 2 * record["filled"] < len(fields)
        is_signature = is_signed or (record["is_signature"] and record["lacks_column"])
        is_remark = is_lone and (record["lacks_value"] or (record["is_sentence"] and record["lacks_column"]))
        if record["is_total"] or is_signature:
            found += [*pending, *([] if record["is_total"] else [row])]
            pending = []
        elif is_remark and not pending:
            found.append(row)
        elif is_lone:
            pending.append(row)
        else:
            break
    return tuple(found)


def _lacks(header: Header, columns: Sequence[str]) -> pl.Expr:
    """True when the row is of the wrong shape, or one of the columns is blank."""
    blank = [is_blank(field(header.positions[name])) for name in columns]
    return pl.col(FAULT).is_not_null() | pl.any_horizontal(*blank, pl.lit(value=False))


def is_blank(name: str) -> pl.Expr:
    """Whether the field holds no text."""
    return pl.col(name).is_null() | (pl.col(name).str.strip_chars() == "")
