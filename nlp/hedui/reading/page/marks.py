"""What a page shows: glyphs and ruling lines, level and measured from the page's top left, whatever engine found them.

Coordinates are points. Engines get some fonts' heights wrong, so a glyph is placed by its baseline, never by the
top or bottom of its box.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from hedui.values import dataclass

OBJECTS = 250_000  # of a file
MARKS = 200_000  # on one page: more are no page of a disclosure
FEW = 60  # glyphs beside a picture: the head of a page whose text is in the picture
PICTURED = 0.3  # of a page: pictures that cover more may hold its text
OUTLINES = 2000  # paths on a page without any glyph: its characters are drawn
THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
SKEW = 0.05  # sine of the angle up to which text still counts as level

# Simplified forms of the CJK radicals supplement: fonts map them to the characters they look like; Unicode's
# compatibility forms do not fold them.
_RADICALS = str.maketrans(
    "⺁⺟⺠⺢⺩⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂母民氺王虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)


class TooMuch(Exception):
    """A page, or something on it, that is larger than any of a disclosure."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: its left and right edge, its baseline (downwards from the top) and its font's size.

    `confidence` is below 1 for one that was recognised in a picture.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    confidence: float = 1.0

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
class Char:
    """A character as an engine gives it, y upwards: its box, its origin, the way it runs, its font's size."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    ahead: tuple[float, float]
    size: float


@dataclass(frozen=True, slots=True)
class Path:
    """A path as an engine gives it, y upwards, and whether its stroke, or its inside alone, can be seen."""

    points: tuple[tuple[float, float], ...]
    stroked: bool
    filled: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What one page shows. `bad` counts the glyphs that stand for no known character.

    `turned` counts the quarter turns, clockwise, that made its text level; size and places are those after it.
    `recognised` marks stem from a picture of the page.
    """

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    bad: int = 0
    pictured: bool = False
    turned: int = 0
    recognised: bool = False

    @property
    def readable(self) -> bool:
        """Whether the text layer can be trusted: few unknown characters, and not pictures instead of text."""
        if not self.glyphs:
            return not self.pictured
        return self.bad <= max(2, 0.1 * len(self.glyphs))

    @property
    def doubtful(self) -> bool:
        """Whether a page is worth another look: unreadable, or hardly any text beside pictures."""
        return not self.readable or (self.pictured and len(self.glyphs) < FEW)

    def tell_more_than(self, other: "Marks") -> bool:
        """Whether these are the better of two readings of one page."""
        if not self.readable or other.readable:
            return self.readable and len(self.glyphs) > len(other.glyphs)
        return bool(self.glyphs) or self.recognised


def collect(
    width: float, height: float, chars: Sequence[Char], paths: Iterable[Path], pictured: bool
) -> Marks:
    """What an engine found on a page of this size, made level and measured from the top left."""
    turn = _turn(chars)
    place = _placer(turn, width, height)
    glyphs, bad = [], 0
    for char in chars:
        if _direction(char) != turn:
            continue
        text = character(char.text)
        bad += _is_bad(text)
        (ax, _), (bx, _) = place(*char.box[:2]), place(*char.box[2:])
        glyphs.append(Glyph(text, min(ax, bx), max(ax, bx), place(*char.origin)[1], max(char.size, 1.0)))
    rulings = []
    for x0, y0, x1, y1 in (segment for path in paths for segment in _segments(path)):
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        if abs(ax - bx) >= abs(ay - by):
            rulings.append(Ruling(True, (ay + by) / 2, min(ax, bx), max(ax, bx)))
        else:
            rulings.append(Ruling(False, (ax + bx) / 2, min(ay, by), max(ay, by)))
    if turn % 2:
        width, height = height, width
    return Marks(width, height, tuple(glyphs), tuple(rulings), bad, pictured, turn)


def character(text: str) -> str:
    """The character that a glyph means: radicals and compatibility forms folded, U+FFFD if unknown."""
    if text.startswith("(cid:"):
        return "\ufffd"
    if any("\u2e80" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" for c in text):
        return unicodedata.normalize("NFKC", text.translate(_RADICALS))
    return text


def _is_bad(text: str) -> bool:
    return any(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc") for c in text)


def _direction(char: Char) -> int | None:
    """Quarter turns, counter-clockwise, of the way the text runs; None for slanting text (watermarks)."""
    a, b = char.ahead
    length = hypot(a, b) or 1.0
    if abs(b) <= SKEW * length:
        return 0 if a > 0 else 2
    if abs(a) <= SKEW * length:
        return 1 if b > 0 else 3
    return None


def _turn(chars: Iterable[Char]) -> int:
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


def _segments(path: Path) -> Iterator[tuple[float, float, float, float]]:
    """The visible lines along an axis that a path draws: thin filled boxes, or the strokes of an outline."""
    xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    if min(x1 - x0, y1 - y0) <= THIN:
        if path.stroked or path.filled:
            if x1 - x0 >= y1 - y0:
                yield x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
            else:
                yield (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
        return
    if not path.stroked:
        return
    for (ax, ay), (bx, by) in pairwise([*path.points, path.points[0]]):
        if abs(ax - bx) < 1 or abs(ay - by) < 1:
            yield ax, ay, bx, by
