"""Workbooks: broken packages, bombs, sheets without end, merged areas over everything."""

from broken import MILLION, READ, case, fixed
from broken.formats.word import packed, with_part

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
BROKEN = ("sheet_broken", "too_many_cells", "too_large_unpacked", "empty", "docx_broken")


def workbook(sheet: str, head: str = "") -> bytes:
    """A workbook of one sheet, its content as it stands in the file."""
    return packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'.encode(),
        }
    )


def _relations(kind: str, target: str) -> bytes:
    return (
        f'<Relationships xmlns="{_RELATED}"><Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        "</Relationships>"
    ).encode()


def cell(place: str, words: str) -> str:
    """A cell with text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def rows(*cells: str) -> str:
    """A sheet of one row."""
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


WHOLE = workbook(rows(cell("A1", "项目"), cell("B1", "决算数")))

for share in (10, 50, 90):
    fixed(f"cut-at-{share}-percent.xlsx", WHOLE[: len(WHOLE) * share // 100], *BROKEN)
fixed("whole.xlsx", WHOLE, READ)
fixed("no-sheets.xlsx", with_part(WHOLE, "xl/workbook.xml", b"<workbook/>"), *BROKEN)
fixed("not-xml.xlsx", with_part(WHOLE, "xl/worksheets/sheet1.xml", b"\0" * 500), READ, *BROKEN)
fixed("sheet-of-the-moon.xlsx", workbook(rows(cell("ZZZZZZ99999999999", "1"))), READ, *BROKEN)
fixed(
    "places-upside-down.xlsx", workbook(rows(cell("1A", "1"), cell("", "2"), cell("A0", "3"))), READ, *BROKEN
)
fixed(
    "everything-merged.xlsx",
    workbook(rows(cell("A1", "项目")) + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    *(READ, *BROKEN),
)
fixed(
    "entities.xlsx",
    workbook(
        rows(cell("A1", "&b;")),
        f'<!DOCTYPE x [<!ENTITY a "{"支" * 1000}"><!ENTITY b "{"&a;" * 1000}">]>',
    ),
    *(READ, *BROKEN),
)
fixed("old-workbook-of-zeros.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "office", *BROKEN)


@case("many-cells.xlsx", READ, *BROKEN, small=3000, full=1_000_000)
def many_cells(size: int) -> bytes:
    """Rows of three cells."""
    lines = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, size + 1))
    return workbook(f"<sheetData>{''.join(lines)}</sheetData>")


@case("bomb.xlsx", READ, *BROKEN, small=MILLION // 10, full=900 * MILLION)
def bomb(size: int) -> bytes:
    """One cell with a text without end."""
    return workbook(rows(cell("A1", "0" * size)))


@case("scattered-cells.xlsx", READ, *BROKEN, small=100, full=16_000)
def scattered(size: int) -> bytes:
    """A cell in every row and column of a diagonal."""
    lines = (f'<row r="{n * 60}"><c r="{_column(n)}{n * 60}"><v>1</v></c></row>' for n in range(1, size + 1))
    return workbook(f"<sheetData>{''.join(lines)}</sheetData>")


def _column(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
