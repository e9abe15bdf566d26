from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from casebook import intake
from casebook.intake import contract
from casebook.synth import catering_platforms as platforms
from casebook.synth import catering_shops as shops
from casebook.synth.catering_licences import LIST_DATE
from casebook.synth.catering_tables import market
from casebook.synth.catering_town import Town
from casebook.synth.catering_words import PLATFORMS
from casebook.synth.world import Scale, World
from casebook.synth.writers import write_table

CONTRACTS = Path(__file__).parents[2] / "data_contracts"


@pytest.fixture(scope="module")
def town():
    return Town(World(9, Scale("test", 0, 0, 0, 1500, 30_000)))


@pytest.fixture(scope="module")
def some_shops(town):
    return [shops.background(town) for _ in range(60)]


@pytest.fixture(scope="module")
def tables(some_shops):
    pages = platforms.listed(some_shops)
    dishes, _ = platforms.dish_tables(np.random.default_rng(1), pages)
    return [*market(some_shops, []), *platforms.shop_tables(pages), *dishes]


@pytest.mark.parametrize(
    "contract_id",
    ["market_food_licences", "market_business_licences", "market_hygiene_grades", "platform_shops", "platform_dishes"],
)
def test_the_contract_reads_every_row_of_the_files(tables, tmp_path, contract_id):
    mine = [table for table in tables if table.contract_id == contract_id]
    files = {tmp_path / row for table in mine for row in write_table(table, tmp_path)["file"].unique()}
    dataset, rejects = intake.read(contract.load(CONTRACTS / f"{contract_id}.odcs.yaml"), sorted(files))
    assert dataset.frame.height == sum(table.frame.height for table in mine)
    assert rejects.frame.height == 0


def test_every_header_is_known_to_its_contract(tables):
    for table in tables:
        known = contract.load(CONTRACTS / f"{table.contract_id}.odcs.yaml").columns
        headers = {name for column in known for name in column.headers}
        assert set(table.frame.columns) <= headers


def test_lists_of_the_regulator_stand_as_of_the_list_date(tables):
    assert {table.obtained for table in tables if table.contract_id.startswith("market_")} == {LIST_DATE}


def test_licence_rows_are_the_licences_of_the_shops(tables, some_shops):
    listed = pl.concat(
        [
            table.frame.select(pl.nth(0).alias("number"))
            for table in tables
            if table.contract_id == "market_food_licences"
        ]
    )
    expected = sorted(of.number for shop in some_shops for of in shop.licences)
    assert sorted(listed["number"].str.strip_chars()) == expected


def test_a_licence_without_a_name_is_an_empty_cell(town, some_shops):
    of = some_shops[0].licences[0]
    nameless = replace(of, number=town.number(), operator=replace(of.operator, name=""))
    frames = [t.frame for t in market([], [nameless]) if t.contract_id == "market_food_licences"]
    assert [frame.row(0)[1] for frame in frames if frame.height] == [None]


def test_grades_are_numerals_on_the_portal_and_words_in_the_ledger(tables):
    portal, ledger = (table.frame for table in tables if table.contract_id == "market_hygiene_grades")
    assert portal.columns == ["xkzh", "shop", "dtlhdj", "sndzhdj"]
    assert set(portal["dtlhdj"]) <= {"1", "2", "3"}
    assert set(ledger["动态等级"]) <= {"优秀", "良好", "一般"}


def test_firms_stand_once_each(tables):
    firms = next(table.frame for table in tables if table.contract_id == "market_business_licences")
    assert firms["统一社会信用代码"].is_unique().all()


def test_shop_ids_are_unique_on_their_platform(some_shops):
    pages = platforms.listed(some_shops)
    keys = [(one.page.platform, one.shop_id) for one in pages]
    assert len(set(keys)) == len(keys) == sum(1 + len(shop.twins) for shop in some_shops)


def test_rows_count_from_zero_on_each_platform(some_shops):
    pages = platforms.listed(some_shops)
    for platform in range(len(PLATFORMS)):
        rows = [one.row for one in pages if one.page.platform == platform]
        assert rows == list(range(len(rows)))


def test_a_screenshot_names_platform_shop_and_moment(some_shops):
    one = platforms.listed(some_shops)[0]
    name = platforms.screenshot(one)
    assert one.shop_id in name
    assert name.endswith(f"{one.page.captured:%Y%m%d%H%M%S}.png")


def test_dish_marks_follow_the_rows_of_their_table(some_shops):
    pages = platforms.listed(some_shops)
    tables, marks = platforms.dish_tables(np.random.default_rng(1), pages)
    for table in tables:
        mine = marks.filter(pl.col("table") == table.name)
        assert mine["row_index"].to_list() == list(range(table.frame.height))
