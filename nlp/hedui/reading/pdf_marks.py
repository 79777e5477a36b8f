"""One PDF page → the marks on it: glyphs and ruling lines, upright and measured from the page's top left.

Coordinates are points. The engine (pdfminer.six) gets some fonts' heights wrong, so a glyph is placed by its
baseline, never by the top or bottom of its box.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTItem, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value

from hedui.reading.deadline import Deadline
from hedui.reading.pdf_limits import Resources, TooMuch

CONTENTS = 8_000_000  # bytes of drawing instructions in one stream, unpacked
MARKS = 200_000  # on one page: more are no page of a disclosure
FIGURE = 20  # marks that a drawing within a drawing counts for, be it empty
SAVED = 1000  # states of the pen that are put aside one inside the other
THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
SKEW = 0.05  # sine of the angle up to which text still counts as level

# Simplified forms of the CJK radicals supplement: fonts map them to the characters they look like; Unicode's
# compatibility forms do not fold them.
_RADICALS = str.maketrans(
    "⺁⺟⺠⺢⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂母民氺王虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its left and right edge, its baseline (downwards from the top) and its font's size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """A point that lies inside the character whatever its font."""
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.size


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line along an axis: `at` its y (level) or x (upright), from `low` to `high` on the other."""

    level: bool
    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Marks:
    """What one page shows. `bad` counts the glyphs that stand for no known character."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    bad: int = 0
    pictured: bool = False

    @property
    def readable(self) -> bool:
        """Whether the text layer can be trusted: few unknown characters, and not pictures instead of text."""
        if not self.glyphs:
            return not self.pictured
        return self.bad <= max(2, 0.1 * len(self.glyphs))


class Engine:
    """The interpreter of page contents; made once for a document, since fonts are shared by its pages."""

    def __init__(self, deadline: Deadline) -> None:
        resources = Resources()
        self._device = _Device(resources, deadline)
        self._interpreter = _Interpreter(resources, self._device)

    def marks(self, page: PDFPage) -> Marks:
        """The marks of a page. Raises whatever the engine raises on a broken one, and TooMuch."""
        self._device.count = 0
        self._interpreter.process_page(page)
        return _collect(self._device.get_result())


class _Interpreter(PDFPageInterpreter):
    """Looks how large contents are before it draws them, and stops in time where they draw one another."""

    device: "_Device"

    def execute(self, streams: Sequence[object]) -> None:
        self.device.deadline.check()
        for stream in map(stream_value, streams):
            if len(stream.get_data()) > CONTENTS:
                raise TooMuch
        super().execute(streams)

    def do_q(self) -> None:
        if len(self.gstack) > SAVED:
            raise TooMuch
        super().do_q()


class _Device(PDFPageAggregator):
    """Collects a page without analysing its layout, and stops at the limit of marks."""

    count = 0

    def __init__(self, resources: PDFResourceManager, deadline: Deadline) -> None:
        super().__init__(resources, laparams=None)
        self.deadline = deadline

    def _add(self, weight: int = 1) -> None:
        self.count += weight
        if self.count % 1000 < weight:
            self.deadline.check()
        if self.count > MARKS:
            raise TooMuch

    def begin_figure(self, *args: Any, **kwargs: Any) -> None:
        self._add(FIGURE)
        super().begin_figure(*args, **kwargs)

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._add()
        return float(super().render_char(*args, **kwargs))

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._add()
        super().paint_path(*args, **kwargs)


def _collect(page: LTPage) -> Marks:
    chars: list[LTChar] = []
    lines: list[tuple[float, float, float, float]] = []
    pictured = False
    for item in _walk(page):
        if isinstance(item, LTChar):
            if item.get_text().strip():
                chars.append(item)
        elif isinstance(item, LTCurve):
            lines.extend(_segments(item))
        elif isinstance(item, LTImage):
            pictured = pictured or item.width * item.height > 0.3 * page.width * page.height
    turn = _turn(chars)
    place = _placer(turn, page.width, page.height)
    glyphs, bad = [], 0
    for char in chars:
        if _direction(char) != turn:
            continue
        text = character(char.get_text())
        bad += _is_bad(text)
        (ax, _), (bx, _) = place(char.x0, char.y0), place(char.x1, char.y1)
        size = char.height if turn in (0, 2) else char.width
        glyphs.append(Glyph(text, min(ax, bx), max(ax, bx), place(*char.matrix[4:6])[1], max(size, 1.0)))
    rulings = []
    for x0, y0, x1, y1 in lines:
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        if abs(ax - bx) >= abs(ay - by):
            rulings.append(Ruling(True, (ay + by) / 2, min(ax, bx), max(ax, bx)))
        else:
            rulings.append(Ruling(False, (ax + bx) / 2, min(ay, by), max(ay, by)))
    width, height = (page.width, page.height) if turn in (0, 2) else (page.height, page.width)
    return Marks(width, height, tuple(glyphs), tuple(rulings), bad, pictured)


def _walk(container: Any) -> Iterator[LTItem]:
    for item in container:
        yield item
        if isinstance(item, LTFigure):
            yield from _walk(item)


def character(text: str) -> str:
    """The character that a glyph means: radicals and compatibility forms folded, U+FFFD if unknown."""
    if text.startswith("(cid:"):
        return "\ufffd"
    if any("\u2e80" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" for c in text):
        return unicodedata.normalize("NFKC", text.translate(_RADICALS))
    return text


def _is_bad(text: str) -> bool:
    return any(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc") for c in text)


def _direction(char: LTChar) -> int | None:
    """Quarter turns, counter-clockwise, of the way the text runs; None for slanting text (watermarks)."""
    a, b = char.matrix[0], char.matrix[1]
    length = hypot(a, b) or 1.0
    if abs(b) <= SKEW * length:
        return 0 if a > 0 else 2
    if abs(a) <= SKEW * length:
        return 1 if b > 0 else 3
    return None


def _turn(chars: list[LTChar]) -> int:
    """The way most of the text runs."""
    votes = Counter(d for d in map(_direction, chars) if d is not None)
    return votes.most_common(1)[0][0] if votes else 0


def _placer(turn: int, width: float, height: float) -> Any:
    """The function from the engine's coordinates (y upwards) to ours (y downwards), text made level."""
    return {
        0: lambda x, y: (x, height - y),
        1: lambda x, y: (y, x),
        2: lambda x, y: (width - x, y),
        3: lambda x, y: (height - y, width - x),
    }[turn]


def _segments(curve: LTCurve) -> Iterator[tuple[float, float, float, float]]:
    """The visible lines along an axis that a path draws: thin filled boxes, or the strokes of an outline."""
    x0, y0, x1, y1 = curve.bbox
    if min(x1 - x0, y1 - y0) <= THIN:
        if not (_is_white(curve.stroking_color) if curve.stroke else _is_white(curve.non_stroking_color)):
            if x1 - x0 >= y1 - y0:
                yield x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
            else:
                yield (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
        return
    if not curve.stroke or _is_white(curve.stroking_color):
        return
    points = list(curve.pts)
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if abs(ax - bx) < 1 or abs(ay - by) < 1:
            yield ax, ay, bx, by


def _is_white(colour: Any) -> bool:
    """Whether a colour of the engine is white: grey or RGB all at one, CMYK all at zero."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    return all(part == 0 for part in parts) if len(parts) == 4 else all(part >= 0.99 for part in parts)
