"""The values that the stages hand on: documents, figures, claims, relations, findings. No logic lives here but
their shape in JSON and where characters stand on pages.

Field names of `Claim`, `OtherFigure`, `Relation`, `Finding` and `Document` are the project's contract:
the JSON, the database and the gold annotations share them. Offsets count characters of `Document.text`;
`end` is exclusive.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

Certainty = Literal["certain", "likely", "note"]
Status = Literal["held", "failed", "undecidable"]
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
class Cell:
    """One table cell; `start == end` for an empty one."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the document's text, row by row."""

    start: int
    end: int
    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `path` holds the headings from the outermost to this one.

    `kind` is `body`, `contents`, `duties` (what the body does and did), `organisation` (its offices and
    staff), `performance`, `glossary`, `attachment` or `tables`.
    """

    start: int
    end: int
    level: int
    title: str
    kind: str
    path: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, as printed. `kind`: money, percent, points, count, score, year or bare."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A classification item as printed and the catalogue entry it is linked to."""

    code: str | None
    name: str | None
    path: str | None
    printed: str
    match: str
    score: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure's assertion. `value`, `amount`, `low`, `high` are decimal strings; money intervals in 元."""

    id: str
    document: str
    origin: str
    start: int
    end: int
    value: str
    unit: str
    low: str
    high: str
    metric: str
    measure: str
    subject: str = ""
    page: int | None = None
    box: Box | None = None
    section: tuple[str, ...] = ()
    sentence: str = ""
    sentence_start: int = 0
    amount: str | None = None
    part: str | None = None
    item: Item | None = None
    basis: str | None = None
    year: int | None = None
    period: str | None = None
    versus: str | None = None
    versus_year: int | None = None
    versus_basis: str | None = None
    scope: str | None = None
    direction: str | None = None
    approximate: bool = False
    confidence: float = 1.0
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """A figure that claims nothing, with the reason (`kind`); `unexplained` where no reason is known."""

    start: int
    end: int
    value: str
    unit: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the words say without a figure of their own, about the quantity that is spoken of there.

    `kind`, with what `direction` means:
    `budget_order`  决算数大于/小于/等于预算数: the final amount is `up` (above), `down` or `flat` (equal).
    `flat`          与上年持平, 较年初预算数无增减: no change; `versus` tells against what.
    `reason`        主要原因是…: a stated reason; `direction` as its words imply (`up`, `down` or None where
                    they are silent or name both). `versus` is the comparison it explains.
    `only_part`     全部为…: the quantity consists of one part alone.
    `residue`       template text or instructions left in; `note` is the id of the pattern that recognised it.
    `misplaced`     a name under a wrong class or group, or an old one where the tables print the present one.
    `miscoded`      a table row whose code belongs to another name, as print attests; `note` is the right name.
    `outdated`      the glossary explains by an old name what the document calls by the present one, in `note`.
    `naming`        a classification name that is outdated or wrong; `note` says what it ought to be.
    """

    start: int
    end: int
    kind: str
    direction: str | None = None
    metric: str | None = None
    part: str | None = None
    item: Item | None = None
    year: int | None = None
    versus: str | None = None
    scope: str | None = None
    section: tuple[str, ...] = ()
    sentence: str = ""
    sentence_start: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """The part that one claim plays in a relation: `result`, `part`, `whole`, `rate`, `difference` …"""

    claim: str
    role: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What ought to hold between claims, and whether it does. Intervals are printed as text for people.

    `reason` tells of an undecidable relation why, and of any other what it takes for granted, if anything.
    """

    id: str
    rule: str
    status: Status
    claims: tuple[Role, ...]
    stated: str = ""
    expected: str = ""
    gap: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be to blame, what would fit, and how the slip may have come about, in Chinese and English."""

    claim: str
    value: str
    how: str
    how_en: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure of another document that takes part in a finding, and where it stands there.

    `claim` is its id with that of its document before it; `at` is where the figure stands in the `quote`.
    """

    claim: str
    document: str
    source: str
    page: int | None
    line: int | None
    start: int
    end: int
    figure: str
    quote: str
    at: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or a note, as a person reads it."""

    id: str
    rule: str
    family: str
    certainty: Certainty
    message: str
    message_en: str
    start: int
    end: int
    quote: str
    claims: tuple[str, ...]
    relation: str | None = None
    stated: str = ""
    expected: str = ""
    page: int | None = None
    box: Box | None = None
    suspects: tuple[Suspect, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that a document says: its claims, the figures that claim nothing, and its remarks."""

    claims: tuple[Claim, ...]
    others: tuple[OtherFigure, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check of one document."""

    document: Document
    claims: tuple[Claim, ...] = ()
    others: tuple[OtherFigure, ...] = ()
    remarks: tuple[Remark, ...] = ()
    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def to_dict(self, with_text: bool = False) -> dict[str, Any]:
        """The report in the shape of the contract's JSON; `with_text` adds the text that the offsets mean.

        Where several files were taken together, whatever has a place names its file as `source`. A finding has
        `elsewhere` only if figures of another document take part.
        """
        return {
            "document": self.document.to_dict(with_text),
            "claims": [self._placed(claim) for claim in self.claims],
            "others": [self._placed(other) for other in self.others],
            "relations": [asdict(relation) for relation in self.relations],
            "findings": [self._placed(finding) for finding in self.findings],
        }

    def _placed(self, what: Claim | OtherFigure | Finding) -> dict[str, Any]:
        file = self.document.file_at(what.start)
        shown = asdict(what) | ({"source": file.source} if file else {})
        if not shown.get("elsewhere", True):
            del shown["elsewhere"]
        return shown
