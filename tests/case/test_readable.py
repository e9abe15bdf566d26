"""Values as people read them."""

from datetime import date

import pytest

from casebook.case.readable import readable


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("rate_fen", 480, "4.80 元"),
        ("paid_fen", -15000, "-150.00 元"),
        ("area_dm2", 0, "0.00 m²"),
        ("pay_month", 24300, "2025-01"),
        ("fen_per_month", 15000, "150.00 元"),
        ("year", 2025, "2025"),
        ("valid_until", date(9999, 12, 31), "9999-12-31（长期 open）"),
        ("issued_on", date(2025, 3, 1), "2025-03-01"),
        ("has_certificate", False, "否 no"),
        ("has_certificate", None, ""),
        ("name", "张*", "张*"),
    ],
)
def test_value_reads_by_its_unit(column, value, shown):
    assert readable(column, value) == shown
