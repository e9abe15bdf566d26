"""Short names: every kind, exemption, fact, model and cleaning code of the program has one in both languages."""

import ast
from pathlib import Path

import pytest

import casebook
from casebook import clean, intake, scenarios
from casebook.intake import contract, sources
from casebook.link import wording
from casebook.link.comparisons import FIRM, PERSON
from casebook.link.explain import entity_sentence
from casebook.report.words import catalogue, label_of, title_of

MODELS = [scenarios.load(name) for name in scenarios.known()]
CONDITIONS = [c for model in MODELS for c in (*model.kinds, *model.exemptions)]
KEYS = Path(casebook.__file__).parent / "link" / "keys.py"
LONGEST_ZH, MOST_WORDS = 10, 5


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda c: f"{c.part}.{c.name}")
def test_every_kind_and_exemption_has_a_short_name(condition):
    entry = catalogue()[f"{condition.part}.{condition.name}"]
    assert 0 < len(entry["zh"]) <= LONGEST_ZH
    assert 0 < len(entry["en"].split()) <= MOST_WORDS
    assert label_of(condition, "en") == entry["en"]


def test_a_condition_of_a_draft_goes_by_its_title(run):
    assert (
        label_of(run.scenario.kind("too_much"), "zh") == title_of(run.scenario.kind("too_much"), "zh") == "发放超过限额"
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_kinds_of_a_model_have_different_names(model):
    assert all(len({label_of(k, w) for k in model.kinds}) == len(model.kinds) for w in ("zh", "en"))


@pytest.mark.parametrize("column", sorted({c for model in MODELS for k in model.kinds for c in k.shows}))
def test_every_fact_of_a_rule_has_a_label(column):
    assert f"fact.{column}" in catalogue()


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.id)
def test_models_receivers_and_documents_have_names(model):
    asked = {f"model.{model.id}"} | {f"receiver.{k.receiver}" for k in model.kinds}
    assert asked | {f"document.{k.document}" for k in model.kinds} <= set(catalogue())


@pytest.fixture(scope="module")
def key_reasons():
    """Every reason `link.keys` can give for a row's key, or for its having none."""
    tree = ast.parse(KEYS.read_text(encoding="utf-8"))
    finders = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.endswith("_entity")]
    calls = [
        n for f in finders for n in ast.walk(f) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "lit"
    ]
    return {a.value for call in calls for a in call.args}


def test_every_reason_of_a_key_is_told_and_every_reason_not_to_compare_has_words(key_reasons):
    assert {"id_valid", "id_broken", "unified_code"} <= key_reasons
    assert all(entity_sentence(code, "zh") != entity_sentence(code, "en") for code in key_reasons)
    untold = {code for code in key_reasons if "无法" in entity_sentence(code, "zh")}
    assert untold == {code for code in key_reasons if f"unmatched.{code}" in catalogue()}


def test_every_level_of_a_weighed_link_is_told_in_both_languages():
    levels = {(c.name, level) for c in (*PERSON, *FIRM) for level in c.levels}
    said = {f"{name}={level}": (name, level) for name, level in levels}
    assert len(said) > len(PERSON)
    assert all(wording.levels(text, "zh") != wording.levels(text, "en") for text in said)


@pytest.fixture(scope="module")
def sample_codes(root):
    """Every problem and repair code that cleaning the committed sample gives."""
    found = {"problem": set(), "repair": set()}
    sample = sources.load(root / "tests/samples/sources.yml")
    for name in sample.sources:
        table = contract.load(root / "data_contracts" / f"{name}{contract.SUFFIX}")
        frame = clean.columns(intake.read(table, sample.files(name))[0], table.names)
        for kind, codes in found.items():
            for column in (c for c in frame.columns if c.endswith(f"_{kind}")):
                codes.update(frame[column].drop_nulls().str.split(",").explode())
    return found


@pytest.mark.parametrize(("kind", "seen"), [("problem", "check_digit"), ("repair", "from_15")])
def test_every_code_of_the_sample_has_words(sample_codes, kind, seen):
    assert seen in sample_codes[kind]
    assert {f"{kind}.{code}" for code in sample_codes[kind]} <= set(catalogue())
