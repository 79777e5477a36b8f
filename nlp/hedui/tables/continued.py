"""Tables that go on over a page, their title printed again → one table."""

from collections.abc import Iterable, Set
from itertools import takewhile

from hedui.tables.grids import Grid
from hedui.tables.heads import WORD, split, texts
from hedui.tables.wording import squeeze, wording


def joined(grids: Iterable[Grid]) -> list[Grid]:
    """The tables, one that goes on with the table right before it joined to that, heads once.

    A table of the same title that begins with the same label is no continuation but that of another body.
    """
    out: list[Grid] = []
    heads: Set[tuple[str, ...]] = set()  # of the last table
    first: tuple[str, ...] | None = None
    for grid in grids:
        own_heads, own_first = _opening(grid)
        if out and _one(out[-1], grid) and own_first not in (None, first):
            out[-1].rows += [row for row in grid.rows if texts(row) not in heads]
            if first is None:  # up to here there were only heads
                heads, first = _opening(out[-1])
        else:
            out.append(grid)
            heads, first = own_heads, own_first
    return out


def _one(last: Grid, grid: Grid) -> bool:
    suffix = wording().expressions["suffix"]
    titles = {squeeze(suffix.sub("", title)) for title in (last.title, grid.title)}
    return last.kind == grid.kind and len(titles) == 1 and grid.unit in (None, last.unit)


def _opening(grid: Grid) -> tuple[Set[tuple[str, ...]], tuple[str, ...] | None]:
    """What its heads hold, row by row; and the code and the label of the first row with amounts, None without one."""
    heads, body = split(grid)
    if not body:
        return {texts(row) for row in heads}, None
    cells = texts(body[0])
    before = tuple(takewhile(lambda text: not WORD.search(text), cells))
    return {texts(row) for row in heads}, cells[: len(before) + 1]
