"""Glyphs → lines of text: which glyphs share a baseline, and where blanks and columns lie between them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median, median_high

import regex

from hedui.model import Strip
from hedui.reading.page.marks import Glyph
from hedui.values import dataclass

SAME_LINE = 0.35  # of the font size: how far baselines of one line may lie apart
BLANK = 0.2  # of the font size, beyond the line's own spacing: a blank
COLUMN = 3.0  # of the font size: a gap that parts columns
ASCENT, DESCENT = (
    0.88,
    0.14,
)  # of the font size: how far Chinese characters reach above and below the baseline
FLOWING = regex.compile(r"[，。；]")  # marks of running text, which has gaps but no columns


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its edges, its baseline and the font size of most of it (points).

    `edges` are the left edges of its characters and the right edge of the last; `confidences` tell how sure each
    character is.
    """

    text: str
    edges: tuple[float, ...]
    y: float
    size: float
    glyphs: tuple[Glyph, ...]
    confidences: tuple[float, ...]

    @property
    def x0(self) -> float:
        return self.edges[0]

    @property
    def x1(self) -> float:
        return self.edges[-1]

    def strips(self, start: int) -> Iterator[Strip]:
        """Where its characters stand, the first of them character `start` of the text.

        One strip, but for text that was recognised in a picture: parts more or less sure are apart.
        """
        top, bottom = self.y - ASCENT * self.size, self.y + DESCENT * self.size
        place = 0
        for sure, run in groupby(self.confidences):
            end = place + len(list(run))
            yield Strip(start + place, start + end, top, bottom, self.edges[place : end + 1], sure)
            place = end

    @property
    def first_word(self) -> float:
        """The width of what cannot be broken off at the line's head: a number, a word, or one character."""
        right = self.glyphs[0].x1
        for glyph, following in pairwise(self.glyphs):
            if not _sticks(glyph.text, following.text):
                break
            right = following.x1
        return right - self.x0


def _sticks(left: str, right: str) -> bool:
    return (
        right in "，。；：、！？）》〉”’％%,.;:)"
        or left in "（《〈“‘("
        or (_is_latin(left) and _is_latin(right))
    )


def _is_latin(text: str) -> bool:
    return text.isascii() and (text.isalnum() or text in ".,%-/")


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of an area, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if rows and glyph.y - rows[-1][0].y <= SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda g: g.x0)) for row in rows]


def _line(row: Sequence[Glyph]) -> Line:
    kept = _without_doubles(row)
    gaps = [b.x0 - a.x1 for a, b in pairwise(kept)]
    spacing = max(median(gaps), 0.0) if gaps else 0.0
    columns = not any(FLOWING.search(g.text) for g in kept) and _has_words(kept, gaps, spacing)
    text, edges, sure = "", [kept[0].x0], list[float]()

    def write(words: str, right: float, confidence: float) -> None:
        nonlocal text
        text += words
        left = edges[-1]
        edges.extend(left + (right - left) * n / len(words) for n in range(1, len(words) + 1))
        sure.extend([confidence] * len(words))

    write(kept[0].text, kept[0].x1, kept[0].confidence)
    for a, b, gap in zip(kept, kept[1:], gaps, strict=False):
        size = max(a.size, b.size)
        if columns and gap > COLUMN * size + spacing:
            write("\t", b.x0, a.confidence)
        else:
            # However wide a title is spaced, numbers that far apart are two.
            most = 0.6 * size if a.text.isdigit() and b.text.isdigit() else gap
            if gap > BLANK * size + min(spacing * 1.5, most):
                write(" ", b.x0, a.confidence)
        write(b.text, b.x1, b.confidence)
    size = median_high(g.size for g in kept)
    return Line(text, tuple(edges), kept[0].y, size, tuple(kept), tuple(sure))


def _has_words(kept: Sequence[Glyph], gaps: Sequence[float], spacing: float) -> bool:
    """Whether anything between wide gaps is more than one character: spaced-out titles have no columns."""
    return any(gap <= COLUMN * g.size + spacing for g, gap in zip(kept, gaps, strict=False))


def _without_doubles(row: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if any(g.text == glyph.text and glyph.x0 - g.x0 < 0.4 * (g.x1 - g.x0) for g in kept[-2:]):
            continue
        kept.append(glyph)
    return kept


def joined(upper: Line, lower: str, full: bool) -> str:
    """What stands between two lines that belong together: a blank between words, and between numbers if the
    first line had room for more (they are two numbers then, not one torn)."""
    a, b = upper.text[-1:], lower[:1]
    if a.isdigit() and b.isdigit():
        return "" if full else " "
    return " " if a.isascii() and a.isalpha() and b.isascii() and b.isalpha() else ""
