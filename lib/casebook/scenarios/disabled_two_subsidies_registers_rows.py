"""What certificates say of each person-month."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_rows import (
    CERTIFICATES,
    LAST_MONTH,
    STRONG,
    at_month,
    illegible,
    linked,
    month_of_column,
    months_of_period,
    persons,
    three_valued,
)

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

NO_GRADE = 9
ENDED = ("注销", "死亡", "迁出")
FLAGS = ("valid", "valid_maybe", "whole", "grace", "undated", "regraded", "weak_valid", "known_before", "known_later")


def certified(inputs: Inputs, p: "Parameters") -> Frame:
    """What certificates say of every person and month: person, month, slot (both in one), has_certificate, has_whole_month, grade …

    A certificate holds in a month it touches: from the month of issue through the month of expiry or cancellation. Unknown: one
    moved elsewhere, one in order with a date of cancellation, and the months before the first one known (a renewed
    certificate bears its new date). A certificate nobody can read counts as a weak one of whoever has its name and township.
    """
    nameless = illegible(inputs, CERTIFICATES).select("person").unique().with_columns(nameless=nw.lit(1))
    known = inputs.once(persons).select("person").join(nameless, on="person", how="left")
    rows = known.join(certificate_facts(inputs, p), on="person", how="left")
    rows = inputs.settle(rows.with_columns(is_only=nw.len().over("person") == 1))
    months = months_of_period(inputs, p)
    one, several = (rows.filter(is_so).join(months, how="cross") for is_so in (nw.col("is_only"), ~nw.col("is_only")))
    facts = ("certificate_conflict", "nameless", "period_start", "period_end")
    together = _told(several, p).group_by("person", "month").agg(
        *(nw.col(name).max() for name in (*FLAGS, *facts)), nw.col("grade_now").min(), nw.col("nursing_now").min()
    )  # fmt: skip
    names = ("person", "month", *FLAGS, *facts, "grade_now", "nursing_now")
    told = nw.concat([_told(one, p).select(*names), together.select(*names)], how="vertical")
    return told.select("person", "month", "period_start", "period_end", *_answers(), slot=at_month("person"))


def _told(rows: Frame, p: "Parameters") -> Frame:
    """Each certificate of each person-month with its `FLAGS` (0 or 1) and the grades it shows for the month.

    A person without certificate has a row of nulls, which sets no flag.
    """
    month, issued = nw.col("month"), nw.col("issued_month")
    touches = (issued <= month) & (nw.col("end_month") >= month)
    is_vague = nw.col("undated_end") | nw.col("is_disputed")
    return rows.with_columns(
        valid=_flag(touches & ~nw.col("undated_end") & nw.col("is_strong")),
        valid_maybe=_flag((issued <= month) & (nw.col("possible_month") >= month) & is_vague & nw.col("is_strong")),
        weak_valid=_flag(touches & ~nw.col("is_strong")),
        whole=_flag(
            (nw.col("first_whole") <= month) & (nw.col("last_whole") >= month)
            & ~nw.col("undated_end") & nw.col("is_strong")
        ),
        grace=_flag(
            nw.col("is_expired_only") & (month > nw.col("until_month"))
            & (month <= nw.col("until_month") + p.certificate_grace_months)
        ),
        undated=_flag(nw.col("is_cancelled_undated") | nw.col("is_disputed")),
        known_before=_flag(issued <= month),
        known_later=_flag((issued > month) & (nw.col("end_month") >= month)),
        regraded=_flag((nw.col("reissue") > 0) & (nw.col("issued_month") > month) & (nw.col("end_month") >= month)),
        grade_now=nw.when(touches).then(nw.col("grade")).otherwise(nw.lit(NO_GRADE)),
        nursing_now=nw.when(touches).then(nw.col("nursing_grade")).otherwise(nw.lit(NO_GRADE)),
    )  # fmt: skip


def _answers() -> list[nw.Expr]:
    is_first_known = (nw.col("known_later").fill_null(0) == 1) & (nw.col("known_before").fill_null(0) == 0)
    is_regraded = ((nw.col("regraded").fill_null(0) == 1) | is_first_known) & (nw.col("valid").fill_null(0) == 0)
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
        ((nw.col("weak_valid").fill_null(0) == 1) | (nw.col("nameless").fill_null(0) == 1)).alias("has_weak_certificate"),
        (nw.col("certificate_conflict").fill_null(0) == 1).alias("certificate_conflict"),
        is_regraded.alias("is_regraded"),
    ]  # fmt: skip


def certificate_facts(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per certificate of a person: months in force, grades, state, how it is linked."""
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
        is_disputed=~nw.col("cancelled_month").is_null() & ((state == "迁出") | state.is_in(["正常", "有效"])),
        is_expired_only=~nw.col("is_ended"),
        undated_end=is_cancelled_undated | nw.col("until_month").is_null(),
        end_month=nw.min_horizontal(
            nw.col("until_month").fill_null(LAST_MONTH), nw.col("cancelled_month").fill_null(LAST_MONTH)
        ),
    )
    until = nw.col("until_month").fill_null(LAST_MONTH)
    return rows.with_columns(
        nursing_grade=_nursing_grade(p).cast(nw.Int32),
        possible_month=nw.when(nw.col("is_disputed")).then(until).otherwise(nw.col("end_month")),
        last_whole=nw.col("end_month")
        - nw.when(nw.col("cancelled_month").is_null()).then(nw.lit(0)).otherwise(nw.lit(1)),
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
