"""What a text begins with, cut off: by looking for the end of a match only, three times as fast as capturing groups."""

import polars as pl


def cut(text: pl.Series, pattern: str) -> tuple[pl.Series, pl.Series]:
    """What each text begins with that the pattern matches (null where nothing), and what follows it.

    >>> [part.to_list() for part in cut(pl.Series(["柳湾镇人民路", "人民路", None]), ".{1,3}镇")]
    [['柳湾镇', None, None], ['人民路', '人民路', None]]
    """
    after = text.str.replace(f"^(?:{pattern})", "")
    size = text.str.len_chars().cast(pl.Int64) - after.str.len_chars().cast(pl.Int64)
    frame = pl.DataFrame({"text": text, "size": size})
    head = frame.select(pl.when(pl.col("size") > 0).then(pl.col("text").str.head(pl.col("size"))).alias("head"))
    return head.to_series(), after


def extract(text: pl.Series, pattern: str, gate: str) -> pl.Series:
    """The first group of the pattern where the text also matches the cheap `gate`; null elsewhere.

    >>> extract(pl.Series(["3栋", "3号"]), "([0-9]+)栋", "栋").to_list()
    ['3', None]
    """
    rows = text.str.contains(gate).fill_null(value=False).arg_true()
    found = pl.Series([None], dtype=pl.String).new_from_index(0, len(text))
    return found.scatter(rows, text.gather(rows).str.extract(pattern, 1)) if len(rows) else found
