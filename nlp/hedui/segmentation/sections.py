"""Headings → the section tree, and what each section speaks of."""

from dataclasses import dataclass, field

from hedui.lines import line_rules
from hedui.model import Section
from hedui.segmentation.layout import Block
from hedui.segmentation.view import View

INHERITED = {
    "glossary",
    "duties",
    "organisation",
    "performance",
    "tables",
}  # kinds that hold for all headings below


@dataclass(slots=True)
class _Open:
    marker: str
    title: str
    kind: str


@dataclass(slots=True)
class SectionTree:
    """Follows the headings of a document; `path` and `kind` are those of the place reached."""

    stack: list[_Open] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    path: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return self.stack[-1].kind if self.stack else "body"

    def enter(self, heading: View, block: Block) -> None:
        """Go into the section that this heading opens: it closes those of its own kind and what is below them."""
        title = heading.text.lstrip("#")
        marker = block.marker or "title"
        for depth, opened in enumerate(self.stack):
            if opened.marker == marker or (marker == "title" and opened.marker != "part"):
                del self.stack[depth:]
                break
        else:
            if marker in ("part", "attachment"):
                self.stack.clear()
        inherited = self.kind if self.kind in INHERITED else None
        self.stack.append(_Open(marker, title, section_kind(title) or inherited or "body"))
        self.path = tuple(opened.title for opened in self.stack)
        start, end = block.spans[0]
        self.sections.append(Section(start, end, len(self.stack), title, self.kind, self.path))


def speaks_of(text: str, kind: str) -> bool:
    """Whether a text has any of the words that mark a kind of section."""
    return any(words.search(text) for known, words in line_rules().sections if known == kind)


def section_kind(title: str) -> str | None:
    """What a heading says about its section (patterns/layout.toml), None where it says nothing."""
    for kind, words in line_rules().sections:
        if words.search(title):
            return kind
    return None
