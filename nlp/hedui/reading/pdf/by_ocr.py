"""PDF pages by their pictures, for those whose text no engine can tell: PDFium draws them, `ocr` reads them."""

import numpy as np

from hedui.reading import ocr
from hedui.reading.deadline import Deadline
from hedui.reading.ocr_picture import Picture
from hedui.reading.page.marks import Marks
from hedui.reading.pdf import by_pdfium, drawing

VERSION = f"{ocr.reader()}, {by_pdfium.VERSION}"


class Pages(by_pdfium.Pages):
    """The pages of a PDF as pictures; what it takes and raises is as of PDFium's own."""

    def __init__(self, data: bytes, most: int, deadline: Deadline) -> None:
        drawing.check(data)
        super().__init__(data, most, deadline)

    def marks(self, place: int) -> Marks:
        """What the picture of a page (counted from 0) shows."""
        return ocr.marks(*self.picture(place))

    def picture(self, place: int) -> tuple[Picture, float]:
        """A page (counted from 0) in grey, and its pixels to the point."""
        page = self._document[place]
        scale = min(ocr.DPI / 72, ocr.SIDE / max(*page.get_size(), 1.0))
        shown = drawing.draw(page, scale, grey=True).to_numpy()
        return np.array(shown.reshape(shown.shape[:2])), scale
