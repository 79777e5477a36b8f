"""Text → PDF: paragraphs broken into lines, ruled tables, running heads and page numbers."""

from itertools import pairwise

from corpus.formats.blocks import blocks
from corpus.formats.pdf_pages import CELL, SIZE, PageMaker, pdf, width
from corpus.page import NEVER_FIRST

TITLE = 18.0


def typeset(
    text: str,
    spacing: float = 0.0,
    head: str = "",
    justify: bool = False,
    numbers: str = "- {} -",
    titled: bool = False,
) -> bytes:
    """A text as a word processor would set it, with a running head and page numbers.

    Paragraphs are set in by two characters and broken at the right edge, rows of tab-separated cells ruled.
    `spacing` (points) parts the characters, `justify` stretches full lines to the edge, `head` stands above
    every page and its number, written as `numbers`, below. Of a text that is `titled` the first line is set
    larger and in the middle.
    """
    left, right, top, bottom, pitch = 80.0, 515.0, 90.0, 750.0, 22.0
    pages: list[PageMaker] = []
    page, y = PageMaker(), top
    pages.append(page)

    def room(need: float) -> None:
        nonlocal page, y
        if y + need > bottom:
            page, y = PageMaker(), top
            pages.append(page)

    for place, block in enumerate(blocks(text)):
        if not isinstance(block, str):
            columns = max(len(row) for row in block)
            xs = [left + (right - left) * i / columns for i in range(columns + 1)]
            for row in block:
                room(60)
                edges = [*xs[: len(row)], right]  # the last cell of a short row is merged with those missing
                cells = [_wrapped(c, b - a - 6) for c, (a, b) in zip(row, pairwise(edges), strict=True)]
                y = page.table(edges, y, [cells])
            y += pitch
            continue
        x = left + 2 * SIZE
        rest = block
        if titled and not place:
            for line in _wrapped(block, right - left, TITLE).split("\n"):
                page.text((left + right - _length(line, TITLE)) / 2, y, line, TITLE)
                y += 2 * TITLE
            continue
        while rest:
            room(pitch)
            fitting, rest = _break(rest, (right - x), spacing)
            extra = 0.0
            if justify and rest:
                extra = (right - x - sum(width(c) * SIZE + spacing for c in fitting)) / max(
                    len(fitting) - 1, 1
                )
            page.text(x, y, fitting, SIZE, spacing + extra)
            x, y = left, y + pitch
    for number, made in enumerate(pages, 1):
        if head:
            made.text(200, 50, head, 9)
        made.text(290, 800, numbers.format(number), 9)
    return pdf(pages)


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
