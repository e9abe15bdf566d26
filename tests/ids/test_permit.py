import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.ids import permit


def row(text: str | None) -> dict[str, object]:
    return permit.clean(pl.Series([text], dtype=pl.String)).row(0, named=True)


@pytest.mark.parametrize(
    ("text", "form", "division"),
    [
        ("JY13301080111719", "1", "330108"),
        ("JY11105050876919", "1", "110505"),
        ("JY23701020073753", "2", "370102"),
        ("JY24403000001343", "2", "440300"),
    ],
)
def test_published_numbers_pass(text, form, division):
    expected = {
        "value": text,
        "problem": None,
        "repair": None,
        "form": form,
        "division": division,
        "certificate": "business",
    }
    assert row(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "jy23701020073753",
        " JY2 3701 0200 73753\t",
        "许可证编号：JY23701020073753",
        "食品经营许可证:JY23701020073753",
        "JY23701020073753(1-1)",
        "JY23701020073753（副本）",
    ],
)
def test_labels_blanks_and_copy_marks_are_dropped(text):
    assert row(text)["value"] == "JY23701020073753"
    assert row(text)["problem"] is None


def test_full_width_number_is_repaired():
    got = row("ＪＹ２３７０１０２００７３７５３")
    assert (got["value"], got["repair"]) == ("JY23701020073753", "full_width")


@pytest.mark.parametrize("text", ["JY2370102OO73753", "JY237O1020073753", "JY2370l020073753", "JY2370I020073753"])
def test_look_alikes_become_digits_when_the_check_passes(text):
    got = row(text)
    assert (got["value"], got["problem"], got["repair"]) == ("JY23701020073753", None, "ocr")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("JY23701020073754", "check_digit"),
        ("JY2370102OO73754", "characters"),
        ("JY2370102007375", "length"),
        ("JY93701020073750", "form"),
        ("SC10637142100123", "other_licence"),
        ("YB23701020073753", "other_licence"),
        ("鲁餐证字2014371421000123号", "other_licence"),
        ("鲁小餐饮371403000123", "other_licence"),
    ],
)
def test_doubtful_numbers_keep_their_text(text, problem):
    got = row(text)
    assert (got["value"], got["problem"], got["repair"]) == (text, problem, None)


def checked(body: str) -> str:
    carry = 10
    for digit in body[2:]:
        carry = ((carry + int(digit)) % 10 or 10) * 2 % 11
    return f"{body}{(11 - carry) % 10}"


PRODUCTION = checked("SC106371421001" + "2")


@pytest.mark.parametrize(
    ("text", "certificate", "division"),
    [
        (PRODUCTION, "production", "371421"),
        (PRODUCTION[:-1] + str((int(PRODUCTION[-1]) + 1) % 10), "production", None),
        (checked("SC106900001001" + "2"), "production", None),
        (checked("YB1371403000001"), "record", "371403"),
        ("QS371401011234", "production", None),
        ("SP3714211450012345", "distribution", None),
        ("鲁餐证字2014371421000123号", "catering_service", None),
        ("鲁卫食证字(2009)第371421-000123号", "hygiene", None),
        ("鲁小餐饮371403000123", "small", None),
        ("XC37140300012", "small", None),
        ("小餐饮备字〔2020〕12号", "small", None),
    ],
)
def test_other_papers_are_told_apart(text, certificate, division):
    got = row(text)
    assert (got["problem"], got["certificate"], got["division"], got["form"]) == (
        "other_licence",
        certificate,
        division,
        None,
    )


def test_papers_of_all_kinds_in_one_column_keep_their_rows():
    cells = [PRODUCTION, "JY23701020073753", None, "鲁小餐饮371403000123", "JY2370102007375"]
    kinds = permit.clean(pl.Series(cells))["certificate"].to_list()
    assert kinds == ["production", "business", None, "small", "business"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "blank"),
        (" ", "blank"),
        ("许可证编号：", "blank"),
        ("无", "placeholder"),
        ("2.37E+13", "digits_lost"),
        ("12345", "length"),
        ("见门头照片", "characters"),
    ],
)
def test_unreadable_cells_have_no_value_and_no_parts(text, problem):
    got = row(text)
    assert got.pop("problem") == problem
    assert set(got.values()) == {None}


def test_empty_column_has_the_same_types_as_a_full_one():
    assert permit.clean(pl.Series([], dtype=pl.String)).schema == permit.clean(pl.Series(["JY23701020073753"])).schema


@given(st.from_regex(r"[123]37[0-9]{4}00[0-9]{4}", fullmatch=True))
def test_exactly_one_check_digit_of_ten_passes(body):
    problems = permit.clean(pl.Series([f"JY{body}{digit}" for digit in range(10)]))["problem"]
    assert problems.null_count() == 1


@given(st.from_regex(r"JY[123]37[0-9]{4}00[0-9]{4}", fullmatch=True), st.integers(1, 9))
def test_a_mutated_check_digit_is_always_noticed(body, shift):
    number = checked(body)
    assert permit.is_valid(number)
    wrong = number[:-1] + str((int(number[-1]) + shift) % 10)
    assert row(wrong)["problem"] == "check_digit"


@given(
    st.lists(
        st.one_of(st.none(), st.text(), st.from_regex(r"(JY|SC|YB|鲁餐证字)[0-9OIl]{13,15}", fullmatch=True)),
        max_size=6,
    )
)
def test_any_text_is_cleaned_without_raising_and_cleaning_again_changes_nothing(cells):
    once = permit.clean(pl.Series(cells, dtype=pl.String))
    kept = once.filter(pl.col("value").is_not_null())
    assert once.height == len(cells)
    assert permit.clean(kept["value"]).drop("repair").equals(kept.drop("repair"))


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("JY19901050000013", "JY19901050000013", "region_unknown"),
        ("JY10001050000014", "JY10001050000014", "region_unknown"),
        ("JY29000010000011", "JY29000010000011", None),
        ("JY11111111111113", None, "placeholder"),
        ("JY12345678901232", None, "placeholder"),
    ],
)
def test_a_passing_check_does_not_make_a_licence_of_nowhere(text, value, problem):
    assert permit.clean(pl.Series([text])).select("value", "problem").row(0) == (value, problem)
