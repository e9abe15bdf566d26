"""Planted persons for whom a rule is met yet an innocent explanation is proven (excluded) or possible (flagged)."""

from casebook.synth.subsidy_book import CERTIFICATES, CREMATIONS, MOVES, Book, Case
from casebook.synth.subsidy_rates import LIVING, NURSING


def plant(book: Book) -> None:
    """Opens every exemption at least once."""
    _refunds(book)
    _cancelled_otherwise(book)
    _lump_rows(book)
    _certificates(book)
    _moves_and_deaths_without_facts(book)
    _other_lists(book)
    _doubtful_persons(book)


def _refunds(book: Book) -> None:
    """Refunded month by month, in one sum after the event, and in one sum after two subsidies were overpaid."""
    case = _stopped_late(book, "2025-05-10", 6, 9)
    for month in range(6, 10):
        case.pay(NURSING, month, month, yuan=-150)
    case = _stopped_late(book, "2025-06-21", 7, 10)
    case.pay(NURSING, 12, 12, yuan=-600)
    case = _stopped_late(book, "2025-08-02", 9, 9)
    case.pay(NURSING, 9, 9, yuan=-150)


def _stopped_late(book: Book, day: str, first: int, last: int) -> Case:
    case = book.open("refunded")
    case.certificate()
    case.died(day)
    case.pay(NURSING, 1, first - 1)
    case.plant(case.pay(NURSING, first, last), "after_death", "excluded", 0, "refunded")
    return case


def _cancelled_otherwise(book: Book) -> None:
    """On the deaths list because the household record was cancelled; the person lives."""
    for reason, day in (("重复户口", "2025-03-05"), ("婚迁", "2025-07-18"), ("重复户口", "2024-12-30")):
        case = book.open("cancelled_not_death")
        case.certificate()
        case.died(None, 注销日期=day, 注销原因=reason)
        first = int(day[5:7]) + 1 if day > "2025" else 1
        if first > 1:
            case.pay(NURSING, 1, first - 1)
        rows = case.pay(NURSING, first, 12)
        case.plant(rows, "after_death", "excluded", 150 * len(rows), "cancelled_not_death")
    for reason in ("宣告死亡已撤销", "宣告失踪已撤销"):
        case = book.open("declaration_revoked", grade=2)
        case.certificate()
        case.died("2024-06-01", 注销原因=reason)
        case.plant(case.pay(NURSING), "after_death", "excluded", 1440, "declaration_revoked")


def _lump_rows(book: Book) -> None:
    for count, month in ((3, 6), (2, 8)):
        case = book.open("lump_back_payment")
        case.certificate()
        case.died("2025-04-10")
        case.pay(NURSING, 1, 4)
        rows = case.pay(NURSING, month, month, yuan=150 * count)
        case.plant(rows, "after_death", "flagged", 150 * count, "lump_back_payment")
    # The clerk of 杨店乡 pays an outlying hamlet once a year: too much in December, nothing in the other months.
    for subsidy, grade in ((NURSING, 1), (NURSING, 2), (LIVING, 3)):
        case = book.open("lump_annual", grade=grade, township="杨店乡", village="北孙庙村")
        register = case.certificate()
        if subsidy == LIVING:
            case.low_income()
        rate = 150 if grade == 1 else 120
        rows = case.pay(subsidy, 12, 12, yuan=12 * rate)
        case.plant(rows, "wrong_standard", "flagged", 11 * rate, "lump_back_payment")
        case.plant([register], "underpaid", "flagged", 11 * rate, "lump_back_payment", on=CERTIFICATES)


