"""What pages show of a report, as values: whatever a template prints stands here, as text to be escaped.

Anchors are unique in a page: those of document `key` are `KEY-fN` for its N-th finding, `KEY-fN-text` for the passage
of it, `KEY-tOFFSET` for a figure of the text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from hedui.model import Certainty
from hedui.report.marked_text import Block
from hedui.report.page_cutout import Cutout
from hedui.report.passage import Passage
from hedui.report.tally import STATUSES

_THIN = 1.2  # hundredths of a bar


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was checked, and how many findings there are of each certainty."""

    figures: int = 0
    checked: int = 0
    held: int = 0
    failed: int = 0
    undecidable: int = 0
    certain: int = 0
    likely: int = 0
    note: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def shares(self) -> list[tuple[str, float, float]]:
        """Each result with the place and width of its part of a bar that is 100 wide; nothing is too thin to see."""
        parts = [(name, getattr(self, name)) for name in STATUSES]
        wide = [(name, max(100 * count / self.checked, _THIN)) for name, count in parts if count]
        scale = 100 / sum((width for _, width in wide), 0.001)
        ends = accumulate(width * scale for _, width in wide)
        return [
            (name, round(end - width * scale, 2), round(width * scale, 2))
            for (name, width), end in zip(wide, ends, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that takes part in a finding: its part, what it is, as printed, where, and its anchor."""

    role: str
    name: str
    asserted: str
    printed: str
    place: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in words; `start` is where its passage begins, `number` counts from one, the gravest first. Passages
    come with the place where each stands, empty for a single one; `elsewhere` are figures of other documents, each with
    its place, the words before it, itself and the words after it; `more` figures are not shown."""

    start: int
    number: int
    anchor: str
    rule: str
    title: str
    certainty: Certainty
    place: str
    message: str
    passages: tuple[tuple[str, Passage], ...]
    elsewhere: tuple[tuple[str, tuple[str, str, str]], ...]
    figures: tuple[Figure, ...]
    more: int
    expected: str
    suspects: tuple[str, ...]
    pictures: tuple[Cutout, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the text: what its claims say, what was checked of them, and the findings that they take part in."""

    anchor: str
    says: tuple[tuple[str, str], ...]
    held: int
    failed: int
    findings: tuple[tuple[int, Certainty], ...]

    @property
    def certainty(self) -> str:
        """That of the gravest of its findings; empty where it takes part in none."""
        return self.findings[0][1] if self.findings else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """How often a rule was checked, and with what result."""

    rule: str
    title: str
    held: int
    failed: int
    undecidable: int


@dataclass(frozen=True, slots=True)
class Family:
    """How often the rules of a family were checked, with what result, what was missing, and each of the rules."""

    name: str
    held: int
    failed: int
    undecidable: int
    missing: str
    rules: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its findings and its text.

    `told` are facts on it, `clean` what to say where it has no findings; `marks` are by offset in its text, `numbers`
    by the ids of findings; `no_pictures` says that pictures of its pages would take an extra that is missing.
    """

    key: str
    title: str
    source: str
    url: str
    told: tuple[str, ...]
    clean: str
    counts: Counts
    warnings: tuple[str, ...]
    findings: tuple[FindingView, ...]
    checked: tuple[Family, ...]
    undecided: tuple[tuple[str, list[str]], ...]
    unexplained: tuple[str, ...]
    blocks: tuple[Block, ...]
    marks: Mapping[int, Mark]
    numbers: Mapping[str, int]
    no_pictures: bool
    link: Callable[[str], str] = "#{}".format
    """The address of an anchor of it, which may stand on another page."""
