"""The dish dictionary and the words of licences: the field's own examples, look-alikes on both sides, and the tables' form."""

import polars as pl
import pytest

from casebook.case import standards
from casebook.scenarios.online_catering_dishes_rows import ITEMS
from casebook.text import dishes, patterns

STRONG = 0.8
DOMAIN = {
    "生食": "三文鱼刺身 生腌虾 生蚝(生食) 醉蟹 北极贝刺身",
    "冷食": "凉皮 凉拌木耳 夫妻肺片 卤味拼盘 水果沙拉 水果捞 拍黄瓜 捞汁小海鲜 口水鸡 凉面 果切拼盘",
    "裱花糕点": "裱花蛋糕 生日蛋糕 提拉米苏",
    "糕点": "肉松面包 蛋挞 曲奇 芝士蛋糕 绿豆酥",
    "自制饮品": "珍珠奶茶 鲜榨橙汁 现磨咖啡 手打柠檬茶 生椰拿铁 茉莉奶绿 杨枝甘露 酸梅汤",
    "热食": "宫保鸡丁 鱼香肉丝盖饭 牛肉拉面 麻辣火锅 烤羊肉串 小笼包 水煮鱼 炒饭 麻辣烫 炸鸡排",
    "预包装": "可乐(罐) 矿泉水 袋装薯片 雪碧 王老吉 青岛啤酒",
}
LOOKALIKES = {
    "预包装": "沙拉酱 凉茶(罐) 刺身酱油 凉拌菜调料包 蛋挞皮(冷冻袋装) 果汁软糖 生抽",
    "热食": "烤冷面 冷面(热) 生煎 生煎包 生滚鱼片粥 炒凉皮 凉瓜炒蛋 凉茶煮鸡蛋 酱油炒饭 蚝油生菜 生炒糯米饭 咖啡烤肋排 奶茶锅底 "
    "沙拉烤翅 红茶鸡蛋 葱油拌面 咖啡猪扒 面包虾 香煎三文鱼 石锅拌饭 红油抄手 麻辣拌 蒜蓉烤生蚝 温拌海参(热) "
    "啤酒鸭 可乐鸡翅 三文鱼炒饭 黄瓜炒肉",
    "糕点": "奶茶味蛋糕 咖啡面包 凉糕味蛋糕 抹茶曲奇",
    "自制饮品": "焦糖玛奇朵 多肉葡萄 鸭屎香柠檬茶 酥油茶 生椰拿铁 凉粉奶茶 芝士奶盖茶",
}


@pytest.fixture(scope="module")
def tables(request):
    folder = request.config.rootpath / "parameters" / "online_catering"
    return standards.load_all(folder)


@pytest.fixture(scope="module")
def named(tables):
    """Dish as delivered → (item, weight)."""

    def look(raw):
        bare = dishes.clean(pl.Series([raw]))["value"]
        return patterns.classify(bare, tables["dishes.csv"]).select("item", "weight").row(0)

    return look


@pytest.mark.parametrize(("item", "dish"), [(item, dish) for item, many in DOMAIN.items() for dish in many.split()])
def test_signals_of_the_field(named, item, dish):
    found, weight = named(dish)
    assert found == item
    assert weight >= STRONG or item == "预包装"


@pytest.mark.parametrize(("item", "dish"), [(item, dish) for item, many in LOOKALIKES.items() for dish in many.split()])
def test_look_alikes_need_what_they_are(named, item, dish):
    assert named(dish)[0] == item


@pytest.mark.parametrize("dish", ["一次性餐具", "打包盒", "生日帽", "配送费"])
def test_what_is_no_food_needs_nothing(named, dish):
    item, weight = named(dish)
    assert item not in ITEMS
    assert weight == 0


@pytest.mark.parametrize("dish", ["神秘套盒", "掌柜心意"])
def test_unknown_dishes_are_not_guessed(named, dish):
    assert named(dish) == (None, None)


def test_dictionary_is_in_form(tables):
    rows = tables["dishes.csv"]
    assert set(rows["item"]) == {*ITEMS, "预包装", "其他"}
    assert rows["weight"].is_between(0, 1).all()
    assert rows.select("pattern", "excludes").is_unique().all()
    assert (rows["pattern"].str.strip_chars() == rows["pattern"]).all()
    assert rows.filter(pl.col("item").is_in(["预包装", "其他"]))["weight"].max() == 0


def test_every_item_has_words_for_every_day_since_2015(tables):
    rows = tables["items.csv"].sort("item", "valid_from")
    assert set(rows["item"]) == set(ITEMS)
    days = rows.group_by("item", maintain_order=True).agg("valid_from", "valid_to")
    for _, starts, ends in days.iter_rows():
        assert [str(d) for d in starts] == ["2015-10-01", "2023-12-01"]
        assert [str(d) for d in ends] == ["2023-11-30", "9999-12-31"]
