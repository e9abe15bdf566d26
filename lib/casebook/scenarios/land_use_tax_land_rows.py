"""Who holds which land from which month on: one row per current right × holder, with what its use says of exemption.

Only current rights (权属状态 not 历史) inside the tax area count. A co-owner holds its share of the area, rounded half up to
0.01 m²; a certificate issued again for the same unit counts once, units of a developer add up.
"""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.measure.calendar import month_index
from casebook.scenarios.land_use_tax_inputs import CONTRACTS, MARKET, PENALTIES, REGISTRATIONS, REGISTRY

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

LAST_MONTH = 9999 * 12 + 11
DISTRICT_LENGTH, PERSON_LENGTH, UNIFIED_LENGTH = 9, 18, 18
WEAK = 3
FARMLAND = "耕地|水田|水浇地|旱地|农田"
"""Cultivated land of GB/T 21010; 园地, 林地 and 草地 are not 耕地 in the sense of art. 9."""
BUILDING = "房屋|构筑物|建筑物"
COMMERCIAL = "商|工业|仓储|批发|零售|餐饮|旅馆|娱乐|金融"
OWN_USE = (
    ("religious_park_scenic", "宗教|寺|公园|风景|名胜"),
    ("municipal_public_land", "公共绿地|绿化|广场|街巷|道路|公用设施"),
)
FARMING = "果园|茶园|园地|耕地|水田|水浇地|旱地|林地|牧草地|养殖|坑塘|设施农"
HOME = "住宅|宅基地"
INFRASTRUCTURE = (
    "水工|水利|水库|铁路|公路|机场|港口|码头|管道|轨道|交通|电力|能源|供电|发电|变电|供水|排水|供热|供气|燃气"
)
EXEMPT_UNITS_USE = "机关|团体|教育|医疗|宗教|公园|绿地|军"
WORKS_UNITS = "教育|学校|幼儿|医疗|医院|卫生"
GRADES = (
    (1, "[1一壹]"),
    (2, "[2二贰]"),
    (3, "[3三叁]"),
    (4, "[4四肆]"),
    (5, "[5五]"),
    (6, "[6六]"),
    (7, "[7七]"),
    (8, "[8八]"),
    (9, "[9九]"),
)


def month(name: str) -> nw.Expr:
    """Month index (Int32) of a date column."""
    return month_index(nw.col(name)).cast(nw.Int32)


def text(name: str) -> nw.Expr:
    """A text column with nothing for null."""
    return nw.col(name).fill_null("")


def grade_of(name: str) -> nw.Expr:
    """Land grade 1-9 (Int32) as an agency writes it (三级, 3级, 三等); null when unreadable."""
    number = nw.lit(None)
    for grade, sign in GRADES:
        number = nw.when(text(name).str.contains(sign)).then(nw.lit(grade)).otherwise(number)
    return number.cast(nw.Int32)


def registered(inputs: Inputs) -> Frame:
    """Register rows, a row each co-owner: `entity` (weakly found where the row has no code), `parcel`, `is_history`, `name_conflict`.

    A holder without a usable code is known by name and location when exactly one firm fits (T3). A name differs from the one the
    code is registered under: `name_conflict`, unless the market regulator knows it as the firm's present or former name.
    """
    rows = inputs.table(REGISTRY).with_columns(
        parcel=nw.coalesce(nw.col("parcel_code_parcel"), nw.col("unit_no_parcel")),
        is_history=text("right_state").str.contains("历史|注销|失效"),
    )
    rows = rows.filter(~(nw.col("parcel").is_null() & nw.col("holder").is_null() & nw.col("area_dm2").is_null()))
    known, conflicts = _weakly_known(inputs), _conflicts(inputs)
    rows = rows.join(known, left_on="ref", right_on="right_ref", how="left").join(
        conflicts, left_on=["ref", "entity"], right_on=["right_ref", "entity"], how="left"
    )
    is_weak = nw.col("entity").is_null() & ~nw.col("weak_entity").is_null() & (nw.col("share_den") == 1)
    return rows.with_columns(
        entity_tier=nw.when(is_weak).then(nw.lit(WEAK)).otherwise(nw.col("entity_tier")).cast(nw.Int32),
        entity=nw.when(is_weak).then(nw.col("weak_entity")).otherwise(nw.col("entity")),
        name_conflict=nw.col("conflict").fill_null(0).cast(nw.Int32),
    ).drop("weak_entity", "conflict")


