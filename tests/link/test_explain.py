import re

import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link.explain import entity_sentence, explained, sentence, sentences, told
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


def test_a_weighed_link_says_how_far_each_attribute_agrees():
    weighed = LINK | {"reason": "weighed", "levels": "name=homophone;birth_date=exact", "name_conflict": False}
    assert "姓名同音；出生日期一致。" in explained(weighed, "zh")
    assert "Name: sounds the same; birth date: the same." in explained(weighed, "en")


@pytest.mark.parametrize("levels", [None, "name=exact;phone=one_digit"])
def test_a_table_of_links_is_told_line_by_line(levels):
    links = pl.DataFrame(
        {"reason": ["weighed", "id_equal"], "levels": [levels, None]}, schema_overrides={"levels": pl.String}
    )
    said = told(links, "zh").to_list()
    assert said[0].startswith(REASONS["weighed"].zh)
    assert said[0].endswith("电话差一位。") is (levels is not None)
    assert said[1] == REASONS["id_equal"].zh


@pytest.mark.parametrize("reason", ["id_valid", "id_repaired", "id_in_certificate", "id_missing", "id_broken"])
def test_every_reason_of_a_person_s_key_has_a_sentence(reason):
    assert entity_sentence(reason, "zh").endswith("。")
