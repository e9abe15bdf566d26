import polars as pl
import pytest

from casebook.errors import LinkError
from casebook.link import firms

UNIFIED, INSIDE, OLD_TAX = "91110000101623741K", "101623741", "110000101623741"
SECOND_UNIFIED, SECOND_INSIDE = "91350100M000100Y43", "M000100Y4"
OWNER = "11010519491231002X"
TEXTS = (
    "code",
    "code_problem",
    "code_repair",
    "organisation",
    "name",
    "core",
    "address",
    "representative",
    "representative_id",
)


def side(*rows: dict, first: int = 1) -> pl.DataFrame:
    schema = {"ref": pl.Int64} | dict.fromkeys(TEXTS, pl.String) | {"former_name": pl.List(pl.String)}
    return pl.DataFrame([{"ref": first + at} | row for at, row in enumerate(rows)], schema=schema)


def only(left: pl.DataFrame, right: pl.DataFrame) -> dict:
    frame = firms(left, right).frame
    assert frame.height == 1
    return frame.row(0, named=True)


def unified(**more) -> dict:
    return {"code": UNIFIED, "organisation": INSIDE, "core": "恒丰机械"} | more


def test_same_code_is_t1_with_both_values():
    link = only(side(unified()), side(unified(), first=9))
    assert (link["left_ref"], link["right_ref"], link["tier"], link["reason"]) == (1, 9, "T1", "code_equal")
    assert (link["left_value"], link["right_value"], link["name_conflict"]) == (UNIFIED, UNIFIED, False)


@pytest.mark.parametrize(
    ("core", "former", "conflict"),
    [
        ("恒丰机械", None, False),
        ("恒峰机械", None, False),
        ("青禾重工", None, True),
        ("青禾重工", ["恒丰机械"], False),
        (None, None, False),
    ],
)
def test_names_of_one_code_conflict_unless_near_or_former(core, former, conflict):
    link = only(side(unified()), side(unified(core=core, former_name=former)))
    assert (link["tier"], link["name_conflict"]) == ("T1", conflict)


def test_former_name_counts_on_the_left_too():
    link = only(side(unified(core="青禾重工", former_name=["恒丰机械"])), side(unified()))
    assert not link["name_conflict"]


def test_former_name_may_be_one_text():
    right = side(unified(core="青禾重工")).with_columns(former_name=pl.lit("恒丰机械"))
    assert not only(side(unified()), right)["name_conflict"]


def test_missing_former_name_is_not_the_missing_name_of_the_other():
    left = side(unified()).with_columns(former_name=pl.lit(None, pl.String))
    assert only(left, side(unified(core="青禾重工")))["name_conflict"]


@pytest.mark.parametrize("code", [OLD_TAX, INSIDE])
def test_columns_without_any_value_are_as_good_as_missing(code):
    nothing = dict.fromkeys(["code_problem", "code_repair", "former_name", "name", "address", "core"])
    left = pl.DataFrame({"ref": ["a"], "code": [code], "organisation": [INSIDE]} | {c: [None] for c in nothing})
    assert firms(left, side(unified())).frame.row(0)[:3] == ("a", 1, "T2")


@pytest.mark.parametrize("code", [OLD_TAX, INSIDE])
def test_organisation_code_bridges_old_and_new_numbers(code):
    link = only(side(unified()), side({"code": code, "organisation": INSIDE, "core": "恒丰机械"}))
    assert (link["tier"], link["reason"]) == ("T2", "organisation_bridge")
    assert (link["left_value"], link["right_value"]) == (UNIFIED, code)


def test_tables_that_hold_organisation_codes_only_are_bridged():
    link = only(side({"organisation": INSIDE}), side(unified()))
    assert (link["tier"], link["left_value"], link["right_value"]) == ("T2", INSIDE, UNIFIED)


@pytest.mark.parametrize(
    ("core", "tier", "conflict"), [("恒丰机械", "T2", False), (None, "T2", False), ("青禾重工", "T3", True)]
)
def test_bridge_falls_to_t3_when_names_clearly_differ(core, tier, conflict):
    link = only(side(unified()), side({"code": OLD_TAX, "organisation": INSIDE, "core": core}))
    assert (link["tier"], link["name_conflict"]) == (tier, conflict)


