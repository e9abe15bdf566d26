"""Cells as rules read them: the cleaned value of each column a rule needs, and whether the cell held one at all."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from casebook.intake.kinds import KINDS
from casebook.intake.rulebook.predicates import BLANK, DOUBT, FILLED, PLACEHOLDER, STATE, UNREADABLE
from casebook.text import distinct, width

if TYPE_CHECKING:
    from casebook.intake.contract import Column

_ADDRESS: Final = ("part", "row")


def cells(
    batch: pl.DataFrame, valued: "Iterable[Column]", present: "Iterable[Column]", units: Mapping[str, str]
) -> pl.DataFrame:
    """One row for each of the batch: `part`, `row`, and of the asked columns value and state.

    Args:
        batch: rows under canonical names, as delivered.
        valued: columns whose value is read: `c` (cleaned), `c|state`, `c|doubt` (a value is there, or should be, and is in question).
        present: columns of which only `c|state` is asked: filled, blank or placeholder.
        units: column → unit of the numbers of this file, where it is not the contract's.
    """
    found = [batch[name] for name in _ADDRESS]
    done = set()
    for column in valued:
        done.add(column.name)
        found += _valued(batch[column.name], column, units.get(column.name, column.unit)).get_columns()
    found += [_state(batch[column.name], column.name) for column in present if column.name not in done]
    return pl.DataFrame(found)


def _valued(raw: pl.Series, column: "Column", unit: str | None) -> pl.DataFrame:
    return distinct.once(raw, lambda texts: _told(texts, column, unit))


def _told(raw: pl.Series, column: "Column", unit: str | None) -> pl.DataFrame:
    if column.kind is None:
        text = width.trim(raw)
        answers = pl.DataFrame([text.alias("value"), width.problem_of_trimmed(text).alias("problem")])
    else:
        asked: dict[str, Any] = {"unit": unit, "form": column.form}
        answers = KINDS[column.kind](raw, **{name: said for name, said in asked.items() if said is not None})
    problem, value = pl.col("problem"), pl.col("value")
    is_empty = problem.is_in(["blank", "placeholder"])
    state = (
        pl.when(problem == "blank").then(BLANK)
        .when(problem == "placeholder").then(PLACEHOLDER)
        .when(value.is_null()).then(UNREADABLE)
        .otherwise(FILLED).cast(pl.UInt8)
    )  # fmt: skip
    return answers.select(
        pl.when(~is_empty | problem.is_null()).then(value).alias(column.name),
        state.alias(column.name + STATE),
        (problem.is_not_null() & ~is_empty).fill_null(value=False).alias(column.name + DOUBT),
    )


def _state(raw: pl.Series, name: str) -> pl.Series:
    """Filled, blank or placeholder; a column filled with one text throughout is looked at once."""

    def told(texts: pl.Series) -> pl.DataFrame:
        problem = width.problem_of_trimmed(width.trim(texts)).replace_strict(
            {"blank": BLANK, "placeholder": PLACEHOLDER}, default=FILLED, return_dtype=pl.UInt8
        )
        return pl.DataFrame([problem.alias(name + STATE)])

    return distinct.once(raw, told)[name + STATE]
