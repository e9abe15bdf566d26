import re
from pathlib import Path

import pytest

from casebook.errors import ContractError
from casebook.intake.contract import examined, load, load_all

FOLDER = Path(__file__).parents[2] / "data_contracts"
SMALL = """
apiVersion: v3.1.0
kind: DataContract
id: deaths
name: 死亡人员
version: 1.2.0
status: active
team: {name: 公安局}
schema:
  - name: deaths
    properties:
      - name: name
        physicalName: 姓名
        logicalType: string
        classification: restricted
        tags: [pii]
        customProperties:
          - {property: kind, value: person_name}
          - {property: headerRequired, value: true}
          - {property: mask, value: name}
      - name: area_dm2
        physicalName: 面积
        logicalType: string
        primaryKey: true
        primaryKeyPosition: 1
        required: true
        classification: internal
        customProperties:
          - {property: headers, value: [面积（亩）, 地块面积]}
          - {property: unit, value: 平方米}
          - {property: unitByHeader, value: {面积（亩）: 亩}}
customProperties:
  - {property: agency, value: 公安局}
  - {property: fillRates, value: {name: 0.9}}
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="deaths.odcs.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_a_contract_says_columns_headers_units_and_what_is_demanded(written):
    contract = load(written(SMALL))
    name, area = contract.columns
    assert (contract.id, contract.version, contract.agency, contract.owner) == ("deaths", "1.2.0", "公安局", "公安局")
    assert (contract.key, contract.fill_rates, contract.row_count_min) == (("area_dm2",), {"name": 0.9}, 1)
    assert (name.kind, name.mask, name.required, name.header_required) == ("person_name", "name", False, True)
    assert area.headers == ("面积", "面积（亩）", "地块面积")
    assert (area.unit, area.unit_by_header, area.header_required) == ("平方米", {"面积(亩)": "亩"}, True)
    assert re.fullmatch("[0-9a-f]{64}", contract.sha256)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: DataContract", "kind: Contract", "does not fit the ODCS v3 schema"),
        ("version: 1.2.0", "x: 1", "does not fit the ODCS v3 schema"),
        ("required: true", "required: perhaps", "not of type"),
        ("physicalName: 姓名", "physicalType: text", "needs a physicalName"),
        ("physicalName: 姓名\n        logicalType: string", "physicalName: 姓名", "logicalType: string is missing"),
        ("地块面积", "姓 名", "stands for both 'name' and 'area_dm2'"),
        ("classification: internal", "classification: secret", "restricted, internal or public"),
        ("- name: area_dm2", "- name: name", "two columns have the same name"),
        ("- name: area_dm2", "- name: row", "a name that intake needs for itself"),
        (
            "value: person_name",
            "value: person_nme",
            "the cleaner person_nme, which does not exist; there are citizen_id",
        ),
        ("{name: 0.9}", "{nome: 0.9}", "columns that do not exist: nome"),
        ("  - name: deaths\n", "  - name: other\n  - name: deaths\n", "exactly one table"),
    ],
)
def test_a_broken_contract_says_what_is_wrong(written, old, new, said):
    with pytest.raises(ContractError, match=said):
        load(written(SMALL.replace(old, new)))


def test_every_problem_of_a_broken_contract_is_told(written):
    text = SMALL.replace("kind: DataContract", "kind: Contract").replace("required: true", "required: perhaps")
    contract, problems = examined(written(text))
    assert contract is None
    assert [re.search(r" at (\S+) ", told).group(1) for told in sorted(problems)] == [
        "kind",
        "schema/0/properties/1/required",
    ]
    text = SMALL.replace("classification: internal", "classification: secret").replace("{name: 0.9}", "{nome: 0.9}")
    assert len(examined(written(text))[1]) == 2


def test_file_name_and_id_agree(written, tmp_path):
    written(SMALL, "births.odcs.yaml")
    with pytest.raises(ContractError, match="file name and id must agree"):
        load_all(tmp_path)


def test_an_unknown_column_is_answered_with_the_known_ones(written):
    with pytest.raises(ContractError, match="it has name, area_dm2"):
        load(written(SMALL)).column("nmae")


COMMITTED = load_all(FOLDER)
PROMISED = """
registry_real_estate land_supply_contracts tax_registrations tax_land_sources tax_payments market_registrations
tax_relief_filings land_use_penalties market_food_licences market_small_catering market_business_licences market_hygiene_grades
platform_shops platform_dishes civil_subsidy_payments civil_low_income civil_destitute_support civil_orphans civil_cremations
federation_certificates police_deaths police_moves justice_custody hr_work_injury_nursing veterans_nursing
"""
SUFFIXES = {"money": "_fen", "area": "_dm2"}


def test_the_promised_tables_are_there():
    assert sorted(COMMITTED) == sorted(PROMISED.split())


@pytest.mark.parametrize("contract", COMMITTED.values(), ids=lambda c: c.id)
def test_a_name_carries_its_unit_and_personal_columns_are_tagged_and_masked(contract):
    for column in contract.columns:
        assert column.name.endswith(SUFFIXES.get(column.kind, ""))
        assert (column.unit is not None) == (column.kind in SUFFIXES)
        if column.kind in {"person_name", "citizen_id", "disability_certificate"}:
            assert "direct-identifier" in column.tags
            assert (column.classification, column.mask != "none") == ("restricted", True)


def test_the_same_name_is_the_same_kind_in_every_table():
    kinds: dict[str, set[str | None]] = {}
    for contract in COMMITTED.values():
        for column in contract.columns:
            kinds.setdefault(column.name, set()).add(column.kind)
    assert {name for name, found in kinds.items() if len(found) > 1} == set()
