"""The catalogue speaks both languages, completely, and every key the code asks for exists."""

import re
import string
from pathlib import Path

import pytest

from casebook.case.assess import BINS
from casebook.intake import sentences
from casebook.report import words as wording
from casebook.report.words import Words, brief, catalogue, month_name, span, yuan

PACKAGE = Path(wording.__file__).parent
ASKED = re.compile(r"""say\(\s*["']([a-z_A-Z0-9]+\.[a-z_A-Z0-9]+)["']""")
HEADS = re.compile(r"heads\(words, ([^)]*)\)")


def _texts():
    return [p.read_text() for p in [*PACKAGE.glob("*.py"), *PACKAGE.glob("templates/*.html")]]


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_sentence_stands_in_both_languages_with_the_same_facts(key):
    zh, en = catalogue()[key]["zh"], catalogue()[key]["en"]
    facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (zh, en)]
    assert zh
    assert en
    assert facts[0] == facts[1]


def test_every_key_asked_for_exists():
    asked = {key for text in _texts() for key in ASKED.findall(text)}
    heads = {
        f"head.{k.strip(' #')}" for t in _texts() for found in HEADS.findall(t) for k in re.findall(r'"(#?\w+)"', found)
    }
    assert asked
    assert heads
    assert (asked | heads) <= set(catalogue())


@pytest.mark.parametrize("prefix", ["bin", "bin_means"])
def test_every_bin_has_its_word(prefix):
    assert all(Words("zh").say(f"{prefix}.{b}") != Words("en").say(f"{prefix}.{b}") for b in BINS)


def test_reject_reasons_come_in_both_languages():
    assert all(len(pair) == 2 for pair in sentences.of("reject").values())


def test_whole_numbers_get_thousands_separators():
    assert "1,234,567" in Words("zh").say("note.rows_left_out", rows=1234567)


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        Words("zh").say("note.nothing")


def test_an_unknown_code_shows_itself():
    assert Words("en").known("problem", "odd_code") == "odd_code"


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (-123456, "-1,234.56"), (100_000_000, "1,000,000.00")]
)
def test_amounts_are_exact(fen, text):
    assert yuan(fen) == text


@pytest.mark.parametrize(("title", "text"), [("甲。乙。", "甲"), ("One. Two.", "One"), ("甲", "甲"), ("", "")])
def test_a_title_is_cut_to_its_first_sentence(title, text):
    assert brief(title) == text


def test_december_is_the_last_month_of_its_year():
    assert month_name(2025 * 12 + 11) == "2025-12"


def test_a_period_without_days_is_empty():
    assert span(None, None) == ""
