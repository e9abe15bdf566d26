"""Report and index in a real Chromium: no request, no error, nothing hostile runs, the lead list works, no id shows.

One page is made by hand (hostile texts, every bin), the other is what the installed program makes of the committed sample.
"""

import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from itertools import chain
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import sync_playwright

from casebook import intake
from casebook.intake import contract, sources
from casebook.report.index import Outcome, write_index
from casebook.report.words import catalogue

MODEL = "disabled_two_subsidies"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def engine(chromium):
    """The browser, started once for this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def real(root, tmp_path_factory):
    """Run folder of the installed program's own batch of one model over the committed sample."""
    out = tmp_path_factory.mktemp("real") / "run"
    program = Path(sys.executable).with_name("casebook")
    call = [program, "batch", MODEL, "--sources", root / "tests/samples/sources.yml", "--out", out]
    done = subprocess.run(call, cwd=root, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture
def open_page(engine):
    """Opens a file with the network cut; what it asked for and complained of is kept in `page.trouble`."""
    contexts = []

    def open_file(path, **options):
        context = engine.new_context(**options)
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
        float(t.replace(",", "").replace("–", "0"))
        for t in page.locator("#lead-table > tbody > tr > td:last-child").all_inner_texts()
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


@pytest.fixture
def real_page(open_page, real):
    return open_page(real / MODEL / "report.html")


def test_a_real_report_opens_without_trouble(real_page):
    real_page.wait_for_timeout(200)
    assert real_page.trouble == []
    assert rows(real_page).count() == 50


def test_a_real_list_is_searched_filtered_and_sorted(real_page):
    real_page.select_option("#lead-bin", "unmatched")
    assert rows(real_page).count() == 5
    real_page.select_option("#lead-bin", "")
    real_page.select_option("#lead-kind", "死亡后仍发放")
    real_page.locator("#lead-table thead th").last.locator("button").click()
    fen = [round(float(t.replace(",", "")) * 100) for t in rows(real_page).locator("td:last-child").all_inner_texts()]
    assert len(fen) >= 16
    assert fen == sorted(fen)
    real_page.fill("#lead-search", rows(real_page).first.locator("button").inner_text())
    assert rows(real_page).count() == 1


def test_a_real_lead_opens_by_keyboard_to_its_source_rows(real_page):
    button = rows(real_page).first.locator("button")
    button.focus()
    real_page.keyboard.press("Enter")
    opened = real_page.locator("tr.opened")
    assert "federation_certificates.csv" in opened.inner_text()
    assert opened.locator("tbody tr", has_text="原样").count() >= 1
    assert button.get_attribute("aria-label").startswith("收起线索")


def test_a_real_doubt_is_told_first(real_page):
    real_page.select_option("#lead-bin", "flagged")
    rows(real_page).first.locator("button").click()
    title, sentence = real_page.locator(".opened-lead > *").first.locator("p").all_inner_texts()
    assert title == "先看这一句"
    assert sentence.startswith("存疑：可能适用")


def test_a_real_report_reads_without_script(open_page, real):
    page = open_page(real / MODEL / "report.html", java_script_enabled=False)
    target = page.locator("#lead-table tbody a").first.get_attribute("href")
    page.locator(f"{target} > summary").click()
    assert "federation_certificates.csv" in page.locator(target).inner_text()
    assert rows(page).count() == 119
    assert page.trouble == []


@pytest.mark.parametrize("script", [True, False])
def test_a_real_index_is_one_screen(open_page, real, script):
    page = open_page(real / "index.html", java_script_enabled=script, viewport={"width": 1280, "height": 900})
    table = page.locator("#models").bounding_box()
    assert table["y"] + table["height"] < 900
    assert page.locator("dd.figure").count() == 10
    assert "synthetic-sample-1" in page.locator("header .line").inner_text()
    page.locator(".by-kind summary").click()
    assert page.locator(".by-kind details li").first.is_visible()
    assert page.trouble == []


def test_no_citizen_id_of_the_sources_is_in_any_file(real, root):
    known = set(_citizen_ids(root))
    assert len(known) > 500
    texts = {path.name: _text(path) for path in (real / "index.html", *sorted((real / MODEL).iterdir()))}
    assert {"report.html", "notebook.ipynb", "leads.parquet", "leads.xlsx", "evidence.json"} <= set(texts)
    shown = {name: known & set(_digit_runs(text)) for name, text in texts.items()}
    assert {name: len(ids) for name, ids in shown.items() if ids} == {}


def test_every_role_of_a_real_source_row_has_words(real):
    held = json.loads((real / MODEL / "evidence.json").read_text())
    roles = {row["role"] for lead in held for row in lead["rows"]}
    assert {"main", "death"} < roles
    assert {f"role.{role}" for role in roles} <= set(catalogue())


def test_the_search_for_ids_finds_one(root):
    an_id = next(iter(_citizen_ids(root)))
    assert an_id in set(_digit_runs(f"证号{an_id}41。"))


def _citizen_ids(root):
    """Every id as delivered in the sample, those inside disability certificates too."""
    sample = sources.load(root / "tests/samples/sources.yml")
    for name in sample.sources:
        table = contract.load(root / "data_contracts" / f"{name}{contract.SUFFIX}")
        for column in (c for c in table.columns if c.kind in {"citizen_id", "disability_certificate"}):
            cells = intake.read(table, sample.files(name))[0].frame[column.name].drop_nulls()
            yield from chain.from_iterable(_digit_runs(cell, least=True) for cell in cells)


def _digit_runs(text, *, least=False):
    """Texts of 15 and 18 digits (the last may be X) in full or half width; `least`: the ids a cell begins with."""
    for run in re.findall("[0-9]{14,}[0-9Xx]?", unicodedata.normalize("NFKC", text).replace(" ", "")):
        starts = [0] if least else range(len(run) - 14)
        sizes = (15, 18) if len(run) != 20 else (18,)
        yield from (run[at : at + size] for at in starts for size in sizes if at + size <= len(run) and not least)
        if least and len(run) >= 18:
            yield run[:18]
        elif least and len(run) == 15:
            yield run


def _text(path):
    if path.suffix == ".parquet":
        return pl.read_parquet(path).write_json()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return path.read_text()
