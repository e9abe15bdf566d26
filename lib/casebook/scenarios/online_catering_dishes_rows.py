"""What a shop sells against what its licence covers: strong dishes counted by item, each licence read in the words of its time."""

from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from casebook.case.classify import named_by
from casebook.case.inputs import Inputs
from casebook.case.scenario import Frame
from casebook.scenarios.online_catering_inputs import DISHES

if TYPE_CHECKING:
    from casebook.scenarios.online_catering import Parameters

RAW, CREAM, PASTRY = "生食", "裱花糕点", "糕点"
ITEMS = ("热食", "冷食", RAW, PASTRY, CREAM, "自制饮品")
COVERED, RESTRICTED, OTHER_WORDS, UNCOVERED = 0, 1, 2, 3
TOPPING = "加料|小料|配料"
COUNTS = ("n_uncovered", "n_restricted", "n_other_words", "n_toppings")


def cover(item: str) -> str:
    """Column that says how far a shop's papers cover the item: COVERED, RESTRICTED, OTHER_WORDS or UNCOVERED."""
    return f"cover_{item}"


def with_cover(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds `cover_<item>` for each item, by the licence's words in the vocabulary of its issue date, else by the certificate.

    An unknown issue date is taken five years (the term of a licence) before its expiry. Null: no paper to read.
    """
    vocabulary = inputs.standard(p.item_table).collect(backend="polars").rows(named=True)
    rows = shops.with_columns(read_on=nw.coalesce(nw.col("issued_on"), nw.col("listed_until").dt.offset_by("-5y")))
    return rows.with_columns(
        _covered(item, [r for r in vocabulary if r["item"] == item]).alias(cover(item)) for item in ITEMS
    )


def _covered(item: str, words: list[dict[str, Any]]) -> nw.Expr:
    """By the row of the vocabulary in force when the licence was issued; a certificate covers all but raw food and cream cakes."""
    certificate = nw.when(nw.col("has_certificate") & ~nw.col("has_licence")).then(
        nw.lit(UNCOVERED if item in (RAW, CREAM) else COVERED)
    )
    told = certificate.otherwise(nw.lit(None))
    for row in words:
        text = nw.col("listed_items").fill_null("")
        is_granted = text.str.contains(row["granted"])
        is_restricted = text.str.contains(row["restricted"]) if row["restricted"] else nw.lit(False)
        is_other = text.str.contains(row["stands_in"]) if row["stands_in"] else nw.lit(False)
        answer = (
            nw.when(is_granted & ~is_restricted).then(nw.lit(COVERED))
            .when(is_granted).then(nw.lit(RESTRICTED))
            .when(is_other).then(nw.lit(OTHER_WORDS))
            .otherwise(nw.lit(UNCOVERED))
        )  # fmt: skip
        in_force = (nw.col("read_on") >= nw.lit(row["valid_from"])) & (nw.col("read_on") <= nw.lit(row["valid_to"]))
        told = nw.when(nw.col("has_licence") & in_force).then(answer).otherwise(told)
    return told.cast(nw.Int32)


def strong_dishes(inputs: Inputs, p: "Parameters") -> Frame:
    """Distinct dishes of each shop that surely need an item: entity, dish, item, pattern, is_topping (Int32), dish_ref."""
    named = named_by(inputs, DISHES, "dish", p.dish_table)
    needed = named.filter((nw.col("weight") >= p.dish_weight_threshold) & nw.col("item").is_in(list(ITEMS)))
    topping = nw.col("dish_category").fill_null("").str.contains(TOPPING).cast(nw.Int32)
    rows = inputs.table(DISHES).filter(~nw.col("entity").is_null() & ~nw.col("dish").is_null())
    menu = rows.group_by("entity", "dish").agg(is_topping=topping.min(), dish_ref=nw.col("ref").min())
    return menu.join(needed.select("dish", "item", "pattern"), on="dish", how="inner")


def judged_dishes(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Strong dishes of each shop that its papers do not surely cover: entity, dish, item, pattern, covered, is_topping, dish_ref."""
    read = shops.select("entity", *(cover(item) for item in ITEMS)).filter(~nw.col(cover(ITEMS[0])).is_null())
    rows = strong_dishes(inputs, p).join(read, on="entity", how="inner")
    chain = [nw.when(nw.col("item") == item).then(nw.col(cover(item))) for item in ITEMS]
    covered = reduce(lambda rest, one: one.otherwise(rest), chain, nw.lit(COVERED).cast(nw.Int32))
    return (
        rows.with_columns(covered=covered).drop(*(cover(item) for item in ITEMS)).filter(nw.col("covered") != COVERED)
    )


def with_dishes(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds the counts of `COUNTS`, n_new_pastry, what is uncovered by item, and two of the dishes with item and pattern."""
    is_uncovered, is_pastry = nw.col("covered") == UNCOVERED, nw.col("item").is_in([PASTRY, CREAM])
    said = nw.concat_str(
        nw.col("dish"), nw.lit(" → "), nw.col("item"), nw.lit("（词条 "), nw.col("pattern"), nw.lit("）")
    )
    other = nw.col("covered") == OTHER_WORDS
    dishes = judged_dishes(shops, inputs, p).with_columns(
        n_uncovered=is_uncovered.cast(nw.Int32),
        n_restricted=((nw.col("covered") == RESTRICTED) | (other & ~is_pastry)).cast(nw.Int32),
        n_other_words=(other & is_pastry).cast(nw.Int32),
        n_toppings=nw.when(is_uncovered).then(nw.col("is_topping")).otherwise(nw.lit(0)),
        **{f"n_{item}": (is_uncovered & (nw.col("item") == item)).cast(nw.Int32) for item in ITEMS},
        said=said,
    )
    counts = (*COUNTS, *(f"n_{item}" for item in ITEMS))
    summed = dishes.group_by("entity").agg(
        *(nw.col(c).cast(nw.Int64).sum() for c in counts),
        first_dish=nw.col("said").min(),
        last_dish=nw.col("said").max(),
    )
    rows = shops.join(summed, on="entity", how="left").with_columns(nw.col(c).fill_null(0) for c in counts)
    named = [
        nw.when(nw.col(f"n_{i}") > 0).then(nw.concat_str(nw.lit(f"{i}×"), nw.col(f"n_{i}").cast(nw.String)))
        for i in ITEMS
    ]
    return rows.with_columns(uncovered_items=nw.concat_str(*named, separator="、", ignore_nulls=True)).drop(
        *(f"n_{item}" for item in ITEMS)
    )
