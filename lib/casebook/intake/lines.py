"""Delimited text → Grid. The delimiter is found by the header, and every physical line is accounted for.

The row number of a record is the number of the line it begins on, counted from 1 with titles and blank lines. Lines that can be cut
by columns at once are (no quotes, or quotes around every field); only the others are parsed one by one.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from casebook.intake import encoding, grid, headers, records
from casebook.intake.contract import Contract
from casebook.intake.dataset import Note
from casebook.intake.encoding import Decoded
from casebook.intake.files import Admitted
from casebook.intake.grid import FAULT, RAW, ROW, Batch, Grid, Opened, field
from casebook.intake.records import Numbered, Record

DELIMITERS: Final = (",", "\t", ";", "|")
SNIFFED_LINES: Final = 200
_IN_CLASS: Final = {",": ",", "\t": r"\t", ";": ";", "|": r"\|"}
_LINE: Final = "line"


def read(admitted: Admitted, contract: Contract) -> Opened:
    """The table of a text file."""
    decoded = encoding.transcode(admitted.copy, admitted.copy.with_suffix(".utf8"), admitted.name)
    is_odd = decoded.line_end in {"cr", "mixed"}
    notes = (Note(f"line_end.{decoded.line_end}", admitted.name),) if is_odd else ()
    return Opened([_grid(decoded, contract)], decoded.encoding, notes)


def _grid(decoded: Decoded, contract: Contract) -> Grid:
    lines = pl.read_lines(decoded.path, name=_LINE, row_index_name=ROW, row_index_offset=1).cast({ROW: pl.UInt32})
    head = lines.head(SNIFFED_LINES)
    numbered = list(zip(head[ROW].to_list(), head[_LINE].to_list(), strict=True))
    delimiter, known, header = max(
        (_tried(contract, numbered, delimiter) for delimiter in DELIMITERS),
        key=lambda tried: len(tried[2].positions) if tried[2] else 0,
    )
    first = [record.fields for record in known[: headers.SEARCHED_ROWS + 1]]
    if header is None:
        return Grid("", None, 0, first)
    titles, last = known[: header.index], known[header.index + header.depth - 1]
    below = lines.filter(pl.col(ROW) >= last.row + last.span)
    frame, blank = body(below, delimiter, len(header.texts), decoded)
    return Grid(
        sheet="",
        header=header,
        header_row=known[header.index].row,
        first_rows=first,
        batches=(Batch(frame, blank),),
        titles=tuple(" ".join(filter(None, record.fields)) for record in titles),
        title_rows=tuple(record.row for record in titles),
        has_nul=decoded.has_nul,
    )


def _tried(contract: Contract, lines: Numbered, delimiter: str) -> tuple[str, list[Record], headers.Header | None]:
    """The first lines read with one delimiter, and the header they then have; blank lines are no records here."""
    found = [record for record in records.each(lines, delimiter) if not record.is_blank]
    return delimiter, found, headers.find(contract, [record.fields for record in found])


def body(below: pl.DataFrame, delimiter: str, width: int, decoded: Decoded) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """Rows below the header as a grid frame in physical order, and the blank lines among them.

    Args:
        below: `row` (UInt32, physical) and `line` of consecutive lines.
        delimiter: between fields.
        width: how many fields the header has.
        decoded: what is known of the file's text.
    """
    marked = _shapes(_without_surplus(below, delimiter, width, decoded), delimiter, width, decoded)
    quoted, reaching = _batch(marked.filter(pl.col("shape") == "quoted"), delimiter, width)
    odd = pl.concat([marked.filter(pl.col("shape") == "odd"), reaching]).sort(ROW)
    parsed, swallowed = _one_by_one(below, odd, delimiter, width)
    if swallowed:
        marked = marked.filter(~pl.col(ROW).is_in(swallowed))
        quoted = quoted.filter(~pl.col(ROW).is_in(swallowed))
    marked_bad = [_marked_bad(record, decoded.bad_lines) for record in parsed]
    kept = [records.fitted(record, width) for record in marked_bad if not record.is_blank]
    plain, wrapped = (marked.filter(pl.col("shape") == shape) for shape in ("plain", "wrapped"))
    inner = wrapped.with_columns(pl.col(_LINE).str.head(-1).str.slice(1))
    pieces = [_split(plain, delimiter, width), _split(inner, f'"{delimiter}"', width), quoted, _frame(kept, width)]
    frame = pl.concat(piece for piece in pieces if piece.height or piece is pieces[0])
    blank = tuple(record.row for record in parsed if record.is_blank)
    return (frame.sort(ROW) if frame.height > pieces[0].height else frame), blank


def _shapes(lines: pl.DataFrame, delimiter: str, width: int, decoded: Decoded) -> pl.DataFrame:
    """Adds `shape`: `plain` and `wrapped` lines can be cut at once, `quoted` parsed in one go, `odd` need a closer look."""
    text = pl.col(_LINE)
    is_sound = (text.str.len_bytes() <= records.MAX_CHARACTERS) & text.str.contains(rf"[^\s{_IN_CLASS[delimiter]}]")
    if decoded.bad_lines:
        is_sound &= ~pl.col(ROW).is_in(decoded.bad_lines)
    is_plain = text.str.count_matches(delimiter, literal=True) == width - 1
    if not decoded.has_quote:
        return lines.with_columns(shape=pl.when(is_sound & is_plain).then(pl.lit("plain")).otherwise(pl.lit("odd")))
    counted = lines.with_columns(
        quotes=text.str.count_matches('"', literal=True),
        seams=text.str.count_matches(f'"{delimiter}"', literal=True),
        is_sound=is_sound,
        is_plain=is_plain,
        is_framed=text.str.starts_with('"') & text.str.ends_with('"'),
    )
    return counted.select(ROW, _LINE, _shape(width).alias("shape"))


def _shape(width: int) -> pl.Expr:
    """The shape of a line whose quotes, seams (`","`) and frame (a quote at either end) are known."""
    is_wrapped = pl.col("is_framed") & (pl.col("quotes") == 2 * width) & (pl.col("seams") == width - 1)
    has_pairs = (pl.col("quotes") > 0) & (pl.col("quotes") % 2 == 0)
    return (
        pl.when(~pl.col("is_sound"))
        .then(pl.lit("odd"))
        .when((pl.col("quotes") == 0) & pl.col("is_plain"))
        .then(pl.lit("plain"))
        .when(is_wrapped)
        .then(pl.lit("wrapped"))
        .when(has_pairs)
        .then(pl.lit("quoted"))
        .otherwise(pl.lit("odd"))
    )


def _without_surplus(lines: pl.DataFrame, delimiter: str, width: int, decoded: Decoded) -> pl.DataFrame:
    """Lines with too many delimiters and nothing behind them, cut to the width of the header."""
    text = pl.col(_LINE)
    has_surplus = lines[_LINE].str.count_matches(delimiter, literal=True) > width - 1
    if not has_surplus.any():
        return lines
    is_long = pl.lit(has_surplus)
    if decoded.has_quote:
        is_long &= ~text.str.contains('"', literal=True)
    core = text.str.replace(rf"[\s{_IN_CLASS[delimiter]}]+$", "")
    spare = width - 1 - core.str.count_matches(delimiter, literal=True).cast(pl.Int64)
    refilled = core + pl.lit(delimiter * width).str.head(spare)
    return lines.with_columns(
        pl.when(is_long & (core != "") & (spare >= 0)).then(refilled).otherwise(text).alias(_LINE)
    )


def _split(lines: pl.DataFrame, seam: str, width: int) -> pl.DataFrame:
    names = [field(position) for position in range(width)]
    parts = pl.col(_LINE).str.split_exact(seam, width - 1).struct.rename_fields(names).alias("parts")
    faults = (pl.lit(None, pl.String).alias(name) for name in (FAULT, RAW))
    return lines.select(pl.col(ROW), parts).unnest("parts").with_columns(*faults)


def _batch(quoted: pl.DataFrame, delimiter: str, width: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lines with paired quotes as a grid frame; the lines themselves instead, when some quote reaches beyond its line."""
    parsed = records.one_line_each(quoted[_LINE].to_list(), delimiter)
    if parsed is None:
        return grid.empty(width), quoted
    cells = [fields if len(fields) == width else None for fields in parsed]
    rows = [(row, *fields, None, None) for row, fields in zip(quoted[ROW], cells, strict=True) if fields is not None]
    is_unfit = pl.Series([fields is None for fields in cells], dtype=pl.Boolean)
    return pl.DataFrame(rows, schema=grid.empty(width).schema, orient="row"), quoted.filter(is_unfit)


def _frame(kept: Sequence[Record], width: int) -> pl.DataFrame:
    rows = [(record.row, *record.fields, record.fault, record.raw if record.fault else None) for record in kept]
    return pl.DataFrame(rows, schema=grid.empty(width).schema, orient="row")


def _marked_bad(record: Record, bad: Sequence[int]) -> Record:
    """The record, faulty when a line of it could not be decoded."""
    is_bad = any(record.row <= line < record.row + record.span for line in bad)
    return Record(record.row, record.span, record.fields, record.raw, "char.encoding") if is_bad else record


def _one_by_one(below: pl.DataFrame, odd: pl.DataFrame, delimiter: str, width: int) -> tuple[list[Record], set[int]]:
    """Records that begin on an odd line, and the further lines that quoted line feeds join to them."""
    first = int(below[ROW][0]) if below.height else 0
    found, swallowed = [], set[int]()
    for row, line in odd.select(ROW, _LINE).iter_rows():
        if row in swallowed:
            continue
        lines = [line] if '"' not in line else below[_LINE].slice(row - first, records.MAX_LINES).to_list()
        record = records.joined(row, lines, delimiter, width)
        swallowed.update(range(row + 1, row + record.span))
        found.append(record)
    return found, swallowed
