"""Marks of pages → their text: tables as rows of cells, lines joined to paragraphs, no running heads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from statistics import median

import regex

from hedui.lines import line_rules
from hedui.model import Strip
from hedui.reading.page.lines import Line, joined, lines
from hedui.reading.page.marks import Glyph, Marks
from hedui.reading.page.tables import Grid, grids
from hedui.values import dataclass

UNREADABLE = "\ufffc"  # the text of a page that cannot be read: Unicode's mark of an object that is no text
MARGIN = 0.14  # of a page's height, at its top and bottom, where running heads and page numbers stand
REPEATS = 3  # pages (or all of fewer) with the same line at the same height: it is a running head
PAGE_NUMBER = regex.compile(r"[^\w%％]*\d{1,4}[^\w%％]*")
LEVEL = 4.0  # points: the same height
INDENT = 0.8  # of the font size: a line that begins further right opens a paragraph
SLACK = 1.2  # of the font size: what justified lines and hanging marks may leave free at the right edge
COVER = 15  # lines: a page with fewer, all of them centred, is a cover
NUMERAL = regex.compile(r"[\d.,%-]")
LEADER = regex.compile(
    r"(?<![.．·…⋯‥_])[.．·…⋯‥_]{3,}+\s*+[（(]?\d*+[）)]?$"
)  # a line of a table of contents
CLOSED = regex.compile(r"[。！？：；!?:;]$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart, from top to bottom: lines of text and tables."""

    marks: Marks
    parts: tuple[Line | Grid, ...]

    @property
    def prose(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]


@dataclass(frozen=True, slots=True)
class Frame:
    """The left and right edge of running text, the usual distance of its lines and the usual font size."""

    left: float
    right: float
    pitch: float
    size: float


def sheet(marks: Marks) -> Sheet:
    """The lines and tables of a page; nothing at all where its text cannot be trusted."""
    if not marks.readable:
        return Sheet(marks, ())
    tables = grids(marks.rulings)
    outside: list[Glyph] = []
    for run in _runs(marks.glyphs):
        if not any(table.take(run) for table in tables):
            outside.extend(run)
    parts: list[Line | Grid] = [*lines(outside), *(table for table in tables if table.glyphs)]
    return Sheet(marks, tuple(sorted(parts, key=lambda p: p.y if isinstance(p, Line) else p.top)))


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Single glyphs, and the digits of a number together: it may stick out of its cell."""
    run: list[Glyph] = []
    for glyph in glyphs:
        last = run[-1] if run else glyph
        near = glyph.y == last.y and abs(glyph.x0 - last.x1) < 0.1 * glyph.size
        if run and not (near and NUMERAL.fullmatch(glyph.text) and NUMERAL.fullmatch(last.text)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


@dataclass(slots=True)
class Writing:
    """Text in the making: its pieces, where each page of it ends, and where its characters stand."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    ends: list[int] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def add(self, part: str | Line) -> None:
        """Write a line of a page, or words that stand on none."""
        words = part if isinstance(part, str) else part.text
        if isinstance(part, Line):
            self.strips.extend(part.strips(self.length))
        self.pieces.append(words)
        self.length += len(words)


def write(sheets: Sequence[Sheet]) -> Writing:
    """The text of all pages, one after the other.

    A form feed closes a page, unless its last paragraph runs on: a sentence over two pages is one line.
    """
    heads = _running_heads(sheets)
    bare = [Sheet(s.marks, tuple(p for p in s.parts if id(p) not in heads)) for s in sheets]
    frames = _frames(bare)
    out = Writing()
    for number, page in enumerate(bare):
        if page.marks.readable:
            _write(out, page, frames[number])
        else:
            out.add(UNREADABLE)
        if number + 1 == len(bare):
            out.add("\n")
        elif not _runs_on(page, bare[number + 1], frames[number], frames[number + 1]):
            out.add("\n\f")
        out.ends.append(out.length)
    return out


def _write(out: Writing, page: Sheet, frame: Frame) -> None:
    last: Line | Grid | None = None
    for part in page.parts:
        if isinstance(part, Grid):
            for number, row in enumerate(part.rows()):
                out.add("" if last is None and not number else "\n")
                for column, cell in enumerate(row):
                    out.add("\t" if column else "")
                    for piece in cell:
                        out.add(piece)
                last = part
            continue
        if isinstance(last, Line) and (
            _continues(last, part, frame) or _is_one_title(last, part, page, frame)
        ):
            out.add(joined(last, part.text, full=True))
        elif last is not None:
            close = isinstance(last, Line) and not _opens(last, part, frame)
            out.add("\n" if close else "\n\n")
        out.add(part)
        last = part


def _full(line: Line, following: Line, frame: Frame) -> bool:
    """Whether a line was broken for want of room: the next one's first word would not have fitted."""
    return line.x1 + following.first_word > frame.right - SLACK * line.size


def _continues(line: Line, following: Line, frame: Frame) -> bool:
    """Whether the next line goes on with the paragraph of this one."""
    if "\t" in line.text or "\t" in following.text or abs(line.size - following.size) > 0.15 * line.size:
        return False
    return following.y - line.y <= 1.5 * frame.pitch and _flows(line, following, frame, frame)