def _weakly_known(inputs: Inputs) -> Frame:
    """right_ref → weak_entity: the one taxpayer, else the one firm, that name and address point to."""
    both = nw.concat(
        [inputs.links(name).select("entity", "right_ref", "tier") for name in ("taxpayers", "firms")], how="vertical"
    )
    found = both.filter(nw.col("tier") == WEAK).group_by("right_ref").agg(
        weak_entity=nw.col("entity").min(), other=nw.col("entity").max()
    )  # fmt: skip
    return found.filter(nw.col("weak_entity") == nw.col("other")).drop("other")


def _conflicts(inputs: Inputs) -> Frame:
    """right_ref, entity, conflict (0/1): by the market regulator's names where it knows the firm, else by the tax bureau's."""
    tax, market = (
        inputs.links(name).group_by("right_ref", "entity").agg(**{name: nw.col("name_conflict").cast(nw.Int32).min()})
        for name in ("taxpayers", "firms")
    )
    only = tax.join(market, on=["right_ref", "entity"], how="anti").rename({"taxpayers": "conflict"})
    return nw.concat([only, market.rename({"firms": "conflict"})], how="vertical")


def contracts(inputs: Inputs, rows: Frame) -> Frame:
    """Supply contracts, one row per parcel × grantee; a grantee without code is the registered holder of that name."""
    named = (
        rows.filter(~nw.col("parcel").is_null())
        .group_by("parcel", "holder_core")
        .agg(registered_entity=nw.col("entity").min())
    )
    found = inputs.table(CONTRACTS).with_columns(parcel=nw.col("parcel_code_parcel"), grade=grade_of("land_grade"))
    found = found.join(named, on=["parcel", "holder_core"], how="left").with_columns(
        entity=nw.coalesce(nw.col("entity"), nw.col("registered_entity")),
        approved_late=(nw.col("requisition_approved_on") > nw.col("handover_on")).fill_null(False).cast(nw.Int32),
        farmland=text("former_land_class").str.contains(FARMLAND).cast(nw.Int32),
        auction=text("supply_mode").str.contains("招标|拍卖|挂牌").cast(nw.Int32),
        allocated=text("supply_mode").str.contains("划拨").cast(nw.Int32),
    )
    return found.filter(~nw.col("parcel").is_null())


def granted(found: Frame) -> Frame:
    """One row per parcel × grantee: first days of hand-over, signing and approval, kind of grant (`has_contract` 1)."""
    return (
        found.filter(~nw.col("entity").is_null())
        .group_by("parcel", "entity")
        .agg(
            nw.col("handover_on", "signed_on", "requisition_approved_on").min(),
            nw.col("farmland", "auction", "allocated", "approved_late").max(),
        )
        .with_columns(has_contract=nw.lit(1))
    )


def parcels(inputs: Inputs, p: "Parameters") -> Frame:
    """One row per current right × holder inside the tax area.

    `gross_first` is the first liable month by hand-over, signing, certificate or approval, `first` the one after the year that
    requisitioned farmland is spared (equal elsewhere), `last` the month in which the right ends; null: not told. `start_on` is the
    day that `gross_first` follows from.
    """
    rows = registered(inputs)
    found = contracts(inputs, rows)
    grades = found.group_by("parcel").agg(contract_grade=nw.col("grade").min())
    current = (
        _current(rows, p)
        .join(granted(found), on=["parcel", "entity"], how="left")
        .join(grades, on="parcel", how="left")
    )
    current = _with_starts(current, p).join(holder_classes(inputs), on="entity", how="left")
    return _with_exemption(_with_firms_there(current, inputs))


