"""One row per holder × year: what is due, what was paid, what was declared, and the facts that excuse or cast doubt."""

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios import land_use_tax_due_rows as due
from casebook.scenarios import land_use_tax_facts_rows as facts
from casebook.scenarios import land_use_tax_land_rows as land_rows
from casebook.scenarios import land_use_tax_tax_rows as tax
from casebook.scenarios.land_use_tax_due_rows import DENOMINATOR, HOLDING
from casebook.scenarios.land_use_tax_inputs import CONTRACTS, MARKET, PAYMENTS, REGISTRATIONS, REGISTRY, SOURCES
from casebook.scenarios.land_use_tax_inputs import RELIEFS as RELIEF_FILINGS

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

NUMERATORS = ("gross_n", "spared_n", "exempt_n", "due_n")
ART6 = (
    "state_organ_own_use", "budget_unit_own_use", "religious_park_scenic", "municipal_public_land", "farming_land", "home_plot",
)  # fmt: skip
RELIEFS = ("reclaimed_land", "hardship_relief")
PARTIAL = ("bulk_commodity_storage", "high_tech_enterprise", "infrastructure_art6_7", "other")
KEY = ("entity", "year")
MASKS = "[*＊●×]"


def half_up(number: nw.Expr, denominator: int) -> nw.Expr:
    """The ratio rounded half up, away from zero below it (Int64)."""
    size = (2 * nw.max_horizontal(number, -number) + denominator) // (2 * denominator)
    return nw.when(number < 0).then(-size).otherwise(size).cast(nw.Int64)


def judged(inputs: Inputs, p: "Parameters") -> Frame:
    """Holder-years with money and facts, and the register rows whose holder has no usable key."""
    held, rights, settled = _held(inputs, p), inputs.once(_rights, p), inputs.once(_settled, p)
    rows = inputs.settle(_money(held, rights, settled, inputs, p))
    rows = facts.with_facts(rows, held, inputs, p)
    rows = facts.with_claims(rows, inputs.once(_claims, p).join(settled, on=[*HOLDING, "payer"], how="anti"))
    rows = _with_instalments(_with_totals(rows, p), inputs, p)
    return nw.concat([rows, _unmatched(inputs.once(land_rows.parcels, p), inputs, p)], how="diagonal")


def _held(inputs: Inputs, p: "Parameters") -> Frame:
    """Current rights in the tax area whose holder has a key."""
    return inputs.once(land_rows.parcels, p).filter(~nw.col("entity").is_null())


def _rights(inputs: Inputs, p: "Parameters") -> Frame:
    return due.by_right(_held(inputs, p), inputs, p)


def _claims(inputs: Inputs, p: "Parameters") -> Frame:
    return due.claims(_held(inputs, p), inputs, p)


def _settled(inputs: Inputs, p: "Parameters") -> Frame:
    return due.settled(inputs.once(_claims, p), inputs.once(_rights, p), inputs, p)


