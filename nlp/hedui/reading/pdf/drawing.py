"""Pages of a PDF drawn as pictures by PDFium, which would fill any memory that a file asks for."""

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import regex

from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import TooMuch

PIXELS = 100_000_000  # of the pictures on a page, and of a page that is drawn
HIDDEN = 200_000_000  # of any picture of a file: of masks and patterns PDFium tells nothing
DEPTH = 8  # of forms within forms
THINGS = 500_000  # on a page
_PICTURE = regex.compile(rb"/Subtype\s*+/Image\b")
_SIDES = (regex.compile(rb"/Width\s++(\d{1,10})"), regex.compile(rb"/Height\s++(\d{1,10})"))
_AROUND = 2000  # bytes before and after it that the description of a picture may take


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """A PDF to draw pages of, to be closed. Raises PdfiumError, and UnreadableInput where a picture is too large."""
    check(data)
    return pypdfium2.PdfDocument(data)


def check(data: bytes) -> None:
    """Look at the size of every picture of a file. Raises UnreadableInput where one is too large to be unpacked."""
    for found in _PICTURE.finditer(data):
        head = data[max(0, found.start() - _AROUND) : found.start()].rpartition(b"obj")[2]
        tail = data[found.end() : found.end() + _AROUND].partition(b"stream")[0]
        sides = [side.search(head + tail) for side in _SIDES]
        if all(sides) and int(sides[0][1]) * int(sides[1][1]) > HIDDEN:  # type: ignore[index]
            raise UnreadableInput("too_many_pixels", limit=HIDDEN // 1_000_000)


def draw(page: Any, scale: float, grey: bool = False) -> Any:
    """A page of PDFium as its bitmap, `scale` pixels to the point. Raises TooMuch before the memory is taken."""
    width, height = page.get_size()
    if not width * height * scale**2 <= PIXELS:
        raise TooMuch
    total = 0
    for pixels in islice(_pixels(page.raw, 0), THINGS):
        total += pixels
        if total > PIXELS:
            raise TooMuch
    return page.render(scale=scale, grayscale=grey)


def _pixels(holder: Any, depth: int) -> Iterator[int]:
    """How many pixels each thing on a page (`depth` 0) or in a form has: those of a picture, none otherwise."""
    count, get = (
        (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
        if depth
        else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    )
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for number in range(count(holder)):
        thing = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(thing)
        known = kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFImageObj_GetImagePixelSize(
            thing, width, height
        )
        yield width.value * height.value if known else 0
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            yield from _pixels(thing, depth + 1)
