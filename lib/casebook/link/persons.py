"""Persons of two tables, linked from the strongest evidence to the weakest.

T1 the same valid citizen id · T2 an id repaired in a documented way with an agreeing name, or the id inside the disability
certificate · T3 an id that a slip of the hand explains, or name and a second attribute with one candidate on either side.
A guessed digit rises to T2 only when the name **and** a second independent attribute agree (domain ruling 7); a name alone
never links. Two different valid ids are two persons, whatever else agrees.
"""

from collections.abc import Sequence

import polars as pl

from casebook.ids import eighteen
from casebook.link import disputes, person_rows, repair
from casebook.link.attributes import Keyed, best_supported, left_over, named
from casebook.link.links import MAX_PAIRS, Links, check_roles, merge
from casebook.link.masked_names import visibly_differ
from casebook.link.names import AGREE, AGREE_CLOSELY, confirmed_by_former, person_grades
from casebook.link.pairs import Sides, joined, joined_if_unique
from casebook.link.person_rows import SECOND
from casebook.link.reasons import linked


def persons(left: pl.DataFrame, right: pl.DataFrame, *, max_pairs: int = MAX_PAIRS) -> Links:
    """The pairs of persons, each with its best tier; the order of rows has no part in it.

    Args:
        left: one row per distinct person: `ref`, and of the roles `citizen_id`, `citizen_id_problem`,
            `citizen_id_repair`, `citizen_id_raw`, `certificate_id` (the certificate number, or the id inside it), `name`,
            `name_problem`, `former_name` (another name that the row states), `homophone_key`, `sex`, `birth_date`, `place`,
            `account`, `phone`, `address`, `representative` those there are. `birth_date` is the one the source states: the
            one inside an id is read here, and is no independent second attribute.
        right: the same.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: `ref` is missing, or one step would bring more pairs than `max_pairs`.
    """
    return weakly(keyed(left, right, max_pairs=max_pairs), SECOND)


def keyed(left: pl.DataFrame, right: pl.DataFrame, *, max_pairs: int = MAX_PAIRS) -> Keyed:
    """The pairs that an id brings together, whole, inside the certificate, or with a slip; and the rows left over.

    Args:
        left: as `persons` takes it.
        right: the same.
        max_pairs: pairs that one step may bring.

    Raises:
        LinkError: as `persons`.
    """
    check_roles(left, "left")
    check_roles(right, "right")
    sides = Sides(*person_rows.both(left, right), max_pairs)
    if not left.height or not right.height:
        return Keyed(_nothing(sides), left_over(sides, _nothing(sides)))
    strong = pl.concat([_same_id(sides), _inside_certificate(sides), _slipped(sides), _same_broken_id(sides)])
    return Keyed(merge([strong]), left_over(sides, strong, disputes.borrowed(sides, strong)))


def weakly(by_key: Keyed, second: Sequence[str]) -> Links:
    """The links by keys, and those of rows left over by a name and one of these attributes."""
    rest = by_key.rest
    weak = [
        named(rest, name, other, _grades)
        for name in ("name", "homophone_key")
        for other in second
        if _both_have(rest, name) and _both_have(rest, other)
    ]
    if not weak:
        return Links(by_key.frame)
    return Links(merge([by_key.frame, best_supported(rest, pl.concat(weak))]))


def _both_have(sides: Sides, column: str) -> bool:
    return _has(sides.left, column) and _has(sides.right, column)


def _grades(pairs: pl.DataFrame) -> pl.Series:
    return confirmed_by_former(pairs, person_grades(pairs["name"], pairs["name_right"]))


def _same_id(sides: Sides) -> pl.DataFrame:
    pairs = _by_number(sides, "own", "own", "citizen id")
    repaired = sides.left["is_repaired"].gather(pairs["row"]) | sides.right["is_repaired"].gather(pairs["row_right"])
    reason = (
        pl.when(~repaired)
        .then(pl.lit("id_equal"))
        .when(pl.col("grade").is_in(AGREE))
        .then(pl.lit("id_repaired"))
        .otherwise(pl.lit("id_repaired_name_unconfirmed"))
    )
    return _linked(sides, pairs.with_columns(reason=reason), ("shown", "shown"))


def _inside_certificate(sides: Sides) -> pl.DataFrame:
    """The id inside one side's certificate equals the other's own id, or the one inside its certificate."""
    shown = {"own": "shown", "inner": "certificate_id"}
    differs = pl.col("grade") == "different"
    reason = pl.when(differs).then(pl.lit("id_in_certificate_name_differs")).otherwise(pl.lit("id_in_certificate"))
    ways = [
        (left, right)
        for left, right in (("inner", "own"), ("own", "inner"), ("inner", "inner"))
        if _has(sides.left, left) and _has(sides.right, right)
    ]
    found = [_by_number(sides, *way, "id inside the certificate").with_columns(reason=reason) for way in ways]
    linked_ones = [
        _linked(sides, pairs, (shown[way[0]], shown[way[1]])) for way, pairs in zip(ways, found, strict=True)
    ]
    return pl.concat([_nothing(sides), *linked_ones])


