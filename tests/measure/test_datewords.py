import polars as pl
import pytest

from casebook.measure import datewords


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇二三年八月十六号", "2023年8月16日"),
        ("2014-12-04 星期四", "2014-12-04"),
        ("贰零贰叁年零捌月零壹拾日", "2023年08月10日"),
        ("民國112年5月3日", "2023年5月3日"),
        ("31-Jul-2018", "2018-7-31"),
        ("31-Abc-2018", "31-Abc-2018"),
        ("八月廿六", "八月廿六"),
        ("2014-12-04", "2014-12-04"),
        (None, None),
    ],
)
def test_words_become_digits(text, digits):
    assert datewords.plain(pl.Series([text, "2020-01-01"], dtype=pl.String))[0] == digits


@pytest.mark.parametrize("text", ["2018年7月31日前", "约2018年7月31日", "2018年7月31日左右", "2018年7月31日以后"])
def test_words_that_make_another_day_of_it_stay(text):
    assert datewords.without_words(pl.Series([text])).item() == text
