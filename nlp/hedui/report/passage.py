"""The passages that a finding speaks of, cut to what a reader needs, with its figures marked."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hedui.model import Claim, Document, Finding, Report

# Characters of context around the outermost figures, and on either side of a long gap between two.
_CONTEXT = 36
_GAP = 30

# Line breaks, with the blanks around them, between two characters that are not Latin.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text: where it begins, and its words with the figures marked."""

    start: int
    page: int | None
    text: str


def passages(report: Report, finding: Finding, mark: Callable[[str], str]) -> list[Passage]:
    """One passage a sentence or table row, that of the finding itself first; `mark` wraps a figure."""
    document = report.document
    wanted = set(finding.claims)
    groups: dict[tuple[int, int], list[Claim]] = {}
    for claim in report.claims:
        if claim.id in wanted:
            groups.setdefault(_bounds(document, claim), []).append(claim)
    if not groups:
        quote = document.text[finding.start : finding.end] or finding.quote
        return [Passage(finding.start, finding.page, _in_one_line(quote))]
    ordered = sorted(groups.items(), key=lambda group: not group[0][0] <= finding.start <= group[0][1])
    return [
        Passage(claims[0].start, claims[0].page, _marked(document.text, bounds, claims, mark))
        for bounds, claims in ordered
    ]


def line_number(document: Document, position: int) -> int:
    """The line of the text that a character stands on, counted from one."""
    return document.text.count("\n", 0, position) + 1


def _bounds(document: Document, claim: Claim) -> tuple[int, int]:
    """The claim's sentence; for one without (a table cell) its line."""
    if claim.sentence and claim.sentence_start <= claim.start:
        return claim.sentence_start, max(claim.end, claim.sentence_start + len(claim.sentence))
    end = document.text.find("\n", claim.end)
    return document.text.rfind("\n", 0, claim.start) + 1, len(document.text) if end < 0 else end


def _marked(text: str, bounds: tuple[int, int], claims: Sequence[Claim], mark: Callable[[str], str]) -> str:
    """The sentence around the figures, each of them marked; what is left out shows as an ellipsis."""
    spans = sorted({(claim.start, claim.end) for claim in claims})
    start = max(bounds[0], spans[0][0] - _CONTEXT)
    end = min(bounds[1], spans[-1][1] + _CONTEXT)
    pieces = ["…" if start > bounds[0] else ""]
    at = start
    for low, high in spans:
        if low < at:  # two claims on one figure
            continue
        between = text[at:low]
        if at != start and len(between) > 2 * _GAP:
            between = between[:_GAP] + "…" + between[-_GAP:]
        pieces += [between, mark(_in_one_line(text[low:high]))]
        at = high
    pieces += [text[at:end], "…" if end < bounds[1] else ""]
    return _in_one_line("".join(pieces))


def _in_one_line(text: str) -> str:
    """White space narrowed; a line break inside Chinese text stands for nothing."""
    return " ".join(_BREAK.sub("", text).split())
