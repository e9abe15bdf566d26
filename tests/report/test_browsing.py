"""The lead browser: what matches, what a moved number does, what it shows without a front end."""

import pytest
from pydantic import ValidationError

from casebook.report import browsing, show
from casebook.report.browser import WIDGET, moved_text, opened_text
from casebook.report.browsing import Wanted


@pytest.fixture
def browser(run, result):
    return show.browse(run, result)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), 14),
        (Wanted(bin="flagged"), 2),
        (Wanted(kind="owed"), 1),
        (Wanted(place="石桥"), 1),
        (Wanted(place="(.*"), 0),
        (Wanted(least_yuan=150.01), 2),
        (Wanted(bin="lead", kind="after_death", least_yuan=150.0), 9),
    ],
)
def test_leads_that_match(result, wanted, found):
    assert browsing.matching(result.leads, wanted).height == found


def test_only_numbers_can_be_moved(result):
    assert browsing.numbers_of(result.parameters) == {"limit_yuan": 200, "share": 0.03}


def test_a_lower_limit_moves_rows(run, result):
    bins = browsing.shift(run, result, "limit_yuan", 100)
    assert bins["clear"] == (2, 1)
    assert bins["lead"][0] == 10
    assert sum(new for _, new in bins.values()) == 16


def test_a_value_the_model_refuses_is_an_error(run):
    with pytest.raises(ValidationError):
        browsing.moved(run, "limit_yuan", 1.5)


def test_a_refused_value_is_said_in_words(browser):
    assert "不接受" in moved_text(browser, "limit_yuan", 1.5)


def test_moved_bins_show_the_change(browser):
    assert "-1" in moved_text(browser, "limit_yuan", 100)


def test_an_opened_lead_is_its_whole_dossier(browser, result):
    text = opened_text(browser, result.leads.filter(bin="lead", direction="over")["lead_id"][0])
    assert "原样" in text
    assert "推翻" in text
    assert "民法典" in text


def test_a_batch_run_shows_the_printed_counterpart(browser, tmp_path, monkeypatch):
    (tmp_path / "job.json").write_text("{}")
    monkeypatch.chdir(tmp_path)
    data, _ = browser._repr_mimebundle_()
    assert WIDGET not in data
    assert "limit_yuan" in data["text/plain"]


def test_a_front_end_gets_widgets_and_the_printed_counterpart(browser, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data, _ = browser._repr_mimebundle_()
    assert data[WIDGET]["model_id"]
    assert data["text/html"]


def test_no_widget_renders_html(browser):
    seen = _all(browser.widget())
    assert seen
    assert not any("HTML" in type(w).__name__ for w in seen)


def test_filtering_narrows_the_list_and_opening_fills_the_text(browser):
    panel = browser.widget().children[0]
    chosen = panel.children[0].children[0]
    found, opened = panel.children[2], panel.children[3]
    chosen.value = "excluded"
    found.value = found.options[0][1]
    assert len(found.options) == 1
    assert "已退回" in opened.value


def test_judging_again_prints_the_five_bins(browser):
    row, said = browser.widget().children[1].children
    row.children[1].value = 100
    row.children[2].click()
    assert "未命中" in said.value


def _all(widget):
    return [widget, *(w for child in getattr(widget, "children", ()) for w in _all(child))]
