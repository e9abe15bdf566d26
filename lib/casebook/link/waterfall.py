"""How a weighed link came to its probability, line by line, for a reviewer."""

from collections.abc import Mapping

import polars as pl

from casebook.errors import LinkError
from casebook.link.residual import Scored

SCHEMA = {
    "comparison": pl.String,
    "level": pl.String,
    "left_value": pl.String,
    "right_value": pl.String,
    "bits": pl.Float64,
    "cumulative": pl.Float64,
}


def evidence(scored: Scored, pairs: pl.DataFrame) -> pl.DataFrame:
    """One row a pair: `left_ref`, `right_ref`, `prior`, `probability`, `alone` (that without rivals); per comparison level, bits, values.

    Args:
        scored: what was weighed.
        pairs: those of its pairs that are told, with `probability` and `alone`.
    """
    told = pairs.select(
        pl.lit(scored.prior_bits).alias("prior"),
        "probability",
        "alone",
        *(_named(c.name, c.levels) for c in scored.comparisons),
        *(f"{c.name}_bits" for c in scored.comparisons),
        "household_bits",
    )
    one = scored.sides.left[pairs["i"]].select(
        left_ref="ref", **{f"{c.name}_left": c.column for c in scored.comparisons}
    )
    two = scored.sides.right[pairs["j"]].select(
        right_ref="ref", **{f"{c.name}_right": c.column for c in scored.comparisons}
    )
    return pl.concat([one, two, told], how="horizontal")


def _named(comparison: str, levels: tuple[str, ...]) -> pl.Expr:
    return pl.col(comparison).replace_strict(list(range(len(levels))), list(levels), return_dtype=pl.String)


def waterfall(pair: Mapping[str, object]) -> pl.DataFrame:
    """One line per comparison, in the order they are made; the prior comes first, the probability last.

    Columns `comparison`, `level` (null: a value is missing), `left_value`, `right_value`, `bits`, `cumulative`. The last line's
    `cumulative` is the measured probability, 0 to 1, rivals of the pair considered; null where the pair may be no link.

    Args:
        pair: a row of `evidence`; its values masked where the reader may not see them.

    Raises:
        LinkError: the row is not one of a weighed pair.
    """
    if "prior" not in pair or "probability" not in pair:
        message = f"A waterfall is made of a row of a weighed pair, with prior and probability; got {', '.join(pair)}."
        raise LinkError(message)
    names = [name.removesuffix("_bits") for name in pair if name.endswith("_bits")]
    rows: list[tuple[object, ...]] = [("prior", None, None, None, pair["prior"], pair["prior"])]
    total = float(str(pair["prior"]))
    for name in names:
        bits = float(str(pair[f"{name}_bits"]))
        total += bits
        values = (_text(pair.get(f"{name}_left")), _text(pair.get(f"{name}_right")))
        rows.append((name, pair.get(name), *values, round(bits, 2), round(total, 2)))
    rows.append(("probability", None, None, None, None, pair["probability"]))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
