"""Splink and recordlinkage on rows without a number in common, each set up as well as its manual teaches.

They get the same cleaned columns. Of a peer's pairs the best of each row is kept where one-to-one is asked, and of several
thresholds the one that serves it best.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

import pandas as pd
import polars as pl

from benches import cost
from benches.cost import Cost
from benches.peers import peer

PERSON_BLOCKS: Final = (
    ("homophone_key", "birth_year"),
    ("homophone_key", "place"),
    ("birth_date", "sex", "place"),
    ("name", "birth_date"),
    ("phone",),
    ("account",),
    ("address", "birth_year"),
    ("name", "address"),
)
FEBRL_BLOCKS: Final = (
    ("id",),
    ("birth_date",),
    ("family_name", "place"),
    ("given_name", "family_name"),
    ("address", "place"),
    ("given_name", "address"),
    ("family_name", "address"),
)
THRESHOLDS: Final = (0.5, 0.9, 0.99, 0.999, 0.9999)


def splink_persons(left: pl.DataFrame, right: pl.DataFrame) -> tuple[Cost, list[pl.DataFrame]]:
    """Cost, and the pairs at each threshold."""
    one, levels = peer("splink.comparison_library"), peer("splink.comparison_level_library")
    digits = pl.col("birth_date").str.replace_all("-", "", literal=True)
    sides = [side.with_columns(digits, birth_year=digits.str.head(4)) for side in (left, right)]
    comparisons = [
        _levels("name", ["name_l = name_r", "homophone_key_l = homophone_key_r", _ONE_CHARACTER], one, levels),
        _levels("birth_date", ["birth_date_l = birth_date_r", _one_digit("birth_date"), _SAME_YEAR], one, levels),
        one.ExactMatch("sex"),
        one.ExactMatch("place"),
        _levels("address", ["address_l = address_r", "levenshtein(address_l, address_r) <= 2"], one, levels),
        _levels("phone", ["phone_l = phone_r", _one_digit("phone")], one, levels),
        _levels("account", ["account_l = account_r", _one_digit("account")], one, levels),
    ]
    return _splink(sides, comparisons, PERSON_BLOCKS, (("birth_date",), ("homophone_key", "place")))


_ONE_CHARACTER: Final = "length(name_l) >= 3 and levenshtein(name_l, name_r) <= 1"
_SAME_YEAR: Final = "birth_year_l = birth_year_r"


def _one_digit(column: str) -> str:
    return f"length({column}_l) = length({column}_r) and hamming({column}_l, {column}_r) <= 1"


def _levels(column: str, conditions: list[str], one: ModuleType, levels: ModuleType) -> Any:  # noqa: ANN401
    """A comparison of these levels; the first is equality, weighed by how frequent a value is."""
    exact = levels.ExactMatchLevel(column, term_frequency_adjustments=True)
    rest = [levels.CustomLevel(condition, condition) for condition in conditions[1:]]
    return one.CustomComparison([levels.NullLevel(column), exact, *rest, levels.ElseLevel()], output_column_name=column)


def splink_febrl(left: pl.DataFrame, right: pl.DataFrame) -> tuple[Cost, list[pl.DataFrame]]:
    """Cost, and the pairs at each threshold."""
    one = peer("splink.comparison_library")
    comparisons = [
        one.JaroWinklerAtThresholds("given_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        one.JaroWinklerAtThresholds("family_name", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        one.DamerauLevenshteinAtThresholds("id", [1, 2]),
        one.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
        one.JaroWinklerAtThresholds("address", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        one.JaroWinklerAtThresholds("place", [0.92]).configure(term_frequency_adjustments=True),
    ]
    return _splink([left, right], comparisons, FEBRL_BLOCKS, (("id",), ("birth_date",)))


def _splink(
    sides: Sequence[pl.DataFrame],
    comparisons: list[Any],
    blocks: Sequence[tuple[str, ...]],
    trained: Sequence[tuple[str, ...]],
) -> tuple[Cost, list[pl.DataFrame]]:
    engine, library = peer("splink.backends.duckdb"), peer("splink")
    frames = [side.to_pandas() for side in sides]
    settings = library.SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[library.block_on(*block) for block in blocks],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        unique_id_column_name="ref",
    )

    def work() -> pd.DataFrame:
        backend = engine.DuckDBAPI()
        tables = [backend.register(frame, table_name=name) for frame, name in zip(frames, "ab", strict=True)]
        linker = library.Linker(tables, settings, log_level="ERROR")
        rules = [library.block_on(*block) for block in trained]
        linker.training.estimate_probability_two_random_records_match(rules, recall=0.9)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in rules:
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        found: pd.DataFrame = linker.inference.predict(threshold_match_probability=THRESHOLDS[0]).as_pandas_dataframe()
        return found

    found, spent = cost.measure(work)
    scored = pl.from_pandas(found[["ref_l", "ref_r", "match_weight", "match_probability"]])
    best = _one_to_one(scored.rename({"ref_l": "left_ref", "ref_r": "right_ref"}))
    return spent, [best.filter(pl.col("match_probability") >= least) for least in THRESHOLDS]


def _one_to_one(scored: pl.DataFrame) -> pl.DataFrame:
    """Pairs that are the best of both their rows."""
    weight = pl.col("match_weight")
    is_best = (weight == weight.max().over("left_ref")) & (weight == weight.max().over("right_ref"))
    best = scored.filter(is_best).sort("left_ref", "right_ref")
    return best.unique("left_ref", keep="first", maintain_order=True).unique("right_ref", keep="first")


def recordlinkage_febrl(left: pl.DataFrame, right: pl.DataFrame) -> tuple[Cost, list[pl.DataFrame]]:
    """Cost, and the pairs with at least 1, 2, … of six agreeing columns."""
    library = peer("recordlinkage")
    frames = [side.to_pandas().set_index("ref") for side in (left, right)]
    columns = ("given_name", "family_name", "id", "birth_date", "address", "place")

    def work() -> pd.DataFrame:
        index = library.Index()
        for block in FEBRL_BLOCKS:
            index.block(left_on=list(block), right_on=list(block))
        pairs = index.index(*frames)
        compare = library.Compare()
        for column in columns:
            compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
        found: pd.DataFrame = compare.compute(pairs, *frames).sum(axis=1).to_frame("match_weight").reset_index()
        return found

    found, spent = cost.measure(work)
    scored = pl.from_pandas(found.set_axis(["left_ref", "right_ref", "match_weight"], axis=1))
    best = _one_to_one(scored)
    return spent, [best.filter(pl.col("match_weight") >= least) for least in range(1, len(columns))]
