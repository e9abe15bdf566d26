"""Splink and recordlinkage on the persons of `benches.persons`, each set up as well as its manual teaches.

Both get cleaned columns, block on id, account, and name with place, and are asked for the same pairs.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

import pandas as pd
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer

BLOCKS: Final = (("citizen_id",), ("account",), ("name", "place"))
SURE: Final = 0.9
AGREEING: Final = 3
# Damerau over all pairs of a block costs a hundred times what counting differing places does.
ONE_SLIP: Final = (
    "length(citizen_id_l) = length(citizen_id_r) and hamming(citizen_id_l, citizen_id_r) <= 2 "
    "and damerau_levenshtein(citizen_id_l, citizen_id_r) <= 1"
)
Score = Callable[[pl.DataFrame], float]


def splink(sides: Callable[[], tuple[pl.DataFrame, pl.DataFrame]], score: Score) -> tuple[Cost, float]:
    """Cost of training and prediction, and the score of the pairs above 0.9."""
    engine, library = peer("splink.backends.duckdb"), peer("splink")
    left, right = (side.select("ref", "citizen_id", "name", "place", "account").to_pandas() for side in sides())
    settings = _settings(library)

    def work() -> pd.DataFrame:
        backend = engine.DuckDBAPI()
        tables = [backend.register(left, table_name="a"), backend.register(right, table_name="b")]
        linker = library.Linker(tables, settings, log_level="ERROR")
        rules = [library.block_on(*block) for block in BLOCKS]
        linker.training.estimate_probability_two_random_records_match(rules, recall=0.99)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (rules[0], rules[2]):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        found: pd.DataFrame = linker.inference.predict(threshold_match_probability=SURE).as_pandas_dataframe()
        return found

    found, spent = cost.measure(work)
    pairs = pl.from_pandas(found[["ref_l", "ref_r"]]).rename({"ref_l": "left_ref", "ref_r": "right_ref"})
    return spent, score(pairs)


def _settings(library: ModuleType) -> Any:  # noqa: ANN401
    """Comparisons of id (equal, one slip), name (equal, by frequency), place and account."""
    one, levels = peer("splink.comparison_library"), peer("splink.comparison_level_library")
    number = one.CustomComparison(
        [
            levels.NullLevel("citizen_id"),
            levels.ExactMatchLevel("citizen_id"),
            levels.CustomLevel(ONE_SLIP, "one slip"),
            levels.ElseLevel(),
        ],
        output_column_name="citizen_id",
    )
    name = one.ExactMatch("name").configure(term_frequency_adjustments=True)
    return library.SettingsCreator(
        link_type="link_only",
        comparisons=[number, name, one.ExactMatch("place"), one.ExactMatch("account")],
        blocking_rules_to_generate_predictions=[library.block_on(*block) for block in BLOCKS],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        unique_id_column_name="ref",
    )


def recordlinkage(sides: Callable[[], tuple[pl.DataFrame, pl.DataFrame]], score: Score) -> tuple[Cost, float]:
    """Cost of blocking and comparing, and the score of the pairs that agree in three columns of four."""
    library = peer("recordlinkage")
    columns = ["citizen_id", "name", "place", "account"]
    left, right = (side.select("ref", *columns).to_pandas().set_index("ref") for side in sides())

    def work() -> pd.DataFrame:
        index = library.Index()
        for block in BLOCKS:
            index.block(left_on=list(block), right_on=list(block))
        pairs = index.index(left, right)
        compare = library.Compare()
        for column in columns:
            compare.exact(column, column, label=column)
        agreeing = compare.compute(pairs, left, right)
        weight = agreeing.sum(axis=1) + agreeing["citizen_id"] * AGREEING
        found: pd.DataFrame = weight[weight >= AGREEING].index.to_frame(index=False)
        return found

    found, spent = cost.measure(work)
    return spent, score(pl.from_pandas(found.set_axis(["left_ref", "right_ref"], axis=1)))
