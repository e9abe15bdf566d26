"""Firms of two tables, linked from the strongest evidence to the weakest.

T1 the same valid code · T2 a code repaired in a documented way, the organisation code inside both numbers, or the owner's
citizen id used as tax number · T3 name and address, or name and legal representative, with one candidate on either side.
Two different organisation codes are two firms for linking, also a branch and its head office.
"""

from typing import Final

import polars as pl

from casebook.link.attributes import Keyed, left_over, named
from casebook.link.firm_names import OTHER_PLACE
from casebook.link.keys import firm_codes, name_of_one, usable, usable_title, valid_id, with_roles
from casebook.link.links import MAX_PAIRS, Links, check_roles, merge
from casebook.link.names import AGREE, AGREE_CLOSELY, business_grades, firm_grades, owner_grades
from casebook.link.pairs import Sides, joined, joined_if_unique
from casebook.link.reasons import linked
from casebook.text import firms as firm_names
from casebook.text.distinct import once

SECOND: Final = ("address", "representative")
_ROLES: Final = ("code_problem", "name", "core", "former_name", "representative_id", *SECOND)
_CHECK_FAILED: Final = "check_digit"


def firms(left: pl.DataFrame, right: pl.DataFrame, *, max_pairs: int = MAX_PAIRS) -> Links:
    """The pairs of firms, each with its best tier; the order of rows has no part in it.

    Args:
        left: one row per distinct firm: `ref`, and of the roles `code`, `code_problem`, `code_repair`, `organisation`,
            `name`, `core`, `former_name` (text or list of texts, names or cores), `address`, `representative`,
            `representative_problem`, `representative_id` (the owner's citizen id) those there are.
        right: the same.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: `ref` is missing, or one step would bring more pairs than `max_pairs`.
    """
    by_key = keyed(left, right, max_pairs=max_pairs)
    return Links(merge([by_key.frame, *(named(by_key.rest, "core", second, firm_grades) for second in SECOND)]))


def keyed(left: pl.DataFrame, right: pl.DataFrame, *, max_pairs: int = MAX_PAIRS) -> Keyed:
    """The pairs that a code or the owner's id brings together, and the rows left over.

    Args:
        left: as `firms` takes it.
        right: the same.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: as `firms`.
    """
    check_roles(left, "left")
    check_roles(right, "right")
    sides = Sides(_prepared(left), _prepared(right), max_pairs)
    strong = merge([_same_code(sides), _bridged(sides), _owner_id(sides), _same_broken_code(sides)])
    return Keyed(strong, left_over(sides, strong))


def _prepared(side: pl.DataFrame) -> pl.DataFrame:
    full = with_roles(side, _ROLES)
    former = full["former_name"]
    if not isinstance(former.dtype, pl.List):
        former = _with_core(former.cast(pl.String))
    keyed = full.select(
        "ref",
        pl.col("code_problem").cast(pl.String),
        # A null in the list would equal a missing name.
        former.cast(pl.List(pl.String)).list.drop_nulls().alias("former_name"),
        *(usable_title(full[role]) for role in ("name", "core")),
        usable(full["address"]),
        name_of_one(full, "representative"),
    )
    keyed = keyed.with_columns(*firm_codes(side).get_columns(), valid_id(full, "representative_id").alias("owner"))
    return keyed.with_columns(
        _cores(keyed),
        entity="organisation",
        number=pl.when(pl.col("citizen").is_null()).then("code"),
        suspect=pl.when(pl.col("code_problem") == _CHECK_FAILED).then("given"),
    )


def _cores(side: pl.DataFrame) -> pl.Series:
    """The core, where it is missing that of the name; null where the name tells nothing but trade and kind of shop."""
    at = (side["core"].is_null() & side["name"].is_not_null()).arg_true()
    if not len(at):
        return side["core"]
    return side["core"].clone().scatter(at, once(side["name"].gather(at), firm_names.clean)["core"])


def _with_core(former: pl.Series) -> pl.Series:
    """Former names as lists of the name and its core: 有限公司 and 有限责任公司 are the same former firm."""
    cores = once(former, firm_names.clean)["core"]
    return pl.DataFrame({"name": former, "core": cores}).select(pl.concat_list("name", "core")).to_series()


