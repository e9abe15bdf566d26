"""Splink and recordlinkage on the persons of `benches.persons`, each set up as well as its manual teaches.

Both get cleaned columns, block on id, account, and name with place, and are asked for the same pairs.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any, Final, TypeVar

import duckdb
import pandas as pd
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer

BLOCKS: Final = (("citizen_id",), ("account",), ("name", "place"))
FAMILY_BLOCKS: Final = (("citizen_id",), ("name", "birth_date"), ("name", "place"))
SECOND: Final = ("place", "account")
FAMILY_SECOND: Final = ("place", "birth_date")
SURE: Final = 0.9
AGREEING: Final = 3
# Damerau over all pairs of a block costs a hundred times what counting differing places does.
ONE_SLIP: Final = (
    "length(citizen_id_l) = length(citizen_id_r) and hamming(citizen_id_l, citizen_id_r) <= 2 "
    "and damerau_levenshtein(citizen_id_l, citizen_id_r) <= 1"
)
ONE_CHARACTER: Final = "length(name_l) >= 3 and levenshtein(name_l, name_r) <= 1"
T = TypeVar("T")
Tables = Callable[[], tuple[pl.DataFrame, pl.DataFrame]]
Score = Callable[[pl.DataFrame], T]


def splink(sides: Tables, score: Score[T]) -> tuple[Cost, T]:
    """Cost of training and prediction, and the score of the pairs above 0.9, by id, name, place and account."""
    return _by_splink(sides, score, SECOND, BLOCKS)


def splink_of_families(sides: Tables, score: Score[T]) -> tuple[Cost, T]:
    """The same by id, name, birth date and place.

    With what a household shares (address, account, telephone) it takes relatives for one person: 2.2 % wrong instead of 0.07 %.
    """
    return _by_splink(sides, score, FAMILY_SECOND, FAMILY_BLOCKS)


def _by_splink(
    sides: Tables, score: Score[T], second: tuple[str, ...], blocks: tuple[tuple[str, ...], ...]
) -> tuple[Cost, T]:
    engine, library = peer("splink.backends.duckdb"), peer("splink")
    left, right = (side.select("ref", "citizen_id", "name", *second).to_pandas() for side in sides())
    rules = [library.block_on(*block) for block in blocks]
    settings = _settings(library, second, rules)

    def work() -> pd.DataFrame:
        database = duckdb.connect(":memory:")
        database.execute("SET enable_progress_bar = false")
        backend = engine.DuckDBAPI(database)
        tables = [backend.register(left, table_name="a"), backend.register(right, table_name="b")]
        linker = library.Linker(tables, settings, log_level="ERROR")
        linker.training.estimate_probability_two_random_records_match(rules, recall=0.99)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (rules[0], rules[2]):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        found: pd.DataFrame = linker.inference.predict(threshold_match_probability=SURE).as_pandas_dataframe()
        return found

    found, spent = cost.measure(work)
    pairs = pl.from_pandas(found[["ref_l", "ref_r"]]).rename({"ref_l": "left_ref", "ref_r": "right_ref"})
    return spent, score(pairs)


def _settings(library: ModuleType, second: tuple[str, ...], rules: list[Any]) -> Any:  # noqa: ANN401
    """Comparisons of id (equal, one slip), name (equal by frequency, one character) and the second attributes."""
    one, levels = peer("splink.comparison_library"), peer("splink.comparison_level_library")
    number = [levels.ExactMatchLevel("citizen_id"), levels.CustomLevel(ONE_SLIP, "one slip")]
    name = [
        levels.ExactMatchLevel("name", term_frequency_adjustments=True),
        levels.CustomLevel(ONE_CHARACTER, "one character"),
    ]
    told = [
        one.CustomComparison([levels.NullLevel(column), *steps, levels.ElseLevel()], output_column_name=column)
        for column, steps in (("citizen_id", number), ("name", name))
    ]
    return library.SettingsCreator(
        link_type="link_only",
        comparisons=[*told, *(one.ExactMatch(column) for column in second)],
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        unique_id_column_name="ref",
    )


def recordlinkage(sides: Tables, score: Score[T]) -> tuple[Cost, T]:
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
