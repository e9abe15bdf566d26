"""Planted near misses: persons close to a rule whom the rule itself clears, and rows that cannot be compared."""

from datetime import timedelta

from casebook.synth.subsidy_book import CREMATIONS, MOVES, Book, Case
from casebook.synth.subsidy_doubt import cremated_without_id
from casebook.synth.subsidy_over import mistyped
from casebook.synth.subsidy_rates import LIVING, NURSING
from casebook.synth.table import NUMBER


def plant(book: Book) -> None:
    """Opens every case that is clear by the rule itself, and every damaged key that leaves a row unmatched."""
    _stopped_with_death(book)
    _moved_or_ended_in_time(book)
    _certificates_replaced_or_ending(book)
    _accounts_and_corrections(book)
    _on_a_list_without_effect(book)
    _benefits_of_another_kind_or_time(book)
    _other_people(book)
    _unmatched(book)


def _clear(case: Case, kind: str, rows: list[int]) -> None:
    case.plant(rows, kind, "clear")


def _stopped_with_death(book: Book) -> None:
    for day in ("2025-04-01", "2025-05-31"):
        case = book.open("month_of_death")
        case.certificate(证件状态="死亡", 注销日期=day)
        case.died(day)
        _clear(case, "after_death", case.pay(NURSING, 1, int(day[5:7])))
    case = book.open("paid_in_arrears")
    case.certificate()
    case.died("2025-07-28", 注销日期="2025-11-03")
    _clear(case, "after_death", case.pay(NURSING, 1, 7, 停发日期="2025-08-20"))
    case = book.open("before_the_period")
    case.certificate(证件状态="死亡", 注销日期="2024-10-30")
    case.died("2024-10-30")
    rows = [case.pay(NURSING, 12, 12, None, 发放月份=month)[0] for month in ("2024-11", "2024-12")]
    _clear(case, "after_death", rows)


def _moved_or_ended_in_time(book: Book) -> None:
    case = book.open("month_of_move")
    case.certificate()
    case.row(MOVES, 迁出日期="2025-06-02", 迁出地="云州市青禾区柳湾镇", 迁往地="山东省济南市历下区文东街道")
    _clear(case, "moved_out", case.pay(NURSING, 1, 6))
    case = book.open("low_income_ended", grade=3)
    case.certificate()
    case.low_income(end="2025-04-15")
    _clear(case, "not_low_income", case.pay(LIVING, 1, 4))
    case = book.open("prison_term_over", grade=2)
    case.certificate()
    term = {"羁押起": "2022-12-21", "羁押止": "2023-05-30", "判决日期": "2023-05-30"}
    case.row("justice_custody", 刑种="有期徒刑", 执行方式="监狱服刑", 刑期起="2022-12-21", 刑期止="2024-12-20", **term)
    _clear(case, "in_prison", case.pay(NURSING))


def _certificates_replaced_or_ending(book: Book) -> None:
    for day, cancelled in (("2024-11-20", None), ("2025-05-20", "2025-05-20")):
        case = book.open("certificate_replaced")
        case.certificate("2016-05-20", "2026-05-19", 证件状态="注销", 注销日期=cancelled)
        case.suffix = "B1"
        case.certificate(day, "2035-05-19")
        _clear(case, "no_valid_certificate", case.pay(NURSING))
    for until in ("2025-06-30", "2025-09-01"):
        case = book.open("certificate_last_day")
        case.certificate("2015-07-01", until)
        _clear(case, "no_valid_certificate", case.pay(NURSING, 1, int(until[5:7])))
    case = book.open("certificate_first_day")
    case.certificate("2025-03-01", "2035-02-28")
    _clear(case, "no_valid_certificate", case.pay(NURSING, 3, 12, 申请日期="2025-03-01"))
    case = book.open("grade_1_2_at_the_time", grade=2)
    case.certificate("2017-06-21", "2027-06-20", 证件状态="注销", 注销日期="2025-06-20")
    case_rows = case.pay(NURSING, 1, 6)
    case.grade, case.suffix = 3, "B1"
    case.certificate("2025-06-20", "2035-06-19")
    _clear(case, "grade_not_1_2", case_rows)


