"""What may be shown of a personal value."""

import pytest

from casebook.case import masking
from casebook.case.masking import mask, mask_numbers
from casebook.intake import contradictions


@pytest.mark.parametrize(
    ("kind", "raw", "shown"),
    [
        ("name", "张三", "张*"),
        ("name", "欧阳锋", "欧阳*"),
        ("name", "欧阳", "欧*"),
        ("name", "", ""),
        ("citizen_id", "11010519491231002X", "110105**********2X"),
        ("citizen_id", "110105491231002", "110105*******02"),
        ("citizen_id", "3.7E+17", "*******"),
        ("account", "6222020012345678", "************5678"),
        ("phone", "13812345678", "138****5678"),
        ("address", "柳湾镇小王庄村12号", "柳湾镇小王庄村*"),
        ("address", "青禾区中山路12号3单元东区", "青禾区中山路*"),
        ("address", "云州市青禾县12号", "云州市青禾县*"),
        ("address", "青年公寓三栋", "***"),
        ("address", "8 stanley street winston hills", "***"),
        ("address", "", ""),
        ("division", "云州市青禾区柳湾镇小王庄村12号", "云州市青禾区柳湾镇*"),
        ("division", "云州市青禾区阳光小区3栋", "云州市青禾区*"),
        ("division", "内蒙古自治区锡林郭勒盟苏尼特右旗", "内蒙古自治区锡林郭勒盟苏尼特右旗"),
        ("division", "小王庄村", "***"),
        ("division", "winston hills", "***"),
        ("birth_date", "1990-03-07", "1990******"),
        ("birth_date", "19900307", "1990****"),
        ("birth_date", "07/03/1990", "***"),
        ("birth_date", "07031990", "***"),
        ("birth_date", "20121990", "***"),
        ("code", "91350100M000100Y43", "91350100M000100Y43"),
        ("code", "90000119900101123x", "900001**********3X"),
        ("code", "9.00001E+17", "9.0000***17"),
        ("holder", "王小明", "王**"),
        ("holder", "青禾机械有限公司", "青禾机械有限公司"),
        ("none", "护理补贴", "护理补贴"),
        ("unheard_of", "secret", "******"),
    ],
)
def test_mask(kind, raw, shown):
    assert mask(raw, kind) == shown


def test_long_numbers_are_hidden_in_any_text():
    assert mask_numbers("身份证11010519491231002X，2.1E+17") == "身份证******************，*******"


@pytest.mark.parametrize("kind", ["none", "holder", "code", "address", "certificate", "account"])
def test_an_id_that_strayed_into_any_column_is_hidden(kind):
    assert "196011260024" not in mask("900001196011260024、900001196011260024", kind)


@pytest.mark.parametrize(
    "raw",
    ["900001-19601126-0024", "９００００１１９６０１１２６００２４", "身份证900001196011260024号", "900001601126002"],
)
def test_an_id_is_hidden_however_it_is_written(raw):
    assert "*" in mask(raw, "none")


def test_firm_code_is_no_id():
    assert mask("91110000101623741K", "none") == "91110000101623741K"


def test_contracts_may_name_exactly_the_masks_there_are():
    assert set(masking.MASKS) == contradictions.MASKS
