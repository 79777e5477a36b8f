"""Paragraphs → sentences, each as a view that leads back to the document."""

from collections.abc import Iterator

import regex

from hedui.segmentation.view import View
from hedui.values import dataclass

LONGEST = 2000  # characters of a sentence
CLAUSES = "；，、"
CELL = "table-"  # how the scope of a sentence in a table's cell begins
END = regex.compile(r"[。！？]+[）]?(?![，；、）])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the patterns read it, with the section it stands in.

    `paragraph` numbers the paragraphs of the document; `kind` is the section's kind; `marker` the kind of enumerator
    that opened the paragraph, for its first sentence only. `scope` is set in the cell of a table: it tells which, and
    what stands there is of what the table is about, mostly one project, and not of the body.
    """

    view: View
    section: tuple[str, ...]
    kind: str
    paragraph: int
    marker: str | None = None
    scope: str | None = None

    @property
    def start(self) -> int:
        return self.view.origin[0]

    @property
    def end(self) -> int:
        return self.view.origin[-1] + 1


def sentences(paragraph: View) -> Iterator[View]:
    """The sentences of a paragraph; a closing mark inside brackets does not end one."""
    for part in _closed(paragraph):
        yield from _bounded(part)


def _depth(text: str) -> int:
    """How many brackets a stretch opens and does not close."""
    return text.count("（") - text.count("）")


def _bounded(sentence: View) -> Iterator[View]:
    """A sentence in pieces of bearable length, cut behind a mark: what never ends is a dump, not a sentence."""
    start = 0
    while len(sentence) - start > LONGEST:
        cut = max(sentence.text.rfind(mark, start, start + LONGEST) for mark in CLAUSES) + 1
        cut = cut if cut > start else start + LONGEST
        yield sentence.cut(start, cut)
        start = cut
    yield sentence.cut(start, len(sentence)) if start else sentence


def _closed(paragraph: View) -> Iterator[View]:
    """The sentences as their closing marks part them."""
    start = counted = depth = 0
    for match in END.finditer(paragraph.text):
        depth += _depth(paragraph.text[counted : match.end()])
        counted = match.end()
        if (
            depth > 0
            and match.end() < len(paragraph.text)
            and "）" in paragraph.text[match.end() : match.end() + 60]
        ):
            continue
        yield paragraph.cut(start, match.end())
        start, depth = match.end(), 0
    if start < len(paragraph.text):
        yield paragraph.cut(start, len(paragraph.text))
