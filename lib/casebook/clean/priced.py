"""Areas of land whose price speaks for another unit than the header's: 亩 or 公顷 under m², m² under 公顷.

Asked where one table states area and price of the same land (`area_dm2` beside `price_fen`: supply contracts). Named, never
converted and never rejected: a human decides. Published tables with m² under a 公顷 header exist.
"""

from typing import Final

import polars as pl

from casebook.clean import datasets
from casebook.intake.dataset import PART, Dataset
from casebook.measure import unit_conflict

AREA: Final = "area_dm2"
PRICE: Final = "price_fen"
OK: Final = "ok"
MISSING: Final = "missing"
# Land of the lowest grade may be granted at a tenth of 60 yuan/m² (国土资发〔2006〕307号, 〔2009〕56号); above 30,000 yuan/m² only
# building land in the centre of the largest cities was sold.
FEN_PER_M2: Final = (600, 3_000_000)


def is_asked(dataset: Dataset) -> bool:
    """Whether the table, as delivered, states area and price of the same land."""
    names = {name for part in dataset.parts for name in part.headers}
    return {AREA, PRICE} <= names


def of_dataset(dataset: Dataset, fen_per_m2: tuple[int, int] = FEN_PER_M2) -> pl.Series:
    """For each row a word of `unit_conflict.against_price`: `ok`, `looks_like_mu`, `unit_unclear` … `missing`.

    Each part is judged under the unit of its own header; a cell that states another unit itself is `ok`.

    Args:
        dataset: a table that `is_asked`.
        fen_per_m2: what land costs there (fen per m², both inclusive).
    """
    cleaned = datasets.columns(dataset, (AREA, PRICE))
    frame = cleaned.select(AREA, PRICE, f"{AREA}_repair", dataset.frame[PART].alias(PART))
    said = pl.Series("unit", [MISSING], pl.String).new_from_index(0, frame.height)
    for number, part in enumerate(dataset.parts):
        at = (frame[PART] == number).arg_true()
        unit = part.units.get(AREA) or dataset.contract.column(AREA).unit or "平方米"
        rows = frame[at]
        said = said.scatter(at, unit_conflict.against_price(rows[AREA], rows[PRICE], fen_per_m2, unit))
    stated = frame[f"{AREA}_repair"].str.contains("unit_in_cell", literal=True).fill_null(value=False)
    return said.set(stated & (said != MISSING), OK)
