"""What the records of deaths and moves say of each person, as fact columns."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_rows import LAST_MONTH, STRONG, is_after, linked, month_of_column

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

DEATH, REVOKED = "死|亡|故|去世", "撤销|误|错|更正|恢复"
# 开发区, 园区, 社区 … are no county; a township inside the area may bear such a name.
COUNTY = "省|自治|市|县|旗|盟|[^发园业社小新景库]区"
PROVINCE = "省|自治区|北京|天津|上海|重庆|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾"


def with_deaths(persons: Frame, inputs: Inputs) -> Frame:
    """Adds to each person has_death_record, death_month, death_latest, death_tier, and what the record says beside a death.

    Where records of a death disagree it lies between `death_month` and `death_latest`; a cremation in the month after the
    police's date agrees with it. Only without a record of death do other cancellations give `death_month`.
    """
    joined = persons.join(_best_record(inputs), on="entity", how="left")
    on_list = ~nw.col("has_death").is_null()
    is_dead, is_revoked = nw.col("has_death").fill_null(0) == 1, nw.col("has_revoked").fill_null(0) == 1
    return joined.with_columns(
        has_death_record=on_list,
        is_death_undated=on_list & (nw.col("has_undated").fill_null(0) == 1) & nw.col("death_month").is_null(),
        is_cancelled_otherwise=on_list & ~is_dead & ~is_revoked,
        is_declaration_revoked=nw.when(is_revoked & is_dead).then(nw.lit(None)).otherwise(is_revoked).cast(nw.Boolean),
        death_conflict=(nw.col("conflict").fill_null(0) == 1),
    ).drop("has_undated", "has_death", "has_revoked", "conflict")


def _best_record(inputs: Inputs) -> Frame:
    """What the strong records of each person say together; the weak ones (T3) only where there is no strong one."""
    facts = _deaths(inputs).group_by("entity", "is_strong").agg(
        police_first=nw.col("police_month").min(),
        police_last=nw.col("police_month").max(),
        cremated_first=nw.col("cremated_month").min(),
        cremated_last=nw.col("cremated_month").max(),
        other_month=nw.col("other_month").min(),
        has_undated=nw.col("undated").max(),
        has_death=nw.col("is_death").max(),
        has_revoked=nw.col("is_revoked").max(),
        conflict=nw.col("name_conflict").cast(nw.Int32).max(),
    )  # fmt: skip
    facts = inputs.settle(_dated(facts))
    strong = facts.filter(nw.col("is_strong") == 1).drop("is_strong")
    weak = (
        facts.filter(nw.col("is_strong") == 0).drop("is_strong").join(strong.select("entity"), on="entity", how="anti")
    )
    return nw.concat(
        [strong.with_columns(death_tier=nw.lit(1)), weak.with_columns(death_tier=nw.lit(3))], how="vertical"
    )


def _dated(facts: Frame) -> Frame:
    """Earliest and latest month of death by the records; of another cancellation where none speaks of a death."""
    has_police = ~nw.col("police_first").is_null()
    cremated = nw.col("cremated_last") - has_police.cast(nw.Int32)
    first = nw.min_horizontal("police_first", "cremated_first")
    return facts.with_columns(
        death_month=nw.when(nw.col("has_death") == 1).then(first).otherwise(nw.col("other_month")),
        death_latest=nw.when(nw.col("has_death") == 1)
        .then(nw.max_horizontal(first, nw.col("police_last"), cremated))
        .otherwise(nw.col("other_month")),
    ).drop("police_first", "police_last", "cremated_first", "cremated_last", "other_month")


def _deaths(inputs: Inputs) -> Frame:
    """Records of deaths and of cancellations: month of death by police or crematorium, or of another cancellation."""
    police = linked(inputs, "deaths", "police_deaths", ("death_date", "cancelled_on", "cancel_reason"))
    reason = nw.col("cancel_reason").fill_null("")
    is_revoked = reason.str.contains(REVOKED)
    is_death = ~is_revoked & ((reason == "") | reason.str.contains(DEATH))
    died, cancelled, none = month_of_column("death_date"), month_of_column("cancelled_on"), nw.lit(None).cast(nw.Int32)
    police = police.with_columns(is_revoked=is_revoked.cast(nw.Int32), is_death=is_death.cast(nw.Int32)).with_columns(
        police_month=nw.when(nw.col("is_death") == 1).then(died).otherwise(none),
        cremated_month=none,
        other_month=nw.when(nw.col("is_death") == 0).then(nw.min_horizontal(died.fill_null(LAST_MONTH), cancelled.fill_null(LAST_MONTH)))
        .otherwise(none),
    )  # fmt: skip
    cremated = linked(inputs, "cremations", "civil_cremations", ("cremated_on",)).with_columns(
        is_revoked=nw.lit(0).cast(nw.Int32), is_death=nw.lit(1).cast(nw.Int32), police_month=none,
        cremated_month=month_of_column("cremated_on"), other_month=none,
    )  # fmt: skip
    shared = (
        "entity",
        "tier",
        "name_conflict",
        "is_revoked",
        "is_death",
        "police_month",
        "cremated_month",
        "other_month",
    )
    rows = nw.concat([police.select(*shared), cremated.select(*shared)], how="vertical")
    is_undated = nw.col("police_month").is_null() & nw.col("cremated_month").is_null()
    return rows.with_columns(
        is_strong=(nw.col("tier") <= STRONG).cast(nw.Int32),
        undated=((nw.col("is_death") == 1) & is_undated).cast(nw.Int32),
    )


def with_moves(persons: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds to each person has_move_record, moved_month, returned_month, vague_month, move_tier, move_conflict.

    `vague_month`: the first month of a move that is unknown, because the destination names no county (or, by `move_scope`, no
    province) and not the paying area (a township alone may lie inside the area), or no date is given.
    """
    rows = linked(inputs, "moves", "police_moves", ("moved_on", "destination")).with_columns(
        _whither(p), moved=month_of_column("moved_on")
    )
    is_outside, none = nw.col("whither") == "outside", nw.lit(None)
    facts = rows.with_columns(
        out_month=nw.when(is_outside).then(nw.col("moved")).otherwise(none),
        back_month=nw.when(nw.col("whither") == "inside").then(nw.col("moved")).otherwise(none),
        vague_month=nw.when(nw.col("whither") == "unknown").then(nw.col("moved").fill_null(0))
        .when(is_outside & nw.col("moved").is_null()).then(nw.lit(0)).otherwise(none),
    ).group_by("entity").agg(
        moved_month=nw.col("out_month").max(),
        returned_month=nw.col("back_month").max(),
        vague_month=nw.col("vague_month").min(),
        move_tier=nw.col("tier").min(),
        move_conflict_max=nw.col("name_conflict").cast(nw.Int32).max(),
    )  # fmt: skip
    joined = persons.join(facts, on="entity", how="left")
    return joined.with_columns(
        has_move_record=~nw.col("move_tier").is_null(),
        move_conflict=nw.col("move_conflict_max").fill_null(0) == 1,
    ).drop("move_conflict_max")


def is_move_unknown(p: "Parameters") -> nw.Expr:
    """By the month some move went nobody knows where, and none is known to have led out of the area."""
    is_vague = ~nw.col("vague_month").is_null() & is_after(p, nw.col("vague_month"))
    return is_vague.fill_null(False) & nw.col("moved_month").is_null()


def _whither(p: "Parameters") -> nw.Expr:
    """`inside` the paying area, `outside` it, or `unknown`; the area's name without its last character is no proof either way."""
    where = nw.col("destination").fill_null("")
    stem = p.paying_area[:-1] if len(p.paying_area) > 2 else p.paying_area
    names_another = where.str.contains(PROVINCE if p.move_scope == "province" else COUNTY)
    return (
        nw.when(where.str.contains(p.paying_area, literal=True)).then(nw.lit("inside"))
        .when(names_another & ~where.str.contains(stem, literal=True)).then(nw.lit("outside"))
        .otherwise(nw.lit("unknown")).alias("whither")
    )  # fmt: skip
