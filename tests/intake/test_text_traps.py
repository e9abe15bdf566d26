"""Each trap of delimited text with its exact reading or refusal; the mark is its row in the list of hostile input."""

import pytest

from casebook.errors import SourceError

HEADER = "姓名,身份证号,乡镇,金额"
GOOD = "张三,1,柳湾镇,10"


def text(*lines, end="\n"):
    return end.join([HEADER, *lines]) + end


READ = [
    # mark, content, rows kept, rows rejected by code, notes: code → rows (or count where no row is named)
    ("D1-lone-cr", text(GOOD, GOOD, end="\r"), [2, 3], {}, {"line_end.cr": 0}),
    ("D1-cr-and-line-feed-in-quotes", f'{HEADER}\r"张\n三",1,镇,1\r{GOOD}\r', [2, 4], {}, {"line_end.cr": 0}),
    ("D1-cr-in-quotes-of-an-lf-file", text('"张\r三",1,"镇\r一",1', GOOD), [2, 3], {}, {}),
    ("D1-cr-twice-before-lf", text(GOOD, GOOD, end="\r\r\n"), [2, 3], {}, {}),
    ("D2-blank-lines", text(GOOD, "", "  ", ",,,", '"","","",""', GOOD), [2, 7], {}, {"blank_rows": [3, 4, 5, 6]}),
    ("D3-short", text(GOOD, "李四,2,柳湾镇", GOOD), [2, 4], {3: "row.short"}, {}),
    ("D4-long", text(GOOD, f"{GOOD},多", GOOD), [2, 4], {3: "row.long"}, {}),
    ("D4-long-by-nothing", text(GOOD, f"{GOOD},, ,", GOOD), [2, 3, 4], {}, {}),
    ("D6-empty-header-over-filled-column", "姓名,,身份证号,金额\n张三,男,1,10\n", [2], {}, {"columns_unnamed": 1}),
    ("D6-empty-header-over-nothing", "姓名,身份证号,金额,\n张三,1,10,\n", [2], {}, {}),
    ("D8-nul", text(GOOD, "张\x00三,1,镇,10", GOOD), [2, 4], {3: "char.nul"}, {}),
    ("D9-bom", "\ufeff" + text(GOOD), [2], {}, {}),
    ("D9-mixed-line-ends", f"{HEADER}\r\n{GOOD}\n{GOOD}\r\n", [2, 3], {}, {"line_end.mixed": 0}),
    ("D9-bom-inside", text(GOOD) + "\ufeff" + text(GOOD), [2, 4], {}, {"bom.inside": [3], "repeated_header": [3]}),
    ("D10-open-quote", text(GOOD, '"李四,2,镇,1', GOOD), [2, 4], {3: "quote.open"}, {}),
    ("D10-open-quote-at-the-end", text(GOOD, GOOD, '"李四,2,镇,1'), [2, 3], {4: "quote.open"}, {}),
    ("D10-odd-quote-within", text('张三,1,5" 屏,10', GOOD), [2, 3], {}, {}),
    ("D10-chinese-quotes-are-text", text("“张三”,1,镇,10", GOOD), [2, 3], {}, {}),
    ("D11-empty-and-quoted-empty", text('张三,1,,10', '李四,2,"",10'), [2, 3], {}, {}),
    ("D12-other-order", "金额,备注,姓名,身份证号\n10,x,张三,1\n", [2], {}, {"columns_extra": 1}),
    ("D15-tab-and-apostrophe-stay", text("张三,'3714\t,镇,\"1,000.00\"", GOOD), [2, 3], {}, {}),
    ("dos-end", text(GOOD, GOOD) + "\x1a", [2, 3], {}, {"char.dos_end": 1}),
    ("dos-end-behind-the-last-cell", text(GOOD) + GOOD + "\x1a\x1a\r\n", [2, 3], {}, {"char.dos_end": 1}),
    ("declared-delimiter", "sep=;\n" + text(GOOD).replace(",", ";"), [3], {}, {"delimiter.declared": [1]}),
    ("declared-odd-delimiter", "sep=^\n" + text(GOOD).replace(",", "^"), [3], {}, {"delimiter.declared": [1]}),
    ("full-width-comma", text(GOOD, GOOD).replace(",", "，"), [2, 3], {}, {}),
    ("full-width-comma-in-cells", text("张三,1,镇，村,10", GOOD), [2, 3], {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kept", "refused", "notes"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_what_is_read(deliver, content, kept, refused, notes):
    dataset, rejects = deliver(content)
    told = {note.code: list(note.rows) or note.count for note in dataset.notes if note.code not in ABOUT_ROWS}
    assert dataset.frame["row"].to_list() == kept
    assert dict(rejects.frame.select("row", "code").iter_rows()) == refused
    assert told == notes


ABOUT_ROWS = {"columns_absent", "key.repeated", "row.duplicate", "row_count.low"}

REFUSED = [
    ("D5-a-used-header-twice", "姓名,姓名,身份证号,金额\n张三,李四,1,2\n", "header.twice"),
    ("D7-no-bytes", "", "file.empty"),
    ("D7-header-only", HEADER, "table.no_rows"),
    ("D7-mark-only", "\ufeff", "file.no_table"),
    ("D12-column-missing", "姓名,金额\n张三,1\n", "header.missing"),
    ("B5-columns", ",".join([HEADER, *(f"c{n}" for n in range(2_000))]) + "\n1\n", "columns.many"),
    ("delimiter-of-header-and-of-rows", f"{HEADER}\n" + f"{GOOD}\n".replace(",", ";") * 3, "delimiter.of_rows"),
    ("declared-delimiter-that-is-none", "sep=;\n" + text(GOOD), "header.none"),
]


@pytest.mark.parametrize(("content", "code"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_refused(deliver, content, code):
    with pytest.raises(SourceError) as caught:
        deliver(content)
    assert (caught.value.code, caught.value.file) == (code, "a.csv")
    assert caught.value.zh
    assert caught.value.en


def test_d4_the_whole_of_a_long_row_is_kept_aside(deliver):
    _, rejects = deliver(text(GOOD, f"{GOOD},多,的"))
    assert rejects.frame["raw"].to_list() == [f"{GOOD},多,的"]


def test_d1_no_carriage_return_is_left_in_the_last_cell(deliver):
    dataset, _ = deliver(text(GOOD, GOOD, end="\r\r\n"))
    assert dataset.frame["amount_fen"].to_list() == ["10", "10"]


def test_d10_the_rows_balance_after_an_open_quote(deliver):
    dataset, rejects = deliver(text(*[GOOD] * 250, '"李四,2,镇,1', *[GOOD] * 250))
    assert (dataset.frame.height, rejects.frame.height, dataset.rows_read) == (500, 1, 501)


def test_d11_empty_and_quoted_empty_are_both_blank(deliver):
    dataset, _ = deliver(text("张三,1,,10", '李四,2,"",10', "王五,3, ,10"))
    assert dataset.frame["township"].to_list() == [None] * 3


def test_d15_what_surrounds_a_value_stays_for_the_cleaners(deliver):
    dataset, _ = deliver(text('张三,\'3714\t,１２,"1,000.00"'))
    assert dataset.frame.row(0)[:4] == ("张三", "'3714\t", "１２", "1,000.00")


@pytest.mark.parametrize(
    ("size", "code"),
    [(1024 * 1024, None), (1024 * 1024 + 1, "field.long"), (17 * 1024 * 1024, "line.long")],
    ids=["B5-field", "B5-field-too-long", "B5-line-too-long"],
)
def test_a_long_field_is_kept_or_rejected_alone(deliver, size, code):
    dataset, rejects = deliver(text(GOOD, f"{'x' * size},1,镇,1", GOOD))
    assert dataset.frame["row"].to_list() == ([2, 4] if code else [2, 3, 4])
    assert rejects.frame["code"].to_list() == ([code] if code else [])


ENCODINGS = [
    ("D13-utf-8", "utf-8", "utf-8"),
    ("D13-utf-8-with-mark", "utf-8-sig", "utf-8"),
    ("D13-gb18030", "gb18030", "gb18030"),
    ("D13-utf-16", "utf-16", "utf-16-le"),
    ("D13-utf-16-be", "utf-16-be", "utf-16-be"),
]


@pytest.mark.parametrize(("codec", "told"), [r[1:] for r in ENCODINGS], ids=[r[0] for r in ENCODINGS])
def test_d13_every_encoding_gives_the_same_cells(deliver, codec, told):
    mark = "\ufeff" if codec == "utf-16-be" else ""
    dataset, _ = deliver((mark + text("张𬭎,1,㙍镇,10")).encode(codec))
    assert dataset.frame.row(0)[:4] == ("张𬭎", "1", "㙍镇", "10")
    assert dataset.parts[0].encoding == told


def test_d13_traditional_headers_in_big5_are_found(deliver):
    dataset, _ = deliver("姓名,身分證號,鄉鎮,金額\n陳恒裏,1,臺北區,10\n".encode("cp950"))
    assert dataset.parts[0].encoding == "big5"
    assert dataset.frame.row(0)[:4] == ("陳恒裏", "1", "臺北區", "10")
    assert dataset.parts[0].headers["citizen_id"] == "身分證號"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("at", [2, 80, 151], ids=["beginning", "middle", "end"])
def test_d13_a_line_that_is_no_text_is_rejected_alone(deliver, encoding, at):
    lines = text(*[GOOD] * 150).encode(encoding).split(b"\n")
    lines[at - 1] = "李四".encode(encoding)[:-1] + b"\xff\xff,2,x,10"
    dataset, rejects = deliver(b"\n".join(lines))
    assert dataset.parts[0].encoding == encoding
    assert rejects.frame.select("row", "code").rows() == [(at, "char.encoding")]
    assert rejects.frame["raw"][0].endswith("��,2,x,10")
    assert [note.count for note in dataset.notes if note.code == "char.encoding_bytes"] == [
        3 if encoding == "gb18030" else 4
    ]
    assert dataset.frame["name"].unique().to_list() == ["张三"]


@pytest.mark.parametrize(
    "content",
    [
        (text(*[GOOD] * 60)).encode() + text(*[GOOD] * 60).encode("gb18030"),
        text(*[GOOD] * 60).encode("gb18030") + text(*[GOOD] * 40).encode(),
        f"{HEADER}\n".encode() + b"\xff\xfe\xff,1,2,3\n" * 20,
    ],
    ids=["D13-utf-8-then-gb18030", "D13-gb18030-then-utf-8", "D13-bytes-that-are-no-text"],
)
def test_d13_bytes_in_no_one_encoding_are_refused(deliver, content):
    with pytest.raises(SourceError, match="no known encoding") as caught:
        deliver(content)
    assert caught.value.code == "encoding.unknown"


@pytest.mark.parametrize(
    ("content", "code"),
    [("\ufeff" + HEADER, "encoding.utf32"), ("\ufeff张三".encode("utf-16-le")[:-1], "encoding.utf16_cut")],
    ids=["D13-utf-32", "D13-utf-16-cut"],
)
def test_d13_what_is_not_read_is_named(deliver, content, code):
    with pytest.raises(SourceError) as caught:
        deliver(content if isinstance(content, bytes) else content.encode("utf-32-le"))
    assert caught.value.code == code


def test_d13_private_use_characters_are_settled_and_the_others_told(deliver):
    content = text("张#,1,$镇,10", "李%,2,镇,10").encode("gb18030")
    content = content.replace(b"#", b"\xfe\x59").replace(b"$", b"\xa8\xbc").replace(b"%", b"\xaa\xa1")
    dataset, _ = deliver(content)
    assert dataset.frame.select("name", "township").rows() == [("张龴", "ḿ镇"), ("李\ue000", "镇")]
    told = {note.code: (note.count, note.rows) for note in dataset.notes if note.code.startswith("char.")}
    assert told == {"char.private_use_mapped": (2, ()), "char.private_use": (1, (3,))}


def test_gbk_bytes_are_never_cut_on_a_bar(deliver):
    bar_within = b"\x81\x7c".decode("gb18030")
    dataset, _ = deliver(text(f"张{bar_within},1,镇,10").replace(",", "|").encode("gb18030"))
    assert dataset.frame["name"].to_list() == [f"张{bar_within}"]


@pytest.mark.parametrize("block", [60, 700, 9_000])
def test_batches_cut_no_record_and_move_no_address(deliver, monkeypatch, block):
    lines = [f'"张\n三",{n},镇,1' if n % 3 else f"李四,{n},,1" if n % 5 else "" for n in range(1_500)]
    whole = text(*lines)
    expected = deliver(whole)
    monkeypatch.setattr("casebook.intake.text.pieces.FILE_BLOCK", block)
    read = deliver(whole, name="b.csv")
    assert read[0].frame.rows() == expected[0].frame.rows()
    assert read[0].frame.height == 1_400
    assert [note.rows for note in read[0].notes if note.code == "blank_rows"] == [
        note.rows for note in expected[0].notes if note.code == "blank_rows"
    ]


@pytest.mark.parametrize("most", [7, 100])
def test_no_batch_has_more_rows_than_it_may(deliver, monkeypatch, most):
    monkeypatch.setattr("casebook.intake.text.pieces.BATCH_ROWS", most)
    dataset, _ = deliver(text(*(f"张三,{n},镇,1" for n in range(300))))
    assert dataset.frame["citizen_id"].to_list() == [str(n) for n in range(300)]
    assert dataset.frame["row"].to_list() == list(range(2, 302))
