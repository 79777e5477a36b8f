"""PDF pages by their pictures, for those whose text no engine can tell: pypdfium2 draws them, `ocr` reads them."""

from types import TracebackType
from typing import Self

import numpy as np
import pypdfium2

from hedui.reading import ocr
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.ocr_picture import Picture
from hedui.reading.pdf_marks import Marks

VERSION = f"{ocr.reader()}, pypdfium2 {pypdfium2.version.PYPDFIUM_INFO.version}"


class Pages:
    """The pages of a PDF, at most `most` of them; to be used as a context manager.

    Raises UnreadableInput for a broken file.
    """

    def __init__(self, data: bytes, most: int, deadline: Deadline) -> None:
        self._most = most
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableInput("pdf_broken", error="PDFium") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return min(len(self._document), self._most)

    def marks(self, place: int) -> Marks:
        """What the picture of a page (counted from 0) shows."""
        return ocr.marks(*self.picture(place))

    def picture(self, place: int) -> tuple[Picture, float]:
        """A page (counted from 0) in grey, and its pixels to the point."""
        page = self._document[place]
        scale = min(ocr.DPI / 72, ocr.SIDE / max(*page.get_size(), 1.0))
        shown = page.render(scale=scale, grayscale=True).to_numpy()
        return np.array(shown.reshape(shown.shape[:2])), scale
