"""The report in a real Chromium: no request, no error, nothing hostile runs, the lead list works.

These tests need /usr/bin/chromium and fail without it: a report nobody opened is not tested.
"""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from casebook.report.index import Outcome, write_index

CHROMIUM = "/usr/bin/chromium"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    assert Path(CHROMIUM).exists(), f"{CHROMIUM} is missing; install Debian's chromium to test reports"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens a file with the network cut; what it asked for and complained of is kept in `page.trouble`."""
    contexts = []

    def open_file(path, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_offline(True)
        page = context.new_page()
        page.trouble = []
        page.on("request", lambda r: page.trouble.append(r.url) if r.url != path.as_uri() else None)
        page.on("console", lambda m: page.trouble.append(m.text))
        page.on("pageerror", lambda e: page.trouble.append(str(e)))
        page.on("dialog", lambda d: (page.trouble.append(d.message), d.dismiss()))
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page, report):
    return open_page(report)


def rows(page):
    return page.locator("#lead-table > tbody > tr:not(.opened)")


def status(page):
    return page.locator("#lead-tools [role=status]").inner_text()


def test_no_request_no_error_no_dialog(page):
    page.wait_for_timeout(200)
    assert page.trouble == []


def test_an_inserted_script_and_style_are_stopped(page):
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.pwned = 1'}))"
    )
    assert page.evaluate("window.pwned") is None
    assert any("Content Security Policy" in t for t in page.trouble)


def test_search_narrows_the_list(page):
    page.fill("#lead-search", "石桥")
    assert rows(page).count() == 1
    assert "1" in status(page)


@pytest.mark.parametrize(
    ("key", "value", "left"), [("bin", "flagged", 2), ("kind", "应发未发", 1), ("place", "石桥镇", 1)]
)
def test_filters_narrow_the_list(page, key, value, left):
    page.select_option(f"#lead-{key}", value)
    assert rows(page).count() == left


def test_sorting_by_amount_and_back(page):
    head = page.locator("#lead-table thead th").last
    head.locator("button").click()
    rising = [
        float(t.replace(",", "")) for t in page.locator("#lead-table > tbody > tr > td:last-child").all_inner_texts()
    ]
    head.locator("button").click()
    assert rising == sorted(rising)
    assert head.get_attribute("aria-sort") == "descending"
    assert rows(page).first.locator("td").last.inner_text() == "50,000.00"


def test_a_lead_opens_to_its_source_rows_and_closes(page):
    button = rows(page).nth(1).locator("button")
    button.click()
    text = page.locator("tr.opened").inner_text()
    assert all(word in text for word in ("原样", "清洗后", "a" * 64, "民法典", "推翻"))
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert page.locator("tr.opened").count() == 0


def test_the_list_works_by_keyboard(page):
    rows(page).first.locator("button").focus()
    page.keyboard.press("Enter")
    assert page.locator("tr.opened").count() == 1


def test_hostile_text_is_shown_as_text(page, payload):
    assert page.locator("#lead-table").inner_text().count("<img src=x onerror=alert(1)>") >= 1
    assert page.locator("img").count() == 0


def test_without_script_evidence_is_reached_by_links(open_page, report):
    page = open_page(report, java_script_enabled=False)
    link = page.locator("#lead-table tbody a").nth(1)
    target = link.get_attribute("href")
    page.locator(f"{target} > summary").click()
    assert "原样" in page.locator(target).inner_text()
    assert rows(page).count() == 14
    assert page.trouble == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(open_page, report, width):
    page = open_page(report, viewport={"width": width, "height": 900})
    rows(page).nth(1).locator("button").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_mode_is_dark(open_page, report):
    page = open_page(report, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"


def test_print_shows_the_opened_evidence_and_hides_the_tools(page):
    rows(page).nth(1).locator("button").click()
    page.emulate_media(media="print")
    assert page.locator("tr.opened").is_visible()
    assert not page.locator("#lead-tools").is_visible()


def test_the_index_opens_without_trouble(open_page, tmp_path):
    page = open_page(write_index(tmp_path, [Outcome("s", "公益", "模型", "done", {"lead": 1}, {"甲": 1}, 1, 9)]))
    assert page.locator(".lines-of > li").count() == 5
    assert page.trouble == []
