"""A file from the browser, checked in a worker with limits; what came of it is kept for an hour, in memory alone."""

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import BadRequest, Forbidden, NotFound, Request, Response
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import File, FormParser, create_form_parser

from hedui.corpus.work import examine
from hedui.inputs import Input
from hedui.messages import Language
from hedui.model import Failure, Report
from hedui.store import Store
from hedui.web.documents import shown
from hedui.web.rendering import chosen, editor, page
from hedui.web.site import site
from hedui.web.workers import Workers

MAX_BYTES = 50 * 2**20
_MAX_SECONDS = 120
_MEGABYTES = 2048
_KEPT, _KEEP_SECONDS = 30, 3600
_MAX_WAITING = 8


@dataclass(slots=True)
class Job:
    """A file that is being checked, or what came of it."""

    name: str
    begun: float
    outcome: "Future[Report | Failure]"


_jobs: OrderedDict[str, Job] = OrderedDict()
_workers = Workers(_MAX_SECONDS, _MEGABYTES)


async def check(datasette: Datasette, request: Request) -> Response:
    """Show the form; take a file."""
    if request.method != "POST":
        return await page(datasette, request, "upload", limit=MAX_BYTES // 2**20, refused="")
    try:
        name, data = await _received(request)
    except _TooLarge:
        return await page(
            datasette, request, "upload", status=413, limit=MAX_BYTES // 2**20, refused="too_large"
        )
    if not data:
        return await page(
            datasette, request, "upload", status=400, limit=MAX_BYTES // 2**20, refused="nothing"
        )
    _forget_old()
    if sum(not job.outcome.done() for job in _jobs.values()) >= _MAX_WAITING:
        return await page(datasette, request, "upload", status=503, limit=MAX_BYTES // 2**20, refused="busy")
    key = secrets.token_urlsafe(16)
    _jobs[key] = Job(name, time.monotonic(), _begin(name, data, chosen(datasette, request)))
    if "application/json" in request.headers.get("accept", ""):
        return Response.json({"job": f"/check/{key}"})
    return Response.redirect(f"/check/{key}", status=303)


def _begin(name: str, data: bytes, lang: Language) -> "Future[Report | Failure]":
    return _workers.begin(examine, [Input(name, data), lang])


async def checked(datasette: Datasette, request: Request) -> Response:
    """What came of a file; a page that asks again by itself while nothing has."""
    job = _job(request)
    wanted = "application/json" in request.headers.get("accept", "")
    if not job.outcome.done():
        await asyncio.wait([asyncio.wrap_future(job.outcome)], timeout=1)
    if not job.outcome.done():
        if wanted:
            return Response.json({"done": False})
        return await page(datasette, request, "waiting", name=job.name)
    if wanted:
        return Response.json({"done": True})
    error = job.outcome.exception()
    outcome = Failure(job.name, "") if error else job.outcome.result()
    if isinstance(outcome, Failure):
        return await page(
            datasette, request, "refused", status=422, name=job.name, reason=outcome.reason, error=error
        )
    return await shown(datasette, request, outcome, job=request.url_vars["job"])


async def keep(datasette: Datasette, request: Request) -> Response:
    """Write what came of a file into the database: for editors."""
    ours = site(datasette)
    if ours is None or editor(request) is None:
        raise Forbidden("only with --edit, after login")
    if request.method != "POST":
        raise BadRequest("POST only")
    job = _job(request)
    report = job.outcome.result() if job.outcome.done() and not job.outcome.exception() else None
    if not isinstance(report, Report):
        raise BadRequest("nothing to keep")

    def write() -> None:
        with Store(ours.path) as store:
            store.add(report)

    await asyncio.to_thread(write)
    return Response.redirect(f"/document/{report.document.id}", status=303)


def _job(request: Request) -> Job:
    job = _jobs.get(request.url_vars["job"])
    if job is None:
        raise NotFound("no such upload, or it was too long ago")
    return job


def _forget_old() -> None:
    oldest = time.monotonic() - _KEEP_SECONDS
    while _jobs and (len(_jobs) >= _KEPT or next(iter(_jobs.values())).begun < oldest):
        _, job = _jobs.popitem(last=False)
        job.outcome.cancel()


class _TooLarge(Exception):
    pass


async def _received(request: Request) -> tuple[str, bytes]:
    """The name and the bytes of the first file of a form; raises _TooLarge before reading more than is allowed."""
    headers = request.headers
    files: list[File] = []
    try:
        if int(headers.get("content-length", "0") or 0) > MAX_BYTES + 10_000:
            raise _TooLarge
        parser: FormParser = create_form_parser(
            {"Content-Type": headers.get("content-type", "").encode("latin-1")},
            lambda field: None,
            files.append,
            config={"MAX_MEMORY_FILE_SIZE": MAX_BYTES},
        )
        size, more = 0, True
        while more:
            message = await request.receive()
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > MAX_BYTES + 10_000:
                raise _TooLarge
            parser.write(chunk)
            more = message.get("more_body", False)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise BadRequest("no form with a file") from error
    if not files:
        return "", b""
    file = files[0]
    file.file_object.seek(0)
    name = PurePath((file.file_name or b"").decode("utf-8", "replace").replace("\\", "/")).name
    return name or "upload", file.file_object.read()


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/check$", check),
    (r"^/check/(?P<job>[\w-]+)$", checked),
    (r"^/check/(?P<job>[\w-]+)/keep$", keep),
]
