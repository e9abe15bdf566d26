"""Files → checked Parquet with rejects and flags: a million rows of GB18030 beside plain `polars.read_csv` of the same text in UTF-8;
the memory at five million rows.

The text has the kinds of faults of `benches.checks`, and rows that are too short, too long, totals, blank, or of an open quote.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benches import checks, cost
from benches.cost import Cost
from benches.settings import FOLDER, Settings
from benches.table import Limit, Row
from casebook.clean import judges
from casebook.intake import store, take
from casebook.intake.wanted import Wanted

MILLION = 1_000_000
MOST_MIB = 1.5 * 1024
STEP = 250_000
HEADER = ("身份证号", "流水号", "补贴类型", "发放月份", "发放金额", "补贴标准", "村", "申请日期", "停发日期")
ODD = ("短,行", "长" + "," * 12 + "行", "合计,,,,9", "", '"开,1,2,3,4,5,6,7,8', ",,,,,,,,")


@dataclass(frozen=True)
class Taken:
    """What an intake cost, and what became of the rows."""

    cost: Cost
    read: int
    kept: int
    rejected: int
    flagged: int


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """The cost beside the plain reader's, then the memory."""
    taken, plain = cost.fresh(taken_in, MILLION), cost.fresh(plainly_read, MILLION)
    name = f"{MILLION:,} rows of GB18030, checked ({taken.rejected:,} rejected, {taken.flagged:,} flags)"
    limits = (Limit(taken.read - taken.kept - taken.rejected, "at most", 0, "rows lost"),)
    yield Row(name, taken.cost, taken.cost.cpu_s / plain.cpu_s, limits)
    yield Row("polars.read_csv of the same in UTF-8, nothing checked", plain, 1.0)
    many = cost.fresh(taken_in, 5 * MILLION).cost
    limit = Limit(many.peak_mib, "at most", MOST_MIB, "MiB")
    yield Row(f"{5 * MILLION:,} rows of GB18030, checked", many, many.peak_mib / MOST_MIB, (limit,))


def taken_in(rows: int) -> Taken:
    """The cost of an intake of so many rows, with judges, copies and files on the disk."""
    path, contract = file(rows, "gb18030"), checks.small()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        out = Path(folder) / "out"
        wanted = Wanted(judges=judges.of(contract), copies=Path(folder) / "copies")
        _, spent = cost.measure(lambda: take(contract, [path], out, wanted))
        said = store.account(out)
    return Taken(spent, said["rows_read"], said["rows_kept"], said["rows_rejected"], sum(said["flags"].values()))


def plainly_read(rows: int) -> Cost:
    """The cost of `polars.read_csv`, all columns as text, rows of the wrong width allowed."""
    path = file(rows, "utf-8")
    return cost.measure(lambda: pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True, quote_char=None))[1]


def file(rows: int, encoding: str) -> Path:
    """A text of so many rows, made once and kept."""
    path = FOLDER / f"intake-{rows}-{encoding}.csv"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".part").open("wb") as out:
            out.write((",".join(HEADER) + "\r\n").encode(encoding))
            for start in range(0, rows, STEP):
                frame = checks.batch(start, min(STEP, rows - start)).drop("row", "part")
                text = frame.write_csv(include_header=False, line_terminator="\r\n")
                out.write((text + "\r\n".join(ODD) + "\r\n").encode(encoding))
        path.with_suffix(".part").rename(path)
    return path
