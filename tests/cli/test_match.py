"""`casebook match`: pairs by physical rows, roles told, values masked."""

import json

import polars as pl
import pytest
import xlsxwriter

from casebook.link.explain import CONFLICT

ZHANG, WANG = "11010519491231002X", "110105194912310021"
MAP = "id=身份证号:公民身份号码,name=姓名,birth_date=出生日期,phone=电话:手机"
PERSONAL = (ZHANG, WANG, "张三", "李四", "1980-01-02", "13800001111")


def test_pairs_are_told_by_physical_rows_with_tier_score_and_sentence(match):
    said, pairs = match("--map", MAP)
    assert said.code == 0
    assert pairs[0] == ["left_row", "right_row", "tier", "score", "reason"]
    assert [row[:3] for row in pairs[1:]] == [["3", "3", "T1"], ["4", "2", "T3"]]
    assert pairs[1][3:] == ["1.0", "两表公民身份号码有效且相同。"]
    assert 0.9 <= float(pairs[2][3]) <= 1


def test_reasons_in_english(match):
    assert match("--map", MAP, "--language", "en")[1][1][4] == "Both tables hold the same valid citizen id."


def test_a_weighed_pair_tells_how_far_each_attribute_agrees(match):
    reason = match("--map", MAP, "--language", "en")[1][2][4]
    assert "Name: the same; birth date: the same" in reason


def test_summary_for_machines(match, tmp_path):
    said, _ = match("--map", MAP, "--json")
    told = json.loads(said.out)
    assert told["out"] == str(tmp_path / "pairs.csv")
    assert told["map"]["id"] == [["身份证号", "公民身份号码"]]
    assert (told["pairs"], told["tiers"]) == (2, {"T1": 1, "T3": 1})
    counts = {"rows": 3, "without_partner": 1, "not_read": {}, "notes": {}}
    keys = {"column": "citizen_id", "rows": 3, "valid": 1}
    assert told["left"] == counts | {"keys": keys | {"problems": {"blank": 1, "check_digit": 1}}}
    assert told["right"] == counts | {"keys": keys | {"problems": {"blank": 2}}}
    assert told["name_conflicts"] == {}


def test_without_a_map_known_headers_are_taken_and_told(match):
    said, pairs = match(right=[line.replace("手机", "联系电话") for line in match.right])
    assert (
        "taken from the headers: --map id=身份证号:公民身份号码,name=姓名:姓名,birth_date=出生日期:出生日期,phone=电话:联系电话"
        in said.err
    )
    assert pairs == match("--map", MAP)[1]


def test_only_the_tiers_asked_for_are_told(match):
    assert [row[2] for row in match("--map", MAP, "--tier", "T1")[1][1:]] == ["T1"]


def test_a_clash_of_names_is_part_of_the_reason(match):
    _, pairs = match("--map", MAP, right=[match.right[0], f"{ZHANG},欧阳修文,,"])
    assert pairs[1][:3] == ["3", "2", "T1"]
    assert pairs[1][4] == f"{CONFLICT[0]} 两表公民身份号码有效且相同。"


def test_one_to_one_a_row_that_may_be_two_is_none(match):
    right = [*match.right, match.right[1]]
    assert [row[:2] for row in match("--map", MAP, right=right)[1][2:]] == [["4", "2"], ["4", "5"]]
    assert match("--map", MAP, "--one-to-one", right=right)[1][2:] == []
    assert [row[2] for row in match("--map", MAP, "--one-to-one", "--tier", "T4", right=right)[1][2:]] == ["T4", "T4"]


def test_workbook_and_parquet(program, match, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "l.xlsx")) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(match.left):
            sheet.write_row(at, 0, line.split(","))
    cells = [line.split(",") for line in match.right]
    pl.DataFrame(cells[1:], schema=cells[0], orient="row").write_parquet(tmp_path / "r.parquet")
    out = tmp_path / "p.csv"
    said = program(
        "match", tmp_path / "l.xlsx", tmp_path / "r.parquet", "--entity", "person", "--map", MAP, "--out", out
    )
    assert said.code == 0
    assert [line[:6] for line in out.read_text().splitlines()[1:]] == ["3,3,T1", "4,2,T3"]


