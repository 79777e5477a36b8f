"""A page as a picture with everything that was read on it: to see where a reading goes wrong."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import regex

from hedui.model import Box, Page, Report
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import TooMuch
from hedui.reading.page.tables import Grid
from hedui.reading.pdf.reader import sheets

if TYPE_CHECKING:
    from PIL import Image

SCALE = 2.0  # picture points for a point of the page
COLOURS = {  # kind of mark → its colour, in the order in which they are drawn
    "table": "#c9a227",
    "line": "#c8c8c8",
    "word": "#8fa8c8",
    "other": "#9b59b6",
    "claim": "#1f6feb",
    "cell": "#2e9e5b",
    "finding": "#d1242f",
}
WIDE = ("other", "claim", "cell", "finding")
WORD = regex.compile(r"[A-Za-z0-9.,%％-]+|[^\s\p{P}]+|\p{P}")


def page_picture(data: bytes, report: Report, number: int) -> "Image.Image":
    """Page `number` (from 1) of the PDF that a report is about, its marks boxed in the colours of `COLOURS`.

    Raises ImportError without the extra `hedui[pictures]`, and UnreadableInput where there is no such page or it is
    too large to be drawn.
    """
    from PIL import ImageDraw

    from hedui.reading.pdf import drawing

    pages = {page.number: page for page in report.document.pages}
    if number not in pages:
        raise UnreadableInput("no_such_page", number=number, pages=len(pages))
    pdf = drawing.opened(data)
    try:
        image = render(pdf, pages[number], SCALE)
    except TooMuch:
        raise UnreadableInput("too_many_pixels", limit=drawing.PIXELS // 1_000_000) from None
    finally:
        pdf.close()
    draw = ImageDraw.Draw(image)
    marks = {kind: list(boxes) for kind, boxes in _marks(data, report, number)}
    for kind, colour in COLOURS.items():
        for box in marks.get(kind, ()):
            draw.rectangle([SCALE * side for side in box], outline=colour, width=2 if kind in WIDE else 1)
    return image


def render(pdf: Any, page: Page, scale: float) -> "Image.Image":
    """A page of a PDF that `drawing` has opened, its text level; `scale` is picture points for a point of the page.

    Raises PdfiumError for a page that PDFium cannot read, and TooMuch.
    """
    from hedui.reading.pdf.drawing import draw

    image: Image.Image = draw(pdf[page.number - 1], scale).to_pil().convert("RGB")
    return image.rotate(-90 * page.turned, expand=True) if page.turned else image


def _marks(data: bytes, report: Report, number: int) -> Iterator[tuple[str, Iterable[Box]]]:
    document = report.document
    page = next(page for page in document.pages if page.number == number)
    strips = [strip for strip in document.strips if page.start <= strip.start < page.end]
    parts = sheets(data)[number - 1].parts
    yield "table", (box for part in parts if isinstance(part, Grid) for box in _cells(part))
    yield "line", ((strip.edges[0], strip.top, strip.edges[-1], strip.bottom) for strip in strips)
    yield (
        "word",
        (
            (strip.edges[word.start()], strip.top + 1, strip.edges[word.end()], strip.bottom - 1)
            for strip in strips
            for word in WORD.finditer(document.text[strip.start : strip.end])
        ),
    )
    others = [other for other in report.others if document.page_at(other.start) == number]
    yield "other", _placed(document.box_of(other.start, other.end) for other in others)
    claims = [claim for claim in report.claims if claim.page == number]
    yield "claim", _placed(claim.box for claim in claims if claim.origin == "narrative")
    yield "cell", _placed(claim.box for claim in claims if claim.origin == "table")
    yield "finding", _placed(finding.box for finding in report.findings if finding.page == number)


def _cells(grid: Grid) -> Iterator[Box]:
    """The boxes of a table's cells, merged squares as one."""
    squares: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for square, owner in grid.owner.items():
        squares.setdefault(owner, []).append(square)
    for group in squares.values():
        rows, columns = [row for row, _ in group], [column for _, column in group]
        yield grid.xs[min(columns)], grid.ys[min(rows)], grid.xs[max(columns) + 1], grid.ys[max(rows) + 1]


def _placed(boxes: Iterable[Box | None]) -> Iterator[Box]:
    for box in boxes:
        if box:
            yield box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
