"""Areas whose unit is in doubt: swapped columns, one number under two units, 亩 or 公顷 under a header that says m².

Published official tables exist with the 亩 and m² columns swapped and with m² under a 公顷 header. Every answer here is a word for a
row, for a human to decide on; nothing is ever converted. All areas are as `area.clean` hands them out under their header's unit
(0.01 m²), all money is fen.
"""

from typing import Final

import polars as pl

from casebook.errors import ParameterError
from casebook.measure import area

_LOOKS: Final = {"平方米": "looks_like_m2", "亩": "looks_like_mu", "公顷": "looks_like_hectare"}
_WRITTEN_TO: Final = 0.005  # half of the last digit of a number given with two decimals


def between_areas(m2: pl.Series, other: pl.Series, unit: str = "亩", tolerance_pct: float = 1.0) -> pl.Series:
    """What two area columns of the same land say of each other, m² beside `unit` (亩 or 公顷).

    `ok`; `swapped`: each holds the other's number; `same_unit`: both hold one number; `ratio_off`; `missing`: one has no value.
    Two decimals of 亩 are 3.33 m² apart from the truth at most, which is allowed for beside the tolerance.

    >>> m2 = area.clean(pl.Series(["20000", "30", "30", "20000", "500", None]))["value"]
    >>> mu = area.clean(pl.Series(["30", "20000", "30", "20000", "30", "1"]), unit="亩")["value"]
    >>> between_areas(m2, mu).to_list()
    ['ok', 'swapped', 'same_unit', 'same_unit', 'ratio_off', 'missing']
    """
    size = area.size_dm2(unit)
    per, share = size / area.size_dm2("平方米"), tolerance_pct / 100
    left, right = pl.col("m2"), pl.col("other")
    frame = pl.DataFrame({"m2": m2 / area.size_dm2("平方米"), "other": other / size})

    def near(small: pl.Expr, large: pl.Expr, times: float) -> pl.Expr:
        slack = pl.max_horizontal(large * share, pl.lit(_WRITTEN_TO * times))
        return (small * times - large).abs() <= slack

    return frame.select(
        pl.when(left.is_null() | right.is_null())
        .then(pl.lit("missing"))
        .when(near(right, left, per))
        .then(pl.lit("ok"))
        .when(near(left, right, 1.0))
        .then(pl.lit("same_unit"))
        .when(near(left, right, per))
        .then(pl.lit("swapped"))
        .otherwise(pl.lit("ratio_off"))
        .alias("unit_conflict")
    ).to_series()


def against_price(size: pl.Series, paid: pl.Series, fen_per_m2: tuple[int, int], unit: str = "平方米") -> pl.Series:
    """What the price paid (fen) says of an area given in `unit`, where land costs between the two prices per m² (fen, inclusive).

    `ok`; `looks_like_mu`, `looks_like_hectare`, `looks_like_m2`: the price fits when the number counts that unit instead;
    `unit_unclear`: it fits under several other units; `implausible`: under none; `missing`: no area, no price, or either is zero.

    >>> size = area.clean(pl.Series(["20000", "30", "2", "20000", "20000"]))["value"]
    >>> paid = pl.Series([600_000_000, 600_000_000, 600_000_000, 1_000, None])
    >>> against_price(size, paid, (20_000, 60_000)).to_list()
    ['ok', 'looks_like_mu', 'looks_like_hectare', 'implausible', 'missing']
    """
    low, high = _range(fen_per_m2, "prices per m²")
    frame = pl.DataFrame({"m2": size / area.size_dm2("平方米"), "paid": paid})

    def fits(factor: float) -> pl.Expr:
        real = pl.col("m2") * factor
        return (pl.col("paid") >= real * low) & (pl.col("paid") <= real * high)

    return frame.select(
        _verdict(fits(1.0), {name: fits(times) for name, times in _others(unit)}, _is_given("m2", "paid"))
    ).to_series()


def against_unit_price(
    size: pl.Series, paid: pl.Series, fen_per_m2: pl.Series, unit: str = "平方米", tolerance_pct: float = 5.0
) -> pl.Series:
    """As `against_price`, where the table states a price per m² (fen) in each row and paid = area × price within the tolerance.

    >>> size = area.clean(pl.Series(["20000", "30"]))["value"]
    >>> against_unit_price(size, pl.Series([600_000_000] * 2), pl.Series([30_000] * 2)).to_list()
    ['ok', 'looks_like_mu']
    """
    frame = pl.DataFrame({"m2": size / area.size_dm2("平方米"), "paid": paid, "each": fen_per_m2})

    def fits(factor: float) -> pl.Expr:
        expected = pl.col("m2") * pl.col("each") * factor
        return (pl.col("paid") - expected).abs() <= expected * (tolerance_pct / 100)

    others = {name: fits(times) for name, times in _others(unit)}
    return frame.select(_verdict(fits(1.0), others, _is_given("m2", "paid", "each"))).to_series()


def against_range(size: pl.Series, plausible_m2: tuple[int, int], unit: str = "平方米") -> pl.Series:
    """What the plausible size of such land (m², inclusive) says of an area given in `unit`; words as in `against_price`.

    >>> size = area.clean(pl.Series(["20000", "30", "0.3"]))["value"]
    >>> against_range(size, (5_000, 25_000)).to_list()
    ['ok', 'looks_like_mu', 'implausible']
    """
    low, high = _range(plausible_m2, "areas in m²")
    frame = pl.DataFrame({"m2": size / area.size_dm2("平方米")})

    def fits(factor: float) -> pl.Expr:
        return (pl.col("m2") * factor).is_between(low, high)

    return frame.select(
        _verdict(fits(1.0), {name: fits(times) for name, times in _others(unit)}, _is_given("m2"))
    ).to_series()


def _others(unit: str) -> list[tuple[str, float]]:
    """The other units, and by what the area grows if the number counts them."""
    own = area.size_dm2(unit)
    return [(looks, area.size_dm2(name) / own) for name, looks in _LOOKS.items() if area.size_dm2(name) != own]


def _range(bounds: tuple[int, int], what: str) -> tuple[int, int]:
    low, high = bounds
    if not 0 < low <= high:
        raise ParameterError(
            f"Plausible {what} must be two positive numbers, the lower first; {low} and {high} were given."
        )
    return low, high


def _is_given(*names: str) -> pl.Expr:
    return pl.all_horizontal((pl.col(name) > 0).fill_null(value=False) for name in names)


def _verdict(own: pl.Expr, others: dict[str, pl.Expr], is_given: pl.Expr) -> pl.Expr:
    fitting = pl.sum_horizontal(expression.cast(pl.Int8) for expression in others.values())
    named = pl.coalesce(pl.when(expression).then(pl.lit(name)) for name, expression in others.items())
    return (
        pl.when(~is_given)
        .then(pl.lit("missing"))
        .when(own)
        .then(pl.lit("ok"))
        .when(fitting > 1)
        .then(pl.lit("unit_unclear"))
        .otherwise(named.fill_null("implausible"))
        .alias("unit_conflict")
    )
