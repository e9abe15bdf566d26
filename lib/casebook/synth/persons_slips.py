"""What clerks do to rows of people: slips of the id, of the name, and of all the rest, at rates a payment list shows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import polars as pl

from casebook.synth import persons_names, words_people, words_places
from casebook.synth.dice import Dice
from casebook.synth.world import DISTRICT

ID_SLIPS: Final = MappingProxyType(
    {
        "one_digit": 0.01,
        "transposed": 0.004,
        "from_15": 0.005,
        "lost_x": 0.05,
        "digit_lost": 0.002,
        "digit_doubled": 0.001,
        "e_notation": 0.002,
        "id_empty": 0.01,
        "id_placeholder": 0.003,
        "id_masked": 0.001,
        "typography": 0.01,
        "member_id": 0.002,
        "father_id": 0.005,
        "twin_swapped": 0.02,
    }
)
"""Shares of rows; `lost_x` of ids that end in X (1 in 11), `father_id` of children, `twin_swapped` of twins, `from_15` of those
born before 2000. `member_id` is the id of whoever else of the household lay on the desk."""
NAME_SLIPS: Final = MappingProxyType(
    {
        "homophone": 0.005,
        "variant": 0.05,
        "traditional": 0.005,
        "one_character": 0.004,
        "former_name": 0.002,
        "dot_dropped": 0.3,
        "name_masked": 0.002,
        "inner_blank": 0.01,
        "name_missing": 0.0005,
    }
)
"""Shares of rows; `variant` of names that have a twin spelling, `dot_dropped` of minority names."""
MOVED: Final = 0.02
SHORT_ADDRESS: Final = 0.1
BIRTH_MISSING: Final = 0.15
BIRTH_WRONG: Final = 0.004
HOUSEHOLD_ACCOUNT: Final = 0.1
ACCOUNT_CHANGED: Final = 0.05
ACCOUNT_MISSING: Final = 0.1
PHONE_CHANGED: Final = 0.1
PHONE_MISSING: Final = 0.05
_PLACEHOLDERS: Final = ("无", "暂无", "0", "111111111111111111", "000000000000000000", "/", "不详", "待补")
_WIDE: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_BORROWED: Final = MappingProxyType({"member_id": "member_id", "father_id": "father_id", "twin_swapped": "twin_id"})
_BIRTH_FORMS: Final = ("%Y-%m-%d", "%Y%m%d", "%Y年%-m月%-d日", "%Y/%-m/%-d")

Slip = Callable[[Dice, str], str | None]


def slipped(rng: np.random.Generator, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """The rows as a table would hold them, at `share` of the rates here, with `id_kind` and `name_kind` (`plain`: no slip).

    Args:
        rng: the stream to draw from.
        rows: columns of `persons_families.everyone` and `ref`.
        share: 1 for a payment list, less for a register.
    """
    dice = Dice(rng)
    rows = rows.with_columns(_born(rng, rows, share), sex=pl.when("is_male").then(pl.lit("男")).otherwise(pl.lit("女")))
    rows = _homes(rng, rows, share)
    rows = _borrowed(rng, rows, share)
    id_slips = {name: rate * share for name, rate in ID_SLIPS.items() if name not in _BORROWED}
    rows = _with_slips(rng, rows, ("citizen_id", "id_kind"), {n: (r, _ID_WAYS[n]) for n, r in id_slips.items()}, dice)
    ways = {name: (rate * share, persons_names.WAYS[name]) for name, rate in NAME_SLIPS.items()}
    return _with_slips(rng, rows, ("name", "name_kind"), ways, dice)


def _with_slips(
    rng: np.random.Generator,
    rows: pl.DataFrame,
    columns: tuple[str, str],
    ways: Mapping[str, tuple[float, Slip]],
    dice: Dice,
) -> pl.DataFrame:
    """Each row of kind `plain` meets at most one slip; a way that does not fit the text leaves it and the row plain."""
    text, kind = columns
    rows = rows if kind in rows.columns else rows.with_columns(pl.lit("plain").alias(kind))
    limits = np.cumsum([rate for rate, _ in ways.values()])
    drawn = np.searchsorted(limits, rng.random(rows.height), side="right")
    met = (drawn < len(ways)) & (rows[kind] == "plain").to_numpy()
    at = np.flatnonzero(met)
    names, slips = list(ways), [slip for _, slip in ways.values()]
    said = [slips[way](dice, old) for way, old in zip(drawn[at].tolist(), rows[text].gather(at).to_list(), strict=True)]
    answers = pl.DataFrame({"new": said, "old": rows[text].gather(at)}, schema_overrides={"new": pl.String})
    kinds = pl.Series(names).gather(drawn[at])
    kinds = kinds.set(answers["new"].eq_missing(answers["old"]), "plain")
    return rows.with_columns(rows[text].scatter(at, answers["new"]), rows[kind].scatter(at, kinds))


def _borrowed(rng: np.random.Generator, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """Ids of relatives in the place of the person's own. Twins are exchanged both or not at all: drawn by household."""
    draw = pl.Series("draw", rng.random(rows.height))
    by_household = rng.random(int(rows["household"].to_numpy().max()) + 1)[rows["household"].to_numpy()]
    rows = rows.with_columns(draw, pl.Series("together", by_household), id_kind=pl.lit("plain"))
    low = 0.0
    for kind, column in _BORROWED.items():
        rate = ID_SLIPS[kind] * share
        drawn = pl.col("together") < rate if kind == "twin_swapped" else pl.col("draw").is_between(low, low + rate)
        taken = drawn & pl.col(column).is_not_null() & (pl.col("id_kind") == "plain")
        rows = rows.with_columns(
            citizen_id=pl.when(taken).then(column).otherwise("citizen_id"),
            id_kind=pl.when(taken).then(pl.lit(kind)).otherwise("id_kind"),
        )
        low += rate
    return rows.drop("draw", "together")


