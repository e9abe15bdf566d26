"""Sections of the data centre: exact counts, words of both languages, a sentence where there is nothing to show."""

from dataclasses import replace
from datetime import date

import pytest

from casebook.report import show
from casebook.report.centre_words import change, share
from casebook.report.words import Words
from tests.report import small_centre

OVERVIEW = ("attention", "holdings", "refused", "fill_rates", "id_quality", "changes", "drift", "retention")


@pytest.fixture(scope="module")
def centre():
    return small_centre.centre()


def line(fragment, start):
    """The first line of the text that begins so, its blanks in one."""
    return next(" ".join(text.split()) for text in fragment.text.splitlines() if text.startswith(start))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", OVERVIEW)
def test_each_section_speaks_each_language_and_bears_its_name(centre, name, language):
    made = getattr(show, name)(centre, language)
    assert made.section == name
    assert made.text.strip()
    assert "<img" not in made.html


@pytest.mark.parametrize("name", OVERVIEW)
def test_each_section_stands_where_nothing_is_wrong_and_where_nothing_was_read(name):
    for empty in (small_centre.sound(), small_centre.centre(small_centre.centre().holdings[2])):
        assert getattr(show, name)(empty).text.strip()


def test_rows_of_each_source_add_up(centre):
    assert line(show.holdings(centre, "en"), "发放表").split()[-4:] == ["1,300", "1,250", "50", "6"]


def test_reasons_are_sentences_and_an_unknown_one_shows_its_code(centre):
    text = show.refused(centre, "zh").text
    assert "合计、小计行" in text
    assert "odd.reject" in text
    assert "单元格是公式错误值" in text


def test_fill_rates_stand_beside_those_before(centre):
    made = show.fill_rates(centre, "en")
    assert "2 of 4 columns are filled in every row" in made.text
    assert line(made, "乡镇").split()[-3:] == ["0%", "100%", "−100.0"]
    assert line(made, "身份证号").split()[-3:] == ["100%", "100%", "="]
    assert "0% (−100.0)" in made.svg


def test_ids_by_class(centre):
    assert line(show.id_quality(centre, "en"), "发放表").split()[-7:] == ["1,000", "100", "50", "90", "5", "5", "88.0%"]


def test_changes_by_key(centre):
    made = show.changes(centre, "en")
    assert line(made, "发放表").split()[1:] == [
        "2026-01-05", "身份证号", "1,000", "150", "40", "790", "400", "20", "1,250",
    ]  # fmt: skip
    assert "+400" in made.svg
    assert "1 of 2 sources have an earlier delivery" in made.text


def test_a_first_delivery_has_nothing_to_be_compared_with():
    assert show.changes(small_centre.sound(), "en").text.startswith("None of the 1 sources has an earlier delivery")


def test_new_and_vanished_values_are_named_and_small_ones_are_not_counted(centre):
    text = show.drift(centre, "en").text
    assert "New: 新" in text
    assert "Gone: 旧" in text
    assert [row.split()[1] for row in text.splitlines() if row.startswith("少")] == ["hidden"]
    assert "other values (under 5 rows each)" in text


def test_what_expires_next_and_what_the_set_lacks(centre):
    text = show.retention(centre, "en").text
    assert "2026-04-20" in text
    assert line(show.retention(centre, "en"), "2026-04-20").split()[:3] == ["2026-04-20", "19", "发放表"]
    assert "2 sources have no retention date" in text
    assert "迁移名单 (民政局)" in text


def test_one_source_closely(centre):
    text = show.source_closely(centre, "payments", "zh").text
    assert "gb18030" in text
    assert "abababababab" in text
    assert small_centre.DIGEST not in text
    assert "状态" in text
    assert "A small model" not in text
    assert "经检查后未保留：乡镇" in text


def test_notes_are_gathered_by_code_with_headers_and_first_rows(centre):
    made = show.source_closely(centre, "payments", "en")
    assert "Title rows above the header" in made.text
    assert "rows 10, 11, 12, 13, 14, 15 and 3 more" in made.text
    assert "多0, 多1, 多2, 多3, 多4, 多5 and 2 more" in made.text
    assert "odd.code" in made.text
    assert "二月.xlsx · 藏" in made.text
    assert "二月.xlsx · 表1" not in made.text


def test_a_refused_source_says_why(centre):
    assert "Refused: orphans.xlsx is empty" in show.source_closely(centre, "orphans", "en").text


@pytest.mark.parametrize(
    ("part", "said"), [(0.0, "0%"), (1.0, "100%"), (0.99999, "99.9%"), (0.00001, "0.1%"), (0.5, "50.0%")]
)
def test_a_share_is_whole_or_nothing_only_when_it_is(part, said):
    assert share(part) == said


def test_a_change_is_told_in_points():
    assert [change(0.5, before, Words("en")) for before in (0.75, 0.5, None, 0.25)] == [
        "−25.0",
        "=",
        "none before",
        "+25.0",
    ]


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("fill_rates", "没有读取任何数据源。"),
        ("changes", "没有读取任何数据源。"),
        ("drift", "没有可与上次报送比较的类别字段。"),
        ("id_quality", "所读取的数据中没有证件号、代码字段。"),
    ],
)
def test_nothing_read_is_said_without_counting_to_zero(section, said):
    text = getattr(show, section)(small_centre.centre(small_centre.centre().holdings[2])).text
    assert said in text
    assert "0 个" not in text


def test_a_retention_date_that_has_passed_is_told_in_days_over():
    late = replace(small_centre.centre(), today=date(2026, 4, 30))
    assert "已过 10 天" in line(show.retention(late), "2026-04-20")
