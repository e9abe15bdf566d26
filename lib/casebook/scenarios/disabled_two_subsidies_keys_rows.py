"""Months that may be paid under another key, and people whose papers may stand under another key."""

import narwhals as nw

from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.disabled_two_subsidies_rows import CERTIFICATES, STRONG, linked, payment_rows, payments

HOME = ("name", "township", "village")


def with_other_keys(holdings: Frame, inputs: Inputs) -> Frame:
    """Adds is_paid_elsewhere (under another id, or a key nobody can read), is_certified_elsewhere, has_two_names, has_lump.

    `holdings` are persons × subsidies. `is_certified_elsewhere`: no certificate of the payee bears the name of the payment, and
    one of that name, township and village stands under another id (a child paid under the guardian's). `has_two_names`: payments
    under one id bear several names. `has_lump`: some row of the person and subsidy pays several months.
    """
    rows = payments(inputs)
    pairs = inputs.settle(_namesakes(inputs))
    inner = inputs.once(payment_rows).filter(nw.col("id_conflict") & ~nw.col("certificate_no_citizen_id").is_null()).select(
        "subsidy", entity=nw.col("certificate_no_citizen_id")
    )  # fmt: skip
    other = nw.concat([inner, pairs.select("subsidy", entity=nw.col("holder"))], how="vertical").unique()
    several_months = lumps(rows).select("who").unique()
    payers = pairs.select(entity=nw.col("payer")).unique()
    found = holdings.join(other.with_columns(other_id=nw.lit(1)), on=["entity", "subsidy"], how="left")
    found = found.join(payers.with_columns(payer_id=nw.lit(1)), on="entity", how="left")
    found = found.join(several_months.with_columns(lump=nw.lit(1)), on="who", how="left")
    names = inputs.once(_payees).filter(~nw.col("name").is_null()).select("entity", "name").unique()
    several = names.group_by("entity").agg(n=nw.len()).filter(nw.col("n") > 1).select("entity", two_names=nw.lit(1))
    found = _with_nameless(found.join(several, on="entity", how="left"), inputs)
    return found.with_columns(
        is_paid_elsewhere=_is_one("other_id") | _is_one("no_id") | _is_one("no_subsidy"),
        is_certified_elsewhere=_is_one("payer_id"),
        has_two_names=_is_one("two_names"),
        has_lump=_is_one("lump"),
    ).drop("two_names", "other_id", "payer_id", "lump", "no_id", "no_subsidy")


def _payees(inputs: Inputs) -> Frame:
    """Each way in which somebody is paid: person and subsidy (`who`, `entity`), name, township, village."""
    return payments(inputs).select("who", "entity", "subsidy", *HOME).unique(["who", *HOME])


def lumps(rows: Frame) -> Frame:
    """The payments that pay two or more whole months of their booked standard in one row."""
    amount, standard = nw.col("amount_fen"), nw.col("standard_fen")
    return rows.filter((amount >= 2 * standard) & (amount % standard == 0))


def _with_nameless(holdings: Frame, inputs: Inputs) -> Frame:
    """Payments without usable key by name and township; where the subsidy is unreadable too they may be of either."""
    bad = (
        inputs.once(payment_rows)
        .filter(nw.col("entity").is_null())
        .select("subsidy", subject_name=nw.col("name"), place=nw.col("township"))
    )
    told = bad.filter(~nw.col("subsidy").is_null()).unique().with_columns(no_id=nw.lit(1))
    untold = bad.filter(nw.col("subsidy").is_null()).drop("subsidy").unique().with_columns(no_subsidy=nw.lit(1))
    found = holdings.join(told, on=["subsidy", "subject_name", "place"], how="left")
    return found.join(untold, on=["subject_name", "place"], how="left")


def _namesakes(inputs: Inputs) -> Frame:
    """payer, holder, subsidy: payments in a name that no certificate of the payer bears, and who holds one in that name and home."""
    own = linked(inputs, "certificates", CERTIFICATES, ("name",)).filter(nw.col("tier") <= STRONG)
    bearers = inputs.table(CERTIFICATES).filter(~nw.col("entity").is_null()).select(*HOME, holder=nw.col("entity"))
    bare = (
        inputs.once(_payees)
        .select(*HOME, "subsidy", "entity")
        .join(own.select("entity", "name").unique(), on=["entity", "name"], how="anti")
    )
    found = bare.rename({"entity": "payer"}).join(bearers.unique(), on=list(HOME), how="inner")
    return found.filter(nw.col("payer") != nw.col("holder"))


def _is_one(name: str) -> nw.Expr:
    return nw.col(name).fill_null(0) == 1
