"""Planted persons owed money: entitled by both registers and unpaid, or paid below the standard. Thirty leads."""

from casebook.synth.subsidy_book import CERTIFICATES, Book
from casebook.synth.subsidy_rates import LIVING, NURSING, STANDARDS


def plant(book: Book) -> None:
    """Opens all lead cases of the direction `under`."""
    _never_paid(book)
    _stopped_within_the_year(book)
    _granted_within_the_year(book)
    _paid_below_standard(book)


def _never_paid(book: Book) -> None:
    for grade in (1, 1, 1, 1, 2, 2, 2, 2):
        case = book.open("underpaid", grade=grade)
        row = case.certificate()
        case.plant([row], "underpaid", "lead", 12 * STANDARDS[NURSING][grade], on=CERTIFICATES)
    for grade in (3, 3, 3, 4, 4, 4):
        case = book.open("underpaid", grade=grade)
        case.low_income()
        row = case.certificate()
        case.plant([row], "underpaid", "lead", 12 * STANDARDS[LIVING][grade], on=CERTIFICATES)
    for grade in (1, 2):
        case = book.open("underpaid", grade=grade)
        case.low_income()
        row = case.certificate()
        both = STANDARDS[NURSING][grade] + STANDARDS[LIVING][grade]
        case.plant([row], "underpaid", "lead", 12 * both, on=CERTIFICATES)


def _stopped_within_the_year(book: Book) -> None:
    for last in (3, 4, 6, 8, 9, 11):
        case = book.open("underpaid_after_stop", grade=2)
        row = case.certificate()
        case.pay(NURSING, 1, last)
        case.plant([row], "underpaid", "lead", (12 - last) * 120, on=CERTIFICATES)


def _granted_within_the_year(book: Book) -> None:
    """Nursing runs as it should; minimum living was granted on the first of a month and no living subsidy came."""
    for first in (4, 10):
        case = book.open("underpaid_from_grant", grade=2)
        case.low_income(f"2025-{first:02d}-01")
        row = case.certificate()
        case.pay(NURSING)
        case.plant([row], "underpaid", "lead", (13 - first) * 150, on=CERTIFICATES)


def _paid_below_standard(book: Book) -> None:
    for yuan, last in ((120, 12), (120, 6), (100, 12), (149, 1)):
        case = book.open("paid_below_standard")
        case.certificate()
        rows = case.pay(NURSING, 1, last, yuan=yuan, 补贴标准=str(yuan))
        if last < 12:
            case.pay(NURSING, last + 1, 12)
        case.plant(rows, "paid_below_standard", "lead", (150 - yuan) * len(rows))
    for yuan in (100, 110):
        case = book.open("paid_below_standard", grade=4)
        case.certificate()
        case.low_income()
        rows = case.pay(LIVING, yuan=yuan, 补贴标准=str(yuan))
        case.plant(rows, "paid_below_standard", "lead", (120 - yuan) * 12)
