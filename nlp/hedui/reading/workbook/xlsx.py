"""Spreadsheets (.xlsx, .xlsm): bytes → Document.

The package is read by itself, sheet by sheet and row by row, because the number formats are needed: fast readers
such as calamine hand out bare numbers. openpyxl does know the formats, but it holds all of a workbook in memory,
cannot be stopped, and refuses workbooks for flaws in parts that no text comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import regex
from lxml import etree

from hedui.model import Document
from hedui.reading.errors import UnreadableInput
from hedui.reading.package import Element, Package, forget, opened
from hedui.reading.workbook import formats
from hedui.reading.workbook.sheets import COLUMNS, Area, Sheet, Workbook

READER = f"xlsx/1 (lxml {etree.__version__})"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_N = f"{{{SHEET}}}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_REFERENCE = regex.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true", "on")


def read(data: bytes, source: str) -> Document:
    """The document of a workbook: a page for every sheet that is shown.

    Raises UnreadableInput for a broken file, one beyond the limits, and one without any text.
    """
    with opened(data, "sheet_broken") as package:
        return _Reader(package).workbook().document(source, READER)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as the file has it: place, kind of value, style, value; `formula` tells whether it has one."""

    row: int
    column: int
    kind: str
    style: int
    value: str | None
    formula: bool


class _Reader:
    """One package: the texts and formats that its sheets share, and the workbook that they make."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.made = Workbook()
        self.main = package.main() or "xl/workbook.xml"
        if self.main.endswith(".bin"):
            raise UnreadableInput("sheet_binary")
        if self.main not in package:
            raise UnreadableInput("sheet_broken", error=self.main)
        self.related = {relation.id: relation for relation in package.relations(self.main)}
        where = package.related(self.main)
        self.strings = self._strings(where.get("sharedStrings"))
        self.formats = _formats(package.side(where.get("styles")))

    def workbook(self) -> Workbook:
        """The sheets in their order; charts and macros that stand as sheets have no cells and are passed over."""
        tree = self.package.tree(self.main)
        properties = tree.find(f"{_N}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in _TRUE
        for named in tree.iterfind(f"{_N}sheets/{_N}sheet"):
            relation = self.related.get(named.get(_ID, ""))
            if relation is None or relation.kind != "worksheet" or relation.target not in self.package:
                continue
            hidden = named.get("state", "visible") != "visible"
            self._sheet(self.made.add(named.get("name", ""), hidden), relation.target, since_1904)
        return self.made

    def _strings(self, name: str | None) -> list[str]:
        if name is None or name not in self.package:
            return []
        return [_text(element) for element in self._elements(name, "si")]

    def _elements(self, name: str, *tags: str) -> Iterator[Element]:
        """The elements of a part by their tags, one after another; each is gone before the next is read."""
        events = self.package.events(name, *(_N + tag for tag in tags))
        for count, (event, element) in enumerate(events):
            if count % 1000 == 0:
                self.made.deadline.check()
            if event == "end":
                yield element
                forget(element)

    def _sheet(self, sheet: Sheet, name: str, since_1904: bool) -> None:
        zeros = True
        row = -1
        for element in self._elements(name, "sheetView", "col", "row", "mergeCell"):
            if element.tag == f"{_N}sheetView":
                zeros = element.get("showZeros", "1") in _TRUE
            elif element.tag == f"{_N}col" and element.get("hidden") in _TRUE:
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                sheet.hidden_columns.update(range(first - 1, min(last, COLUMNS)))
            elif element.tag == f"{_N}mergeCell" and (area := _area(element.get("ref", ""))):
                sheet.merged.append(area)
            elif element.tag == f"{_N}row":
                row = int(element.get("r", row + 2)) - 1
                if element.get("hidden") in _TRUE:
                    sheet.hidden_rows.add(row)
                for cell in _cells(element, row):
                    sheet.uncomputed |= cell.formula and cell.value is None
                    text = self._shown(cell, zeros, since_1904)
                    self.made.put(sheet, cell.row, cell.column, text)

    def _shown(self, cell: _Cell, zeros: bool, since_1904: bool) -> str:
        """What is shown of a cell's value: texts, numbers in their format, TRUE and FALSE, errors as they are."""
        value = cell.value
        if value is None:
            return ""
        code = self.formats[cell.style] if cell.style < len(self.formats) else ""
        if cell.kind == "s":
            place = int(value)
            return formats.text(self.strings[place], code) if 0 <= place < len(self.strings) else ""
        if cell.kind in ("str", "inlineStr"):
            return formats.text(value, code)
        if cell.kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        if cell.kind in ("e", "d"):
            return value
        return _number(value, code, zeros, since_1904)


def _number(value: str, code: str, zeros: bool, since_1904: bool) -> str:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return value
    return formats.number(number, code, since_1904) if number or zeros else ""


def _cells(row: Element, number: int) -> Iterator[_Cell]:
    """The cells of a row; one that does not tell its place stands right of the one before it."""
    column = -1
    for element in row.iterfind(f"{_N}c"):
        place = _REFERENCE.fullmatch(element.get("r", ""))
        column = _column(place[1]) if place else column + 1
        if column >= COLUMNS:
            raise UnreadableInput("sheet_broken", error="column")
        kind = element.get("t", "n")
        inline = element.find(f"{_N}is")
        value = _text(inline) if inline is not None else element.findtext(f"{_N}v")
        if kind == "str" and value:
            value = _unescaped(value)
        formula = element.find(f"{_N}f") is not None
        yield _Cell(number, column, kind, int(element.get("s", "0")), value or None, formula)


def _text(element: Element) -> str:
    """The text of a string; that of its pieces one after another, without what tells how to pronounce it."""
    pieces = [*element.iterfind(f"{_N}t"), *element.iterfind(f"{_N}r/{_N}t")]
    return _unescaped("".join(piece.text or "" for piece in pieces))


def _unescaped(text: str) -> str:
    """Control characters are written `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _formats(styles: Element | None) -> list[str]:
    """The number format of each style."""
    if styles is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode", "") for f in styles.iterfind(f"{_N}numFmts/{_N}numFmt")}
    out = []
    for style in styles.iterfind(f"{_N}cellXfs/{_N}xf"):
        name = style.get("numFmtId", "0")
        built_in = formats.BUILT_IN.get(int(name), "") if name.isdecimal() else ""
        out.append(own.get(name, built_in))
    return out


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    begin, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if begin is None or end is None:
        return None
    return int(begin[2]) - 1, int(end[2]) - 1, _column(begin[1]), _column(end[1])


def _column(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
