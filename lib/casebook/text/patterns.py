"""Which pattern of a dictionary names a text: the first row, from the top, whose pattern stands in it and no exclusion does.

A dictionary is read like a clerk reads it: from the top, what comes first wins. A pattern is a piece of text; `^` before it
binds it to the beginning, `$` behind it to the end. `excludes` holds pieces, joined by `|`, that rule the row out. One pass over the texts
finds every piece of every row (Aho-Corasick), so that hundreds of rows cost little more than one.
"""

from typing import Final

import polars as pl

_WORD: Final = {"is_start": r"^\^", "is_end": r"\$$"}


def classify(texts: pl.Series, dictionary: pl.DataFrame) -> pl.DataFrame:
    """`text` and the whole row that names it, each distinct text once, in order of appearance; nulls where no row does.

    Args:
        texts: null is passed over.
        dictionary: `pattern`, `excludes` and any facts, in order of priority.

    >>> rows = pl.DataFrame({"pattern": ["蛋糕", "奶茶"], "excludes": ["", "味"], "item": ["糕点", "饮品"]})
    >>> classify(pl.Series(["奶茶味蛋糕", "珍珠奶茶", "米饭"]), rows)["item"].to_list()
    ['糕点', '饮品', None]
    """
    distinct = pl.DataFrame({"text": texts.cast(pl.String)}).drop_nulls().unique(maintain_order=True)
    rows = dictionary.with_row_index("rank")
    wanted = _words(rows, pl.concat_list("pattern"))
    barred = _words(rows.filter(pl.col("excludes") != ""), pl.col("excludes").str.split("|"))
    found = _found(distinct, pl.concat([wanted, barred])["word"].unique())
    named = _held(found, wanted)
    out = _held(found, barred).unique()
    first = named.join(out, on=["text", "rank"], how="anti").group_by("text").agg(pl.col("rank").min())
    joined = distinct.join(first, on="text", how="left", maintain_order="left")
    return joined.join(rows, on="rank", how="left", maintain_order="left").drop("rank")


def _words(rows: pl.DataFrame, pieces: pl.Expr) -> pl.DataFrame:
    """`rank`, `word` and whether it is bound to the start or the end, a row for each piece."""
    long = rows.select("rank", pieces.alias("piece")).explode("piece", empty_as_null=True).filter(pl.col("piece") != "")
    bound = long.with_columns(pl.col("piece").str.contains(sign).alias(name) for name, sign in _WORD.items())
    return bound.with_columns(word=pl.col("piece").str.replace(r"^\^", "").str.replace(r"\$$", "")).drop("piece")


def _found(distinct: pl.DataFrame, words: pl.Series) -> pl.DataFrame:
    """`text`, `word` for each word that stands in the text."""
    hits = distinct.with_columns(word=pl.col("text").str.extract_many(words.to_list(), overlapping=True))
    return hits.explode("word", empty_as_null=True).drop_nulls().unique()


def _held(found: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """`text`, `rank` of each row of which a piece stands in the text where it is bound to."""
    joined = found.join(words, on="word")
    at_start = ~pl.col("is_start") | pl.col("text").str.starts_with(pl.col("word"))
    at_end = ~pl.col("is_end") | pl.col("text").str.ends_with(pl.col("word"))
    return joined.filter(at_start & at_end).select("text", "rank")
