"""One row per person × subsidy × month that was paid or owed, with what the other registers say of the month.

Every register becomes a few fact columns: whether the person is on it (`has_…`, never null), and what it says of the month
(null: it says too little). Facts come from strong links (T1, T2); a weak one (T3) only stands where there is no strong one.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.measure.calendar import month_end, month_index, month_of, month_start

if TYPE_CHECKING:
    from casebook.scenarios.disabled_two_subsidies import Parameters

PAYMENTS, CERTIFICATES = "civil_subsidy_payments", "federation_certificates"
LIVING, NURSING = "living", "nursing"
KEY = ("entity", "subsidy", "month")
STRONG = 2
LAST_MONTH = 9999 * 12 + 11
SPOILT = ("digits_lost", "length", "characters", "masked", "birth_date", "check_digit")


def month_of_column(name: str) -> nw.Expr:
    """Month index (Int32) of a date column."""
    return month_index(nw.col(name)).cast(nw.Int32)


def is_after(p: "Parameters", event: nw.Expr) -> nw.Expr:
    """The month no longer counts after an event in the month `event`: by the stop rule the event's own month is still payable."""
    return nw.col("month") > event if p.stop_rule == "month_after" else nw.col("month") >= event


def calendar(inputs: Inputs, p: "Parameters") -> Frame:
    """Every person known by a key × subsidy × month of the period."""
    subsidies = inputs.rows({"subsidy": [LIVING, NURSING]})
    return persons(inputs).join(subsidies, how="cross").join(months_of_period(inputs, p), how="cross")


def months_of_period(inputs: Inputs, p: "Parameters") -> Frame:
    """Every month of the period with its first and last day."""
    months = range(month_of(p.period_start), month_of(p.period_end) + 1)
    days = inputs.rows(
        {
            "month": list(months),
            "period_start": [month_start(m) for m in months],
            "period_end": [month_end(m) for m in months],
        }
    )
    return days.with_columns(nw.col("month").cast(nw.Int32))


def persons(inputs: Inputs) -> Frame:
    """One row per person of payments and certificates: entity, subject_name, place, entity_tier of the certificate side."""
    known = [
        inputs.table(name)
        .filter(~nw.col("entity").is_null())
        .select("entity", "name", "township", is_certificate=nw.lit(int(name == CERTIFICATES)))
        for name in (PAYMENTS, CERTIFICATES)
    ]
    return (
        nw.concat(known, how="vertical")
        .group_by("entity")
        .agg(subject_name=nw.col("name").max(), place=nw.col("township").max())
    )


def payment_rows(inputs: Inputs) -> Frame:
    """Payments with `subsidy` told apart and `month` by 发放月份; a row without key, month or amount has a null entity.

    A row that names both subsidies, or neither, belongs to none: null.
    """
    text = nw.col("subsidy")
    nursing, living = text.str.contains("护理"), text.str.contains("生活")
    kind = nw.when(nursing & ~living).then(nw.lit(NURSING)).when(living & ~nursing).then(nw.lit(LIVING))
    rows = inputs.table(PAYMENTS).with_columns(
        kind.otherwise(nw.lit(None)).cast(nw.String).alias("subsidy"), nw.col("pay_month").cast(nw.Int32).alias("month")
    )
    usable = ~nw.col("month").is_null() & ~nw.col("amount_fen").is_null() & ~nw.col("subsidy").is_null()
    return rows.with_columns(
        nw.when(usable).then(nw.col("entity")).otherwise(nw.lit(None)).alias("entity"),
        nw.when(usable).then(_key_reason()).otherwise(nw.lit("payment_unreadable")).alias("entity_reason"),
    )


def _key_reason() -> nw.Expr:
    """The reason of the key; where there is none, what is wrong with the citizen id as delivered: `id_length`, `id_masked` …"""
    problem = nw.col("citizen_id_problem")
    has_no_key = nw.col("entity").is_null() & problem.is_in(list(SPOILT))
    told = nw.concat_str(nw.lit("id_"), problem)
    return nw.when(has_no_key).then(told).otherwise(nw.col("entity_reason"))


