"""What is due for each right in each year, in whole numerators: area (dm²) × rate (fen) × months × 100 over `DENOMINATOR`.

A year is cut where grade or rate changes; a rate or grade counts for the months whose first day it covers. Sums stay whole numbers
and are rounded half up once per holder and year.
"""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.land_use_tax_inputs import CONTRACTS, SOURCES
from casebook.scenarios.land_use_tax_land_rows import LAST_MONTH, month
from casebook.scenarios.land_use_tax_tax_rows import WHOLE, calendar, payments, reliefs, sources

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

DENOMINATOR = 12 * 100 * WHOLE
HOLDING = ("ref", "entity")


def segments(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """One row per right × year × stretch of one grade and one rate: `gross_months`, `due_months`, `rate_fen`, `grade`."""
    rows = _graded(land, inputs, p).join(_rates(inputs, p), on="grade", how="left")
    rows = rows.join(calendar(inputs, p), how="cross")
    rows = rows.with_columns(
        seg_from=nw.max_horizontal("year_from", "grade_from", nw.col("rate_from").fill_null(0)),
        seg_to=nw.min_horizontal("year_to", "grade_to", nw.col("rate_to").fill_null(LAST_MONTH)),
    ).filter(nw.col("seg_from") <= nw.col("seg_to"))
    return rows.with_columns(
        gross_months=months_between(
            nw.max_horizontal("gross_first", "seg_from"), nw.min_horizontal("last", "seg_to"), "gross_first"
        ),
        due_months=months_between(nw.max_horizontal("first", "seg_from"), nw.min_horizontal("last", "seg_to"), "first"),
        year_months=months_between(
            nw.max_horizontal("gross_first", "year_from"), nw.min_horizontal("last", "year_to"), "gross_first"
        ),
    )


def months_between(first: nw.Expr, last: nw.Expr, known: str) -> nw.Expr:
    """Months from `first` through `last`, at least 0 (Int64); null where the column `known` is."""
    count = nw.max_horizontal(last - first + 1, nw.lit(0)).cast(nw.Int64)
    return nw.when(nw.col(known).is_null()).then(nw.lit(None)).otherwise(count).cast(nw.Int64)


def _since(name: str) -> nw.Expr:
    """First month whose first day lies on or after the date."""
    return (month(name) + (nw.col(name).dt.day() > 1).cast(nw.Int32)).cast(nw.Int32)


def _graded(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Grade by the table of the cadastral district, else the contract's, else the tax source's (ruling 24)."""
    table = inputs.standard(p.grade_table).select(
        district=nw.col("cadastral_district"),
        table_grade=nw.col("grade").cast(nw.Int32),
        grade_from=_since("valid_from"),
        grade_to=month("valid_to"),
        table_row=_cited_row(p.grade_table, "cadastral_district"),
    )
    declared = sources(inputs, p).filter(~nw.col("source_parcel").is_null())
    declared = declared.group_by("source_parcel").agg(source_grade=nw.col("declared_grade").max())
    rows = land.join(table, on="district", how="left").join(
        declared, left_on="parcel", right_on="source_parcel", how="left"
    )
    return rows.with_columns(
        nw.col("grade_from").fill_null(0),
        nw.col("grade_to").fill_null(LAST_MONTH),
        grade=nw.coalesce(nw.col("table_grade"), nw.col("contract_grade"), nw.col("source_grade")),
        grade_source=nw.when(~nw.col("table_grade").is_null()).then(nw.col("table_row"))
        .when(~nw.col("contract_grade").is_null()).then(nw.lit(CONTRACTS))
        .otherwise(nw.lit(SOURCES)),
    )  # fmt: skip


def _cited_row(table: str, *keys: str) -> nw.Expr:
    """A row of a table of values as it is cited: file, key, day from and day to (nothing for an open end)."""
    since, until = (nw.col(name).dt.to_string("%Y-%m-%d") for name in ("valid_from", "valid_to"))
    days = nw.concat_str(since, until, separator="–").str.replace_all("9999-12-31", "")
    return nw.concat_str(nw.lit(table), *(nw.col(key).cast(nw.String) for key in keys), days, separator=" ")


def _rates(inputs: Inputs, p: "Parameters") -> Frame:
    rates = inputs.standard(p.rate_table).filter(nw.col("division") == p.division)
    return rates.select(
        grade=nw.col("grade").cast(nw.Int32),
        rate_fen=nw.col("fen_per_m2_year"),
        rate_from=_since("valid_from"),
        rate_to=month("valid_to"),
        rate_source=_cited_row(p.rate_table, "division", "grade"),
    )


def declarations(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """ref, entity → lowest rate, lowest grade, first month that the holder itself declares for the right.

    A source belongs to the right whose parcel it names, else whose location it bears; to the holder's only right in any case.
    """
    rights = land.select("ref", "entity", "parcel", "location").with_columns(n_rights=nw.len().over("entity"))
    pairs = rights.join(sources(inputs, p), left_on="entity", right_on="payer", how="inner")
    same_parcel = (nw.col("source_parcel") == nw.col("parcel")).fill_null(False)
    same_place = nw.col("source_parcel").is_null() & (nw.col("source_location") == nw.col("location")).fill_null(False)
    pairs = pairs.filter(same_parcel | same_place | (nw.col("n_rights") == 1))
    return pairs.group_by(*HOLDING).agg(
        nw.col("declared_rate").min(), nw.col("declared_grade").max(), nw.col("declared_first").min()
    )


def by_right(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """One row per right × year: numerators `gross_n`, `spared_n` (farmland year), `exempt_n` (art. 6), `due_n`; what was declared.

    `unknown` is 1 when start, area, share, grade or rate is not told, or when the rates leave a liable month without one.
    """
    rows = segments(land, inputs, p).join(declarations(land, inputs, p), on=list(HOLDING), how="left")
    rows = rows.with_columns(*_numerators(), *_wrongly_declared(), *_liable()).with_columns(*_of_the_error())
    found = rows.group_by(*HOLDING, "year").agg(
        nw.col("gross_n", "spared_n", "exempt_n", "due_n", "gross_months", "due_months").sum(),
        nw.col("unknown", "low", "late", "liable_to", "max_rate_fen").max(),
        nw.col("liable_from", "min_rate_fen", *ERROR_MIN).min(),
        nw.col(*ERROR_MAX).max(),
        year_months=nw.col("year_months").max(),
    )
    uncovered = (nw.col("gross_months") != nw.col("year_months")).fill_null(False).cast(nw.Int32)
    return found.with_columns(unknown=nw.max_horizontal(nw.col("unknown"), uncovered)).drop("year_months")


def _numerators() -> list[nw.Expr]:
    base = nw.col("area_dm2") * nw.col("rate_fen") * WHOLE
    gross, due, is_exempt = base * nw.col("gross_months"), base * nw.col("due_months"), nw.col("exempt_as") != ""
    return [
        gross.alias("gross_n"),
        (gross - due).alias("spared_n"),
        nw.when(is_exempt).then(due).otherwise(nw.lit(0)).alias("exempt_n"),
        nw.when(is_exempt).then(nw.lit(0)).otherwise(due).alias("due_n"),
        (gross.is_null() | due.is_null()).cast(nw.Int32).alias("unknown"),
    ]


def _wrongly_declared() -> list[nw.Expr]:
    """`low` and `late` (0/1): the holder's own source states a lower rate or grade, or a later first month, for liable months."""
    is_low = (nw.col("declared_rate") < nw.col("rate_fen")) | (nw.col("declared_grade") > nw.col("grade"))
    is_late = nw.col("declared_first") > nw.max_horizontal("first", "year_from")
    liable = nw.col("due_months") > 0
    return [
        (liable & wrong).fill_null(False).cast(nw.Int32).alias(name)
        for name, wrong in (("low", is_low), ("late", is_late))
    ]


ERROR_MIN = ("parcel_grade", "grade_source", "rate_source", "declared_rate_fen", "lawful_first_month", "start_on")
ERROR_MAX = ("parcel_rate_fen", "declared_grade", "declared_first_month")
"""What a wrong declaration is measured by; of several rights the best grade, the earliest start, the declaration farthest off."""


def _of_the_error() -> list[nw.Expr]:
    """Facts of the rights declared too low or too late, null for all others; a source begins with its grade."""
    grade = nw.col("grade").cast(nw.String)
    is_spared_longer = nw.col("first") > nw.col("gross_first")
    low = {
        "parcel_grade": nw.col("grade"),
        "parcel_rate_fen": nw.col("rate_fen"),
        "declared_grade": nw.col("declared_grade"),
        "declared_rate_fen": nw.col("declared_rate"),
        "grade_source": nw.concat_str(grade, "grade_source", separator=": "),
        "rate_source": nw.concat_str(grade, "rate_source", separator=": "),
    }
    late = {
        "lawful_first_month": nw.col("first"),
        "declared_first_month": nw.col("declared_first"),
        "start_on": nw.when(is_spared_longer).then("requisition_approved_on").otherwise("start_on"),
    }
    wrong = [(name, fact, "low") for name, fact in low.items()] + [(name, fact, "late") for name, fact in late.items()]
    return [nw.when(nw.col(error) == 1).then(fact).otherwise(nw.lit(None)).alias(name) for name, fact, error in wrong]


def _liable() -> list[nw.Expr]:
    """First and last liable month, and the rate, where any month of the stretch is liable."""
    facts = {
        "liable_from": nw.max_horizontal("first", "seg_from"),
        "liable_to": nw.min_horizontal("last", "seg_to"),
        "min_rate_fen": nw.col("rate_fen"),
        "max_rate_fen": nw.col("rate_fen"),
    }
    liable = nw.col("due_months") > 0
    return [nw.when(liable).then(fact).otherwise(nw.lit(None)).alias(name) for name, fact in facts.items()]


def relieved(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """entity, year, nature → numerator that proven filings take off the tax of rights not exempt by law."""
    proven = reliefs(inputs).filter(nw.col("is_proven") == 1)
    rows = segments(land.filter(nw.col("exempt_as") == ""), inputs, p).join(proven, on="entity", how="inner")
    rows = rows.filter(nw.col("relief_parcel").is_null() | (nw.col("relief_parcel") == nw.col("parcel")))
    start = nw.max_horizontal("first", "seg_from", "relief_first")
    end = nw.min_horizontal("last", "seg_to", "relief_last")
    number = nw.col("area_dm2") * nw.col("rate_fen") * months_between(start, end, "first") * nw.col("percent")
    return rows.with_columns(number=number).group_by("entity", "year", "nature").agg(relief_n=nw.col("number").sum())


def claims(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Rights that another taxpayer declares: ref, entity, payer, is_sure (by parcel; else by location), is_co_owner.

    The payer must declare the holder's area beside its own part of the parcel, within the tolerance.
    """
    own = land.group_by("parcel", "entity").agg(own_dm2=nw.col("area_dm2").sum()).rename({"entity": "payer"})
    rights = land.select("ref", "entity", "parcel", "location", "area_dm2")
    declared = sources(inputs, p)
    sure = rights.join(declared, left_on="parcel", right_on="source_parcel", how="inner").with_columns(
        is_sure=nw.lit(1)
    )
    vague = declared.filter(nw.col("source_parcel").is_null())
    near = rights.join(vague, left_on="location", right_on="source_location", how="inner").with_columns(
        is_sure=nw.lit(0)
    )
    columns = ("ref", "entity", "parcel", "payer", "area_dm2", "declared_dm2", "is_sure")
    pairs = nw.concat([sure.select(*columns), near.select(*columns)], how="vertical").filter(
        nw.col("payer") != nw.col("entity")
    )
    found = pairs.group_by("ref", "entity", "parcel", "payer", "area_dm2").agg(
        nw.col("declared_dm2").sum(), nw.col("is_sure").min()
    )
    found = found.join(own, on=["parcel", "payer"], how="left")
    rest = nw.col("declared_dm2") - nw.col("own_dm2").fill_null(0)
    covers = rest * WHOLE >= nw.col("area_dm2") * (WHOLE - p.area_tolerance_pct)
    return found.filter(covers).select("ref", "entity", "payer", "is_sure", is_co_owner=~nw.col("own_dm2").is_null())


def settled(claimed: Frame, rights: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Rights whose tax another taxpayer declares by parcel and, with its own, pays in full: ref, entity, payer (ruling 12)."""
    sure = claimed.filter(nw.col("is_sure") == 1)
    first = sure.group_by(*HOLDING).agg(nw.col("payer").min())
    total = rights.group_by(*HOLDING).agg(nw.col("due_n").sum(), nw.col("unknown").max())
    taken = first.join(total, on=list(HOLDING), how="inner")
    own = total.group_by("entity").agg(own_n=nw.col("due_n").sum()).rename({"entity": "payer"})
    paid = payments(inputs, p).group_by("entity").agg(nw.col("paid_fen").sum()).rename({"entity": "payer"})
    load = taken.group_by("payer").agg(nw.col("due_n").sum(), nw.col("unknown").max())
    load = load.join(own, on="payer", how="left").join(paid, on="payer", how="inner")
    short = nw.col("due_n") + nw.col("own_n").fill_null(0) - nw.col("paid_fen") * DENOMINATOR
    full = load.filter((short < p.min_shortfall_yuan * 100 * DENOMINATOR) & (nw.col("unknown") == 0))
    return taken.select(*HOLDING, "payer").join(full.select("payer"), on="payer", how="semi")
