"""Short names: every kind, exemption, fact, model and cleaning code of the program has one in both languages."""

from pathlib import Path

import pytest

import casebook
from casebook import clean, intake, scenarios
from casebook.intake import contract, sources
from casebook.report.words import catalogue, label_of, title_of

MODELS = [scenarios.load(name) for name in scenarios.known()]
CONDITIONS = [c for model in MODELS for c in (*model.kinds, *model.exemptions)]
KEYS = Path(casebook.__file__).parent / "link" / "keys.py"
UNMATCHED = ("id_missing", "id_broken", "code_missing", "code_broken", "no_organisation_inside")
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


@pytest.mark.parametrize("code", UNMATCHED)
def test_every_reason_not_to_compare_has_words(code):
    assert code in KEYS.read_text()
    assert f"unmatched.{code}" in catalogue()


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
