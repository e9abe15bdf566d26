"""Persons of two tables, linked from the strongest evidence to the weakest.

T1 the same valid citizen id · T2 an id repaired in a documented way with an agreeing name, or the id inside the disability
certificate · T3 an id that a slip of the hand explains, or name and a second attribute with one candidate on either side.
A guessed digit rises to T2 only when the name **and** a second independent attribute agree (domain ruling 7); a name alone
never links. Two different valid ids are two persons, whatever else agrees.
"""

from typing import Final

import polars as pl

from casebook.link import repair
from casebook.link.attributes import left_over, named
from casebook.link.keys import usable, usable_name, valid_id, with_roles
from casebook.link.links import MAX_PAIRS, Links, check_roles, merge
from casebook.link.names import AGREE, AGREE_CLOSELY, person_grades
from casebook.link.pairs import Sides, joined, joined_if_unique
from casebook.link.reasons import linked

SECOND: Final = ("birth_date", "place", "account", "address", "representative")
_ROLES: Final = (
    "citizen_id",
    "citizen_id_raw",
    "citizen_id_repair",
    "certificate_id",
    "name",
    "homophone_key",
    *SECOND,
)
_ID_LENGTH: Final = 18


def persons(left: pl.DataFrame, right: pl.DataFrame, *, max_pairs: int = MAX_PAIRS) -> Links:
    """The pairs of persons, each with its best tier; the order of rows has no part in it.

    Args:
        left: one row per distinct person: `ref`, and of the roles `citizen_id`, `citizen_id_problem`,
            `citizen_id_repair`, `citizen_id_raw`, `certificate_id` (the certificate number, or the id inside it), `name`,
            `homophone_key`, `birth_date`, `place`, `account`, `address`, `representative` those there are. `birth_date` is
            the one the source states: the one inside an id is read here, and is no independent second attribute.
        right: the same.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: `ref` is missing, or one step would bring more pairs than `max_pairs`.
    """
    check_roles(left, "left")
    check_roles(right, "right")
    sides = Sides(_prepared(left), _prepared(right), max_pairs)
    strong = merge([_same_id(sides), _inside_certificate(sides), _slipped(sides), _same_broken_id(sides)])
    rest = left_over(sides, strong)
    weak = [named(rest, name, second, _grades) for name in ("name", "homophone_key") for second in SECOND]
    return Links(merge([strong, *weak]))


def _prepared(side: pl.DataFrame) -> pl.DataFrame:
    """Role columns complete: `own` and `inner` ids where they hold (`inner` only where it says more), else `broken`."""
    full = with_roles(side, _ROLES)
    own, given = valid_id(full, "citizen_id"), usable(full["citizen_id"])
    certificate = usable(full["certificate_id"]).str.slice(0, _ID_LENGTH).alias("inner")
    keyed = full.select(
        "ref",
        "citizen_id_repair",
        usable_name(full["name"]),
        *(usable(full[role]) for role in ("homophone_key", *SECOND)),
    )
    keyed = keyed.with_columns(
        own.alias("own"),
        valid_id(certificate.to_frame(), "inner"),
        given.set(own.is_not_null(), None).alias("broken"),
        full.select(pl.coalesce("citizen_id_raw", "citizen_id").cast(pl.String)).to_series().alias("shown"),
        full["certificate_id"].cast(pl.String),
    )
    own_digits = pl.when(pl.col("own").str.len_chars() == _ID_LENGTH).then("own")
    born = pl.concat_str(*(own_digits.str.slice(at, size) for at, size in ((6, 4), (10, 2), (12, 2))), separator="-")
    return keyed.with_columns(
        stated_birth="birth_date",
        birth_date=pl.coalesce("birth_date", born),
        entity=pl.coalesce("own", "inner"),
        # The sound of a masked name (李某) is nobody's.
        homophone_key=pl.when(pl.col("name").is_not_null()).then("homophone_key"),
        inner=pl.when(pl.col("inner").eq_missing(pl.col("own"))).then(None).otherwise("inner"),
    )


def _grades(pairs: pl.DataFrame) -> pl.Series:
    return person_grades(pairs["name"], pairs["name_right"])


