import pytest

from casebook.intake.workbook.facts import DamagedError
from casebook.intake.workbook.xlsx_facts import SharedTexts, XlsxSheet, counting

SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="x"><cols><col min="2" max="3" width="0" customWidth="1"/></cols><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
    b'<row r="2" hidden="1"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c><c r="AB2" s="1"><v>-5</v></c></row>'
    b'<row r="3" ht="0" customHeight="1"><c r="A3"><f>1+1</f></c><c r="B3"><f t="shared" si="0"/><v></v></c></row>'
    b'<row r="4"><c r="A4" t="str"><f>""</f><v></v></c><c r="B4" s="1"><v>60</v></c><c r="C4" s="1"><v>60.25</v></c>'
    b'<c r="D4"><v>-60</v></c><c r="E4" s="1"><v>601</v></c></row></sheetData>'
    b'<autoFilter ref="A1:B4"><filterColumn colId="0"/></autoFilter></worksheet>'
)


def seen(content, size):
    sheet = XlsxSheet()
    for at in range(0, len(content), size):
        sheet.see(content[at : at + size])
    return sheet.close()


@pytest.mark.parametrize("size", [7, 64, 200, 10_000])
def test_facts_are_the_same_however_the_blocks_are_cut(size):
    facts = seen(SHEET, size)
    assert facts.texts == {(1, 0): "#N/A"}
    assert facts.marks == {(1, 0): "cell.error", (2, 0): "formula.no_value", (2, 1): "formula.no_value"}
    assert facts.serials == {(1, 27): "-5", (3, 1): "60", (3, 2): "60.25"}
    assert (facts.hidden_rows, facts.is_filtered) == ([1, 2], True)
    assert (facts.values, facts.formulas, facts.has_empty_texts) == (8, 4, False)
    assert sorted(set(facts.hidden_columns)) == [1, 2]


@pytest.mark.parametrize("size", [7, 64, 10_000])
def test_a_sheet_without_the_end_of_its_table_is_damaged(size):
    with pytest.raises(DamagedError, match="cut"):
        seen(SHEET[: SHEET.index(b"</sheetData>")], size)


def test_a_sheet_without_rows_is_whole():
    assert seen(b'<worksheet xmlns="x"><sheetData/></worksheet>', 9).values == 0


def test_an_error_without_an_address_is_damage():
    with pytest.raises(DamagedError, match="no address"):
        seen(SHEET.replace(b'r="A2" ', b""), 1_000)


@pytest.mark.parametrize("size", [3, 1_000])
@pytest.mark.parametrize(("text", "has_empty"), [(b"<t>x</t>", False), (b"<t></t>", True), (b"<t/>", True)])
def test_empty_shared_texts_are_found(size, text, has_empty):
    texts = SharedTexts()
    content = b"<sst><si><t>a</t></si><si>" + text + b"</si></sst>"
    for at in range(0, len(content), size):
        texts.see(content[at : at + size])
    assert texts.has_empty == has_empty


def test_a_sign_over_two_blocks_is_counted_once():
    found = []
    see = counting(b"<comment ", found.append)
    for block in (b"x<comm", b"ent a/><comment ", b"b/>"):
        see(block)
    assert sum(found) == 2
