"""The article of a web page → paragraphs and tables."""

from dataclasses import dataclass, field

import regex
from lxml.html import HtmlElement

from hedui.lines import line_rules
from hedui.reading.composing import BREAK, Part, Span, cell, grid, paragraphs
from hedui.reading.deadline import Deadline
from hedui.reading.html.tree import BLOCKS, UNPRINTED, Page, is_data_table, rows_of, walk

# White space that breaks a line of the file is no blank between characters that are written without any.
_WIDE = "[\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_FILE_BREAK = regex.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_WHITE = regex.compile(r"[ \t\r\n\f]+")
_INLINE = regex.compile(r"display\s*:\s*inline\b(?!-)", regex.IGNORECASE)
_NO_MARKER = regex.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", regex.IGNORECASE)
_NUMBER = regex.compile(r"\s*(\d{1,4})\s*$")


@dataclass(slots=True)
class _Writer:
    """What has been written so far: the finished parts and the open paragraph."""

    parts: list[Part] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    marker: str = ""
    numbers: dict[HtmlElement, int] = field(default_factory=dict)  # of the last item of a list

    def write(self, text: str | None) -> None:
        if text:
            self.line.append(text)

    def close(self) -> None:
        around = line_rules().line["around_article"]
        found = [p for p in paragraphs(white("".join(self.line))) if not around.fullmatch(p)]
        self.line.clear()
        if found and self.marker and not line_rules().enumerator.match(found[0]):
            found[0] = self.marker + found[0]
        if found:
            self.marker = ""
        self.parts += found


def parts(page: Page, deadline: Deadline) -> list[Part]:
    """The paragraphs and tables of a page's article, in reading order, after the title that is printed above it."""
    writer = _Writer()
    events = walk(page.article, page.dropped)
    preformatted = 0
    table: HtmlElement | None = None  # the one that is being passed over, its cells being written
    for count, (event, element) in enumerate(events):
        if count % 10_000 == 0:
            deadline.check()
        if table is not None:
            if event == "end" and element is table:
                table = None
            else:
                continue
        elif event == "start" and is_data_table(element, page.weights):
            writer.close()
            writer.parts += _table(element, page, deadline)
            table = element
            continue
        block = _is_block(element)
        if event == "start":
            if block:
                writer.close()
            if element.tag == "br":
                writer.write(BREAK)
            if element.tag == "li":
                writer.marker = _marker(element, writer.numbers)
            preformatted += element.tag == "pre"
            writer.write(_lines(element.text, preformatted))
            continue
        if element not in page.dropped and element.tag not in UNPRINTED:
            preformatted -= element.tag == "pre"
            if block:
                writer.close()
        if element is not page.article:
            writer.write(_lines(element.tail, preformatted))
    writer.close()
    return writer.parts


def white(text: str) -> str:
    """The text with the white space of the file as a browser shows it: one blank, or none in Chinese."""
    return _WHITE.sub(" ", _FILE_BREAK.sub("", text))


def words(element: HtmlElement, page: Page) -> str:
    """The text of an element on one line."""
    out: list[str] = []
    for event, inner in walk(element, page.dropped):
        if event == "start":
            if inner.tag == "br" or (inner is not element and _is_block(inner)):
                out.append(BREAK)
            out.append(inner.text or "")
        elif inner is not element:
            if inner.tag not in UNPRINTED and _is_block(inner):
                out.append(BREAK)
            out.append(inner.tail or "")
    return cell(white("".join(out)))


def _lines(text: str | None, preformatted: int) -> str | None:
    return text.replace("\r\n", "\n").replace("\n", BREAK) if text and preformatted else text


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS and not _INLINE.search(element.get("style", ""))


def _table(table: HtmlElement, page: Page, deadline: Deadline) -> list[Part]:
    caption = table.find("caption")
    title: list[Part] = []
    if caption is not None and caption in page.weights and (said := words(caption, page)):
        title.append(said)
    rows = []
    for row in rows_of(table):
        deadline.check()
        squares = [square for square in row if square in page.weights]
        rows.append([Span(words(s, page), _count(s, "colspan"), _count(s, "rowspan")) for s in squares])
    return [*title, *grid(rows)]


def _count(square: HtmlElement, name: str) -> int:
    """How many columns or rows a cell covers; none told is one, and 0 rows are all that follow."""
    match = _NUMBER.match(square.get(name, "1"))
    number = int(match[1]) if match else 1
    return number if number or name == "colspan" else 10_000


def _marker(item: HtmlElement, numbers: dict[HtmlElement, int]) -> str:
    """The number that a browser prints before an item of a numbered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = _NUMBER.match(parent.get("start", "1"))
    value = _NUMBER.match(item.get("value", ""))
    following = numbers.get(parent, int(start[1]) - 1 if start else 0) + 1
    numbers[parent] = int(value[1]) if value else following
    if any(_NO_MARKER.search(e.get("style", "")) for e in (parent, item)):
        return ""
    return f"{numbers[parent]}. "
