"""Several files of one disclosure (a narrative, its tables) → one Document.

The text of each follows that of the one before; the one with most running text leads and tells what it is all about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from hedui.model import Document, File, Page, Strip
from hedui.reading.errors import UnreadableInput
from hedui.reading.metadata import squeeze
from hedui.reading.text import identity

T = TypeVar("T")

GAP = "\n\f\n"  # between two files: a blank line ends every sentence and table


def together(documents: Sequence[Document]) -> Document:
    """The documents as one; a single one is handed back as it is. Pages keep the numbers that they have in their file.

    Raises UnreadableInput where two of them are known to be of different years or of different bodies, and
    ValueError where there is none.
    """
    if not documents:
        raise ValueError("no documents to take together")
    if len(documents) == 1:
        return documents[0]
    _agree(documents)
    lead = max(documents, key=prose)
    ordered = [lead, *(document for document in documents if document is not lead)]
    text = ""
    files: list[File] = []
    pages: list[Page] = []
    strips: list[Strip] = []
    for document in ordered:
        text += GAP if text else ""
        at = len(text)
        text += document.text
        files.append(File(document.source, at, len(text)))
        pages += [replace(page, start=page.start + at, end=page.end + at) for page in document.pages]
        strips += [replace(s, start=s.start + at, end=s.end + at) for s in document.strips]
    return Document(
        id=identity(text),
        source=" + ".join(document.source for document in ordered if document.source),
        text=text,
        url=lead.url,
        title=lead.title,
        publisher=_first(document.publisher for document in ordered),
        fiscal_year=_first(document.fiscal_year for document in ordered),
        kind=lead.kind,
        published=lead.published,
        retrieved=lead.retrieved,
        origins=lead.origins,
        pages=tuple(pages),
        reader=" + ".join(dict.fromkeys(document.reader for document in ordered)),
        strips=tuple(strips),
        files=tuple(files),
        warnings=tuple(warning for document in ordered for warning in document.warnings),
    )


def prose(document: Document) -> int:
    """How many characters stand in lines with a sentence, rows of tables left out."""
    return sum(len(line) for line in document.text.splitlines() if "。" in line and "\t" not in line)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _agree(documents: Sequence[Document]) -> None:
    for one, other in combinations(documents, 2):
        names = {"one": one.source, "other": other.source}
        if one.fiscal_year and other.fiscal_year and one.fiscal_year != other.fiscal_year:
            raise UnreadableInput(
                "different_years", **names, one_year=one.fiscal_year, other_year=other.fiscal_year
            )
        if one.publisher and other.publisher and not one_body(one.publisher, other.publisher):
            raise UnreadableInput(
                "different_bodies", **names, one_body=one.publisher, other_body=other.publisher
            )


def one_body(one: str, other: str) -> bool:
    """Whether two names can be of one body: a short form leaves characters of the long one out and adds none."""
    short, long = sorted((squeeze(one), squeeze(other)), key=len)
    rest = iter(long)
    return all(character in rest for character in short)
