"""What the tax bureau knows of each taxpayer: registration, declared land, payments by the period they are for, reliefs."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.measure.calendar import month_end, month_start
from casebook.scenarios.land_use_tax_inputs import PAYMENTS, REGISTRATIONS, RELIEFS, SOURCES
from casebook.scenarios.land_use_tax_land_rows import LAST_MONTH, PERSON_LENGTH, grade_of, month, text

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

THIS_TAX = "土地使用税|^土地税$"
NOT_PRINCIPAL = "滞纳金|罚款|罚没|利息"
NATURES = (
    ("reclaimed_land", "开山|填海|整治|改造|废弃|复垦"),
    ("hardship_relief", "困难"),
    ("bulk_commodity_storage", "大宗商品|仓储"),
    ("high_tech_enterprise", "高新技术"),
    ("infrastructure_art6_7", "能源|电力|交通|水利|铁路|民航|港口|供热"),
)
SMALL = "小微|小规模|六税两费|个体"
WHOLE = 100


def calendar(inputs: Inputs, p: "Parameters") -> Frame:
    """The calendar years of the period: year, first and last month (Int32), first and last day."""
    years = range(p.period_start.year, p.period_end.year + 1)
    rows = inputs.rows(
        {
            "year": list(years),
            "year_from": [y * 12 for y in years],
            "year_to": [y * 12 + 11 for y in years],
            "period_start": [month_start(y * 12) for y in years],
            "period_end": [month_end(y * 12 + 11) for y in years],
        }
    )
    return rows.with_columns(nw.col("year", "year_from", "year_to").cast(nw.Int32))


def taxpayer_rows(inputs: Inputs, contract: str) -> Frame:
    """Rows of a tax table with the taxpayer's `entity`: by its unified code, else by its number, old or new.

    An owner's citizen id used as tax number stands for the business whose registration names both.
    """
    rows = inputs.table(contract)
    owners = inputs.table(REGISTRATIONS).filter(nw.col("entity").str.len_chars() == PERSON_LENGTH)
    owners = (
        owners.filter(~_organisation().is_null())
        .group_by("entity")
        .agg(business=nw.col("unified_code_organisation").min())
    )
    rows = rows.join(owners, on="entity", how="left")
    return rows.with_columns(entity=nw.coalesce(_organisation(), nw.col("business"), nw.col("entity"))).drop("business")


def _organisation() -> nw.Expr:
    """The organisation code inside a unified code that holds."""
    return (
        nw.when(nw.col("unified_code_problem").is_null())
        .then(nw.col("unified_code_organisation"))
        .otherwise(nw.lit(None))
    )


def registrations(inputs: Inputs) -> Frame:
    """By `entity`: has_registration (1), is_small_scale (0/1, null: not told), is_ended (0/1: cancelled, abnormal, bankrupt)."""
    told, small = ~nw.col("vat_type").is_null(), text("vat_type").str.contains("小规模")
    rows = inputs.once(taxpayer_rows, REGISTRATIONS).filter(~nw.col("entity").is_null()).with_columns(
        small=nw.when(told).then(small.cast(nw.Int32)).otherwise(nw.lit(None)),
        ended=text("taxpayer_state").str.contains("注销|非正常|破产|清算").cast(nw.Int32),
    )  # fmt: skip
    return rows.group_by("entity").agg(
        is_small_scale=nw.col("small").max(), is_ended=nw.col("ended").max(), has_registration=nw.len()
    )


def payments(inputs: Inputs, p: "Parameters") -> Frame:
    """Principal of this tax by taxpayer and year (`paid_fen`), allocated by 所属期; `n_undated` rows whose period is not told.

    A row over several years is split by months; the parts add up to the row to the fen. Refunds are negative.
    """
    rows = inputs.once(principal)
    months = nw.col("until_month") - nw.col("from_month") + 1
    dated = rows.filter(months > 0).join(calendar(inputs, p), how="cross")
    before = _clipped(nw.col("year_from") - nw.col("from_month"), months)
    through = _clipped(nw.col("year_to") + 1 - nw.col("from_month"), months)
    amount = nw.col("paid_fen")
    dated = dated.with_columns(part_fen=amount * through // months - amount * before // months)
    return dated.group_by("entity", "year").agg(paid_fen=nw.col("part_fen").sum())


def _clipped(value: nw.Expr, most: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(nw.lit(0), nw.min_horizontal(value, most)).cast(nw.Int64)


def principal(inputs: Inputs) -> Frame:
    """Payment rows of this tax that are tax, not surcharge: entity, ref, from_month, until_month, paid_fen."""
    rows = inputs.once(_of_this_tax).filter(~nw.col("entity").is_null() & ~nw.col("paid_fen").is_null())
    return rows.select(
        "entity",
        "ref",
        "paid_fen",
        from_month=nw.coalesce(month("period_from"), month("period_until")),
        until_month=nw.coalesce(month("period_until"), month("period_from")),
    )


def _of_this_tax(inputs: Inputs) -> Frame:
    """Principal of this tax by 征收项目, by 征收品目 where that is blank."""
    named = nw.when(nw.col("tax_type").is_null()).then(text("tax_item")).otherwise(text("tax_type"))
    is_tax = ~text("payment_kind").str.contains(NOT_PRINCIPAL)
    rows = taxpayer_rows(inputs, PAYMENTS).filter(named.str.contains(THIS_TAX) & is_tax)
    return rows.select(
        "entity", "ref", "taxpayer_name", "taxpayer_name_core", "paid_fen", "period_from", "period_until"
    )


def named_payers(inputs: Inputs) -> Frame:
    """Who declares this tax or pays it, by name: payer (entity or null), payer_name, payer_core."""
    sides = (inputs.once(_of_this_tax), inputs.once(taxpayer_rows, SOURCES))
    columns = {
        "payer": nw.col("entity"),
        "payer_name": nw.col("taxpayer_name"),
        "payer_core": nw.col("taxpayer_name_core"),
    }
    return nw.concat([side.select(**columns) for side in sides], how="vertical").unique()


def undated(inputs: Inputs) -> Frame:
    """By `entity`: n_undated: payments whose 所属期 is unreadable or ends before it begins, so that no year is known."""
    rows = inputs.once(principal)
    is_dated = (nw.col("until_month") >= nw.col("from_month")).fill_null(False)
    return rows.filter(~is_dated).group_by("entity").agg(n_undated=nw.len())


def sources(inputs: Inputs, p: "Parameters") -> Frame:
    """Declared land not ended before the period: payer, parcel, location, area, grade, rate, first liable month as declared."""
    later = int(p.default_months_rule == "month_after")
    rows = inputs.once(taxpayer_rows, SOURCES).filter(~nw.col("entity").is_null())
    rows = rows.filter(month("ended_on").fill_null(LAST_MONTH) >= p.period_start.year * 12)
    return rows.select(
        payer=nw.col("entity"),
        source_ref=nw.col("ref"),
        source_parcel=nw.coalesce(nw.col("parcel_code_parcel"), nw.col("unit_no_parcel")),
        source_location=nw.col("location"),
        declared_dm2=nw.col("area_dm2"),
        declared_grade=grade_of("land_grade"),
        declared_rate=nw.col("rate_fen"),
        declared_first=(month("acquired_on") + later).cast(nw.Int32),
        is_free=text("relief_nature").str.contains("无偿|免税单位").cast(nw.Int32),
    )


def declared(inputs: Inputs, p: "Parameters") -> Frame:
    """By `entity`: n_sources, declared_dm2 (null when a declared area is unreadable), is_free_use_declared."""
    rows = sources(inputs, p).with_columns(bad=nw.col("declared_dm2").is_null().cast(nw.Int32))
    found = rows.group_by("payer").agg(
        n_sources=nw.len(),
        declared_dm2=nw.col("declared_dm2").sum(),
        bad=nw.col("bad").max(),
        free=nw.col("is_free").max(),
    )
    known = nw.when(nw.col("bad") == 0).then(nw.col("declared_dm2")).otherwise(nw.lit(None))
    return found.select("n_sources", entity=nw.col("payer"), declared_dm2=known, is_free_use_declared=nw.col("free"))


def reliefs(inputs: Inputs) -> Frame:
    """Filings: entity, relief_parcel (null: all land), nature (an exemption's name or `other`), months, percent, is_proven (0/1).

    Proven is a filing with approval number, window and share; a filing of another kind only casts doubt.
    """
    nature = nw.lit("other")
    for name, words in reversed(NATURES):
        nature = nw.when(text("relief_nature").str.contains(words)).then(nw.lit(name)).otherwise(nature)
    said = text("relief_share").str.replace_all("％", "%")
    number = nw.when(said.str.contains(r"^[0-9]{1,3}%$")).then(said.str.replace_all("%", ""))
    number = (
        number.when(said.str.contains("减半"))
        .then(nw.lit("50"))
        .when(said.str.contains("全免|免征"))
        .then(nw.lit("100"))
    )
    rows = inputs.once(taxpayer_rows, RELIEFS).filter(
        ~nw.col("entity").is_null() & ~text("relief_nature").str.contains(SMALL)
    )
    rows = rows.with_columns(
        nature=nature, percent=number.otherwise(nw.lit(None)).cast(nw.Int64),
        relief_first=month("relief_from"), relief_last=month("relief_until"),
    )  # fmt: skip
    told = ~nw.col("approval_no").is_null() & ~nw.col("relief_first").is_null() & ~nw.col("percent").is_null()
    return rows.select(
        "entity", "nature", "percent", "relief_first", relief_parcel=nw.col("parcel_code_parcel"),
        relief_last=nw.col("relief_last").fill_null(LAST_MONTH), is_proven=(told & ~nw.col("relief_last").is_null()).cast(nw.Int32),
    )  # fmt: skip
