"""The labels of a row: what its amounts are of, and the codes beside; labels torn over two rows made whole."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from hedui.classification import link
from hedui.tables.grids import Row
from hedui.tables.heads import WORD, Column, is_number
from hedui.tables.wording import plain, squeeze, wording
from hedui.values import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """What a row says its amounts are of. `place` is the column where the label stands."""

    text: str
    printed: str
    code: str
    place: int
    within: bool


def labels(row: Row, layout: Sequence[Column]) -> Iterator[Label]:
    """The labels of a row, from left to right."""
    know = wording()
    digits = ""
    for c, cell in enumerate(row.cells[: len(layout)]):
        text = know.expressions["markup"].sub("", cell.text).strip()
        if WORD.search(text):
            bare = squeeze(text)
            if bare in know.header["code"] or bare in know.header["line"]:
                continue
            inside = know.expressions["code"].match(bare)
            code = digits or (inside.group() if inside and WORD.match(bare, inside.end()) else "")
            name = bare[inside.end() :] if inside and code == inside.group() else bare
            yield Label(plain(name), name, code, c, bool(know.expressions["within"].match(bare)))
            digits = ""
        elif layout[c].role == "code":
            digits += "".join(piece for piece in text.split() if piece.isdigit())
        elif layout[c].role == "value" and text:
            digits = ""


def whole(body: Sequence[Row], layout: Sequence[Column], year: int | None) -> list[Row]:
    """The rows, a label that is torn over two of them joined where the code beside it has just that name."""
    out: list[Row] = []
    taken = False
    for row, following in zip_longest(body, body[1:]):
        if taken:
            taken = False
            continue
        joined = following and _joined(row, following, layout, year)
        out.append(joined or row)
        taken = joined is not None
    return out


def _joined(upper: Row, lower: Row, layout: Sequence[Column], year: int | None) -> Row | None:
    """The row of amounts with the label of both, where the other row is the half of a label alone."""
    for full, half in ((upper, lower), (lower, upper)):
        filled = [c for c, cell in enumerate(half.cells) if cell.text]
        if len(filled) != 1 or not any(is_number(cell.text) for cell in full.cells):
            continue
        place = filled[0]
        label = next((label for label in labels(full, layout) if label.place == place and label.code), None)
        if label is None or not WORD.search(half.cells[place].text):
            continue
        name = squeeze(upper.cells[place].text + lower.cells[place].text)
        if link([name], [label.code], year).match == "exact":
            cells = [*full.cells]
            cells[place] = replace(cells[place], text=name)
            return Row(full.start, full.end, tuple(cells))
    return None
