import pytest

from casebook.text import chains


def read(*names):
    ends = [sum(map(len, names[: place + 1])) for place in range(len(names))]
    return chains.read(list(names), ends)


@pytest.mark.parametrize(
    ("names", "code", "status"),
    [
        (["山东省", "德州市", "陵城区"], "371403", "in_force"),
        (["山东", "德州", "陵城"], "371403", "in_force"),
        (["德州市", "德州市", "陵城区"], "371403", "in_force"),
        (["北京市", "市辖区", "朝阳区"], "110105", "in_force"),
        (["陵县"], "371403", "replaced"),
        (["石家庄市", "桥东区"], None, "split"),
        (["鼓楼区"], None, "ambiguous"),
        (["江苏省", "鼓楼区"], None, "ambiguous"),
        (["南京市", "鼓楼区"], "320106", "in_force"),
        (["山东省", "杭州市"], None, "contradictory"),
        (["德州市", "城区"], "371400", "in_force"),
        (["桥东区"], None, "ambiguous"),
        (["东城区"], "110101", "in_force"),
    ],
)
def test_names_mean_one_place_or_none(names, code, status):
    found = read(*names)
    assert (found.code, found.status) == (code, status)


@pytest.mark.parametrize("name", ["朝阳", "和平", "陵城", "东方", "西安"])
def test_a_short_name_that_may_be_a_word_stands_for_nothing_alone(name):
    assert read(name) == chains.Found()


@pytest.mark.parametrize(("name", "code"), [("山东", "370000"), ("德州", "371400"), ("张家港", "320582")])
def test_a_short_name_that_can_mean_one_place_stands_alone(name, code):
    assert read(name).code == code


def test_code_as_written_is_the_one_under_the_division_written_above():
    assert read("陵县").code_as_written == "371421"
    assert read("德州地区", "陵县").code_as_written == "372421"


def test_only_the_names_understood_are_used_up():
    assert read("德州市", "陵城区", "北京").length == len("德州市陵城区")


def test_no_names_mean_nothing():
    assert chains.read([], []) == chains.Found()
