"""Pictures of pages (PNG, JPEG, TIFF with one page or more): bytes → Document."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hedui.model import Document
from hedui.reading import ocr
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import Marks
from hedui.reading.pdf.reader import document

if TYPE_CHECKING:
    from PIL.Image import Image

    from hedui.reading.ocr_picture import Picture

FORMATS = ("PNG", "JPEG", "TIFF", "GIF")
MAX_BYTES = 200_000_000
MAX_PIXELS = 100_000_000  # of one page
A4 = 842.0  # points: the longer side of a page where the file does not tell its size
DENSITIES = (50.0, 1300.0)  # dots an inch of pages; what a file tells beyond them is no page's


def read(data: bytes, source: str) -> Document:
    """The document of an image file, by recognising its characters.

    Raises UnreadableInput without the extra that recognises them, for a broken file, one beyond the limits, and one
    without any text.
    """
    if not ocr.available():
        raise UnreadableInput("image")
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    deadline = Deadline(ocr.MAX_SECONDS)
    pages: list[Marks] = []
    for picture, scale in _pictures(data):
        if len(pages) == ocr.MAX_PICTURES:
            raise UnreadableInput("too_many_pages", limit=ocr.MAX_PICTURES)
        deadline.check()
        deadline.extend(ocr.MAX_SECONDS)
        pages.append(ocr.marks(picture, scale))
    return document(pages, source, f"image/1 ({ocr.reader()})")


def _pictures(data: bytes) -> Iterator[tuple["Picture", float]]:
    """Every page of a file in grey, upright as the camera tells, and its pixels to the point."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=FORMATS) as file:
            for page in ImageSequence.Iterator(file):
                if page.width * page.height > MAX_PIXELS:
                    raise UnreadableInput("too_many_pixels", limit=MAX_PIXELS // 1_000_000)
                density = float(page.info.get("dpi", (0, 0))[0])
                upright = ImageOps.exif_transpose(_grey(page))
                longer = max(upright.size)
                told = DENSITIES[0] < density < DENSITIES[1]
                points = longer / density * 72 if told else A4
                if longer > (side := min(ocr.SIDE, points * ocr.DPI / 72)):
                    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
                yield np.array(upright, np.uint8), max(upright.size) / points
    except UnreadableInput:
        raise
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise UnreadableInput("image_broken", error=type(error).__name__) from error


def _grey(page: "Image") -> "Image":
    """A page in grey; what is transparent is paper."""
    from PIL import Image

    if page.has_transparency_data:
        page = page.convert("RGBA")
        paper = Image.new("RGBA", page.size, "white")
        page = Image.alpha_composite(paper, page)
    return page.convert("L")
