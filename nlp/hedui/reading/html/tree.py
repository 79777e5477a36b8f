"""A web page as a tree, and the part of it that is the article.

No site is known by name: what tells the article from the page around it is where sentences and decimal numbers
stand, and how much of an element's text is links.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import regex
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.values import dataclass

MAX_DEPTH = 2048  # the parser gives up below it
MAX_ELEMENTS = 300_000
MAX_ATTRIBUTES = 2000  # of one element: the parser compares each with all before it


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Elements that are never printed, pieces of forms, and what is struck out.
UNPRINTED = _names(
    "script style head title meta link noscript template iframe frame frameset object embed applet audio video"
    " canvas svg math select option datalist button textarea input rp rt map area del s strike"
)
# Elements that begin and end a line of their own; all others run on within one.
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section"
    " summary table tbody td tfoot th thead tr ul"
)
_ASIDE = frozenset(("nav", "aside", "footer"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary"))
# Elements that an article may be; a paragraph is a part of one.
_CONTAINERS = _names(
    "article body center div fieldset form main section table tbody td th tr dl dd ul ol li blockquote"
)
_LISTS = _names("div section ul ol dl dir menu p center table form")
_HIDDEN = regex.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|text-decoration[\w-]*\s*:[^;]*line-through",
    regex.IGNORECASE,
)
_TAG = regex.compile("<[A-Za-z]")
_QUOTED = regex.compile("\"[^\"]*+\"|'[^']*+'")
_NOTE_MARK = regex.compile(
    r"\s*+[\[［(（【]?+\s*+(?:\d{1,3}|[*＊†\u2460-\u2473]|注\d{0,2})\s*+[\]］)）】]?+\s*+"
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = regex.compile("[，。；]")
_DECIMAL = regex.compile(r"(?<![A-Za-z\d.])\d[\d,]*\.\d+(?![\d.])")
_DECIMAL_WEIGHT = 5
_BARE = regex.compile(r"\s*\d[\d,]*\s*")
# A cell with so many characters, and most of its table's, holds an article, unless there are many rows of cells.
ARTICLE = 300
MOST = 0.7
ARTICLE_ROWS = 3
STRAY = 4  # weight of what may stand outside the article: a sentence of a footer
LINKED = 0.6  # of an element's characters in links: a list of links
ATTACHED = _names("pdf doc docx wps rtf xls xlsx et ods csv ppt pptx ofd zip rar 7z")


@dataclass(slots=True)
class Weight:
    """What an element holds: characters, those in links and in inner tables, and how far it reads like an account."""

    characters: int = 0
    linked: int = 0
    prose: int = 0
    tabled: int = 0

    def add(self, other: "Weight", table: bool = False) -> None:
        """Add what an inner element holds; `table` tells that it is one."""
        self.characters += other.characters
        self.linked += other.linked
        self.prose += other.prose
        self.tabled += other.characters if table else other.tabled


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its body, what is left out of it, the weights of the rest, and its article."""

    root: HtmlElement
    body: HtmlElement
    dropped: frozenset[HtmlElement]
    weights: dict[HtmlElement, Weight]
    article: HtmlElement


def parse(text: str, deadline: Deadline) -> HtmlElement:
    """The root of a page. Raises UnreadableInput for one without elements, with too many, or too deep."""
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    if any(map(_is_overloaded, text.split(">"))):
        raise UnreadableInput("html_broken", error="attributes")
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput("html_broken", error=type(error).__name__) from error
    if any("depth" in entry.message for entry in parser.error_log.filter_from_errors()):
        raise UnreadableInput("too_deep", limit=MAX_DEPTH)
    if sum(1 for _ in zip(root.iter(), range(MAX_ELEMENTS + 1), strict=False)) > MAX_ELEMENTS:
        raise UnreadableInput("too_many_elements", limit=MAX_ELEMENTS)
    deadline.check()
    for raised in list(root.iter("sup")):
        _raise(raised)
    return root


def _is_overloaded(piece: str) -> bool:
    """Whether a tag that is open at the end of a piece of a page has more attributes than any page's."""
    if len(piece) < 2 * MAX_ATTRIBUTES:
        return False
    begun = _TAG.search(piece)
    return begun is not None and len(_QUOTED.sub("", piece[begun.start() :]).split()) > MAX_ATTRIBUTES


def _raise(element: HtmlElement) -> None:
    """Keep what is printed above the line apart from the number before it: m² has a sign, notes have marks."""
    text = "".join(element.itertext())
    if not _NOTE_MARK.fullmatch(text):
        return
    before, parent = element.getprevious(), element.getparent()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    tail = element.tail
    element.clear()
    element.tail = tail
    element.text = text.strip().translate(_RAISED) if said[-1:].isascii() and said[-1:].isalpha() else ""


