"""The body of a Word document → paragraphs and tables, as it reads once all tracked changes are accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from hedui.reading.composing import BREAK, Part, Rows, Span, grid, joined, paragraphs
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.package import Element
from hedui.reading.word import charts
from hedui.reading.word.numbering import Numbering, W, is_on, value
from hedui.reading.word.package import Package
from hedui.reading.word.symbols import symbol

MAX_DEPTH = 100  # of tables, boxes and notes within one another

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT = frozenset((f"{W}t", f"{_MATH}t"))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": BREAK, f"{W}noBreakHyphen": "-"}
# Taken out by a tracked change, properties, embedded objects, the reading aid of a character.
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "object", "rt", "sdtPr"))
_DRAWN = frozenset((f"{W}drawing", f"{W}pict"))
# Controls and tracked changes around what they hold.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTHING = etree.Element("nothing")
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(slots=True)
class _Aside:
    """What a paragraph anchors and what is read after it: text boxes, notes, charts."""

    elements: list[Element] = field(default_factory=list)


class Story:
    """Reads the stories of one document (body, boxes, notes); numbers are counted on through all of them."""

    def __init__(self, package: Package, deadline: Deadline) -> None:
        self._numbering = Numbering(package.numbering, package.styles)
        self._charts = package.charts
        self._deadline = deadline
        self._notes = {
            **_notes(package.footnotes, "footnote"),
            **_notes(package.endnotes, "endnote"),
        }
        styles = package.styles.findall(f"{W}style") if package.styles is not None else []
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._hides = cache(self._is_hidden)
        self._codes: list[bool] = []  # of the open fields: whether their code is being read
        self._depth = 0  # of boxes and notes within one another
        self._open = ""  # the text of a paragraph whose end was deleted: the next one goes on with it

    def parts(self, container: Element) -> list[Part]:
        """The paragraphs and tables of a container, in reading order."""
        out: list[Part] = []
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableInput("too_deep", limit=MAX_DEPTH)
        for child in _unwrapped(container):
            if child.tag == f"{W}p":
                out += self._paragraph(child)
            elif child.tag == f"{W}tbl":
                out += self._table(child)
        if self._open:
            out += paragraphs(self._open)
            self._open = ""
        self._depth -= 1
        return out

    def _paragraph(self, paragraph: Element) -> list[Part]:
        self._deadline.check()
        properties = paragraph.find(f"{W}pPr")
        aside = _Aside()
        self._codes.clear()  # a field that is never closed must not swallow the rest
        text = "".join(self._inline(paragraph, aside, self._hides(value(properties, "pStyle"))))
        mark = properties.find(f"{W}rPr") if properties is not None else None
        out: list[Part] = []
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._open += text
        else:
            label = self._numbering.label(properties)
            lines = paragraphs(self._open + text)
            self._open = ""
            if label and lines:
                lines[0] = label + _gap(label[-1], lines[0][0]) + lines[0]
            out += lines
        for element in aside.elements:
            if element.tag == _CHART:
                chart = self._charts.get(element.get(_RELATED, ""))
                out += charts.table(chart) if chart is not None else []
            else:
                out += self.parts(element)
        return out

    def _inline(self, parent: Element, aside: _Aside, hidden: bool) -> Iterator[str]:
        """The text of a paragraph or of what stands in one; what it anchors goes to `aside`."""
        for child in parent:
            tag = child.tag
            if tag in _LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                yield from self._inline(child, aside, self._is_run_hidden(child, hidden))
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif (hidden or any(self._codes[:-1])) and parent.tag == f"{W}r":
                continue
            elif tag in _TEXT:
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == f"{W}br":
                yield BREAK
            elif tag == f"{W}sym":
                yield symbol(child.get(f"{W}font", ""), child.get(f"{W}char", ""))
            elif tag in _NOTES:
                note = self._notes.pop((_NOTES[tag], child.get(f"{W}id", "")), None)
                aside.elements += [note] if note is not None else []
            elif tag in _DRAWN:
                aside.elements += _boxes(child)
            elif tag == f"{_MARKUP}AlternateContent":
                yield from self._inline(_choice(child), aside, hidden)
            else:
                yield from self._inline(child, aside, hidden)

    def _field(self, mark: str | None) -> None:
        """Note whether what follows is the code of a field, in which other fields may stand, or its result."""
        if mark == "begin":
            self._codes.append(True)
        elif mark == "separate" and self._codes:
            self._codes[-1] = False
        elif mark == "end" and self._codes:
            self._codes.pop()

    def _is_run_hidden(self, run: Element, inherited: bool) -> bool:
        properties = run.find(f"{W}rPr")
        own = is_on(properties, "vanish")
        style = value(properties, "rStyle")
        return own if own is not None else inherited or self._hides(style)

    def _is_hidden(self, style: str | None) -> bool:
        """Whether a style, or one that it rests on, hides its text."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            said = is_on(element.find(f"{W}rPr"), "vanish")
            if said is not None:
                return said
            style = value(element, "basedOn")
        return False

    def _table(self, table: Element) -> list[Part]:
        """A table of data; one that never has two cells side by side is a frame around its text."""
        rows: list[list[tuple[list[Part], int]]] = []
        for row in _unwrapped(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            cells: list[tuple[list[Part], int]] = []
            if before := _number(value(properties, "gridBefore"), 0):
                cells.append(([], before))
            cells += [self._cell(cell) for cell in _unwrapped(row, f"{W}tc")]
            rows.append(cells)
        if not any(sum(bool(parts) for parts, _ in cells) > 1 for cells in rows):
            return [part for cells in rows for parts, _ in cells for part in parts]
        return grid([[Span(_flat(parts), columns) for parts, columns in cells] for cells in rows])

    def _cell(self, cell: Element) -> tuple[list[Part], int]:
        """What a cell holds and how many columns it covers; one merged with that before or above holds nothing."""
        properties = cell.find(f"{W}tcPr")
        columns = _number(value(properties, "gridSpan"), 1)
        for name in ("vMerge", "hMerge"):
            merge = properties.find(f"{W}{name}") if properties is not None else None
            if merge is not None and merge.get(f"{W}val", "continue") != "restart":
                return [], columns
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            return [], columns
        return self.parts(cell), columns


def _unwrapped(container: Element, *wanted: str) -> Iterator[Element]:
    """The paragraphs and tables (or what is wanted) of a container, also within controls and tracked changes."""
    wanted = wanted or (f"{W}p", f"{W}tbl")
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag == f"{_MARKUP}AlternateContent":
            yield from _unwrapped(_choice(child), *wanted)
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, *wanted)


