"""The passages that a finding speaks of, cut to what a reader needs, with its figures marked."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hedui.figures import uncut
from hedui.model import Claim, Document, Finding, Report

# Characters of context around the outermost figures, and on either side of a long gap between two.
_CONTEXT = 36
_GAP = 30

# Line breaks, with the blanks around them, between two characters that are not Latin.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])(?<!\s)[^\S\n]*+\n\s*+(?=[^\x00-\x7f])")


# Around figures while white space is narrowed; Unicode sets them apart for use inside programs.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_FIGURE = re.compile(f"{_OPEN}(.*?){_CLOSE}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage, or one of its figures with the claim that it makes."""

    text: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text: where it begins, and its words and figures."""

    start: int
    page: int | None
    pieces: tuple[Piece, ...]

    def marked(self, mark: Callable[[str], str]) -> str:
        """The words in one line; `mark` wraps a figure."""
        return "".join(mark(piece.text) if piece.claim else piece.text for piece in self.pieces)


def passages(report: Report, finding: Finding) -> list[Passage]:
    """One passage a sentence or table row, that of the finding itself first."""
    document = report.document
    wanted = set(finding.claims)
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in report.claims:
        if claim.id in wanted:
            groups.setdefault(_bounds(document, claim), []).append(claim)
    own = max(groups, key=lambda bounds: _overlap(bounds, finding), default=None)
    shown: list[Passage] = []
    if own is None or not _overlap(own, finding):  # words where none of its figures stands
        quote = document.text[finding.start : finding.end] or finding.quote
        shown.append(Passage(finding.start, finding.page, (Piece(_in_one_line(quote)),)))
        own = None
    for bounds, claims in sorted(groups.items(), key=lambda group: group[0] != own):
        words = (finding.start, finding.end) if bounds == own else None
        pieces = tuple(_pieces(document.text, bounds, claims, words))
        shown.append(Passage(claims[0].start, claims[0].page, pieces))
    return shown


def _bounds(document: Document, claim: Claim) -> tuple[int, int]:
    """The claim's sentence; for one without (a table cell) its line."""
    if claim.sentence and claim.sentence_start <= claim.start:
        return claim.sentence_start, max(claim.end, claim.sentence_start + len(claim.sentence))
    end = document.text.find("\n", claim.end)
    return document.text.rfind("\n", 0, claim.start) + 1, len(document.text) if end < 0 else end


def _overlap(bounds: tuple[int, int], finding: Finding) -> int:
    return max(0, min(bounds[1], finding.end) - max(bounds[0], finding.start))


def _pieces(
    text: str, bounds: tuple[int, int], claims: Sequence[Claim], words: tuple[int, int] | None
) -> Iterator[Piece]:
    """The sentence around the figures, each of them marked; what is left out shows as an ellipsis.

    `words` is the finding's own passage, which is shown whole, be it that it runs on past the sentence.
    """
    by_span = {(claim.start, claim.end): claim for claim in claims}
    spans = sorted(by_span)
    first, last = spans[0][0] - _CONTEXT, spans[-1][1]
    if words:
        low = bounds[0] if bounds[0] - words[0] <= _CONTEXT else words[0]  # no more than its lead is outside
        first, last = min(first, max(low, words[0])), max(last, words[1])
        if words[1] > bounds[1]:  # what they introduce follows them on their line
            line = text.find("\n", words[1])
            bounds = (low, max(words[1], line) if line >= 0 else len(text))
        else:
            bounds = (low, bounds[1])
    start, end = max(bounds[0], first), min(bounds[1], last + _CONTEXT)
    start, end = min(uncut(text, start)[1], spans[0][0]), max(uncut(text, end)[0], spans[-1][1])
    pieces = ["…" if start > bounds[0] else ""]
    marked: list[Claim] = []
    at = start
    for low, high in spans:
        if low < at:  # two claims on one figure
            continue
        between = text[at:low]
        if at != start and not (words and words[0] <= at < low <= words[1]) and len(between) > 2 * _GAP:
            until, since = uncut(text, at + _GAP)[0], uncut(text, low - _GAP)[1]
            between = text[at : max(at, until)] + "…" + text[min(since, low) : low]
        pieces += [between, _OPEN, _in_one_line(text[low:high]), _CLOSE]
        marked.append(by_span[low, high])
        at = high
    pieces += [text[at:end], "…" if end < bounds[1] else ""]
    parts = _FIGURE.split(_in_one_line("".join(pieces)))  # words and figures by turns
    for words_before, figure, claim in zip(parts[::2], parts[1::2], marked, strict=False):
        yield from (Piece(words_before), Piece(figure, claim))
    yield Piece(parts[-1])


def _in_one_line(text: str) -> str:
    """White space narrowed; a line break inside Chinese text stands for nothing."""
    return " ".join(_BREAK.sub("", text).split())
