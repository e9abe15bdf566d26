import pytest

from casebook.text import placenames


def the(name, code):
    meaning = placenames.meanings()[name]
    return next(place for place in meaning.full + meaning.short if place.code == code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("内蒙", "150000"),
        ("黔东南州", "522600"),
        ("大厂县", "131028"),
        ("科左中旗", "150521"),
        ("达茂旗", "150223"),
        ("襄樊市", "420600"),
        ("德州", "371400"),
    ],
)
def test_customary_names_stand_for_the_place(name, code):
    assert the(name, code).code == code


def test_old_prefecture_became_the_one_its_counties_belong_to():
    assert the("德州地区", "372400").today == ("371400",)
    assert the("巢湖市", "341400").today == ("340100", "340200", "340500")
    assert the("重庆市", "510200").today == ("500000",)


def test_every_place_that_ended_has_heirs_or_stands():
    assert all(place.today for place in placenames.places())


@pytest.mark.parametrize(
    ("above", "below", "holds"),
    [
        (("德州市", "371400"), ("陵城区", "371403"), True),
        (("德州地区", "372400"), ("陵县", "372421"), True),
        (("德州地区", "372400"), ("陵城区", "371403"), True),
        (("济南市", "370100"), ("陵城区", "371403"), False),
        (("陵城区", "371403"), ("德州市", "371400"), False),
    ],
)
def test_a_place_holds_what_was_ever_its_division(above, below, holds):
    assert the(*above).holds(the(*below)) is holds
