"""Notebook cells in the page: the right language, the parameters as a table, nothing hostile."""

import nbformat
import pytest

from casebook.report.cells import parameter_table, parts, prose
from casebook.report.words import Words

ZH = Words("zh")


def cell(source, tags=(), outputs=(), kind="code"):
    metadata = {"tags": list(tags)}
    if kind == "markdown":
        return nbformat.v4.new_markdown_cell(source, metadata=metadata)
    return nbformat.v4.new_code_cell(source, metadata=metadata, outputs=list(outputs))


def shown(*cells, words=ZH, parameters=None):
    return list(parts({"cells": cells}, parameters or {}, words))


def display(metadata=None, **data):
    named = {name.replace("_", "/", 1): value for name, value in data.items()}
    return nbformat.v4.new_output("display_data", data=named, metadata=metadata or {})


@pytest.mark.parametrize(("language", "text"), [("zh", "中"), ("en", "En")])
def test_prose_of_one_language_is_kept(language, text):
    cells = [cell("中", ["lang-zh"], kind="markdown"), cell("En", ["lang-en"], kind="markdown")]
    assert [str(p.html).strip() for p in shown(*cells, words=Words(language))] == [f"<p>{text}</p>"]


def test_prose_without_a_language_is_always_kept():
    assert shown(cell("x", kind="markdown"))


def test_injected_parameters_are_dropped():
    assert shown(cell("a = 1", ["injected-parameters"])) == []


def test_parameters_are_a_table_of_name_value_meaning():
    table = parameter_table('a: int = 1  # 限额 # (元)\nb: str = "x # y"\n', {"a": 7}, ZH)
    assert table.rows == (("a", "7", "限额 # (元)"), ("b", "'x # y'", ""))


def test_a_list_over_several_lines_keeps_its_comment():
    table = parameter_table("a: list = [\n 1,\n]  # 编码\n", {}, ZH)
    assert table.rows == (("a", "[1]", "编码"),)


def test_plumbing_hides_its_code_and_keeps_its_output():
    (part,) = shown(cell("import x", ["plumbing"], [display(text_plain="out")]))
    assert part.code == ""
    assert "out" in part.html


def test_code_is_visible():
    assert shown(cell("result.leads"))[0].code == "result.leads"


def test_html_that_is_not_ours_is_shown_as_text():
    (_, part) = shown(cell("df", outputs=[display(text_html="<p>x</p>", text_plain="x <b>")]))
    assert str(part.html) == "<pre>x &lt;b&gt;</pre>"


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_data_frame_shown_as_it_is_is_left_out(library):
    import importlib

    frame = importlib.import_module(library).DataFrame({"name": ["张三丰"]})
    output = display(text_html=frame._repr_html_(), text_plain=repr(frame))
    (_, part) = shown(cell("df", outputs=[output]))
    assert "张三丰" not in part.html
    assert "show.figure" in part.html


def test_our_section_passes_the_cleaner():
    ours = display({"casebook": {"section": "bins"}}, text_html="<p onclick=x>1</p><script>2</script>")
    (_, part) = shown(cell("x", outputs=[ours]))
    assert (str(part.html), part.section) == ("<p>1</p>", "bins")


@pytest.mark.parametrize("number", ["900001199001011234", "90000119900101123X", "900001900101123"])
def test_an_id_in_foreign_text_is_masked(number):
    (_, part) = shown(cell("x", outputs=[display(text_plain=f"a {number} b")]))
    assert number not in part.html
    assert "900001***" in part.html


def test_a_failed_cell_is_one_sentence_without_traceback():
    error = nbformat.v4.new_output("error", ename="KeyError", evalue="张三", traceback=["secret /home/x"])
    (_, part) = shown(cell("x", outputs=[error]))
    assert "张三" not in part.html
    assert "/home" not in part.html
    assert "执行失败" in part.html


def test_printed_text_stays_and_warnings_do_not():
    out = [nbformat.v4.new_output("stream", name=name, text=f"{name}\n") for name in ("stdout", "stderr")]
    assert [str(p.html) for p in shown(cell("x", outputs=out))[1:]] == ["<pre>stdout\n</pre>"]


def test_widget_state_is_dropped():
    widget = nbformat.v4.new_output(
        "display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}
    )
    assert len(shown(cell("x", outputs=[widget]))) == 1


def test_a_first_heading_becomes_a_second_one():
    assert "<h2>甲</h2>" in prose("# 甲")
    assert "<h2>乙</h2>" in prose("## 乙")


def test_hostile_markdown_loses_its_teeth():
    html = prose("<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![i](http://evil/i.png)")
    assert not any(word in html for word in ("<img", "javascript", "evil", "onerror"))


def test_the_heading_names_the_section():
    assert shown(cell("text\n\n## 数据来源 \n", kind="markdown"))[0].heading == "数据来源"


def test_the_notebooks_own_title_is_not_repeated():
    cells = [cell("# 模型 · Model", kind="markdown"), cell("# 关键词", kind="markdown")]
    assert [p.heading for p in shown(*cells)] == ["关键词"]
