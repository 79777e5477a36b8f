"""Workbooks for tests: one plan, written as .xlsx, .xls and .ods by libraries that hedui does not read with."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
import xlwt
from odf import style, table
from odf import text as words
from odf.opendocument import OpenDocumentSpreadsheet

Area = tuple[int, int, int, int]  # first row, last row, first column, last column


@dataclass(frozen=True, slots=True)
class Number:
    """A cell's number, its format, and what a spreadsheet shows of it."""

    value: float | date
    code: str
    shown: str


Cell = str | Number | None


@dataclass(slots=True)
class Plan:
    """One sheet: its rows, merged areas, what of it is hidden."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[Area] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    more: dict[tuple[int, int], str] = field(default_factory=dict)  # formulas


def xlsx(*plans: Plan) -> bytes:
    """The workbook as .xlsx, by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for plan in plans:
        sheet: Any = book.create_sheet(plan.name)
        sheet.sheet_state = "hidden" if plan.hidden else "visible"
        for r, row in enumerate(plan.rows, 1):
            for c, cell in enumerate(row, 1):
                if isinstance(cell, Number):
                    sheet.cell(r, c, cell.value).number_format = cell.code
                elif cell is not None:
                    sheet.cell(r, c).value = cell
        for top, bottom, left, right in plan.merged:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for row in plan.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in plan.hidden_columns:
            sheet.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].hidden = True
        for (r, c), formula in plan.more.items():
            sheet.cell(r + 1, c + 1).value = formula
    return _saved(book.save)


def xls(*plans: Plan) -> bytes:
    """The workbook as .xls, by xlwt."""
    book = xlwt.Workbook()
    looks: dict[str, xlwt.XFStyle] = {}  # a workbook can hold only so many
    for plan in plans:
        sheet = book.add_sheet(plan.name)
        sheet.visibility = int(plan.hidden)
        areas = {(top, left): (top, bottom, left, right) for top, bottom, left, right in plan.merged}
        covered = {
            (r, c)
            for top, bottom, left, right in plan.merged
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        } - areas.keys()
        for r, row in enumerate(plan.rows):
            for c, cell in enumerate(row):
                if (r, c) in covered or (cell is None and (r, c) not in areas):
                    continue
                code = cell.code if isinstance(cell, Number) else "General"
                look = looks.setdefault(code, xlwt.easyxf(num_format_str=code))
                value = cell.value if isinstance(cell, Number) else cell
                if (r, c) in areas:
                    sheet.write_merge(*areas[r, c], value, look)
                else:
                    sheet.write(r, c, value, look)
        for row in plan.hidden_rows:
            sheet.row(row).hidden = True
        for column in plan.hidden_columns:
            sheet.col(column).hidden = True
    return _saved(book.save)


def ods(*plans: Plan) -> bytes:
    """The workbook as .ods, by odfpy: every cell with the text that is shown of it."""
    book = OpenDocumentSpreadsheet()
    unseen = style.Style(name="unseen", family="table")
    unseen.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for plan in plans:
        sheet = table.Table(name=plan.name, **({"stylename": unseen} if plan.hidden else {}))
        areas = {
            (top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in plan.merged
        }
        for c in range(max(map(len, plan.rows), default=0)):
            sheet.addElement(table.TableColumn(**_hidden(c in plan.hidden_columns)))
        for r, row in enumerate(plan.rows):
            line = table.TableRow(**_hidden(r in plan.hidden_rows))
            for c, cell in enumerate(row):
                line.addElement(_ods_cell(cell, areas.get((r, c))))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)
    return _saved(book.write)


def _ods_cell(cell: Cell, area: tuple[int, int] | None) -> Any:
    spanned = {"numberrowsspanned": area[0], "numbercolumnsspanned": area[1]} if area else {}
    made = table.TableCell(**spanned)
    if isinstance(cell, Number) and not isinstance(cell.value, date):
        made = table.TableCell(valuetype="float", value=cell.value, **spanned)
    shown = cell.shown if isinstance(cell, Number) else cell or ""
    for line in shown.split("\n") if shown else ():
        made.addElement(words.P(text=line))
    return made


def _hidden(hidden: bool) -> dict[str, str]:
    return {"visibility": "collapse"} if hidden else {}


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


WRITERS = {"xlsx": xlsx, "xls": xls, "ods": ods}
