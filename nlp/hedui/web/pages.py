"""The pages that read: start, search, a document, a body."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from hedui.model import Report
from hedui.report.findings import by_certainty
from hedui.report.html.page import TEMPLATES as REPORT
from hedui.report.view import view
from hedui.rules import rules
from hedui.store import reading, search
from hedui.web import charts, queries
from hedui.web.app import DATABASE, site
from hedui.web.rendering import chosen, page

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
KEY = "d"  # before the anchors on the page of a document
_SHOWN = 100  # sentences on a page of search


def is_own(path: str) -> bool:
    """Whether a page is made of our templates alone."""
    return path == "/" or path.startswith(_OWN)


async def ask(datasette: Datasette, question: Callable[[sqlite3.Connection], T]) -> T:
    """What a question finds in the database, in a thread of its own."""
    answer: T = await datasette.get_database(DATABASE).execute_fn(question)
    return answer


class _Remembered:
    """An answer about the whole database, found once for each state of its file, whoever asks meanwhile."""

    def __init__(self, question: Callable[[sqlite3.Connection], Any]) -> None:
        self._question = question
        self._answers: dict[Any, tuple[Any, Any]] = {}
        self._lock = asyncio.Lock()

    async def __call__(self, datasette: Datasette) -> Any:
        ours = site(datasette)
        assert ours is not None
        state = _state(ours.path)
        async with self._lock:
            known = self._answers.get(ours.path)
            if known is None or known[0] != state:
                known = self._answers[ours.path] = (state, await ask(datasette, self._question))
        return known[1]


def _state(path: Any) -> tuple[tuple[int, int], ...]:
    """Changes whenever something is written: size and time of the file and of its log."""
    files = [path, path.with_name(f"{path.name}-wal")]
    return tuple((f.stat().st_mtime_ns, f.stat().st_size) for f in files if f.exists())


_summary = _Remembered(queries.summary)
_by_rule_and_year = _Remembered(queries.findings_by_rule_and_year)
_gaps = _Remembered(queries.gaps)


async def start(datasette: Datasette, request: Request) -> Response:
    """The whole database at a glance."""
    return await page(datasette, request, "start", summary=await _summary(datasette))


async def find(datasette: Datasette, request: Request) -> Response:
    """Sentences that hold all words asked for."""
    words = (request.args.get("q") or "").strip()

    def question(connection: sqlite3.Connection) -> tuple[int, list[queries.Row]]:
        ids = search.found(connection, words)
        return len(ids), queries.found(connection, ids[:_SHOWN])

    count, found = await ask(datasette, question) if words else (0, [])
    return await page(datasette, request, "search", words=words, count=count, found=found, shown=_SHOWN)


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
    counted, gaps = await _by_rule_and_year(datasette), await _gaps(datasette)
    return await page(datasette, request, "plots", grid=charts.grid(counted), gaps=charts.histogram(gaps))


async def document(datasette: Datasette, request: Request) -> Response:
    """One document: its text with all claims marked, and its findings."""
    name = request.url_vars["name"]

    def question(connection: sqlite3.Connection) -> Any:
        report = reading.report(connection, name)
        reviews = queries.reviews_of(connection, name)
        file = connection.execute("SELECT name FROM file_names WHERE document = ?", (name,)).fetchone()
        return report and replace(report, document=replace(report.document, source=file[0])), reviews

    report, reviews = await ask(datasette, question)
    if report is None:
        raise NotFound("no such document")
    return await shown(datasette, request, report, reviews=reviews)


async def shown(datasette: Datasette, request: Request, report: Report, **context: Any) -> Response:
    """The page of a report, be it from the database or of an upload."""
    seen = await asyncio.to_thread(view, report, chosen(datasette, request), KEY)
    ids = {number: finding.id for number, finding in enumerate(by_certainty(report), 1)}
    context = {
        "reviews": {},
        "job": "",
        "seen": seen,
        "ids": ids,
        "document": report.document,
        "explained": [
            rule for code, rule in rules().items() if any(found.rule == code for found in seen.findings)
        ],
        **context,
    }
    return await page(datasette, request, "document", **context)


async def finding(datasette: Datasette, request: Request) -> Response:
    """Leads to a finding on the page of its document."""
    name = request.url_vars["name"]
    document = name.partition(":")[0]
    report = await ask(datasette, lambda c: reading.report(c, document))
    numbers = [found.id for found in by_certainty(report)] if report else []
    if name not in numbers:
        raise NotFound("no such finding")
    return Response.redirect(f"/document/{document}#{KEY}-f{numbers.index(name) + 1}")


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
    (r"^/document/(?P<name>[^/]+)$", document),
    (r"^/finding/(?P<name>[^/]+)$", finding),
]


def linked(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """A link to the page of the document, or of the finding in it, where a cell names one."""
    if column == "document" or (column == "id" and table == "documents"):
        return Markup('<a href="/document/{}">{}</a>').format(value, value) if value else None
    if column == "id" and table in ("findings", "findings_reviewed"):
        return Markup('<a href="/finding/{}">{}</a>').format(value, value)
    return None
