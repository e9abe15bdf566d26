"""A normalised name of a firm taken apart: place, brand, trade, form, core, branch and head office, legal unit."""

from typing import Final

import polars as pl

from casebook.text import firm_forms, firm_places
from casebook.text.trades import SHOPS, TRADES

PARTS: Final = ("place", "brand", "trade", "form", "core", "branch", "head_office", "legal_unit")
_SIGNS: Final = "[-—·•.,，。;；:：'\"“”‘’()&+ ]"
_ANY_SIGN: Final = r"[^\p{Han}0-9A-Z]"
_BY_PLACE: Final = "(?:[厂场站社队]|卫生室|卫生所|幼儿园|中心)$"
"""Houses that a place has one of, called by it."""


def taken_apart(value: pl.Series, known_places: tuple[str, ...] = ()) -> pl.DataFrame:
    """The columns `PARTS`; null where the name has no such part.

    A factory or company called by its place alone (德州市机械厂) has the place in its core. `core` is null where a name tells
    nothing but trade and kind of shop, place or not (便利店, 德州市便利店, 食品有限公司): it would meet every other one.
    """
    branch = firm_forms.branches(value)
    head = branch["head_office"].fill_null(value)
    form = firm_forms.form_of(head)
    stem = _stem(head, form)
    located = firm_places.located(stem, known_places, form.is_not_null())
    named = _named(located["rest"], form.is_null())
    core = named.str.replace_all(_SIGNS, "") if named.str.contains(_ANY_SIGN).any() else named
    tail = core.str.extract(rf"((?:{TRADES})*(?:{SHOPS})?)$", 1)
    shop = firm_forms.shop_of(named.set(form.is_not_null(), None))
    frame = pl.DataFrame({"value": value, "core": core, "tail": tail, "shop": shop, "legal_form": form})
    frame = frame.with_columns(*branch.get_columns(), located["place"].replace("", None))
    frame = frame.with_columns(
        brand=pl.col("core").str.strip_suffix(pl.col("tail")),
        trade=pl.col("tail").str.replace(f"(?:{SHOPS})$", ""),
        form=pl.coalesce("outlet", pl.col("legal_form").str.replace_all("[()]|^,? ", ""), "shop"),
    )
    frame = frame.with_columns(key=_core())
    return frame.select(
        "place",
        pl.when((pl.col("brand") != "") & pl.col("key").is_not_null()).then("brand").alias("brand"),
        pl.when(pl.col("trade") != "").then("trade").alias("trade"),
        "form",
        pl.col("key").alias("core"),
        "branch",
        "head_office",
        firm_forms.legal_units(frame),
    )


def _core() -> pl.Expr:
    """What a name is looked for by."""
    is_unbranded = (pl.col("brand") == "") | pl.col("core").str.contains(f"^(?:{firm_forms.GENERIC})$")
    is_of_a_place = pl.col("place").is_not_null() & (pl.col("core") != "")
    is_firm = ~pl.col("legal_form").str.contains("个体").fill_null(value=True)
    is_of_a_place &= is_firm | pl.col("core").str.contains(_BY_PLACE)
    own = pl.when(is_of_a_place).then(pl.col("place") + pl.col("core"))
    return pl.when(~is_unbranded).then("core").otherwise(own)


def _stem(head: pl.Series, form: pl.Series) -> pl.Series:
    """The name without its form and the group mark before it."""
    ends = pl.DataFrame({"head": head, "form": form.fill_null("")})
    stem = ends.select(pl.col("head").str.strip_suffix(pl.col("form"))).to_series()
    return stem.str.replace(rf"{firm_forms.GROUP}$", "").str.replace("^(?:个体工商户|个体户)", "")


def _named(rest: pl.Series, is_shop: pl.Series) -> pl.Series:
    """Brand and trade without the mark of a group, and without what stands in brackets after a shop or names its site."""
    if rest.str.contains("集团", literal=True).any():
        rest = rest.str.replace(firm_forms.GROUP, "")
    if not rest.str.contains("(", literal=True).any():
        return rest
    rest = rest.str.replace(r"\([^()]*店\)$", "")
    return rest.str.replace(r"\([^()]*\)$", "").zip_with(is_shop, rest)
