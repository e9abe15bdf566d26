"""Linking 400,000 persons of families with 400,000: how often the links are wrong, of what kind, and what is not found.

The tables of `casebook.synth.persons_world` are hard on purpose: households share surname, address, telephone and account,
children are paid under a parent's id, twins under each other's. A pair is *linkable* when some evidence is left in the two
rows: an equal id, an id that one slip explains with a name that agrees, or a name that agrees with a second attribute.
"""

from collections.abc import Iterator
from typing import Final

import polars as pl
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from benches import cost, linkage_peers, worlds
from benches.cost import Cost
from benches.settings import SEED, Settings
from benches.table import Limit, Row
from casebook import link
from casebook.link import Links, keys, matching
from casebook.synth.persons_world import World, world
from casebook.text import people

PEOPLE: Final = 400_000
PRECISION, RECALL = 0.9995, 0.99
SECOND: Final = ("birth_date", "place", "address", "account", "phone")
EXACT: Final = ("T1", "T2")


def run(settings: Settings) -> Iterator[Row]:  # noqa: ARG001
    """Keyed links and the whole cascade: wrong links of the strong tiers by kind, what is found; and Splink beside them."""
    for name in WAYS:
        spent, figures, wrong, missed = cost.fresh(measured, name)
        limits = (
            Limit(figures["precision"], "at least", PRECISION, "right of T1+T2 without name conflict"),
            Limit(figures["recall"], "at least", RECALL, "found of linkable"),
        )
        yield Row(f"400k families: link.{name}, T1 to T3", spent, limits=limits)
        told = "true pairs {true:,.0f}, linkable {linkable:,.0f}, T1+T2 {strong:,.0f}"
        yield Row(told.format(**figures))
        said = "right of T1+T2 {precision_of_all:.5f} of {strong_of_all:,.0f}, links that say the names conflict counted as asserted"
        yield Row(said.format(**figures))
        yield Row(f"right of T3 {figures['weak_precision']:.4f} of {figures['weak']:,.0f}")
        yield from (Row(f"{name}, wrong: {kind}: {count}") for kind, count in wrong.items())
        yield from (Row(f"{name}, not found: {kind}: {count}") for kind, count in missed.items())
    spent, (precision, recall) = cost.fresh(by_splink)
    yield Row(f"400k families: Splink, right {precision:.5f}, found of linkable {recall:.5f}", spent)


def measured(way: str, count: int = PEOPLE) -> tuple[Cost, dict[str, float], dict[str, int], dict[str, int]]:
    """Cost of the linking; shares and counts; wrong links by tier and kind; linkable pairs not found by kind."""
    made = world(SEED, count)
    left, right = worlds.cleaned(made.left, "person"), worlds.cleaned(made.right, "person")
    links, spent = cost.measure(lambda: WAYS[way](left, right))
    found = judged(made, links.frame)
    truth = made.truth.with_columns(linkable=is_linkable(made.truth, left, right))
    return spent, figures(truth, found), wrong_by_kind(made, found), missed_by_kind(truth, found)


def by_splink(count: int = PEOPLE) -> tuple[Cost, tuple[float, float]]:
    """What Splink spends on the same tables, the share of its pairs that are right, and what it finds of the linkable."""
    made = world(SEED, count)
    left, right = worlds.cleaned(made.left, "person"), worlds.cleaned(made.right, "person")
    linkable = made.truth.filter(is_linkable(made.truth, left, right)).select("left_ref", "right_ref")

    def score(pairs: pl.DataFrame) -> tuple[float, float]:
        right_ones = pairs.join(made.truth, on=["left_ref", "right_ref"], how="semi").height
        return right_ones / pairs.height, linkable.join(pairs, on=linkable.columns, how="semi").height / linkable.height

    # Placeholders are taken out for it: it would take them for equal ids.
    one, two = (side.with_columns(keys.usable(side["citizen_id"])) for side in (left, right))
    return linkage_peers.splink_of_families(lambda: (one, two), score)


def match(left: pl.DataFrame, right: pl.DataFrame) -> Links:
    """The whole cascade, one-to-many: persons stand twice in these tables."""
    return matching.match(left, right, "person", one_to_one=False)


WAYS: Final = {"persons": link.persons, "match": match}


def judged(made: World, links: pl.DataFrame) -> pl.DataFrame:
    """The links with `is_true`; a link that says the names conflict asserts nothing and is `disputed`."""
    pairs = made.truth.select("left_ref", "right_ref", is_true=pl.lit(value=True))
    told = links.join(pairs, on=["left_ref", "right_ref"], how="left")
    return told.with_columns(pl.col("is_true").fill_null(value=False), disputed="name_conflict")


