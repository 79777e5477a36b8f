"""Pages of a document as pictures: where on them passages and figures stand, and where a click on each leads."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from hedui.messages import Language, say
from hedui.model import Box, Claim, Finding, Page, Report
from hedui.report.findings import by_certainty
from hedui.report.view_model import DocumentView

_WIDER = 1.5  # points by which a frame is wider than what it frames

Boxes = Mapping[str, Sequence[tuple[int, Box]]]
"""The lines of findings' passages by the ids of these: page and box of each."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around a passage or a figure, in points of its page, and where a click on it leads.

    `certainty` is that of the gravest finding it is part of, empty for none; only the first frame of an anchor has it.
    """

    x: float
    y: float
    width: float
    height: float
    kind: str
    certainty: str
    anchor: str
    link: str
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, its frames, and the anchors of what has no place on it."""

    number: int
    width: float
    height: float
    frames: tuple[Frame, ...]
    anchors: tuple[str, ...]


def boxes(connection: sqlite3.Connection, document: str) -> Boxes:
    """Where the passages of a document's findings stand."""
    found = connection.execute("SELECT id, boxes FROM findings WHERE document = ?", (document,))
    return {name: [(page, tuple(box)) for page, box in json.loads(told or "[]")] for name, told in found}


def sheets(
    report: Report, seen: DocumentView, pages: Sequence[Page], where: Boxes, lang: Language
) -> list[Sheet]:
    """Some pages of a report, with what is on them; `seen` is the part of its view that holds their findings."""
    drawer = _Drawer(report, seen, where, lang)
    return [drawer.sheet(page) for page in pages]


@dataclass(slots=True)
class _Drawer:
    """What is known of a document while its pages are made; claims and numbered findings by the page they begin on."""

    report: Report
    seen: DocumentView
    where: Boxes
    lang: Language
    _claims: dict[Page, list[Claim]] = field(default_factory=dict)
    _findings: dict[Page, list[tuple[int, Finding]]] = field(default_factory=dict)
    _lines: dict[int, list[tuple[int, Finding, Box]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pages = self.report.document.pages
        for claim in self.report.claims:
            self._claims.setdefault(standing(pages, claim.start), []).append(claim)
        for number, finding in enumerate(by_certainty(self.report.findings), 1):
            self._findings.setdefault(standing(pages, finding.start), []).append((number, finding))
            for on, box in self.where.get(finding.id, ()):
                self._lines.setdefault(on, []).append((number, finding, box))

    def sheet(self, page: Page) -> Sheet:
        """One page."""
        frames = [*self._passages(page), *self._figures(page)]
        framed = {frame.anchor for frame in frames}
        anchors = dict.fromkeys(anchor for anchor in self._anchors(page) if anchor not in framed)
        return Sheet(page.number, page.width, page.height, tuple(frames), tuple(anchors))

    def _passages(self, page: Page) -> Iterator[Frame]:
        begun = {self._text(number) for number, _ in self._findings.get(page, ())}
        for number, finding, box in self._lines.get(page.number, ()):
            anchor = self._text(number) if self._text(number) in begun else ""
            begun.discard(anchor)
            certainty = say(f"certainty.{finding.certainty}", self.lang)
            label = say("html.finding", self.lang, number=number, certainty=certainty)
            link = self.seen.link(f"{self.seen.key}-f{number}")
            yield self._frame(box, "passage", finding.certainty, anchor, link, label)

    def _figures(self, page: Page) -> Iterator[Frame]:
        seen: set[int] = set()
        for claim in self._claims.get(page, ()):
            if claim.box and claim.start not in seen:
                seen.add(claim.start)
                mark = self.seen.marks[claim.start]
                number = mark.findings[0][0] if mark.findings else None
                link = self.seen.link(f"{self.seen.key}-f{number}") if number else ""
                says = "; ".join(f"{name} {asserted}" for name, asserted in mark.says)
                yield self._frame(claim.box, "figure", mark.certainty, mark.anchor, link, says)

    def _anchors(self, page: Page) -> Iterator[str]:
        for number, _ in self._findings.get(page, ()):
            yield self._text(number)
        for claim in self._claims.get(page, ()):
            yield self.seen.marks[claim.start].anchor

    def _text(self, number: int) -> str:
        """The anchor of a finding's passage."""
        return f"{self.seen.key}-f{number}-text"

    @staticmethod
    def _frame(box: Box, kind: str, certainty: str, anchor: str, link: str, label: str) -> Frame:
        left, top, right, bottom = box
        sides = left - _WIDER, top - _WIDER, right - left + 2 * _WIDER, bottom - top + 2 * _WIDER
        x, y, width, height = (round(side, 1) for side in sides)
        return Frame(x, y, width, height, kind, certainty, anchor, link, label)


def standing(pages: Sequence[Page], offset: int) -> Page:
    """The page that a character stands on; of what stands between two, the one before."""
    return pages[max(0, bisect_right(pages, offset, key=attrgetter("start")) - 1)]
