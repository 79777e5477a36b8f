"""Document → sections, sentences and tables.

`segment` is the stage's one entry; tokens (`hedui.segmentation.tokens`) are made only for the sentences that need them.
"""

import regex

from hedui.lines import line_rules
from hedui.model import Cell, Document, Section, Table
from hedui.segmentation.layout import Block, Span, blocks
from hedui.segmentation.sections import SectionTree, section_kind
from hedui.segmentation.sentences import CELL, Sentence, sentences
from hedui.segmentation.view import View, view
from hedui.values import dataclass

RULE = regex.compile(r"[|:\-\s]+")  # the line below the head of a Markdown table
LABEL = 30  # characters: a shorter cell tells nothing in sentences
RUN_IN = 25  # characters: the longest heading that runs in, with its full stop, at the head of a paragraph


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The structure of one document, in reading order, and all of its characters as patterns read them."""

    view: View
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


def segment(document: Document) -> Segmentation:
    """Sections, narrative sentences and tables of a document."""
    text = document.text
    whole = view(text, [(0, len(text))])
    tree = SectionTree()
    found: list[Sentence] = []
    tables: list[Table] = []
    rows: list[Block] = []
    title = ""
    for number, block in enumerate(blocks(text)):
        if block.kind == "row":
            rows.append(block)
            continue
        if rows and block.kind != "furniture":
            tables.append(_table(text, rows, title))
            found.extend(_prose(whole, tables[-1], tree, f"{CELL}{len(tables)}"))
            rows = []
        if block.kind == "heading":
            tree.enter(_view(text, whole, block.spans), block)
            title = tree.stack[-1].title
        elif block.kind == "paragraph":
            found.extend(_paragraph(_view(text, whole, block.spans), block, tree, number))
            title = text[block.spans[-1][0] : block.spans[-1][1]].strip()
    if rows:
        tables.append(_table(text, rows, title))
        found.extend(_prose(whole, tables[-1], tree, f"{CELL}{len(tables)}"))
    return Segmentation(whole, tuple(tree.sections), tuple(found), tuple(tables))


def _view(text: str, whole: View, spans: tuple[Span, ...]) -> View:
    """The view of a block: where its lines were broken, what stands before the break goes on behind it."""
    return whole.between(*spans[0]) if len(spans) == 1 else view(text, spans)


def _paragraph(whole: View, block: Block, tree: SectionTree, number: int) -> list[Sentence]:
    out: list[Sentence] = []
    if not whole.text:
        return out
    if block.marker is None and len(whole) < 6 and section_kind(whole.text) == "contents":
        return out
    for index, part in enumerate(sentences(whole)):
        first = index == 0
        if (
            first
            and block.marker
            and part.text[-1] in "。："
            and len(part) < len(whole)
            and _is_run_in(part.text)
        ):
            # A heading that runs in: "1. 收入情况。2024年度收入合计…"
            tree.enter(part, Block("heading", (part.span(0, len(part)),), block.marker, block.level))
            continue
        out.append(Sentence(part, tree.path, tree.kind, number, block.marker if first else None))
    return out


def _is_run_in(text: str) -> bool:
    """Whether the first sentence of a numbered paragraph is a heading: short, no item, no number in it but a year."""
    if len(text) > RUN_IN or line_rules().line["no_title"].search(text[:-1]):
        return False
    return not regex.search(r"\d(?!\d*年)", text)


def _table(text: str, rows: list[Block], title: str) -> Table:
    cells = tuple(_cells(text, *row.spans[0]) for row in rows if not RULE.fullmatch(text, *row.spans[0]))
    return Table(rows[0].spans[0][0], rows[-1].spans[0][1], title[:80], cells)


def _prose(whole: View, table: Table, tree: SectionTree, scope: str) -> list[Sentence]:
    """The sentences of the cells that tell something in words; each cell is a paragraph of its own."""
    prose = line_rules().line["prose"]
    cells = [c for row in table.rows for c in row if len(c.text) > LABEL and prose.fullmatch(c.text)]
    return [
        Sentence(part, tree.path, tree.kind, -cell.start, scope=scope)
        for cell in cells
        for part in sentences(whole.between(cell.start, cell.end))
    ]


def _cells(text: str, start: int, end: int) -> tuple[Cell, ...]:
    separator = "\t" if "\t" in text[start:end] else "|"
    if separator == "|":  # a row of Markdown is closed at both ends
        start, end = start + 1, end - 1
    out: list[Cell] = []
    position = start
    for piece in text[start:end].split(separator):
        bare = piece.strip()
        left = position + (len(piece) - len(piece.lstrip()) if bare else 0)
        out.append(Cell(bare, left, left + len(bare)))
        position += len(piece) + 1
    return tuple(out)