def paid(inputs: Inputs) -> Frame:
    """Per person, subsidy, month: what was paid and refunded, how often, to how many payees, at which tier."""
    amount = nw.col("amount_fen")
    rows = payment_rows(inputs).filter(~nw.col("entity").is_null())
    plus = rows.filter(amount > 0)
    minus = rows.filter(amount < 0).group_by(*KEY).agg(refund_fen=-amount.sum())
    paid_in_month = plus.group_by(*KEY).agg(
        gross_fen=amount.sum(),
        n_paid=amount.len(),
        max_pay_fen=amount.max(),
        min_pay_fen=amount.min(),
        row_standard_fen=nw.col("standard_fen").max(),
        first_account=nw.col("account").min(),
        last_account=nw.col("account").max(),
        first_township=nw.col("township").min(),
        last_township=nw.col("township").max(),
        id_conflict_max=nw.col("id_conflict").cast(nw.Int32).max(),
        entity_tier=nw.col("entity_tier").max(),
    )
    differs = [(nw.col(f"first_{c}") != nw.col(f"last_{c}")).fill_null(False) for c in ("account", "township")]
    return paid_in_month.join(minus, on=list(KEY), how="left").with_columns(
        nw.col("refund_fen").fill_null(0),
        id_conflict=nw.col("id_conflict_max") == 1,
        has_two_payees=differs[0] | differs[1],
    )


def pooled_refunds(inputs: Inputs, p: "Parameters") -> Frame:
    """Per person and subsidy: refunds that no payment judged here stands beside (a sum paid back at once, or later)."""
    amount, month = nw.col("amount_fen"), nw.col("month")
    rows = payment_rows(inputs).filter(~nw.col("entity").is_null())
    monthly = rows.group_by(*KEY).agg(net_fen=amount.sum(), top_fen=amount.max())
    is_judged = (month >= month_of(p.period_start)) & (month <= month_of(p.period_end)) & (nw.col("top_fen") > 0)
    lone = monthly.filter(~is_judged & (nw.col("net_fen") < 0))
    return lone.group_by("entity", "subsidy").agg(lone_fen=-nw.col("net_fen").sum())


def linked(inputs: Inputs, link: str, contract: str, columns: Iterable[str]) -> Frame:
    """Rows of a register with the person they are linked to: entity, tier, name_conflict and the columns asked."""
    rows = inputs.table(contract).select("ref", *columns)
    links = inputs.links(link).select("entity", "right_ref", "tier", "name_conflict")
    return links.join(rows, left_on="right_ref", right_on="ref", how="inner")


def illegible(inputs: Inputs, contract: str, columns: Iterable[str] = ()) -> Frame:
    """Rows of a register without a usable key, with each known person (`entity`) who has their name and township."""
    rows = inputs.table(contract).filter(nw.col("entity").is_null())
    named = rows.select(nw.col("name").alias("subject_name"), nw.col("township").alias("place"), *columns)
    return persons(inputs).join(named, on=["subject_name", "place"], how="inner").select("entity", *columns)


def three_valued(yes: str, maybe: str) -> nw.Expr:
    """True where `yes` is 1, unknown where only `maybe` is 1, else False (also where neither is told)."""
    return (
        nw.when(nw.col(yes).fill_null(0) == 1).then(nw.lit(True))
        .when(nw.col(maybe).fill_null(0) == 1).then(nw.lit(None))
        .otherwise(nw.lit(False))
        .cast(nw.Boolean)
    )  # fmt: skip


def unmatched_rows(inputs: Inputs, p: "Parameters") -> Frame:
    """Payment rows that cannot be compared: no usable key, or no readable month or amount."""
    first, last = month_of(p.period_start), month_of(p.period_end)
    rows = payment_rows(inputs).filter(nw.col("entity").is_null())
    month = nw.col("month").fill_null(first)
    rows = rows.filter((month >= first) & (month <= last))
    name = nw.col("name").fill_null("")
    raw = nw.concat_str(name, nw.col("citizen_id_raw").fill_null(""), nw.col("village").fill_null(""), separator="|")
    return rows.select(
        "entity", "subsidy", "entity_reason",
        subject_name=nw.col("name"), place=nw.col("township"), month=month.cast(nw.Int32), payment_ref=nw.col("ref"),
        unit=nw.concat_str(nw.lit("row"), nw.col("ref").cast(nw.String), separator="|"), entity_raw=raw,
        gross_fen=nw.col("amount_fen").fill_null(0),
    )  # fmt: skip
