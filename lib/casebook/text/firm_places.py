"""The place before, or in brackets inside, the name of a firm.

Divisions are found by the shape of their names (`places`), once for each distinct beginning; names without a telling suffix
(山东, 德州) by the division table. Where nothing but a trade would remain, the place is the 字号 (德州食品有限公司), because a
name must have one. Source: 企业名称登记管理规定 (2021) art. 6, 8.
"""

from functools import cache
from typing import Final

import numpy as np
import polars as pl

from casebook.text import gazetteer, passes, places
from casebook.text.codepoints import LIMIT, Characters, Flags
from casebook.text.trades import SHOPS, TRADES

_SUFFIXES: Final = "省市区县旗盟州镇乡道园处木"
_WITHIN: Final = 24
"""A place ends within this many characters from the beginning."""
_OUTER: Final = ("province", "prefecture", "county", "township")
_NO_PLACE: Final = "店$|集团|合伙|独资|个体|有限"


def located(stem: pl.Series, known_places: tuple[str, ...] = (), has_form: pl.Series | None = None) -> pl.DataFrame:
    """Columns `place` (empty where none) and `rest` of names without their form.

    `known_places` are taken off besides those of the division table. `has_form`: whether the name had a legal form; what
    stands in the brackets of a shop without one (张记面馆(张明)) is no place.

    >>> located(pl.Series(["德州市陵城区恒丰食品", "山东德州恒丰食品", "恒丰(德州)食品", "德州食品"])).rows()
    [('德州市陵城区', '恒丰食品'), ('山东德州', '恒丰食品'), ('德州', '恒丰食品'), ('', '德州食品')]
    """
    frame = stem.alias("stem").to_frame().with_columns(_outer(stem))
    frame = frame.with_columns(rest=pl.col("stem").str.strip_prefix(pl.col("outer")))
    frame = _known_taken(frame, known_places)
    after_province = np.flatnonzero(frame["outer"].is_in(list(gazetteer.names("省级"))))
    if len(after_province):
        frame = passes.put(frame, after_province, _known_taken(frame[after_province], known_places))
    return _with_inner(frame.with_columns(has_form=pl.lit(value=True) if has_form is None else has_form))


def _outer(stem: pl.Series) -> pl.Series:
    """The divisions written with their suffix at the beginning, asked of each distinct beginning once."""
    head = pl.DataFrame({"stem": stem, "length": _head_lengths(stem)}).select(
        head=pl.col("stem").str.head(pl.col("length"))
    )
    distinct = head.filter(pl.col("head") != "").unique()
    found = places.split(distinct["head"]).select(pl.concat_str(_OUTER, ignore_nulls=True).alias("outer"))
    joined = head.join(distinct.hstack(found), on="head", how="left", maintain_order="left")
    return joined["outer"].fill_null("")


def _head_lengths(stem: pl.Series) -> pl.Series:
    """Characters up to the last suffix near the beginning; zero where there is none, or where nothing follows it."""
    characters = Characters.of(stem)
    at = np.flatnonzero(_suffix_flags()[characters.codes])
    row = np.searchsorted(characters.ends, at)
    offset = at - characters.starts[row] + 1
    inside = (offset <= _WITHIN) & (offset < characters.lengths[row])
    lengths = np.zeros(len(stem), np.int64)
    np.maximum.at(lengths, row[inside], offset[inside])
    return pl.Series(lengths)


@cache
def _suffix_flags() -> Flags:
    flags = np.zeros(LIMIT + 1, np.bool_)
    flags[[ord(sign) for sign in _SUFFIXES]] = True
    return flags


@cache
def _by_length(known_places: tuple[str, ...]) -> dict[int, list[str]]:
    every = {*gazetteer.names("省级", "地级"), *known_places}
    return {length: sorted(name for name in every if len(name) == length) for length in {*map(len, every)}}


def _known_taken(frame: pl.DataFrame, known_places: tuple[str, ...]) -> pl.DataFrame:
    """A known name taken off the beginning of `rest`, unless a county stands before it or no brand would remain."""
    rest = pl.col("rest")
    heads = [
        pl.when(rest.str.head(length).is_in(names)).then(rest.str.head(length))
        for length, names in sorted(_by_length(known_places).items(), reverse=True)
    ]
    is_free = pl.col("outer").is_in(["", *gazetteer.names("省级"), *gazetteer.full_names("省级")])
    frame = frame.with_columns(known=pl.when(is_free).then(pl.coalesce(heads)))
    frame = frame.with_columns(after=rest.str.strip_prefix(pl.col("known")))
    is_place = pl.col("known").is_not_null() & ~pl.col("after").str.contains(rf"^(?:{TRADES})*(?:{SHOPS})?$|^[(大]")
    return frame.with_columns(
        outer=pl.when(is_place).then(pl.col("outer") + pl.col("known")).otherwise("outer"),
        rest=pl.when(is_place).then("after").otherwise("rest"),
    )


def _with_inner(frame: pl.DataFrame) -> pl.DataFrame:
    """The place in brackets inside the name where none stands before it; taken out of the name either way."""
    if not frame["rest"].str.contains("(", literal=True).any():
        return frame.select(pl.col("outer").alias("place"), "rest")
    frame = frame.with_columns(inner=pl.col("rest").str.extract(r"^[^()]+\(([^()]{2,5})\)", 1))
    frame = frame.with_columns(
        inner=pl.when(~pl.col("inner").str.contains(_NO_PLACE) & pl.col("has_form")).then("inner")
    )
    without = pl.col("rest").str.replace(r"\([^()]{2,5}\)", "")
    return frame.select(
        pl.when(pl.col("outer") != "").then("outer").otherwise(pl.col("inner").fill_null("")).alias("place"),
        pl.when(pl.col("inner").is_not_null()).then(without).otherwise("rest").alias("rest"),
    )
