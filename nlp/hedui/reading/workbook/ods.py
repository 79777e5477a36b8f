"""Spreadsheets of LibreOffice and WPS (.ods): bytes → Document. The file holds every cell's text as it is shown."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from hedui.model import Document
from hedui.reading.errors import UnreadableInput
from hedui.reading.package import Element, Package, forget, opened
from hedui.reading.workbook.formats import number, signed
from hedui.reading.workbook.sheets import COLUMNS, Sheet, Workbook

READER = f"ods/1 (lxml {etree.__version__})"
ROWS = 1_048_576  # that a sheet can have

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT, _STYLE = (_OASIS % name for name in ("office", "table", "text", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_LINES = (f"{_TEXT}p", f"{_TEXT}h")


def read(data: bytes, source: str) -> Document:
    """The document of a workbook: a page for every sheet that is shown.

    Raises UnreadableInput for a broken or encrypted file, one beyond the limits, and one without any text.
    """
    with opened(data, "sheet_broken") as package:
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.bytes(
            "META-INF/manifest.xml"
        ):
            raise UnreadableInput("sheet_encrypted")
        if "content.xml" not in package:
            raise UnreadableInput("sheet_broken", error="content.xml")
        return _workbook(package).document(source, READER)


def _workbook(package: Package) -> Workbook:
    made = Workbook()
    tags = (f"{_STYLE}style", *(f"{_TABLE}{name}" for name in ("table", "table-column", "table-row")))
    hidden_styles: set[str] = set()
    depth = 0  # of tables: one inside a cell is none of the sheets
    sheet: Sheet | None = None
    row = column = 0
    for event, element in package.events("content.xml", *tags):
        if element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                hidden = element.get(f"{_TABLE}style-name", "") in hidden_styles
                sheet = made.add(element.get(f"{_TABLE}name", ""), hidden)
                row = column = 0
        elif event == "start":
            continue
        elif element.tag == f"{_STYLE}style":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif depth == 1 and sheet is not None:
            if element.tag == f"{_TABLE}table-column":
                count = _times(element, "columns", COLUMNS)
                if _is_hidden(element):
                    sheet.hidden_columns.update(range(column, min(column + count, COLUMNS)))
                column += count
            else:
                row += _row(made, sheet, element, row)
                forget(element)
    return made


def _row(made: Workbook, sheet: Sheet, element: Element, row: int) -> int:
    """Put the cells of a row where they stand; how many rows it stands for."""
    count = _times(element, "rows", ROWS)
    found = list(_cells(element))
    if _is_hidden(element):
        sheet.hidden_rows.update(range(row, row + (count if found else 1)))
    for at in range(row, row + count) if found else ():
        for column, text, rows, columns in found:
            made.put(sheet, at, column, text)
            if rows > 1 or columns > 1:
                sheet.merged.append((at, at + rows - 1, column, column + columns - 1))
    return count


def _cells(row: Element) -> Iterator[tuple[int, str, int, int]]:
    """The cells of a row that have text: column, text, rows and columns covered; repeated ones one by one."""
    column = 0
    for cell in row.iterchildren(*_CELLS):
        count = _times(cell, "columns", COLUMNS)
        if column + count > COLUMNS:
            count = max(0, COLUMNS - column)
        if cell.tag == _CELLS[0] and (text := _shown(cell)):
            rows = min(int(cell.get(f"{_TABLE}number-rows-spanned", "1")), ROWS)
            columns = min(int(cell.get(f"{_TABLE}number-columns-spanned", "1")), COLUMNS)
            for at in range(column, column + count):
                yield at, text, rows, columns
        column += count


def _shown(cell: Element) -> str:
    """The text of a cell; of a value that the file holds without its text, the value."""
    text = "\n".join(_line(line) for line in cell.iterchildren(*_LINES))
    try:
        value = Decimal(cell.get(f"{_OFFICE}value", ""))
    except InvalidOperation:
        return text
    if not text:
        return number(value, "")
    return signed(text) if value < 0 else text


def _line(element: Element) -> str:
    """The text of a paragraph, without notes."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" ")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif isinstance(child.tag, str) and child.tag != f"{_OFFICE}annotation":
            pieces.append(_line(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _times(element: Element, what: str, most: int) -> int:
    return max(1, min(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), most))


def _is_hidden(element: Element) -> bool:
    return element.get(f"{_TABLE}visibility", "visible") != "visible"
