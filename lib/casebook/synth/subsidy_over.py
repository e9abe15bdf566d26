"""Planted persons paid without right: forty-five leads of about 40,000 yuan, every kind that is a lead by default."""

import polars as pl

from casebook.synth.subsidy_book import CREMATIONS, MOVES, Book, Case
from casebook.synth.subsidy_rates import LIVING, NURSING
from casebook.synth.table import NUMBER
from casebook.synth.words_people import short_ids

OUTSIDE = (
    "山东省德州市乐陵市云红街道",
    "河北省沧州市东光县东光镇",
    "江苏省徐州市沛县大屯街道",
    "山东省济南市历下区文东街道",
)


def plant(book: Book) -> None:
    """Opens all lead cases of the direction `over`."""
    _deaths(book)
    _deaths_under_damaged_keys(book)
    _moves(book)
    _certificates(book)
    _grades_and_income(book)
    _doubles(book)
    _other_benefits(book)
    _standards(book)


def _deaths(book: Book) -> None:
    for day, first, last in (("2025-02-11", 3, 8), ("2025-03-31", 4, 9), ("2025-04-01", 5, 10), ("2025-06-30", 7, 12)):
        case = book.open("after_death")
        case.certificate()
        _paid_after(case, NURSING, day, first, last)
    for day, first, last in (("2025-05-20", 6, 9), ("2025-07-02", 8, 11)):
        _both_subsidies_after_death(book.open("after_death"), day, first, last)
    for day, first, last in (("2025-03-09", 4, 8), ("2025-08-15", 9, 12)):
        _cremated(book.open("after_death", grade=3), day, first, last)
    _dead_before_the_year(book.open("after_death", grade=2))
    _dead_by_both_registers(book.open("after_death", grade=2))
    _name_in_traditional_characters(book.open("after_death", name="刘建国"))
    _refund_short_by_one_yuan(book.open("after_death"))


def _paid_after(case: Case, subsidy: str, day: str, first: int, last: int, **cells: str | None) -> None:
    """Paid rightly through the month before `first`, wrongly from `first` (the month after death) to `last`."""
    case.died(day)
    case.pay(subsidy, 1, first - 1)
    rows = case.pay(subsidy, first, last, None, **cells)
    rate = int(case.book.rows["civil_subsidy_payments"][rows[0]]["发放金额"] or 0)
    case.plant(rows, "after_death", "lead", rate * len(rows))


def _both_subsidies_after_death(case: Case, day: str, first: int, last: int) -> None:
    case.certificate()
    case.low_income()
    case.died(day)
    rows = []
    for subsidy in (NURSING, LIVING):
        case.pay(subsidy, 1, first - 1)
        rows += case.pay(subsidy, first, last)
    case.plant(rows, "after_death", "lead", 150 * len(rows))


def _cremated(case: Case, day: str, first: int, last: int) -> None:
    """Only the crematorium knows of the death, by id."""
    case.certificate()
    case.low_income()
    born = case.person["birth"].isoformat()
    home = f"{case.person['township']}{case.person['village']}"
    case.row(CREMATIONS, 性别=case.person["sex"], 出生日期=born, 火化日期=day, 户籍地址=home)
    case.pay(LIVING, 1, first - 1)
    rows = case.pay(LIVING, first, last)
    case.plant(rows, "after_death", "lead", 120 * len(rows))


def _dead_before_the_year(case: Case) -> None:
    case.certificate()
    case.died("2024-11-19", 注销日期="2025-06-03")
    case.plant(case.pay(NURSING, 1, 10), "after_death", "lead", 1200)


def _dead_by_both_registers(case: Case) -> None:
    case.certificate(证件状态="死亡", 注销日期="2025-05-08")
    _paid_after(case, NURSING, "2025-05-08", 6, 12)


def _name_in_traditional_characters(case: Case) -> None:
    case.certificate()
    case.died("2025-04-17", 姓名="劉建國")
    case.pay(NURSING, 1, 4)
    case.plant(case.pay(NURSING, 5, 9), "after_death", "lead", 750)


