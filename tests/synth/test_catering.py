import csv
from collections import Counter

import polars as pl
import pytest

from casebook.ids import permit
from casebook.synth.catering import DISH_TRUTH, make, plan
from casebook.synth.catering_cases import RECIPES
from casebook.synth.truth import Truth
from casebook.synth.world import Scale, World
from casebook.synth.writers import write_table

CONTRACTS = {
    "market_food_licences",
    "market_small_catering",
    "market_business_licences",
    "market_hygiene_grades",
    "platform_shops",
    "platform_dishes",
}
KINDS = {
    "no_licence_shown",
    "licence_expired",
    "licence_of_another",
    "licence_cancelled",
    "beyond_scope",
    "grade_not_shown",
    "grade_mismatch",
}
EXEMPTIONS = {
    "small_catering_certificate": "excluded",
    "grade_not_yet_given": "excluded",
    "shop_not_operating": "excluded",
    "licence_renewed": "flagged",
    "renewal_pending": "flagged",
    "pastry_vocabulary": "flagged",
    "item_with_restriction": "flagged",
    "central_kitchen": "flagged",
    "canteen": "flagged",
    "capture_outside_window": "flagged",
    "licence_not_in_list": "flagged",
    "toppings_bought": "flagged",
    "name_conflict": "flagged",
    "weak_match": "flagged",
}


@pytest.fixture(scope="module")
def district():
    truth = Truth("online_catering")
    return plan(World(20260331, Scale.of("sample")), truth), truth


@pytest.fixture(scope="module")
def written(district, tmp_path_factory):
    folder = tmp_path_factory.mktemp("catering")
    catering, truth = district
    places = {table.name: write_table(table, folder) for table in catering.tables}
    truth.details[DISH_TRUTH] = catering.dishes
    truth.write(folder / "truth", places)
    return folder


def frames(seed):
    tables = make(World(seed, Scale.of("sample")), Truth("online_catering"))
    return {table.name: table.frame for table in tables}


def cases(district):
    return [case for case, _, _ in district[1].lines]


def test_same_seed_gives_the_same_tables():
    first, second = frames(5), frames(5)
    assert first.keys() == second.keys()
    assert all(first[name].equals(second[name]) for name in first)


def test_another_seed_gives_another_district():
    assert not frames(5)["营业执照"].equals(frames(6)["营业执照"])


def test_same_seed_plants_the_same_truth(district):
    again = Truth("online_catering")
    plan(World(20260331, Scale.of("sample")), again)
    assert again.lines == district[1].lines


def test_every_contract_of_the_model_has_a_table(district):
    assert {table.contract_id for table in district[0].tables} == CONTRACTS


def test_table_names_are_unique(district):
    names = [table.name for table in district[0].tables]
    assert len(set(names)) == len(names)


def test_all_cells_are_text(district):
    assert {dtype for table in district[0].tables for dtype in table.frame.dtypes} == {pl.String}


def test_every_listed_licence_passes_its_check_digit(district):
    for table in district[0].tables:
        if table.contract_id == "market_food_licences":
            numbers = table.frame.to_series(0).str.strip_chars()
            assert permit.clean(numbers)["problem"].null_count() == len(numbers)


def test_no_licence_is_listed_twice(district):
    numbers = [
        number.strip()
        for table in district[0].tables
        if table.contract_id == "market_food_licences"
        for number in table.frame.to_series(0)
    ]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_planted_as_a_lead(district, kind):
    assert any(case.kind == kind and case.bin == "lead" for case in cases(district))


@pytest.mark.parametrize(("exemption", "bin_"), sorted(EXEMPTIONS.items()))
def test_every_exemption_is_planted_in_its_bin(district, exemption, bin_):
    assert {case.bin for case in cases(district) if case.exemption == exemption} == {bin_}


def test_truth_uses_no_word_outside_the_vocabulary(district):
    assert {case.kind for case in cases(district)} == KINDS | {""}
    assert {case.exemption for case in cases(district)} == set(EXEMPTIONS) | {""}


def test_sample_has_every_recipe_and_sixty_cases(district):
    recipes = {case.case_id.split("-", 2)[2] for case in cases(district)}
    assert recipes == {recipe.name for recipe in RECIPES}
    assert len(cases(district)) >= 60


def test_seed_plants_about_four_hundred_leads():
    by_bin = Counter()
    for recipe in RECIPES:
        by_bin[recipe.bin] += recipe.count
    assert 380 <= by_bin["lead"] <= 420
    assert by_bin["clear"] >= 100


def test_catering_moves_no_money(district):
    assert {case.amount_fen for case in cases(district)} == {0}


def test_a_case_stands_on_one_row_of_its_own(district):
    places = [(table, row) for _, table, row in district[1].lines]
    assert len(set(places)) == len(places)


def test_truth_points_at_the_physical_row_of_the_shop(district, written):
    catering, truth = district
    shops = next(table for table in catering.tables if table.name == "店铺公示_味来到家").frame
    expected = [shops["店铺ID"][row] for _, table, row in truth.lines if table == "店铺公示_味来到家"]
    lines = (written / "店铺公示_味来到家.csv").read_text("utf-8-sig").splitlines()
    found = pl.read_csv(written / "truth" / "online_catering.csv").filter(pl.col("file") == "店铺公示_味来到家.csv")
    assert [lines[row - 1].split(",")[1] for row in found["row"]] == expected


def test_every_dish_row_is_described(district, written):
    described = pl.read_csv(written / "truth" / f"{DISH_TRUTH}.csv")
    assert described.columns == ["file", "sheet", "row", "item", "lookalike", "held_out"]
    assert described.height == district[0].dishes.height
    assert described.select("file", "row").is_unique().all()


def test_dish_truth_counts_title_rows(written):
    described = pl.read_csv(written / "truth" / f"{DISH_TRUTH}.csv").filter(pl.col("file") == "菜品_云外卖.csv")
    with (written / "菜品_云外卖.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert described["row"].min() == 3
    assert described["row"].max() == len(rows)


def test_every_dish_belongs_to_a_listed_shop(district):
    tables = {table.name: table.frame for table in district[0].tables}
    for platform, key in (("快送到", "店铺ID"), ("云外卖", "商家ID"), ("味来到家", "店铺ID")):
        assert set(tables[f"菜品_{platform}"][key]) == set(tables[f"店铺公示_{platform}"][key])