def is_linkable(truth: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Whether some evidence is left in the two rows of each true pair."""
    one, two = (_evidence(side) for side in (left, right))
    pairs = truth.select("left_ref", "right_ref").join(one, left_on="left_ref", right_on="ref", maintain_order="left")
    pairs = pairs.join(two, left_on="right_ref", right_on="ref", maintain_order="left", suffix="_right")
    agrees = people.same_name(pairs["name"], pairs["name_right"]).is_in(
        ["exact", "variant", "homophone", "one_character"]
    )
    ids = pairs.select(pl.col("digits").fill_null(""), pl.col("digits_right").fill_null("-" * 18))
    slips = pl.Series(cpdist(ids["digits"].to_list(), ids["digits_right"].to_list(), scorer=OSA.distance)) <= 1
    by_name = pl.any_horizontal([(pl.col(c) == pl.col(f"{c}_right")).fill_null(value=False) for c in SECOND])
    frame = pairs.with_columns(agrees=agrees.fill_null(value=False), slips=slips)
    same_id = (pl.col("own") == pl.col("own_right")).fill_null(value=False)
    return frame.select((same_id | (pl.col("agrees") & (pl.col("slips") | by_name))).alias("linkable")).to_series()


def _evidence(side: pl.DataFrame) -> pl.DataFrame:
    own = keys.valid_id(side, "citizen_id")
    inner = side["certificate_id"].str.slice(0, 18)
    born = own.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
    return side.select(
        "ref",
        keys.usable_name(side["name"]),
        own.alias("own"),
        side["citizen_id"].alias("digits"),
        *("place", "address", "account", "phone"),
        pl.coalesce(pl.col("birth_date"), born).alias("birth_date"),
    ).with_columns(own=pl.coalesce(inner, "own"))


def figures(truth: pl.DataFrame, found: pl.DataFrame) -> dict[str, float]:
    """Precision of the strong tiers without and with disputed links, of T3 without; recall over the linkable pairs; counts."""
    of_all = found.filter(pl.col("tier").is_in(EXACT))
    strong = found.filter(pl.col("tier").is_in(EXACT) & ~pl.col("disputed"))
    weak = found.filter((pl.col("tier") == "T3") & ~pl.col("disputed"))
    linkable = truth.filter("linkable")
    met = linkable.join(found, on=["left_ref", "right_ref"], how="semi").height
    return {
        "precision": float(strong["is_true"].sum()) / strong.height,
        "precision_of_all": float(of_all["is_true"].sum()) / of_all.height,
        "strong_of_all": of_all.height,
        "recall": met / linkable.height,
        "weak_precision": float(weak["is_true"].sum()) / weak.height,
        "true": truth.height,
        "linkable": linkable.height,
        "strong": strong.height,
        "weak": weak.height,
    }


def wrong_by_kind(made: World, found: pl.DataFrame) -> dict[str, int]:
    """Wrong links by tier, whether the link itself says that the names conflict, reason, and who the two persons are."""
    wrong = found.filter(~pl.col("is_true"))
    both = wrong.join(made.who, left_on="left_ref", right_on="ref").join(
        made.who, left_on="right_ref", right_on="ref", suffix="_right"
    )
    kin = pl.col("household") == pl.col("household_right")
    kind = (
        pl.when(kin & pl.col("is_twin") & pl.col("is_twin_right"))
        .then(pl.lit("twins"))
        .when((pl.col("namesake") == pl.col("namesake_right")).fill_null(value=False))
        .then(pl.lit("namesakes"))
        .when(kin & (pl.min_horizontal("member", "member_right") >= 2))
        .then(pl.lit("siblings or grandparent"))
        .when(kin)
        .then(pl.lit("other kin of one house"))
        .otherwise(pl.lit("strangers"))
    )
    said = pl.when("disputed").then(pl.lit("says conflict")).otherwise(pl.lit("asserted"))
    counts = both.select(pl.concat_str("tier", said, "reason", kind, separator=", ").alias("kind"))[
        "kind"
    ].value_counts()
    return dict(counts.sort("kind").iter_rows())


def missed_by_kind(truth: pl.DataFrame, found: pl.DataFrame) -> dict[str, int]:
    """Linkable true pairs that no link names, by what happened to the id; those without evidence, by what to the name."""
    missed = truth.join(found, on=["left_ref", "right_ref"], how="anti")
    name = pl.when("linkable").then("id_kind").otherwise(pl.concat_str(pl.lit("no evidence left, "), "name_kind"))
    return dict(missed.select(name.alias("kind"))["kind"].value_counts().sort("kind").iter_rows())