def page(root: HtmlElement, deadline: Deadline) -> Page:
    """Find the article of a page. What is hidden stays in where it holds most of the page (tabs do that)."""
    body = root.find("body")
    body = root if body is None else body
    whole = _weigh(body, frozenset(), deadline)
    total = whole[body].prose
    dropped = frozenset(
        element
        for element in body.iterdescendants()
        if element in whole and whole[element].prose * 2 <= total and _is_around(element, whole[element])
    )
    weights = _weigh(body, dropped, deadline)
    if not weights[body].characters:
        dropped, weights = frozenset(), whole
    return Page(root, body, dropped, weights, _article(body, dropped, weights))


def hidden(element: HtmlElement) -> bool:
    """Whether the page says itself that an element is not to be seen."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def is_attachment(href: str) -> bool:
    """Whether a link leads to a document."""
    return any(piece.rpartition(".")[2].lower() in ATTACHED for piece in _places(href))


def _places(href: str) -> Iterator[str]:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return
    if "." in parts.path:
        yield parts.path
    for field in parts.query.split("&"):
        if "." in field:
            yield field


def walk(top: HtmlElement, dropped: frozenset[HtmlElement]) -> Iterator[tuple[str, HtmlElement]]:
    """`start` and `end` of the printed elements below and with `top`, without recursion.

    The text of an element follows its start, its tail its end; of a dropped element only `end` is told.
    """
    events = etree.iterwalk(top, events=("start", "end"))
    for event, element in events:
        if event == "start" and (element in dropped or element.tag in UNPRINTED):
            events.skip_subtree()
        else:
            yield event, element


def _weigh(
    body: HtmlElement, dropped: frozenset[HtmlElement], deadline: Deadline
) -> dict[HtmlElement, Weight]:
    out: dict[HtmlElement, Weight] = {}
    stack: list[Weight] = []
    links = 0
    for count, (event, element) in enumerate(walk(body, dropped)):
        if count % 10_000 == 0:
            deadline.check()
        left_out = element in dropped or element.tag in UNPRINTED
        if event == "start":
            links += _is_link(element)
            stack.append(_text(element.text, links))
            continue
        if not left_out:
            links -= _is_link(element)
            out[element] = stack.pop()
            if stack:
                stack[-1].add(out[element], element.tag == "table")
        if stack and element is not body:
            stack[-1].add(_text(element.tail, links))
    return out


def _text(text: str | None, links: int) -> Weight:
    if not text:
        return Weight()
    characters = len(text) - sum(map(str.isspace, text))
    if links:
        return Weight(characters, characters, 0)
    prose = len(_MARKS.findall(text)) + _DECIMAL_WEIGHT * len(_DECIMAL.findall(text))
    prose += bool(_BARE.fullmatch(text))  # a cell of a table of whole numbers
    return Weight(characters, 0, prose)


def _is_link(element: HtmlElement) -> bool:
    href = element.get("href", "").strip() if element.tag == "a" else ""
    return bool(href) and not href.startswith("#") and not is_attachment(href)


def _is_around(element: HtmlElement, weight: Weight) -> bool:
    """Whether an element belongs to the page around the article: navigation, what is hidden, lists of links."""
    if element.tag in _ASIDE or element.get("role", "").lower() in _ROLES or hidden(element):
        return True
    linked = weight.linked > LINKED * weight.characters
    return element.tag in _LISTS and linked and not weight.prose


def _article(
    body: HtmlElement, dropped: frozenset[HtmlElement], weights: dict[HtmlElement, Weight]
) -> HtmlElement:
    """The innermost element that holds all prose but a stray sentence."""
    found = body
    least = weights[body].prose - STRAY
    while weights[body].prose > STRAY:
        inner = next((e for e in found if e in weights and weights[e].prose >= least), None)
        if inner is None or inner.tag not in _CONTAINERS or is_data_table(inner, weights):
            break
        found = inner
    return found


def rows_of(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The cells of a table, row by row; not those of tables inside."""
    for part in table:
        rows = part if part.tag in ("tbody", "thead", "tfoot") else (part,)
        for row in rows:
            if row.tag == "tr":
                yield [cell for cell in row if cell.tag in ("td", "th")]


def is_data_table(element: HtmlElement, weights: dict[HtmlElement, Weight]) -> bool:
    """Whether an element is a table of data: rows of several cells, none of which holds most of the text.

    A table with tables inside, with one column, or with the article in one cell only lays out the page.
    """
    if element.tag != "table" or element.get("role", "") in ("presentation", "none"):
        return False
    rows = list(rows_of(element))
    filled = [[weights[cell].characters for cell in row if cell in weights] for row in rows]
    several = sum(sum(map(bool, row)) > 1 for row in filled)
    headed = any(cell.tag == "th" for row in rows for cell in row)
    if several < (1 if headed else 2):
        return False
    weight = weights[element]
    if 2 * weight.tabled > weight.characters:
        return False
    largest = max(max(row, default=0) for row in filled)
    return several > ARTICLE_ROWS or largest <= max(ARTICLE, MOST * weight.characters)
