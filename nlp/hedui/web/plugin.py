"""What we add to Datasette: pages, words, links, the guard around it all. Registered by `app.application` alone."""

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from hedui.messages import say
from hedui.web import documents, originals, pages, reviews, uploads
from hedui.web.language import language
from hedui.web.security import App, Scope, guarded
from hedui.web.site import site
from hedui.web.sources import hide_sources

_ROUTES: list[tuple[str, Callable[..., Any]]] = [
    *originals.ROUTES,
    *documents.ROUTES,
    *pages.ROUTES,
    *uploads.ROUTES,
    *reviews.ROUTES,
]


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages."""
    return _ROUTES if site(datasette) else []


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """The guard around everything."""
    ours = site(datasette)

    def wrap(app: App) -> App:
        return guarded(app, ours.hosts, pages.is_own) if ours else app

    return wrap


@hookimpl
def skip_csrf(datasette: Datasette, scope: Scope) -> bool:
    """An upload changes nothing, and the guard refuses those of other sites; all other forms carry a token."""
    return site(datasette) is not None and scope["path"] == "/check"


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """No query reads where on this machine a file lies."""
    if site(datasette) and database != "_internal":
        hide_sources(conn)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> Any:
    """Documents and findings in tables lead to our pages."""
    return pages.linked(row, value, column, table) if site(datasette) else None


@hookimpl
def menu_links(datasette: Datasette, request: Request | None) -> list[dict[str, str]]:
    """The way back from Datasette's pages."""
    ours = site(datasette)
    if ours is None:
        return []
    lang = language(ours.lang, request)
    return [{"href": path, "label": say(f"web.menu.{name}", lang)} for name, path in pages.MENU.items()]