def _accounts_and_corrections(book: Book) -> None:
    """A couple with one account; a payment to a mistaken account, taken back and paid again."""
    first = book.open("couple_one_account")
    second = book.open("couple_one_account", grade=2, township=first.person["township"])
    shared = {"银行账号": str(first.person["account"]), "开户人": str(first.person["name"])}
    for case in (first, second):
        case.certificate()
        _clear(case, "double_same_subsidy", case.pay(NURSING, 1, 12, None, **shared))
    case = book.open("correction_rows")
    case.certificate()
    case.pay(NURSING, 1, 4)
    mistaken = {"银行账号": str(next(book.adults)["account"])}
    rows = [case.pay(NURSING, 5, 5, yuan, **mistaken)[0] for yuan in (150, -150)] + case.pay(NURSING, 5, 5)
    case.pay(NURSING, 6, 12)
    _clear(case, "double_same_subsidy", rows)


def _on_a_list_without_effect(book: Book) -> None:
    case = book.open("moved_inside")
    case.certificate()
    case.row(MOVES, 迁出日期="2025-03-03", 迁出地="云州市青禾区柳湾镇", 迁往地="云州市青禾区双井镇东王庄村")
    _clear(case, "moved_out", case.pay(NURSING))
    case = book.open("orphan_nursing", minor=True)
    case.certificate("2021-05-06", "2031-05-05")
    case.row("civil_orphans", 类别="孤儿", 起始="2022-03-01", 终止=None, 乡镇=case.person["township"])
    _clear(case, "orphan_living", case.pay(NURSING, 监护人=next(book.adults)["name"]))
    case = book.open("suspended_sentence", grade=2)
    case.certificate()
    term = {"判决日期": "2024-05-20", "刑期起": "2024-06-01", "刑期止": "2026-05-31"}
    case.row("justice_custody", 刑种="有期徒刑缓刑", 执行方式="社区矫正", **term)
    _clear(case, "in_prison", case.pay(NURSING))


def _benefits_of_another_kind_or_time(book: Book) -> None:
    case = book.open("work_injury_pension", grade=2)
    case.certificate()
    case.row("hr_work_injury_nursing", 待遇类别="伤残津贴", 起始="2020-01-01", 终止="长期", 月标准="3120")
    _clear(case, "excluded_by_work_injury_nursing_fee", case.pay(NURSING))
    case = book.open("nursing_fee_ended", grade=2)
    case.certificate()
    case.row("hr_work_injury_nursing", 待遇类别="生活护理费", 起始="2019-01-01", 终止="2024-12-31", 月标准="1860")
    _clear(case, "excluded_by_work_injury_nursing_fee", case.pay(NURSING))
    case = book.open("destitute_ended")
    case.certificate()
    case.row("civil_destitute_support", 类别="集中供养", 起始="2018-01-01", 终止="2024-11-30")
    _clear(case, "excluded_by_destitute_support", case.pay(NURSING))
    case = book.open("veteran_drew_until_last_year", grade=2)
    case.certificate()
    case.row("veterans_nursing", 待遇类别="因公致残护理费", 起始="2016-01-01", 终止="2024-12-31", 月标准="2140")
    _clear(case, "choose_higher", case.pay(NURSING))


def _other_people(book: Book) -> None:
    """Someone else of the same name has died: another id, or no id and another birth date."""
    case = book.open("same_name_died")
    case.certificate()
    case.died("2025-02-20", 身份证号=next(book.adults)["citizen_id"])
    _clear(case, "after_death", case.pay(NURSING))
    case = book.open("same_name_cremated")
    case.certificate()
    cremated_without_id(case, "2025-03-10")
    book.rows[CREMATIONS][-1]["出生日期"] = (case.person["birth"] - timedelta(days=400)).isoformat()
    book.rows[CREMATIONS][-1]["户籍地址"] = "云州市青禾区河口镇老周桥村"
    _clear(case, "after_death", case.pay(NURSING))


def _unmatched(book: Book) -> None:
    """Paid after a death in 2024 under keys nobody can restore; the federation holds no certificate any more."""
    damages = ("lost_digits", "lost_digits", "no_id", "placeholder_id", "short_id")
    for label in damages:
        case = book.open(f"unmatched_{label}")
        case.died("2024-11-08")
        cells = {
            "lost_digits": NUMBER + case.citizen_id.replace("X", "0"),
            "no_id": None,
            "placeholder_id": "无",
            "short_id": mistyped(case.citizen_id)[:17],
        }
        rows = case.pay(NURSING, 1, 6, 身份证号=cells[label], 残疾人证号=None)
        case.plant(rows, "after_death", "unmatched", 900)
