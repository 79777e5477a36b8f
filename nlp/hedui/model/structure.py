"""What the text of a document is made of: sections, tables, cells."""

from dataclasses import dataclass

from hedui import values


@values.dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `start == end` for an empty one."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in the document's text, row by row."""

    start: int
    end: int
    title: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `path` holds the headings from the outermost to this one.

    `kind` is `body`, `contents`, `duties` (what the body does and did), `organisation` (its offices and
    staff), `performance`, `glossary`, `attachment` or `tables`.
    """

    start: int
    end: int
    level: int
    title: str
    kind: str
    path: tuple[str, ...]