def _current(rows: Frame, p: "Parameters") -> Frame:
    """Current rights in the tax area (or where that is unknown), each unit of a holder once, with the holder's area.

    Without unit number, the same holder, parcel and area are one unit. Several units of a parcel with one and the same area may
    each bear the area of the whole parcel: `is_area_doubtful`.
    """
    gone = rows.filter(nw.col("is_history")).select("parcel", former=nw.col("entity"))
    sold = rows.filter(~nw.col("is_history")).select("ref", "parcel", "entity").join(gone, on="parcel", how="inner")
    sold = sold.filter(nw.col("entity") != nw.col("former")).group_by("ref", "entity").agg(bought=nw.len())
    same = (nw.col("parcel"), nw.col("area_dm2").cast(nw.String))
    rows = rows.with_columns(
        registered_month=month("registered_on"),
        unit=nw.coalesce(nw.col("unit_no"), nw.concat_str(*same, separator="|"), nw.col("ref").cast(nw.String)),
        district=nw.col("parcel").str.slice(0, DISTRICT_LENGTH),
    )
    rows = rows.with_columns(first_registered=nw.col("registered_on").min().over("entity", "parcel"))
    kept = rows.filter(~nw.col("is_history") & nw.col("district").is_in(list(p.tax_area_codes)).fill_null(True))
    newest = nw.col("registered_month").fill_null(0) == nw.col("registered_month").fill_null(0).max().over(
        "holder_core", "unit"
    )
    kept = kept.filter(newest)
    kept = kept.filter(nw.col("ref") == nw.col("ref").max().over("holder_core", "unit"))
    kept = kept.with_columns(
        is_area_doubtful=(nw.len().over("entity", "parcel", "area_dm2") > 1) & ~nw.col("parcel").is_null()
    )
    num, den = nw.col("share_num"), nw.col("share_den")
    area = (2 * nw.col("area_dm2") * num + den) // (2 * den)
    kept = kept.join(sold, on=["ref", "entity"], how="left").with_columns(
        whole_dm2=nw.col("area_dm2"), area_dm2=area, is_co_owned=den != 1, is_bought=~nw.col("bought").is_null()
    )
    return kept.drop("bought")


def _with_starts(rows: Frame, p: "Parameters") -> Frame:
    """Adds `start_on`, `gross_first`, `first`, `last` (month indices), `ended_on` (before the period's end), farmland facts.

    Land won at auction is no newly requisitioned farmland (announcement 2014/74) unless the parameter says so; neither is farmland
    whose requisition was approved after the hand-over, which casts doubt on both dates.
    """
    later = int(p.default_months_rule == "month_after")
    col, has = nw.col, nw.col("has_contract").fill_null(0) == 1
    is_farmland, is_late = has & (col("farmland") == 1), (col("approved_late") == 1).fill_null(False)
    is_won = (col("auction") == 1) & ~nw.lit(p.farmland_year_for_auctions)
    is_approved_only = has & (col("allocated") == 1) & (col("farmland") == 0) & col("handover_on").is_null()
    by_certificate = col("is_bought") | text("right_type").str.contains(BUILDING)
    taken = nw.coalesce(col("use_from"), col("first_registered"))
    rows = rows.with_columns(
        start_on=nw.when(is_approved_only).then(nw.coalesce(col("requisition_approved_on"), col("signed_on")))
        .when(has).then(nw.coalesce(col("handover_on"), col("signed_on"), col("requisition_approved_on")))
        .when(by_certificate).then(col("first_registered"))
        .otherwise(taken),
        last=month("use_until").fill_null(LAST_MONTH),
        is_approved_late=is_farmland & is_late,
        is_won_farmland=is_farmland & is_won,
        is_spared=is_farmland & ~is_won & ~is_late,
        ended_on=nw.when(col("use_until") < nw.lit(p.period_end)).then(col("use_until")).otherwise(nw.lit(None)),
    )  # fmt: skip
    rows = rows.with_columns(gross_first=(month("start_on") + later).cast(nw.Int32))
    approved = month("requisition_approved_on") + 12 + later
    spared = nw.when(approved.is_null()).then(nw.lit(None)).otherwise(nw.max_horizontal("gross_first", approved))
    return rows.with_columns(first=nw.when(col("is_spared")).then(spared).otherwise(col("gross_first")).cast(nw.Int32))


