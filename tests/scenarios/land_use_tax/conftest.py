"""What the agencies hold on one holder of the land-use-tax model, written by hand."""

import polars as pl
import pytest

FIRM, CODE = "祥通物流有限公司", "91900001376872958E"
PARCEL, PLACE = "900001003010GB00774", "云州市青禾区柳湾镇人民路2405号"


class LandBook:
    """What the agencies hold on one holder (and, by `cells`, on others)."""

    def __init__(self, run_of_rows):
        self.run_of_rows = run_of_rows
        self.tables = {}

    def row(self, contract, **cells):
        self.tables.setdefault(contract, []).append(cells)
        return self

    def right(self, area="10000", **cells):
        """A current certificate; another one of the same parcel is another unit."""
        plain = {
            "权利人": FIRM, "权利人证件号": CODE, "宗地代码": PARCEL, "权利类型": "国有建设用地使用权", "权利性质": "出让",
            "用途": "工业用地", "坐落": PLACE, "宗地面积(平方米)": area, "使用期限起": "2015-03-20", "登记时间": "2015-03-20",
            "权属状态": "现势", "共有情况": "单独所有",
        }  # fmt: skip
        return self.row("registry_real_estate", **{**plain, **cells})

    def contract(self, **cells):
        plain = {"土地使用权人": FIRM, "统一社会信用代码": CODE, "宗地代码": PARCEL, "供应方式": "挂牌出让"}
        return self.row("land_supply_contracts", **{**plain, **cells})

    def registered(self, **cells):
        plain = {
            "纳税人识别号": CODE, "统一社会信用代码": CODE, "纳税人名称": FIRM, "纳税人状态": "正常",
            "增值税纳税人类型": "一般纳税人", "注册地址": PLACE,
        }  # fmt: skip
        return self.row("tax_registrations", **{**plain, **cells})

    def source(self, area="10000", **cells):
        plain = {
            "纳税人识别号": CODE, "统一社会信用代码": CODE, "纳税人名称": FIRM, "坐落": PLACE, "土地面积(平方米)": area,
            "土地等级": "二级", "单位税额": "6.40", "初始取得时间": "2015-03-20",
        }  # fmt: skip
        return self.row("tax_land_sources", **{**plain, **cells})

    def paid(self, first, last, yuan, **cells):
        """One payment for the period."""
        plain = {
            "纳税人识别号": CODE, "统一社会信用代码": CODE, "纳税人名称": FIRM, "征收项目": "城镇土地使用税", "税款种类": "正税",
            "税款所属期起": first, "税款所属期止": last, "实缴金额": str(yuan),
        }  # fmt: skip
        return self.row("tax_payments", **{**plain, **cells})

    def paid_years(self, *years, yuan=64000, **cells):
        for year in years:
            self.paid(f"{year}-01-01", f"{year}-12-31", yuan, **cells)
        return self

    def declared(self, area="10000", **cells):
        """Registered with a tax source."""
        return self.registered().source(area, **cells)

    def market(self, **cells):
        plain = {
            "统一社会信用代码": CODE,
            "企业名称": FIRM,
            "企业类型": "有限责任公司",
            "登记状态": "存续",
            "住所": PLACE,
        }
        return self.row("market_registrations", **{**plain, **cells})

    def relief(self, nature="困难减免", first="2023-01-01", last="2025-12-31", **cells):
        plain = {
            "纳税人识别号": CODE, "统一社会信用代码": CODE, "减免性质": nature, "批准文号": "青税减〔2023〕88号",
            "减免期起": first, "减免期止": last, "减免比例": "100%",
        }  # fmt: skip
        return self.row("tax_relief_filings", **{**plain, **cells})

    def run(self, **parameters):
        return self.run_of_rows("land_use_tax", self.tables, **parameters)

    def listed(self, holder=None, **parameters):
        run = self.run(**parameters)
        rows = run.judge().filter(pl.col("bin") != "clear")
        rows = rows if holder is None else rows.filter(pl.col("subject_name") == holder)
        return run.scenario, rows.sort("year").to_dicts()

    def told(self, holder=FIRM, **parameters):
        scenario, rows = self.listed(holder, **parameters)
        return {row["year"]: _said(row, scenario) for row in rows}

    def fen(self, holder=FIRM, **parameters):
        """Year → fen of the years listed."""
        return {row["year"]: row["amount_fen"] for row in self.listed(holder, **parameters)[1]}

    def bins(self, holder=FIRM, **parameters):
        return {row["bin"] for row in self.listed(holder, **parameters)[1]}

    def doubts(self, holder=FIRM, **parameters):
        return {name for said in self.told(holder, **parameters).values() for name in said[2]}


def _said(row, scenario):
    held = [k for k in scenario.kinds if row["state"] and row[f"state_{k.name}"] == row["state"]]
    ours = [x.name for x in scenario.exemptions if row[x.column] is not False and any(x.applies_to(k) for k in held)]
    return row["bin"], [k.name for k in held], ours, row["amount_fen"]


@pytest.fixture
def land(run_of_rows):
    return LandBook(run_of_rows)
