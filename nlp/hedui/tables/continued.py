"""Tables that go on over a page, their title printed again → one table."""

from collections.abc import Iterable
from itertools import takewhile

from hedui.tables.grids import Grid
from hedui.tables.heads import WORD, split, texts
from hedui.tables.wording import squeeze, wording


def joined(grids: Iterable[Grid]) -> list[Grid]:
    """The tables, one that goes on with the table right before it joined to that, heads once.

    A table of the same title that begins with the same label is no continuation but that of another body.
    """
    out: list[Grid] = []
    for grid in grids:
        last = out[-1] if out else None
        if last and _one(last, grid) and _first(grid) not in (None, _first(last)):
            heads = {texts(row) for row in split(last)[0]}
            last.rows += [row for row in grid.rows if texts(row) not in heads]
        else:
            out.append(grid)
    return out


def _one(last: Grid, grid: Grid) -> bool:
    suffix = wording().expressions["suffix"]
    titles = {squeeze(suffix.sub("", title)) for title in (last.title, grid.title)}
    return last.kind == grid.kind and len(titles) == 1 and grid.unit in (None, last.unit)


def _first(grid: Grid) -> tuple[str, ...] | None:
    """The code and the label of the first row with amounts."""
    body = split(grid)[1]
    if not body:
        return None
    cells = texts(body[0])
    before = tuple(takewhile(lambda text: not WORD.search(text), cells))
    return cells[: len(before) + 1]