def _same_id(sides: Sides) -> pl.DataFrame:
    pairs = joined(_narrow(sides.keyed("own", "own"), "shown", "shown"), "citizen id")
    pairs = pairs.with_columns(_grades(pairs))
    is_repaired = pl.col("citizen_id_repair").is_not_null() | pl.col("citizen_id_repair_right").is_not_null()
    reason = (
        pl.when(~is_repaired)
        .then(pl.lit("id_equal"))
        .when(pl.col("grade").is_in(AGREE))
        .then(pl.lit("id_repaired"))
        .otherwise(pl.lit("id_repaired_name_unconfirmed"))
    )
    return linked(pairs.with_columns(reason=reason))


def _inside_certificate(sides: Sides) -> pl.DataFrame:
    """The id inside one side's certificate equals the other's own id, or the one inside its certificate."""
    shown = {"own": "shown", "inner": "certificate_id"}
    pairs = pl.concat(
        joined(_narrow(sides.keyed(left, right), shown[left], shown[right]), "id inside the certificate")
        for left, right in (("inner", "own"), ("own", "inner"), ("inner", "inner"))
    )
    pairs = pairs.with_columns(_grades(pairs))
    differs = pl.col("grade") == "different"
    reason = pl.when(differs).then(pl.lit("id_in_certificate_name_differs")).otherwise(pl.lit("id_in_certificate"))
    return linked(pairs.with_columns(reason=reason))


def _same_broken_id(sides: Sides) -> pl.DataFrame:
    """The same whole id with a failing check on both sides: an old duplicate, or a slip copied from the same paper."""
    key = pl.when(pl.col("broken").str.contains(repair.SHAPE)).then(pl.concat_str("broken", "name"))
    left, right = (side.with_columns(both=key) for side in (sides.left, sides.right))
    pairs = joined_if_unique(Sides(left, right, sides.max_pairs).keyed("both", "both"), "citizen id and name")
    pairs = pairs.filter((pl.col("entity") == pl.col("entity_right")).fill_null(value=True))
    return linked(
        pairs.with_columns(
            _grades(pairs), value="broken", value_right="broken_right", reason=pl.lit("id_equal_check_failed")
        )
    )


def _slipped(sides: Sides) -> pl.DataFrame:
    """A broken id on one side; on the other the one listed id of the same name that a slip explains."""
    there, back = _slips_of_left(sides), _slips_of_left(sides.swapped())
    turned = {"ref": "ref_right", "ref_right": "ref", "value": "value_right", "value_right": "value"}
    pairs = pl.concat([there, back.rename(turned).select(there.columns)])
    reason = pl.when("confirmed").then(pl.lit("id_slip_confirmed")).otherwise(pl.lit("id_slip"))
    return linked(pairs.with_columns(reason=reason))


def _slips_of_left(sides: Sides) -> pl.DataFrame:
    found = repair.slips(sides.left["broken"], sides.right["own"]).select("broken", key="corrected")
    faulty = sides.left.join(found, on="broken", how="inner")
    faulty = faulty.filter((pl.col("entity") == pl.col("key")).fill_null(value=True))
    pairs = joined(Sides(faulty, sides.right.with_columns(key="own"), sides.max_pairs), "corrected citizen id")
    pairs = pairs.with_columns(_grades(pairs)).filter(pl.col("grade").is_in(AGREE))
    one = pairs.group_by("ref").agg(pl.col("key").n_unique()).filter(pl.col("key") == 1).select("ref")
    return pairs.join(one, on="ref", how="semi").select(
        "ref", "ref_right", "grade", value="broken", value_right="key", confirmed=_second_agrees()
    )


def _second_agrees() -> pl.Expr:
    """A second attribute that was not read from the broken id agrees, and the name does so closely."""
    born = pl.col("stated_birth") == pl.col("birth_date_right")
    others = [pl.col(name) == pl.col(f"{name}_right") for name in SECOND if name != "birth_date"]
    agrees = pl.any_horizontal(born, *others).fill_null(value=False)
    return agrees & pl.col("grade").is_in(AGREE_CLOSELY)


def _narrow(sides: Sides, left_value: str, right_value: str) -> Sides:
    columns = ["ref", "key", "name", "citizen_id_repair"]
    left, right = sides.left.select(*columns, value=left_value), sides.right.select(*columns, value=right_value)
    return Sides(left, right, sides.max_pairs)
