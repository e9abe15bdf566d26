import polars as pl
import pytest

from casebook.link.firm_names import with_wholes


def grade(left: str | None, right: str | None, cores: str = "exact") -> str:
    pair = pl.DataFrame(
        {"name": [left], "name_right": [right]}, schema=dict.fromkeys(("name", "name_right"), pl.String)
    )
    return with_wholes(pair, pl.Series([cores])).item()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("北京红星有限公司", "上海红星有限公司"),
        ("青禾区红星食品有限公司", "海淀区红星食品有限公司"),
        ("山东恒丰食品有限公司", "河北恒丰食品有限公司"),
    ],
)
def test_two_places_are_no_agreement(left, right):
    assert grade(left, right) == grade(right, left) == "other_place"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("中国建设银行股份有限公司朝阳支行", "中国建设银行股份有限公司海淀支行"),
        ("肯德基(国贸店)", "肯德基(大望路店)"),
        ("恒丰食品有限公司陵城分公司", "恒丰食品有限公司德州分公司"),
    ],
)
def test_two_branches_are_different(left, right):
    assert grade(left, right) == grade(right, left) == "different"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("德州市陵城区恒丰食品有限公司", "陵城区恒丰食品有限公司"),
        ("山东德州恒丰食品有限公司", "德州市恒丰食品有限公司"),
        ("北京红星有限公司", "红星有限公司"),
        ("恒丰食品有限公司陵城分公司", "恒丰食品有限公司"),
        ("肯德基(国贸店)", "肯德基"),
        ("北京红星有限公司", None),
        ("红星有限公司", "红星有限责任公司"),
    ],
)
def test_a_place_within_the_other_or_in_one_name_only_says_nothing(left, right):
    assert grade(left, right) == grade(right, left) == "exact"


@pytest.mark.parametrize("cores", ["different", "missing"])
def test_names_that_do_not_agree_stay_as_they_are(cores):
    assert grade("北京红星有限公司", "上海红星有限公司", cores) == cores


def test_no_pairs_have_no_grades():
    nothing = pl.Series([], dtype=pl.String)
    assert with_wholes(pl.DataFrame({"name": nothing, "name_right": nothing}), nothing).to_list() == []
