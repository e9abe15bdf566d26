"""What a shop sells against what its licence covers: strong dishes counted by item, each licence read in the words of its time."""

from collections.abc import Mapping, Sequence
from datetime import date
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
TOLD = 12
RULES_OF_ISSUE = (
    (date(2015, 10, 1), date(2023, 11, 30), "《食品经营许可管理办法》（2015-10-01 至 2023-11-30 施行）"),
    (date(2023, 12, 1), None, "《食品经营许可和备案管理办法》（2023-12-01 起施行）"),
)
TOPPING = "加料|小料|配料"
COUNTS = ("n_uncovered", "n_restricted", "n_other_words", "n_toppings")


def cover(item: str) -> str:
    """Column that says how far a shop's papers cover the item: COVERED, RESTRICTED, OTHER_WORDS or UNCOVERED."""
    return f"cover_{item}"


def with_cover(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds `cover_<item>` for each item, `vocabulary`, the first day of the words the licence is read in: those of its issue date,
    and `licensing_rules`, the rules those words are from.

    An unknown issue date is taken five years (the term of a licence) before its expiry. Null: no paper to read.
    """
    words = inputs.standard(p.item_table).collect(backend="polars").rows(named=True)
    rows = shops.with_columns(read_on=nw.coalesce(nw.col("issued_on"), nw.col("listed_until").dt.offset_by("-5y")))
    by_item = {item: [row for row in words if row["item"] == item] for item in ITEMS}
    return rows.with_columns(
        *(_covered(item, by_item[item]).alias(cover(item)) for item in ITEMS),
        _vocabulary(by_item[ITEMS[0]]).alias("vocabulary"),
    ).with_columns(licensing_rules=_rules())


def _rules() -> nw.Expr:
    """Name and days of the rules that hold for the day the licence is read on; null without a licence or before the first."""
    said = nw.lit(None)
    for first, last, name in RULES_OF_ISSUE:
        until = nw.lit(True) if last is None else nw.col("read_on") <= nw.lit(last)
        said = (
            nw.when(nw.col("has_licence") & (nw.col("read_on") >= nw.lit(first)) & until)
            .then(nw.lit(name))
            .otherwise(said)
        )
    return said.cast(nw.String)


def _is_read_in(row: Mapping[str, Any]) -> nw.Expr:
    in_force = (nw.col("read_on") >= nw.lit(row["valid_from"])) & (nw.col("read_on") <= nw.lit(row["valid_to"]))
    return nw.col("has_licence") & in_force


def _vocabulary(words: Sequence[Mapping[str, Any]]) -> nw.Expr:
    said = nw.lit(None)
    for row in words:
        said = nw.when(_is_read_in(row)).then(nw.lit(str(row["valid_from"]))).otherwise(said)
    return said.cast(nw.String)


def _covered(item: str, words: Sequence[Mapping[str, Any]]) -> nw.Expr:
    """By the words in force when the licence was issued; a certificate covers all but raw food and cream cakes."""
    by_certificate = UNCOVERED if item in (RAW, CREAM) else COVERED
    is_certified = nw.col("has_certificate") & ~nw.col("has_licence")
    told = nw.when(is_certified).then(nw.lit(by_certificate)).otherwise(nw.lit(None))
    for row in words:
        told = nw.when(_is_read_in(row)).then(_answer(row)).otherwise(told)
    return told.cast(nw.Int32)


def _answer(row: Mapping[str, Any]) -> nw.Expr:
    """What one row of the words says of the licensed items."""
    text = nw.col("listed_items").fill_null("")
    is_granted, is_restricted, is_other = (
        text.str.contains(row[name]) if row[name] else nw.lit(False) for name in ("granted", "restricted", "stands_in")
    )
    return (
        nw.when(is_granted & ~is_restricted).then(nw.lit(COVERED))
        .when(is_granted).then(nw.lit(RESTRICTED))
        .when(is_other).then(nw.lit(OTHER_WORDS))
        .otherwise(nw.lit(UNCOVERED))
    )  # fmt: skip


def strong_dishes(inputs: Inputs, p: "Parameters") -> Frame:
    """Distinct dishes of each shop that surely need an item: entity, dish, item, pattern, weight, is_topping (Int32), dish_ref."""
    named = named_by(inputs, DISHES, "dish", p.dish_table)
    needed = named.filter((nw.col("weight") >= p.dish_weight_threshold) & nw.col("item").is_in(list(ITEMS)))
    topping = nw.col("dish_category").fill_null("").str.contains(TOPPING).cast(nw.Int32)
    rows = inputs.table(DISHES).filter(~nw.col("entity").is_null() & ~nw.col("dish").is_null())
    menu = rows.group_by("entity", "dish").agg(is_topping=topping.min(), dish_ref=nw.col("ref").min())
    return menu.join(needed.select("dish", "item", "pattern", "weight"), on="dish", how="inner")


def judged_dishes(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Strong dishes of each shop, not surely covered: entity, dish, item, pattern, weight, covered, is_topping, dish_ref."""
    read = shops.select("entity", *(cover(item) for item in ITEMS)).filter(~nw.col(cover(ITEMS[0])).is_null())
    rows = inputs.once(strong_dishes, p).join(read, on="entity", how="inner")
    chain = [nw.when(nw.col("item") == item).then(nw.col(cover(item))) for item in ITEMS]
    covered = reduce(lambda rest, one: one.otherwise(rest), chain, nw.lit(COVERED).cast(nw.Int32))
    return (
        rows.with_columns(covered=covered).drop(*(cover(item) for item in ITEMS)).filter(nw.col("covered") != COVERED)
    )


def with_dishes(shops: Frame, inputs: Inputs, p: "Parameters") -> Frame:
    """Adds the counts of `COUNTS`, `uncovered_items` (item×number) and `dishes_in_question` (dish → item, entry, weight, first `TOLD`)."""
    is_uncovered, is_pastry = nw.col("covered") == UNCOVERED, nw.col("item").is_in([PASTRY, CREAM])
    other = nw.col("covered") == OTHER_WORDS
    dishes = judged_dishes(shops, inputs, p).with_columns(
        n_uncovered=is_uncovered.cast(nw.Int32),
        n_restricted=((nw.col("covered") == RESTRICTED) | (other & ~is_pastry)).cast(nw.Int32),
        n_other_words=(other & is_pastry).cast(nw.Int32),
        n_toppings=nw.when(is_uncovered).then(nw.col("is_topping")).otherwise(nw.lit(0)),
        **{f"n_{item}": (is_uncovered & (nw.col("item") == item)).cast(nw.Int32) for item in ITEMS},
    )
    counts = (*COUNTS, *(f"n_{item}" for item in ITEMS))
    summed = dishes.group_by("entity").agg(*(nw.col(c).cast(nw.Int64).sum() for c in counts))
    rows = shops.join(summed, on="entity", how="left").join(_told(dishes), on="entity", how="left")
    rows = rows.with_columns(nw.col(c).fill_null(0) for c in counts)
    named = [
        nw.when(nw.col(f"n_{i}") > 0).then(nw.concat_str(nw.lit(f"{i}×"), nw.col(f"n_{i}").cast(nw.String)))
        for i in ITEMS
    ]
    said = nw.concat_str(*named, separator="、", ignore_nulls=True)
    return rows.with_columns(uncovered_items=said).drop(*(f"n_{item}" for item in ITEMS))


def _told(dishes: Frame) -> Frame:
    """entity, dishes_in_question: the first `TOLD` dishes with item, dictionary entry and weight; open ones are marked 待核."""
    mark = nw.when(nw.col("covered") == UNCOVERED).then(nw.lit("）")).otherwise(nw.lit("，待核）"))
    entry = (nw.lit("（词条 "), nw.col("pattern"), nw.lit("，权重 "), nw.col("weight").cast(nw.String))
    said = nw.concat_str("dish", nw.lit(" → "), "item", *entry, mark)
    ranked = dishes.with_columns(said=said).with_columns(place=nw.col("said").rank("dense").over("entity"))
    parts = {
        f"part_{n:02d}": nw.when(nw.col("place") == n).then(nw.col("said")).otherwise(nw.lit(None))
        for n in range(1, TOLD + 1)
    }
    spread = ranked.with_columns(**parts).group_by("entity").agg(*(nw.col(name).max() for name in parts))
    return spread.select("entity", dishes_in_question=nw.concat_str(*parts, separator="；", ignore_nulls=True))
