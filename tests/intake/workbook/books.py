"""Workbooks made for the tests of traps: xlsx drawn or edited part by part, ods written by hand."""

import io
import zipfile

import xlsxwriter

HEADER = ["姓名", "身份证号", "乡镇", "金额"]


ROW = ["张三", "1", "柳湾镇", 1]


ODS = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def xlsx(draw, **options):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options)
    draw(book)
    book.close()
    return buffer.getvalue()


def fill(sheet, rows, start=0):
    for number, row in enumerate(rows, start):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)


def plain(book):
    fill(book.add_worksheet("表"), [HEADER, ROW])


def edited(content, edits):
    """The workbook with parts changed: name → new bytes, or a function of the old ones; None takes the part out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, edit in edits.items():
            parts[name] = edit(parts[name]) if callable(edit) else edit
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def ods(tables, styles="", **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS}><office:automatic-styles>{styles}'
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            f"</office:document-content>",
        )
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def ods_row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_text(*texts):
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )


def ods_number(number):
    return f'<table:table-cell office:value-type="float" office:value="{number}"><text:p/></table:table-cell>'


ODS_HEADER = ods_row(ods_text(*HEADER))


SHEET = "xl/worksheets/sheet1.xml"


def notes_of(opened, content):
    found = opened(content)
    return {
        note.code: (note.sheet, note.count, note.rows, note.items)
        for notes in (found.notes, *(grid.notes for grid in found.grids))
        for note in notes
    }


TEXT = ("张三", "1", "柳湾镇", "1")


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def dates(is_1904):
    def draw(book):
        sheet = book.add_worksheet()
        fill(sheet, [HEADER])
        for row, (number, shown) in enumerate(
            [(45000, "yyyy-mm-dd"), (45000.34, "yyyy-mm-dd hh:mm"), (0.25, "hh:mm"), (1.5, "[h]:mm:ss"), (1, "yyyy-mm-dd")], 1
        ):  # fmt: skip
            sheet.write_row(row, 0, ["张三", "1", "镇"])
            sheet.write_number(row, 3, number, book.add_format({"num_format": shown}))

    return xlsx(draw, date_1904=is_1904)


def full(book, name, count, first=0):
    sheet = book.add_worksheet(name)
    if first == 0:
        fill(sheet, [HEADER])
    fill(sheet, ([f"甲{n}", str(n), "镇", n] for n in range(first, first + count)), 0 if first else 1)
