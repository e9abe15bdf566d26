import pytest

from casebook.link.role_headers import proposed


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
