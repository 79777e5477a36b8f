"""The marks of PDF pages by pdfminer.six."""

import io
import logging
from collections.abc import Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import Any

import pdfminer
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTItem, LTPage
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value

from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import MARKS, OUTLINES, PICTURED, Char, Marks, Path, TooMuch, collect
from hedui.reading.pdf import limits

VERSION = f"pdfminer.six {pdfminer.__version__}"
CONTENTS = 8_000_000  # bytes of drawing instructions in one stream, unpacked
FIGURE = 20  # marks that a drawing within a drawing counts for, be it empty
SAVED = 1000  # states of the pen that are put aside one inside the other

# It warns of every odd font, which is not for our users.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


class Pages:
    """The pages of a PDF, at most `most` of them; fonts, which pages share, are loaded once.

    Raises UnreadableInput for a broken or encrypted file.
    """

    def __init__(self, data: bytes, most: int, deadline: Deadline) -> None:
        resources = limits.Resources()
        self._device = _Device(resources, deadline)
        self._interpreter = _Interpreter(resources, self._device)
        try:
            document = limits.Document(limits.Parser(io.BytesIO(data), deadline), password="")
            self._pages = list(islice(PDFPage.create_pages(document), most))
        except UnreadableInput:
            raise
        except (PDFPasswordIncorrect, PDFEncryptionError):
            raise UnreadableInput("pdf_encrypted") from None
        except Exception as error:  # whatever a broken file makes the engine stumble over
            raise UnreadableInput("pdf_broken", error=type(error).__name__) from error

    def __enter__(self) -> "Pages":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pages.clear()

    def __len__(self) -> int:
        return len(self._pages)

    def marks(self, place: int) -> Marks:
        """The marks of one page (from 0). Raises whatever the engine raises on a broken one, and TooMuch."""
        page = self._pages[place]
        self._device.count = 0
        page.mediabox = page.cropbox  # places are measured on what is shown
        self._interpreter.process_page(page)
        return _collected(self._device.get_result())


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


def _collected(page: LTPage) -> Marks:
    chars: list[Char] = []
    paths: list[Path] = []
    covered = 0.0
    for item in _walk(page):
        if isinstance(item, LTChar):
            if item.get_text().strip():
                a, b, _, _, e, f = item.matrix
                level = abs(b) <= abs(a)
                size = item.height if level else item.width
                chars.append(
                    Char(item.get_text(), (item.x0, item.y0, item.x1, item.y1), (e, f), (a, b), size)
                )
        elif isinstance(item, LTCurve):
            stroked = item.stroke and not _is_white(item.stroking_color)
            filled = not item.stroke and not _is_white(item.non_stroking_color)
            paths.append(Path(tuple(item.pts), stroked, filled))
        elif isinstance(item, LTImage):
            covered += abs(item.width * item.height)
    pictured = covered > PICTURED * page.width * page.height or (not chars and len(paths) > OUTLINES)
    return collect(page.width, page.height, chars, paths, pictured)


def _walk(container: Any) -> Iterator[LTItem]:
    for item in container:
        yield item
        if isinstance(item, LTFigure):
            yield from _walk(item)


def _is_white(colour: Any) -> bool:
    """Whether a colour of the engine is white: grey or RGB all at one, CMYK all at zero."""
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    return all(part == 0 for part in parts) if len(parts) == 4 else all(part >= 0.99 for part in parts)