@pytest.mark.parametrize(("core", "tier"), [("恒丰机械", "T2"), (None, "T3"), ("青禾重工", "T3")])
def test_repaired_code_needs_an_agreeing_name(core, tier):
    assert only(side(unified(code_repair="full_width")), side(unified(core=core)))["tier"] == tier


def test_full_name_stands_in_for_a_missing_core():
    rows = side({"code": UNIFIED, "name": "恒丰机械"}), side({"code": UNIFIED, "name": "青禾重工"})
    assert only(*rows)["name_conflict"]


def test_citizen_id_as_tax_number_on_both_sides_is_t2():
    link = only(side({"code": OWNER, "name": "张三"}), side({"code": OWNER, "name": "张三"}))
    assert (link["tier"], link["reason"], link["left_value"]) == ("T2", "citizen_id_as_tax_number_both", OWNER)


@pytest.mark.parametrize(
    ("name", "reason", "conflict"),
    [
        ("张伟小吃店", "both", False),
        ("张伟五金店", "name_differs", True),
        ("海淀区张伟小吃店", "name_differs", True),
        (None, "name_unconfirmed", False),
        ("便利店", "name_unconfirmed", False),
        ("张伟", "name_unconfirmed", False),
    ],
)
def test_one_owner_may_have_several_businesses(name, reason, conflict):
    left = side({"code": OWNER, "name": "朝阳区张伟小吃店"})
    link = only(left, side({"code": OWNER, "name": name}))
    assert link["reason"] == f"citizen_id_as_tax_number_{reason}"
    assert (link["tier"], link["name_conflict"]) == ("T2" if reason == "both" else "T3", conflict)


def test_shops_of_one_owner_are_told_apart_by_their_names():
    shops = [
        {"representative_id": OWNER, "name": name, "representative": "张伟"} for name in ("张伟小吃店", "张伟五金店")
    ]
    frame = firms(side({"code": OWNER, "name": "张伟小吃店"}), side(*shops)).frame
    assert frame.select("tier", "name_conflict").rows() == [("T2", False), ("T3", True)]


def test_owner_of_two_shops_is_tied_to_neither():
    shops = [
        {"representative_id": OWNER, "name": name, "representative": "张伟"} for name in ("张伟小吃店", "张伟五金店")
    ]
    frame = firms(side({"code": OWNER, "name": "张伟"}), side(*shops)).frame
    assert frame["reason"].to_list() == ["citizen_id_as_tax_number_name_unconfirmed"] * 2


@pytest.mark.parametrize(
    ("name", "representative", "tier", "conflict"),
    [
        ("青禾区张三面馆", "张三", "T2", False),
        ("青禾区张三面馆", None, "T3", False),
        ("王建国", None, "T3", True),
        ("建国家具厂", "王建国", "T3", False),
    ],
)
def test_owner_and_shop_are_tied_by_the_owner_s_name(name, representative, tier, conflict):
    shop = side({"code": SECOND_UNIFIED, "organisation": SECOND_INSIDE, "representative_id": OWNER, "name": name,
                 "representative": representative})  # fmt: skip
    link = only(side({"code": OWNER, "name": "张三"}), shop)
    assert (link["tier"], link["name_conflict"]) == (tier, conflict)


def test_two_owners_of_one_id_conflict():
    left = side({"code": OWNER, "name": "青禾区张三面馆", "representative": "张三"})
    link = only(left, side({"code": OWNER, "name": "建国家具厂店", "representative": "王建国"}))
    assert link["name_conflict"]


def test_code_that_fails_its_check_on_both_sides_needs_the_name():
    row = {"code": "91350211M0000XUF46", "code_problem": "check_digit", "core": "恒丰机械"}
    link = only(side(row), side(row))
    assert (link["tier"], link["reason"], link["left_value"]) == ("T2", "code_equal_check_failed", row["code"])
    assert firms(side(row), side(row | {"core": "青禾重工"})).frame.is_empty()


@pytest.mark.parametrize("second", ["address", "representative"])
def test_name_and_second_attribute_is_t3(second):
    row = {"core": "恒丰机械", second: "甲"}
    link = only(side(row), side(row))
    assert (link["tier"], link["reason"], link["right_value"]) == ("T3", f"name_{second}", "恒丰机械 · 甲")


def test_name_alone_never_links():
    assert firms(side({"core": "恒丰机械"}), side({"core": "恒丰机械"})).frame.is_empty()


