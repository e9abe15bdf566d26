"""The data island: harmless as markup, whole as data."""

import json

import pytest

from casebook.report.blocks import Head, Lines, Mark, Table
from casebook.report.island import Texts, island_json, packed

PAYLOADS = ["</script><script>1</script>", "<!--", "]]>", "&lt;", "\u2028\u2029", "线索", "", '"\\', "\U00020087"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_island_round_trip(text):
    assert json.loads(str(island_json({"a": [text]}))) == {"a": [text]}


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_character_of_markup_is_left(text):
    assert not set(str(island_json([text]))) & set("<>&\u2028\u2029")


def test_each_text_is_stored_once():
    texts = Texts()
    table = Table("c", (Head("a"), Head("n", number=True)), (("x", "1"), ("x", "1")))
    assert packed([table], texts) == [[0, 2, [[0, 0], [1, 1]], [[3, 4], [3, 4]]]]
    assert texts.all == ["a", "n", "c", "x", "1"]


def test_a_bin_keeps_its_name_beside_its_word():
    texts = Texts()
    assert packed([Table("", (Head(""),), ((Mark("lead", "● 线索"),),))], texts)[0][3] == [[["lead", 1]]]


def test_lines_keep_their_order():
    texts = Texts()
    (block,) = packed([Lines(("b", "a", "b"), "t")], texts)
    assert [texts.all[i] for i in block[2]] == ["b", "a", "b"]
