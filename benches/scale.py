"""Ten million persons with ten million: the pairs with an equal id, after cleaning, from Parquet to pairs in memory.

DuckDB and Polars' streaming engine join the ids as text. `link.exact` packs them into 64 bits on the way, or takes them packed.
Half a minute of CPU, and 250 MB of files that are kept; the highest memory is about two gigabytes, of Polars on text.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import polars as pl
from numpy.typing import NDArray

from benches import cost
from benches.cost import Cost
from benches.settings import FOLDER, SEED, Settings
from benches.table import Limit, Row
from casebook.ids import eighteen
from casebook.link.exact import exact

ROWS: Final = 10_000_000
SHARED: Final = 0.75
TIMES_POLARS, PEAK_MIB = 2, 3072
DAYS, SEQUENCES = 36_500, 999
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_OF_REST: Final = np.array([1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2])


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """DuckDB, Polars, then ours on text and on packed ids."""
    folder = cost.fresh(tables, ROWS)
    duck, duck_pairs = cost.fresh(by_duckdb, folder)
    plain, plain_pairs = cost.fresh(by_polars, folder)
    yield Row(f"10M × 10M: DuckDB, id = id ({duck_pairs:,} pairs)", duck)
    yield Row(f"10M × 10M: Polars streaming ({plain_pairs:,} pairs)", plain)
    for name in ("text", "packed"):
        ours, pairs = cost.fresh(by_us, folder, name)
        limits = (
            Limit(ours.cpu_s / plain.cpu_s, "at most", TIMES_POLARS, "× Polars' CPU"),
            Limit(ours.peak_mib, "at most", PEAK_MIB, "MiB"),
            Limit(abs(pairs - plain_pairs), "at most", 0, "pairs apart"),
        )
        yield Row(f"10M × 10M: link.exact, ids {name}", ours, ours.cpu_s / plain.cpu_s, limits)


def tables(rows: int) -> Path:
    """Two tables of `ref`, `citizen_id` and, in files of their own, `ref`, `citizen_key`; made once and kept."""
    folder = FOLDER / f"scale-{rows}-{SEED}"
    if (folder / "COMPLETE").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(SEED)
    everyone = _packed(rng.choice(DAYS * SEQUENCES, size=round(rows * (2 - SHARED)), replace=False))
    for side, ids in (("left", everyone[:rows]), ("right", rng.permutation(everyone[-rows:]))):
        frame = pl.DataFrame({"ref": np.arange(rows), "citizen_key": ids})
        frame.write_parquet(folder / f"{side}-packed.parquet")
        frame.select("ref", eighteen.unpack(frame["citizen_key"]).alias("citizen_id")).write_parquet(
            folder / f"{side}-text.parquet"
        )
    (folder / "COMPLETE").touch()
    return folder


def _packed(serial: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ids of the unassigned area 900001, one per serial: born in the hundred years from 1925, sequence 001 to 999."""
    born = np.datetime64("1925-01-01") + (serial // SEQUENCES).astype("timedelta64[D]")
    year, month = born.astype("datetime64[Y]").astype(int) + 1970, born.astype("datetime64[M]").astype(int) % 12 + 1
    day = (born - born.astype("datetime64[M]")).astype(int) + 1
    body = ((900_001 * 10_000 + year) * 10_000 + month * 100 + day) * 1_000 + serial % SEQUENCES + 1
    total = sum(body // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(WEIGHTS))
    return body * 11 + CHECK_OF_REST[total % 11]


def by_duckdb(folder: Path) -> tuple[Cost, int]:
    """The ids as text, joined into a table in memory."""
    database = duckdb.connect(":memory:")
    database.execute("SET enable_progress_bar = false")
    left, right = (f"read_parquet('{folder / side}-text.parquet')" for side in ("left", "right"))
    sql = f"CREATE TABLE pairs AS SELECT a.ref AS one, b.ref AS other FROM {left} a JOIN {right} b USING (citizen_id)"
    _, spent = cost.measure(lambda: database.execute(sql))
    counted = database.execute("SELECT count(*) FROM pairs").fetchone()
    return spent, int(counted[0]) if counted else 0


def by_polars(folder: Path) -> tuple[Cost, int]:
    """The ids as text, joined by the streaming engine."""
    left, right = (pl.scan_parquet(folder / f"{side}-text.parquet") for side in ("left", "right"))
    joined = left.join(right, on="citizen_id", how="inner").select("ref", "ref_right")
    pairs, spent = cost.measure(lambda: joined.collect(engine="streaming"))
    return spent, pairs.height


def by_us(folder: Path, form: str) -> tuple[Cost, int]:
    """Ours, on ids as text or packed before."""
    left, right = (folder / f"{side}-{form}.parquet" for side in ("left", "right"))
    pairs, spent = cost.measure(lambda: exact(left, right))
    return spent, pairs.height
