"""What the agencies hold on the persons of the two-subsidies model, written row by row."""

from datetime import date

import polars as pl
import pytest

from casebook.measure.calendar import month_text


class SubsidyBook:
    """What the agencies hold on one person of the two-subsidies model (and, by `cells`, on others)."""

    person = {"姓名": "周玉兰", "身份证号": "900001197001010018"}  # noqa: RUF012
    home = {"乡镇": "柳湾镇", "村(社区)": "东王庄村"}  # noqa: RUF012

    def __init__(self, run_of_rows):
        self.run_of_rows = run_of_rows
        self.tables = {}
        self.rates = None

    def row(self, contract, **cells):
        """One row of the person in a register."""
        self.tables.setdefault(contract, []).append({**self.person, **cells})
        return self

    def certificate(self, grade="一级", since="2019-05-06", until="2029-05-05", state="正常", **cells):
        """A certificate, in order unless said otherwise."""
        digit = "一二三四".index(grade[0]) + 1
        cells = {"残疾人证号": f"{self.person['身份证号']}4{digit}", "残疾类别": "肢体残疾", "残疾等级": grade, **cells}
        return self.row("federation_certificates", 发证日期=since, 有效期至=until, 证件状态=state, **self.home, **cells)

    def paid(self, first, last, yuan=150, subsidy="重度残疾人护理补贴", **cells):
        """One payment a month from `first` to `last` (months like 2025-03)."""
        cells = {
            "补贴类型": subsidy,
            "补贴标准": "150",
            "发放金额": str(yuan),
            "银行账号": "6217000011112222",
            **self.home,
            **cells,
        }
        for month in pl.date_range(
            date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"), "1mo", eager=True
        ):
            self.row("civil_subsidy_payments", **{"发放月份": f"{month:%Y-%m}", **cells})
        return self

    def paid_living(self, first, last, yuan=150, **cells):
        """The living subsidy."""
        return self.paid(first, last, yuan, "困难残疾人生活补贴", **cells)

    def low_income(self, since="2021-01-01", until=None, **cells):
        """A minimum-living family."""
        return self.row("civil_low_income", 起始=since, 终止=until, **self.home, **cells)

    def died(self, day, **cells):
        """A row of the police's list."""
        return self.row("police_deaths", **{"死亡日期": day, "注销日期": day, "注销原因": "死亡", **cells})

    def run(self, **parameters):
        """The model on these rows."""
        return self.run_of_rows("disabled_two_subsidies", self.tables, self.rates, **parameters)

    def told(self, **parameters):
        """What is listed, in words: month, subsidy → bin, kinds, doubts or reasons, fen."""
        run = self.run(**parameters)
        listed = run.judge().filter(pl.col("bin") != "clear").sort("subsidy", "month", nulls_last=True)
        return {(month_text(r["month"]), r["subsidy"]): _said(r, run.scenario) for r in listed.iter_rows(named=True)}


def _said(row, scenario):
    kinds = [k.name for k in scenario.kinds if row["state"] and row[f"state_{k.name}"] == row["state"]]
    held = [k for k in scenario.kinds if k.name in kinds]
    ours = [x.name for x in scenario.exemptions if row[x.column] is not False and any(x.applies_to(k) for k in held)]
    return row["bin"], kinds, ours, row["amount_fen"]


@pytest.fixture
def subsidies(run_of_rows):
    """An empty book of the two-subsidies model."""
    return SubsidyBook(run_of_rows)
