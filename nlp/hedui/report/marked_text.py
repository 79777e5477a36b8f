"""The full text for reading: headings, paragraphs and tables, cut where claims and findings begin and end."""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import regex

from hedui.messages import Language
from hedui.model import Claim, Document, Finding, Report
from hedui.report.left_open import place
from hedui.segmentation.layout import Block as Layout
from hedui.segmentation.layout import Span, blocks

_LATIN = regex.compile(r"[!-~]")
_NUMBER = regex.compile(r"[\s\d.,%％+-]+")
_PIPED = regex.compile(r"[^|\s](?:[^|]*[^|\s])?")
_RULE = regex.compile(r"[|:\-\s]+")  # below the head of a table in Markdown
_HEADS = 4  # rows


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the text, cut where anything begins or ends.

    `claim` is the claim that it is a figure of, `begins` whether it is the first stretch of it; `finding` the gravest
    finding that it is part of. `opens` are the findings whose passage begins here, `closes` those whose passage ends
    here without any of their figures in it. `start` is its offset in the text.
    """

    text: str
    claim: Claim | None = None
    begins: bool = False
    finding: Finding | None = None
    opens: tuple[Finding, ...] = ()
    closes: tuple[Finding, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and whether it holds nothing but a number."""

    runs: tuple[Run, ...]
    number: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of layout, its kind as in segmentation/layout.py.

    A table has rows of up to `columns` cells, the first `heads` of which head it. `place` is the page, sheet or file
    that begins with the block, empty where none does.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    columns: int = 0
    heads: int = 0
    place: str = ""


def marked_text(report: Report, findings: Sequence[Finding], lang: Language) -> list[Block]:
    """The whole text of a document in blocks; only white space is left out. `findings` begin with the gravest."""
    document = report.document
    text = document.text
    cutter = _Cutter(text, report.claims, findings)
    out: list[Block] = []
    last = ""

    def kind_and_place(layout: Layout) -> tuple[bool, str]:
        return layout.kind == "row", _place(document, layout.spans[0][0], lang)

    for (row, where), group in groupby(_layout(text), key=kind_and_place):
        shown, last = "" if where == last else where, where
        if row:
            out.append(replace(_table(text, [layout.spans[0] for layout in group], cutter), place=shown))
            continue
        for layout in group:
            out.append(Block(layout.kind, tuple(cutter.joined(layout.spans)), place=shown))
            shown = ""
    return out


def _place(document: Document, start: int, lang: Language) -> str:
    return place(document, None, start, lang) if document.pages or document.files else ""


def _layout(text: str) -> list[Layout]:
    """The blocks of a text with all that they leave out but white space: enumerators, Markdown's marks, lone lines."""
    found = blocks(text)
    starts: dict[Span, int] = {}
    lone: list[Layout] = []
    at = 0
    for start, end in sorted(span for block in found for span in block.spans):
        between, _, lead = text[at:start].rpartition("\n")
        starts[start, end] = start - len(lead.lstrip())
        lone += _lone(text, at, at + len(between))
        at = end
    lone += _lone(text, at, len(text))
    whole = [
        replace(block, spans=tuple((starts[span], span[1]) for span in block.spans))
        if block.kind != "row"
        else block
        for block in found
    ]
    return sorted([*whole, *lone], key=lambda block: block.spans[0])


def _lone(text: str, start: int, end: int) -> Iterator[Layout]:
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip())
        yield Layout("paragraph", ((start, start + len(words.strip())),))


def _table(text: str, lines: Sequence[Span], cutter: "_Cutter") -> Block:
    rows = [
        tuple(Cell(tuple(cutter.runs(a, b)), _NUMBER.fullmatch(text, a, b) is not None) for a, b in cells)
        for cells in (list(_cells(text, line)) for line in lines)
        if cells
    ]
    claiming = [any(run.claim for cell in row for run in cell.runs) for row in rows]
    heads = claiming.index(True) if True in claiming else 1
    columns = max(map(len, rows), default=0)
    return Block("table", rows=tuple(rows), columns=columns, heads=min(heads, _HEADS, len(rows) - 1))


def _cells(text: str, line: Span) -> Iterator[Span]:
    words = text[slice(*line)]
    if "\t" not in words and words.strip().startswith("|"):
        if not _RULE.fullmatch(words):
            yield from (match.span() for match in _PIPED.finditer(text, *line))
        return
    at = line[0]
    for cell in words.split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1


@dataclass(slots=True)
class _Cutter:
    """Cuts stretches of a text, in reading order, into runs."""

    text: str
    claims: Sequence[Claim]
    findings: Sequence[Finding]
    _at: list[Span] = field(init=False)
    _cuts: list[int] = field(init=False)
    _opening: deque[tuple[int, Finding]] = field(init=False)
    _closing: deque[tuple[int, Finding]] = field(init=False)
    _begun: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        begins = {claim.id: claim.start for claim in self.claims}
        self.claims = sorted(
            {(c.start, c.end): c for c in reversed(self.claims)}.values(), key=lambda c: c.start
        )
        self._at = [(claim.start, claim.end) for claim in self.claims]
        edges = {edge for span in self._at for edge in span}
        edges |= {edge for f in self.findings for edge in (f.start, f.end) if self._claim(edge) is None}
        self._cuts = sorted(edges)
        wordy = (f for f in self.findings if not any(f.start <= begins.get(c, -1) < f.end for c in f.claims))
        self._opening = _waiting((finding.start, finding) for finding in self.findings)
        self._closing = _waiting((finding.end, finding) for finding in wordy)

    def joined(self, spans: Sequence[Span]) -> Iterator[Run]:
        """The runs of several stretches; what a line break parts is joined, Latin words by a blank."""
        for before, span in pairwise([None, *spans]):
            assert span is not None
            if before and _LATIN.match(self.text, before[1] - 1) and _LATIN.match(self.text, span[0]):
                yield Run(" ", start=span[0])
            yield from self.runs(*span)

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of one stretch; none of an empty one."""
        if start == end:
            return
        inner = self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)]
        for low, high in pairwise([start, *inner, end]):
            claim = self._claim(low)
            yield Run(
                self.text[low:high],
                claim,
                claim is not None and claim.id not in self._begun,
                next((f for f in self.findings if f.start < high and low < f.end), None),
                tuple(_taken(self._opening, high - 1)),
                tuple(_taken(self._closing, high)),
                low,
            )
            if claim:
                self._begun.add(claim.id)

    def _claim(self, offset: int) -> Claim | None:
        """The claim whose figure a character belongs to."""
        place = bisect_right(self._at, offset, key=lambda span: span[0]) - 1
        return self.claims[place] if place >= 0 and offset < self._at[place][1] else None


def _waiting(marks: Iterable[tuple[int, Finding]]) -> deque[tuple[int, Finding]]:
    return deque(sorted(marks, key=lambda mark: mark[0]))


def _taken(waiting: deque[tuple[int, Finding]], until: int) -> Iterator[Finding]:
    """Those whose offset is reached, each once."""
    while waiting and waiting[0][0] <= until:
        yield waiting.popleft()[1]
