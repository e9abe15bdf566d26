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
MONTHS = 2**17
"""More than `LAST_MONTH`: person and month go into one Int64, which joins at half the cost of texts."""
PAYMENT = (
    "ref", "entity", "entity_tier", "entity_reason", "id_conflict", "name", "citizen_id_raw", "citizen_id_problem",
    "certificate_no_citizen_id", "township", "village", "amount_fen", "standard_fen", "account", "applied_on", "stopped_on",
)  # fmt: skip
SPOILT = (
    *("digits_lost", "length", "characters", "masked", "birth_date", "birth_in_future", "sequence", "check_digit"),
    "region_unknown",
)


def month_of_column(name: str) -> nw.Expr:
    """Month index (Int32) of a date column."""
    return month_index(nw.col(name)).cast(nw.Int32)


def is_after(p: "Parameters", event: nw.Expr) -> nw.Expr:
    """The month no longer counts after an event in the month `event`: by the stop rule the event's own month is still payable."""
    return nw.col("month") > event if p.stop_rule == "month_after" else nw.col("month") >= event


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
    """One row per person of payments and certificates: entity, person (its number), subject_name, place."""
    known = [
        inputs.table(name).filter(~nw.col("entity").is_null()).select("entity", "name", "township")
        for name in (PAYMENTS, CERTIFICATES)
    ]
    return (
        nw.concat(known, how="vertical")
        .group_by("entity")
        .agg(subject_name=nw.col("name").max(), place=nw.col("township").max())
        .with_columns(person=nw.col("entity").rank("dense").cast(nw.Int64))
    )


def numbered(rows: Frame, inputs: Inputs) -> Frame:
    """The rows with `person`, the number of the person they are of; those of nobody known are left out."""
    return rows.join(inputs.once(persons).select("entity", "person"), on="entity", how="inner")


def who(subsidy: str = "subsidy") -> nw.Expr:
    """Person and subsidy in one number."""
    return nw.col("person") * 2 + (nw.col(subsidy) == NURSING).cast(nw.Int64)


def at_month(number: str) -> nw.Expr:
    """The number (`who` or `person`) and the month in one."""
    return nw.col(number) * MONTHS + nw.col("month").cast(nw.Int64)


def payment_rows(inputs: Inputs) -> Frame:
    """Payments with `subsidy` told apart and `month` by 发放月份; a row without key, month or amount has a null entity.

    A row that names both subsidies, or neither, belongs to none: null. `who` and `key` number person × subsidy (× month).
    """
    text = nw.col("subsidy")
    nursing, living = text.str.contains("护理"), text.str.contains("生活")
    kind = nw.when(nursing & ~living).then(nw.lit(NURSING)).when(living & ~nursing).then(nw.lit(LIVING))
    usable = ~nw.col("month").is_null() & ~nw.col("amount_fen").is_null() & ~nw.col("subsidy").is_null()
    rows = inputs.table(PAYMENTS).select(
        *PAYMENT,
        kind.otherwise(nw.lit(None)).cast(nw.String).alias("subsidy"),
        nw.col("pay_month").cast(nw.Int32).alias("month"),
    )
    known = inputs.once(persons).select("entity", "person")
    rows = rows.join(known, on="entity", how="left").with_columns(who=who())
    return rows.with_columns(
        nw.when(usable).then(nw.col("entity")).otherwise(nw.lit(None)).alias("entity"),
        nw.when(usable).then(_key_reason()).otherwise(nw.lit("payment_unreadable")).alias("entity_reason"),
        key=at_month("who"),
    )


def payments(inputs: Inputs) -> Frame:
    """Payment rows that can be compared."""
    return inputs.once(payment_rows).filter(~nw.col("entity").is_null())


def _key_reason() -> nw.Expr:
    """The reason of the key; where there is none, what is wrong with the citizen id as delivered: `id_length`, `id_masked` …"""
    problem = nw.col("citizen_id_problem")
    has_no_key = nw.col("entity").is_null() & problem.is_in(list(SPOILT))
    told = nw.concat_str(nw.lit("id_"), problem)
    return nw.when(has_no_key).then(told).otherwise(nw.col("entity_reason"))


def is_in_period(p: "Parameters") -> nw.Expr:
    """The month is one of the period."""
    return (nw.col("month") >= month_of(p.period_start)) & (nw.col("month") <= month_of(p.period_end))


