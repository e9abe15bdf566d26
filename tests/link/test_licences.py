import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link import licences

LISTED = "JY13301080111719"
MISREAD = "JY13301080111779"


def side(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    schema = dict.fromkeys(("licence", "licence_problem", "name"), pl.String)
    return pl.DataFrame(list(rows), schema=schema, orient="row").with_row_index("ref", offset=1)


def shown(
    licence: str | None, problem: str | None = "check_digit", name: str | None = "青禾区张记面馆"
) -> pl.DataFrame:
    return side((licence, problem, name))


def listed(*numbers: str, name: str = "青禾区张记面馆") -> pl.DataFrame:
    return side(*((number, None, name) for number in numbers))


def only(left: pl.DataFrame, right: pl.DataFrame, **asked: int) -> dict:
    frame = licences(left, right, **asked).frame
    assert frame.height == 1
    return frame.row(0, named=True)


@pytest.mark.parametrize(("name", "conflict"), [("青禾区张记面馆", False), ("河口镇李家饭店", True), (None, False)])
def test_same_number_is_t1(name, conflict):
    link = only(shown(LISTED, None, name), listed(LISTED))
    assert (link["tier"], link["reason"], link["name_conflict"]) == ("T1", "licence_equal", conflict)


def test_same_number_with_failing_check_is_t2():
    link = only(shown(MISREAD), side((MISREAD, "check_digit", "青禾区张记面馆")))
    assert (link["tier"], link["reason"]) == ("T2", "licence_equal_check_failed")


@pytest.mark.parametrize("misread", [MISREAD, LISTED[:-1], LISTED + "1"])
def test_one_listed_number_of_the_operator_repairs_a_misread_one(misread):
    link = only(shown(misread), listed(LISTED, "JY23701020073753"))
    assert (link["tier"], link["reason"]) == ("T2", "ocr_repair")
    assert (link["left_value"], link["right_value"]) == (misread, LISTED)


def test_several_listed_numbers_are_no_repair():
    assert licences(shown(MISREAD), listed(LISTED, "JY13301080111778")).frame.is_empty()


def test_other_operator_is_no_repair():
    assert licences(shown(MISREAD), listed(LISTED, name="河口镇李家饭店")).frame.is_empty()


def test_number_of_another_operator_does_not_hide_the_one_of_the_same():
    right = pl.concat(
        [listed(LISTED), listed("JY13301080111778", name="河口镇李家饭店").with_columns(pl.col("ref") + 1)]
    )
    assert only(shown(MISREAD), right)["right_value"] == LISTED


def test_number_that_passes_its_check_is_never_repaired():
    assert licences(shown(MISREAD, None), listed(LISTED)).frame.is_empty()


def test_distance_is_a_parameter():
    twice = MISREAD[:5] + "9" + MISREAD[6:]
    assert licences(shown(twice), listed(LISTED)).frame.is_empty()
    assert only(shown(twice), listed(LISTED), distance=2)["tier"] == "T2"
    assert licences(shown(MISREAD), listed(LISTED), distance=0).frame.is_empty()


def test_negative_distance_is_refused():
    with pytest.raises(LinkError, match="0 or more, got -1"):
        licences(shown(MISREAD), listed(LISTED), distance=-1)


@pytest.mark.parametrize("licence", [None, "", "无", "JY1330108****719"])
def test_no_number_never_joins(licence):
    assert licences(shown(licence), side((licence, None, "青禾区张记面馆"))).frame.is_empty()


def test_one_licence_for_several_shops_links_each():
    left = side(*[(LISTED, None, "青禾区张记面馆")] * 3)
    assert licences(left, listed(LISTED)).frame["left_ref"].to_list() == [1, 2, 3]
