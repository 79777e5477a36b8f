"""The sheets of a workbook → Document: what the three readers of spreadsheets have in common.

A sheet is a page: its name, the lines above its table, the rows of cells between tabs. What is printed counts. Hidden
sheets, rows and columns are no part of what a body shows its readers; they are left out, and a warning names them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import regex

from hedui.model import Document, Page
from hedui.reading.composing import BREAK, Part, Rows, compose
from hedui.reading.composing import cell as one_line
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.metadata import describe, publisher_of_tables
from hedui.reading.text import document as text_document

MAX_SECONDS = 60.0
MAX_SHEETS = 500
MAX_CELLS = 300_000  # with content, of all sheets: some hundred times those of the standard tables
MAX_CHARACTERS = 50_000_000
MAX_SQUARES = 10_000_000  # of the rows and columns that have text
COLUMNS = 16_384  # that a sheet can have

_SENTENCE = regex.compile("[。；]")

Area = tuple[int, int, int, int]  # first row, last row, first column, last column: all of them belong to it


@dataclass(slots=True)
class Sheet:
    """The texts of the cells by row and column, counted from zero; what covers several squares; what is hidden."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: bool = False  # has formulas that no program has worked out


class Workbook:
    """The sheets that a reader fills, within the limits of cells, characters and seconds."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.deadline = Deadline(MAX_SECONDS)
        self._cells = 0
        self._characters = 0

    def add(self, name: str, hidden: bool) -> Sheet:
        """One more sheet. Raises UnreadableInput for one too many."""
        self.deadline.check()
        if len(self.sheets) == MAX_SHEETS:
            raise UnreadableInput("too_many_sheets", limit=MAX_SHEETS)
        self.sheets.append(Sheet(one_line(name), hidden))
        return self.sheets[-1]

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """The text of a cell as it is shown. Raises UnreadableInput beyond the limits."""
        if not (text := one_line(text.replace("\r\n", BREAK).replace("\n", BREAK))):
            return
        self._cells += 1
        self._characters += len(text)
        if self._cells > MAX_CELLS or self._characters > MAX_CHARACTERS:
            raise UnreadableInput("too_many_cells", limit=MAX_CELLS)
        if self._cells % 1000 == 0:
            self.deadline.check()
        sheet.rows.setdefault(row, {})[column] = text

    def document(self, source: str, reader: str) -> Document:
        """The document of the sheets that are shown, a form feed between any two.

        Raises UnreadableInput where none of them has any text, and beyond the limits.
        """
        pages: list[Page] = []
        text = ""
        bare: list[str] = []
        squares = 0
        shown = [sheet for sheet in self.sheets if not sheet.hidden]
        kept = [bool(_hide(sheet, self.deadline)) for sheet in shown]
        for number, sheet in enumerate(shown, 1):
            squares += len(sheet.rows) * len({c for row in sheet.rows.values() for c in row})
            if squares > MAX_SQUARES:
                raise UnreadableInput("too_many_cells", limit=MAX_CELLS)
            parts = _parts(sheet)
            bare.append(compose(parts))
            piece = compose([sheet.name, *parts]) if parts else ""
            if text and piece:
                text += "\f"
            pages.append(Page(number, len(text), len(text) + len(piece), name=sheet.name))
            text += piece
        if not text:
            raise UnreadableInput("empty")
        left_out = {
            "hidden_sheets": [sheet.name for sheet in self.sheets if sheet.hidden and sheet.rows],
            "hidden_cells": [sheet.name for sheet, some in zip(shown, kept, strict=True) if some],
            "uncomputed": [sheet.name for sheet in shown if sheet.uncomputed],
        }
        warnings = tuple(f"{key}:{'、'.join(where)}" for key, where in left_out.items() if where)
        names = [sheet.name for sheet in shown]
        told = describe("\n".join([*bare, *names]))  # a name is no part of a title
        publisher = publisher_of_tables(text) or told.publisher
        return replace(
            text_document(text, source, reader),
            title=told.title,
            publisher=publisher,
            fiscal_year=told.fiscal_year,
            kind=told.kind,
            published=told.published,
            origins=told.origins | ({"publisher": "text"} if publisher else {}),
            pages=tuple(pages),
            warnings=warnings,
        )


def _hide(sheet: Sheet, deadline: Deadline) -> int:
    """Take out what is hidden or covered; how many cells with text were hidden.

    The text of merged squares stands in the first of them that is shown.
    """
    for top, bottom, left, right in sheet.merged:
        deadline.check()
        text = sheet.rows.get(top, {}).get(left)
        rows = range(top, bottom + 1)
        for row in rows if len(rows) < len(sheet.rows) else [r for r in sheet.rows if r in rows]:
            cells = sheet.rows.get(row, {})
            for column in [c for c in cells if left <= c <= right]:
                del cells[column]
        if text:
            row = next((r for r in rows if r not in sheet.hidden_rows), top)
            column = next((c for c in range(left, right + 1) if c not in sheet.hidden_columns), left)
            sheet.rows.setdefault(row, {})[column] = text
    count = 0
    for row, cells in sheet.rows.items():
        out = [c for c in cells if row in sheet.hidden_rows or c in sheet.hidden_columns]
        count += len(out)
        for column in out:
            del cells[column]
    sheet.rows = {row: sheet.rows[row] for row in sorted(sheet.rows) if sheet.rows[row]}
    return count


def _parts(sheet: Sheet) -> list[Part]:
    """The lines above tables, and the tables, without the columns in which no row of any table has text.

    A line above a table is a row with one text, on top of the sheet or below a row without any. A row whose only
    words are sentences is a remark, wherever it stands.
    """
    lines = set(_lone(sheet))
    columns = sorted({c for row, cells in sheet.rows.items() if row not in lines for c in cells})
    out: list[Part] = []
    held: list[tuple[str, ...]] = []
    for row, cells in sheet.rows.items():
        if row in lines:
            if held:
                out.append(Rows(tuple(held)))
                held = []
            out += cells.values()
        else:
            held.append(tuple(cells.get(column, "") for column in columns))
    return [*out, Rows(tuple(held))] if held else out


def _lone(sheet: Sheet) -> Iterator[int]:
    """The rows that are lines of their own."""
    above = True
    last = -1
    for row, cells in sheet.rows.items():
        above = above or any(_is_blank(sheet, between) for between in range(last + 1, row))
        only = next(iter(cells.values())) if len(cells) == 1 else ""
        above = above and bool(only)
        if above or _SENTENCE.search(only):
            yield row
        last = row


def _is_blank(sheet: Sheet, row: int) -> bool:
    """Whether a row without text is shown and no merged cell reaches down into it."""
    return row not in sheet.hidden_rows and not any(top < row <= bottom for top, bottom, _, _ in sheet.merged)