@pytest.mark.parametrize("doubled", [0, 1])
def test_two_candidates_are_no_t3_link(doubled):
    row = {"core": "恒丰机械", "address": "人民路1号"}
    tables = [side(row), side(row)]
    tables[doubled] = side(row, row)
    assert firms(*tables).frame.is_empty()


def test_one_firm_under_two_numbers_is_one_candidate():
    same = {"core": "恒丰机械", "address": "人民路1号", "organisation": INSIDE}
    left = side({"code": UNIFIED} | same, {"code": OLD_TAX} | same)
    assert firms(left, side({"core": "恒丰机械", "address": "人民路1号"})).frame["tier"].to_list() == ["T3", "T3"]


def test_two_organisation_codes_are_two_firms():
    other = {"code": SECOND_UNIFIED, "organisation": SECOND_INSIDE, "core": "恒丰机械", "address": "人民路1号"}
    assert firms(side(unified(address="人民路1号")), side(other)).frame.is_empty()


@pytest.mark.parametrize("code", [None, "", "无", "000000000000000000", "9111******623741K"])
def test_no_code_never_joins(code):
    rows = side({"code": code, "organisation": code, "representative_id": code}, {"code": code})
    assert firms(rows, rows).frame.is_empty()


def test_rows_sharing_a_placeholder_do_not_explode():
    crowd = pl.DataFrame({"ref": range(200_000)}).with_columns(
        code=pl.lit("000000000000000000"), organisation=pl.lit("000000000"), core=pl.lit("暂无"), address=pl.lit("不详")
    )
    assert firms(crowd, crowd).frame.is_empty()


def test_too_many_pairs_are_refused():
    crowd = side(*[unified()] * 20)
    with pytest.raises(LinkError, match="code would make 400 pairs"):
        firms(crowd, crowd, max_pairs=100)


def test_shuffled_input_gives_the_same_links():
    rows = [unified(), unified(core="青禾重工"), {"core": "甲店", "address": "1号"}, {"code": OWNER, "name": "张三"}]
    left, right = side(*rows), side(*rows, {"code": OLD_TAX, "organisation": INSIDE, "core": "恒丰机械"})
    asked = firms(left, right).frame
    assert asked.equals(firms(left.reverse(), right.sample(fraction=1, shuffle=True, seed=3)).frame)
    assert asked.height == 8


def test_empty_tables_make_no_links():
    assert firms(side(), side(unified())).frame.is_empty()


def test_former_name_agrees_whatever_its_legal_form():
    left = pl.DataFrame(
        {"ref": [1], "code": ["9190000136323851XW"], "name": ["青禾区润江电气设备有限公司"], "core": ["润江电气设备"]}
    )
    right = pl.DataFrame(
        {"ref": [2], "code": ["9190000136323851XW"], "name": ["云州市青禾区沃海环保科技有限公司"], "core": ["沃海环保科技"],
         "former_name": ["青禾区润江电气设备有限责任公司"]}
    )  # fmt: skip
    assert firms(left, right).frame["name_conflict"].to_list() == [False]


@pytest.mark.parametrize(
    ("name", "tier"),
    [("北京红星有限公司", "T2"), ("红星有限公司", "T2"), ("上海红星有限公司", "T3"), ("红星有限公司海淀分公司", "T2")],
)
def test_repaired_code_needs_a_name_of_the_same_place(name, tier):
    left = side(unified(code_repair="full_width", core="红星", name="北京红星有限公司"))
    assert only(left, side(unified(core="红星", name=name)))["tier"] == tier


@pytest.mark.parametrize("place", ["address", "representative"])
def test_one_name_in_two_places_is_no_weak_link(place):
    left, right = ({"core": "红星", "name": f"{city}红星有限公司", place: "甲"} for city in ("北京", "上海"))
    assert firms(side(left), side(right)).frame.is_empty()


def test_a_firm_whose_code_another_name_uses_keeps_it():
    mine = unified(name="恒丰机械", address="1号")
    other = {
        "code": SECOND_UNIFIED,
        "organisation": SECOND_INSIDE,
        "core": "恒丰机械",
        "name": "恒丰机械",
        "address": "1号",
    }
    frame = firms(side(mine), side(unified(core="青禾重工", name="青禾重工"), other)).frame
    assert frame.select("right_ref", "name_conflict").rows() == [(1, True)]


def test_generic_names_are_no_names():
    row = {"name": "便利店", "address": "1号"}
    assert firms(side(row), side(row)).frame.is_empty()
