"""The book of planted cases: a person taken from the district, the rows agencies hold on them, and the expected bin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from casebook.synth.subsidy_rates import CATEGORIES, GRADES, STANDARDS, month_text
from casebook.synth.truth import Planted

PAYMENTS: Final = "civil_subsidy_payments"
CERTIFICATES: Final = "federation_certificates"
LOW_INCOME: Final = "civil_low_income"
DEATHS: Final = "police_deaths"
MOVES: Final = "police_moves"
CREMATIONS: Final = "civil_cremations"


@dataclass
class Book:
    """Rows of case persons per contract, and the cases that rest on them. A row's handle is its place in its list."""

    adults: Iterator[dict[str, Any]]
    minors: Iterator[dict[str, Any]]
    rows: dict[str, list[dict[str, str | None]]] = field(default_factory=dict)
    planted: list[tuple[Planted, str, Sequence[int]]] = field(default_factory=list)
    opened: dict[str, int] = field(default_factory=dict)

    def open(self, label: str, grade: int = 1, *, minor: bool = False, **changes: str) -> "Case":
        """A case of that label with the next unused person (`changes` overwrite the person's facts)."""
        number = self.opened[label] = self.opened.get(label, 0) + 1
        person = {**next(self.minors if minor else self.adults), **changes}
        return Case(self, f"subsidy-{label}-{number:02d}", person, grade)


@dataclass
class Case:
    """One person and what is planted on them."""

    book: Book
    case_id: str
    person: dict[str, Any]
    grade: int
    category: int = 4
    suffix: str = ""

    @property
    def citizen_id(self) -> str:
        """The person's own valid id."""
        return str(self.person["citizen_id"])

    @property
    def certificate_no(self) -> str:
        """Id, category, grade and reissue suffix (B1 …)."""
        return f"{self.citizen_id}{self.category}{self.grade}{self.suffix}"

    def row(self, contract_id: str, **cells: str | None) -> int:
        """A row of the person in another register; name and id stand unless given. Returns its handle."""
        rows = self.book.rows.setdefault(contract_id, [])
        rows.append({"姓名": self.person["name"], "身份证号": self.citizen_id, **cells})
        return len(rows) - 1

    def certificate(self, issued: str = "2019-05-06", until: str = "2029-05-05", **cells: str | None) -> int:
        """The federation's row, 正常 unless said otherwise."""
        return self.row(
            CERTIFICATES,
            **{
                "残疾人证号": self.certificate_no,
                "残疾类别": f"{CATEGORIES[self.category - 1]}残疾",
                "残疾等级": GRADES[self.grade - 1],
                "发证日期": issued,
                "有效期至": until,
                "证件状态": "正常",
                "乡镇": self.person["township"],
                "村(社区)": self.person["village"],
                **cells,
            },
        )

    def low_income(self, start: str = "2021-01-01", end: str | None = None) -> int:
        """The minimum-living list's row with the person as head of the household."""
        home = {"乡镇": self.person["township"], "村(社区)": self.person["village"]}
        return self.row(LOW_INCOME, **{"户主": self.person["name"], "起始": start, "终止": end, **home})

    def pay(
        self, subsidy: str, first: int = 1, last: int = 12, yuan: int | None = None, **cells: str | None
    ) -> list[int]:
        """Payment rows for the months first..last, at the standard unless `yuan` is given. Returns their handles."""
        rate = STANDARDS[subsidy].get(self.grade, 120)
        fixed = {
            "残疾人证号": self.certificate_no,
            "补贴类型": subsidy,
            "补贴标准": str(rate),
            "发放金额": str(rate if yuan is None else yuan),
            "银行账号": self.person["account"],
            "开户人": self.person["name"],
            "乡镇": self.person["township"],
            "村(社区)": self.person["village"],
            "申请日期": f"2021-{int(self.citizen_id[12:14]) % 12 + 1:02d}-06",
        }
        months = range(first, last + 1)
        return [self.row(PAYMENTS, **{**fixed, "发放月份": month_text(month), **cells}) for month in months]

    def died(self, day: str | None, **cells: str | None) -> int:
        """The police's death row; cancelled on the same day unless said otherwise."""
        station = f"{self.person['township']}派出所"
        return self.row(DEATHS, **{"死亡日期": day, "注销日期": day, "注销原因": "死亡", "派出所": station, **cells})

    def plant(
        self, handles: Sequence[int], kind: str, bin_: str, yuan: int = 0, exemption: str = "", *, on: str = PAYMENTS
    ) -> None:
        """Records what is true of these rows: kind, bin, exemption and the yuan that the lead is about."""
        known = {case.case_id for case, _, _ in self.book.planted}
        case_id = self.case_id if self.case_id not in known else f"{self.case_id}b"
        self.book.planted.append((Planted(case_id, kind, bin_, exemption, yuan * 100), on, handles))


def frame_of(rows: Sequence[dict[str, str | None]], headers: Sequence[str]) -> pl.DataFrame:
    """Case rows under the register's headers in order; a cell nobody wrote is empty."""
    return pl.DataFrame({name: pl.Series([row.get(name) for row in rows], dtype=pl.String) for name in headers})
