"""Paragraphs → sentences, each as a view that leads back to the document."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from hedui.segmentation.view import View

END = regex.compile(r"[。！？]+[）]?(?![，；、）])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the patterns read it, with the section it stands in.

    `paragraph` numbers the paragraphs of the document; `kind` is the section's kind; `marker` the kind of enumerator
    that opened the paragraph, for its first sentence only.
    """

    view: View
    section: tuple[str, ...]
    kind: str
    paragraph: int
    marker: str | None = None

    @property
    def start(self) -> int:
        return self.view.origin[0]

    @property
    def end(self) -> int:
        return self.view.origin[-1] + 1


def sentences(paragraph: View) -> Iterator[View]:
    """The sentences of a paragraph; a closing mark inside brackets does not end one."""
    start = 0
    for match in END.finditer(paragraph.text):
        inside = paragraph.text.count("（", start, match.start()) > paragraph.text.count(
            "）", start, match.end()
        )
        if (
            inside
            and match.end() < len(paragraph.text)
            and "）" in paragraph.text[match.end() : match.end() + 60]
        ):
            continue
        yield paragraph.cut(start, match.end())
        start = match.end()
    if start < len(paragraph.text):
        yield paragraph.cut(start, len(paragraph.text))
