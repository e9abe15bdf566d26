"""What the regulator's lists hold on a shop: its licence, its small-catering certificate, its grade."""

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.online_catering_inputs import CERTIFICATES, GRADES, LICENCES
from casebook.scenarios.online_catering_shops_rows import grade_rank, subject_key

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters

WEAK = 3
LONG_AGO = date(1900, 1, 1)
ENDED = "注销|吊销|撤销|撤回"
PENDING = "延续|换证"
ADDRESS = ("premises", "premises_road", "premises_village", "premises_number")


def licences(inputs: Inputs) -> Frame:
    """The list with is_cancelled, is_renewal_noted, subject_key, and newest_on: latest issue of a licence in force of one operator."""
    state = nw.col("licence_state").fill_null("")
    rows = inputs.table(LICENCES).with_columns(
        is_cancelled=state.str.contains(ENDED) | ((state == "") & ~nw.col("cancelled_on").is_null()),
        is_renewal_noted=state.str.contains(PENDING),
        subject_key=subject_key("operator_name_core", "premises"),
        holder=nw.coalesce(nw.col("unified_code"), nw.col("operator_name")),
        until=nw.col("valid_until").fill_null(nw.lit(LONG_AGO)),
    )
    is_live = ~nw.col("is_cancelled") & (nw.col("until") >= nw.lit(inputs.obtained.get(LICENCES, LONG_AGO)))
    live = (
        rows.filter(is_live & ~nw.col("holder").is_null()).group_by("holder").agg(newest_on=nw.col("issued_on").max())
    )
    return rows.join(live, on="holder", how="left")


def found(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """One licence per shop that has one, by number, else by name and house: entity, licence_ref, licence_tier, name_conflict."""
    listed = licences(inputs)
    numbers = inputs.links("licences").select(
        "entity", "tier", "reason", "name_conflict", licence_ref=nw.col("right_ref")
    )
    if p.ocr_edit_distance == 0:
        numbers = numbers.filter(nw.col("reason") != "ocr_repair")
    by_number = numbers.select("entity", "licence_ref", "name_conflict", licence_tier=nw.col("tier").cast(nw.Int32))
    bare = shops.filter(nw.col("is_nothing_shown")).select("entity", "subject_key")
    by_name = bare.join(listed.select("subject_key", licence_ref=nw.col("ref")), on="subject_key", how="inner").select(
        "entity", "licence_ref",
        name_conflict=nw.lit(False), licence_tier=nw.lit(WEAK).cast(nw.Int32),
    )  # fmt: skip
    every = nw.concat([by_number, by_name], how="vertical").join(
        listed.select("until", licence_ref=nw.col("ref")), on="licence_ref", how="inner"
    )
    return _best(every, ("licence_tier", "min"), ("until", "max"), ("licence_ref", "max")).drop("until")


def _best(rows: Frame, *order: tuple[str, str]) -> Frame:
    """One row per entity: the one with the smallest (or greatest) of each column in turn."""
    for name, side in order:
        top = nw.col(name).min() if side == "min" else nw.col(name).max()
        rows = rows.join(rows.group_by("entity").agg(top.alias(f"best_{name}")), on="entity", how="inner")
        rows = rows.filter(nw.col(name) == nw.col(f"best_{name}")).drop(f"best_{name}")
    return rows


def with_licence(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds has_licence, the licence's facts (`listed_…`, is_cancelled, …), has_newer_licence, has_namesake (a licence under the name)."""
    facts = licences(inputs).select(
        "is_cancelled", "cancelled_on", "is_renewal_noted", "renewal_applied_on", "newest_on", "issued_on", "business_form", *ADDRESS,
        listed_no=nw.col("licence_no"), listed_operator=nw.col("operator_name"), listed_items=nw.col("items"),
        listed_until=nw.col("valid_until"), listed_state=nw.col("licence_state"),
        licence_form=nw.col("licence_no_form"), licence_ref=nw.col("ref"),
    )  # fmt: skip
    linked = found(shops, inputs, p).join(facts, on="licence_ref", how="inner")
    names = inputs.table(LICENCES).select(shown_operator=nw.col("operator_name"), namesake=nw.lit(1)).unique()
    rows = shops.join(linked, on="entity", how="left").join(names, on="shown_operator", how="left")
    is_named = ~nw.col("shown_operator").is_null() & ~nw.col("listed_operator").is_null()
    return rows.with_columns(
        has_licence=~nw.col("licence_ref").is_null(),
        name_differs=nw.when(is_named).then(nw.col("name_conflict")).otherwise(nw.lit(None)).cast(nw.Boolean),
        has_namesake=~nw.col("namesake").is_null(),
        has_newer_licence=(nw.col("newest_on") > nw.col("issued_on")).fill_null(False),
    )


def with_certificate(shops: Frame, inputs: Inputs) -> Frame:
    """Adds has_certificate, certificate_ref, certificate_until, is_certificate_ended for shops that show no licence number."""
    rows = inputs.table(CERTIFICATES).select(
        "small_catering_no",
        subject_key=subject_key("operator_name_core", "premises"),
        certificate_ref=nw.col("ref"),
        certificate_until=nw.col("valid_until"),
        is_certificate_ended=nw.col("licence_state").fill_null("").str.contains(ENDED),
        until=nw.col("valid_until").fill_null(nw.lit(LONG_AGO)),
    )
    shown = shops.filter(nw.col("is_other_number")).select("entity", small_catering_no=nw.col("shown_licence_no"))
    bare = shops.filter(nw.col("is_nothing_shown")).select("entity", "subject_key")
    kept = ("entity", "certificate_ref", "certificate_until", "is_certificate_ended", "until")
    both = [
        shown.join(rows, on="small_catering_no", how="inner").select(*kept),
        bare.join(rows, on="subject_key", how="inner").select(*kept),
    ]
    best = _best(nw.concat(both, how="vertical"), ("until", "max"), ("certificate_ref", "max")).drop("until")
    return shops.join(best, on="entity", how="left").with_columns(
        has_certificate=~nw.col("certificate_ref").is_null(),
        is_certificate_ended=nw.col("is_certificate_ended").fill_null(False),
    )


def with_grade(shops: Frame, inputs: Inputs) -> Frame:
    """Adds has_grade_row, grade_ref, given_rank (dynamic grade; null: not given or not told) and is_graded (either column)."""
    dynamic, annual = grade_rank("dynamic_grade"), grade_rank("annual_grade")
    rows = inputs.table(GRADES).filter(~nw.col("licence_no").is_null()).select(
        "graded_on", entity=nw.col("licence_no"), grade_ref=nw.col("ref"), given_rank=dynamic,
        is_graded=~dynamic.is_null() | ~annual.is_null(), on=nw.col("graded_on").fill_null(nw.lit(LONG_AGO)),
    )  # fmt: skip
    best = _best(rows, ("on", "max"), ("grade_ref", "max")).drop("on").rename({"entity": "graded_no"})
    keyed = shops.with_columns(graded_no=nw.coalesce(nw.col("listed_no"), nw.col("shown_licence_no")))
    return keyed.join(best, on="graded_no", how="left").with_columns(
        has_grade_row=~nw.col("grade_ref").is_null(), is_graded=nw.col("is_graded").fill_null(False)
    )
