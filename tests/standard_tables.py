"""The standard tables of one final account as workbooks have them, and what each of their amounts claims.

In standard_tables.txt `#` begins a sheet. A line is a row, `|` parts its cells, `<` belongs to the cell on its left
and `^` to the one above. Behind an amount stands what it claims: the metric, and where they are not none, none and
`final`, the item's code, the scope and the basis. An amount lies in its cell with more digits than are shown, as
programs leave it.
"""

import re
from pathlib import Path

from workbooks import Area, Cell, Number, Plan

BODY = "云滨市数据服务局"
YEAR = 2024

Told = tuple[str, str | None, str | None, str, str | None]  # metric, code, scope, value, basis

_AMOUNT = re.compile(r"(?P<shown>-?[\d,]+\.\d\d)(?:\{(?P<claim>[^}]*)\})?")


def plans() -> list[Plan]:
    """The tables as sheets."""
    blocks = _text().removeprefix("# ").split("\n# ")
    return [_plan(name, rows) for name, _, rows in (block.partition("\n") for block in blocks)]


def told() -> list[Told]:
    """What the amounts claim, table after table."""
    found = []
    for match in _AMOUNT.finditer(_text()):
        if match["claim"]:
            words = match["claim"].split()
            metric, code, scope, basis = words + ["-", "-", "final"][len(words) - 1 :]
            found.append((metric, _none(code), _none(scope), match["shown"], basis))
    return found


def _text() -> str:
    return Path(__file__).with_suffix(".txt").read_text("utf8")


def _none(word: str) -> str | None:
    return None if word == "-" else word


def _plan(name: str, block: str) -> Plan:
    grid = [line.split("|") for line in block.strip("\n").splitlines()]
    rows = [[_cell(words.replace("\\n", "\n")) for words in row] for row in grid]
    return Plan(name, rows, _areas(grid))


def _cell(words: str) -> Cell:
    match = _AMOUNT.fullmatch(words)
    if words in ("", "<", "^") or match is None:
        return None if words in ("<", "^") else words or None
    value = float(match["shown"].replace(",", ""))
    return Number(value + 0.0013999999 if value else 0.0, "0.00_ ", match["shown"])


def _areas(grid: list[list[str]]) -> list[Area]:
    """The merged areas: from each cell over the `<` on its right and the `^` below it."""
    areas = []
    for top, row in enumerate(grid):
        for left, words in enumerate(row):
            if words in ("<", "^"):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(grid) and grid[bottom + 1][left : left + 1] == ["^"]:
                bottom += 1
            if (bottom, right) != (top, left):
                areas.append((top, bottom, left, right))
    return areas
