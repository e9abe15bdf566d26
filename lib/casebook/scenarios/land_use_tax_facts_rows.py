"""Facts of a holder beside its money: registration, declaration, register events, doubts about its land, other payers."""

from typing import TYPE_CHECKING

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios import land_use_tax_land_rows as land_rows
from casebook.scenarios import land_use_tax_tax_rows as tax
from casebook.scenarios.land_use_tax_inputs import MARKET, REGISTRATIONS
from casebook.scenarios.land_use_tax_land_rows import PERSON_LENGTH, text

if TYPE_CHECKING:
    from casebook.scenarios.land_use_tax import Parameters

DOUBTS = (
    "is_let", "is_works", "is_class_unknown", "is_collective", "is_free_use", "is_court_sale", "is_taken_back", "is_unplaced",
    "is_area_doubtful", "is_approved_late", "is_run_on", "name_conflict",
)  # fmt: skip
COUNTED = (
    "has_registration", "is_ended", "is_free_use_declared", "has_declaring_branch", "has_namesake", "low", "late",
)  # fmt: skip
FIRM_FACTS = ("is_individual", "is_branch", "has_event", "is_cancelled")
EVENTS = "合并|分立|转让|划转|重组|改制"
BRANCH = "分公司|支公司|分店|分厂|分支机构|营业部"
UNPROVEN = (
    "reclaimed_land",
    "hardship_relief",
    "bulk_commodity_storage",
    "high_tech_enterprise",
    "infrastructure_art6_7",
    "other",
)


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where it is known to hold, else 0."""
    return condition.fill_null(False).cast(nw.Int32)


def truth(frame: Frame, names: tuple[str, ...]) -> Frame:
    """Counts and 0/1 columns as Booleans, null as False."""
    return frame.with_columns(*((nw.col(name).fill_null(0) > 0).alias(name) for name in names))


def with_facts(rows: Frame, held: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Holder-years with every fact that a condition reads; absent registers leave False, an untold fact null."""
    of_holder = (tax.registrations(inputs), tax.declared(inputs, p), _of_firm(inputs), _heads(inputs, p))
    for found in (_of_land(held, inputs), *of_holder, _namesakes(held, inputs)):
        rows = rows.join(found, on="entity", how="left")
    rows = rows.join(_unproven(inputs, p), on=["entity", "year"], how="left")
    rows = rows.join(_years(inputs, p), on="year", how="left")
    return _identified(truth(rows, (*DOUBTS, *FIRM_FACTS, *COUNTED, *(f"unproven_{name}" for name in UNPROVEN))))


def _identified(rows: Frame) -> Frame:
    """Adds what the holder is (person, individual business, branch, small payer or not told) and the row's key."""
    small = nw.when(nw.col("is_small_scale").is_null()).then(nw.lit(None)).otherwise(nw.col("is_small_scale") == 1)
    is_person = nw.col("entity").str.len_chars() == PERSON_LENGTH
    return rows.with_columns(
        has_source=nw.col("n_sources").fill_null(0) > 0,
        is_small_scale=small,
        is_individual=nw.col("is_individual") | text("subject_code").str.starts_with("92"),
        is_branch=nw.col("is_branch") | text("subject_name").str.contains(BRANCH),
        key_type=nw.when(is_person).then(nw.lit("person")).otherwise(nw.lit("firm")),
        unit=nw.concat_str(nw.col("entity"), nw.col("year").cast(nw.String), separator="|"),
        entity_raw=nw.col("entity"),
        entity_reason=nw.lit("own_key"),
    )


def _of_land(held: Frame, inputs: Inputs) -> Frame:
    """By entity: name, place, tier of the weakest key, and whether any of its rights raises a doubt."""
    back = land_rows.taken_back(inputs).with_columns(back=nw.lit(1))
    rows = held.join(back, on="parcel", how="left").with_columns(
        is_taken_back=nw.col("back").fill_null(0),
        is_unplaced=flag(nw.col("district").is_null()),
        is_run_on=~nw.col("ended_on").is_null(),
    )
    names = tuple(name for name in DOUBTS if name not in {"is_taken_back", "is_unplaced", "name_conflict"})
    rows = rows.with_columns(*(flag(nw.col(name)).alias(name) for name in names))
    return rows.group_by("entity").agg(
        nw.col(*DOUBTS, "entity_tier").max(),
        nw.col("subject_code").max(),
        right_ended_on=nw.col("ended_on").max(),
        subject_name=nw.col("holder").min(),
        place=nw.col("district").min(),
        n_rights=nw.len(),
    )


