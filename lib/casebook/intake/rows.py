"""Which rows of a grid are records, which are rejected and why, and which are no rows of the table at all.

Rejected: totals, rows of the wrong width, undecodable characters, a required value missing. Noted, neither read nor rejected:
blank lines, titles, headers repeated inside the data, and the signatures and remarks below it (domain.md 4.20, 23).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from typing import Final

import polars as pl

from casebook.intake import footnotes, headers, sentences
from casebook.intake.contract import Contract
from casebook.intake.dataset import CODE, COLUMN, FINDING_SCHEMA, PART, REJECT_SCHEMA
from casebook.intake.grid import FAULT, MERGED, RAW, ROW, Batch, Grid, field
from casebook.intake.headers import Header
from casebook.intake.sentences import Sentence

_TOTAL_SIGN: Final = "计"
_TOTAL_WORD: Final = r"[合小总共累]\s*计"
_SUMMED: Final = frozenset({"money", "area"})
_NO_COLUMN: Final = pl.lit(None, pl.String).alias(COLUMN)


def no_findings(_rows: pl.DataFrame) -> pl.DataFrame:
    """Nothing is found in the rows."""
    return pl.DataFrame(schema=FINDING_SCHEMA)


@dataclass(frozen=True)
class Sorted:
    """A batch told apart: the kept rows under canonical names, the rejects, rows that only notes list, cells in question.

    Attributes:
        findings: `row`, `column`, `code`: cells of kept rows that are in question.
    """

    kept: pl.DataFrame
    rejects: pl.DataFrame
    noted: dict[str, tuple[int, ...]]
    findings: pl.DataFrame


@dataclass(frozen=True)
class Table:
    """What a row is told by: its grid, the header found in it, the contract, the number of the part, what else rejects it.

    Attributes:
        refused: findings (`row`, `column`, `code`) of kept rows under canonical names that reject them.
        beside: further columns for those who look at the rows (`area_dm2|亩`: the same area in another unit) → position.
        said: code of a reject → its sentences, where the contract has some of its own.
        file: name of the file, for messages; the contract's where there is none.
    """

    grid: Grid
    header: Header
    contract: Contract
    part: int
    refused: Callable[[pl.DataFrame], pl.DataFrame] = no_findings
    beside: Mapping[str, int] = field_of(default_factory=dict)
    said: Mapping[str, Sentence] = field_of(default_factory=lambda: sentences.of("reject"))
    file: str = ""

    @property
    def fields(self) -> list[str]:
        """Names of the grid's columns under the header."""
        return [field(position) for position in range(len(self.header.texts))]


def sort(table: Table) -> Iterator[Sorted]:
    """The batches of the grid in order; every row of them stands in exactly one of kept, rejects and noted."""
    for batch, is_last in _with_whole_tail(table.grid.batches):
        yield _sorted(batch, table, is_last=is_last)


def _with_whole_tail(batches: Iterable[Batch]) -> Iterator[tuple[Batch, bool]]:
    """The batches, the last one told; it has all rows among which signatures and remarks are looked for."""
    previous: Batch | None = None
    for batch in batches:
        if previous is not None:
            current = batch
            if batch.frame.height < footnotes.TAIL:
                carried = previous.frame.tail(footnotes.TAIL)
                current = replace(batch, frame=pl.concat([carried, batch.frame], how="diagonal"))
                previous = replace(previous, frame=previous.frame.head(-footnotes.TAIL))
                marks = previous.marks
                is_carried = pl.col(ROW).is_in(carried[ROW].implode())
                current = replace(current, marks=pl.concat([marks.filter(is_carried), batch.marks]))
                previous = replace(previous, marks=marks.filter(~is_carried))
            yield previous, False
            batch = current  # noqa: PLW2901
        previous = batch
    if previous is not None:
        yield previous, True