def _money(held: Frame, rights: Frame, settled: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Due and paid per holder-year in fen; a right whose tax another holder pays counts with that one."""
    rows = _by_payer(held, rights, settled)
    liable = nw.col("due_months") > 0
    exempt_as = (
        nw.when(nw.col("exempt_as") == name).then(nw.col("exempt_n")).otherwise(nw.lit(0)).alias(f"n_{name}")
        for name in ART6
    )
    rows = rows.with_columns(
        *exempt_as,
        taxed_dm2=nw.when(liable & (nw.col("exempt_as") == "")).then(nw.col("area_dm2")).otherwise(nw.lit(0)),
        min_months=nw.when(liable).then(nw.col("due_months")).otherwise(nw.lit(None)),
        n_liable=liable.fill_null(False).cast(nw.Int32),
    )
    summed = rows.group_by(*KEY).agg(
        nw.col(*NUMERATORS, *(f"n_{name}" for name in ART6), "taxed_dm2", "n_liable").sum(),
        nw.col("unknown", "low", "late", "max_rate_fen", "liable_to").max(),
        nw.col("min_rate_fen", "min_months", "liable_from", *due.ERROR_MIN).min(),
        nw.col(*due.ERROR_MAX).max(),
        max_months=nw.col("due_months").max(),
    )
    summed = summed.join(held.select("entity").unique(), on="entity", how="semi")
    summed = summed.rename({"spared_n": "n_farmland_first_year"})
    return _with_paid(_with_reliefs(summed, held, inputs, p), inputs, p)


def _by_payer(held: Frame, rights: Frame, settled: Frame) -> Frame:
    """Right-years under the holder, without tax where another settles it, and once more with that tax under the one who does."""
    rows = rights.join(settled, on=list(HOLDING), how="left")
    rows = rows.join(held.select(*HOLDING, "area_dm2", "exempt_as"), on=list(HOLDING), how="left")
    is_own = nw.col("payer").is_null()
    own = rows.with_columns(*(nw.when(is_own).then(nw.col(n)).otherwise(nw.lit(0)).alias(n) for n in NUMERATORS))
    moved = rows.filter(~is_own).with_columns(
        entity=nw.col("payer"), area_dm2=nw.lit(0).cast(nw.Int64), unknown=nw.lit(0).cast(nw.Int32)
    )
    return nw.concat([own, moved.select(*own.collect_schema().names())], how="vertical")


def _with_reliefs(rows: Frame, held: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds `n_<relief>` of proven filings and takes them off what is due, never below nothing.

    Reliefs that exempt leave `gross_n` as it is (the year may be excluded by them); those that only reduce take it down too.
    """
    found = due.relieved(held, inputs, p)
    for name in (*RELIEFS, *PARTIAL):
        of = found.filter(nw.col("nature") == name).select(*KEY, nw.col("relief_n").alias(f"n_{name}"))
        rows = rows.join(of, on=list(KEY), how="left").with_columns(nw.col(f"n_{name}").fill_null(0))
    exempting, reducing = (nw.sum_horizontal(*(f"n_{name}" for name in names)) for names in (RELIEFS, PARTIAL))
    rows = rows.with_columns(
        gross_n=nw.max_horizontal(nw.col("gross_n") - reducing, nw.lit(0)),
        due_n=nw.max_horizontal(nw.col("due_n") - exempting - reducing, nw.lit(0)),
    )
    return rows.drop(*(f"n_{name}" for name in PARTIAL))


def _with_paid(rows: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds gross_fen, due_fen, paid_fen (null: not told), the two shortfalls, and whether the year is excused as a whole."""
    undated = tax.undated(inputs)
    rows = rows.join(tax.payments(inputs, p), on=list(KEY), how="left").join(undated, on="entity", how="left")
    is_known = nw.col("unknown").fill_null(0) == 0
    rows = rows.with_columns(
        gross_fen=nw.when(is_known).then(half_up(nw.col("gross_n"), DENOMINATOR)).otherwise(nw.lit(None)),
        due_fen=nw.when(is_known).then(half_up(nw.col("due_n"), DENOMINATOR)).otherwise(nw.lit(None)),
        paid_fen=nw.when(nw.col("n_undated").is_null()).then(nw.col("paid_fen").fill_null(0)).otherwise(nw.lit(None)),
    )
    rows = rows.with_columns(
        short_fen=nw.col("due_fen") - nw.col("paid_fen"), gross_short_fen=nw.col("gross_fen") - nw.col("paid_fen")
    )
    excused = (nw.col("gross_n") > nw.col("due_n")) & (nw.col("short_fen") <= 0) & (nw.col("gross_short_fen") > 0)
    return rows.with_columns(is_excused=excused)


def _with_totals(rows: Frame, p: "Parameters") -> Frame:
    """Adds measured_fen and open_fen (of the year), total_fen (of the period) and tolerated_fen, what a tolerated area makes of it.

    An excused year is measured without its exemption. Areas differ within the tolerance when one of its two limits holds.
    """
    excused, taxed = nw.col("is_excused").fill_null(False), nw.col("taxed_dm2")
    gap = taxed - nw.col("declared_dm2")
    size = nw.max_horizontal(gap, -gap)
    within = (size * 100 <= taxed * p.area_tolerance_pct) | (size <= p.area_tolerance_m2 * 100)
    tolerated = nw.when(within & (taxed > 0)).then(nw.col("due_fen") * gap // taxed).otherwise(nw.lit(0))
    rows = rows.with_columns(
        measured_fen=nw.when(excused).then(nw.col("gross_fen")).otherwise(nw.col("due_fen")),
        open_fen=nw.when(excused).then(nw.col("gross_short_fen")).otherwise(nw.col("short_fen")),
        net=nw.when(excused).then(nw.lit(0)).otherwise(nw.col("short_fen")),
        untold=nw.col("short_fen").is_null().cast(nw.Int32),
        tolerated=nw.when(excused).then(nw.lit(0)).otherwise(tolerated).fill_null(0),
    )
    net, gross, spared = (nw.col(name).sum().over("entity") for name in ("net", "gross_short_fen", "tolerated"))
    rows = rows.with_columns(
        net_total=net, gross_total=gross, tolerated_fen=spared, untold=nw.col("untold").max().over("entity")
    )
    total = nw.when(excused).then(nw.col("gross_total")).otherwise(nw.col("net_total"))
    known = nw.when(nw.col("untold") == 1).then(nw.lit(None)).otherwise(total)
    return rows.with_columns(total_fen=known, period=nw.col("year")).drop(
        "net", "net_total", "gross_total", "tolerated"
    )


def _unmatched(land: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Current rights in the tax area whose holder has no usable key: one row each, over the whole period."""
    first = tax.calendar(inputs, p).filter(nw.col("year") == p.period_start.year).select("year", "period_start")
    rows = land.filter(nw.col("entity").is_null()).join(first, how="cross")
    raw = nw.concat_str(
        land_rows.text("holder"), land_rows.text("holder_id_raw"), land_rows.text("parcel"), separator="|"
    )
    is_masked = land_rows.text("holder_id_raw").str.contains(MASKS)
    rows = rows.with_columns(
        entity_reason=nw.when(is_masked).then(nw.lit("code_masked")).otherwise(nw.col("entity_reason"))
    )
    return rows.select(
        "entity", "entity_reason", "year", "period_start",
        unit=nw.concat_str(nw.lit("row"), nw.col("ref").cast(nw.String), land_rows.text("holder"), separator="|"),
        period_end=nw.lit(p.period_end), subject_name=nw.col("holder"), place=nw.col("district"), period=nw.col("year"),
        entity_raw=raw, registry_ref=nw.col("ref"),
    )  # fmt: skip


def instalments(inputs: Inputs, p: "Parameters") -> Frame:
    """year, part_from, part_to of each instalment and its days late: from the day after the due date through `as_of_date`."""
    length = 12 // p.instalments
    starts = [
        y * 12 + i * length for y in range(p.period_start.year, p.period_end.year + 1) for i in range(p.instalments)
    ]
    dues = [date((s + length) // 12, (s + length) % 12 + 1, p.due_day) for s in starts]
    rows = inputs.rows(
        {
            "year": [s // 12 for s in starts],
            "part_from": starts,
            "part_to": [s + length - 1 for s in starts],
            "late_days": [max(0, (p.as_of_date - d).days) for d in dues],
        }
    )
    return rows.with_columns(nw.col("year").cast(nw.Int32))


def _with_instalments(rows: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds n_parts, the liable months of the year from first to last, and late_days, the days late of their instalments summed by month."""
    liable = rows.select(*KEY, "liable_from", "liable_to").join(instalments(inputs, p), on="year", how="inner")
    liable = liable.filter((nw.col("part_to") >= nw.col("liable_from")) & (nw.col("part_from") <= nw.col("liable_to")))
    months = nw.min_horizontal("part_to", "liable_to") - nw.max_horizontal("part_from", "liable_from") + 1
    liable = liable.with_columns(n_parts=months.cast(nw.Int64)).with_columns(
        late_days=nw.col("late_days") * nw.col("n_parts")
    )
    found = liable.group_by(*KEY).agg(nw.col("late_days", "n_parts").sum())
    return rows.join(found, on=list(KEY), how="left")


def details(inputs: Inputs, judged_rows: Frame, p: "Parameters") -> Frame:
    """What a holder-year adds up: each right and stretch of one rate; rights whose tax another pays in full are left out."""
    keyed = judged_rows.filter(~nw.col("entity").is_null()).select("unit", "entity", "year", "is_excused")
    paid_by_other = inputs.once(_settled, p).select(*HOLDING)
    own = (
        _held(inputs, p)
        .join(keyed.select("entity").unique(), on="entity", how="semi")
        .join(paid_by_other, on=list(HOLDING), how="anti")
    )
    found = keyed.join(due.segments(own, inputs, p), on=list(KEY), how="inner")
    found = found.filter((nw.col("gross_months") > 0) | nw.col("gross_months").is_null())
    order = (nw.col("parcel").fill_null(""), nw.col("seg_from").cast(nw.String), nw.col("ref").cast(nw.String))
    return found.select(
        "unit", "year", "is_excused", "parcel", "area_dm2", "rate_fen", "gross_months", "due_months", "gross_first",
        "exempt_as", "grade", "grade_source", "rate_source", "start_on", "is_won_farmland", position=nw.concat_str(*order, separator="|"),
    )  # fmt: skip


OF_TAXPAYER = ((REGISTRATIONS, "registration"), (SOURCES, "declared"), (RELIEF_FILINGS, "relief"))


def trace(inputs: Inputs, judged_rows: Frame, p: "Parameters") -> Frame:
    """Source rows: the holder's current certificates (`main`), contracts, registrations, sources (its own and those of others on
    its land), payments of the period (both likewise), reliefs, market register.
    """
    keyed = judged_rows.filter(~nw.col("entity").is_null()).select("unit", "entity", "year")
    land = inputs.once(land_rows.parcels, p)
    found = [_cited(keyed.join(land.select("entity", "ref"), on="entity", how="inner"), REGISTRY, "main")]
    bad = judged_rows.filter(nw.col("entity").is_null()).select("unit", ref=nw.col("registry_ref"))
    found.append(_cited(bad, REGISTRY, "main"))
    for contract, role in OF_TAXPAYER:
        rows = inputs.once(tax.taxpayer_rows, contract).select("entity", "ref")
        found.append(_cited(keyed.join(rows, on="entity", how="inner"), contract, role))
    for contract, role in ((CONTRACTS, "contract"), (MARKET, "register")):
        rows = inputs.table(contract).select("entity", "ref")
        found.append(_cited(keyed.join(rows, on="entity", how="inner"), contract, role))
    found.append(_cited(_payments_of(keyed, inputs, p), PAYMENTS, "payment"))
    claimed = inputs.once(_claims, p).select("entity", "payer").unique()
    others = inputs.settle(keyed.join(claimed, on="entity", how="inner"))
    rows = tax.sources(inputs, p).select("payer", ref=nw.col("source_ref"))
    found.append(_cited(others.join(rows, on="payer", how="inner"), SOURCES, "other_payer"))
    payers = others.select("unit", "year", entity=nw.col("payer"))
    found.append(_cited(_payments_of(payers, inputs, p), PAYMENTS, "other_payment"))
    return nw.concat(found, how="vertical")


def _payments_of(keyed: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    rows = inputs.once(tax.principal).join(tax.calendar(inputs, p), how="cross")
    touches = (nw.col("from_month") <= nw.col("year_to")) & (nw.col("until_month") >= nw.col("year_from"))
    return keyed.join(rows.filter(touches).select("entity", "year", "ref"), on=list(KEY), how="inner")


def _cited(frame: Frame, contract: str, role: str) -> Frame:
    return frame.select("unit", "ref", contract=nw.lit(contract), role=nw.lit(role))
