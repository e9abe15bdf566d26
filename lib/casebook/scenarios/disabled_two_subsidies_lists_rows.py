"""What the lists of other benefits, minimum living and prison terms say of each person-month.

Each list gives three answers, null where the list says too little (no start, a weak link, a differing name, an entry that
nobody can read yet bears the person's name and township):

    in_<list>    the month is barred by the stop rule: the month of the start is still payable, a last month in part is open
    on_<list>    the month touches an entry at all; `all_<list>`: an entry covers the whole of it
    has_<list>   a certain entry exists at whatever time (never null)
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_rows import (
    LAST_MONTH,
    at_month,
    illegible,
    is_after,
    linked,
    month_of_column,
    months_of_period,
    three_valued,
)

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

SPAN = ("benefit_from", "benefit_until")
LIFE_SUPPORT, NURSING_FEE = "生活护理", "护理"
OUT_OF_PRISON = "缓刑|社区矫正|管制|监外|假释"


LOW_INCOME = {"low_income": ("on", "all")}
OTHERS = {
    "destitute": ("in", "on"), "orphan_support": ("in", "on"), "injury_nursing": ("in", "on"),
    "veterans_nursing": ("in", "has"), "prison": ("in", "on"),
}  # fmt: skip
"""Which answers of each list the rules read."""


def with_lists(grid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """The grid with what every list says, and the veterans' list word for word: benefit_category, benefit_rate_fen and its span."""
    for lists in (LOW_INCOME, OTHERS):
        columns = [f"{part}_{name}" for name, parts in lists.items() for part in parts]
        joined = grid.join(
            inputs.once(listed, p, tuple(lists)).select("slot", "is_listed", *columns), on="slot", how="left"
        )
        off = nw.col("is_listed").is_null()
        grid = joined.with_columns(
            nw.when(off).then(nw.lit(False)).otherwise(nw.col(column)).alias(column) for column in columns
        ).drop("is_listed")
    return grid.join(inputs.once(_benefit, p), on="slot", how="left")


def listed(inputs: Inputs, p: "Parameters", names: tuple[str, ...]) -> Frame:
    """Slot (person and month in one), is_listed and what the lists of those names say, for the persons on some of them."""
    entries = {name: inputs.settle(found) for name, found in _lists(inputs) if name in names}
    persons = nw.concat([found.select("person") for found in entries.values()], how="vertical").unique()
    months = inputs.settle(persons.join(months_of_period(inputs, p), how="cross").with_columns(slot=at_month("person")))
    told = months.select("slot", is_listed=nw.lit(True))
    for name, found in entries.items():
        told = _answered(told, months.join(found, on="person", how="inner"), name, p)
    return told


def _benefit(inputs: Inputs, p: "Parameters") -> Frame:
    """slot, benefit_category, benefit_rate_fen, benefit_from, benefit_until: what the veterans' list says, its last entry that reaches
    into the month.
    """
    rows = linked(inputs, "veterans", "veterans_nursing", (*SPAN, "category", "standard_fen"))
    pairs = rows.join(months_of_period(inputs, p), how="cross").with_columns(slot=at_month("person"))
    is_begun = (nw.col("benefit_from") <= nw.col("period_end")) | nw.col("benefit_from").is_null()
    is_open = (nw.col("benefit_until") >= nw.col("period_start")) | nw.col("benefit_until").is_null()
    pairs = inputs.settle(pairs.filter(is_begun & is_open))
    last = pairs.group_by("slot").agg(right_ref=nw.col("right_ref").max())
    return pairs.join(last, on=["slot", "right_ref"], how="inner").select(
        "slot", *SPAN, benefit_category=nw.col("category"), benefit_rate_fen=nw.col("standard_fen")
    )


def _lists(inputs: Inputs) -> Iterator[tuple[str, Frame]]:
    """Name and entries (`person, is_sure, benefit_from, benefit_until`) of each list."""
    nameless = illegible(inputs, "civil_low_income", SPAN).with_columns(is_sure=nw.lit(False))
    known = _entries(linked(inputs, "low_income", "civil_low_income", SPAN))
    yield "low_income", nw.concat([known, nameless.select(*known.collect_schema().names())], how="vertical")
    yield "destitute", _entries(linked(inputs, "destitute", "civil_destitute_support", SPAN))
    yield "orphan_support", _entries(linked(inputs, "orphans", "civil_orphans", SPAN))
    injury = linked(inputs, "injury", "hr_work_injury_nursing", (*SPAN, "category"))
    yield "injury_nursing", _entries(injury.filter(nw.col("category").fill_null(LIFE_SUPPORT).str.contains("护理")))
    veterans = linked(inputs, "veterans", "veterans_nursing", (*SPAN, "category", "standard_fen"))
    is_nursing = nw.col("category").fill_null(NURSING_FEE).str.contains(NURSING_FEE)
    drawn = nw.when((nw.col("standard_fen") > 0) & is_nursing).then(nw.col("benefit_from")).otherwise(nw.lit(None))
    yield "veterans_nursing", _entries(veterans.with_columns(benefit_from=drawn))
    custody = linked(inputs, "custody", "justice_custody", ("term_from", "term_until", "penalty", "execution"))
    way = nw.concat_str(nw.col("penalty").fill_null(""), nw.col("execution").fill_null(""))
    served = custody.filter(~way.str.contains(OUT_OF_PRISON))
    yield "prison", _entries(served.rename({"term_from": "benefit_from", "term_until": "benefit_until"}))


def _entries(register: Frame) -> Frame:
    """Sure: a strong link whose names do not clearly differ (ruling: same id, different names, is never a lead)."""
    is_sure = (nw.col("tier") <= 2) & ~nw.col("name_conflict").fill_null(False)
    return register.with_columns(is_sure=is_sure).select("person", "is_sure", *SPAN)


def _answered(listed: Frame, pairs: Frame, name: str, p: "Parameters") -> Frame:
    """Adds what one list says; `pairs` are its entries in each month."""
    is_open = nw.col("benefit_until").is_null()
    told = pairs.with_columns(
        start=month_of_column("benefit_from"),
        end=month_of_column("benefit_until").fill_null(LAST_MONTH),
        ends_later=is_open | (nw.col("benefit_until") >= nw.col("period_end")),
        begins_before=nw.col("benefit_from") <= nw.col("period_start"),
    )
    is_dated = nw.col("is_sure") & ~nw.col("start").is_null()
    touches = (nw.col("month") >= nw.col("start").fill_null(0)) & (nw.col("month") <= nw.col("end"))
    bars = touches & is_after(p, nw.col("start"))
    told = told.with_columns(
        sure=_flag(nw.col("is_sure")),
        on=_flag(is_dated & touches),
        maybe_on=_flag(~is_dated & touches),
        bars=_flag(is_dated & bars & nw.col("ends_later")),
        maybe_bars=_flag((~is_dated & touches) | (is_dated & bars & ~nw.col("ends_later"))),
        all=_flag(is_dated & nw.col("begins_before") & nw.col("ends_later")),
    )
    flags = ("sure", "on", "maybe_on", "bars", "maybe_bars", "all")
    told = told.group_by("slot").agg(*(nw.col(flag).max() for flag in flags))
    return listed.join(told, on="slot", how="left").with_columns(
        three_valued("bars", "maybe_bars").alias(f"in_{name}"),
        three_valued("on", "maybe_on").alias(f"on_{name}"),
        three_valued("all", "maybe_on").alias(f"all_{name}"),
        (nw.col("sure").fill_null(0) == 1).alias(f"has_{name}"),
    ).drop(*flags)  # fmt: skip


def _flag(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False).cast(nw.Int32)
