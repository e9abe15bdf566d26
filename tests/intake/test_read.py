import pytest

from casebook import intake
from casebook.errors import SourceError
from casebook.intake.contract import Column, Contract

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"


def notes(dataset, code):
    return [note for note in dataset.notes if note.code == code]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_every_encoding_and_delimiter_gives_the_same_rows(deliver, encoding, delimiter):
    text = f"{HEADER}\n{GOOD}\n{GOOD}\n".replace(",", delimiter)
    dataset, _ = deliver(text, encoding=encoding)
    assert dataset.frame["township"].to_list() == ["柳湾镇"] * 2
    assert dataset.frame["row"].to_list() == [2, 3]


def test_each_row_is_kept_rejected_or_noted_under_its_physical_number(deliver, rows_of):
    text = "\n".join(
        [
            "发放明细表",  # 1
            "单位：万元,制表日期：2026-01-01",  # 2
            "",  # 3
            HEADER,  # 4
            GOOD,  # 5
            "",  # 6
            ",,,",  # 7
            "李四,2,柳湾镇",  # 8 short
            "王五,3,柳湾镇,10,多",  # 9 long
            HEADER,  # 10 repeated
            "赵六,4,柳湾镇,",  # 11 missing
            "柳湾镇小计,,,30",  # 12 total
            '"钱\n七",5,柳湾镇,10',  # 13-14
            "孙\x00八,6,柳湾镇,10",  # 15
            "周九,7,柳湾镇,10,,",  # 16 surplus is empty
            "合 计,,,40",  # 17
            "制表人：某某,,,审核：某某",  # 18
            "注：以上为测试。",  # 19
        ]
    )
    dataset, rejects = deliver(text)
    kept, refused, noted = rows_of(dataset, rejects)
    assert kept == [5, 13, 16]
    assert refused == {
        8: "row.short", 9: "row.long", 11: "value.missing", 12: "row.total", 15: "char.nul", 17: "row.total",
    }  # fmt: skip
    assert noted == {"title_rows": [1, 2], "blank_rows": [6, 7], "repeated_header": [10], "footnote_rows": [18, 19]}
    assert dataset.rows_read == len(kept) + len(refused)


def test_a_quoted_line_feed_moves_no_address_and_stays_in_the_value(deliver):
    dataset, _ = deliver(f'{HEADER}\n"张\n三",1,"镇,一",10\n{GOOD}\n')
    assert dataset.frame.select("name", "township", "row").rows() == [("张\n三", "镇,一", 2), ("张三", "柳湾镇", 4)]


def test_a_quote_never_closed_costs_its_own_line_only(deliver, rows_of):
    kept, refused, _ = rows_of(*deliver(f'{HEADER}\n{GOOD}\n"李四,2,柳湾镇,10\n{GOOD}\n{GOOD}\n'))
    assert (kept, refused) == ([2, 4, 5], {3: "quote.open"})


def test_a_later_quote_does_not_close_an_open_one(deliver, rows_of):
    kept, refused, _ = rows_of(*deliver(f'{HEADER}\n"李四,2,柳湾镇,10\n{GOOD}\n"王五",3,柳湾镇,10\n{GOOD}\n'))
    assert kept == [3, 4, 5]
    assert refused == {2: "quote.open"}