def _certificates(book: Book) -> None:
    for until, first in (("2025-09-30", 10), ("2025-11-12", 12), ("2024-10-31", 1)):
        case = book.open("certificate_being_renewed")
        case.certificate("2015-10-01", until)
        if first > 1:
            case.pay(NURSING, 1, first - 1)
        last = 12 if first > 1 else 1
        rows = case.pay(NURSING, first, last)
        case.plant(rows, "no_valid_certificate", "flagged", 150 * len(rows), "certificate_being_renewed")
    for grade in (1, 2):
        case = book.open("certificate_cancelled_without_date", grade=grade)
        case.certificate(证件状态="注销")
        rows = case.pay(NURSING)
        yuan = (150, 120)[grade - 1] * 12
        case.plant(rows, "no_valid_certificate", "flagged", yuan, "certificate_cancelled_without_date")
    for issued, last in (("2025-08-05", 7), ("2025-10-20", 9)):
        case = book.open("regraded_later", grade=3)
        case.suffix = "B1"
        case.certificate(issued, "2035-06-30")
        rows = case.pay(NURSING, 1, last)
        case.plant(rows, "grade_not_1_2", "flagged", 120 * last, "regraded_later")


def _moves_and_deaths_without_facts(book: Book) -> None:
    for day, place, first in (("2025-03-12", None, 4), (None, "河北省沧州市东光县东光镇", 1)):
        case = book.open("move_destination_unknown")
        case.certificate()
        case.row(MOVES, 迁出日期=day, 迁出地=f"云州市青禾区{case.person['township']}", 迁往地=place)
        if first > 1:
            case.pay(NURSING, 1, first - 1)
        rows = case.pay(NURSING, first, 12)
        case.plant(rows, "moved_out", "flagged", 150 * len(rows), "move_destination_unknown")
    for day in (None, "无"):
        case = book.open("death_date_unknown")
        case.certificate()
        case.died(day)
        case.plant(case.pay(NURSING), "after_death", "flagged", 1800, "death_date_unknown")


def _other_lists(book: Book) -> None:
    for kind, start in (("离休干部护理费", "2019-01-01"), ("因公致残护理费", None)):
        case = book.open("choice_of_higher", grade=2)
        case.certificate()
        case.row("veterans_nursing", 待遇类别=kind, 起始=start, 终止=None, 月标准=None)
        case.plant(case.pay(NURSING), "choose_higher", "flagged", 1440, "choice_of_higher")
    for start, end in (("2023-06-10", "2027-06-09"), ("2024-03-20", "2026-09-19"), ("2022-01-15", "2028-01-14")):
        case = book.open("in_prison", grade=2)
        case.certificate()
        term = {"羁押起": start, "羁押止": start, "判决日期": start, "刑期起": start, "刑期止": end}
        case.row("justice_custody", 刑种="有期徒刑", 执行方式="监狱服刑", **term)
        case.plant(case.pay(NURSING), "in_prison", "flagged", 1440, "local_rule_on_prison")


def _doubtful_persons(book: Book) -> None:
    for minor in (True, False):
        _under_another_id(book.open("guardian_id", minor=minor), next(book.adults))
    for name in ("诸葛翠兰", "买买提·艾力"):
        case = book.open("name_conflict")
        case.certificate()
        case.died("2025-02-11", 姓名=name)
        case.pay(NURSING, 1, 2)
        case.plant(case.pay(NURSING, 3, 12), "after_death", "flagged", 1500, "name_conflict")
    for month in (4, 9):
        case = book.open("weak_match")
        case.certificate()
        cremated_without_id(case, f"2025-{month:02d}-20")
        case.pay(NURSING, 1, month)
        rows = case.pay(NURSING, month + 1, 12)
        case.plant(rows, "after_death", "flagged", 150 * len(rows), "weak_match")


def _under_another_id(case: Case, other: dict[str, str]) -> None:
    """Paid under a valid id that is not the one inside the certificate number, after the certificate had ended."""
    case.certificate(证件状态="注销", 注销日期="2024-10-20")
    guardian = other["name"] if case.person["birth"].year > 2010 else None
    rows = case.pay(NURSING, 1, 6, 身份证号=other["citizen_id"], 监护人=guardian)
    case.plant(rows, "no_valid_certificate", "flagged", 900, "guardian_id")


def cremated_without_id(case: Case, day: str) -> int:
    """The crematorium knew name, sex, birth and home only. Returns the row's handle."""
    home = f"云州市青禾区{case.person['township']}{case.person['village']}"
    born = case.person["birth"].isoformat()
    return case.row(CREMATIONS, 身份证号=None, 性别=case.person["sex"], 出生日期=born, 火化日期=day, 户籍地址=home)
