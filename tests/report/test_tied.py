"""The block that says why rows are taken for the subject's."""

import pytest

from casebook.report import tied
from casebook.report.words import Words


def row(number, tier="T1", reason="id_equal", **more):
    tie = {"tier": tier, "reason": reason, "levels": None, "probability": None, "name_conflict": False, **more}
    return {
        "contract": "police_deaths",
        "role": "death",
        "file": "deaths.xlsx",
        "sheet": "Sheet1",
        "row": number,
        "tie": tie,
    }


def lines(*rows, language="en"):
    (block,) = tied.table(rows, {"police_deaths": "Deaths"}, Words(language))
    return block.rows


def test_rows_tied_alike_share_a_line_that_names_them():
    assert lines(row(9), row(4)) == (("Deaths", "deaths.xlsx [Sheet1]", "4, 9", "T1", Words("en").say("tie.id_equal")),)


def test_rows_of_two_files_are_never_mixed():
    assert [line[1:3] for line in lines(row(4), row(4) | {"file": "b.csv", "sheet": ""})] == [
        ("b.csv", "4"),
        ("deaths.xlsx [Sheet1]", "4"),
    ]


@pytest.mark.parametrize(
    ("role", "begins"), [("main", "The row's own citizen id"), ("death", "The row's number is the subject's.")]
)
def test_a_row_met_by_its_own_key_says_that_it_is_the_subjects(role, begins):
    assert lines(row(1, reason="id_valid") | {"role": role})[0][4].startswith(begins)


def test_many_rows_are_counted_after_the_first_twelve():
    assert lines(*(row(n) for n in range(1, 16)))[0][2].endswith("12 and 3 more")


def test_the_weakest_tier_comes_last():
    assert [line[3] for line in lines(row(1, "T3", "name_birth_date"), row(2))] == ["T1", "T3"]


@pytest.mark.parametrize(("language", "said"), [("en", "settle it first"), ("zh", "须先核实")])
def test_names_that_contradict_are_told(language, said):
    assert said in lines(row(1, name_conflict=True), language=language)[0][4]


def test_a_weighed_link_tells_how_far_each_attribute_agrees():
    told = lines(row(1, "T3", "weighed", levels="name=homophone;birth_date=exact", probability=0.985))[0][4]
    assert "Name: sounds the same; birth date: the same. Where a side states no birth date" in told
    assert "about 98% of pairs" in told


def test_no_likelihood_is_told_as_certain():
    told = lines(row(1, "T3", "weighed", levels="name=exact;birth_date=exact", probability=0.99999))[0][4]
    assert "about 99% of pairs" in told


def test_a_row_met_by_the_subjects_key_does_not_claim_that_every_row_bears_it():
    assert "how the subject came by it" in lines(row(1))[0][4]


def test_a_key_of_the_table_itself_has_its_sentence():
    assert lines(row(1, reason="own_key"))[0][4].startswith("The row is the subject's own record")


def test_rows_without_a_tie_make_no_block():
    assert tied.table([{"contract": "x", "row": 1, "tie": None}, {"contract": "x", "row": 2}], {}, Words("zh")) == []