def test_an_inch_sign_is_no_quote(deliver):
    dataset, _ = deliver(f'{HEADER}\n张三,1,5" 屏,10\n{GOOD}\n')
    assert dataset.frame["township"].to_list() == ['5" 屏', "柳湾镇"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_gives_the_same_addresses(deliver, end):
    dataset, _ = deliver(end.join([HEADER, GOOD, "", GOOD]))
    assert dataset.frame["row"].to_list() == [2, 4]


def test_values_stay_as_delivered(deliver):
    dataset, _ = deliver(f"{HEADER}\n 张三 ,'37142119900101001X\t,，,1.50\n")
    assert dataset.frame.row(0)[:4] == (" 张三 ", "'37142119900101001X\t", "，", "1.50")


def test_columns_go_by_header_whatever_their_order(deliver):
    dataset, _ = deliver("备注,发放金额,公民身份号码 ,成员姓名\nx,10,1,张三\n")
    assert dataset.frame.select("name", "citizen_id", "amount_fen").row(0) == ("张三", "1", "10")
    assert notes(dataset, "columns_extra")[0].items == ("备注",)
    assert notes(dataset, "columns_absent")[0].items == ("township", "area_dm2")
    assert dataset.parts[0].headers == {"name": "成员姓名", "citizen_id": "公民身份号码 ", "amount_fen": "发放金额"}


@pytest.mark.parametrize(
    ("title", "header", "unit"),
    [("", "金额", "元"), ("", "金额(万元)", "万元"), ("单位：万元", "金额", "万元"), ("单位:亩", "金额", "元")],
)
def test_the_unit_is_said_by_header_then_title_then_contract(deliver, title, header, unit):
    dataset, _ = deliver(f"{title}\n姓名,身份证号,{header}\n张三,1,10\n")
    assert dataset.parts[0].units == {"amount_fen": unit}


def test_of_two_headers_for_one_column_the_preferred_one_is_read(deliver):
    dataset, _ = deliver("姓名,身份证号,金额,面积(亩),面积\n张三,1,10,30,20000\n")
    assert dataset.frame["area_dm2"].to_list() == ["20000"]
    assert notes(dataset, "columns_spare")[0].items == ("面积(亩)",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "no rows"),
        (b"a,b\n1,2\n", "no header row"),
        (b"%PDF-1.7 ...", "a page document"),
        (b"<html><table></table></html>", "no visible sheet"),
        (b"PK\x03\x04 broken", "damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"cut", "damaged"),
        (b"\x00\x01\x02" * 100, "binary"),
        ("姓名,公民身份号吗,金额\n张三,1,2\n".encode(), r"身份证号 \(nearest: 公民身份号吗\)"),
        ("姓名,姓名,身份证号,金额\n张三,李四,1,2\n".encode(), "姓名 stands twice"),
        ((HEADER + "\n").encode() + b"\xff\xfe\xff,1,2,3\n" * 20, "no known encoding"),
    ],
)
def test_a_file_refused_as_a_whole_says_why(deliver, content, said):
    with pytest.raises(SourceError, match=said):
        deliver(content)


def test_one_undecodable_line_is_rejected_alone(deliver, rows_of):
    good = f"{GOOD}\n".encode("gb18030")
    kept, refused, _ = rows_of(*deliver(f"{HEADER}\n".encode("gb18030") + good * 150 + b"\xd5\xff,1,x,10\n" + good))
    assert len(kept) == 151
    assert refused == {152: "char.encoding"}


def test_the_same_bytes_are_not_read_twice(tmp_path, contract):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"b\.csv holds the same bytes as a\.csv"):
        intake.read(contract, [tmp_path / "a.csv", tmp_path / "b.csv"])


def test_several_files_are_parts_of_one_dataset(tmp_path, contract):
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text(f"{HEADER}\n张三,{number},镇,10\n", encoding="utf-8")
    dataset, _ = intake.read(contract, [tmp_path / "1.csv", tmp_path / "2.csv"])
    assert dataset.frame.select("citizen_id", "part", "row").rows() == [("1", 0, 2), ("2", 1, 2)]
    assert [part.file for part in dataset.parts] == ["1.csv", "2.csv"]


def test_a_repeated_row_is_noted_and_kept_and_a_repeated_key_is_not_even_noted(deliver):
    dataset, _ = deliver(f"{HEADER}\n{GOOD}\n{GOOD}\n张三,1,柳湾镇,99\n")
    assert dataset.frame.height == 3
    assert notes(dataset, "row.duplicate")[0].count == 1


def test_ids_in_e_notation_are_counted(deliver):
    dataset, _ = deliver(f"{HEADER}\n张三,3.71421E+17,镇,10\n{GOOD}\n")
    assert notes(dataset, "id.numeric_cell")[0].count == 1


def test_no_message_and_no_note_carries_a_value(deliver):
    dataset, rejects = deliver(f"{HEADER}\n张三,110105194912310021,镇,\n{GOOD}\n")
    shown = rejects.frame.drop("raw").rows() + [str(note) for note in dataset.notes]
    assert "110105194912310021" not in str(shown)
    assert "110105194912310021" in rejects.frame["raw"][0]


