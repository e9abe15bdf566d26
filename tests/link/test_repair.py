import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.link.repair import holds, slips

GOOD = "11010519491231002X"
bodies = st.from_regex(r"[1-9][0-9]{5}19[0-9]{2}0[1-9]1[0-9][0-9]{3}", fullmatch=True)


def with_check(body: str) -> str:
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    rest = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[rest]


def found(broken: str | None, *listed: str | None) -> list[tuple[str, str]]:
    answer = slips(pl.Series([broken], dtype=pl.String), pl.Series(listed, dtype=pl.String))
    return answer.select("corrected", "slip").rows()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (GOOD, True),
        ("110105194912310021", False),
        ("11010519491331002X", False),
        ("11010519491231002x", False),
        ("", False),
        ("91110000101623741K", False),
        (None, None),
    ],
)
def test_id_holds_by_shape_and_check(text, answer):
    assert holds(pl.Series([text], dtype=pl.String)).item() is answer


@settings(max_examples=40, deadline=None)
@given(bodies, st.integers(0, 17), st.integers(1, 9))
def test_every_single_wrong_digit_is_found_back(body, place, step):
    right = with_check(body)
    digits = "0123456789X" if place == 17 else "0123456789"
    wrong = right[:place] + digits[(digits.index(right[place]) + step) % len(digits)] + right[place + 1 :]
    assert found(wrong, right, "110105194912310030") == [(right, "one_digit")]


@settings(max_examples=40, deadline=None)
@given(bodies, st.integers(0, 15))
def test_every_exchange_of_neighbours_is_found_back(body, place):
    right = with_check(body)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert found(wrong, right) == ([] if wrong == right else [(right, "transposed")])


@pytest.mark.parametrize("broken", [None, "", GOOD, "3.71421E+17", "11010549123100", "1101051949123100２X"])
def test_text_that_is_no_broken_id_has_no_corrections(broken):
    assert found(broken, GOOD) == []


def test_two_slips_are_not_found():
    assert found("21010519491231012X", GOOD) == []


def test_unlisted_and_null_ids_are_not_found():
    assert found("11010519491231003X", None, "900001195002031276") == []


def test_each_pair_once_however_often_it_comes():
    broken = pl.Series(["11010519491231003X"] * 3)
    assert slips(broken, pl.Series([GOOD] * 2)).height == 1


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_a_check_character_left_off_is_found_back(body):
    assert found(body, with_check(body), "110105194912310030") == [(with_check(body), "check_lost")]


def test_a_digit_left_off_inside_is_not_found():
    assert found("1101051949123102X", GOOD) == []
    assert found("11010519491231023", GOOD) == []
