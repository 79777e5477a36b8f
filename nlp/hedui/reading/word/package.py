"""The parts of a Word document that text is made of, as trees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hedui.reading.errors import UnreadableInput
from hedui.reading.package import Element, opened
from hedui.reading.package import Package as Parts

CHARTS = 200  # that are read, none with more than CHART bytes
CHART = 5_000_000

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that text is made of; a part that is absent or broken, other than the main one, is None."""

    document: Element
    numbering: Element | None
    styles: Element | None
    footnotes: Element | None
    endnotes: Element | None
    charts: Mapping[str, Element]
    """By the number of the relation that leads to them."""


def open_package(data: bytes) -> Package:
    """The package of a Word document.

    Raises UnreadableInput where the bytes are no Word document, are broken, or beyond the limits.
    """
    with opened(data, "docx_broken") as package:
        main = package.main() or "word/document.xml"
        if main not in package or main.startswith(("xl/", "ppt/")):
            raise UnreadableInput("archive")
        document = package.tree(main)
        if not isinstance(document.tag, str) or not document.tag.startswith(f"{{{WORD}}}"):
            raise UnreadableInput("archive")
        where = package.related(main)
        numbering, styles, footnotes, endnotes = (
            package.side(where.get(kind)) for kind in ("numbering", "styles", "footnotes", "endnotes")
        )
        return Package(document, numbering, styles, footnotes, endnotes, dict(_charts(package, main)))


def _charts(package: Parts, part: str) -> Iterator[tuple[str, Element]]:
    """The charts of a part by the number of their relation, those beyond the limits left out."""
    known = [relation for relation in package.relations(part) if relation.kind == "chart"]
    for relation in known[:CHARTS]:
        if relation.target in package and package.size(relation.target) <= CHART:
            chart = package.side(relation.target)
            if chart is not None:
                yield relation.id, chart
