from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import ParameterError
from casebook.measure import dates
from casebook.measure.calendar import OPEN_END


def clean(text, form="day", **options):
    return dates.clean(pl.Series([text], dtype=pl.String), form, **options).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014-12-04", date(2014, 12, 4)),
        ("2014/12/4", date(2014, 12, 4)),
        ("2014.12.4", date(2014, 12, 4)),
        ("2014—12—4", date(2014, 12, 4)),
        ("2018年7月31日", date(2018, 7, 31)),
        ("2018年7月31号", date(2018, 7, 31)),
        ("2018 年 7 月 31 日", date(2018, 7, 31)),
        ("20200316", date(2020, 3, 16)),
        ("20200316.0", date(2020, 3, 16)),
        ("二〇二三年八月十六日", date(2023, 8, 16)),
        ("二○二〇年十月三十一日", date(2020, 10, 31)),
        ("二零二一年十二月二十日", date(2021, 12, 20)),
        ("2014-12-04   ", date(2014, 12, 4)),
        ("\t2014-12-04", date(2014, 12, 4)),
        ("２０１４－１２－０４", date(2014, 12, 4)),
        ("2014-12-04 00:00:00", date(2014, 12, 4)),
        ("2014/12/4 0:00", date(2014, 12, 4)),
        ("2014-12-04T08:30:00+08:00", date(2014, 12, 4)),
        ("20200316120000", date(2020, 3, 16)),
        ("2014-12-04 星期四", date(2014, 12, 4)),
        ("民国99年1月2日", date(2010, 1, 2)),
        ("2000-02-29", date(2000, 2, 29)),
    ],
)
def test_days_in_all_spellings(text, day):
    assert (clean(text)["value"], clean(text)["problem"]) == (day, None)


@pytest.mark.parametrize(
    "text", ["9999-9-9", "2099-12-31", "9999-12-31", "9999/12/31", "99991231", "长期", "永久", "长期有效"]
)
def test_open_ends_are_the_last_day_there_is(text):
    assert (clean(text)["value"], clean(text)["open_ended"]) == (OPEN_END, True)


@pytest.mark.parametrize(
    "text",
    ["1900-1-1", "1900-01-01", "1899-12-30", "0000-00-00", "0001-01-01", "00000000", "暂无", "无", "/", "---", r"\N"],
)
def test_stand_ins_for_no_date_are_placeholders(text):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, "placeholder")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        (" ", "blank"),
        ("202011", "month_only"),
        ("2021.3", "month_only"),
        ("2020年11月", "month_only"),
        ("2021", "year_only"),
        ("2021年", "year_only"),
        ("44197", "excel_serial"),
        ("14-12-04", "two_digit_year"),
        ("2021-02-30", "impossible"),
        ("2021-13-01", "impossible"),
        ("20210229", "impossible"),
        ("1900-02-29", "impossible"),
        ("2021-00-10", "impossible"),
        ("1014-12-04", "implausible_year"),
        ("2019年5月14日至2019年5月30日", "range"),
        ("04/12/2014", "ambiguous"),
        ("去年", "unreadable"),
    ],
)
def test_what_is_no_day_has_a_reason(text, problem):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, problem)


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("2014-12-04", None),
        ("2014-12-04 08:00", "time_dropped"),
        ("二〇一四年一月一日", "chinese_numerals"),
        ("２０１４-01-01", "full_width"),
    ],
)
def test_what_was_read_rather_than_copied_is_said(text, repair):
    assert clean(text)["repair"] == repair


@pytest.mark.parametrize(
    "text", ["202011", "2020年11月", "2020.11", "2020-11", "2020-11-05", "20201130", "2020年11月份", "二〇二〇年十一月"]
)
def test_months_are_their_first_day(text):
    assert clean(text, "month")["value"] == date(2020, 11, 1)


def test_month_form_refuses_a_day_that_does_not_exist():
    assert clean("2020-11-31", "month")["problem"] == "impossible"


@pytest.mark.parametrize(
    ("text", "epoch", "day"),
    [
        ("44197", 1900, date(2021, 1, 1)),
        ("44197.75", 1900, date(2021, 1, 1)),
        ("42735", 1904, date(2021, 1, 1)),
        ("2021-01-01", 1900, date(2021, 1, 1)),
    ],
)
def test_serials_are_read_when_asked(text, epoch, day):
    assert clean(text, "serial", epoch=epoch)["value"] == day


def test_serials_among_days_are_read_when_allowed():
    assert clean("44197", serials=True)["repair"] == "serial"


@pytest.mark.parametrize("text", ["112/08/16", "1120816", "民国112年8月16日", "2023-08-16"])
def test_years_of_the_republic(text):
    assert clean(text, "roc")["value"] == date(2023, 8, 16)


MAY = (date(2019, 5, 14), date(2019, 5, 30))