def _has(side: pl.DataFrame, column: str) -> bool:
    return side[column].null_count() < side.height


def _nothing(sides: Sides) -> pl.DataFrame:
    """No candidates, in the columns and types that steps hand on."""
    refs = pl.DataFrame([sides.left["ref"].clear(), sides.right["ref"].clear().alias("ref_right")])
    texts = dict.fromkeys(("grade", "reason", "value", "value_right"), pl.lit(None, pl.String))
    return linked(refs.with_columns(**texts))


def _by_number(sides: Sides, left: str, right: str, step: str) -> pl.DataFrame:
    """Pairs of rows that share an id: `row`, `row_right`, `key`, `grade` of their names."""
    numbered = [
        side.select(key=column).with_row_index("row").filter(pl.col("key").is_not_null())
        for side, column in ((sides.left, left), (sides.right, right))
    ]
    pairs = joined(Sides(numbered[0], numbered[1], sides.max_pairs), step)
    return disputes.settled(sides, pairs.with_columns(_names_of(sides, pairs)))


def _names_of(sides: Sides, pairs: pl.DataFrame) -> pl.Series:
    """How far the names of pairs of rows agree; `different` also where the visible part of a masked one contradicts."""
    is_former = _has(sides.left, "former_name") or _has(sides.right, "former_name")
    names = ("name", "former_name") if is_former else ("name",)
    one, two = sides.left.select(names)[pairs["row"]], sides.right.select(names)[pairs["row_right"]]
    named_pairs = pl.concat([one, two.select(pl.all().name.suffix("_right"))], how="horizontal")
    grades = _grades(named_pairs).alias("grade")
    at = (grades == "missing").arg_true()
    seen = [
        side["seen_name"].gather(rows.gather(at))
        for side, rows in ((sides.left, pairs["row"]), (sides.right, pairs["row_right"]))
    ]
    return grades.scatter(at.filter(visibly_differ(seen[0], seen[1])), "different")


def _linked(sides: Sides, pairs: pl.DataFrame, shown: tuple[str, str]) -> pl.DataFrame:
    """Candidates of pairs that are told by their rows, with the two values shown."""
    one, two = pairs["row"], pairs["row_right"]
    return linked(
        pairs.select(
            "grade",
            "reason",
            sides.left["ref"].gather(one),
            sides.right["ref"].gather(two).alias("ref_right"),
            sides.left[shown[0]].gather(one).alias("value"),
            sides.right[shown[1]].gather(two).alias("value_right"),
        )
    )


def _same_broken_id(sides: Sides) -> pl.DataFrame:
    """The same whole id with a failing check on both sides: an old duplicate, or a slip copied from the same paper."""
    key = pl.when(pl.col("broken").str.contains(repair.SHAPE)).then(pl.concat_str("broken", "name"))
    left, right = (side.drop_nulls(["broken", "name"]).with_columns(both=key) for side in (sides.left, sides.right))
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
    found = found.with_columns(eighteen.pack(found["key"]), corrected="key")
    faulty = sides.left.drop_nulls("broken").join(found, on="broken", how="inner")
    faulty = faulty.filter((pl.col("entity") == pl.col("key")).fill_null(value=True))
    listed = sides.right.with_columns(key="own").join(found.select("key").unique(), on="key", how="semi")
    pairs = joined(Sides(faulty, listed, sides.max_pairs), "corrected citizen id")
    pairs = pairs.with_columns(_grades(pairs)).filter(pl.col("grade").is_in(AGREE))
    one = pairs.group_by("ref").agg(pl.col("key").n_unique()).filter(pl.col("key") == 1).select("ref")
    return pairs.join(one, on="ref", how="semi").select(
        "ref", "ref_right", "grade", value="broken", value_right="corrected", confirmed=_second_agrees()
    )


def _second_agrees() -> pl.Expr:
    """A second attribute that was not read from the broken id agrees, and the name does so closely."""
    born = pl.col("stated_birth") == pl.col("birth_date_right")
    others = [pl.col(name) == pl.col(f"{name}_right") for name in SECOND if name != "birth_date"]
    agrees = pl.any_horizontal(born, *others).fill_null(value=False)
    return agrees & pl.col("grade").is_in(AGREE_CLOSELY)
