"""The sheet that people fill in: its columns, and writing it as CSV or as a workbook."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import IO, Any

from hedui.messages import Language
from hedui.report.wrap import columns as width
from hedui.resources import resource
from hedui.rules import Text
from hedui.sample.drawing import Drawn, Kind

# What can be wrong about a row, as the sheet shows it.
FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "findings": ("rule", "certainty", "stated", "expected"),
    "claims": (
        *("value", "unit", "metric", "part", "item", "measure", "basis", "year", "period"),
        *("versus", "versus_year", "versus_basis", "scope", "direction", "approximate"),
    ),
}
FILLED = ("verdict", "wrong", "comment")

_PLACE = (
    "sample",
    "id",
    "stratum",
    "stratum_size",
    "source",
    "publisher",
    "title",
    "fiscal_year",
    "page",
    "start",
)
# Widths of columns whose text is wrapped, in characters; the others have _NARROW.
_WIDE = {
    "id": 22,
    "stratum": 18,
    "source": 24,
    "publisher": 20,
    "title": 24,
    "quote": 70,
    "message": 50,
    "stated": 18,
    "expected": 18,
    "metric": 26,
    "item": 26,
    "wrong": 24,
    "comment": 40,
}
_NARROW = 11
_LINE = 15  # points that a line of a cell is high
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a spreadsheet take text for a formula


def columns(of: Kind) -> tuple[str, ...]:
    """The columns of a sheet, in their order."""
    told = ("quote", *FIELDS[of]) if of == "claims" else ("quote", "message", *FIELDS[of])
    return (*_PLACE, *told, *FILLED)


def row(of: Kind, sample: str, drawn: Drawn, found: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """One row of the sheet from what the database says of it; the figure of a claim stands in 【】."""
    shown = {name: found.get(name) for name in columns(of)}
    if of == "claims":
        at = found["start"] - found["sentence_start"], found["end"] - found["sentence_start"]
        text = found["sentence"]
        shown["quote"] = f"{text[: at[0]]}【{text[at[0] : at[1]]}】{text[at[1] :]}"
        shown["metric"] = f"{found['metric']} ({found['metric_name']})"
        code = " ".join(filter(None, (found["item_code"], found["item_name"])))
        shown["item"] = f"{found['item_printed']} → {code or '–'}" if found["item_printed"] else None
    elif lang == "en":
        shown["message"] = found["message_en"]
    shown |= {"sample": sample, "stratum": drawn.stratum, "stratum_size": drawn.stratum_size}
    return shown | dict.fromkeys(FILLED)


def as_csv(of: Kind, rows: Iterable[Mapping[str, Any]], lang: Language) -> Iterator[str]:
    """The sheet as CSV, with the mark by which Excel knows UTF-8; no text is taken for a formula."""
    yield "\ufeff" + _line(headings()[name].in_language(lang) for name in columns(of))
    for each in rows:
        yield _line(_harmless(each[name]) for name in columns(of))


def write_workbook(of: Kind, rows: Iterable[Mapping[str, Any]], lang: Language, file: IO[bytes]) -> None:
    """The sheet as a workbook, whose column of verdicts offers its words. Raises ImportError without openpyxl."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    names = columns(of)
    sheet.append([headings()[name].in_language(lang) for name in names])
    last = 1
    for last, each in enumerate(rows, 2):
        for column, name in enumerate(names, 1):
            cell = sheet.cell(last, column, _printable(each[name]))
            if cell.data_type == "f":
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=name in _WIDE, vertical="top")
        sheet.row_dimensions[last].height = _LINE * max(
            _lines(each[name], wide) for name, wide in _WIDE.items() if name in each
        )
    for column, name in enumerate(names, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(name, _NARROW)
    words = ",".join(next(iter(told[lang])) for told in verdicts().values())
    offered = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    letter = get_column_letter(names.index("verdict") + 1)
    offered.add(f"{letter}2:{letter}{max(last, 2)}")
    sheet.add_data_validation(offered)
    sheet.freeze_panes = "C2"
    book.save(file)


@cache
def headings() -> dict[str, Text]:
    """The headings of all columns."""
    return {name: Text(told["zh"], told["en"]) for name, told in _data()["columns"].items()}


def verdicts() -> dict[str, dict[str, Sequence[str]]]:
    """The words for each verdict by language, the one to offer first."""
    told: dict[str, dict[str, Sequence[str]]] = _data()["verdicts"]
    return told


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("patterns", "sheet.toml").read_text(encoding="utf-8"))


def _lines(value: Any, wide: int) -> int:
    """How many lines a text takes in a column, a little more than less; a workbook does not find out by itself."""
    return sum(1 + int(1.1 * width(line)) // wide for line in str(value or "").split("\n"))


def _harmless(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _printable(value: Any) -> Any:
    """Workbooks hold no control characters."""
    if not isinstance(value, str):
        return value
    return "".join(c if c >= " " or c in "\t\n" else " " for c in value)


def _line(values: Iterable[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(values)
    return buffer.getvalue()
