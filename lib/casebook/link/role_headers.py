"""Headers that say by themselves which role their column plays: exact wordings only, in Chinese and English.

A proposal made of them is always told before it is used; a role two of whose headers stand in one table is not proposed.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from casebook.intake.headers import normalise
from casebook.link.residual import Entity
from casebook.link.roles import ROLES

_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        *("身份证号", "身份证号码", "公民身份号码", "居民身份证号", "居民身份证号码", "公民身份证号码", "身份证", "证件号码", "证件号"),
        *("id", "id_number", "id_no", "citizen_id", "idcard", "id_card", "soc_sec_id", "ssn"),
    ),
    "given_name": ("名", "given_name", "first_name", "forename", "firstname"),
    "family_name": ("姓", "family_name", "last_name", "surname", "lastname"),
    "sex": ("性别", "sex", "gender"),
    "birth_date": ("出生日期", "出生年月日", "出生年月", "birth_date", "date_of_birth", "birthdate", "dob"),
    "address": ("地址", "住址", "家庭住址", "户籍地址", "联系地址", "居住地址", "住所", "经营场所", "住所(经营场所)", "address"),
    "place": ("村(社区)", "乡镇(街道)", "村(居)委会", "所属村居", "place", "suburb", "city", "town"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "phone", "phone_number", "telephone", "mobile"),
    "account": ("银行账号", "银行账户", "账号", "卡号", "银行卡号", "account", "account_number", "bank_account"),
    "code": (
        *("统一社会信用代码", "社会信用代码", "统一社会信用代码(注册号)", "纳税人识别号", "社会信用代码(纳税人识别号)"),
        *("组织机构代码", "注册号", "code", "credit_code", "organisation_code"),
    ),
    "representative": ("法定代表人", "法人", "法人代表", "负责人", "经营者", "法定代表人(负责人)", "representative"),
}  # fmt: skip
_NAMES: Final[Mapping[Entity, tuple[str, ...]]] = {
    "person": ("姓名", "人员姓名", "公民姓名", "受益人姓名", "name", "full_name"),
    "firm": ("企业名称", "单位名称", "名称", "公司名称", "纳税人名称", "市场主体名称", "主体名称", "name", "company", "company_name"),
}  # fmt: skip


def proposed(left: Sequence[str], right: Sequence[str], entity: Entity) -> dict[str, tuple[str, str]]:
    """Role → column of the left and of the right table, for each role that has exactly one known header in both.

    >>> proposed(["序号", "姓名", "身份证号"], ["姓名", "公民身份号码", "名称"], "person")
    {'id': ('身份证号', '公民身份号码'), 'name': ('姓名', '姓名')}
    """
    found = {}
    for role in ROLES[entity]:
        columns = [_only(headers, _NAMES[entity] if role == "name" else _KNOWN[role]) for headers in (left, right)]
        if columns[0] is not None and columns[1] is not None:
            found[role] = (columns[0], columns[1])
    return found


def _only(headers: Sequence[str], known: Sequence[str]) -> str | None:
    wanted = {normalise(header) for header in known}
    given = [header for header in headers if normalise(header) in wanted]
    return given[0] if len(given) == 1 else None