def paid(inputs: Inputs, p: "Parameters") -> Frame:
    """Per person, subsidy, month of the period: what was paid and refunded, how often, to how many payees, at which tier."""
    amount = nw.col("amount_fen")
    rows = payments(inputs).filter(is_in_period(p))
    plus = rows.filter(amount > 0)
    minus = rows.filter(amount < 0).group_by("key").agg(refund_fen=-amount.sum())
    in_month = plus.group_by("key").agg(
        gross_fen=amount.sum(),
        n_paid=amount.len(),
        max_pay_fen=amount.max(),
        min_pay_fen=amount.min(),
        row_standard_fen=nw.col("standard_fen").max(),
        id_conflict_max=nw.col("id_conflict").cast(nw.Int32).max(),
        entity_tier=nw.col("entity_tier").max(),
    )
    in_month = inputs.settle(in_month)
    twice = plus.join(in_month.filter(nw.col("n_paid") > 1).select("key"), on="key", how="semi")
    joined = in_month.join(minus, on="key", how="left").join(_two_payees(twice), on="key", how="left")
    return joined.with_columns(
        nw.col("refund_fen").fill_null(0),
        nw.col("has_two_payees").fill_null(False),
        id_conflict=nw.col("id_conflict_max") == 1,
        who=nw.col("key") // MONTHS,
        month=(nw.col("key") % MONTHS).cast(nw.Int32),
    ).drop("id_conflict_max")


def _two_payees(twice: Frame) -> Frame:
    """key, has_two_payees: whether the payments of the month differ in account or township."""
    names = ("account", "township")
    ends = {f"{side}_{c}": getattr(nw.col(c), side)() for c in names for side in ("min", "max")}
    differs = [(nw.col(f"min_{c}") != nw.col(f"max_{c}")).fill_null(False) for c in names]
    return twice.group_by("key").agg(**ends).select("key", has_two_payees=differs[0] | differs[1])


def pooled_refunds(inputs: Inputs, p: "Parameters") -> Frame:
    """Per person and subsidy: refunds that no payment judged here stands beside (a sum paid back at once, or later)."""
    amount = nw.col("amount_fen")
    refunded = payments(inputs).filter(amount < 0).select("key").unique()
    monthly = payments(inputs).join(refunded, on="key", how="semi").group_by("key", "who", "month").agg(
        net_fen=amount.sum(), top_fen=amount.max()
    )  # fmt: skip
    is_judged = is_in_period(p) & (nw.col("top_fen") > 0)
    lone = monthly.filter(~is_judged & (nw.col("net_fen") < 0))
    return lone.group_by("who").agg(lone_fen=-nw.col("net_fen").sum())


def linked(inputs: Inputs, link: str, contract: str, columns: Iterable[str]) -> Frame:
    """Rows of a register with the person they are linked to: entity, person, tier, name_conflict and the columns asked."""
    rows = inputs.table(contract).select("ref", *columns)
    links = numbered(inputs.links(link).select("entity", "right_ref", "tier", "name_conflict"), inputs)
    return links.join(rows, left_on="right_ref", right_on="ref", how="inner")


def illegible(inputs: Inputs, contract: str, columns: Iterable[str] = ()) -> Frame:
    """Rows of a register without a usable key, with each known person (`entity`, `person`) who has their name and township."""
    rows = inputs.table(contract).filter(nw.col("entity").is_null())
    named = rows.select(nw.col("name").alias("subject_name"), nw.col("township").alias("place"), *columns)
    known = inputs.once(persons)
    return known.join(named, on=["subject_name", "place"], how="inner").select("entity", "person", *columns)


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
    month = nw.col("month").fill_null(month_of(p.period_start))
    rows = inputs.once(payment_rows).filter(nw.col("entity").is_null()).with_columns(month=month)
    rows = rows.filter(is_in_period(p))
    name = nw.col("name").fill_null("")
    raw = nw.concat_str(name, nw.col("citizen_id_raw").fill_null(""), nw.col("village").fill_null(""), separator="|")
    return rows.select(
        "entity", "subsidy", "entity_reason",
        subject_name=nw.col("name"), place=nw.col("township"), month=nw.col("month").cast(nw.Int32), payment_ref=nw.col("ref"),
        unit=nw.concat_str(nw.lit("row"), nw.col("ref").cast(nw.String), separator="|"), entity_raw=raw,
        gross_fen=nw.col("amount_fen").fill_null(0),
    )  # fmt: skip
