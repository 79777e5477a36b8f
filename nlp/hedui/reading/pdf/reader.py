"""PDF: bytes → Document.

Offsets mean the text that is made here: a paragraph is one line, a row of a table a line of cells and tabs.
A form feed ends a page, unless a paragraph runs on to the next one; `Document.pages` tells where pages begin.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Protocol

from hedui.model import Document, Page
from hedui.reading import ocr
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.page.marks import OBJECTS, Marks
from hedui.reading.page.text import UNREADABLE, Sheet, sheet, write
from hedui.reading.text import document as text_document

MAX_BYTES = 200_000_000
MAX_PAGES = 2000
MAX_SECONDS = 300.0
ENGINES = ("pdfminer", "pdfium")  # one reads, the other looks again at what the first cannot read


class Pages(Protocol):
    """The pages of a PDF as an engine opens them."""

    def __len__(self) -> int: ...

    def marks(self, place: int) -> Marks:
        """What one page (from 0) shows; raises whatever the engine stumbles over."""


def read(data: bytes, source: str, engine: str = ENGINES[0]) -> Document:
    """The document of a PDF, its pages with their sizes in points, read by one of the `ENGINES`.

    Raises ImportError where `pdfium` is asked for without the extra `hedui[pictures]`; UnreadableInput for a
    broken or encrypted file, one beyond the limits, and one without any text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    if data.count(b"endobj") > OBJECTS:
        raise UnreadableInput("too_many_objects", limit=OBJECTS)
    told = _marks(data, engine)
    names = dict.fromkeys(name for _, name in told)
    versions = ", ".join(import_module(f"hedui.reading.pdf.by_{name}").VERSION for name in names)
    return document([marks for marks, _ in told], source, f"pdf/1 ({versions})")


def document(pages: Sequence[Marks], source: str, reader: str) -> Document:
    """The document of pages, whatever told what is on them. Raises UnreadableInput where there is no text."""
    found = [sheet(marks) for marks in pages]
    if not any(page.parts for page in found):
        raise UnreadableInput(_why_no_text(pages))
    written = write(found)
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
    if all(page.readable for page in pages):
        return "empty"
    return "nothing_recognised" if ocr.available() else "pdf_no_text"


def unreadable_pages(document: Document) -> tuple[int, ...]:
    """The numbers of the pages whose text could not be read: pictures, or fonts of unknown characters."""
    return tuple(
        page.number for page in document.pages if document.text[page.start : page.end].strip() == UNREADABLE
    )


def sheets(data: bytes, engine: str = ENGINES[0]) -> list[Sheet]:
    """The pages of a PDF taken apart. Raises UnreadableInput as `read` does."""
    return [sheet(marks) for marks, _ in _marks(data, engine)]


def _marks(data: bytes, engine: str) -> list[tuple[Marks, str]]:
    """What every page shows, with the engine that told."""
    deadline = Deadline(MAX_SECONDS)
    out: list[tuple[Marks, str]] = []
    with _opened(data, engine, deadline) as pages:
        if len(pages) > MAX_PAGES:
            raise UnreadableInput("too_many_pages", limit=MAX_PAGES)
        for place in range(len(pages)):
            deadline.check()
            out.append((_page(pages, place), engine))
    if not out:
        raise UnreadableInput("pdf_broken", error="0 pages")
    for other in [*(name for name in ENGINES if name != engine and find_spec("pypdfium2")), "ocr"]:
        if other != "ocr" or ocr.available():
            _look_again(data, other, out, deadline)
    return out


def _look_again(data: bytes, engine: str, out: list[tuple[Marks, str]], deadline: Deadline) -> None:
    """Replace what is told of doubtful pages where another engine tells more."""
    doubtful = [place for place, (marks, _) in enumerate(out) if marks.doubtful]
    if not doubtful:
        return
    slow = engine == "ocr"
    if slow and len(doubtful) > ocr.MAX_PICTURES:
        raise UnreadableInput("too_many_pictures", limit=ocr.MAX_PICTURES)
    try:
        opened = _opened(data, engine, deadline)
    except UnreadableInput:
        if slow and not any(marks.glyphs for marks, _ in out):
            raise  # nobody else tells anything
        return
    with opened as pages:
        for place in doubtful:
            deadline.check()
            if slow:
                deadline.extend(ocr.MAX_SECONDS)
            again = _page(pages, place)
            if again.tell_more_than(out[place][0]):
                out[place] = again, engine


def _opened(data: bytes, engine: str, deadline: Deadline) -> AbstractContextManager[Pages]:
    module = import_module(f"hedui.reading.pdf.by_{engine}")
    opened: AbstractContextManager[Pages] = module.Pages(data, MAX_PAGES + 1, deadline)
    return opened


def _page(pages: Pages, place: int) -> Marks:
    """One page; one that the engine stumbles over does not spoil the others."""
    try:
        return pages.marks(place)
    except (UnreadableInput, MemoryError):
        raise
    except Exception:
        return Marks(0, 0, pictured=True)
