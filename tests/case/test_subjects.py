"""Who may be named in a report, and how far evidence is masked."""

from datetime import date

import pytest

from casebook.case.evidence import Column, mask_of
from casebook.case.masking import mask
from casebook.case.subjects import MINOR, is_minor, privacy, subject

ADULT = "900001199001011234"
ROW = {"entity": ADULT, "subject_name": "张三丰", "period_end": date(2025, 12, 31)}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("900001200712311234", False), ("900001200801011234", True), ("900001201705051234", True), (None, False),
        ("123456789", False),
    ],
)  # fmt: skip
def test_minor_is_under_eighteen_at_the_end_of_the_period(small, key, expected):
    assert is_minor({**ROW, "entity": key}, small) is expected


def test_minor_is_not_named(small):
    assert subject({**ROW, "entity": "900001201705051234"}, small) == MINOR


def test_firm_is_named_by_code(small):
    row = {**ROW, "entity": "123456789", "key_type": "firm", "subject_name": "青禾机械", "subject_code": "91900001"}
    assert (subject(row, small), privacy(row, small)) == ("青禾机械 91900001", "firm")


@pytest.mark.parametrize(
    ("name", "own", "who", "shown"),
    [
        ("name", "name", "minor", "***"),
        ("village", "none", "minor", "***"),
        ("village", "none", "person", "小王庄"),
        ("location", "none", "person", "泉城路*"),
        ("location", "none", "firm", "泉城路12号"),
        ("parcel_code", "none", "person", "900001001002*******"),
    ],
)
def test_evidence_is_masked_by_who_it_is_about(name, own, who, shown):
    raw = {"name": "李小明", "village": "小王庄", "location": "泉城路12号", "parcel_code": "900001001002GB00001"}[name]
    assert mask(raw, mask_of(Column(name, own, {}), who)) == shown
