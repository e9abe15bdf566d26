"""`casebook clean`: one column of a table of any size through one cleaner."""

import json as json_text
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import polars as pl
import typer

from casebook.batch.pool import Report
from casebook.clean import cells, tables, written
from casebook.clean.cells import Batch
from casebook.clean.kinds import TABLE
from casebook.cli import clean_words, say
from casebook.cli.batch import Json
from casebook.errors import ColumnError, ParameterError, plain, short
from casebook.intake import headers

Kind = Annotated[str | None, typer.Argument(help="Cleaner: citizen_id, date, money … (--list names all).")]
File = Annotated[
    Path | None, typer.Argument(help="csv, tsv, xls, xlsx, ods or Parquet; - or nothing: csv on standard input.")
]
Column = Annotated[
    str | None, typer.Option("--column", help="Header of the column; may be left out when it is the only one.")
]
Form = Annotated[
    str | None, typer.Option("--form", help="Of dates: month, range, serial, roc, lunar (default: days as written).")
]
Unit = Annotated[
    str | None, typer.Option("--unit", help="Of a bare number: 万元, 亩 … (default: the header's, else 元, 平方米).")
]
Also = Annotated[
    str, typer.Option("--also", help="Further columns, comma between: repair, and parts beyond the fixed ones.")
]
Listing = Annotated[
    bool, typer.Option("--list", help="Name the cleaners, what they are for, their columns and options.")
]
Language = Annotated[Literal["zh", "en"], typer.Option("--language", help="Language of the words beside the codes.")]
MIB = 1 << 20
STDIN = "standard input"
_NOTHING = pl.DataFrame(schema={"raw": pl.String, "fault": pl.String})


@dataclass
class Told:
    """What was cleaned, counted."""

    kind: str
    column: str = ""
    encoding: str = ""
    options: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    good: int = 0
    problems: Counter[str] = field(default_factory=Counter)


def clean(
    kind: Kind = None,
    file: File = None,
    column: Column = None,
    form: Form = None,
    unit: Unit = None,
    also: Also = "",
    listing: Listing = False,
    language: Language = "en",
    json: Json = False,
) -> None:
    """One column through the cleaner KIND: raw, value, problem and the parts of the kind, as csv on standard output.

    One row for each row below the header, blank lines included; a row that does not fit the header has the fault as its problem
    (row.short, row.long, quote.open …). `problem` is empty when the value is good, `value` when there is none. Money is in yuan,
    area in m², dates are ISO. Of csv and Parquet, memory does not grow with the table. The counts go to standard error, with --json
    as one line of JSON. Exit 0 when every value is good, 1 when one has a problem (a blank is one), 2 for a wrong call.

    The output is for programs: a cell that begins with = + - or @ stands as it was delivered. Before opening it in a spreadsheet,
    import the columns as text.

    Example: casebook clean citizen_id --column 身份证号 < in.csv > out.csv
    """
    if listing:
        _list(language, json)
        return
    if kind is None:
        say.wrong_call(f"say which cleaner (casebook clean --list tells what each is for): {', '.join(TABLE)}")
    if kind not in TABLE:
        say.wrong_call(f"{short(kind)}: there is no such cleaner; there are {', '.join(TABLE)}")
    told = Told(kind, column or "", options=_options(kind, form, unit))
    asked = tuple(name.strip() for name in also.split(",") if name.strip())
    try:
        written.answers(_NOTHING, kind, told.options, asked)
        with _quiet_pipe(), nullcontext(_silent) if json else say.progress() as report:
            _write(_batches(file, column, report), told, asked)
    except (ColumnError, ParameterError) as caught:
        say.wrong_call(str(caught))
    _tell(told, language, json)
    if told.problems:
        raise typer.Exit(1)


def _silent(what: str, done: int, total: int) -> None:
    """No progress is told."""


def _options(kind: str, form: str | None, unit: str | None) -> dict[str, str]:
    given = {name: value for name, value in (("form", form), ("unit", unit)) if value is not None}
    for name in given:
        if name not in TABLE[kind].options:
            can = ", ".join(other for other, spec in TABLE.items() if name in spec.options)
            say.wrong_call(f"--{name} cannot be asked of {kind}; it can of {can}")
    return given


