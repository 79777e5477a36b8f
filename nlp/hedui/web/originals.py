"""The files that documents were read from: whether they are still there and the same, and pictures of their pages.

No page tells where a file lies, and none is sent as it is.
"""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from hedui.inputs import Input
from hedui.inputs.given import Known
from hedui.model import Document, Page
from hedui.store.opening import existing
from hedui.store.reading import bare
from hedui.web.drawing import draw
from hedui.web.remembered import Shelf
from hedui.web.site import ask, site
from hedui.web.workers import Workers

MAX_BYTES = 200_000_000  # of a file
_SECONDS, _MEGABYTES = 20, 1500
_ROOM = 100_000_000  # bytes of pictures that are kept
_MOST_WAITING = 60
_KEEP = "private, max-age=3600"

_workers = Workers(_SECONDS, _MEGABYTES)
_pictures: Shelf[bytes] = Shelf(_ROOM, len)
_waiting = 0


@dataclass(frozen=True, slots=True)
class Original:
    """Where a document was read, the fingerprint of what was read there, and what was known of it before."""

    source: str
    fingerprint: str | None
    known: Known

    def stamp(self) -> tuple[int, int] | None:
        """Time and size of the file; None where there is none that could be drawn."""
        try:
            path = Path(self.source)
            told = path.stat()
            return (told.st_mtime_ns, told.st_size) if path.is_file() and told.st_size <= MAX_BYTES else None
        except (OSError, ValueError):
            return None

    def trouble(self) -> str:
        """Why its pages cannot be shown: `unknown`, `packed`, `gone` or `changed`; empty where they can."""
        if self.fingerprint is None:
            return "unknown"
        if self.stamp() is None:
            return "packed" if "!" in self.source else "gone"
        try:
            same = Input(self.source, Path(self.source).read_bytes(), self.known).fingerprint()
        except OSError:
            return "gone"
        return "" if same == self.fingerprint else "changed"


def has_pictures(document: Document) -> bool:
    """Whether a document has pages of which a picture could be drawn."""
    return bool(document.pages) and document.pages[0].width > 0 and not document.files


def original(path: Path, document: Document) -> Original:
    """Where a document of the database at `path` was read. Raises sqlite3.Error where that cannot be asked."""
    with closing(existing(path)) as connection:
        found = connection.execute(
            """
            SELECT documents.source, sources.fingerprint
            FROM documents LEFT JOIN sources ON sources.source = documents.source
                AND sources.document = documents.id
            WHERE documents.id = ?
            """,
            (document.id,),
        ).fetchone()
    told = {
        name: getattr(document, name) for name, origin in document.origins.items() if origin == "manifest"
    }
    source, fingerprint = found or ("", None)
    return Original(source, fingerprint, Known.of("manifest", **told))


async def picture(datasette: Datasette, request: Request) -> Response:
    """A page of a document as a picture."""
    ours = site(datasette)
    assert ours is not None
    name, number = request.url_vars["name"], int(request.url_vars["number"])
    document = await ask(datasette, lambda c: bare(c, name))
    page = next((page for page in document.pages if page.number == number), None) if document else None
    if document is None or page is None or not has_pictures(document):
        raise NotFound("no such page")
    found = await asyncio.to_thread(original, ours.path, document)
    stamp = found.stamp()
    if stamp is None or found.fingerprint is None:
        raise NotFound("the file is not there")
    key = (found.fingerprint, number, stamp)
    etag = f'"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}"'
    if request.headers.get("if-none-match") == etag:
        return Response("", status=304, headers={"etag": etag, "cache-control": _KEEP})
    try:
        data = await _pictures.get(key, lambda: _drawn(found, page))
    except _Busy:
        return Response("busy", status=503, content_type="text/plain", headers={"retry-after": "5"})
    except Exception:  # whatever a file does to a library, or to its process
        return Response("cannot be drawn", status=422, content_type="text/plain")
    return Response(data, headers={"etag": etag, "cache-control": _KEEP}, content_type="image/webp")


class _Busy(Exception):
    pass


async def _drawn(found: Original, page: Page) -> bytes:
    """Raises _Busy where too many wait, FileNotFoundError where the file has changed, and what `draw` raises."""
    global _waiting
    if _waiting >= _MOST_WAITING:
        raise _Busy
    _waiting += 1
    try:
        future = _workers.begin(draw, [found.source, found.fingerprint, found.known, page])
        data: bytes | None = await asyncio.wrap_future(future)
    finally:
        _waiting -= 1
    if data is None:
        raise FileNotFoundError
    return data


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/document/(?P<name>[^/]+)/page/(?P<number>\d{1,6})\.webp$", picture),
]