@pytest.mark.parametrize(
    "text",
    [
        "2019年5月14日至2019年5月30日",
        "2019年5月14日至5月30日",
        "2019年5月14日至30日",
        "2019.5.14-2019.5.30",
        "2019.5.14-5.30",
        "2019-05-14~2019-05-30",
        "2019-05-14-2019-05-30",
        "2019-05-14 - 2019-05-30",
        "2019/5/14—2019/5/30",
        "20190514-20190530",
        "自2019年5月14日至2019年5月30日止",
        "二〇一九年五月十四日至二〇一九年五月三十日",
    ],
)
def test_ranges_in_all_spellings(text):
    found = clean(text, "range")
    assert (found["value"], found["until"]) == MAY


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021年1月至3月", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021年1-3月", date(2021, 1, 1), date(2021, 3, 31)),
        ("2021.01-2021.02", date(2021, 1, 1), date(2021, 2, 28)),
        ("202101-202112", date(2021, 1, 1), date(2021, 12, 31)),
        ("2019-2020", date(2019, 1, 1), date(2020, 12, 31)),
        ("2021年", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2019-05-14", date(2019, 5, 14), date(2019, 5, 14)),
        ("2021-01-01至长期", date(2021, 1, 1), OPEN_END),
        ("2021-01-01至今", date(2021, 1, 1), OPEN_END),
        ("2021-01-01起", date(2021, 1, 1), OPEN_END),
    ],
)
def test_months_and_years_span_themselves(text, first, last):
    found = clean(text, "range")
    assert (found["value"], found["until"], found["open_ended"]) == (first, last, last == OPEN_END)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        ("无", "placeholder"),
        ("2019-05-30至2019-05-14", "reversed"),
        ("2021-02-30至2021-03-01", "impossible"),
        ("至2020-01-01", "unreadable"),
        ("abc", "unreadable"),
    ],
)
def test_broken_ranges_hand_out_neither_end(text, problem):
    found = clean(text, "range")
    assert (found["value"], found["until"], found["problem"]) == (None, None, problem)


def test_unknown_form_is_refused():
    with pytest.raises(ParameterError, match="week"):
        clean("2021-01-01", "week")


WRITERS = [
    "{0:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y%m%d}",
    "{0.year}.{0.month}.{0.day} 0:00:00",
]


@given(st.dates(date(1901, 1, 1), date(2098, 12, 31)), st.sampled_from(WRITERS))
def test_every_day_is_read_back(day, writer):
    assert clean(writer.format(day))["value"] == day


@given(st.lists(st.text(), max_size=5), st.sampled_from(dates.FORMS))
def test_no_text_raises(texts, form):
    assert dates.clean(pl.Series(texts, dtype=pl.String), form).height == len(texts)


@given(st.text(alphabet="0123456789-/.年月日至~ :长期一二十〇", max_size=14), st.sampled_from(dates.FORMS))
def test_no_date_like_text_raises(text, form):
    found = clean(text, form)
    assert (found["value"] is None) == (found["problem"] is not None)


@pytest.mark.parametrize("text", ["3023-01-01", "30230506", "4023-05-06", "2101-01-01", "2999-12-30"])
def test_far_years_are_slips_and_no_open_ends(text):
    assert (clean(text)["value"], clean(text)["problem"], clean(text)["open_ended"]) == (
        None,
        "implausible_year",
        False,
    )


@pytest.mark.parametrize("text", ["2023-05-06 星期日", "2023年5月6日(周五)", "Sun May 06 08:00:00 CST 2023"])
def test_a_weekday_that_contradicts_the_date_is_a_problem(text):
    assert (clean(text)["value"], clean(text)["problem"]) == (None, "weekday")


@pytest.mark.parametrize(
    ("text", "day", "repair"),
    [
        ("2023-05-06T16:00:00Z", date(2023, 5, 7), "time_dropped,time_zone"),
        ("2023-05-06T15:59:59Z", date(2023, 5, 6), "time_dropped,time_zone"),
        ("2023-05-06T16:00:00+08:00", date(2023, 5, 6), "time_dropped"),
        ("2023-05-07T00:30:00+09:00", date(2023, 5, 6), "time_dropped,time_zone"),
        ("2023-12-31T20:00:00-0500", date(2024, 1, 1), "time_dropped,time_zone"),
    ],
)
def test_a_time_of_another_zone_is_told_as_the_day_in_china(text, day, repair):
    assert (clean(text)["value"], clean(text)["repair"]) == (day, repair)


@pytest.mark.parametrize("text", ["2023-05-06 25:61", "2023-05-06 12:60", "2023-05-06 24:30", "20230506256100"])
def test_a_time_that_is_none_makes_the_text_unreadable(text):
    assert clean(text)["problem"] == "unreadable"


@pytest.mark.parametrize("form", ["day", "month"])
@pytest.mark.parametrize("text", ["2023.5、6", "2023.5-6", "2023.5/6", "2023年5-6"])
def test_a_day_or_two_months_is_ambiguous(form, text):
    assert clean(text, form)["problem"] == "ambiguous"


def test_six_digits_are_a_day_of_the_republic_unless_they_are_a_month_too():
    assert clean("990506", "roc")["value"] == date(2010, 5, 6)
    assert clean("201105", "roc")["problem"] == "ambiguous"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2023-05-06(周六)至2023-05-07(周日)", None),
        ("2023-05-06(周日)至2023-05-07(周日)", "weekday"),
        ("2023-05-06至2023-05-07(周一)", "weekday"),
    ],
)
def test_weekdays_of_both_ends_are_heeded(text, problem):
    assert clean(text, "range")["problem"] == problem
