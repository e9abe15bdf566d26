"""`casebook clean` on columns of a million rows (five million for citizen ids): memory stays bounded, whatever the size.

The command is run as a user runs it, standard input to standard output; its cost is that of the whole process tree, start and
reading and writing of the csv included. Rows per CPU second are told in the name of the row.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from benches import tree
from benches.settings import FOLDER, SEED, Settings
from benches.table import Limit, Row
from casebook.synth import words_people, words_places

MILLION = 1_000_000
PEAK_MIB = 1024


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Each kind once; the limit is on the peak of resident memory."""
    for kind, rows in (
        ("citizen_id", MILLION),
        ("citizen_id", 5 * MILLION),
        *((kind, MILLION) for kind in COLUMNS if kind != "citizen_id"),
    ):
        yield cleaned(kind, rows)


def cleaned(kind: str, rows: int) -> Row:
    """The command on a file of so many rows."""
    source, target = _file(kind, rows), FOLDER / "cleaned.csv"
    ended = tree.watched([sys.executable, "-c", _STARTED, str(source), str(target), kind], FOLDER)
    if ended.status not in (0, 1) or (out := _rows(target)) != rows:
        return Row(f"clean {kind}, {rows:,} rows", error=ended.said or "rows are lost")
    target.unlink()
    name = f"clean {kind}, {out:,} rows: {rows / ended.cost.cpu_s / 1000:,.0f} k rows/CPU s"
    return Row(name, ended.cost, None, (Limit(ended.cost.peak_mib, "at most", PEAK_MIB, "MiB"),))


_STARTED = (
    "import sys, os\n"
    "os.dup2(os.open(sys.argv[1], os.O_RDONLY), 0)\n"
    "os.dup2(os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)\n"
    "sys.argv = ['casebook', 'clean', sys.argv[3], '--column', 'value']\n"
    "from casebook.cli import main\n"
    "main()\n"
)


def _rows(path: Path) -> int:
    return int(pl.scan_csv(path, infer_schema=False).select(pl.len()).collect().item())


def _file(kind: str, rows: int) -> Path:
    """A csv with the column among others, made once and kept."""
    path = FOLDER / f"stream-{kind}-{rows}.csv"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        rng = np.random.default_rng(SEED)
        with path.with_suffix(".part").open("wb") as out:
            for start in range(0, rows, MILLION // 4):
                height = min(MILLION // 4, rows - start)
                frame = pl.DataFrame(
                    {"row": pl.arange(start, start + height, eager=True), "value": COLUMNS[kind](rng, height)}
                )
                out.write(frame.write_csv(include_header=not start).encode())
        path.with_suffix(".part").rename(path)
    return path


def _ids(rng: np.random.Generator, rows: int) -> pl.Series:
    is_male = rng.random(rows) < 0.5
    return words_people.citizen_ids(words_people.birth_dates(rng, rows, "1935-01-01", "2015-12-31"), is_male)


def _names(rng: np.random.Generator, rows: int) -> pl.Series:
    return words_people.names(rng, rng.random(rows) < 0.5)


def _addresses(rng: np.random.Generator, rows: int) -> pl.Series:
    """Every address another one: nothing is won by cleaning distinct texts once."""
    town = pl.Series(words_places.TOWNSHIPS).gather(rng.integers(len(words_places.TOWNSHIPS), size=rows))
    number = pl.Series(rng.integers(1, 10**7, size=rows)).cast(pl.String)
    return "云州市青禾区" + town + "幸福路" + number + "号"


def _money(rng: np.random.Generator, rows: int) -> pl.Series:
    return pl.Series(rng.integers(1, 10**9, size=rows) / 100).cast(pl.String) + "元"


def _dates(rng: np.random.Generator, rows: int) -> pl.Series:
    days = words_people.birth_dates(rng, rows, "1935-01-01", "2015-12-31")
    return days.dt.strftime("%Y年%m月%d日")


COLUMNS: dict[str, Callable[[np.random.Generator, int], pl.Series]] = {
    "citizen_id": _ids,
    "person_name": _names,
    "address": _addresses,
    "money": _money,
    "date": _dates,
}
