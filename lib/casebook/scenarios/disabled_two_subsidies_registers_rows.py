"""What certificates, deaths and moves say of each person-month, as fact columns beside the calendar."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_rows import (
    CERTIFICATES,
    LAST_MONTH,
    STRONG,
    linked,
    month_of_column,
    three_valued,
)

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

NO_GRADE = 9
ENDED = ("注销", "死亡", "迁出")
FLAGS = ("valid", "valid_maybe", "whole", "grace", "undated", "regraded", "weak_valid")


def with_certificates(grid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds has_certificate, has_whole_month (three-valued), grade (in force, null: unknown), in_grace, cancelled_undated, regraded.

    A certificate holds in a month it touches: from the month of issue through the month of expiry or cancellation.
    """
    month = nw.col("month")
    told = grid.select("entity", "month").unique().join(certificate_facts(inputs, p), on="entity", how="inner")
    touches = (nw.col("issued_month") <= month) & (nw.col("end_month") >= month)
    told = told.with_columns(
        valid=_flag(touches & ~nw.col("undated_end") & nw.col("is_strong")),
        valid_maybe=_flag(touches & nw.col("undated_end") & nw.col("is_strong")),
        weak_valid=_flag(touches & ~nw.col("is_strong")),
        whole=_flag(
            (nw.col("first_whole") <= month) & (nw.col("last_whole") >= month)
            & ~nw.col("undated_end") & nw.col("is_strong")
        ),
        grace=_flag(
            nw.col("is_expired_only") & (month > nw.col("until_month"))
            & (month <= nw.col("until_month") + p.certificate_grace_months)
        ),
        undated=_flag(nw.col("is_cancelled_undated")),
        regraded=_flag((nw.col("reissue") > 0) & (nw.col("issued_month") > month) & (nw.col("end_month") >= month)),
        grade_now=nw.when(touches).then(nw.col("grade")).otherwise(nw.lit(NO_GRADE)),
        nursing_now=nw.when(touches).then(_nursing_grade(p)).otherwise(nw.lit(NO_GRADE)),
    )  # fmt: skip
    facts = told.group_by("entity", "month").agg(
        *(nw.col(flag).max() for flag in FLAGS),
        nw.col("grade_now").min(),
        nw.col("nursing_now").min(),
        nw.col("certificate_conflict").max(),
    )
    joined = grid.join(facts, on=["entity", "month"], how="left")
    return joined.with_columns(*_answers()).drop(*FLAGS, "grade_now", "nursing_now")


def _answers() -> list[nw.Expr]:
    is_regraded = (nw.col("regraded").fill_null(0) == 1) & (nw.col("valid").fill_null(0) == 0)
    maybe = nw.max_horizontal(nw.col("valid_maybe").fill_null(0), is_regraded.cast(nw.Int32))
    known_grade = ~is_regraded & (nw.col("grade_now") < NO_GRADE)
    return [
        nw.when(nw.col("valid").fill_null(0) == 1).then(nw.lit(True))
        .when(maybe == 1).then(nw.lit(None))
        .otherwise(nw.lit(False)).cast(nw.Boolean).alias("has_certificate"),
        three_valued("whole", "valid_maybe").alias("has_whole_month"),
        nw.when(known_grade).then(nw.col("grade_now")).otherwise(nw.lit(None)).cast(nw.Int32).alias("grade"),
        nw.when(known_grade).then(nw.col("nursing_now")).otherwise(nw.lit(None)).cast(nw.Int32).alias("nursing_grade"),
        (nw.col("grace").fill_null(0) == 1).alias("in_grace"),
        (nw.col("undated").fill_null(0) == 1).alias("cancelled_undated"),
        (nw.col("weak_valid").fill_null(0) == 1).alias("has_weak_certificate"),
        (nw.col("certificate_conflict").fill_null(0) == 1).alias("certificate_conflict"),
        is_regraded.alias("is_regraded"),
    ]  # fmt: skip