def _batches(file: Path | None, column: str | None, report: Report) -> Iterator[Batch]:
    """The cells of standard input or of a file, each batch reported."""
    if file is None or str(file) == "-":
        _check_piped(sys.stdin.buffer)
        yield from _reported(cells.batches(sys.stdin.buffer, STDIN, column), _size(sys.stdin.buffer), report)
    elif not file.is_file():
        say.wrong_call(f"{file} does not exist or is no file")
    elif tables.is_text(file):
        with file.open("rb") as opened:
            yield from _reported(cells.batches(opened, file.name, column), _size(opened), report)
    else:
        yield from tables.batches(file, column)


def _check_piped(file: BinaryIO) -> None:
    """Workbooks and Parquet are read from files only: their ends are needed first."""
    if isinstance(file, BufferedReader) and not tables.begins_as_text(file.peek(8)):
        say.wrong_call("this is a workbook or Parquet: name the file instead of piping it")


def _size(file: BinaryIO) -> int:
    """Bytes of the file; 0 for a pipe, whose end nobody knows."""
    return os.fstat(file.fileno()).st_size


def _reported(found: Iterator[Batch], size: int, report: Report) -> Iterator[Batch]:
    done = 0
    for batch in found:
        done += batch.size
        report("clean (MiB read)", done // MIB, max(size, done) // MIB)
        yield batch


def _write(found: Iterator[Batch], told: Told, also: tuple[str, ...]) -> None:
    """Every batch written and flushed before the next is read."""
    out, is_first = sys.stdout.buffer, True
    for batch in found:
        if is_first:
            if not told.column:
                written.check_header(batch.header, told.kind)
            told.column = batch.header
            _take_unit(told)
        rows = written.answers(batch.frame, told.kind, told.options, also)
        out.write(rows.write_csv(include_header=is_first).encode())
        out.flush()
        told.encoding, is_first = batch.encoding, False
        _count(told, rows["problem"])


def _take_unit(told: Told) -> None:
    """The unit that the header states; the call is wrong when it asks for another."""
    said = headers.split_unit(headers.normalise(told.column))[1]
    if said is None or "unit" not in TABLE[told.kind].options or not _is_of(said, told.kind):
        return
    asked = told.options.setdefault("unit", said)
    if headers.UNITS.get(headers.normalise(asked), asked) != said:
        say.wrong_call(
            f"the header {short(told.column)} states {said}, --unit asks for {short(asked)}: leave --unit out, or mend the header"
        )


def _is_of(unit: str, kind: str) -> bool:
    return (unit in headers.MONEY_UNITS) == (kind == "money")


def _count(told: Told, problem: pl.Series) -> None:
    told.rows += len(problem)
    told.good += problem.null_count()
    told.problems.update(dict(problem.drop_nulls().value_counts().iter_rows()))


@contextmanager
def _quiet_pipe() -> Iterator[None]:
    """A reader that has seen enough (`| head`) ends the work without a word, with exit 1."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None


def _tell(told: Told, language: Language, json: bool) -> None:
    if json:
        told.column = plain(told.column)
        typer.echo(json_text.dumps(vars(told), ensure_ascii=False, sort_keys=True), err=True)
        return
    asked = "".join(f", {name} {value}" for name, value in told.options.items())
    place = f"{told.column}{asked}, {told.encoding}" if told.encoding else f"{told.column}{asked}"
    say.line(f"{told.kind} ({place}): {told.rows:,} rows, {told.good:,} good", err=True)
    for code, number in told.problems.most_common():
        word = clean_words.problem(code, language)
        typer.echo(f"{number:>11,}  {code}" + (f"  {word}" if word != code else ""), err=True)


def _list(language: Language, json: bool) -> None:
    known = {
        name: {"parts": list(spec.parts), "options": list(spec.options), "also": list(written.further(name, {}))}
        for name, spec in TABLE.items()
    }
    if json:
        say.as_json(known)
        return
    for name, said in known.items():
        columns = ",".join(["raw", "value", "problem", *said["parts"]])
        asked = "".join(f" --{option}" for option in said["options"])
        typer.echo(f"{name:<24}{clean_words.kind(name, language)}")
        typer.echo(f"{'':<24}{columns}{asked}\n{'':<24}also: {', '.join(said['also'])}")