def _same_code(sides: Sides) -> pl.DataFrame:
    pairs = _graded(joined(sides.keyed("number", "number"), "code"))
    is_repaired = pl.col("repair").is_not_null() | pl.col("repair_right").is_not_null()
    reason = (
        pl.when(~is_repaired)
        .then(pl.lit("code_equal"))
        .when(pl.col("grade").is_in(AGREE))
        .then(pl.lit("code_repaired"))
        .otherwise(pl.lit("code_repaired_name_unconfirmed"))
    )
    return _linked(pairs.with_columns(reason=reason), "given", "given")


def _bridged(sides: Sides) -> pl.DataFrame:
    """The organisation code inside both numbers is the same; the numbers differ, or one side has no other."""
    pairs = joined(sides.keyed("organisation", "organisation"), "organisation code")
    pairs = _graded(pairs.filter(~(pl.col("given") == pl.col("given_right")).fill_null(value=False)))
    differs = pl.col("grade") == "different"
    reason = pl.when(differs).then(pl.lit("organisation_bridge_name_differs")).otherwise(pl.lit("organisation_bridge"))
    values = {f"value{end}": pl.coalesce(f"given{end}", "organisation") for end in ("", "_right")}
    return linked(pairs.with_columns(reason=reason, **values))


def _owner_id(sides: Sides) -> pl.DataFrame:
    """A citizen id as tax number equals the other side's, or the id of the other side's owner.

    One owner may have several businesses: the names of the businesses must agree. Where one row has the owner's name in the
    place of the shop's, the owner's must, and the id must stand for one business on either side.
    """
    found = []
    for left, right in (("citizen", "citizen"), ("citizen", "owner"), ("owner", "citizen")):
        pairs = joined(sides.keyed(left, right), "citizen id as tax number")
        pairs = pairs.with_columns(business_grades(pairs), owner_grades(pairs))
        is_alone = ~pl.col("ref").is_duplicated() & ~pl.col("ref_right").is_duplicated() & pl.lit(left != right)
        told = _with_owner_reason(pairs.with_columns(is_alone=is_alone))
        both = {"citizen_id_as_tax_number": "citizen_id_as_tax_number_both"} if left == right else {}
        found.append(_linked(told.with_columns(pl.col("reason").replace(both)), left, right))
    return merge(found)


def _with_owner_reason(pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds `reason`, and the `grade` that it rests on."""
    business, owner = pl.col("business"), pl.col("owner")
    differs = business.is_in(["different", OTHER_PLACE]) | ((business == "missing") & (owner == "different"))
    by_owner = (business == "missing") & owner.is_in(AGREE_CLOSELY) & pl.col("is_alone")
    reason = (
        pl.when(differs)
        .then(pl.lit("citizen_id_as_tax_number_name_differs"))
        .when(business.is_in(AGREE_CLOSELY) | by_owner)
        .then(pl.lit("citizen_id_as_tax_number"))
        .otherwise(pl.lit("citizen_id_as_tax_number_name_unconfirmed"))
    )
    grade = pl.when(differs).then(pl.lit("different")).when(by_owner).then(owner).otherwise(business)
    return pairs.with_columns(reason=reason, grade=grade)


def _same_broken_code(sides: Sides) -> pl.DataFrame:
    """The same code with a failing check digit on both sides, and the same name: such codes have been issued."""
    key = pl.concat_str("suspect", pl.lit(" · "), "core")
    left, right = (side.with_columns(both=key) for side in (sides.left, sides.right))
    pairs = joined_if_unique(Sides(left, right, sides.max_pairs).keyed("both", "both"), "code and name")
    pairs = _graded(pairs).filter(pl.col("grade").is_in(AGREE_CLOSELY))
    return _linked(pairs.with_columns(reason=pl.lit("code_equal_check_failed")), "given", "given")


def _graded(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.with_columns(firm_grades(pairs))


def _linked(pairs: pl.DataFrame, left: str, right: str) -> pl.DataFrame:
    # The join has one column for a key of both sides' name, so the value of the left stands for both.
    right_value = f"{right}_right" if f"{right}_right" in pairs.columns else right
    return linked(pairs.with_columns(value=left, value_right=right_value))
