"""PDF: bytes → Document.

Offsets mean the text that is made here: a paragraph is one line, a row of a table a line of cells and tabs.
A form feed ends a page, unless a paragraph runs on to the next one; `Document.pages` tells where pages begin.
"""

import io
import logging
from dataclasses import replace

import pdfminer
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage

from hedui.model import Document, Page
from hedui.reading import pdf_limits
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.pdf_marks import Engine, Marks
from hedui.reading.pdf_pages import UNREADABLE, Sheet, sheet, texts
from hedui.reading.text import document as text_document

READER = f"pdf/1 (pdfminer.six {pdfminer.__version__})"
MAX_BYTES = 200_000_000
MAX_PAGES = 2000
MAX_OBJECTS = 250_000
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
    if data.count(b"endobj") > MAX_OBJECTS:
        raise UnreadableInput("too_many_objects", limit=MAX_OBJECTS)
    sheets = _sheets(data)
    if not any(page.parts for page in sheets):
        pictures = any(not page.marks.readable for page in sheets)
        raise UnreadableInput("pdf_no_text" if pictures else "empty")
    pages: list[Page] = []
    text = ""
    for number, (page, piece) in enumerate(zip(sheets, texts(sheets), strict=True), 1):
        start = len(text)
        text += piece
        pages.append(Page(number, start, len(text), page.marks.width, page.marks.height))
    return replace(text_document(text, source, READER), pages=tuple(pages))


def unreadable_pages(document: Document) -> tuple[int, ...]:
    """The numbers of the pages whose text could not be read: pictures, or fonts of unknown characters."""
    return tuple(
        page.number for page in document.pages if document.text[page.start : page.end].strip() == UNREADABLE
    )


def _sheets(data: bytes) -> list[Sheet]:
    deadline = Deadline(MAX_SECONDS)
    try:
        document = pdf_limits.Document(pdf_limits.Parser(io.BytesIO(data), deadline), password="")
        engine = Engine(deadline)
        out: list[Sheet] = []
        for page in PDFPage.create_pages(document):
            if len(out) == MAX_PAGES:
                raise UnreadableInput("too_many_pages", limit=MAX_PAGES)
            deadline.check()
            out.append(_sheet(engine, page))
    except UnreadableInput:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise UnreadableInput("pdf_encrypted") from None
    except Exception as error:  # whatever a broken file makes the engine stumble over
        raise UnreadableInput("pdf_broken", error=type(error).__name__) from error
    if not out:
        raise UnreadableInput("pdf_broken", error="0 pages")
    return out


def _sheet(engine: Engine, page: PDFPage) -> Sheet:
    """One page; one that the engine stumbles over does not spoil the others."""
    try:
        return sheet(engine.marks(page))
    except UnreadableInput:
        raise
    except Exception:
        return Sheet(Marks(0, 0, pictured=True), ())
