"""What a web page says of its article outside of it: title, publisher, date, documents attached."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

import regex
from lxml.html import HtmlElement

from hedui.reading.html.text import words
from hedui.reading.html.tree import Page, is_attachment

# Names of meta elements, the best first: those that government sites must have, then those of the web at large.
_TITLE = ("articletitle", "og:title", "dc.title", "title")
_PUBLISHER = ("contentsource", "source", "article:author", "og:article:author", "dc.publisher")
_PUBLISHED = ("pubdate", "publishdate", "article:published_time", "og:published_time", "dc.date", "date")
_DATE = regex.compile(r"((?:19|20)\d\d)\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d)")
# What parts the title of an article from the names of its column and site in the title of the window.
_SEPARATOR = regex.compile(r"(?<!\s)\s++[-–—|_]+\s+|[_|]+|[-–—]{2,}|-(?=\D)")
_FRAMES = ("iframe", "frame")
_EMBEDDING = (*_FRAMES, "embed", "object")
LONGEST = 1000  # characters of the title of a window
SHORTEST = 6  # characters of a title that is looked for in the page


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that a page links to, embeds or frames: its address, absolute where the page tells its own, and the
    link's words."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its article; None where it is silent."""

    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    attachments: tuple[Attachment, ...]


def facts(page: Page) -> Facts:
    """The facts that the elements for machines, the headings and the links of a page tell."""
    said: dict[str, str] = {}
    for meta in page.root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        if content := " ".join(meta.get("content", "").split()):
            said.setdefault(name, content)
    return Facts(
        title=_first(said, _TITLE) or _title(page),
        publisher=_first(said, _PUBLISHER),
        published=_date(_first(said, _PUBLISHED)),
        url=_canonical(page.root) or said.get("og:url"),
        attachments=_attachments(page, _base(page.root)),
    )


def printed_title(page: Page, title: str) -> str | None:
    """The title as the page prints it before its article, None where it does not or the article begins with it."""
    wanted = _squeezed(title)
    for element in page.body.iter() if len(wanted) >= SHORTEST else ():
        if element is page.article:
            return None
        weight = page.weights.get(element)
        if weight and weight.characters == len(wanted) and _squeezed(said := words(element, page)) == wanted:
            return said
    return None


def _first(said: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((said[name] for name in names if name in said), None)


def _title(page: Page) -> str | None:
    """The main heading where the title of the window has it too (it may be the name of the site), else the longest
    part of the window's title."""
    element = page.root.find(".//title")
    window = " ".join((element.text or "")[:LONGEST].split()) if element is not None else ""
    squeezed = _squeezed(window)
    headings = [words(e, page) for e in page.body.iter("h1") if e in page.weights]
    headings = [heading for heading in headings if heading]
    if found := next((h for h in headings if _squeezed(h) in squeezed), None):
        return found
    return max(_SEPARATOR.split(window), key=len).strip() or next(iter(headings), None)


def _date(text: str | None) -> date | None:
    match = _DATE.search(text or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _canonical(root: HtmlElement) -> str | None:
    for link in root.iter("link"):
        if link.get("rel", "").lower() == "canonical" and link.get("href", "").startswith("http"):
            return link.get("href", "").strip()
    return None


def _base(root: HtmlElement) -> str:
    base = next((e.get("href", "") for e in root.iter("base") if e.get("href")), "")
    return base or _canonical(root) or ""


def _attachments(page: Page, base: str) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for link in page.root.iter("a", *_EMBEDDING):
        href = link.get("href") or link.get("src") or link.get("data") or ""
        href = href.strip()
        # An article may stand in a frame; what else is embedded counts where it is a document.
        if not is_attachment(href) and not (link.tag in _FRAMES and _leads_on(href)):
            continue
        try:
            url = urljoin(base, href)
        except ValueError:
            url = href
        said = words(link, page) if link.tag == "a" else ""
        text = " ".join((link.get("title") or said).split())
        found.setdefault(url, Attachment(url, text))
    return tuple(found.values())


def _leads_on(href: str) -> bool:
    """Whether the address of a frame leads to another page."""
    return bool(href) and not href.lower().startswith(("about:", "javascript:", "data:", "#"))


def _squeezed(text: str) -> str:
    return "".join(text.split())