def _born(rng: np.random.Generator, rows: pl.DataFrame, share: float) -> pl.Series:
    """The birth date in one of four spellings, missing in some rows and wrong by a few days or years in others."""
    draw = rng.random(rows.height)
    off = np.where(draw < BIRTH_WRONG * share, rng.choice([-3653, -365, -9, 1, 10, 30, 365], size=rows.height), 0)
    days = (rows["birth"].cast(pl.Int32) + pl.Series(off.astype(np.int32))).cast(pl.Date)
    form = rng.integers(len(_BIRTH_FORMS), size=rows.height)
    frame = pl.DataFrame({"day": days, "form": form, "missing": draw > 1 - BIRTH_MISSING * share})
    written = pl.col("day").dt.strftime(_BIRTH_FORMS[0])
    for place, spelling in enumerate(_BIRTH_FORMS[1:], start=1):
        written = pl.when(pl.col("form") == place).then(pl.col("day").dt.strftime(spelling)).otherwise(written)
    return frame.select(pl.when(~pl.col("missing")).then(written).alias("birth_date")).to_series()


def _homes(rng: np.random.Generator, rows: pl.DataFrame, share: float) -> pl.DataFrame:
    """Some have moved, changed telephone or account, or are paid into the account of the household."""
    count = rows.height
    draws = pl.DataFrame(rng.random((count, 5)), schema=["moving", "short", "paying", "calling", "banking"])
    place = pl.select(words_places.townships(rng, count) + words_places.villages(rng, count)).to_series()
    house = pl.Series(rng.integers(1, 300, size=count)).cast(pl.String)
    fresh = draws.with_columns(
        new_place=place,
        new_address=pl.select(pl.lit(DISTRICT) + place + house + "号").to_series(),
        new_phone=words_people.phones(rng, count),
        new_account=words_people.accounts(rng, count).str.replace("^900001", "900003"),
    )
    rows = rows.hstack(fresh.get_columns())
    moves, short = pl.col("moving") < MOVED * share, pl.col("short") < SHORT_ADDRESS * share
    rows = rows.with_columns(
        place=pl.when(moves).then("new_place").otherwise("place"),
        address=pl.when(moves).then("new_address").otherwise("address"),
        phone=_replaced("calling", "phone", PHONE_CHANGED * share, PHONE_MISSING * share),
        account=pl.when(pl.col("paying") < HOUSEHOLD_ACCOUNT).then("household_account").otherwise("account"),
    )
    shortened = pl.col("address").str.strip_prefix(DISTRICT)
    rows = rows.with_columns(
        _replaced("banking", "account", ACCOUNT_CHANGED * share, ACCOUNT_MISSING * share),
        address=pl.when(short).then(shortened).otherwise("address"),
    )
    return rows.drop(*fresh.columns)


def _replaced(draw: str, column: str, changed: float, missing: float) -> pl.Expr:
    value = pl.when(pl.col(draw) < changed).then(f"new_{column}").otherwise(column)
    return pl.when(pl.col(draw) < 1 - missing).then(value).alias(column)


def _one_digit(dice: Dice, text: str) -> str:
    at = dice.between(0, len(text) - 2)
    return text[:at] + str((int(text[at]) + dice.between(1, 9)) % 10) + text[at + 1 :]


def _transposed(dice: Dice, text: str) -> str:
    at = dice.between(0, len(text) - 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _from_15(_: Dice, text: str) -> str:
    return text[:6] + text[8:17] if text[6:8] == "19" else text


def _lost_x(_: Dice, text: str) -> str:
    return text.removesuffix("X")


def _digit_lost(dice: Dice, text: str) -> str:
    at = dice.between(0, len(text) - 1)
    return text[:at] + text[at + 1 :]


def _digit_doubled(dice: Dice, text: str) -> str:
    at = dice.between(0, len(text) - 1)
    return text[: at + 1] + text[at:]


def _e_notation(dice: Dice, text: str) -> str:
    return f"{int(text[:17]) * 10:.5E}" if dice.chance(0.5) else text[:15] + "000"


def _masked(_: Dice, text: str) -> str:
    return text[:6] + "********" + text[14:]


def _typography(dice: Dice, text: str) -> str:
    return dice.pick(
        (text.translate(_WIDE), f"'{text}", f" {text} ", text.lower(), f"{text[:6]} {text[6:14]} {text[14:]}")
    )


_ID_WAYS: Final[Mapping[str, Slip]] = MappingProxyType(
    {
        "one_digit": _one_digit,
        "transposed": _transposed,
        "from_15": _from_15,
        "lost_x": _lost_x,
        "digit_lost": _digit_lost,
        "digit_doubled": _digit_doubled,
        "e_notation": _e_notation,
        "id_empty": lambda _, __: None,
        "id_placeholder": lambda dice, _: dice.pick(_PLACEHOLDERS),
        "id_masked": _masked,
        "typography": _typography,
    }
)
