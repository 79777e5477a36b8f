"""What a reader makes of bytes: the text, and where its characters stand on pages and in files."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: the characters on it and its size in points (0 where unknown).

    `turned` counts the quarter turns, clockwise, that make text printed sideways level: the size, and all
    places on the page, are those after them. `name` is that of a workbook's sheet; other pages have none.
    """

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    turned: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """Characters of the text that stand side by side on a page, and where: points from the page's top left.

    `edges` are the left edges of the characters and the right edge of the last: `end - start + 1` values.
    `confidence` is below 1 only where the characters were recognised in a picture.
    """

    start: int
    end: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class File:
    """One of the files that a document was made of, and its characters in the document's text."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of bytes. `text` is never altered: every offset of the report leads back to it.

    `published` is the day of publication, `retrieved` when a crawler fetched it. `origins` tells by field where
    what stands there was found; reading/metadata.py names the values.
    `pages` and `strips` are in the order of the text; characters that a reader adds stand on no strip.
    `files` is empty unless several files were taken together; page numbers are then those of each file.
    `warnings` tells what the reader left out, as `Report.warnings` does.
    """

    id: str
    source: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None
    published: date | None = None
    retrieved: datetime | None = None
    origins: Mapping[str, str] = field(default_factory=dict, hash=False)
    pages: tuple[Page, ...] = ()
    reader: str = ""
    strips: tuple[Strip, ...] = field(default=(), repr=False)
    files: tuple[File, ...] = ()
    warnings: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    """Addresses of the documents that a page links to or shows in a frame."""

    def file_at(self, offset: int) -> File | None:
        """The file that a character of the text comes from; None where there is but one."""
        return next((file for file in reversed(self.files) if file.start <= offset), None)

    def page_of(self, offset: int) -> Page | None:
        """The page that a character of the text stands on; None where there are no pages."""
        if not self.pages:
            return None
        place = bisect_right(self.pages, offset, key=attrgetter("start")) - 1
        return self.pages[place] if place >= 0 and offset < self.pages[place].end else None

    def page_at(self, offset: int) -> int | None:
        """The number of the page that a character of the text stands on; None where there are no pages."""
        page = self.page_of(offset)
        return page.number if page else None

    def sheet_at(self, offset: int) -> str | None:
        """The name of the workbook's sheet that a character of the text stands on; None elsewhere."""
        page = self.page_of(offset)
        return page.name or None if page else None

    def line_at(self, offset: int) -> int:
        """The line that a character of the text stands on, counted from one in its file."""
        file = self.file_at(offset)
        return self.text.count("\n", file.start if file else 0, offset) + 1

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around a range of the text; of one broken over lines, around what stands on its first line.

        None where the reader does not know the places of characters.
        """
        return next((box for _, box in self.boxes_of(start, end)), None) if self.strips else None

    def boxes_of(self, start: int, end: int) -> Iterator[tuple[int, Box]]:
        """Where a range of the text stands: for every line of it an offset on its page, and the box around it."""
        lines = groupby(self._strips(start, end), key=lambda strip: (strip.top, strip.bottom))
        for (top, bottom), found in lines:
            line = list(found)
            first, last = line[0], line[-1]
            left = first.edges[max(start, first.start) - first.start]
            right = last.edges[min(end, last.end) - last.start]
            yield max(start, first.start), (left, top, right, bottom)

    def confidence_of(self, start: int, end: int) -> float:
        """How sure it is that a range of the text is what is printed: 1 unless recognised in a picture."""
        if not self.strips:
            return 1.0
        return min((strip.confidence for strip in self._strips(start, end)), default=1.0)

    def _strips(self, start: int, end: int) -> Iterator[Strip]:
        """The strips that a range touches."""
        place = bisect_right(self.strips, start, key=attrgetter("end"))
        while place < len(self.strips) and self.strips[place].start < end:
            yield self.strips[place]
            place += 1

    def to_dict(self, with_text: bool = False) -> dict[str, Any]:
        """What the contract's JSON says of a document: pages and characters counted, the text only if asked for."""
        names = ("id", "source", "url", "title", "publisher", "fiscal_year", "kind", "reader")
        shown: dict[str, Any] = {name: getattr(self, name) for name in names}
        shown["published"] = self.published.isoformat() if self.published else None
        shown["retrieved"] = self.retrieved.isoformat() if self.retrieved else None
        shown["origins"] = dict(self.origins)
        shown |= {"pages": len(self.pages) or None, "characters": len(self.text)}
        if self.files:
            shown["files"] = [asdict(file) for file in self.files]
        shown["attachments"] = list(self.attachments)
        return shown | {"text": self.text} if with_text else shown
