import polars as pl

from casebook.text import distinct


def test_repeated_texts_are_cleaned_once_and_answered_everywhere():
    seen = []

    def cleaner(texts):
        seen.extend(texts.to_list())
        return pl.DataFrame({"value": texts.str.to_uppercase()})

    found = distinct.once(pl.Series(["a", "b", None] * 5), cleaner)
    assert found["value"].to_list() == ["A", "B", None] * 5
    assert len(seen) == 3


def test_texts_that_never_repeat_take_the_short_way():
    series = pl.Series(["a", "b", "c"])
    assert distinct.once(series, lambda texts: pl.DataFrame({"value": texts})).rows() == [("a",), ("b",), ("c",)]


def test_empty_columns_keep_their_schema():
    found = distinct.once(pl.Series([], dtype=pl.String), lambda texts: pl.DataFrame({"value": texts}))
    assert found.schema == {"value": pl.String}