def holder_classes(inputs: Inputs) -> Frame:
    """By `entity`: subject_code (unified code) and `holder_class`, its first two characters (11 organ, 12 institution, 91 company)"""
    tables = ((REGISTRY, "holder_id"), (REGISTRATIONS, "unified_code"), (MARKET, "unified_code"))
    codes = [
        inputs.table(name)
        .filter(nw.col(code).str.len_chars() == UNIFIED_LENGTH)
        .select("entity", subject_code=nw.col(code))
        for name, code in tables
    ]
    known = nw.concat(codes, how="vertical").filter(nw.col("entity") != nw.col("subject_code"))
    known = known.filter(~nw.col("entity").is_null()).group_by("entity").agg(nw.col("subject_code").min())
    return known.with_columns(holder_class=nw.col("subject_code").str.slice(0, 2))


def _with_firms_there(rows: Frame, inputs: Inputs) -> Frame:
    """Adds `has_firm_there`: another firm is registered at the location."""
    seats = nw.concat(
        [inputs.table(t).select("address", firm=nw.col("entity")) for t in (REGISTRATIONS, MARKET)], how="vertical"
    )
    seats = seats.filter(~nw.col("address").is_null() & ~nw.col("firm").is_null())
    others = rows.select("ref", "entity", "location").join(seats, left_on="location", right_on="address", how="inner")
    others = others.filter(nw.col("firm") != nw.col("entity")).group_by("ref", "entity").agg(firms=nw.len())
    joined = rows.join(others, on=["ref", "entity"], how="left")
    return joined.with_columns(has_firm_there=~nw.col("firms").is_null()).drop("firms")


def _with_exemption(rows: Frame) -> Frame:
    """Adds what use and holder say: `exempt_as` (proven by law art. 6, own use), `is_let`, `is_class_unknown`, and doubts.

    An exempt unit's land with a firm registered on it, or put to a commercial use, is taken as let: taxable, and flagged.
    """
    use, kind = text("land_use"), text("holder_class")
    is_person = (nw.col("entity").str.len_chars() == PERSON_LENGTH).fill_null(False)
    is_firm = kind.str.starts_with("9") & ~is_person
    is_exempt_unit = kind.is_in(["11", "12", "13"]) | kind.str.starts_with("A")
    works = "|".join((INFRASTRUCTURE, WORKS_UNITS, OWN_USE[1][1]))
    rows = rows.with_columns(reason=_exempt_use(use, kind, is_person), is_person=is_person)
    is_own = nw.col("reason").is_in(["home_plot", "farming_land", ""]) | ~nw.col("has_firm_there")
    return rows.with_columns(
        exempt_as=nw.when(is_own).then(nw.col("reason")).otherwise(nw.lit("")),
        is_let=(is_exempt_unit & use.str.contains(COMMERCIAL)) | ~is_own,
        is_works=is_firm & use.str.contains(works),
        is_class_unknown=~is_person & (kind == "") & use.str.contains(EXEMPT_UNITS_USE),
        is_collective=text("right_type").str.contains("集体"),
        is_free_use=text("right_nature").str.contains("无偿|借用"),
        is_court_sale=text("encumbrance").str.contains("拍卖|变卖|以物抵债|未办理转移"),
    ).drop("reason")


def _exempt_use(use: nw.Expr, kind: nw.Expr, is_person: nw.Expr) -> nw.Expr:
    """The exemption of art. 6 that use and holder make, empty for none; the first that holds."""
    is_unit = ~kind.str.starts_with("9") & ~is_person & (kind != "")
    is_organ = kind.is_in(["11", "13"]) | kind.str.starts_with("A")
    commercial = use.str.contains(COMMERCIAL)
    claims = (
        ("home_plot", is_person & use.str.contains(HOME)),
        ("farming_land", use.str.contains(FARMING)),
        *((name, is_unit & use.str.contains(uses)) for name, uses in OWN_USE),
        ("state_organ_own_use", is_organ & ~commercial),
        ("budget_unit_own_use", (kind == "12") & ~commercial),
    )
    reason = nw.lit("")
    for name, holds in reversed(claims):
        reason = nw.when(holds).then(nw.lit(name)).otherwise(reason)
    return reason


def taken_back(inputs: Inputs) -> Frame:
    """Parcels that a decision calls idle or taken back by government cause: `parcel`."""
    rows = inputs.table(PENALTIES).filter(text("disposal").str.contains("政府原因|收回"))
    return rows.select(parcel=nw.col("parcel_code_parcel")).filter(~nw.col("parcel").is_null()).unique()
