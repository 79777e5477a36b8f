"""The pages that read, but for those of documents: start, search, a body, plots."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from hedui.report.html.page import TEMPLATES as REPORT
from hedui.store import search
from hedui.web import charts, queries
from hedui.web.remembered import Overview
from hedui.web.rendering import page
from hedui.web.site import DATABASE, ask, site

T = TypeVar("T")

MENU = {"start": "/", "search": "/search", "findings": f"/{DATABASE}/findings_reviewed", "check": "/check"}
_OWN = (
    "/search",
    "/document/",
    "/finding/",
    "/body",
    "/plots",
    "/check",
    "/review",
    "/login",
    "/logout",
    "/hedui/",
)
_REPORT_FILES = {"css": ("style.css", "text/css"), "js": ("script.js", "text/javascript")}
_SHOWN, _COUNTED = 100, 10_000  # sentences on a page of search, and those that it counts
_SECONDS = 60  # that a question about the whole database may take


def is_own(path: str) -> bool:
    """Whether a page is made of our templates alone."""
    return path == "/" or path.startswith(_OWN)


_summary: Overview[queries.Summary] = Overview()
_grid: Overview[charts.Grid] = Overview()
_gaps: Overview[dict[str, charts.Chart]] = Overview()


async def _known(
    datasette: Datasette, overview: Overview[T], question: Callable[[sqlite3.Connection], T]
) -> T:
    """The answer to a question about the whole database, kept while that is the same."""
    ours = site(datasette)
    assert ours is not None
    return await overview.get(ours.path, lambda: ask(datasette, question, _SECONDS))


async def start(datasette: Datasette, request: Request) -> Response:
    """The whole database at a glance."""
    return await page(datasette, request, "start", summary=await _known(datasette, _summary, queries.summary))


async def find(datasette: Datasette, request: Request) -> Response:
    """Sentences that hold all words asked for."""
    words = (request.args.get("q") or "").strip()

    def question(connection: sqlite3.Connection) -> tuple[int, list[queries.Row]]:
        ids = search.found(connection, words, _COUNTED + 1)
        return len(ids), queries.found(connection, ids[:_SHOWN])

    count, found = await ask(datasette, question) if words else (0, [])
    return await page(
        datasette, request, "search", words=words, count=count, found=found, shown=_SHOWN, counted=_COUNTED
    )


async def body(datasette: Datasette, request: Request) -> Response:
    """One public body: its documents, and what they say of one metric over the years."""
    name = request.args.get("name") or ""
    documents = await ask(datasette, lambda c: queries.documents_of(c, name))
    if not documents:
        raise NotFound("no such body")
    metrics = await ask(datasette, lambda c: queries.metrics_of(c, name))
    metric = request.args.get("metric") or next((each["metric"] for each in metrics), "")
    values = await ask(datasette, lambda c: queries.series(c, name, metric))
    return await page(
        datasette,
        request,
        "body",
        name=name,
        documents=documents,
        metrics=metrics,
        metric=metric,
        values=values,
        chart=charts.series(values),
    )


async def plots(datasette: Datasette, request: Request) -> Response:
    """Findings by rule and year, and how large the gaps are."""
    grid = await _known(datasette, _grid, lambda c: charts.grid(queries.findings_by_rule_and_year(c)))
    gaps = await _known(datasette, _gaps, lambda c: charts.histogram(queries.gaps(c)))
    return await page(datasette, request, "plots", grid=grid, gaps=gaps)


async def report_file(request: Request) -> Response:
    """The style sheet or the script of the report, which our pages share."""
    name, kind = _REPORT_FILES[request.url_vars["kind"]]
    return Response((REPORT / name).read_text("utf8"), content_type=f"{kind}; charset=utf-8")


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/hedui/report\.(?P<kind>css|js)$", report_file),
    (r"^/$", start),
    (r"^/search$", find),
    (r"^/body$", body),
    (r"^/plots$", plots),
]


def linked(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """A link to the page of the document, or of the finding in it, where a cell names one."""
    if column == "document" or (column == "id" and table == "documents"):
        return Markup('<a href="/document/{}">{}</a>').format(value, value) if value else None
    if column == "id" and table in ("findings", "findings_reviewed"):
        return Markup('<a href="/finding/{}">{}</a>').format(value, value)
    return None
