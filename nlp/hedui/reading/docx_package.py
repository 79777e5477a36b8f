"""The parts of a Word document that text is made of, as trees."""

from dataclasses import dataclass

from hedui.reading.errors import UnreadableInput
from hedui.reading.package import Element, opened

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that text is made of; a part that is absent or broken, other than the main one, is None."""

    document: Element
    numbering: Element | None
    styles: Element | None
    footnotes: Element | None
    endnotes: Element | None


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
        kinds = ("numbering", "styles", "footnotes", "endnotes")
        return Package(document, *(package.side(where.get(kind)) for kind in kinds))
