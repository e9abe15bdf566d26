"""Headers that say by themselves which role their column plays: exact wordings only, in Chinese and English.

A proposal made of them is always told before it is used. The wordings of a role stand in groups, the plainest first: of two headers
in different groups the plainer is proposed; two of one group leave it open which is meant, and the role is not proposed.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from casebook.intake.headers import normalise
from casebook.link.residual import Entity
from casebook.link.roles import ROLES

Groups = tuple[tuple[str, ...], ...]

_KNOWN: Final[Mapping[str, Groups]] = {
    "id": (
        (
            *("身份证号", "身份证号码", "公民身份号码", "公民身份号", "公民身份证号", "公民身份证号码", "居民身份证号", "居民身份证号码"),
            *("残疾人身份证号", "残疾人身份证号码", "身份证件号", "身份证件号码", "身份证", "证件号码", "证件号"),
            *("id", "id_number", "id_no", "citizen_id", "idcard", "id_card", "soc_sec_id", "ssn"),
        ),
    ),
    "certificate": (("残疾人证号", "残疾人证号码", "残疾人证编号", "残疾人证件号", "残疾证号", "残疾证号码", "残疾人证"),),
    "given_name": (("名", "given_name", "first_name", "forename", "firstname"),),
    "family_name": (("姓", "family_name", "last_name", "surname", "lastname"),),
    "former_name": (("曾用名", "曾用名称", "原名称", "原企业名称", "变更前名称", "former_name"),),
    "sex": (("性别", "sex", "gender"),),
    "birth_date": (
        ("出生日期", "出生年月日", "出生年月", "生日", "birth_date", "date_of_birth", "birthdate", "dob"),
    ),
    "address": (
        (
            *("地址", "住址", "家庭住址", "户籍地址", "联系地址", "居住地址", "住所", "登记住所", "企业地址", "注册地址"),
            *("住所(注册地址)", "户籍地", "户籍所在地", "户口所在地", "address"),
        ),
        ("经营场所", "住所(经营场所)", "经营地址", "经营场所地址", "生产经营场所", "生产经营地址", "实际经营地址"),
    ),
    "place": (
        (
            *("村(社区)", "村/社区", "村社区", "村(居)", "村(居)委会", "村(居委会)", "村委会", "村居", "行政村", "社区", "所属村居"),
            *("place", "suburb", "city", "town"),
        ),
        ("乡镇(街道)", "乡镇/街道", "乡镇街道", "乡镇"),
    ),
    "phone": (
        ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "phone", "phone_number", "telephone", "mobile"),
    ),
    "account": (
        (
            *("银行账号", "银行帐号", "银行账户", "开户账号", "社保卡银行账号", "一卡通账号", "账号", "帐号", "卡号", "银行卡号"),
            *("account", "account_number", "bank_account"),
        ),
    ),
    "code": (
        (
            *("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码(注册号)", "社会信用代码(纳税人识别号)"),
            *("统一社会信用代码(身份证号)", "统一社会信用代码(身份证号码)", "社会信用代码(身份证号)", "社会信用代码(身份证号码)"),
            *("社会信用代码/身份证号码", "code", "credit_code", "organisation_code"),
        ),
        ("纳税人识别号", "纳税识别号", "纳税人识别号(原)", "税务登记号", "税号"),
        ("组织机构代码", "注册号", "原注册号", "工商注册号", "营业执照注册号"),
        (
            *("权利人证件号", "权利人证件号码", "权利人证件编号", "当事人证件号", "当事人证件号码", "证件号", "证件号码"),
        ),
    ),
    "representative": (
        (
            *("法定代表人", "法定代表人姓名", "法人", "法人代表", "负责人", "负责人姓名", "经营者", "经营者姓名"),
            *("法定代表人(负责人)", "法定代表人/负责人", "representative"),
        ),
    ),
    "representative_id": (
        ("法定代表人身份证号", "法定代表人身份证号码", "法定代表人证件号码", "负责人身份证号", "经营者身份证号"),
    ),
}  # fmt: skip
_NAMES: Final[Mapping[Entity, Groups]] = {
    "person": (
        (
            *("姓名", "人员姓名", "公民姓名", "受益人姓名", "残疾人姓名", "死者姓名", "逝者姓名", "对象姓名", "补贴对象姓名"),
            *("申请人姓名", "持证人姓名", "成员姓名", "家庭成员姓名", "name", "full_name"),
        ),
        ("补贴对象", "家庭成员", "成员"),
    ),
    "firm": (
        (
            *("企业名称", "单位名称", "名称", "公司名称", "纳税人名称", "市场主体名称", "主体名称", "经营者名称", "经营单位名称"),
            *("公示主体名称", "公示单位名称", "公示名称", "公示经营者名称", "name", "company", "company_name"),
        ),
        (
            *("纳税人", "纳税人姓名", "缴款人名称", "权利人", "权利人名称", "权利人姓名", "使用权人", "土地使用权人", "土地使用者"),
            *("用地单位", "受让人", "受让单位", "竞得人", "当事人", "当事人名称", "当事人姓名", "被处罚人", "违法当事人", "shop"),
        ),
    ),
}  # fmt: skip
# Names beside the subject's: taken for the subject's own they would link the wrong people.
_OF_OTHERS: Final = (
    *("户主", "户主姓名", "监护人", "法定监护人", "监护人姓名", "联系人", "联系人姓名", "家属姓名"),
    *("开户人", "开户人姓名", "开户名", "户名", "账户名", "账户户名"),
    *("总公司名称", "总机构名称", "所属法人", "隶属企业", "隶属企业名称"),
)


def proposed(left: Sequence[str], right: Sequence[str], entity: Entity) -> dict[str, tuple[str, str]]:
    """Role → column of the left and of the right table, for each role that both tables have one plainest header of.

    >>> proposed(["序号", "姓名", "身份证号"], ["姓名", "公民身份号码", "名称"], "person")
    {'id': ('身份证号', '公民身份号码'), 'name': ('姓名', '姓名')}
    """
    found = {}
    for role in ROLES[entity]:
        columns = [_only(headers, _groups(role, entity)) for headers in (left, right)]
        if columns[0] is not None and columns[1] is not None:
            found[role] = (columns[0], columns[1])
    return found


def candidates(headers: Sequence[str], role: str, entity: Entity) -> list[str]:
    """The headers of a table that are known for the role, the plainest group first.

    >>> candidates(["注册号", "统一社会信用代码"], "code", "firm")
    ['统一社会信用代码', '注册号']
    """
    return [header for group in _groups(role, entity) for header in _among(headers, group)]


def is_known(header: str) -> bool:
    """Whether the header is known: as that of a role, or as that of somebody else who must not be taken for the subject.

    >>> is_known("残疾人姓名"), is_known("户主姓名"), is_known("备注")
    (True, True, False)
    """
    groups = [*(group for found in (*_KNOWN.values(), *_NAMES.values()) for group in found), _OF_OTHERS]
    return any(_among([header], group) for group in groups)


def _groups(role: str, entity: Entity) -> Groups:
    return _NAMES[entity] if role == "name" else _KNOWN.get(role, ())


def _only(headers: Sequence[str], groups: Groups) -> str | None:
    """The one header of the plainest group that any header is of."""
    found = next((among for group in groups if (among := _among(headers, group))), [])
    return found[0] if len(found) == 1 else None


def _among(headers: Sequence[str], known: Sequence[str]) -> list[str]:
    wanted = {normalise(header) for header in known}
    return [header for header in headers if normalise(header) in wanted]
