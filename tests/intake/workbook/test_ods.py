import zipfile

import pytest

from casebook.intake.workbook import ods
from casebook.intake.workbook.facts import DamagedError

NAMES = " ".join(
    f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style")
)


@pytest.fixture
def tables(tmp_path):
    def run(inside):
        path = tmp_path / "a.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "content.xml",
                f"<office:document-content {NAMES}><office:body><office:spreadsheet>{inside}"
                "</office:spreadsheet></office:body></office:document-content>",
            )
        return list(ods.tables(path))

    return run


def row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def text(value, attributes=""):
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


def test_repeated_cells_and_rows_are_there_so_often(tables):
    rows = row(text("a", 'table:number-columns-repeated="3"')) + row(
        "<table:table-cell/>", 'table:number-rows-repeated="2"'
    )
    (table,) = tables(
        f'<table:table table:name="x">{rows}{row(text("b"), "table:number-rows-repeated=" + chr(34) + "2" + chr(34))}</table:table>'
    )
    assert (table.rows, table.width) == ([["a", "a", "a"], [], [], ["b"], ["b"]], 3)


def test_grouped_rows_count_and_tables_of_links_do_not(tables):
    inner = (
        f"<table:table-header-rows>{row(text('a'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(text('b'))}</table:table-row-group>"
    )
    table = f'<table:table table:name="l">{row(text("z"))}</table:table>'
    links = f"<table:dde-links><table:dde-link>{table}</table:dde-link></table:dde-links>"
    found = tables(f'{links}<table:table table:name="x">{inner}</table:table>')
    assert [(table.name, table.rows) for table in found] == [("x", [["a"], ["b"]])]


@pytest.mark.parametrize(
    "cells",
    [
        text("a", 'table:number-columns-repeated="99999999"'),
        text("a", 'table:number-columns-repeated="x"'),
        text("a", 'table:number-columns-repeated="-1"'),
        '<table:table-cell office:value-type="float" office:value=""/>',
        text('<text:s text:c="999999999"/>'),
    ],
)
def test_counts_that_no_sheet_has_are_damage(tables, cells):
    with pytest.raises(DamagedError):
        tables(f'<table:table table:name="x">{row(cells)}</table:table>')


def test_filled_rows_beyond_the_last_are_damage(tables):
    rows = row(text("a"), 'table:number-rows-repeated="1048576"') + row(text("b"))
    with pytest.raises(DamagedError, match="more rows"):
        tables(f'<table:table table:name="x">{rows}</table:table>')


def test_cut_xml_is_damage(tables):
    with pytest.raises(DamagedError, match="XML"):
        tables("<table:table>")