def test_firms(match):
    left = ["企业名称,统一社会信用代码", "青禾机械有限公司,91110000101623741K"]
    right = ["名称,纳税人识别号", "青禾机械有限责任公司,91110000101623741k"]
    assert [row[:3] for row in match(left=left, right=right, entity="firm")[1][1:]] == [["2", "2", "T1"]]


def test_english_tables(match):
    header = "rec_id,given_name,surname,street_number,address_1,suburb,date_of_birth,soc_sec_id"
    left = [header, "r1,michaela,neumann,8,stanley street,winston hills,19151111,5304218"]
    right = [header, "r2,michaela,neuman,8,stanley street,winston hills,19151111,5304218"]
    mapping = "given_name=given_name,family_name=surname,id=soc_sec_id,birth_date=date_of_birth,place=suburb"
    said, pairs = match("--map", mapping, "--map", "address=street_number,address=address_1", left=left, right=right)
    assert (said.code, [row[:3] for row in pairs[1:]]) == (0, [["2", "2", "T3"]])


def test_explain_tells_the_weights_and_masks_the_values(match):
    said, _ = match("--map", MAP, "--explain", 4, "--json")
    told = json.loads(said.out)
    best = told["candidates"][0]
    assert (told["left_row"], best["right_row"], best["tier"], best["reason"]) == (4, 2, "T3", "weighed")
    lines = {line["comparison"]: line for line in best["weights"]}
    assert lines["birth_date"]["level"] == "exact"
    assert lines["birth_date"]["left_value"] == "1980****"
    assert lines["probability"]["cumulative"] == pytest.approx(best["score"], abs=1e-3)
    assert not [value for value in PERSONAL if value in said.all]


@pytest.mark.parametrize(("row", "told"), [(3, "T1: 两表公民身份号码有效且相同。"), (5, "没有可比对的候选。")])
def test_explain_for_people(match, row, told):
    said, _ = match("--map", MAP, "--explain", row)
    assert said.code == 0
    assert told in said.out
    assert not [value for value in PERSONAL if value in said.all]


def test_rows_that_cannot_be_read_are_counted_and_the_exit_is_1(match):
    said, pairs = match("--map", MAP, right=[*match.right[:3], "x", "a\x00,b,c,d", match.right[3]])
    assert said.code == 1
    assert [row[:2] for row in pairs[1:]] == [["3", "3"], ["4", "2"]]
    assert "right.csv: 3 rows, 1 without partner, 1 char.nul, 1 row.short" in said.out


def test_a_higher_demand_makes_fewer_weighed_links(match):
    assert [row[2] for row in match("--map", MAP, "--least", "1")[1][1:]] == ["T1"]


def test_ambiguous_pairs_and_values_too_common_are_told(match):
    rows = [f",{index:03}王,,0100000" for index in range(60)]
    left = ["编号,姓名,出生日期,电话", *rows, ",李四,1980-01-02,13800001111"]
    said, _ = match(
        "--map", "name=姓名,birth_date=出生日期,phone=电话", "--one-to-one", left=left, right=[*left, left[-1]]
    )
    assert "2 pairs are ambiguous: another candidate is about as likely" in said.out
    assert "not compared by phone: 1 values that stand in too many rows, 3,600 pairs" in said.out
    said, _ = match("--map", "name=姓名,birth_date=出生日期,phone=电话", "--json", left=left, right=left)
    told = json.loads(said.out)
    assert (told["replaced"], told["skipped"]) == (True, [{"rule": "phone", "keys": 1, "pairs": 3600}])


def test_an_older_answer_is_replaced_and_told(match):
    assert "an older file" not in match("--map", MAP)[0].out
    assert "(an older file was replaced)" in match("--map", MAP)[0].out


def test_headers_cannot_steer_the_terminal(match):
    said, _ = match("--map", "name=x", left=["姓名,\x1b]0;pwn\x07,a\x9bb", "李明,1,2"])
    assert (said.code, "姓名" in said.err) == (2, True)
    assert not {"\x1b", "\x07", "\x9b"} & set(said.err)


CLASH = ["公民身份号码,姓名,出生日期,手机", f"{ZHANG},欧阳修文,,"]


