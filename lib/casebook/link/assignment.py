"""Which of the scored pairs are made links: no row gets a partner while another is about as likely.

The probability of a pair is what its weight measures to, times its share among all partners its rows could have instead. Two
candidates of equal weight therefore have one half each at most, whatever they score, and neither is chosen.
"""

from typing import Final

import polars as pl

from casebook.link.calibration import calibrated

_ROUNDS: Final = 12
_MOST_BITS: Final = 60.0
# A rival below one in 250 changes no probability that is told.
_LEAST_BITS: Final = -8.0
# What two rows of one subject must not state differently.
_TOLD: Final = (
    *("own", "number", "form", "given", "family", "born", "sex"),
    *("core", "owner", "place", "address", "phone", "account"),
)


def shared(pairs: pl.DataFrame, right: pl.DataFrame, *, one_to_one: bool) -> pl.DataFrame:
    """The pairs with `alone`, what their odds measure to, `share` among their rivals, and `probability`, the product.

    Rivals are pairs with another subject: rows with the same entity are one. One-to-one, both rows of a pair have rivals; else
    a left row may have many partners, and its candidates are rivals where they differ from each other (see `_unlike`).

    Args:
        pairs: `i`, `j`, `subject`, `subject_right`, `bits` (with the prior).
        right: the rows `j` counts.
        one_to_one: as told.
    """
    odds = (2.0 ** pl.col("bits").clip(-_MOST_BITS, _MOST_BITS)).alias("odds")
    pairs = pairs.with_columns(odds, calibrated(pairs["bits"]).alias("alone"))
    beside = _rivals(pairs, "i", "subject_right") if one_to_one else _unlike(pairs, right)
    rivals = pl.max_horizontal(_rivals(pairs, "j", "subject"), beside)
    pairs = pairs.with_columns((pl.col("odds") / (pl.col("odds") + rivals)).alias("share"))
    return pairs.with_columns((pl.col("alone") * pl.col("share")).alias("probability")).drop("odds")


def _rivals(pairs: pl.DataFrame, row: str, subject: str) -> pl.Series:
    """The odds of the row's pairs with other subjects, each subject by its best pair."""
    best = pairs.group_by(row, subject).agg(pl.col("odds").max())
    total = best.group_by(row).agg(pl.col("odds").sum().alias("total"))
    beside = (
        pairs.select(row, subject)
        .join(best, on=[row, subject], how="left", maintain_order="left")
        .join(total, on=row, how="left", maintain_order="left")
    )
    return beside.select((pl.col("total") - pl.col("odds")).clip(0)).to_series()


def _unlike(pairs: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """The odds of the left row's other candidates that differ from the pair's: they are not all this row's subject.

    Two candidates are alike that have the same valid number, or are equal in all that both state; alike in each other's stead,
    many rows of one subject count as one.
    """
    told = [name for name in _TOLD if name in right.columns and right[name].null_count() < right.height]
    many = pairs.select("i", "j", "odds", "subject_right").filter(pl.len().over("i") > 1)
    many = many.with_columns(
        right[many["j"]].select("ref", *told).drop("ref" if told else ()).hash_rows().alias("look")
    )
    # Rows that look the same are one candidate: memory grows with the different ones, not with the square of all.
    best = many.group_by("i", "look").agg(pl.col("subject_right", "j").sort_by("j").first(), pl.col("odds").max())
    both = best.join(best, on="i", suffix="_other").filter(pl.col("subject_right") != pl.col("subject_right_other"))
    is_rival = pl.repeat(value=False, n=both.height, eager=True)
    for name in told:
        column = right[name]
        is_rival |= (column.gather(both["j"]) != column.gather(both["j_other"])).fill_null(value=False)
    total = both.filter(is_rival).group_by("i", "look").agg(pl.col("odds_other").sum())
    beside = pairs.select("i", "j").join(
        many.select("i", "j", "look"), on=["i", "j"], how="left", maintain_order="left"
    )
    return beside.join(total, on=["i", "look"], how="left", maintain_order="left")["odds_other"].fill_null(0.0)


def assigned(pairs: pl.DataFrame, least: float, right: pl.DataFrame, *, one_to_one: bool) -> pl.DataFrame:
    """The best pair of each row with `probability` and `is_chosen`; rows whose partner is taken go on to the next best.

    Args:
        pairs: `i`, `j`, `subject`, `subject_right`, `bits` (with the prior).
        least: the probability from which a pair is chosen.
        right: the rows `j` counts, with what is known of them.
        one_to_one: whether a chosen left row takes no further partner.
    """
    rest, chosen = shared(pairs.filter(pl.col("bits") > _LEAST_BITS), right, one_to_one=one_to_one), []
    for _ in range(_ROUNDS if one_to_one else 1):
        found = rest.filter((pl.col("probability") >= least) & _is_best("j") & (_is_best("i") if one_to_one else True))
        chosen.append(found.with_columns(is_chosen=True))
        if not one_to_one or found.is_empty():
            break
        rest = rest.join(found, on="i", how="anti").join(found, on="j", how="anti")
        rest = shared(rest, right, one_to_one=True)
    left = rest.join(pl.concat(chosen), on=["i", "j"], how="anti").with_columns(is_chosen=False)
    return pl.concat([*chosen, left]).sort("i", "j")


def _is_best(row: str) -> pl.Expr:
    return pl.col("bits") == pl.col("bits").max().over(row)
