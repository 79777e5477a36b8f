"""The marks of PDF pages by PDFium: a second engine, far faster, that knows some fonts which the first does not.

Its characters come with their origin on the baseline, its paths as points; both are turned into what
`marks` makes of a page, so that all later steps are the same.
"""

import ctypes
from collections.abc import Callable, Iterator
from math import hypot
from types import TracebackType
from typing import Any, Self

import pypdfium2
import pypdfium2.raw as pdfium

from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import MARKS, PICTURED, Char, Marks, Path, TooMuch, collect

DEPTH = 8  # of forms within forms
VERSION = f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}"

Point = tuple[float, float]


class Pages:
    """The pages of a PDF, at most `most` of them; to be used as a context manager.

    Raises UnreadableInput for a broken or encrypted file.
    """

    def __init__(self, data: bytes, most: int, deadline: Deadline) -> None:
        self._most = most
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = "password" in str(error).lower()
            raise UnreadableInput(
                "pdf_encrypted" if locked else "pdf_broken", **({} if locked else {"error": "PDFium"})
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return min(len(self._document), self._most)

    def marks(self, place: int) -> Marks:
        """The marks of one page (from 0). Raises PdfiumError on a broken one, and TooMuch."""
        page = self._document[place]
        text = page.get_textpage()
        try:
            level, width, height = _shown(page)
            chars = list(_chars(text, level))
            things = _Things(text.raw, PICTURED * width * height)
            things.look(page.raw, level, 0)
            return collect(width, height, [*chars, *things.untold], things.paths, things.pictured)
        finally:
            text.close()
            page.close()


def _shown(page: Any) -> tuple[Callable[[Point], Point], float, float]:
    """The way from the file's coordinates to those of the page as shown (y upwards), and its size."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    quarter = page.get_rotation() // 90 % 4

    def level(point: Point) -> Point:
        x, y = point[0] - left, point[1] - bottom
        return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarter]

    return (level, width, height) if quarter % 2 == 0 else (level, height, width)


def _chars(text: Any, level: Callable[[Point], Point]) -> Iterator[Char]:
    count = text.count_chars()
    if count > MARKS:
        raise TooMuch
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    zero = level((0.0, 0.0))
    for place in range(count):
        character = chr(pdfium.FPDFText_GetUnicode(text, place))
        if pdfium.FPDFText_IsGenerated(text, place) or character.isspace():
            continue
        pdfium.FPDFText_GetCharOrigin(text, place, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, place, box)
        pdfium.FPDFText_GetMatrix(text, place, matrix)
        size = pdfium.FPDFText_GetFontSize(text, place) * hypot(matrix.c, matrix.d)
        ahead = level((matrix.a, matrix.b))
        yield Char(
            character,
            (*level((box.left, box.bottom)), *level((box.right, box.top))),
            level((x.value, y.value)),
            (ahead[0] - zero[0], ahead[1] - zero[1]),
            size,
        )


class _Things:
    """What a page, and the forms on it, hold besides characters that are told.

    `paths` are painted; `pictured` says whether a picture covers more than an area `large`; `untold` has a broken
    character for each piece of text that the engine draws without telling a character of it.
    """

    def __init__(self, text: Any, large: float) -> None:
        self.paths: list[Path] = []
        self.pictured = False
        self.untold: list[Char] = []
        self._text, self._large = text, large

    def look(self, holder: Any, level: Callable[[Point], Point], depth: int) -> None:
        """Collect what a page (`depth` 0) or a form holds. Raises TooMuch."""
        count, get = (
            (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
            if depth
            else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        )
        for number in range(count(holder)):
            thing = get(holder, number)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths.extend(_paths(thing, _through(thing, level)))
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.untold.extend(_untold(thing, self._text, level))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                place = _through(thing, level)
                (ax, ay), (bx, by) = place((0.0, 0.0)), place((1.0, 1.0))
                self.pictured = self.pictured or abs(ax - bx) * abs(ay - by) > self._large
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
                self.look(thing, _through(thing, level), depth + 1)
            if len(self.paths) > MARKS:
                raise TooMuch


def _untold(thing: Any, text: Any, level: Callable[[Point], Point]) -> Iterator[Char]:
    """A broken character for a piece of text without any told, where its font is not in the file.

    The engine knows no characters of such fonts. (Blanks are not told either; of fonts in the file only they.)
    """
    told = pdfium.FPDFTextObj_GetText(thing, text, None, 0) > len("\0".encode("utf-16-le"))
    if told or pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(thing)):
        return
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    start = level((left.value, bottom.value))
    yield Char("\ufffd", (*start, *level((right.value, top.value))), start, (1.0, 0.0), 1.0)


def _through(thing: Any, level: Callable[[Point], Point]) -> Callable[[Point], Point]:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, m)
    a, b, c, d, e, f = m.a, m.b, m.c, m.d, m.e, m.f
    return lambda point: level((a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f))


def _paths(thing: Any, place: Callable[[Point], Point]) -> Iterator[Path]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not (fill.value or stroke.value):
        return
    stroked = bool(stroke.value) and not _is_white(thing, pdfium.FPDFPageObj_GetStrokeColor)
    filled = not stroke.value and not _is_white(thing, pdfium.FPDFPageObj_GetFillColor)
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(thing)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, number)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield Path(tuple(points), stroked, filled)
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(place((x.value, y.value)))
    if points:
        yield Path(tuple(points), stroked, filled)


def _is_white(thing: Any, colour: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    return bool(colour(thing, *parts)) and all(part.value >= 253 for part in parts[:3])
