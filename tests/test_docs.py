"""The guide to matching tells what was measured: its tables are those of the figures beside its pictures."""

import json
import re

import pytest

from benches import guide_drawing, guide_words, matching_guide
from casebook.link import calibration
from casebook.link.reasons import REASONS
from casebook.synth import persons_slips

FIGURES = json.loads(matching_guide.FIGURES.read_text(encoding="utf-8"))
GUIDES = {language: path.read_text(encoding="utf-8") for language, path in matching_guide.GUIDES.items()}


@pytest.mark.parametrize("language", sorted(GUIDES))
def test_every_table_of_the_guide_tells_the_figures(language):
    text = GUIDES[language]
    assert matching_guide.filled(text, matching_guide.tables(FIGURES, language)) == text


@pytest.mark.parametrize("language", sorted(GUIDES))
def test_every_picture_named_exists_and_none_asks_for_anything(language):
    for name in re.findall(r"\((images/[^)]+)\)", GUIDES[language]):
        picture = (matching_guide.FIGURES.parents[1] / name).read_text(encoding="utf-8")
        assert picture.startswith("<svg")
        assert "href" not in picture.replace("xlink", "")


def test_sizes_told_in_words_are_those_measured():
    for text in GUIDES.values():
        assert f"{FIGURES['people']:,}" in text
        assert f"{FIGURES['firms']:,}" in text


def test_the_prior_told_in_prose_is_that_of_the_picture():
    prior = next(line["bits"] for line in FIGURES["waterfall"] if line["comparison"] == "prior")
    assert all(f"{prior:.1f}".replace("-", "−") in text for text in GUIDES.values())


def test_figures_are_of_reasons_and_slips_that_exist():
    assert {row["reason"] for row in FIGURES["reasons"]} <= set(REASONS)
    assert all(0 <= row["right"] <= row["pairs"] for row in FIGURES["reasons"])
    assert {row["id_kind"] for row in FIGURES["found"]} <= set(guide_words.KINDS)
    assert all(row["found"] <= row["linkable"] <= row["pairs"] for row in FIGURES["found"])


def test_pictures_are_drawn_from_the_figures():
    drawn = guide_drawing.pictures(FIGURES, calibration.shipped().to_dicts())
    assert set(drawn) == {"cascade", "wrong", "curve", "waterfall"}
    assert all("currentColor" not in picture for picture in drawn.values())


@pytest.mark.parametrize("language", sorted(GUIDES))
def test_the_lines_for_a_notebook_run_as_printed(language, monkeypatch):
    monkeypatch.chdir(matching_guide.ROOT)
    (block,) = re.findall(r"```python\n(.*?)```", GUIDES[language], re.DOTALL)
    made = {}
    exec(compile(block, "guide", "exec"), made)
    assert {"id_equal", "weighed"} <= set(made["pairs"]["reason"])
    assert made["lines"]["comparison"].to_list()[-1] == "probability"


def test_a_table_puts_figures_to_the_right():
    assert guide_words.table(("what", "n"), [("a", "1"), ("b", "2")]).splitlines()[1] == "| --- | ---: |"


def test_every_slip_of_an_id_has_words():
    assert set(persons_slips.ID_SLIPS) <= set(guide_words.KINDS)
