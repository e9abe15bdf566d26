from pathlib import Path

import pytest

import casebook
from casebook.intake import contract
from casebook.link.role_headers import candidates, is_known, proposed


def test_a_role_needs_a_known_header_on_both_sides():
    assert proposed(["姓名", "电话"], ["姓名", "座机"], "person") == {"name": ("姓名", "姓名")}


def test_headers_differ_in_width_and_case_only():
    assert proposed(["Given_Name"], ["given_name "], "person") == {"given_name": ("Given_Name", "given_name ")}


def test_two_headers_of_one_role_propose_nothing():
    assert proposed(["身份证号", "证件号码"], ["身份证号"], "person") == {}


@pytest.mark.parametrize("header", ["户主姓名", "监护人身份证号", "names", "法定代表人电话"])
def test_wordings_that_only_contain_a_known_one_are_not_taken(header):
    assert proposed([header], [header], "person") == {}


def test_the_name_of_a_firm_is_another_header_than_a_person_s():
    left, right = ["名称", "统一社会信用代码", "姓名"], ["企业名称", "纳税人识别号", "姓名"]
    assert proposed(left, right, "firm") == {
        "code": ("统一社会信用代码", "纳税人识别号"),
        "name": ("名称", "企业名称"),
    }


CONTRACTS = Path(casebook.__file__).resolve().parents[2] / "data_contracts"
SUBJECTS = {"citizen_id", "person_name", "organisation_code", "firm_name"}


def test_every_header_of_an_id_or_a_name_in_the_contracts_is_known():
    columns = [column for path in CONTRACTS.glob("*.yaml") for column in contract.load(path).columns]
    headers = {header for column in columns if column.kind in SUBJECTS for header in column.headers}
    assert len(headers) > 100
    assert [header for header in sorted(headers) if not is_known(header)] == []


@pytest.mark.parametrize(
    ("header", "entity", "role"),
    [
        ("残疾人姓名", "person", "name"),
        ("死者姓名", "person", "name"),
        ("公民身份号", "person", "id"),
        ("税号", "firm", "code"),
        ("权利人", "firm", "name"),
        ("经营者姓名", "firm", "representative"),
    ],
)
def test_headers_of_the_contracts_have_their_role(header, entity, role):
    assert proposed([header], [header], entity)[role] == (header, header)


def test_of_two_headers_the_plainer_is_proposed():
    left = ["注册号", "纳税人识别号", "统一社会信用代码", "纳税人名称"]
    assert proposed(left, ["税号", "名称"], "firm")["code"] == ("统一社会信用代码", "税号")
    assert candidates(left, "code", "firm") == ["统一社会信用代码", "纳税人识别号", "注册号"]


def test_somebody_else_beside_the_subject_is_never_the_subject():
    assert proposed(["户主姓名", "残疾人姓名"], ["姓名", "监护人姓名"], "person") == {"name": ("残疾人姓名", "姓名")}
