"""Persons of two tables as linking reads them: ids as integers, and only what can serve as a key.

A valid id of eighteen characters is packed (`ids.eighteen`); the few others that stand (a foreigner's permit of before 2023)
get negative numbers. Birth dates are numbers yyyymmdd.
"""

from typing import Final

import polars as pl

from casebook.link import repair
from casebook.link.keys import name_of_one, usable, valid_numbers, with_roles
from casebook.link.masked_names import partial
from casebook.text import width

SECOND: Final = ("birth_date", "place", "account", "phone", "address", "representative")
_TEXTS: Final = tuple(role for role in SECOND if role != "birth_date")
_ROLES: Final = (
    *("citizen_id", "citizen_id_raw", "citizen_id_repair", "certificate_id", "name", "former_name"),
    *("homophone_key", "sex"),
    *SECOND,
)
_ID_LENGTH: Final = 18
_BIRTH_DIGITS: Final = 8
_CHECKS, _SEQUENCES, _BIRTHS = 11, 1_000, 100_000_000


def both(left: pl.DataFrame, right: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both tables with columns that agree.

    `ref`; `own` and `inner` (the id inside the certificate, only where it says more): Int64, null unless they hold;
    `entity` (own, else inner); `broken` (an id that does not hold); `shown`, `certificate_id` (as delivered); `is_repaired`;
    `name`, `homophone_key` (null unless of one person, written out), `seen_name` (also a name with hidden characters or several
    names), `former_name`, `sex`, the roles of `SECOND`;
    `birth_date` (stated, else read from the own id) and `stated_birth` as Int32 yyyymmdd.
    """
    rows = _with_odd_numbers([_texts(with_roles(side, _ROLES)) for side in (left, right)])
    one, two = (_finished(row) for row in rows)
    return one, two


def _texts(full: pl.DataFrame) -> pl.DataFrame:
    own, own_number = valid_numbers(full, "citizen_id")
    inner = full["certificate_id"].cast(pl.String).str.slice(0, _ID_LENGTH).alias("inner")
    inner, inner_number = valid_numbers(inner.to_frame(), "inner")
    name = name_of_one(full, "name")
    seen_name = _seen(full["name"].cast(pl.String), name).alias("seen_name")
    sound = full["homophone_key"].cast(pl.String)
    return full.select(
        "ref", pl.col("citizen_id_repair").is_not_null().alias("is_repaired"), name, seen_name
    ).with_columns(
        own.alias("own"),
        own_number.alias("own_number"),
        inner,
        inner_number.alias("inner_number"),
        _broken(full, own).alias("broken"),
        full.select(pl.coalesce("citizen_id_raw", "citizen_id").cast(pl.String)).to_series().alias("shown"),
        full["certificate_id"].cast(pl.String),
        # The sound of a masked name (李某) is nobody's.
        sound.set(name.is_null() | (sound == ""), None),
        full["sex"].cast(pl.String),
        usable(full["former_name"]),
        _day_number(full["birth_date"]).alias("stated_birth"),
        *(usable(full[role]) for role in _TEXTS),
    )


def _seen(given: pl.Series, name: pl.Series) -> pl.Series:
    """The name of one person, else what is visible of it."""
    at = (name.is_null() & given.is_not_null()).arg_true()
    return name.clone().scatter(at, partial(given.gather(at)))


def _broken(full: pl.DataFrame, own: pl.Series) -> pl.Series:
    """What stands in the place of an id and does not hold; as delivered, where the cleaner dropped it for its check character."""
    given, raw = full["citizen_id"].cast(pl.String), full["citizen_id_raw"].cast(pl.String)
    broken = own.clear(len(own))
    at = (own.is_null() & given.is_not_null()).arg_true()
    broken = broken.scatter(at, usable(given.gather(at)))
    dropped = (given.is_null() & raw.is_not_null()).arg_true()
    short = width.trim(raw.gather(dropped))
    is_short = short.str.contains(repair.WITHOUT_CHECK).fill_null(value=False)
    return broken.scatter(dropped.filter(is_short), short.filter(is_short))


def _day_number(day: pl.Series) -> pl.Series:
    if day.null_count() == len(day):
        return day.cast(pl.Int32)
    if day.dtype.is_temporal():
        frame = day.alias("day").to_frame()
        year, rest = pl.col("day").dt.year(), pl.col("day").dt.month().cast(pl.Int32) * 100 + pl.col("day").dt.day()
        return frame.select(year * 10_000 + rest).to_series()
    text = usable(day).str.replace_all("[^0-9]", "")
    return text.set(text.str.len_chars() != _BIRTH_DIGITS, None).cast(pl.Int32)


def _with_odd_numbers(rows: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Numbers below zero for the valid ids that cannot be packed: the same on both sides and in both columns."""
    odd = [
        row.filter(pl.col(column).is_not_null() & pl.col(f"{column}_number").is_null())[column].rename("text")
        for row in rows
        for column in ("own", "inner")
    ]
    texts = pl.concat(odd).unique().sort()
    if texts.is_empty():
        return rows
    numbers = dict(zip(texts.to_list(), range(-len(texts), 0), strict=True))
    return [
        row.with_columns(
            pl.coalesce(
                f"{column}_number", pl.col(column).replace_strict(numbers, default=None, return_dtype=pl.Int64)
            ).alias(f"{column}_number")
            for column in ("own", "inner")
        )
        for row in rows
    ]


def _finished(row: pl.DataFrame) -> pl.DataFrame:
    own, inner = pl.col("own_number"), pl.col("inner_number")
    return row.with_columns(
        own=own,
        inner=pl.when(~inner.eq_missing(own)).then(inner),
        entity=pl.coalesce(own, inner),
        birth_date=pl.coalesce("stated_birth", born_by(own)),
    ).drop("own_number", "inner_number")


def born_by(number: pl.Expr) -> pl.Expr:
    """The birth date (Int32 yyyymmdd) that a packed id tells; null for the others."""
    return pl.when(number > 0).then(number // (_CHECKS * _SEQUENCES) % _BIRTHS).cast(pl.Int32)


def sex_by(number: pl.Expr) -> pl.Expr:
    """The sex (男/女) that a packed id tells; null for the others."""
    sequence = pl.when(number > 0).then(number // _CHECKS)
    return pl.when(sequence % 2 == 1).then(pl.lit("男")).when(sequence % 2 == 0).then(pl.lit("女"))
