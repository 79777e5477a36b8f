"""HTML: bytes → Document.

Offsets mean the text that is made here: the article without the page around it, a paragraph a line, a row of a
table a line of cells and tabs. Nothing is fetched.
"""

from dataclasses import replace
from typing import Any

from lxml import etree

from hedui.model import Document
from hedui.reading.composing import compose
from hedui.reading.deadline import Deadline
from hedui.reading.errors import UnreadableInput
from hedui.reading.html.charset import characters
from hedui.reading.html.head import Attachment, Facts, facts, printed_title
from hedui.reading.html.text import parts
from hedui.reading.html.tree import Page, page, parse
from hedui.reading.metadata import describe
from hedui.reading.text import document as text_document

READER = f"html/1 (lxml {etree.__version__})"
MAX_BYTES = 50_000_000
MAX_SECONDS = 60.0


def read(data: bytes, source: str, charset: str | None = None) -> Document:
    """The document of a web page's article; title, publisher and address from the page where the text has none.

    `charset` is what the server said of its characters, if it is known. Raises UnreadableInput for a page beyond the
    limits (bytes, elements, depth, seconds) and one without any text.
    """
    deadline = Deadline(MAX_SECONDS)
    found = _page(data, deadline, charset)
    told = facts(found)
    written = parts(found, deadline)
    text = compose(written)
    if not text:
        framed = next((one.url for one in told.attachments), None)
        raise UnreadableInput("framed", url=framed) if framed else UnreadableInput("empty")
    title = printed_title(found, told.title) if told.title else None
    if title and "".join(title.split()) not in "".join(text[: 4 * len(title)].split()):
        text = compose([title, *written])
    return _described(text_document(text, source, READER), told)


def attachments(data: bytes) -> tuple[Attachment, ...]:
    """The documents that a page links to, in its order and each once. Raises what `read` raises."""
    return page_facts(data).attachments


def page_facts(data: bytes) -> Facts:
    """What a page says of its article: title, publisher, date of publication, address, documents attached."""
    return facts(_page(data, Deadline(MAX_SECONDS)))


def _page(data: bytes, deadline: Deadline, charset: str | None = None) -> Page:
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    return page(parse(characters(data, charset), deadline), deadline)


def _described(document: Document, told: Facts) -> Document:
    """The document with what its page knows better: a title where the text has none, and what follows from it."""
    if document.title is None and told.title:
        again = describe(f"{told.title}\n\n{document.text}")
        document = replace(
            document,
            title=again.title or told.title,
            publisher=again.publisher,
            fiscal_year=again.fiscal_year,
            kind=again.kind,
            published=again.published,
            origins=again.origins | {"title": "page"},
        )
    page: dict[str, Any] = {"url": told.url, "published": told.published}
    if document.origins.get("publisher") != "title":
        page["publisher"] = told.publisher
    page = {name: value for name, value in page.items() if value is not None}
    return replace(
        document,
        **page,
        origins={**document.origins, **dict.fromkeys(page, "page")},
        attachments=tuple(one.url for one in told.attachments),
    )
