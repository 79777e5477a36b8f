"""PDF: bytes → Document.

Offsets mean the text that is made here: a paragraph is one line, a row of a table a line of cells and tabs.
A form feed ends a page, unless a paragraph runs on to the next one; `Document.pages` tells where pages begin.
"""

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Protocol

from hedui.model import Document, Page
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.pdf_marks import Marks
from hedui.reading.pdf_pages import UNREADABLE, Sheet, sheet, write
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
    told = _marks(data, engine)
    found = [sheet(marks) for marks, _ in told]
    if not any(page.parts for page in found):
        pictures = any(not page.marks.readable for page in found)
        raise UnreadableInput("pdf_no_text" if pictures else "empty")
    written = write(found)
    pages = tuple(
        Page(number, start, end, page.marks.width, page.marks.height, page.marks.turned)
        for number, (page, (start, end)) in enumerate(
            zip(found, pairwise([0, *written.ends]), strict=True), 1
        )
    )
    versions = ", ".join(
        import_module(f"hedui.reading.pdf_{name}").VERSION for name in dict.fromkeys(name for _, name in told)
    )
    document = text_document(written.text, source, f"pdf/1 ({versions})")
    return replace(document, pages=pages, strips=tuple(written.strips))


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
    with _opened(data, engine) as pages:
        if len(pages) > MAX_PAGES:
            raise UnreadableInput("too_many_pages", limit=MAX_PAGES)
        for place in range(len(pages)):
            deadline.check()
            out.append((_page(pages, place), engine))
    if not out:
        raise UnreadableInput("pdf_broken", error="0 pages")
    doubtful = [place for place, (marks, _) in enumerate(out) if not marks.readable]
    second = next(other for other in ENGINES if other != engine)
    if doubtful and find_spec("pypdfium2"):
        with suppress(UnreadableInput), _opened(data, second) as pages:
            for place in doubtful:
                deadline.check()
                again = _page(pages, place)
                if again.readable and again.glyphs:
                    out[place] = again, second
    return out


def _opened(data: bytes, engine: str) -> AbstractContextManager[Pages]:
    module = import_module(f"hedui.reading.pdf_{engine}")
    opened: AbstractContextManager[Pages] = module.Pages(data, MAX_PAGES + 1)
    return opened


def _page(pages: Pages, place: int) -> Marks:
    """One page; one that the engine stumbles over does not spoil the others."""
    try:
        return pages.marks(place)
    except Exception:
        return Marks(0, 0, pictured=True)
