"""The standard tables of a document as grids of cells: what layout tore apart is joined, the title tells the kind."""

from collections.abc import Sequence
from dataclasses import field

from hedui.model import Cell, Document, Table
from hedui.tables.wording import Kind, kind_of, squeeze, wording
from hedui.values import dataclass

LOOSE = 3  # lines between a title and its table that may be anything
LEAD = 400  # characters before the first table in which its title stands


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with its cells, empty ones too."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Grid:
    """A standard table: its title, its money unit (None where none is printed) and its rows, heads included."""

    kind: Kind
    title: str
    unit: str | None = None
    rows: list[Row] = field(default_factory=list)


def grids(document: Document, tables: Sequence[Table]) -> list[Grid]:
    """The standard tables among the tables of a document, in reading order."""
    if not tables:
        return []
    text = document.text
    first = max(0, min(table.start for table in tables) - LEAD)
    last = max(table.end for table in tables)
    position = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    found: list[Grid] = []
    current: Grid | None = None
    strange = 0
    for raw in text[position : len(text) if end < 0 else end].splitlines(keepends=True):
        start, position = position, position + len(raw)
        if not (bare := raw.strip()):
            continue
        row = _row(raw, start)
        lone = row is None or len([cell for cell in row.cells if cell.text]) == 1
        if lone and (kind := kind_of(bare.strip("|").strip())):
            if current is None or current.rows or current.kind is not kind:
                current = Grid(kind, squeeze(bare.strip("|#")))
                found.append(current)
            strange = 0
        if current is None:
            continue
        unit = wording().expressions["unit"].search(bare)
        if unit:
            current.unit = current.unit or squeeze(unit.group(1))
        elif row is not None:
            current.rows.append(row)
        elif not lone or not wording().expressions["head"].search(bare):
            strange += kind_of(bare) is None
            if strange and (current.rows or strange > LOOSE):
                current = None
    return [grid for grid in found if grid.rows]


def _row(raw: str, start: int) -> Row | None:
    """The cells of a line of a table; None for any other line."""
    line = raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    separator = "\t"
    if "\t" not in line:
        bare = line.strip()
        if not (len(bare) > 1 and bare[0] == bare[-1] == "|"):
            return None
        separator, start, line = "|", start + line.index("|") + 1, bare[1:-1]
    cells = []
    position = start
    for piece in line.split(separator):
        text = piece.strip()
        left = position + (len(piece) - len(piece.lstrip()) if text else 0)
        cells.append(Cell(text, left, left + len(text)))
        position += len(piece) + 1
    return Row(start, start + len(line), tuple(cells))
