"""Old spreadsheets (.xls, .et): bytes → Document.

xlrd knows number formats, merged cells and what is hidden; it cannot be stopped, so the size is limited.
"""

import io
from decimal import Decimal

import xlrd
from xlrd.compdoc import CompDoc

from hedui.model import Document
from hedui.reading.errors import UnreadableInput
from hedui.reading.workbook import formats
from hedui.reading.workbook.sheets import COLUMNS, Workbook

READER = f"xls/1 (xlrd {xlrd.__VERSION__})"
MAX_BYTES = 50_000_000

_STREAMS = ("Workbook", "Book")


def is_workbook(data: bytes) -> bool:
    """Whether an OLE2 file is a workbook, and not another document that has one inside."""
    if not any(name.encode("utf-16-le") in data for name in _STREAMS):
        return False
    try:
        streams = CompDoc(data, logfile=io.StringIO())
        return any(streams.locate_named_stream(name)[0] is not None for name in _STREAMS)
    except Exception:  # too broken to tell by its folders
        return "WordDocument".encode("utf-16-le") not in data


def read(data: bytes, source: str) -> Document:
    """The document of a workbook: a page for every sheet that is shown.

    Raises UnreadableInput for a broken or encrypted file, one beyond the limits, and one without any text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    try:
        with xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        ) as book:
            made = Workbook()
            for name in range(book.nsheets):
                _sheet(made, book, book.sheet_by_index(name))
                book.unload_sheet(name)
    except UnreadableInput:
        raise
    except Exception as error:  # whatever a broken file makes xlrd stumble over
        key = "sheet_encrypted" if "encrypted" in str(error) else "sheet_broken"
        raise UnreadableInput(key, error=type(error).__name__) from error
    return made.document(source, READER)


def _sheet(made: Workbook, book: xlrd.Book, found: xlrd.sheet.Sheet) -> None:
    sheet = made.add(found.name, found.visibility != 0)
    sheet.merged += [(top, bottom - 1, left, right - 1) for top, bottom, left, right in found.merged_cells]
    sheet.hidden_rows.update(row for row, info in found.rowinfo_map.items() if info.hidden)
    sheet.hidden_columns.update(c for c, info in found.colinfo_map.items() if info.hidden and c < COLUMNS)
    for row in range(found.nrows):
        for column in range(found.row_len(row)):
            cell = found.cell(row, column)
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                made.put(sheet, row, column, _shown(book, found, cell))


def _shown(book: xlrd.Book, found: xlrd.sheet.Sheet, cell: xlrd.sheet.Cell) -> str:
    """What is shown of a cell's value: texts, numbers in their format, TRUE and FALSE, errors as they are."""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERR"))
    code = _format(book, cell.xf_index)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return formats.text(cell.value, code)
    number = Decimal(repr(cell.value))
    if not number and not found.show_zero_values:
        return ""
    return formats.number(number, code, since_1904=bool(book.datemode))


def _format(book: xlrd.Book, style: int | None) -> str:
    """The number format of a style: what the file says, else what the number of the format stands for."""
    if style is None or style >= len(book.xf_list):
        return ""
    key = book.xf_list[style].format_key
    if key in formats.BUILT_IN:
        return formats.BUILT_IN[key]
    found = book.format_map.get(key)
    return found.format_str if found else ""
