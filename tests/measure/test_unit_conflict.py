import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.errors import ParameterError
from casebook.measure import area, unit_conflict


def areas(*texts, unit="平方米"):
    return area.clean(pl.Series(texts, dtype=pl.String), unit)["value"]


@pytest.mark.parametrize(
    ("m2", "mu", "word"),
    [
        ("20000", "30", "ok"),
        ("20010", "30", "ok"),
        ("666.67", "1", "ok"),
        ("100", "0.15", "ok"),
        ("20", "0.03", "ok"),
        ("30", "20000", "swapped"),
        ("1.5", "1000", "swapped"),
        ("30", "30", "same_unit"),
        ("20000", "20000", "same_unit"),
        ("500", "30", "ratio_off"),
        ("20000", "31", "ratio_off"),
        ("20000", "0", "ratio_off"),
        ("0", "0", "ok"),
        (None, "30", "missing"),
        ("20000", "无", "missing"),
    ],
)
def test_two_area_columns_are_held_against_each_other(m2, mu, word):
    assert unit_conflict.between_areas(areas(m2), areas(mu, unit="亩")).item() == word


@pytest.mark.parametrize(
    ("m2", "hectares", "word"), [("20000", "2", "ok"), ("2", "20000", "swapped"), ("2", "2", "same_unit")]
)
def test_hectares_are_held_against_m2_likewise(m2, hectares, word):
    assert unit_conflict.between_areas(areas(m2), areas(hectares, unit="公顷"), "公顷").item() == word


LAND = (20_000, 60_000)  # 200 to 600 yuan per m²


@pytest.mark.parametrize(
    ("size", "paid_yuan", "word"),
    [
        ("20000", 8_000_000, "ok"),
        ("20000", 4_000_000, "ok"),
        ("20000", 12_000_000, "ok"),
        ("30", 8_000_000, "looks_like_mu"),
        ("2", 8_000_000, "looks_like_hectare"),
        ("20000", 100, "implausible"),
        ("20000", 0, "missing"),
        ("0", 8_000_000, "missing"),
        (None, 8_000_000, "missing"),
        ("20000", None, "missing"),
    ],
)
def test_one_area_column_is_held_against_the_price(size, paid_yuan, word):
    paid = pl.Series([None if paid_yuan is None else paid_yuan * 100], dtype=pl.Int64)
    assert unit_conflict.against_price(areas(size), paid, LAND).item() == word


def test_m2_under_a_hectare_header_are_seen():
    size, paid = areas("20000", unit="公顷"), pl.Series([800_000_000])
    assert unit_conflict.against_price(size, paid, LAND, "公顷").item() == "looks_like_m2"


def test_a_price_that_fits_several_other_units_names_none():
    size, paid = areas("1"), pl.Series([50_000_000])
    assert unit_conflict.against_price(size, paid, (5_000, 100_000)).item() == "unit_unclear"


@pytest.mark.parametrize(
    ("size", "word"), [("20000", "ok"), ("30", "looks_like_mu"), ("2", "looks_like_hectare"), ("77", "implausible")]
)
def test_a_price_per_m2_in_the_row_is_used_as_stated(size, word):
    found = unit_conflict.against_unit_price(areas(size), pl.Series([800_000_000]), pl.Series([40_000]))
    assert found.item() == word


@pytest.mark.parametrize(
    ("size", "word"), [("20000", "ok"), ("30", "looks_like_mu"), ("2.4", "looks_like_hectare"), ("0.01", "implausible")]
)
def test_without_a_price_the_plausible_size_is_asked(size, word):
    assert unit_conflict.against_range(areas(size), (15_000, 25_000)).item() == word


@pytest.mark.parametrize("bounds", [(0, 5), (6, 5), (-1, 5)])
def test_a_range_that_is_none_is_refused(bounds):
    with pytest.raises(ParameterError, match="lower first"):
        unit_conflict.against_range(areas("1"), bounds)


@given(st.integers(100, 10**8))
def test_true_pairs_are_never_doubted(hundredths_of_mu):
    mu = f"{hundredths_of_mu / 100:.2f}"
    m2 = f"{hundredths_of_mu * 20 / 3:.2f}"
    assert unit_conflict.between_areas(areas(m2), areas(mu, unit="亩")).item() == "ok"


@given(st.integers(100, 10**6))
def test_swapped_pairs_are_always_seen(hundredths_of_mu):
    mu = f"{hundredths_of_mu / 100:.2f}"
    m2 = f"{hundredths_of_mu * 20 / 3:.2f}"
    assert unit_conflict.between_areas(areas(mu), areas(m2, unit="亩")).item() == "swapped"