def certificate_facts(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per certificate of a person: months in force, grade, state, how it is linked."""
    wanted = ("issued_on", "valid_until", "cancelled_on", "certificate_state", "disability_grade", "certificate_no_grade",
              "certificate_no_reissue", "disability_category", "certificate_no_category")  # fmt: skip
    rows = linked(inputs, "certificates", CERTIFICATES, wanted)
    state, later = nw.col("certificate_state").fill_null(""), int(p.start_rule == "month_after_application")
    rows = rows.with_columns(
        is_strong=nw.col("tier") <= STRONG,
        certificate_conflict=nw.col("name_conflict").cast(nw.Int32),
        is_ended=state.is_in(list(ENDED)),
        issued_month=month_of_column("issued_on").fill_null(0),
        until_month=month_of_column("valid_until"),
        cancelled_month=month_of_column("cancelled_on"),
        first_whole=month_of_column("issued_on").fill_null(0) + later + (nw.col("issued_on").dt.day() > 1).cast(nw.Int32).fill_null(0),
        reissue=nw.col("certificate_no_reissue").fill_null(0),
        grade=_grade().cast(nw.Int32),
        is_mental=nw.col("disability_category").fill_null("").str.contains("智力|精神")
        | nw.col("certificate_no_category").is_in(["5", "6"]),
    )  # fmt: skip
    is_cancelled_undated = nw.col("is_ended") & nw.col("cancelled_month").is_null()
    rows = rows.with_columns(
        is_cancelled_undated=is_cancelled_undated,
        is_expired_only=~nw.col("is_ended"),
        undated_end=is_cancelled_undated | nw.col("until_month").is_null(),
        end_month=nw.min_horizontal(
            nw.col("until_month").fill_null(LAST_MONTH), nw.col("cancelled_month").fill_null(LAST_MONTH)
        ),
    )
    return rows.with_columns(
        last_whole=nw.col("end_month")
        - nw.when(nw.col("cancelled_month").is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    )


def _grade() -> nw.Expr:
    """Grade 1-4 as the register states it, else the digit inside the certificate number; null when neither is readable."""
    said = nw.col("disability_grade").fill_null("")
    chain = nw.when(nw.col("certificate_no_grade").is_in(list("1234"))).then(
        nw.col("certificate_no_grade").cast(nw.Int32)
    )
    number = chain.otherwise(nw.lit(None))
    for grade, sign in ((1, "[1一壹]"), (2, "[2二贰]"), (3, "[3三叁]"), (4, "[4四肆]")):
        number = nw.when(said.str.contains(sign)).then(nw.lit(grade)).otherwise(number)
    return number


def _nursing_grade(p: "Parameters") -> nw.Expr:
    """The grade for the nursing subsidy: by a local extension, grade 3 intellectual or psychiatric counts as 2."""
    extended = nw.lit(p.nursing_extension != "none") & nw.col("is_mental").fill_null(False) & (nw.col("grade") == 3)
    return nw.when(extended).then(nw.lit(2)).otherwise(nw.col("grade"))


def _flag(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False).cast(nw.Int32)


def with_deaths(grid: Frame, inputs: Inputs) -> Frame:
    """Adds has_death_record, death_month, death_tier, and what the record says beside a death."""
    facts = _deaths(inputs).group_by("entity", "is_strong").agg(
        death_month=nw.col("event_month").min(),
        has_undated=nw.col("undated").max(),
        has_death=nw.col("is_death").max(),
        has_revoked=nw.col("is_revoked").max(),
        conflict=nw.col("name_conflict").cast(nw.Int32).max(),
    )  # fmt: skip
    strong = facts.filter(nw.col("is_strong") == 1).drop("is_strong")
    weak = (
        facts.filter(nw.col("is_strong") == 0).drop("is_strong").join(strong.select("entity"), on="entity", how="anti")
    )
    best = nw.concat(
        [strong.with_columns(death_tier=nw.lit(1)), weak.with_columns(death_tier=nw.lit(3))], how="vertical"
    )
    joined = grid.join(best, on="entity", how="left")
    on_list = ~nw.col("has_death").is_null()
    return joined.with_columns(
        has_death_record=on_list,
        is_death_undated=on_list & (nw.col("has_undated") == 1) & nw.col("death_month").is_null(),
        is_cancelled_otherwise=on_list & (nw.col("has_death") == 0) & (nw.col("has_revoked") == 0),
        is_declaration_revoked=on_list & (nw.col("has_revoked") == 1),
        death_conflict=(nw.col("conflict").fill_null(0) == 1),
    ).drop("has_undated", "has_death", "has_revoked", "conflict")


def _deaths(inputs: Inputs) -> Frame:
    """Death and cancellation records: event month (of death, or of a cancellation for another reason), kind of record."""
    police = linked(inputs, "deaths", "police_deaths", ("death_date", "cancelled_on", "cancel_reason"))
    reason = nw.col("cancel_reason").fill_null("")
    is_revoked = reason.str.contains("撤销")
    is_death = ~is_revoked & ((reason == "") | reason.str.contains("死亡"))
    police = police.with_columns(is_revoked=is_revoked.cast(nw.Int32), is_death=is_death.cast(nw.Int32)).with_columns(
        event_month=nw.when(nw.col("is_death") == 1).then(month_of_column("death_date")).otherwise(
            nw.min_horizontal(month_of_column("death_date").fill_null(LAST_MONTH), month_of_column("cancelled_on").fill_null(LAST_MONTH))
        ),
    )  # fmt: skip
    cremated = linked(inputs, "cremations", "civil_cremations", ("cremated_on",)).with_columns(
        is_revoked=nw.lit(0), is_death=nw.lit(1), event_month=month_of_column("cremated_on")
    )
    shared = ("entity", "tier", "name_conflict", "is_revoked", "is_death", "event_month")
    rows = nw.concat([police.select(*shared), cremated.select(*shared)], how="vertical")
    return rows.with_columns(
        is_strong=(nw.col("tier") <= STRONG).cast(nw.Int32),
        undated=((nw.col("is_death") == 1) & nw.col("event_month").is_null()).cast(nw.Int32),
    )


def with_moves(grid: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds has_move_record, moved_month, returned_month, is_move_unknown, move_tier, move_conflict."""
    rows = linked(inputs, "moves", "police_moves", ("moved_on", "destination", "destination_province")).with_columns(
        moved=month_of_column("moved_on"), is_inside=_is_inside(p), is_told=_is_told(p)
    )
    outside = nw.col("is_told") & ~nw.col("is_inside")
    none = nw.lit(None)
    facts = rows.with_columns(
        out_month=nw.when(outside).then(nw.col("moved")).otherwise(none),
        back_month=nw.when(nw.col("is_inside")).then(nw.col("moved")).otherwise(none),
        vague_month=nw.when(~nw.col("is_told")).then(nw.col("moved").fill_null(0))
        .when(outside & nw.col("moved").is_null()).then(nw.lit(0)).otherwise(none),
    ).group_by("entity").agg(
        moved_month=nw.col("out_month").max(),
        returned_month=nw.col("back_month").max(),
        vague_month=nw.col("vague_month").min(),
        move_tier=nw.col("tier").min(),
        move_conflict_max=nw.col("name_conflict").cast(nw.Int32).max(),
    )  # fmt: skip
    joined = grid.join(facts, on="entity", how="left")
    is_vague = ~nw.col("vague_month").is_null() & (nw.col("month") > nw.col("vague_month"))
    return joined.with_columns(
        has_move_record=~nw.col("move_tier").is_null(),
        is_move_unknown=is_vague.fill_null(False) & nw.col("moved_month").is_null(),
        move_conflict=nw.col("move_conflict_max").fill_null(0) == 1,
    ).drop("vague_month", "move_conflict_max")


def _is_inside(p: "Parameters") -> nw.Expr:
    """The destination lies in the paying area, or by local rule anywhere in its province."""
    in_area = nw.col("destination").fill_null("").str.contains(p.paying_area, literal=True)
    in_province = (nw.col("destination_province") == p.paying_province).fill_null(False)  # noqa: FBT003
    return in_area if p.move_scope == "county" else in_area | in_province


def _is_told(p: "Parameters") -> nw.Expr:
    """The destination says enough: any place at all, or by the wider rule its province."""
    if p.move_scope == "county":
        return nw.col("destination").fill_null("") != ""
    return ~nw.col("destination_province").is_null() | _is_inside(p)
