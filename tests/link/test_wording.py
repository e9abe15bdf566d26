import pytest

from casebook.errors import LinkError
from casebook.link import wording
from casebook.link.comparisons import FIRM, PERSON


@pytest.mark.parametrize("comparison", [*PERSON, *FIRM], ids=lambda c: c.name)
def test_every_comparison_and_level_has_words_in_both_languages(comparison):
    for level in comparison.levels:
        said = f"{comparison.name}={level}"
        assert wording.levels(said, "zh").endswith("。")
        assert wording.levels(said, "en").isascii()


def test_levels_read_as_one_sentence():
    assert wording.levels("name=variant;phone=one_digit", "zh") == "姓名为异体字写法；电话差一位。"


@pytest.mark.parametrize("role", ["phone", "account"])
def test_an_equal_telephone_or_account_is_said_to_be_of_several(role):
    assert "共用" in wording.levels(f"name=exact;{role}=exact", "zh")
    assert "may share it" in wording.levels(f"name=exact;{role}=exact", "en")
    assert "共用" not in wording.levels(f"name=exact;{role}=one_digit", "zh")


@pytest.mark.parametrize(("ask", "code"), [(wording.comparison, "mood"), (wording.level, "mood")])
def test_unknown_words_are_refused(ask, code):
    with pytest.raises(LinkError, match="got mood"):
        ask(code, "en")
