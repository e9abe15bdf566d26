import re

import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link.explain import entity_sentence, explained, sentence, sentences
from casebook.link.reasons import REASONS

LINK = {"tier": "T1", "reason": "id_equal", "left_value": "9000**********127X", "right_value": "9000**********127X"}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_sentence_in_both_languages(reason):
    assert re.fullmatch(r"[\u4e00-\u9fff].*。", sentence(reason, "zh"))
    assert re.fullmatch(r"[A-Z][^\u4e00-\u9fff]*\.", sentence(reason, "en"))


@pytest.mark.parametrize("reason", REASONS)
def test_tier_of_a_reason_follows_its_score(reason):
    floor = {"T1": 1.0, "T2": 0.9, "T3": 0.68, "T4": 0.5}
    assert floor[REASONS[reason].tier] <= REASONS[reason].score <= 1


def test_reasons_of_keys_have_sentences():
    assert entity_sentence("id_in_certificate", "zh").startswith("本行身份号码缺失或无效")
    assert entity_sentence("code_missing", "en") == "No code: the row cannot be compared."


@pytest.mark.parametrize("ask", [sentence, entity_sentence])
def test_unknown_reason_is_refused(ask):
    with pytest.raises(LinkError, match="got guessed"):
        ask("guessed", "en")


def test_a_column_of_reasons_reads_as_sentences():
    said = sentences(pl.Series(["code_equal", None, "ocr_repair"]), "zh")
    assert said.to_list() == [REASONS["code_equal"].zh, None, REASONS["ocr_repair"].zh]


@pytest.mark.parametrize(("language", "doubt"), [("zh", "疑为数据错误"), ("en", "a likely data error")])
def test_a_link_is_told_with_its_values_and_a_conflict_of_names(language, doubt):
    assert doubt in explained(LINK | {"name_conflict": True}, language)
    told = explained(LINK | {"name_conflict": False}, language)
    assert told.startswith("T1: " + sentence("id_equal", language))
    assert told.count(LINK["left_value"]) == 2
    assert doubt not in told