def _choice(alternatives: Element) -> Element:
    """One of the forms in which a file gives the same thing: the first that holds text or a chart."""
    forms = [form for form in alternatives if isinstance(form.tag, str)]
    return next((form for form in forms if next(form.iter(*_TEXT, _CHART), None) is not None), _NOTHING)


def _gap(last: str, first: str) -> str:
    """What parts a number from its paragraph: a blank where the two would run into one word or number."""
    words = last.isalnum() and first.isalnum()
    return " " if words or (last.isascii() and first.isascii() and first.isalnum()) else ""


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes and charts of a drawing, not those within them."""
    out: list[Element] = []
    for child in drawing:
        if child.tag in (f"{W}txbxContent", _CHART):
            out.append(child)
        elif child.tag == f"{_MARKUP}AlternateContent":
            out += _boxes(_choice(child))
        else:
            out += _boxes(child)
    return out


def _notes(notes: Element | None, kind: str) -> dict[tuple[str, str], Element]:
    found = notes.findall(f"{W}{kind}") if notes is not None else []
    return {
        (kind, note.get(f"{W}id", "")): note for note in found if note.get(f"{W}type", "normal") == "normal"
    }


def _flat(parts: list[Part]) -> str:
    """What stands in a table cell as one line; the cells of a table inside it are parted by blanks."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Rows):
            lines += [" ".join(text for text in row if text) + " " for row in part.rows]
        else:
            lines += part.split("\n")
    return joined(line.replace("\t", " ") for line in lines).strip()


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default
