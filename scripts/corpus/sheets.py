"""How one document sets its tables: its habits, and rows of words and amounts as pieces."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.accounts import ZERO, Accounts, Var
from corpus.pieces import Cell, Cue, Piece
from corpus.printing import SCALES, Habits, Printed, rounded
from corpus.wording import Style, load

SCOPED = ("basic_expenditure", "project_expenditure", "carryover_begin", "carryover_end")
"""Quantities that every account has of its own; the scope says whose."""

Row = list[str | Cue | Cell]


@dataclass(frozen=True, slots=True)
class Look:
    """Unit, what an empty cell prints, thousands separators; whether lines and columns are numbered, whether all
    classes are listed or only those with money, whether notes stand below."""

    unit: str
    zero: str
    separators: bool
    lines: bool
    numbers: bool
    all_classes: bool
    notes: bool
    wide: bool


def draw_look(rng: random.Random, habits: Habits) -> Look:
    """The habits of one document's tables."""
    unit = habits.unit if rng.random() < 0.8 else "元"
    return Look(
        unit=unit,
        zero=rng.choice(["", "", "0.00"]),
        separators=rng.random() < (0.7 if unit == "元" else 0.2),
        lines=rng.random() < 0.4,
        numbers=rng.random() < 0.3,
        all_classes=rng.random() < 0.6,
        notes=rng.random() < 0.6,
        wide=rng.random() < 0.5,
    )


class Sheet:
    """One table in the making; `rows` become pieces by `pieces`."""

    def __init__(self, accounts: Accounts, look: Look, style: Style, kind: str, number: int) -> None:
        self.a, self.look, self.style, self.kind, self.number = accounts, look, style, kind, number
        self.words: dict[str, Any] = load("tables")[kind]
        self.title: str = style.pick(f"title {kind}", self.words["titles"], 1.0)
        self.rows: list[Row] = []

    def amount(
        self,
        var: Var,
        name: str,
        column: str,
        metric: str,
        scope: str | None = None,
        code: str = "",
        item: str = "",
    ) -> Cell:
        """A cell with the amount of a true value; one that is nothing may be left empty.

        `code` is printed in its row, `item` one that only the name tells.
        """
        value, look = self.a.values.get(var, ZERO), self.look
        text = rounded(value / SCALES[look.unit], 2, bare=True) if value else look.zero
        if look.separators and text:
            whole, point, rest = text.partition(".")
            text = f"{int(whole):,}{point}{rest}"
        basis = "budget" if var[1] == "budget" else "final"
        printed = Printed(text, look.unit)
        about = (metric, item or code or None, scope, basis, self.a.year)
        return Cell(printed, var, self.title, code, name, column, *about, value)

    def of_account(self, metric: str, name: str, column: str) -> Cell:
        """The amount of a whole account, named by its metric; `nothing:METRIC` where there never is any."""
        told = metric.rpartition(":")[2]
        scope = {"fiscal": "fiscal_expenditure", "fund": "fund_expenditure"}.get(self.kind)
        return self.amount((metric, "final"), name, column, told, scope if told in SCOPED else None)

    def pieces(self) -> list[Piece]:
        """Title, lines above, rows and notes as pieces."""
        words, body = load("tables"), self.a.body.name
        above = self.style.pick("unit of tables", words["unit"], 1.0)
        out: list[Piece] = [self.title, "\n"]
        out.append(above.format(body=body, unit=self.look.unit, number=self.number) + "\n")
        for row in self.rows:
            for place, cell in enumerate(row):
                out += ["\t", cell] if place else [cell]
            out.append("\n")
        if self.look.notes:
            out.append(words["note"].format(about=self.words["about"]) + "\n")
        if self.empty and "nothing" in self.words:
            none = self.style.pick("empty table", words["none"], 1.0)
            text = none.format(body=body, year=self.a.year, about=self.words["nothing"])
            out.append(text + "\n" if text else "")
        return out

    @property
    def empty(self) -> bool:
        """Whether the table states no amount but nothing."""
        return not any(isinstance(cell, Cell) and cell.truth for row in self.rows for cell in row)

    def head(self, *heads: Sequence[str]) -> None:
        """Adds rows of heads."""
        self.rows += [list(head) for head in heads]

    def side_by_side(self, left: Sequence[Row], right: Sequence[Row], width: int) -> None:
        """Adds rows of two halves; a half that ends first goes on in empty cells. `width` is that of the right."""
        count = max(len(left), len(right))
        for place in range(count):
            one: Row = left[place] if place < len(left) else ["", ""]
            other: Row = right[place] if place < len(right) else ["" for _ in range(width)]
            self.rows.append([*one, *other])

    def numbered_lines(self, first: int, width: int) -> None:
        """Numbers the lines of both halves behind their labels, from row `first` on."""
        if not self.look.lines:
            return
        count = len(self.rows) - first
        for place, row in enumerate(self.rows[first:], 1):
            row.insert(1, str(place))
            row.insert(len(row) - width + 1, str(place + count))