def _flows(line: Line, following: Line, frame: Frame, next_frame: Frame) -> bool:
    if not _full(line, following, frame) or LEADER.search(line.text):
        return False
    if following.x0 - next_frame.left <= INDENT * following.size:
        return True
    # A paragraph that is set in as a whole.
    return abs((following.x0 - next_frame.left) - (line.x0 - frame.left)) < 2 and not CLOSED.search(line.text)


def _is_one_title(line: Line, following: Line, page: Sheet, frame: Frame) -> bool:
    """Whether two centred lines are one title: the first takes most of the width, or a cover has them."""
    if "\t" in line.text + following.text or abs(line.size - following.size) > 0.05 * line.size:
        return False
    if not _is_centred(following, page, frame) or CLOSED.search(line.text) or LEADER.search(line.text):
        return False
    if following.y - line.y > 2.8 * line.size:
        return False
    wide = line.x1 - line.x0 > 0.75 * (frame.right - frame.left) and line.size > 1.1 * frame.size
    cover = len(page.parts) < COVER and all(
        isinstance(part, Line) and _is_centred(part, page, frame) for part in page.parts
    )
    return wide or cover


def _is_centred(line: Line, page: Sheet, frame: Frame) -> bool:
    middle = (line.x0 + line.x1) / 2
    near = min(abs(middle - page.marks.width / 2), abs(middle - (frame.left + frame.right) / 2))
    return near < 0.4 * line.size


def _opens(line: Line, following: Line, frame: Frame) -> bool:
    """Whether the next line is plainly the first of something new."""
    return following.x0 - frame.left > INDENT * following.size or not _full(line, following, frame)


def _runs_on(page: Sheet, after: Sheet, frame: Frame, next_frame: Frame) -> bool:
    """Whether the last paragraph of a page goes on at the top of the next one."""
    if not page.parts or not after.parts:
        return False
    line, following = page.parts[-1], after.parts[0]
    if not isinstance(line, Line) or not isinstance(following, Line) or "\t" in line.text + following.text:
        return False
    if abs(line.size - following.size) > 0.15 * line.size or joined(line, following.text, full=True):
        return False
    return _flows(line, following, frame, next_frame)


def _frames(sheets: Sequence[Sheet]) -> list[Frame]:
    """The frame of every page: of its own lines if enough are long, else of those on pages of its size."""
    known: dict[tuple[int, int], list[Line]] = {}
    for page in sheets:
        known.setdefault(_size(page), []).extend(page.prose)
    return [
        _frame(page.prose if len(_long(page.prose, page)) >= 8 else known[_size(page)], page)
        for page in sheets
    ]


def _size(page: Sheet) -> tuple[int, int]:
    return round(page.marks.width), round(page.marks.height)


def _long(prose: Sequence[Line], page: Sheet) -> list[Line]:
    return [line for line in prose if line.x1 - line.x0 > 0.5 * page.marks.width and "\t" not in line.text]


def _frame(prose: Sequence[Line], page: Sheet) -> Frame:
    steps = [b.y - a.y for a, b in pairwise(page.prose) if b.y - a.y < 4 * a.size]
    pitch = median(steps) if steps else 2 * max((line.size for line in page.prose), default=12.0)
    found = _long(prose, page)
    if not found:
        return Frame(0.12 * page.marks.width, 0.88 * page.marks.width, pitch, 0.0)
    rights = sorted(line.x1 for line in found)
    size = median(line.size for line in found)
    return Frame(_left([line.x0 for line in prose]), rights[-1 - len(rights) // 10], pitch, size)


def _left(starts: Sequence[float]) -> float:
    """The leftmost place where more than a stray line begins; most lines of short paragraphs are set in."""
    ordered = sorted(starts)
    needed = max(1, len(ordered) // 30)
    return next((a for a, b in zip(ordered, ordered[needed:], strict=False) if b - a < 2), ordered[0])


def _running_heads(sheets: Sequence[Sheet]) -> set[int]:
    """The lines (by identity) in the margins that are bare numbers or recur at one height, but for heads of tables."""
    found: list[tuple[str, float, Line]] = []
    table_head = line_rules().line["table_head"]
    for page in sheets:
        height = page.marks.height
        outer = [*page.parts[:2], *page.parts[-2:]]
        for line in {id(part): part for part in outer if isinstance(part, Line)}.values():
            if any(table_head.fullmatch(cell.strip()) for cell in line.text.split("\t")):
                continue  # body and unit, which stand above every table
            if line.y < MARGIN * height:
                found.append((_shape(line), line.y, line))
            elif line.y > (1 - MARGIN) * height:
                found.append((_shape(line), line.y - height, line))
    heights: dict[str, list[float]] = {}
    for shape, y, _ in found:
        heights.setdefault(shape, []).append(y)
    repeats = max(2, min(REPEATS, len(sheets)))
    heads: set[int] = set()
    for shape, y, line in found:
        again = sum(abs(y - other) <= LEVEL for other in heights[shape])
        if again >= repeats or PAGE_NUMBER.fullmatch(line.text):
            heads.add(id(line))
    return heads


def _shape(line: Line) -> str:
    return regex.sub(r"\d+", "#", regex.sub(r"\s+", "", line.text))