def test_no_file_is_a_wrong_call(contract):
    with pytest.raises(SourceError, match="No file is named"):
        intake.read(contract, [])


def test_quotes_around_all_some_or_no_fields_give_the_same_rows(deliver):
    plain = [f"张{n},{n},镇,{n}" for n in range(50)]
    whole = ['"' + line.replace(",", '","') + '"' for line in plain]
    some = ['"' + line.replace(",", '",', 1) for line in plain]
    surplus = [line + ",, " for line in plain]
    frames = [deliver("\n".join([HEADER, *lines]))[0].frame for lines in (plain, whole, some, surplus)]
    assert all(frame.equals(frames[0]) for frame in frames[1:])


def test_lines_with_open_quotes_are_never_run_together(deliver, rows_of):
    kept, refused, _ = rows_of(*deliver("\n".join([HEADER, f'"{GOOD}', f'"{GOOD}', GOOD])))
    assert (kept, refused) == ([4], {2: "quote.open", 3: "quote.open"})


def test_an_overlong_field_is_rejected_alone(deliver, rows_of):
    kept, refused, _ = rows_of(*deliver(f"{HEADER}\n{'x' * 1_100_000},1,镇,1\n{GOOD}\n"))
    assert (kept, refused) == ([3], {2: "field.long"})


@pytest.mark.parametrize("seed", range(20))
def test_every_line_is_accounted_for_whatever_its_shape(deliver, rows_of, seed):
    """Random lines out of sound and broken pieces: each physical line is kept, rejected, noted or part of a kept record."""
    import random

    pieces = [
        GOOD,
        '"张\n三",1,镇,1',
        '"开,1,镇,1',
        "短,1",
        "长,1,镇,1,多",
        "",
        ",,,",
        HEADER,
        "合计,,,9",
        '"引""号",1,镇,1',
        '半"号,1,镇,1',
    ]
    text = "\n".join([HEADER, GOOD, *random.Random(seed).choices(pieces, k=60), GOOD])
    kept, refused, noted = rows_of(*deliver(text))
    named = [1, *kept, *refused, *(row for rows in noted.values() for row in rows)]
    tails = {row + 1 for row in kept if text.split("\n")[row - 1] == '"张'}
    assert len(named) == len(set(named))
    assert set(named) | tails == set(range(1, text.count("\n") + 2))


@pytest.mark.parametrize(
    ("cell", "is_total"),
    [
        ("合计", True), ("合 计：", True), ("柳湾镇小计", True), ("总计（人）", True), ("共计23户", True), ("本页小计", True),
        ("合计（青岛）咨询有限公司", False), ("计小明", False), ("总计划", False),
    ],
)  # fmt: skip
def test_a_totals_word_is_told_from_a_name(deliver, rows_of, cell, is_total):
    _, refused, _ = rows_of(*deliver(f"{HEADER}\n{GOOD}\n{cell},,,9\n"))
    assert refused == ({3: "row.total"} if is_total else {})


def test_a_signature_is_told_where_the_contract_demands_nothing_it_lacks(tmp_path):
    columns = (
        Column("number", ("序号",)),
        Column("name", ("姓名",)),
        Column("paid", ("金额",)),
        Column("note", ("备注",)),
    )
    rows = [
        "序号,姓名,金额,备注,年月,经办",
        "1,张三,10,,2025-01,",
        "合计,,10,,,",
        "制表人：李四,,,,审核人：王五,",
        "本表仅供办案使用,,,,,",
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    dataset, rejects = intake.read(Contract("free", "表", "局", "局", "1", "", columns), [path])
    assert dataset.frame["row"].to_list() == [2]
    assert rejects.frame["code"].to_list() == ["row.total"]
    assert notes(dataset, "footnote_rows")[0].rows == (4, 5)


def test_a_last_record_that_begins_with_a_word_of_signatures_stays_a_record(deliver):
    dataset, _ = deliver("姓名,身份证号,乡镇,金额\n张三,1,柳湾镇,10\n经办：李四,2,柳湾镇,20\n")
    assert dataset.frame["row"].to_list() == [2, 3]