def _sorted(batch: Batch, table: Table, *, is_last: bool) -> Sorted:
    header, fields = table.header, table.fields
    noted = {"blank_rows": batch.blank_rows, "repeated_header": _repeated(batch.frame, table)}
    noted["footnote_rows"] = footnotes.of(batch.frame, fields, header, table.contract) if is_last else ()
    aside = {row for name in ("repeated_header", "footnote_rows") for row in noted[name]}
    frame = batch.frame.filter(~pl.col(ROW).is_in(aside)) if aside else batch.frame
    shapes = _shapes(frame, table)
    sound = _without(frame, shapes)
    kept = _canonical(sound, table)
    refused = pl.concat([shapes, _missing(sound, header, table.contract), table.refused(kept)])
    rejects = _rejects(frame, refused, table)
    kept = _without(kept, refused)
    return Sorted(kept, rejects, noted, _without(_named(batch.marks, table), refused))


def _without(frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(~pl.col(ROW).is_in(found[ROW].implode())) if found.height else frame


def _shapes(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Rows that are no records whatever they say: of a wrong shape, totals, with a NUL."""
    faults = frame.filter(pl.col(FAULT).is_not_null()).select(ROW, _NO_COLUMN, pl.col(FAULT).alias(CODE))
    shapes = [found(frame.filter(_totals(frame, table.fields)), "row.total"), faults]
    if table.grid.has_nul:
        has_nul = pl.any_horizontal(pl.col(table.fields).str.contains("\x00", literal=True).fill_null(value=False))
        shapes.append(found(frame.filter(has_nul), "char.nul"))
    return pl.concat(shapes)


def found(rows: pl.DataFrame, code: str, column: str | None = None) -> pl.DataFrame:
    """The rows as findings of one code."""
    return rows.select(ROW, pl.lit(column, pl.String).alias(COLUMN), pl.lit(code).alias(CODE))


def _named(marks: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Marks of cells under a column of the contract; the others concern nobody, nor does a merge over rows of a column not summed."""
    names = {at: name for name, at in table.header.positions.items()}
    summed = [at for at, name in names.items() if table.contract.column(name).kind in _SUMMED]
    is_known, is_summed = pl.col("position").is_in(list(names)), pl.col("position").is_in(summed)
    known = marks.filter(is_known & (is_summed | (pl.col(CODE) != MERGED)))
    column = pl.col("position").replace_strict(names, return_dtype=pl.String).alias(COLUMN)
    return known.select(ROW, column, CODE) if known.height else no_findings(known)


def _has_word(fields: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).str.contains(_TOTAL_WORD).fill_null(value=False) for name in fields)


def _totals(frame: pl.DataFrame, fields: Sequence[str]) -> pl.Expr:
    """True for rows whose first filled cell is a totals word, perhaps after a place and before a count."""
    suspected = [name for name in fields if frame[name].str.contains(_TOTAL_SIGN, literal=True).any()]
    if not suspected:
        return pl.lit(value=False)
    suspects = frame.filter(_has_word(suspected))
    first = pl.coalesce(pl.when(~footnotes.is_blank(name)).then(pl.col(name)) for name in fields)
    rows = suspects.filter(first.str.replace_all(r"\s", "").str.contains(footnotes.TOTAL_CELL))[ROW]
    return pl.col(ROW).is_in(rows.to_list()) if rows.len() else pl.lit(value=False)


def _missing(frame: pl.DataFrame, header: Header, contract: Contract) -> pl.DataFrame:
    missing = [
        found(frame.filter(footnotes.is_blank(field(header.positions[column.name]))), "value.missing", column.name)
        for column in contract.columns
        if column.required
    ]
    return pl.concat([no_findings(frame), *missing])


def _repeated(frame: pl.DataFrame, table: Table) -> tuple[int, ...]:
    """Rows that say the header again (either level, or in other words of the contract), or a title alone.

    Raises:
        SourceError: such a row puts columns elsewhere, so that the rows below it would be misread.
    """
    header, contract = table.header, table.contract
    levels = {level.strip() for text in header.texts for level in (text, *text.split("|")) if level.strip()}
    words = levels.union(*((column.name, *column.headers) for column in contract.columns))
    known = {headers.normalise(text) for text in words}
    positions, found = list(header.positions.values()), []
    for record in _suspects(frame, positions, levels, words).iter_rows(named=True):
        row = [record[name] or "" for name in table.fields]
        if _is_header(row, known) or _is_header([row[at] for at in positions], known):
            if headers.means_otherwise(contract, row, header):
                place = table.file or contract.id
                raise sentences.refusal("header.changes", place, sheet=table.grid.sheet, row=record[ROW])
            found.append(int(record[ROW]))
    return tuple(found) + _repeated_titles(frame, table.grid.titles)


def _suspects(frame: pl.DataFrame, positions: Sequence[int], levels: set[str], words: set[str]) -> pl.DataFrame:
    """Rows with a text of the header, or two words of the contract, in their first columns."""
    texts = [pl.col(field(at)).str.strip_chars() for at in positions[:4]]
    has_level = pl.any_horizontal(text.is_in(levels) for text in texts)
    has_words = pl.sum_horizontal(text.is_in(words) for text in texts) > 1
    return frame.filter(has_level | has_words)


def _is_header(cells: Sequence[str], known: set[str]) -> bool:
    """Two thirds of the filled cells, two at least, are known headers."""
    filled = [text for text in map(headers.normalise, cells) if text]
    return len(filled) > 1 and sum(text in known for text in filled) * 3 >= len(filled) * 2


def _repeated_titles(frame: pl.DataFrame, titles: Sequence[str]) -> tuple[int, ...]:
    first = field(0)
    if not titles or first not in frame.columns:
        return ()
    others = pl.col("^f[1-9][0-9]*$")
    is_alone = pl.all_horizontal(others.is_null() | (others.str.strip_chars() == ""))
    repeated = frame.filter(pl.col(first).str.strip_chars().is_in([title.strip() for title in titles]))
    return tuple(repeated.filter(is_alone)[ROW].to_list()) if repeated.height else ()


def _canonical(kept: pl.DataFrame, table: Table) -> pl.DataFrame:
    columns, positions = [], {**table.header.positions, **table.beside}
    for name in (*table.contract.names, *table.beside):
        if name in positions:
            cell = pl.col(field(positions[name]))
            columns.append(pl.when(cell.str.strip_chars() != "").then(cell).alias(name))
        else:
            columns.append(pl.lit(None, pl.String).alias(name))
    return kept.select(*columns, pl.lit(table.part, pl.UInt32).alias(PART), pl.col(ROW))


def _rejects(frame: pl.DataFrame, refused: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Each refused row once: the first reason, and all of them."""
    if refused.is_empty():
        return pl.DataFrame(schema=REJECT_SCHEMA)
    reason = pl.concat_str(CODE, COLUMN, separator=":", ignore_nulls=True)
    reasons = refused.group_by(ROW).agg(
        pl.col(CODE, COLUMN).first(), reason.unique(maintain_order=True).alias("reasons")
    )
    raw = pl.coalesce(pl.col(RAW), pl.concat_str(pl.col(table.fields).fill_null(""), separator="\t"))
    zh, en = ({code: pair[at] for code, pair in table.said.items()} for at in (0, 1))
    return (
        frame.join(reasons, on=ROW, maintain_order="left")
        .select(
            pl.lit(table.part, pl.UInt32).alias(PART),
            ROW,
            CODE,
            COLUMN,
            "reasons",
            pl.col(CODE).replace_strict(zh, return_dtype=pl.String).alias("message_zh"),
            pl.col(CODE).replace_strict(en, return_dtype=pl.String).alias("message_en"),
            raw.alias("raw"),
        )
        .cast(dict(REJECT_SCHEMA))  # type: ignore[arg-type]
    )
