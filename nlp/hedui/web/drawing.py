"""A page of the file that a document was read from, as a picture: what a worker does."""

import io
import warnings
from typing import TYPE_CHECKING

from hedui.inputs import Input
from hedui.inputs.given import Known
from hedui.model import Page
from hedui.report.page_cutout import is_pdf
from hedui.report.page_picture import render

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 1.6  # picture points for a point of the page
LONGEST = 1800  # picture points of a side
QUALITY = 50  # of WebP, of 100
MAX_PIXELS = 100_000_000  # of a picture that is a page


def draw(path: str, fingerprint: str, known: Known, page: Page) -> bytes | None:
    """The page as a WebP picture, at most LONGEST points a side; None where the file is no more what was read.

    Raises OSError where it cannot be read, and whatever a broken file makes the libraries stumble over.
    """
    with open(path, "rb") as file:
        data = file.read()
    if Input(path, data, known).fingerprint() != fingerprint:
        return None
    picture = _of_pdf(data, page) if is_pdf(data) else _of_image(data, page)
    buffer = io.BytesIO()
    picture.convert("L").save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _of_pdf(data: bytes, page: Page) -> "Image":
    from hedui.reading.pdf.drawing import opened

    pdf = opened(data)
    try:
        longest = max(*pdf[page.number - 1].get_size(), 1.0)
        return render(pdf, page, min(SCALE, LONGEST / longest))
    finally:
        pdf.close()


def _of_image(data: bytes, page: Page) -> "Image":
    """A page of a scan, upright as the camera tells and as its text stands."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as file:
        file.seek(page.number - 1)
        if file.width * file.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(file.convert("RGB"))
    upright.thumbnail((LONGEST, LONGEST))
    return upright.rotate(-90 * page.turned, expand=True) if page.turned else upright
