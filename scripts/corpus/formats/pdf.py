"""Text → PDF: paragraphs broken into lines, ruled tables, running heads and page numbers."""

from itertools import pairwise, takewhile

from corpus.formats.blocks import Table, blocks
from corpus.formats.pdf_pages import A4, CELL, SIZE, PageMaker, pdf, width
from corpus.page import NEVER_FIRST

TITLE = 18.0
LEFT, RIGHT, TOP, BOTTOM, PITCH = 80.0, 515.0, 90.0, 750.0, 22.0
"""The edges of the text on an upright page, and from line to line."""
WIDE = 6
"""Columns: a table with more stands on pages that lie on their side."""
ROW = 60.0
"""The room that a row of a table may need."""


def typeset(
    text: str,
    spacing: float = 0.0,
    head: str = "",
    justify: bool = False,
    numbers: str = "- {} -",
    titled: bool = False,
    face: str = "",
) -> bytes:
    """A text as a word processor would set it, with a running head and page numbers.

    Paragraphs are set in by two characters and broken at the right edge, rows of tab-separated cells ruled.
    Tables that go on over pages repeat their head; a short first row of two (body and unit) stands above the lines.
    `spacing` (points) parts the characters, `justify` stretches full lines to the edge, `head` stands above
    every page and its number, written as `numbers`, below. Of a text that is `titled` the first line is set
    larger and in the middle. `face` is the font that is embedded; without it the font is only named.
    """
    setter = _Setter(spacing, justify)
    parts = blocks(text)
    for place, block in enumerate(parts):
        # The title of a table stands on its page, with some rows below it.
        shape = block if not isinstance(block, str) else next(iter(parts[place + 1 : place + 2]), "")
        setter.lie(not isinstance(shape, str) and max(map(len, shape)) > WIDE)
        if isinstance(block, str) and not isinstance(shape, str):
            setter.room(ROW * min(len(shape) + 1, 5))
        if not isinstance(block, str):
            setter.table(block)
        elif titled and not place:
            setter.title(block)
        else:
            setter.paragraph(block)
    for number, page in enumerate(setter.pages, 1):
        if head:
            page.text((page.width - _length(head, 9)) / 2, 50, head, 9)
        page.text(page.width / 2 - 8, page.height - 42, numbers.format(number), 9)
    return pdf(setter.pages, face=face)


class _Setter:
    """Pages in the making, and how far down the last of them is filled."""

    def __init__(self, spacing: float, justify: bool) -> None:
        self.spacing, self.justify = spacing, justify
        self.pages = [PageMaker()]
        self.y = TOP

    @property
    def page(self) -> PageMaker:
        return self.pages[-1]

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return self.page.width - (A4[0] - RIGHT)

    def lie(self, lying: bool) -> None:
        """Go on on pages that lie on their side, or upright ones."""
        if (self.page.width > self.page.height) != lying:
            self.turn(*(reversed(A4) if lying else A4))

    def turn(self, wide: float, high: float) -> None:
        """Begin a page of some size, unless there is an empty one to take its place."""
        if not self.page.content:
            self.pages.pop()
        self.pages.append(PageMaker(wide, high))
        self.y = TOP

    def room(self, need: float) -> bool:
        """Make room; whether that took a new page."""
        if self.y + need <= self.page.height - (A4[1] - BOTTOM):
            return False
        self.turn(self.page.width, self.page.height)
        return True

    def title(self, words: str) -> None:
        for line in _wrapped(words, self.right - LEFT, TITLE).split("\n"):
            self.page.text((LEFT + self.right - _length(line, TITLE)) / 2, self.y, line, TITLE)
            self.y += 2 * TITLE

    def paragraph(self, rest: str) -> None:
        x = LEFT + 2 * SIZE
        while rest:
            self.room(PITCH)
            line, rest = _break(rest, self.right - x, self.spacing)
            extra = 0.0
            if self.justify and rest:
                used = sum(width(c) * SIZE + self.spacing for c in line)
                extra = (self.right - x - used) / max(len(line) - 1, 1)
            self.page.text(x, self.y, line, SIZE, self.spacing + extra)
            x = LEFT
            self.y += PITCH

    def table(self, rows: Table) -> None:
        columns = max(map(len, rows))
        above = [cell for cell in rows[0] if cell]
        if len(rows[0]) < columns and len(above) == 2:
            self.room(ROW)
            self.page.text(LEFT, self.y, above[0], CELL)
            self.page.text(self.right - _length(above[1], CELL), self.y, above[1], CELL)
            self.y += CELL
            rows = rows[1:]
        heads = list(takewhile(lambda row: not any(map(str.isdigit, "".join(row))), rows))
        for place, row in enumerate(rows):
            if self.room(ROW) and place > len(heads):
                for again in heads:
                    self.row(again, columns)
            self.row(row, columns)
        self.y += PITCH

    def row(self, row: list[str], columns: int) -> None:
        """Draw one row; its last cell is merged with those missing."""
        edges = [*(LEFT + (self.right - LEFT) * i / columns for i in range(len(row))), self.right]
        cells = [_wrapped(c, b - a - 6) for c, (a, b) in zip(row, pairwise(edges), strict=True)]
        self.y = self.page.table(edges, self.y, [cells])


def _break(words: str, room: float, spacing: float) -> tuple[str, str]:
    """The part of a line that fits, and the rest; numbers are kept whole, marks never begin a line."""
    used, end = 0.0, 0
    while end < len(words) and used + width(words[end]) * SIZE <= room:
        used += width(words[end]) * SIZE + spacing
        end += 1
    if end < len(words):
        while end > 1 and (
            words[end] in NEVER_FIRST or (words[end - 1 : end + 1].isascii() and words[end] != " ")
        ):
            end -= 1
    return words[:end], words[end:]


def _wrapped(cell: str, room: float, size: float = CELL) -> str:
    per_line = max(int(room / size), 1)
    return (
        cell
        if _length(cell, size) <= room
        else "\n".join(cell[i : i + per_line] for i in range(0, len(cell), per_line))
    )


def _length(words: str, size: float) -> float:
    return sum(map(width, words)) * size
