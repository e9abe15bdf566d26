"""A shop of the catering model laid out by hand, as platform and regulator deliver it."""

import pytest

from casebook.ids import permit


def _licence_number(sequence, form=2):
    """A licence number of the fictional district that passes its check."""
    stem = f"JY{form}900001{sequence:06d}"
    return next(stem + digit for digit in "0123456789" if permit.is_valid(stem + digit))


class Street:
    """What a platform shows and the regulator lists of one shop of the catering model, in order unless said otherwise."""

    one, two = _licence_number(11), _licence_number(7_042)
    name, other = "青禾区张记面馆", "青禾区李家酒楼"
    house, elsewhere = "云州市青禾区青禾街道人民路12号", "云州市青禾区柳湾镇解放路80号"

    def __init__(self, run_of_rows):
        self.run_of_rows = run_of_rows
        self.tables = {}

    def add(self, contract, **cells):
        """One row of a table."""
        self.tables.setdefault(contract, []).append(cells)
        return self

    def shop(self, licence=None, **cells):
        """A page."""
        shown = self.one if licence is None else licence
        plain = {
            "平台": "云外卖", "店铺ID": "700001", "店铺名称": "张记牛肉面(人民路店)", "公示主体名称": self.name, "公示许可证号": shown,
            "公示地址": self.house, "公示量化等级": "A", "采集时间": "2026-03-18 10:00:00", "营业状态": "营业中", "店铺类型": "普通店铺",
        }  # fmt: skip
        return self.add("platform_shops", **{**plain, **cells})

    def menu(self, *dishes, category="热销", shop="700001"):
        """Dishes of a shop."""
        for dish in dishes:
            self.add(
                "platform_dishes", 平台="云外卖", 店铺ID=shop, 菜品分类=category, 菜品名称=dish, 采集时间="2026-03-18"
            )
        return self

    def licence(self, licence=None, items="热食类食品制售", **cells):
        """A row of the licence list."""
        plain = {
            "许可证编号": licence or self.one, "经营者名称": self.name, "社会信用代码(身份证号码)": "92900001MA00000017",
            "经营场所": self.house,
            "主体业态": "餐饮服务经营者", "经营项目": items, "有效期至": "2028-05-01", "发证日期": "2023-05-02", "许可状态": "有效",
        }  # fmt: skip
        return self.add("market_food_licences", **{**plain, **cells})

    def grade(self, dynamic="1", annual="A", licence=None):
        """A row of the grades."""
        return self.add(
            "market_hygiene_grades",
            许可证号=licence or self.one,
            动态等级=dynamic,
            年度等级=annual,
            评定日期="2025-08-01",
        )

    def certificate(self, until="2028-05-01", **cells):
        """A small-catering registration."""
        plain = {
            "登记证编号": "XC900001000123",
            "名称": self.name,
            "经营场所": self.house,
            "有效期至": until,
            "登记证状态": "有效",
        }
        return self.add("market_small_catering", **{**plain, **cells})

    def judged(self, **parameters):
        """The run and its judged rows in order."""
        run = self.run_of_rows("online_catering", self.tables, **parameters)
        return run, run.judge().sort("ref")

    def told(self, **parameters):
        """Bin, kinds and exemptions of the first shop."""
        run, rows = self.judged(**parameters)
        row = rows.row(0, named=True)
        kinds = [k for k in run.scenario.kinds if row["state"] and row[f"state_{k.name}"] == row["state"]]
        ours = [
            x.name
            for x in run.scenario.exemptions
            if row[x.column] is not False and any(x.applies_to(k) for k in kinds)
        ]
        return row["bin"], [k.name for k in kinds], ours


@pytest.fixture
def street(run_of_rows):
    """An empty street of the catering model."""
    return Street(run_of_rows)
