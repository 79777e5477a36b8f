"""PDF: bytes → Document.

Offsets mean the text that is made here: a paragraph is one line, a row of a table a line of cells and tabs.
A form feed ends a page, unless a paragraph runs on to the next one; `Document.pages` tells where pages begin.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pdfminer
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from hedui.model import Document, Page
from hedui.reading import ocr
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.pdf_marks import Engine, Marks
from hedui.reading.pdf_pages import UNREADABLE, sheet, write
from hedui.reading.text import document as text_document

if TYPE_CHECKING:
    from hedui.reading.pdf_ocr import Pages

READER = f"pdf/1 (pdfminer.six {pdfminer.__version__})"
MAX_BYTES = 200_000_000
MAX_PAGES = 2000
MAX_SECONDS = 300.0

logging.getLogger("pdfminer").setLevel(
    logging.ERROR
)  # it warns of every odd font, which is not for our users


def read(data: bytes, source: str) -> Document:
    """The document of a PDF, its pages with their sizes in points.

    Raises UnreadableInput for a broken or encrypted file, one beyond the limits, and one without any text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    deadline = Deadline(MAX_SECONDS)
    pages = _marks(data, deadline)
    if ocr.available() and any(page.doubtful for page in pages):
        pages = _reread(data, pages, deadline)
    return document(pages, source, READER)


def document(pages: Sequence[Marks], source: str, reader: str) -> Document:
    """The document of pages. Raises UnreadableInput where there is no text on any."""
    sheets = [sheet(page) for page in pages]
    if not any(page.parts for page in sheets):
        raise UnreadableInput(_why_no_text(pages))
    if any(page.recognised for page in pages):
        reader += f" and {ocr.reader()}"
    written = write(sheets)
    places = tuple(
        Page(number, start, end, page.width, page.height, page.turned)
        for number, (page, (start, end)) in enumerate(
            zip(pages, pairwise([0, *written.ends]), strict=True), 1
        )
    )
    return replace(text_document(written.text, source, reader), pages=places, strips=tuple(written.strips))


def _why_no_text(pages: Sequence[Marks]) -> str:
    if any(page.recognised for page in pages):
        return "nothing_recognised"
    return "empty" if all(page.readable for page in pages) else "pdf_no_text"


def unreadable_pages(document: Document) -> tuple[int, ...]:
    """The numbers of the pages whose text could not be read: pictures, or fonts of unknown characters."""
    return tuple(
        page.number for page in document.pages if document.text[page.start : page.end].strip() == UNREADABLE
    )


def _marks(data: bytes, deadline: Deadline) -> list[Marks]:
    """The marks of every page by the text engine."""
    try:
        parsed = PDFDocument(PDFParser(io.BytesIO(data)), password="")
        engine = Engine()
        out: list[Marks] = []
        for page in PDFPage.create_pages(parsed):
            if len(out) == MAX_PAGES:
                raise UnreadableInput("too_many_pages", limit=MAX_PAGES)
            deadline.check()
            out.append(_page_marks(engine, page))
    except UnreadableInput:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise UnreadableInput("pdf_encrypted") from None
    except Exception as error:  # whatever a broken file makes the engine stumble over
        raise UnreadableInput("pdf_broken", error=type(error).__name__) from error
    if not out:
        raise UnreadableInput("pdf_broken", error="0 pages")
    return out


def _page_marks(engine: Engine, page: PDFPage) -> Marks:
    """One page; one that the engine stumbles over does not spoil the others."""
    try:
        marks = engine.marks(page)
        sheet(marks)
        return marks
    except Exception:
        return Marks(0, 0, pictured=True)


def _reread(data: bytes, pages: list[Marks], deadline: Deadline) -> list[Marks]:
    """The pages, those that the text engine could not read by what their pictures show."""
    from hedui.reading.pdf_ocr import Pages

    try:
        pictures = Pages(data)
    except Exception:  # whatever a broken file makes the other engine stumble over
        return pages
    doubtful = [place for place, marks in enumerate(pages) if marks.doubtful]
    if len(doubtful) > ocr.MAX_PICTURES:
        raise UnreadableInput("too_many_pictures", limit=ocr.MAX_PICTURES)
    out = list(pages)
    with pictures:
        for place in doubtful:
            deadline.check()
            deadline.extend(ocr.MAX_SECONDS)
            out[place] = _fuller(pages[place], pictures, place)
    return out


def _fuller(marks: Marks, pictures: "Pages", place: int) -> Marks:
    """The marks of a page, or those of its picture if that tells more."""
    try:
        seen = pictures.marks(place)
        sheet(seen)
    except Exception:
        return marks
    return marks if marks.readable and len(marks.glyphs) >= len(seen.glyphs) else seen