def _refund_short_by_one_yuan(case: Case) -> None:
    case.certificate()
    case.died("2025-05-26")
    case.pay(NURSING, 1, 5)
    rows = case.pay(NURSING, 6, 6)
    case.pay(NURSING, 6, 6, yuan=-149)
    case.plant(rows, "after_death", "lead", 1)


def _deaths_under_damaged_keys(book: Book) -> None:
    """The key of the payment rows is damaged yet recoverable, so the lead stands at tier T2."""
    for first, without in ((5, {"残疾人证号": None}), (7, {})):
        case = book.open("after_death_short_id")
        case.certificate()
        short = short_ids(pl.Series([case.citizen_id]))[0]
        _damaged(case, first, 身份证号=short, **without)
    case = book.open("after_death_lost_digits")
    case.certificate()
    _damaged(case, 6, 身份证号=NUMBER + case.citizen_id.replace("X", "0"))
    case = book.open("after_death_typed_digit")
    case.certificate()
    _damaged(case, 6, 身份证号=mistyped(case.citizen_id))


def _damaged(case: Case, first: int, **cells: str | None) -> None:
    case.died(f"2025-{first - 1:02d}-14")
    case.pay(NURSING, 1, first - 1, None, **cells)
    rows = case.pay(NURSING, first, 11, None, **cells)
    case.plant(rows, "after_death", "lead", 150 * len(rows))


def mistyped(citizen_id: str) -> str:
    """The id with its fifteenth digit typed wrong, so that the check character no longer fits."""
    return citizen_id[:14] + str((int(citizen_id[14]) + 1) % 10) + citizen_id[15:]


def _moves(book: Book) -> None:
    days = (("2025-02-28", 3, 8), ("2025-03-31", 4, 9), ("2025-06-16", 7, 12), ("2024-10-09", 1, 6))
    for (day, first, last), place in zip(days, OUTSIDE, strict=True):
        case = book.open("moved_out")
        case.certificate()
        case.row(MOVES, 迁出日期=day, 迁出地=f"云州市青禾区{case.person['township']}", 迁往地=place)
        if first > 1:
            case.pay(NURSING, 1, first - 1)
        rows = case.pay(NURSING, first, last)
        case.plant(rows, "moved_out", "lead", 150 * len(rows))


def _certificates(book: Book) -> None:
    kind = "no_valid_certificate"
    for until, state in (("2024-08-31", "正常"), ("2024-06-30", "正常"), ("2023-12-31", "过期")):
        case = book.open(kind, grade=2)
        case.certificate("2014-07-01", until, 证件状态=state)
        case.plant(case.pay(NURSING, 1, 8), kind, "lead", 960)
    case = book.open(kind)
    case.certificate(证件状态="注销", 注销日期="2025-02-10")
    case.pay(NURSING, 1, 2)
    case.plant(case.pay(NURSING, 3, 7), kind, "lead", 750)
    for subsidy in (NURSING, LIVING):
        case = book.open(kind, grade=2 if subsidy == NURSING else 3)
        if subsidy == LIVING:
            case.low_income()
        case.plant(case.pay(subsidy, 1, 8), kind, "lead", 960)
    _grace_months_over(book.open(kind))


def _grace_months_over(case: Case) -> None:
    """Expired at the end of May: June to August are within three months of grace, September is not."""
    case.certificate("2015-06-01", "2025-05-31")
    case.pay(NURSING, 1, 5)
    within, beyond = case.pay(NURSING, 6, 8), case.pay(NURSING, 9, 12)
    case.plant(beyond, "no_valid_certificate", "lead", 600)
    case.plant(within, "no_valid_certificate", "flagged", 450, "certificate_being_renewed")


