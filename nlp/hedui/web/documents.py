"""The pages of documents: text or pictures of pages beside the findings; in parts where one page cannot hold it all."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from hedui.messages import Language
from hedui.model import Report
from hedui.report.findings import by_certainty
from hedui.report.view import view
from hedui.report.view_model import DocumentView
from hedui.rules import rules
from hedui.store import reading
from hedui.web import originals, queries
from hedui.web.parts import Part, findings_in, narrowed, part_at, parts
from hedui.web.remembered import Shelf, settled, state
from hedui.web.rendering import answer, chosen, editor, rendered
from hedui.web.sheets import Boxes, boxes, sheets, standing
from hedui.web.site import ask, site

KEY = "d"  # before the anchors on the page of a document
_LISTED = 200  # lines of what could not be decided, or explained
_ROOM = 64_000_000  # characters of pages that are kept
_CLAIMS = 60_000  # of documents that are kept as they were found, for their other parts


@dataclass(frozen=True, slots=True)
class Found:
    """A document as one language shows it: the whole view, its parts, reviews, and where its passages stand."""

    report: Report
    seen: DocumentView
    parts: list[Part]
    reviews: dict[str, list[queries.Row]]
    boxes: Boxes


_pages: Shelf[str] = Shelf(_ROOM, len)
_found: Shelf[Found] = Shelf(_CLAIMS, lambda found: 1000 + len(found.report.claims))


async def document(datasette: Datasette, request: Request) -> Response:
    """One document of the database."""
    ours, lang, name = site(datasette), chosen(datasette, request), request.url_vars["name"]
    assert ours is not None
    now = state(ours.path)
    key, keep = (ours.path, now, lang, name), settled(now)

    async def made() -> str:
        found = await _found.get(key, lambda: _asked(datasette, name, lang), keep)
        if not originals.has_pictures(found.report.document):
            return await asyncio.to_thread(_html, datasette, request, found)
        trouble = ""
        if pictures:
            original = await asyncio.to_thread(originals.original, ours.path, found.report.document)
            trouble = await asyncio.to_thread(original.trouble)
        return await asyncio.to_thread(
            _html, datasette, request, found, pictures=pictures and not trouble, paged=True, trouble=trouble
        )

    pictures = request.args.get("show") == "pages"
    if editor(request) or pictures:  # forms of their own; a file that may change
        html = await made()
    else:
        html = await _pages.get((*key, ours.token is None, _offset(request)), made, keep)
    return answer(datasette, request, html)


async def shown(datasette: Datasette, request: Request, report: Report, job: str) -> Response:
    """The page of an upload."""
    lang = chosen(datasette, request)
    found = await asyncio.to_thread(_viewed, report, lang, {}, {})
    return answer(datasette, request, await asyncio.to_thread(_html, datasette, request, found, job=job))


async def finding(datasette: Datasette, request: Request) -> Response:
    """Leads to a finding on the page of its document."""
    name = request.url_vars["name"]
    document = name.partition(":")[0]
    found = by_certainty(await ask(datasette, lambda c: reading.findings(c, document)))
    place = next((place for place, each in enumerate(found) if each.id == name), None)
    if place is None:
        raise NotFound("no such finding")
    return Response.redirect(f"/document/{document}?at={found[place].start}#{KEY}-f{place + 1}")


async def _asked(datasette: Datasette, name: str, lang: Language) -> Found:
    """A document as the database has it. Raises NotFound where it has none of that name."""

    def question(connection: sqlite3.Connection) -> tuple[Report, Any, Boxes] | None:
        report = reading.report(connection, name)
        if report is None:
            return None
        (file,) = connection.execute("SELECT name FROM file_names WHERE document = ?", (name,)).fetchone()
        report = replace(report, document=replace(report.document, source=file))
        return report, queries.reviews_of(connection, name), boxes(connection, name)

    answered = await ask(datasette, question)
    if answered is None:
        raise NotFound("no such document")
    report, reviews, where = answered
    return await asyncio.to_thread(_viewed, report, lang, reviews, where)


def _viewed(report: Report, lang: Language, reviews: dict[str, list[queries.Row]], where: Boxes) -> Found:
    seen = view(report, lang, KEY)
    return Found(report, seen, parts(seen), reviews, where)


def _offset(request: Request) -> int:
    """The character of the text that a page is asked to show."""
    told = request.args.get("at") or ""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def _html(
    datasette: Datasette,
    request: Request,
    found: Found,
    job: str = "",
    pictures: bool = False,
    paged: bool = False,
    trouble: str = "",
) -> str:
    """The part of a document that a request asks for, as HTML."""
    pages = found.report.document.pages

    def stands(offset: int) -> int:
        return standing(pages, offset).start if pictures else offset

    def address(offset: int, as_pictures: bool = pictures) -> str:
        told: dict[str, Any] = {"show": "pages"} if as_pictures else {}
        return "?" + urlencode(told | {"at": offset})

    def shown_at(part: Part) -> list[int]:
        """Where in the text what is shown of a part begins: there, or where each of its pages does."""
        starts = [page.start for page in pages] if pictures else [part.start]
        return [start for start in starts if part is part_at(found.parts, start)]

    offset, report, lang = _offset(request), found.report, chosen(datasette, request)
    part = part_at(found.parts, stands(offset))
    seen = narrowed(found.seen, found.parts, part, address, stands)
    on_part = [page for page in pages if pictures and part is part_at(found.parts, page.start)]
    return rendered(
        datasette,
        request,
        "document",
        seen=seen,
        total=len(found.seen.findings),
        document=report.document,
        ids={number: name for name, number in found.seen.numbers.items()},
        reviews=found.reviews,
        job=job,
        explained=[
            rule for code, rule in rules().items() if any(each.rule == code for each in seen.findings)
        ],
        parts=[
            (one, address(begins[0]), len(findings_in(found.seen, found.parts, one, stands)), one is part)
            for one in found.parts
            if (begins := shown_at(one))
        ],
        listed=_LISTED if part is found.parts[0] else 0,
        sheets=sheets(report, seen, on_part, found.boxes, lang) if on_part else (),
        paged=paged,
        trouble=trouble,
        ways={"text": address(offset, False), "pages": address(offset, True)},
        way="pages" if pictures else "text",
    )


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/document/(?P<name>[^/]+)$", document),
    (r"^/finding/(?P<name>[^/]+)$", finding),
]
