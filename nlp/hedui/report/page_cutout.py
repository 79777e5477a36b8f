"""Pictures of the places that a finding speaks of: strips of its pages, small enough to travel inside a report."""

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from hedui.model import Box, Document, Finding, Page, Report
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import TooMuch
from hedui.report.page_picture import render

if TYPE_CHECKING:
    from PIL import Image

SCALE = 1.7  # picture points for a point of the page
AROUND = 30.0  # points of the page shown above and below
MARGIN = 10.0  # points of the page shown beside its text
APART = 110.0  # points: what is further down the page is another picture
TALLEST = 420.0  # points: no picture shows more
QUALITY = 55  # of WebP, of 100
LARGEST = 40_000_000  # pixels of a page that is drawn; A1 has 12 million
MOST = 3  # pictures of one finding
ROOM = 900_000  # characters that the pictures of one document may take
SHADE, LINE = "#fff0b8", "#c5221f"


@dataclass(frozen=True, slots=True)
class Cutout:
    """A strip of a page as a `data:` address, its size in pixels, and the number of the page."""

    page: int
    address: str
    width: int
    height: int


@dataclass(slots=True)
class Place:
    """A part of a page that a finding speaks of: the lines of its passage there, and its figures."""

    page: Page
    passage: list[Box] = field(default_factory=list)
    figures: list[Box] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min(box[1] for box in self.passage + self.figures)

    @property
    def bottom(self) -> float:
        return max(box[3] for box in self.passage + self.figures)

    def far_from(self, box: Box) -> bool:
        """Whether so much of the page lies between that a picture of both would show little."""
        return box[1] > self.bottom + APART or box[3] < self.top - APART


class Cutouts:
    """Cuts pictures out of the PDFs that a document was read from, until their room is used up.

    `pdfs` are the bytes by source. A context manager: it keeps the files open.
    """

    def __init__(self, document: Document, pdfs: Mapping[str, bytes]) -> None:
        """Raises ImportError without the extra `hedui[pictures]`."""
        import PIL.Image  # noqa: F401  # told now rather than at the first picture
        from pypdfium2 import PdfiumError

        from hedui.reading.pdf.drawing import opened

        self._document = document
        self._stack = ExitStack()
        self._pdfs: dict[str, Any] = {}
        for source, data in pdfs.items():
            # Another program could read it, or it is too large: then it has no pictures.
            with suppress(PdfiumError, UnreadableInput):
                pdf = self._pdfs[source] = opened(data)
                self._stack.callback(pdf.close)
        self._room = ROOM
        self._rendered: tuple[Page, Image.Image] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def of(self, report: Report, finding: Finding) -> Iterator[Cutout]:
        """Where the finding stands, its passage shaded and its figures boxed; then where its other figures do."""
        from pypdfium2 import PdfiumError

        for place in islice(places(report, finding), MOST):
            large = place.page.width * place.page.height * SCALE**2 > LARGEST
            if large or self._source(place.page) not in self._pdfs:
                continue
            try:
                picture = self._cut(place)
            except (PdfiumError, TooMuch):
                continue
            buffer = io.BytesIO()
            picture.save(buffer, "WEBP", quality=QUALITY, method=6)
            address = "data:image/webp;base64," + b64encode(buffer.getvalue()).decode()
            if len(address) > self._room:
                return
            self._room -= len(address)
            yield Cutout(place.page.number, address, *picture.size)

    def _source(self, page: Page) -> str:
        file = self._document.file_at(page.start)
        return file.source if file else self._document.source

    def _cut(self, place: Place) -> "Image.Image":
        from PIL import Image, ImageChops, ImageDraw

        page = place.page
        top = max(0.0, place.top - AROUND)
        bottom = min(page.height, place.bottom + AROUND, top + TALLEST)
        left, right = self._text_edges(page)

        def drawn(box: Box, more: float) -> list[float]:
            """A box in pixels of the picture, wider by some points of the page."""
            sides = box[0] - left - more, box[1] - top - 1, box[2] - left + more, box[3] - top + 1
            return [SCALE * side for side in sides]

        x0, y0, x1, y1 = (round(SCALE * side) for side in (left, top, right, bottom))
        strip = self._page(page).crop((x0, y0, x1, y1)).convert("L").convert("RGB")
        shade = Image.new("RGB", strip.size, "white")
        for box in place.passage:
            ImageDraw.Draw(shade).rectangle(drawn(box, 1), fill=SHADE)
        strip = ImageChops.multiply(strip, shade)
        for box in place.figures:
            ImageDraw.Draw(strip).rectangle(drawn(box, 2), outline=LINE, width=2)
        return strip

    def _page(self, page: Page) -> "Image.Image":
        """The whole page, kept until another is asked for."""
        if self._rendered is None or self._rendered[0] is not page:
            self._rendered = page, render(self._pdfs[self._source(page)], page, SCALE)
        return self._rendered[1]

    def _text_edges(self, page: Page) -> tuple[float, float]:
        strips = [strip for strip in self._document.strips if page.start <= strip.start < page.end]
        left = min((strip.edges[0] for strip in strips), default=0.0) - MARGIN
        right = max((strip.edges[-1] for strip in strips), default=page.width) + MARGIN
        return max(0.0, left), min(page.width, right)


def is_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF, which may have some others before it."""
    return b"%PDF-" in data[:1024]


def places(report: Report, finding: Finding) -> list[Place]:
    """The parts of pages that a finding speaks of, that of its own passage first; none where places are unknown."""
    document = report.document
    wanted = set(finding.claims)
    marks = [(*mark, "passage") for mark in document.boxes_of(finding.start, finding.end)]
    for claim in report.claims:
        if claim.id in wanted:
            marks += [(*mark, "figures") for mark in document.boxes_of(claim.start, claim.end)]
    found: list[Place] = []
    for offset, box, kind in sorted(marks, key=lambda mark: (mark[0], mark[1][1])):
        page = document.page_of(offset)
        if page is None or not page.width:
            continue
        if not found or found[-1].page is not page or found[-1].far_from(box):
            found.append(Place(page))
        (found[-1].passage if kind == "passage" else found[-1].figures).append(box)
    return sorted(found, key=lambda place: not place.passage)
