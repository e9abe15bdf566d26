"""Rows as delivered → judged months: worked cases from domain.md, one situation a test."""


def test_worked_check_died_in_march_paid_through_september(subsidies):
    book = subsidies.certificate().paid("2023-01", "2023-09").died("2023-03-12")
    told = book.told(period_start="2023-01-01", period_end="2023-12-31", standard_table="standards.csv")
    assert told == 1
