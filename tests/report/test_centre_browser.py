"""The data centre's page in a real Chromium: no request, no complaint, nothing wider than the window, usable by keyboard, printable."""

from itertools import pairwise

import pytest
from playwright.sync_api import sync_playwright

from casebook.report.centre import write_centre
from tests.report import small_centre

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def engine(chromium):
    """The browser, started once for this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(engine, tmp_path):
    """Opens the page with the network cut; what it asked for and complained of is kept in `page.trouble`."""
    path = write_centre(tmp_path, small_centre.centre())
    contexts = []

    def open_file(**options):
        contexts.append(engine.new_context(**options))
        contexts[-1].set_offline(True)
        page = contexts[-1].new_page()
        page.trouble = []
        page.on("request", lambda r: page.trouble.append(r.url) if r.url != path.as_uri() else None)
        page.on("console", lambda m: page.trouble.append(m.text))
        page.on("dialog", lambda d: (page.trouble.append(d.message), d.dismiss()))
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_its_window_and_asks_for_nothing(open_page, width, scheme):
    page = open_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.trouble == []


def test_it_reads_without_script(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator("h1").inner_text() == "数据中心"
    assert page.locator("svg").count() == 6


def test_first_key_leads_to_the_text_and_headings_do_not_skip_a_level(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_prints_on_a4(open_page):
    assert open_page().pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")
