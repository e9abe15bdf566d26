"""Parameters are refused before any kernel starts, each fault in a sentence."""

from dataclasses import replace

import pytest
from pydantic import create_model

from casebook.batch import parameters
from casebook.errors import ParameterError

CODE = "a = __import__('os').getcwd()\nb"


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "900001_2025.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{CODE!r}: 1\n", "the name of entry 1 must be 1 to 41"),
        ("'a = 1': 1\n", "the name of entry 1 must be"),
        ("Language: zh\n", "the name of entry 1 must be"),
        ("ａ: 1\n", "the name of entry 1 must be"),
        ("a: 1\na: 2\n", "stands twice"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases are not allowed"),
        ("a: {b: 1}\n", "a must be a plain value or a list of plain values"),
        ("a: [[1]]\n", "a must be a plain value"),
        ("- 1\n", "expected lines of `name: value`"),
        ("", "expected lines of `name: value`"),
        ("a: " + "x" * 20_000, "a has 20,000 characters, at most 10,000"),
        ("a: " + "x" * 10_000_000, "larger than 256 KiB"),
        ('a: "x\\ny"\n', "a holds a line break or a character that cannot be seen"),
        ('a: "\\u202e"\n', "a holds a line break"),
        ("a: [\n", "not readable as strict YAML"),
    ],
    ids=lambda value: value[:20],
)
def test_file_that_is_refused(write, text, told):
    with pytest.raises(ParameterError) as caught:
        parameters.read(write(text))
    assert told in str(caught.value)
    assert "getcwd" not in str(caught.value)


def test_full_width_blank_in_a_text_is_allowed(write):
    assert parameters.read(write("purpose: 核查　发放\n")) == {"purpose": "核查　发放"}


def test_missing_file_is_told_by_name(tmp_path):
    with pytest.raises(ParameterError, match=r"parameter file no\.yml: not found in"):
        parameters.read(tmp_path / "no.yml")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"stop_rul": "month_after"}, "unknown parameter stop_rul; known are approver, "),
        ({"min_months": "many"}, "parameter min_months: "),
        ({"min_months": True}, "parameter min_months: expected a number, got true or false"),
        ({"min_months": 1.5}, "parameter min_months: "),
        ({"period_start": "2025-02-30"}, "parameter period_start: "),
        ({"language": "fr"}, "parameter language: input should be 'zh' or 'en'"),
        ({"purpose": None}, "parameter purpose: "),
    ],
)
def test_value_the_model_refuses(scenario, values, change, told):
    with pytest.raises(ParameterError) as caught:
        parameters.check(scenario, values | change, "x.yml")
    assert str(caught.value).startswith(f"{scenario.id}, x.yml: ")
    assert told in str(caught.value)


def test_every_fault_is_told_at_once(scenario, values):
    wrong = {name: value for name, value in values.items() if name != "approver"} | {"odd": 1, "language": "fr"}
    with pytest.raises(ParameterError) as caught:
        parameters.check(scenario, wrong, "x.yml")
    assert all(part in str(caught.value) for part in ("approver is missing", "unknown parameter odd", "language"))


@pytest.mark.parametrize("value", ["nan", "inf", "-Infinity", float("nan")])
def test_number_that_is_none_is_refused(scenario, values, value):
    model = create_model("Parameters", __base__=scenario.parameters, share=(float, ...))
    with pytest.raises(ParameterError, match="parameter share: expected a finite number"):
        parameters.check(replace(scenario, parameters=model), values | {"share": value}, "x.yml")


def test_good_values_are_handed_on_unchanged(scenario, values):
    assert parameters.check(scenario, values, "x.yml") == values


def test_last_period_of_the_division_is_chosen(scenario, tmp_path):
    for name in ("900001_2024.yml", "900001_2025.yml", "900002_2026.yml"):
        (tmp_path / name).touch()
    assert parameters.choose(scenario, tmp_path, "900001").name == "900001_2025.yml"


@pytest.mark.parametrize("division", ["900003", "../900001", "*", ""])
def test_division_without_parameters_is_told_with_what_there_is(scenario, tmp_path, division):
    (tmp_path / "900001_2025.yml").touch()
    with pytest.raises(ParameterError, match=r"\(there is 900001_2025\.yml\)"):
        parameters.choose(scenario, tmp_path, division)