def _grades_and_income(book: Book) -> None:
    for grade, last in ((3, 9), (4, 7)):
        case = book.open("grade_not_1_2", grade=grade)
        case.certificate()
        rows = case.pay(NURSING, 1, last)
        case.plant(rows, "grade_not_1_2", "lead", 120 * len(rows))
    case = book.open("grade_not_1_2", grade=2)
    case.certificate("2017-03-01", "2027-02-28", 证件状态="注销", 注销日期="2024-10-15")
    case.grade, case.suffix = 3, "B1"
    case.certificate("2024-10-15", "2034-10-14")
    case.plant(case.pay(NURSING, 1, 6), "grade_not_1_2", "lead", 720)
    for end, first, last in ((None, 1, 8), ("2025-04-30", 5, 10), ("2024-09-30", 1, 9)):
        case = book.open("not_low_income", grade=3)
        case.certificate()
        if end:
            case.low_income(end=end)
        if first > 1:
            case.pay(LIVING, 1, first - 1)
        rows = case.pay(LIVING, first, last)
        case.plant(rows, "not_low_income", "lead", 120 * len(rows))


def _doubles(book: Book) -> None:
    kind = "double_same_subsidy"
    for other, first, last in (("前营乡", 1, 6), ("大槐树镇", 5, 9)):
        case = book.open(kind, township="青禾街道")
        case.certificate()
        account = {"乡镇": other, "村(社区)": "东王庄村", "银行账号": next(book.adults)["account"]}
        _twice(case, first, last, 150, **account)
    case = book.open(kind)
    case.certificate()
    _twice(case, 3, 8, 150, 银行账号=next(book.adults)["account"])
    case = book.open(kind, township="临泉街道")
    case.certificate()
    _twice(case, 1, 5, 120, 乡镇="河口镇", 银行账号=next(book.adults)["account"], 补贴标准="120")


def _twice(case: Case, first: int, last: int, second_yuan: int, **cells: str | None) -> None:
    """Paid rightly all year, and a second time from first to last; the smaller payment is the one without right."""
    regular = case.pay(NURSING)
    second = case.pay(NURSING, first, last, yuan=second_yuan, **cells)
    rows = [*regular[first - 1 : last], *second]
    case.plant(rows, "double_same_subsidy", "lead", second_yuan * len(second))


def _other_benefits(book: Book) -> None:
    fee = {"起始": "2022-07-01", "终止": "长期", "月标准": "1860"}
    for grade in (1, 2):
        case = book.open("excluded_by_work_injury_nursing_fee", grade=grade)
        case.certificate()
        case.row("hr_work_injury_nursing", 待遇类别="生活护理费", **fee)
        rows = case.pay(NURSING)
        case.plant(rows, "excluded_by_work_injury_nursing_fee", "lead", (150, 120)[grade - 1] * 12)
    for subsidy, grade in ((NURSING, 2), (LIVING, 3)):
        case = book.open("excluded_by_destitute_support", grade=grade)
        case.certificate()
        if subsidy == LIVING:
            case.low_income()
        case.row("civil_destitute_support", 类别="分散供养", 起始="2023-01-01", 终止=None, 乡镇=case.person["township"])
        case.plant(case.pay(subsidy), "excluded_by_destitute_support", "lead", 1440)
    case = book.open("orphan_living", grade=3, minor=True)
    case.certificate("2021-05-06", "2031-05-05")
    case.low_income("2022-01-01")
    case.row("civil_orphans", 类别="事实无人抚养儿童", 起始="2022-03-01", 终止=None, 乡镇=case.person["township"])
    case.plant(case.pay(LIVING, 监护人=next(book.adults)["name"]), "orphan_living", "lead", 1440)
    case = book.open("choose_higher", grade=2)
    case.certificate()
    case.row("veterans_nursing", 待遇类别="因公致残护理费", 起始="2020-01-01", 终止="2026-12-31", 月标准="2140")
    case.plant(case.pay(NURSING), "choose_higher", "lead", 1440)


def _standards(book: Book) -> None:
    case = book.open("wrong_standard", grade=2)
    case.certificate()
    case.plant(case.pay(NURSING, yuan=150, 补贴标准="150"), "wrong_standard", "lead", 360)
    case = book.open("wrong_standard", grade=3)
    case.certificate()
    case.low_income()
    over = case.pay(LIVING, 4, 4, yuan=121, 补贴标准="121")
    case.pay(LIVING, 1, 3)
    case.pay(LIVING, 5, 12)
    case.plant(over, "wrong_standard", "lead", 1)
