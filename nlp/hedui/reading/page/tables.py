"""Ruling lines → tables: a grid of columns and rows, cells merged where no line parts them, their text."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from hedui.reading.page.lines import Line, joined, lines
from hedui.reading.page.marks import Glyph, Ruling

SNAP = 2.5  # points: lines nearer than this are one line
TOUCH = 4.0  # points: how far a line may fall short of the one it meets
COVER = 0.6  # of a cell's side: less of a line is no wall
RULINGS = 1000  # on one page, after merging: more is a drawing
SQUARES = 10_000  # of one table: more is a drawing
NUMBER = regex.compile(r"[-－—]?[\d,，]*+(?<=\d)(?:\.\d+)?[%％]?")


@dataclass(slots=True)
class Grid:
    """A ruled table: `xs` and `ys` part its columns and rows, `owner` tells the cell of every square."""

    xs: list[float]
    ys: list[float]
    owner: dict[tuple[int, int], tuple[int, int]]
    glyphs: dict[tuple[int, int], list[Glyph]] = field(default_factory=lambda: defaultdict(list))

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def take(self, run: Sequence[Glyph]) -> bool:
        """Put glyphs into the cell that the middle of them lies in; whether it lies in the table at all."""
        x = (run[0].middle[0] + run[-1].middle[0]) / 2
        y = run[0].middle[1]
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return False
        self.glyphs[self.owner[row, column]].extend(run)
        return True

    def rows(self) -> list[list[list[Line | str]]]:
        """The cells row by row: the lines of each, and what joins them; a merged cell's in its first square.

        Rows without any text are left out. A tab within a cell is a blank.
        """
        out: list[list[list[Line | str]]] = []
        for row in range(len(self.ys) - 1):
            cells = {column: lines(self.glyphs.get((row, column), ())) for column in range(len(self.xs) - 1)}
            for part in _printed_rows(cells):
                pieces = [self._pieces(row, column, part[column]) for column in sorted(part)]
                if any(pieces):
                    out.append(pieces)
        return out

    def _pieces(self, row: int, column: int, found: Sequence[Line]) -> list[Line | str]:
        right = max((c for (r, c), first in self.owner.items() if first == (row, column)), default=column) + 1
        bare = [replace(line, text=line.text.replace("\t", " ")) for line in found]
        pieces: list[Line | str] = [*bare[:1]]
        for line, following in pairwise(bare):
            full = line.x1 + following.first_word > self.xs[right] - 0.5 * line.size
            pieces += [joined(line, following.text, full), following]
        return pieces


def _printed_rows(cells: dict[int, list[Line]]) -> list[dict[int, list[Line]]]:
    """The rows within one ruled row: more than one if lines are missing and two columns list numbers."""
    lists = [
        found for found in cells.values() if len(found) > 1 and all(NUMBER.fullmatch(x.text) for x in found)
    ]
    heads = [line.y for line in max(lists, key=len)] if len(lists) > 1 else []
    if not heads or any(len(found) != len(heads) for found in lists):
        return [cells]
    parts: list[dict[int, list[Line]]] = [{column: [] for column in cells} for _ in heads]
    for column, found in cells.items():
        for line in found:
            nearest = min(range(len(heads)), key=lambda i: abs(heads[i] - line.y))
            parts[nearest][column].append(line)
    return parts


def grids(rulings: Iterable[Ruling]) -> list[Grid]:
    """The tables that ruling lines draw: parts of the page with cells side by side, the smallest first."""
    merged = _merge(rulings)
    if len(merged) > RULINGS:
        return []
    found = [grid for part in _connected(merged) if (grid := _grid(part))]
    return sorted(found, key=lambda grid: grid.area)


def _merge(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines that continue or cover one another as one line, on common coordinates."""
    out: list[Ruling] = []
    for level in (True, False):
        group: list[Ruling] = []
        for ruling in sorted((r for r in rulings if r.level == level), key=lambda r: r.at):
            if group and ruling.at - group[-1].at > SNAP:
                out.extend(_chains(group))
                group = []
            group.append(ruling)
        out.extend(_chains(group))
    return out


def _chains(group: list[Ruling]) -> list[Ruling]:
    out: list[Ruling] = []
    if not group:
        return out
    at = sum(r.at for r in group) / len(group)
    low, high = None, 0.0
    for ruling in sorted(group, key=lambda r: r.low):
        if low is not None and ruling.low - high <= TOUCH:
            high = max(high, ruling.high)
            continue
        if low is not None:
            out.append(Ruling(ruling.level, at, low, high))
        low, high = ruling.low, ruling.high
    if low is not None:
        out.append(Ruling(group[0].level, at, low, high))
    return out


def _connected(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Lines that meet, directly or over others, as one part."""
    levels = [r for r in rulings if r.level]
    uprights = [r for r in rulings if not r.level]
    parent = list(range(len(levels) + len(uprights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, a in enumerate(levels):
        for j, b in enumerate(uprights, len(levels)):
            across = a.low - TOUCH <= b.at <= a.high + TOUCH
            if across and b.low - TOUCH <= a.at <= b.high + TOUCH:
                parent[root(i)] = root(j)
    parts: dict[int, list[Ruling]] = defaultdict(list)
    for i, ruling in enumerate([*levels, *uprights]):
        parts[root(i)].append(ruling)
    return list(parts.values())


def _grid(part: list[Ruling]) -> Grid | None:
    levels = [r for r in part if r.level]
    uprights = [r for r in part if not r.level]
    if len(levels) < 2 or not uprights:
        return None
    # Where the outer lines are left open, the ends of the others bound the table.
    xs = _snap([r.at for r in uprights] + [min(r.low for r in levels), max(r.high for r in levels)])
    ys = _snap([r.at for r in levels] + [min(r.low for r in uprights), max(r.high for r in uprights)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5 or len(xs) * len(ys) > SQUARES:
        return None
    owner = _owners(xs, ys, levels, uprights)
    if not any(column for _, column in owner.values()):
        return None  # a box, or boxes one below the other, around text
    return Grid(xs, ys, owner)


def _snap(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > TOUCH:
            out.append(value)
    return out


def _owners(
    xs: list[float], ys: list[float], levels: list[Ruling], uprights: list[Ruling]
) -> dict[tuple[int, int], tuple[int, int]]:
    """The first square of the cell of each square; squares without a wall between them are one cell."""
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def first(square: tuple[int, int]) -> tuple[int, int]:
        while owner[square] != square:
            square = owner[square]
        return square

    def unite(a: tuple[int, int], b: tuple[int, int]) -> None:
        a, b = sorted((first(a), first(b)))
        owner[b] = a

    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            if column + 2 < len(xs) and not _wall(uprights, right, top, bottom):
                unite((row, column), (row, column + 1))
            if row + 2 < len(ys) and not _wall(levels, bottom, left, right):
                unite((row, column), (row + 1, column))
    return {square: first(square) for square in owner}


def _wall(rulings: list[Ruling], at: float, low: float, high: float) -> bool:
    cover = sum(
        min(r.high, high) - max(r.low, low)
        for r in rulings
        if abs(r.at - at) <= TOUCH and r.low < high and r.high > low
    )
    return cover >= COVER * (high - low)