def test_conflicts_of_names_are_counted_in_the_summary(match):
    said, _ = match("--map", MAP, right=CLASH)
    assert "1 pairs: T1 1 (1 say that the names conflict: data errors, never leads)" in said.out.splitlines()
    told = json.loads(match("--map", MAP, "--json", right=CLASH)[0].out)
    assert (told["tiers"], told["name_conflicts"]) == ({"T1": 1}, {"T1": 1})


def test_further_columns_are_masked(match):
    _, pairs = match("--map", MAP, "--also", "left_value,right_value,name_conflict,levels", right=CLASH)
    assert pairs[0][5:] == ["left_value", "right_value", "name_conflict", "levels"]
    assert pairs[1][5:] == ["110105**********2X", "110105**********2X", "true", ""]
    assert match("--map", MAP, "--also", "levels")[1][2][5].startswith("name=exact;birth_date=exact")


def test_explain_of_a_conflict_shows_both_names_masked(match):
    said, _ = match("--map", MAP, "--explain", 3, right=CLASH)
    assert f"{CONFLICT[0]} 两处姓名(名称)：张* / 欧阳**。" in said.out
    assert "%" not in said.out


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("name=姓名,birth_date=出生日期", "no id is compared: --map names no column of it"),
        ("id=身份证号:公民身份号码", "names are not compared: --map names no column of it"),
        ("name=姓名", "a name alone never links: map one more attribute"),
    ],
)
def test_what_is_not_compared_is_told(match, mapping, told):
    said, _ = match("--map", mapping)
    assert (said.code, told in said.err) == (0, True)


def test_headers_that_leave_a_role_open_are_told(match):
    right = [line.replace("公民身份号码,", "身份证号,").replace("手机", "证件号码") for line in match.right]
    said, _ = match(right=right)
    assert (
        "no id is compared: right.csv has several that may be it (身份证号、证件号码): say with --map which" in said.err
    )


def test_a_name_alone_links_nobody_and_says_so(match):
    said, pairs = match("--map", "name=姓名", "--language", "zh")
    assert (pairs[1:], said.out.splitlines()[:2]) == ([], ["0 对", "已比对：name"])
    assert "仅凭姓名(名称)不能认定同一主体" in said.err


def test_no_pair_is_followed_by_the_reason(match):
    left = ["姓名,身份证号", "张三,1.10105E+17", "李四,1.10105E+17"]
    said, _ = match("--map", "id=身份证号:公民身份号码,name=姓名", left=left)
    lines = said.out.splitlines()
    assert lines[0] == "0 pairs"
    assert lines[1].startswith("left.csv: 0 of 2 ids are valid; 2 digits_lost (digits lost")
    assert lines[2:4] == ["right.csv: 1 of 3 ids are valid; 2 blank (blank)", "compared: id, name"]


def test_the_language_governs_summary_and_reasons(match):
    said, pairs = match("--map", MAP, "--language", "zh")
    assert said.out.splitlines()[:2] == ["2 对：T1 1，T3 1", "left.csv：3 行，1 行没有对象"]
    assert pairs[1][4].startswith("两表")


def test_totals_and_signatures_are_notes_not_errors(match):
    said, pairs = match("--map", MAP, left=[*match.left, "合计,,,", "制表人：王某,,,"])
    assert (said.code, len(pairs)) == (0, 3)
    assert "1 rows are no records (footnote_rows: a signature or a remark)" in said.out
    assert "1 rows are no records (row.total: a row of totals)" in said.out


def test_explain_without_an_id_column(match):
    said, _ = match("--map", "name=姓名,birth_date=出生日期", "--explain", 4, "--language", "en")
    assert said.out.splitlines()[0] == "4: No id column was mapped."
    assert "cannot be compared" not in said.out


def test_explain_of_an_unusable_id(match):
    said, _ = match("--map", MAP, "--explain", 5, "--language", "en")
    assert said.out.splitlines()[0] == "5: The id of this row is unusable: check digit fails."


def test_explain_speaks_words_with_two_decimals_and_never_certainty(match):
    said, _ = match("--map", "name=姓名,birth_date=出生日期", "--explain", 4, "--language", "en")
    assert "start: two rows at random" in said.out
    assert not {"one_character", "prior", "100 %"} & set(said.out.split())
    assert "others who share" not in said.out
    assert "others who share" in match("--map", MAP, "--explain", 4, "--language", "en")[0].out
