"""Plain text of sections: stable, aligned, complete."""

from casebook.report.blocks import Figure, Head, Lines, Mark, Rule, Table
from casebook.report.plain import text_of, width

TABLE = Table("表", (Head("名称"), Head("n", number=True)), (("甲", "5"), (Mark("lead", "● 线索"), "1,000")))


def test_columns_line_up_with_chinese_counted_as_two():
    lines = text_of([TABLE]).splitlines()
    assert lines[1:] == ["名称        n", "------  -----", "甲          5", "● 线索  1,000"]


def test_numbers_stand_at_their_right_edge():
    rows = text_of([TABLE]).splitlines()[3:]
    assert len({width(row) for row in rows}) == 1


def test_a_table_without_rows_keeps_its_heads():
    assert text_of([Table("", (Head("a"),), ())]) == "a\n-"


def test_a_figure_is_its_caption_and_table():
    assert text_of([Figure("<svg></svg>", "看这里", TABLE)]).startswith("看这里\n表\n")


def test_a_rule_gives_both_titles_and_no_source():
    rule = Rule("k", "类型", (("zh", "中。"), ("en", "En.")), (("摘要", "ab"),), "def k(): ...")
    assert text_of([rule]) == "[类型] k\n中。\nEn.\n摘要: ab"


def test_blocks_are_one_blank_line_apart():
    assert text_of([Lines(("a",), "t"), Lines(("b",))]) == "t\na\n\nb"


def test_full_width_counts_two():
    assert (width("Ａ"), width("a"), width("")) == (2, 1, 0)