def _of_firm(inputs: Inputs) -> Frame:
    """What the market regulator says of the firm, 0/1 columns."""
    rows = inputs.table(MARKET).filter(~nw.col("entity").is_null())
    rows = rows.with_columns(
        is_individual=flag(text("firm_type").str.contains("个体")),
        is_branch=flag(text("firm_type").str.contains(BRANCH) | ~nw.col("head_office").is_null()),
        has_event=flag(text("register_event").str.contains(EVENTS)),
        is_cancelled=flag(text("firm_state").str.contains("注销|吊销|撤销|破产|清算")),
    )
    return rows.group_by("entity").agg(nw.col(*FIRM_FACTS).max())


def _heads(inputs: Inputs, p: "Parameters") -> Frame:
    """Head offices one of whose branches declares land: entity, has_declaring_branch."""
    firms = inputs.table(MARKET).filter(~nw.col("entity").is_null())
    branches = firms.filter(~nw.col("head_office").is_null()).select("head_office", branch=nw.col("entity"))
    declaring = tax.sources(inputs, p).select(branch=nw.col("payer")).unique()
    heads = firms.select("entity", "firm_name").join(branches, left_on="firm_name", right_on="head_office", how="inner")
    return heads.join(declaring, on="branch", how="semi").group_by("entity").agg(has_declaring_branch=nw.len())


def _namesakes(held: Frame, inputs: Inputs) -> Frame:
    """Holders that another number of the same name may pay for: by entity, has_namesake.

    A payer without usable number and of the same core, with another number and the same whole name, or under a citizen id and the
    name of the holder's representative.
    """
    payers = tax.named_payers(inputs)
    names = held.select("entity", payer_name=nw.col("holder"), payer_core=nw.col("holder_core")).unique()
    unknown = payers.filter(nw.col("payer").is_null()).select("payer_core").unique()
    known = payers.filter(~nw.col("payer").is_null()).select("payer", "payer_name").unique()
    owners = nw.concat(
        [inputs.table(t).select("entity", payer_name=nw.col("representative")) for t in (MARKET, REGISTRATIONS)],
        how="vertical",
    ).filter(~nw.col("entity").is_null() & ~nw.col("payer_name").is_null())
    persons = known.filter(nw.col("payer").str.len_chars() == PERSON_LENGTH)
    pairs = (
        names.join(unknown, on="payer_core", how="semi").select("entity"),
        names.join(known, on="payer_name", how="inner").filter(nw.col("payer") != nw.col("entity")).select("entity"),
        owners.join(persons, on="payer_name", how="inner").filter(nw.col("payer") != nw.col("entity")).select("entity"),
    )
    return nw.concat(pairs, how="vertical").group_by("entity").agg(has_namesake=nw.len())


def _unproven(inputs: Inputs, p: "Parameters") -> Frame:
    """entity, year → unproven_<nature>: a filing that touches the year without number, window or share."""
    rows = tax.reliefs(inputs).filter(nw.col("is_proven") == 0).join(tax.calendar(inputs, p), how="cross")
    touches = (nw.col("relief_first").fill_null(0) <= nw.col("year_to")) & (
        nw.col("relief_last") >= nw.col("year_from")
    )
    rows = rows.filter(touches).with_columns(
        *(flag(nw.col("nature") == name).alias(f"unproven_{name}") for name in UNPROVEN)
    )
    return rows.group_by("entity", "year").agg(nw.col(*(f"unproven_{name}" for name in UNPROVEN)).max())


def _years(inputs: Inputs, p: "Parameters") -> Frame:
    """Days of the years, and the small entities' relief in force on the first of July (per cent, 0 when none)."""
    years = tax.calendar(inputs, p)
    classes = inputs.standard(p.small_entity_relief_table).select(
        "valid_from", "valid_to", small_pct=nw.col("percent").cast(nw.Int64)
    )
    found = years.join(classes, how="cross").filter(
        (nw.col("valid_from") <= nw.col("period_end")) & (nw.col("valid_to") >= nw.col("period_end"))
    )
    best = found.group_by("year").agg(nw.col("small_pct").max())
    return years.select("year", "period_start", "period_end").join(best, on="year", how="left").with_columns(
        nw.col("small_pct").fill_null(0)
    )  # fmt: skip


def with_claims(rows: Frame, claimed: Frame) -> Frame:
    """Adds who else may pay: co_owner_pays, user_pays (for this holder's land), and whether this holder may pay for another."""
    owner = claimed.with_columns(
        co_owner_pays=flag(nw.col("is_co_owner")), user_pays=flag(~nw.col("is_co_owner"))
    ).group_by("entity").agg(nw.col("co_owner_pays", "user_pays").max())  # fmt: skip
    payer = claimed.with_columns(
        pays_for_co_owner=flag(nw.col("is_co_owner")), pays_for_other=flag(~nw.col("is_co_owner"))
    ).group_by("payer").agg(nw.col("pays_for_co_owner", "pays_for_other").max()).rename({"payer": "entity"})  # fmt: skip
    rows = rows.join(owner, on="entity", how="left").join(payer, on="entity", how="left")
    return truth(rows, ("co_owner_pays", "user_pays", "pays_for_co_owner", "pays_for_other"))
